"""Tolls that a later report has overtaken: headline and lede tell the latest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nutgraf.briefs import words
from nutgraf.briefs.passages import Passage
from nutgraf.model import Article, Figure, instant
from nutgraf.ports import ClaimRelations

_GROW = words.table("killed injured")
"""Tolls that only grow: those who are missing are found."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The tolls of a story that a later article gives higher, by the article that gives them."""

    tolls: Mapping[str, tuple[Figure, ...]]

    def in_passage(self, passage: Passage) -> bool:
        """Tell whether a passage gives one of them."""
        return any(passage.span.holds(figure.span) for figure in self.tolls.get(passage.article.id, ()))

    def in_headline(self, article: Article) -> bool:
        """Tell whether an article's headline has the number of one that it gives."""
        told = {_number(word) for word in re.findall(r"[\w,]+", article.title)}
        return any(figure.low in told for figure in self.tolls.get(article.id, ()))


def overtaken(relations: ClaimRelations | None, articles: Mapping[str, Article]) -> Overtaken:
    """Return the tolls that an article gives lower than one that is known to have been published later."""
    found: dict[str, tuple[Figure, ...]] = {}
    for difference in relations.differences if relations else ():
        if (difference.counts or "").split()[-1:] not in ([toll] for toll in _GROW):
            continue
        newest = max(difference.given, key=lambda given: given.figure.low or 0)
        after = articles[newest.sentence.article].published
        for given in difference.given:
            before = articles[given.sentence.article].published
            is_later = before is not None and after is not None and instant(after) > instant(before)
            if is_later and (given.figure.low or 0) < (newest.figure.low or 0):
                article = given.sentence.article
                found[article] = (*found.get(article, ()), given.figure)
    return Overtaken(found)


def _number(word: str) -> float | None:
    plain = word.casefold().replace(",", "")
    return float(plain) if plain.isdigit() else words.SMALL_NUMBERS.get(plain)
