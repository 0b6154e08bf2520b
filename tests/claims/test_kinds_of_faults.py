"""Kinds of faults that readers of other programs reported, each with texts of our own."""

import pytest

from nutgraf.claims import find_claims
from nutgraf.claims.quotes import find_quotations
from nutgraf.model import Article, Claim, Mode
from nutgraf.ports import Language


def claims_of(text: str, language: Language, spoken: str = "en") -> tuple[Claim, ...]:
    return find_claims(Article(id="a", text=text, language=spoken), language)


def told(text: str, claim: Claim) -> list[str]:
    return [span.of(text) for span in claim.content]


OVER_PARAGRAPHS = """“The dam holds for now,” Dr. Nils Aker said. “We measure it by day and by night.

“Last week the water stood at the third mark, and nobody slept.

“If it reaches the fourth, we ring the bells and everybody leaves.”

The market opens on Monday."""


def test_a_quotation_over_paragraphs_is_one_and_ends_at_its_mark(language: Language) -> None:
    claims = [claim for claim in claims_of(OVER_PARAGRAPHS, language) if claim.speaker == "Nils Aker"]
    quoted = "\n".join(part for claim in claims for part in told(OVER_PARAGRAPHS, claim))
    assert quoted.startswith("“The dam holds for now,”")
    assert "everybody leaves.”" in quoted
    assert "nobody slept." in quoted
    assert "market" not in quoted


@pytest.mark.parametrize(
    ("spoken", "text", "speaker"),
    [
        ("de", "Sie wartete. „Ist noch Platz?“, fragte Wirtin Lene Voss laut. Keiner rührte sich.", "Lene Voss"),
        ("fr", "« Le marché est fini ! », a lancé Odette Blin. La foule part.", "Odette Blin"),
    ],
)
def test_german_and_french_marks_keep_the_sayer(spoken: str, text: str, speaker: str, language: Language) -> None:
    (claim,) = claims_of(text, language, spoken)
    assert claim.speaker == speaker


def test_no_break_spaces_inside_marks_stay_in_the_offsets(language: Language) -> None:
    text = "«\u00a0Le marché est fini\u00a0», a dit Odette Blin."
    (claim,) = claims_of(text, language, "fr")
    assert told(text, claim) == ["«\u00a0Le marché est fini\u00a0»"]


def test_apostrophes_inches_and_stray_marks_open_no_quotation() -> None:
    text = "See 's-Heerendam. The boats' mast, cut in ’87, is 6' 2\" long. We \"couldn‘t stay there\". » Ham."
    assert [text[q.start : q.end] for q in find_quotations(text)] == ['"couldn‘t stay there"']


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("“His years at the mill will serve us all.” -Councillor Rolf Brandt", "Rolf Brandt", "Councillor"),
        ('And this from Alderman Vera Tull:\n\n“He knows every beam by name"', "Vera Tull", "Alderman"),
        ("According to the Fire Service, the barn burned for “about two days”.", "the Fire Service", None),
        ("Asked about the bill, Moss said: “Ask my brother.”", "Moss", None),
        ("“We hoped,” wrote Dr. Ines Kolb, keeper of the maps, in a note seen by the Courier.", "Ines Kolb", "Dr."),
    ],
)
def test_dash_colon_heading_and_letter_give_their_sayers(
    text: str, speaker: str, role: str | None, language: Language
) -> None:
    claim = claims_of(text, language)[0]
    assert (claim.speaker, claim.role) == (speaker, role)


PRONOUNS = """“There will be no fair in May,” muttered Tom Harrow, folding his coat.

“It is a pity,” sighed Una Olsen. She looked at the booths. “Nobody asked us,” she added.

Ivy Reed closed her bag. “We still have the hall,” Dot Finn replied."""


def test_sayers_are_neither_the_last_named_nor_those_who_stand_by(language: Language) -> None:
    claims = [claim for claim in claims_of(PRONOUNS, language) if claim.mode is Mode.QUOTE]
    assert [claim.speaker for claim in claims] == ["Tom Harrow", "Una Olsen", "Una Olsen", "Dot Finn"]
    assert claims[2].confidence < claims[1].confidence


def test_two_who_fit_leave_the_sayer_unknown(language: Language) -> None:
    text = "Una Olsen met Ivy Reed at the booths.\n\n“Nobody asked us,” she said."
    assert claims_of(text, language)[-1].speaker is None


def test_a_partial_quotation_is_told_from_its_paraphrase(language: Language) -> None:
    text = "The baker Ida Aalto wrote that her oven had cracked and that guests “should expect flat bread”."
    claim = claims_of(text, language)[0]
    assert claim.mode is Mode.MIXED
    marked = [text[q.start : q.end] for q in find_quotations(text)]
    assert marked == ["“should expect flat bread”"]


def test_marks_that_come_from_markup_pair_up(language: Language) -> None:
    text = '“Stop! Nota bene, this is no toy…” Mayor Olga Brandt said\u00a0on Monday.\n\n"We’ll see," she added.'
    first, second = claims_of(text, language)
    assert (first.speaker, second.speaker) == ("Olga Brandt", "Olga Brandt")
    assert told(text, first)[0] == "“Stop! Nota bene, this is no toy…”"
    assert told(text, second) == ['"We’ll see,"']
