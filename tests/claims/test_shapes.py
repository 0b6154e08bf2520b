"""The shapes in which news says who says what: labels, semicolons, chains, colons, nouns, quotations that go on."""

import pytest

from nutgraf.claims import find_claims
from nutgraf.model import Article, Claim
from nutgraf.ports import Language
from tests.claims.gold_sets import faults


def claims_of(text: str, language: Language, *, outlet: str | None = None) -> tuple[Claim, ...]:
    return find_claims(Article(id="a", text=text, outlet=outlet), language)


def told(text: str, claim: Claim) -> list[str]:
    return [span.of(text) for span in claim.content]


@pytest.mark.parametrize(
    "text",
    [
        "The costs: Ada Holm says that the pier was cheap.",
        "Harbour works: Ada Holm says that the pier was cheap.",
        "What it means for boats: Ada Holm says that the pier was cheap.",
    ],
)
def test_a_label_before_a_colon_is_never_the_speaker(text: str, language: Language) -> None:
    assert [claim.speaker for claim in claims_of(text, language)] == ["Ada Holm"]


def test_a_semicolon_parts_two_speakers(language: Language) -> None:
    text = "Ada Holm says the pier “is a gift”; Ben Ray called the harbour “a disgrace” to the town."
    first, second = claims_of(text, language)
    assert (first.speaker, told(text, first)) == ("Ada Holm", ["the pier “is a gift”"])
    assert (second.speaker, told(text, second)) == ("Ben Ray", ["the harbour “a disgrace” to the town"])


def test_a_second_speaker_after_and_is_found(language: Language) -> None:
    text = "The pier has never been closed, and Ada Holm of the harbour office says that it is safe."
    (claim,) = claims_of(text, language)
    assert (claim.speaker, claim.role) == ("Ada Holm", "the harbour office")


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The Herald cited a harbour official who said that the pier was shut.", ["The Herald", "a harbour official"]),
        (
            "The Herald reports the pier is shut, with a source saying “the keys are gone for good.”",
            ["The Herald", "a source"],
        ),
        ("The Herald speaks with engineers who say the pier is shut.", ["The Herald", "engineers"]),
        ("Ada Holm told the Courier that the pier was shut.", ["the Courier", "Ada Holm"]),
        ("Ada Holm said in an interview with the Courier that the pier was shut.", ["the Courier", "Ada Holm"]),
        ("According to Lena Ray, who quoted the mayor, the pier is shut.", ["Lena Ray", "the mayor"]),
        ("Ada Holm told the Kestrel Times that the pier was shut.", ["Ada Holm"]),
        ("Ada Holm told Lena Ray that the pier was shut.", ["Ada Holm"]),
    ],
)
def test_a_chain_runs_from_the_nearest_to_the_furthest(text: str, chain: list[str], language: Language) -> None:
    links = [claim.chain for claim in claims_of(text, language, outlet="Kestrel Times")]
    assert chain in [[link.name for link in one] for one in links]
    assert all(link.span and link.span.of(text) for one in links for link in one)


def test_what_an_outlet_passes_on_leaves_the_aside_out(language: Language) -> None:
    text = "The Herald reports the pier is shut, with a source saying “the keys are gone for good.”"
    outer, inner = claims_of(text, language)
    assert (told(text, outer), told(text, inner)) == (["the pier is shut"], ["“the keys are gone for good.”"])


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The pier is sinking, or so believes the harbour office.", "the harbour office", "The pier is sinking"),
        ("Ada Holm's claim that the pier was sinking is old.", "Ada Holm", "that the pier was sinking"),
        ("Ada Holm was convinced that the pier was sinking.", "Ada Holm", "that the pier was sinking"),
        ("“The pier is sinking.” – Ada Holm", "Ada Holm", "“The pier is sinking.”"),
        ("And from Ada Holm:\n\n“The pier is sinking.”", "Ada Holm", "“The pier is sinking.”"),
        ("The Herald quoted Ada Holm as saying that the pier was sinking.", "Ada Holm", "the pier was sinking"),
    ],
)
def test_shapes_without_a_verb_of_saying_are_found(text: str, speaker: str, content: str, language: Language) -> None:
    assert (speaker, [content]) in [(claim.speaker, told(text, claim)) for claim in claims_of(text, language)]


def test_a_sentence_in_marks_after_what_somebody_says_is_theirs(language: Language) -> None:
    text = "Ada Holm added that the pier was safe. “We have tested each of the bolts.” The rain went on."
    said = {part: claim.speaker for claim in claims_of(text, language) for part in told(text, claim)}
    assert said["“We have tested each of the bolts.”"] == "Ada Holm"


def test_what_it_is_believed_is_said_by_nobody_on_the_word_of_the_outlet(language: Language) -> None:
    text = "The Herald reports it is believed that the pier was sold."
    claim = next(claim for claim in claims_of(text, language) if told(text, claim) == ["that the pier was sold"])
    assert (claim.speaker, [link.name for link in claim.chain]) == (None, ["The Herald"])


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "The pier is shut, the Courier reported, citing two harbour officials.",
            ["the Courier", "two harbour officials"],
        ),
        ("The council, citing the police, said the pier was shut.", ["The council", "the police"]),
        ("The pier was shut at noon, Ada Holm told Sky News.", ["Sky News", "Ada Holm"]),
        ("The Herald stood empty. A guard told the paper that the pier was shut.", ["The Herald", "A guard"]),
        ("The council said its divers had found that the pier was unsafe.", ["The council", "its divers"]),
        ("The council said the pier was shut, citing bad weather.", ["The council"]),
    ],
)
def test_whom_a_source_cites_is_a_further_link(text: str, chain: list[str], language: Language) -> None:
    assert chain in [[link.name for link in claim.chain] for claim in claims_of(text, language)]


@pytest.mark.parametrize(("half", "floor"), [("build", 45), ("measure", 37)])
def test_the_gold_set_of_chains_is_answered(half: str, floor: int) -> None:
    wrong, asked = faults("chains", half)
    assert asked - len(wrong) >= floor
