"""Claims: who says what in an article, on whose word, how surely, and who denies it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import tee

from nutgraf.claims.found import find_spans
from nutgraf.claims.people import People
from nutgraf.claims.quotes import find_quotations
from nutgraf.claims.resolve import to_claims
from nutgraf.model import Article, Claim
from nutgraf.ports import Language, Token

__all__ = ["find_claims", "find_claims_of"]


def find_claims(article: Article, language: Language) -> tuple[Claim, ...]:
    """Return the claims of one article in the order of its text."""
    return next(find_claims_of((article,), language))


def find_claims_of(articles: Iterable[Article], language: Language) -> Iterator[tuple[Claim, ...]]:
    """Yield the claims of each article, in order; faster than one at a time."""
    ours, theirs = tee(articles)
    for article, tokens in zip(ours, language.parse_many(article.text for article in theirs), strict=True):
        yield tuple(_claims(article, tokens, language))


def _claims(article: Article, tokens: Sequence[Token], language: Language) -> list[Claim]:
    text = article.text
    if not tokens:
        return []
    quotations = find_quotations(text)
    found = find_spans(text, tokens, language.sentences(text), quotations)
    return to_claims(article, found, People(text, tokens, quotations))
