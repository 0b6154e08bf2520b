"""Claims: who says what in an article, on whose word, how surely, and who denies it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import tee

from nutgraf.claims.found import find_spans
from nutgraf.claims.people import People
from nutgraf.claims.quotes import find_quotations
from nutgraf.claims.resolve import quoted_claims, to_claims
from nutgraf.claims.shapes import find_shapes
from nutgraf.model import Article, Claim
from nutgraf.ports import Language, Token

__all__ = ["find_claims", "find_claims_of"]


def find_claims(article: Article, language: Language) -> tuple[Claim, ...]:
    """Return the claims of one article in the order of its text."""
    return next(find_claims_of((article,), language))


def find_claims_of(articles: Iterable[Article], language: Language) -> Iterator[tuple[Claim, ...]]:
    """Yield the claims of each article, in order; faster than one at a time.

    The grammar is English. An article in another language gives its quotations, without speakers, rather than wrong
    ones; one whose language is unknown is taken for English.
    """
    ours, theirs = tee(articles)
    texts = (article.text if _is_english(article) else "" for article in theirs)
    for article, tokens in zip(ours, language.parse_many(texts), strict=True):
        if _is_english(article):
            yield tuple(_claims(article, tokens, language))
        else:
            yield tuple(quoted_claims(article, find_quotations(article.text)))


def _is_english(article: Article) -> bool:
    return article.language is None or article.language[:2].lower() == "en"


def _claims(article: Article, tokens: Sequence[Token], language: Language) -> list[Claim]:
    text = article.text
    if not tokens:
        return []
    quotations = find_quotations(text)
    sentences = language.sentences(text)
    found = find_spans(text, tokens, sentences, quotations)
    people = People(text, tokens, quotations, sentences)
    found += find_shapes(people.grammar, quotations, found)
    return to_claims(article, found, people)
