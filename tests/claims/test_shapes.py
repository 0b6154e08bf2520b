"""The shapes in which news says who says what: labels, semicolons, chains, colons, nouns, quotations that go on."""

import pytest

from nutgraf.claims import find_claims
from nutgraf.model import Article, Claim
from nutgraf.ports import Language


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
