"""Our own annotated pages as a gate: what must be in, what must not, and each field; no floor may be lowered."""

from collections import Counter

import pytest

from nutgraf.articles import read_article
from nutgraf.model import Article, Page, Rejected
from tests.articles.corpus import CASES, Case

FLOORS = {"must": 1.0, "must not": 1.0, "fields": 1.0, "rejected": 1.0}
"""Shares of the corpus that hold; they only rise."""


def field_of(article: Article, name: str) -> object:
    """Return a field in the form that the corpus notes it in."""
    if name in ("caption", "credit"):
        return getattr(article.images[0], name) if article.images else None
    value = getattr(article, name)
    return value.isoformat() if name in ("published", "modified") and value else value


def judged(case: Case) -> list[tuple[str, bool, str]]:
    """Return each statement of a case: what it is of, whether it holds, and its words."""
    answer = read_article(Page(address="https://northaven.example/news/crane", body=case.html.encode()))
    if isinstance(answer, Rejected) or case.rejected:
        found = answer.reason.value if isinstance(answer, Rejected) else None
        return [("rejected", found == case.rejected, f"{case.name}: {found} instead of {case.rejected}")]
    held = [("must", answer.text.count(text) == 1, f"{case.name}: {text!r} once") for text in case.must]
    held += [("must not", text not in answer.text, f"{case.name}: no {text!r}") for text in case.must_not]
    for name, wanted in case.fields.items():
        got = field_of(answer, name)
        held.append(("fields", got == wanted, f"{case.name}: {name} is {got!r}, not {wanted!r}"))
    return held


def test_the_corpus_holds_its_floors() -> None:
    every = [one for case in CASES for one in judged(case)]
    count, held = Counter(of for of, _, _ in every), Counter(of for of, holds, _ in every if holds)
    missed = "\n".join(words for _, holds, words in every if not holds)
    assert {of: held[of] / count[of] >= floor for of, floor in FLOORS.items()} == dict.fromkeys(FLOORS, True), missed


def test_the_corpus_has_pages_of_thirty_kinds() -> None:
    assert len({case.name for case in CASES}) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_cut_anywhere_never_raises(case: Case) -> None:
    body = case.html.encode()
    for end in range(0, len(body), max(1, len(body) // 6)):
        answer = read_article(Page(address=None, body=body[:end]))
        assert isinstance(answer, Rejected) or answer.text.strip()
