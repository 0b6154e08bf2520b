"""Whose report an article repeats: near-copies, agency texts, sister papers, and reports that follow another outlet's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nutgraf.model import Article, Origin, Placement, Story
from nutgraf.stories.terms import words_of

SHINGLE = 5
"""Words of one shingle."""

COPY = 0.5
"""Share of the shorter text's shingles that a copy has in common with its original."""


def shingles(text: str) -> frozenset[int]:
    """Return the runs of words of a text, as numbers that are the same in every process."""
    import zlib

    words = [word.casefold() for word in words_of(text)]
    return frozenset(
        zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(max(1, len(words) - SHINGLE + 1))
    )


class Copies:
    """The shingles of the articles in the window."""

    def __init__(self) -> None:
        self._shingles: dict[str, frozenset[int]] = {}
        self._order: dict[str, int] = {}

    def add(self, article: Article) -> None:
        """Take one article in."""
        self._shingles[article.id] = shingles(article.text)
        self._order[article.id] = len(self._order)

    def forget(self, article: str) -> None:
        """Let one go."""
        del self._shingles[article]

    def origin(self, article: str, fellows: Iterable[Article]) -> str | None:
        """Return the earliest of ``fellows`` that ``article`` repeats, or ``None``."""
        mine = self._shingles[article]
        before = (f.id for f in fellows if self._order[f.id] < self._order[article])
        for other in sorted(before, key=self._order.__getitem__):
            theirs = self._shingles[other]
            if len(mine & theirs) >= COPY * max(1, min(len(mine), len(theirs))):
                return other
        return None


def stories_of(placements: Iterable[Placement], articles: Mapping[str, Article]) -> tuple[Story, ...]:
    """Gather placements into stories, in the order of their first articles; ``articles`` by id, for their agencies.

    A placement whose article is unknown is left out; an origin that is not in the story counts as the article's own.
    """
    members: dict[str, list[Placement]] = {}
    for placement in placements:
        if placement.article in articles:
            members.setdefault(placement.story, []).append(placement)
    return tuple(_story(name, placed, articles) for name, placed in members.items())


def _story(name: str, placed: list[Placement], articles: Mapping[str, Article]) -> Story:
    repeats = {placement.article: placement.origin for placement in placed}
    groups: dict[str, list[str]] = {}
    for placement in placed:
        groups.setdefault(_root(placement.article, repeats), []).append(placement.article)
    origins = tuple(
        Origin(tuple(group), next((a for key in group if (a := articles[key].agency)), None))
        for group in groups.values()
    )
    return Story(id=name, articles=tuple(placement.article for placement in placed), origins=origins)


def _root(article: str, repeats: Mapping[str, str | None]) -> str:
    seen = {article}
    while (origin := repeats.get(article)) in repeats and origin is not None and origin not in seen:
        seen.add(origin)
        article = origin
    return article
