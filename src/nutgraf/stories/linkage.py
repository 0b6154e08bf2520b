"""Average linkage over sparse scores: which articles are one story, whatever order they came in. No news logic here."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
Scores = NDArray[np.float64]

DIGITS = 9
"""Of a mean, so that two that differ by how their sums were added up are equal."""

UNITS = 10**DIGITS

FEW = 300
"""Pairs of groups up to which plain Python joins faster than arrays do; most stories have under ten."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of articles by their numbers, each pair once, with their scores; a pair that is missing scores 0."""

    one: Numbers
    other: Numbers
    scores: Scores


def pairs_between(size: int, other_size: int, *, asked: int) -> int:
    """Return how many scores can be known between two groups where each id was asked about so many others."""
    return min(size, other_size) * min(max(size, other_size), asked)


def average_link(
    ids: Sequence[str],
    links: Links,
    *,
    least: float,
    asked: int,
    together: Iterable[Collection[str]] = (),
    apart: Mapping[str, Set[str]] | None = None,
) -> list[list[str]]:
    """Join groups that are each other's likest, by the mean score between them, while it is ``least`` or more.

    All such pairs are joined at once, round by round; means being what they are, that is what joining the likest two
    of all again and again comes to (Müllner 2011). A group that is like none enough stays as it is.

    Only so many scores of one id are known as were ``asked``, so the larger of two groups counts as that many at most.
    Ids that are given ``together`` are joined first; those that are ``apart`` (both ways) are never in one group.
    ``ids`` come sorted, and so do groups and their members; ties go to the smaller ids.
    """
    leader = np.arange(len(ids))
    one, other, sums = links.one, links.other, links.scores
    if together or apart:
        number = {key: place for place, key in enumerate(ids)}
        for given in together:
            leaders = leader[[number[key] for key in given]]
            leader[np.isin(leader, leaders)] = leaders.min()
        kept_apart = [
            (place, number[key]) for place, own in enumerate(ids) for key in (apart or {}).get(own, ()) if key in number
        ]
        # Two that are apart stay so whoever joins them: minus infinity plus any score is minus infinity.
        ends = np.array(kept_apart, np.intp).reshape(-1, 2)
        one, other = np.concatenate([one, ends[:, 0]]), np.concatenate([other, ends[:, 1]])
        sums = np.concatenate([sums, np.full(len(ends), -math.inf)])
    while len(one) > FEW:
        one, other, sums = _between(leader[one], leader[other], sums, len(ids))
        sizes = np.bincount(leader, minlength=len(ids))
        smaller, larger = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
        means = np.round(sums / (smaller * np.minimum(larger, asked)), DIGITS)
        likest = _likest(one, other, means, least, len(ids))
        if not len(likest):
            return _groups(ids, leader.tolist())
        joined = np.arange(len(ids))
        joined[other[likest]] = one[likest]
        leader = joined[leader]
    few = _Few(leader.tolist(), asked=asked, least=least)
    few.link(leader[one].tolist(), leader[other].tolist(), sums.tolist())
    return _groups(ids, few.joined())


def _between(one: Numbers, other: Numbers, sums: Scores, count: int) -> tuple[Numbers, Numbers, Scores]:
    """Add up the scores between groups: each two groups once, the smaller number first."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    keys = low * count + high
    keys, sums = keys[low < high], sums[low < high]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, np.intp)
    total = np.add.reduceat(sums[order], first) if len(first) else np.zeros(0)
    return keys[first] // count, keys[first] % count, total


def _likest(one: Numbers, other: Numbers, means: Scores, least: float, count: int) -> Numbers:
    """Return the places of the pairs in which each is the other's likest."""
    enough = np.flatnonzero(means >= least)
    ranked = enough[np.argsort(-means[enough], kind="stable")]  # of equals the smaller numbers come first
    one, other, ranks = one[ranked], other[ranked], np.arange(len(ranked))
    first = np.full((2, count), len(ranked))
    first[0, one[::-1]] = first[1, other[::-1]] = ranks[::-1]  # of several places the first is set last
    best = first.min(0)
    likest: Numbers = ranked[(best[one] == ranks) & (best[other] == ranks)]
    return likest


class _Few:
    """Groups by their numbers (those of their first ids), joined round by round where few scores are between them."""

    def __init__(self, leader: list[int], *, least: float, asked: int) -> None:
        self._leader = leader
        self._least = round(least * UNITS)
        self._asked = asked
        self._sizes = [0] * len(leader)
        for first in leader:
            self._sizes[first] += 1
        self._sums: dict[int, dict[int, float]] = {}

    def link(self, one: Iterable[int], other: Iterable[int], scores: Iterable[float]) -> None:
        """Add scores to what is between groups."""
        for here, there, score in zip(one, other, scores, strict=True):
            if here != there:
                row, column = self._sums.setdefault(here, {}), self._sums.setdefault(there, {})
                row[there] = column[here] = row.get(there, 0.0) + score

    def joined(self) -> list[int]:
        """Join groups while two are each other's likest; return for each id the number of its group."""
        joined: dict[int, int] = {}
        likest: dict[int, int] = {}
        changed = set(self._sums)
        while changed:
            for group in changed:
                likest[group] = self._likest(group)
            mutual = {
                (one, other) if one < other else (other, one)
                for one in changed
                if (other := likest[one]) >= 0 and likest[other] == one
            }
            changed = set()
            for one, other in mutual:
                joined[other] = one
                changed.update(self._join(one, other))
            changed.difference_update(joined)
        return [_root(first, joined) for first in self._leader]

    def _likest(self, group: int) -> int:
        """Return the group whose mean with this one is highest and enough, of equals the smaller number; else -1."""
        size, sizes, asked, found, highest = self._sizes[group], self._sizes, self._asked, -1, self._least
        for other, total in self._sums[group].items():
            theirs = sizes[other]
            if theirs < size:
                pairs = theirs * (size if size < asked else asked)
            else:
                pairs = size * (theirs if theirs < asked else asked)
            mean = (total * UNITS / pairs + 0.5) // 1  # rounded, for a tenth of the time that "round" takes
            if mean > highest or mean == highest and (found < 0 or other < found):
                found, highest = other, mean
        return found

    def _join(self, one: int, other: int) -> Iterable[int]:
        """Join the other group to the first; return it and all that have scores with it."""
        self._sizes[one] += self._sizes[other]
        mine, theirs = self._sums[one], self._sums.pop(other)
        del mine[other], theirs[one]
        for third, total in theirs.items():
            row = self._sums[third]
            del row[other]
            mine[third] = row[one] = mine.get(third, 0.0) + total
        return one, *mine


def _root(group: int, joined: Mapping[int, int]) -> int:
    while group in joined:
        group = joined[group]
    return group


def _groups(ids: Sequence[str], leader: Iterable[int]) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for key, first in zip(ids, leader, strict=True):
        found.setdefault(first, []).append(key)
    return list(found.values())
