"""Average linkage over sparse scores: which articles are one story, whatever order they came in. No news logic here."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

Edges = Mapping[str, Mapping[str, float]]
"""Scores by article and article, both ways; a pair that is missing scores 0."""


def pairs_between(size: int, other_size: int, *, asked: int) -> int:
    """Return how many scores can be known between two groups where each id was asked about so many others."""
    return min(size, other_size) * min(max(size, other_size), asked)


def average_link(
    ids: Collection[str],
    edges: Edges,
    *,
    least: float,
    asked: int,
    together: Iterable[Collection[str]] = (),
    apart: Mapping[str, Set[str]] | None = None,
) -> list[list[str]]:
    """Join the two groups of the highest mean score between them until it falls under ``least``.

    Only so many scores of one id are known as were ``asked``, so the larger of two groups counts as that many at most.
    Ids that are given ``together`` are joined first; those that are ``apart`` (both ways) are never in one group.
    The result depends on ids and scores alone: groups and their members come sorted, ties go to the smaller ids.
    """
    groups = _Groups(ids, edges, asked=asked)
    for given in together:
        groups.join_all(given)
    heap = [
        offer
        for key, row in groups.sums.items()
        for o in row
        if key < o
        if (offer := groups.offer(key, o))[0] <= -least
    ]
    heapq.heapify(heap)
    while heap:
        _, one, other, size, other_size = heapq.heappop(heap)
        if groups.sizes(one, other) != (size, other_size):
            continue
        if apart and _kept_apart(groups.members[one], groups.members[other], apart):
            continue
        groups.join(one, other)
        for third in groups.sums[one]:
            if (offer := groups.offer(one, third))[0] <= -least:
                heapq.heappush(heap, offer)
    return sorted(sorted(group) for group in groups.members.values())


def average_link_few(
    ids: Sequence[str],
    scores: NDArray[np.float64],
    *,
    least: float,
    asked: int,
    together: Iterable[Collection[str]] = (),
    apart: Mapping[str, Set[str]] | None = None,
) -> list[list[str]]:
    """Return what ``average_link`` does, for some hundred ids at most, given sorted and with a square of scores."""
    groups = _Few(scores, asked=asked)
    number = {key: place for place, key in enumerate(ids)}
    apart = apart or {}
    for key in apart.keys() & number.keys():
        groups.apart[number[key], [number[other] for other in apart[key] if other in number]] = True
    groups.offer_all()
    for given in together:
        leaders = sorted({groups.leader[number[key]] for key in given})
        for other in leaders[1:]:
            groups.join(leaders[0], other)
    while True:
        one, other = divmod(int(groups.means.argmax()), len(ids)) if ids else (0, 0)
        if not ids or groups.means[one, other] < least:
            break
        groups.join(one, other)
    return sorted(sorted(ids[place] for place in group) for group in groups.members.values())


class _Few:
    """Groups by the number of their first id, in squares: the sums of scores between them, their means, who is apart.

    Only what stands above the diagonal of the means is offered.
    """

    def __init__(self, scores: NDArray[np.float64], *, asked: int) -> None:
        count = len(scores)
        self._asked = asked
        self._sums = scores.copy()
        self._sizes = np.ones(count, np.int64)
        self.apart = np.zeros((count, count), np.bool_)
        self.means = np.full((count, count), -np.inf)
        self.members = {place: [place] for place in range(count)}
        self.leader = list(range(count))

    def offer_all(self) -> None:
        """Offer all pairs that are not kept apart."""
        above = np.triu(~self.apart, 1)
        self.means[above] = self._sums[above]

    def join(self, one: int, other: int) -> None:
        """Join the second group to the first, whose number is smaller."""
        sums, sizes, apart, means = self._sums, self._sizes, self.apart, self.means
        for place in self.members[other]:
            self.leader[place] = one
        self.members[one] += self.members.pop(other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sizes[one] += sizes[other]
        sizes[other] = 0
        apart[one] |= apart[other]
        apart[:, one] = apart[one]
        many = np.minimum(sizes[one], sizes) * np.minimum(np.maximum(sizes[one], sizes), self._asked)
        row = np.where((sizes > 0) & ~apart[one], sums[one] / np.maximum(many, 1), -np.inf)
        means[one, one + 1 :], means[:one, one] = row[one + 1 :], row[:one]
        means[other], means[:, other] = -np.inf, -np.inf


Offer = tuple[float, str, str, int, int]
"""Two groups that may be joined: their mean score, negative so that the best is the least, their leaders and sizes."""


class _Groups:
    """Groups by their leaders, and the sums of the scores between them."""

    def __init__(self, ids: Collection[str], edges: Edges, *, asked: int) -> None:
        self.members = {key: [key] for key in sorted(ids)}
        self.sums = {key: {o: s for o, s in edges.get(key, {}).items() if o in self.members} for key in self.members}
        self._asked = asked

    def sizes(self, one: str, other: str) -> tuple[int, int]:
        """Return the sizes of two groups, 0 for one that is no more."""
        return len(self.members.get(one, ())), len(self.members.get(other, ()))

    def offer(self, one: str, other: str) -> Offer:
        """Return what joining two groups promises."""
        one, other = sorted((one, other))
        size, other_size = self.sizes(one, other)
        mean = self.sums[one][other] / pairs_between(size, other_size, asked=self._asked)
        return -mean, one, other, size, other_size

    def join(self, one: str, other: str) -> None:
        """Join the second group to the first."""
        self.members[one] += self.members.pop(other)
        row, gone = self.sums[one], self.sums.pop(other)
        row.pop(other, None)
        for third, total in gone.items():
            if third == one:
                continue
            row[third] = row.get(third, 0.0) + total
            del self.sums[third][other]
            self.sums[third][one] = row[third]

    def join_all(self, keys: Collection[str]) -> None:
        """Join the groups of several ids, whatever their scores."""
        those = set(keys)
        leaders = sorted(leader for leader, group in self.members.items() if not those.isdisjoint(group))
        for other in leaders[1:]:
            self.join(leaders[0], other)


def _kept_apart(one: Collection[str], other: Collection[str], apart: Mapping[str, Set[str]]) -> bool:
    those = set(other)
    return any(key in apart and not apart[key].isdisjoint(those) for key in one)
