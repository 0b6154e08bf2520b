import pytest

from nutgraf.claims import find_claims
from nutgraf.claims.quotes import find_quotations
from nutgraf.model import Article, Certainty, Claim, Mode
from nutgraf.ports import Language


def claims_of(text: str, language: Language) -> tuple[Claim, ...]:
    return find_claims(Article(id="a", text=text), language)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“It is late,” she said.", ["“It is late,”"]),
        ('"It is late," she said.', ['"It is late,"']),
        ("‘It isn’t late,’ she said.", ["‘It isn’t late,’"]),
        ("„Es ist spät“, sagte sie.", ["„Es ist spät“"]),
        ("»Es ist spät«, sagte sie.", ["»Es ist spät«"]),
        ("« Il est tard », dit-elle.", ["« Il est tard »"]),
        ("The players’ bus, built in ’98, is 5' 11\" high.", []),
        ("“It never closes", ["“It never closes"]),
    ],
)
def test_quotations_are_found_in_each_style(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The pier will open in May, Mayor Ada Holm said.", "Ada Holm"),
        ("“We will open it soon,” said Ada Holm.", "Ada Holm"),
        ("According to Ada Holm, the pier is safe.", "Ada Holm"),
        ("Ada Holm denied that the pier was unsafe.", "Ada Holm"),
    ],
)
def test_the_speaker_is_found(text: str, speaker: str, language: Language) -> None:
    assert claims_of(text, language)[0].speaker == speaker


def test_a_last_name_stands_for_the_full_name_before(language: Language) -> None:
    text = "Ada Holm said the pier was safe.\n\nHolm added that it would open soon."
    assert [claim.speaker for claim in claims_of(text, language)] == ["Ada Holm", "Ada Holm"]


def test_a_denial_is_no_plain_fact(language: Language) -> None:
    (claim,) = claims_of("The harbour office denied that the ferry was late.", language)
    assert (claim.denied, claim.certainty) == (True, Certainty.DENIED)


def test_words_in_quotation_marks_are_a_quote(language: Language) -> None:
    assert claims_of("“We will open it soon,” said Ada Holm.", language)[0].mode is Mode.QUOTE


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "“", '"""', "SAID SAID SAID", "a: “b\n\n“c\n\n“d", "according to"])
def test_odd_texts_give_no_exception(text: str, language: Language) -> None:
    claims_of(text, language)


def test_another_language_gives_its_quotations_and_no_guess_at_who_spoke(language: Language) -> None:
    text = "„We openen de brug pas in het voorjaar“, zei burgemeester Ida Holm. De „haven“ blijft dicht."
    article = Article(id="a", text=text, language="nl")
    (claim,) = find_claims(article, language)
    assert [span.of(text) for span in claim.content] == ["„We openen de brug pas in het voorjaar“"]
    assert (claim.speaker, claim.source, claim.chain) == (None, (), ())


def test_he_is_who_was_only_described_just_before_and_not_the_last_who_has_a_name(language: Language) -> None:
    text = (
        "“All went well,” manager Rolf Engen said.\n\n"
        "A rigger who was on shift said alarms had rung since midnight. He said nobody could hear them."
    )
    assert claims_of(text, language)[-1].speaker == "A rigger"


def test_a_role_at_the_start_of_a_sentence_is_no_part_of_a_name(language: Language) -> None:
    text = "Sprinter Rolf Engen has failed a test. “I will clear my name,” he wrote."
    assert claims_of(text, language)[-1].speaker == "Rolf Engen"
