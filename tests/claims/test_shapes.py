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
