"""Average linkage over sparse scores: which articles are one story, whatever order they came in. No news logic here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
Scores = NDArray[np.float64]

DIGITS = 9
"""Of a mean, so that two that differ by how their sums were added up are equal."""


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
    number = {key: place for place, key in enumerate(ids)} if together or apart else {}
    kept_apart = [
        (place, number[other])
        for key, place in number.items()
        for other in (apart or {}).get(key, ())
        if other in number
    ]
    leader = np.arange(len(ids))
    for given in together:
        leaders = leader[[number[key] for key in given]]
        leader[np.isin(leader, leaders)] = leaders.min()
    one, other, sums = links.one, links.other, links.scores
    while len(one):
        one, other, sums = _between(leader[one], leader[other], sums, len(ids))
        sizes = np.bincount(leader, minlength=len(ids))
        smaller, larger = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
        means = np.round(sums / (smaller * np.minimum(larger, asked)), DIGITS)
        if kept_apart:
            means[_are_apart(one, other, leader[np.array(kept_apart)], len(ids))] = -1.0
        likest = _likest(one, other, means, least)
        if not len(likest):
            break
        joined = np.arange(len(ids))
        joined[other[likest]] = one[likest]
        leader = joined[leader]
    return _groups(ids, leader)


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


def _likest(one: Numbers, other: Numbers, means: Scores, least: float) -> Numbers:
    """Return the places of the pairs in which each is the other's likest."""
    enough = np.flatnonzero(means >= least)
    ranked = enough[np.argsort(-means[enough], kind="stable")]  # of equals the smaller numbers come first
    ends = np.stack([one[ranked], other[ranked]], 1).ravel()
    _, first = np.unique(ends, return_index=True)
    pairs, times = np.unique(first // 2, return_counts=True)
    likest: Numbers = ranked[pairs[times == 2]]
    return likest


def _are_apart(one: Numbers, other: Numbers, apart: Numbers, count: int) -> NDArray[np.bool_]:
    """Tell of each two groups whether they must not be one."""
    return np.isin(one * count + other, apart.min(1) * count + apart.max(1))


def _groups(ids: Sequence[str], leader: Numbers) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for key, first in zip(ids, leader.tolist(), strict=True):
        found.setdefault(first, []).append(key)
    return list(found.values())
