"""Claims: who says what in an article, on whose word, how surely, and who denies it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import tee

from nutgraf.claims.found import find_spans
from nutgraf.claims.people import People
from nutgraf.claims.quotes import find_quotations
from nutgraf.claims.resolve import quoted_claims, to_claims
from nutgraf.claims.shapes import find_shapes, mend
from nutgraf.claims.speech import LANGUAGES, find_speech
from nutgraf.model import Article, Claim, Span
from nutgraf.ports import Language, Token

__all__ = ["find_claims", "find_claims_of"]


def find_claims(article: Article, language: Language) -> tuple[Claim, ...]:
    """Return the claims of one article in the order of its text."""
    return next(find_claims_of((article,), language))


def find_claims_of(articles: Iterable[Article], language: Language) -> Iterator[tuple[Claim, ...]]:
    """Yield the claims of each article, in order; faster than one at a time.

    The grammar is English; German and French are read by rule. An article in another language gives its quotations,
    without speakers, rather than wrong ones; one whose language is unknown is taken for English.
    """
    ours, theirs = tee(articles)
    texts = (article.text if _is_english(article) else "" for article in theirs)
    for article, tokens in zip(ours, language.parse_many(texts), strict=True):
        if _is_english(article):
            yield tuple(_claims(article, tokens, language))
        else:
            yield tuple(_foreign_claims(article, language))


def _is_english(article: Article) -> bool:
    return article.language is None or article.language[:2].lower() == "en"


def _foreign_claims(article: Article, language: Language) -> list[Claim]:
    quotations = find_quotations(article.text)
    spoken = (article.language or "")[:2].lower()
    said: list[Claim] = []
    if spoken in LANGUAGES:
        said = find_speech(article, spoken, quotations, language.sentences(article.text))
    taken = [span for claim in said for span in claim.content]
    rest = [claim for claim in quoted_claims(article, quotations) if not _is_taken(claim, taken)]
    return sorted((*said, *rest), key=lambda claim: claim.content[0].start)


def _is_taken(claim: Claim, taken: Sequence[Span]) -> bool:
    """Tell whether a quotation is part of what somebody says; ``taken`` is in text order."""
    number = bisect_right(taken, claim.content[0])
    return any(span.overlaps(claim.content[0]) for span in taken[max(0, number - 1) : number + 1])


def _claims(article: Article, tokens: Sequence[Token], language: Language) -> list[Claim]:
    text = article.text
    if not tokens:
        return []
    quotations = find_quotations(text)
    sentences = language.sentences(text)
    found = find_spans(text, tokens, sentences, quotations)
    people = People(text, tokens, quotations, sentences)
    found = mend(people.grammar, quotations, found)
    return to_claims(article, [*found, *find_shapes(people.grammar, quotations, found)], people)
