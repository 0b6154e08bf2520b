"""Claims: who says what in an article, on whose word, how surely, and who denies it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import tee

from nutgraf.analysis import Analysis, analysis_of
from nutgraf.claims.found import Found, find_spans
from nutgraf.claims.grammar import Grammar
from nutgraf.claims.people import People
from nutgraf.claims.quotes import Quotation, find_quotations
from nutgraf.claims.relations import figures_of
from nutgraf.claims.resolve import LEAST_WORDS, quoted_claims, to_claims
from nutgraf.claims.shapes import find_shapes, mend
from nutgraf.claims.speech import LANGUAGES, find_speech
from nutgraf.claims.tagged import as_found, reconciled
from nutgraf.claims.tagging import find_attributions
from nutgraf.claims.weighing import Weigher
from nutgraf.model import Article, Claim, Span
from nutgraf.ports import Language, Sentence, Tagger, Token

__all__ = ["analysed_claims_of", "find_claims", "find_claims_of"]


def find_claims(article: Article, language: Language) -> tuple[Claim, ...]:
    """Return the claims of one article in the order of its text."""
    return next(find_claims_of((article,), language))


def find_claims_of(articles: Iterable[Article], language: Language) -> Iterator[tuple[Claim, ...]]:
    """Yield the claims of each article, in order; faster than one at a time."""
    return (claims for claims, _ in analysed_claims_of(articles, language))


def analysed_claims_of(articles: Iterable[Article], language: Language) -> Iterator[tuple[tuple[Claim, ...], Analysis]]:
    """Yield the claims of each article, in order, and what else was learnt of its text, for the stages that follow.

    The grammar is English; German and French are read by rule. An article in another language gives its quotations,
    without speakers, rather than wrong ones; one whose language is unknown is taken for English.
    """
    ours, theirs = tee(articles)
    texts = (article.text if _is_english(article) else "" for article in theirs)
    for article, tokens in zip(ours, language.parse_many(texts), strict=True):
        sentences = language.sentences(article.text)
        if _is_english(article):
            found = _claims(article, tokens, sentences, language)
        else:
            found = _foreign_claims(article, sentences)
        yield tuple(found), analysis_of(article.text, tokens, sentences, figures_of(article.id, article.text))


def _is_english(article: Article) -> bool:
    return article.language is None or article.language[:2].lower() == "en"


def _foreign_claims(article: Article, sentences: Sequence[Sentence]) -> list[Claim]:
    quotations = find_quotations(article.text)
    spoken = (article.language or "")[:2].lower()
    said: list[Claim] = []
    if spoken in LANGUAGES:
        said = find_speech(article, spoken, quotations, sentences)
    taken = [span for claim in said for span in claim.content]
    rest = [claim for claim in quoted_claims(article, quotations) if not _is_taken(claim, taken)]
    return sorted((*said, *rest), key=lambda claim: claim.content[0].start)


def _is_taken(claim: Claim, taken: Sequence[Span]) -> bool:
    """Tell whether a quotation is part of what somebody says; ``taken`` is in text order."""
    number = bisect_right(taken, claim.content[0])
    return any(span.overlaps(claim.content[0]) for span in taken[max(0, number - 1) : number + 1])


def _find(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    tagger: Tagger | None,
) -> list[Found]:
    """Return the attributions by the tagger, weighed and mended by the parse; by rules alone where there is none."""
    ruled = find_spans(text, tokens, sentences, quotations)
    if tagger is None:
        return ruled
    return reconciled(as_found(find_attributions(text, tagger, Weigher(tokens, quotations)), tokens), ruled, quotations)


def _claims(
    article: Article, tokens: Sequence[Token], sentences: Sequence[Sentence], language: Language
) -> list[Claim]:
    text = article.text
    if not tokens:
        return []
    quotations = find_quotations(text)
    found = _find(text, tokens, sentences, quotations, language.tagger)
    people = People(text, tokens, quotations, sentences)
    found = mend(people.grammar, quotations, found)
    found = [one for one in found if one.source or _says_something(text, one)]
    sure = [one for one in found if _is_spoken(one, people.grammar)]
    shapes = find_shapes(people.grammar, quotations, sure)
    return to_claims(article, [*sure, *_unclaimed(found, sure, shapes), *shapes], people)


def _says_something(text: str, one: Found) -> bool:
    """Tell whether words of nobody known are more than a noun or two: "asked about the bill" tells no claim."""
    said = [text[start:end] for start, end in one.content]
    return len(" ".join(said).split()) >= LEAST_WORDS or any(mark in part for part in said for mark in '“"„«')


def _is_spoken(one: Found, grammar: Grammar) -> bool:
    """Tell whether an attribution has a sayer or a verb; shapes know better of bare quotations and of nouns."""
    verbs = [at for part in one.cue for at in grammar.within(part) if grammar.tokens[at].tag[:1] != "N"]
    return bool(verbs) if one.cue else bool(one.source)


def _unclaimed(found: Sequence[Found], sure: Sequence[Found], shapes: Sequence[Found]) -> list[Found]:
    """Return the bare quotations and the nouns for which there is no shape."""
    taken = [part for one in shapes for part in one.content]
    rest = [one for one in found if one not in sure]
    return [one for one in rest if not any(start < e and s < end for s, e in one.content for start, end in taken)]
