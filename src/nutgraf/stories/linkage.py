"""Average linkage over sparse scores: which articles are one story, whatever order they came in. No news logic here."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Set

Edges = Mapping[str, Mapping[str, float]]
"""Scores by article and article, both ways; a pair that is missing scores 0."""


def connected(
    start: Collection[str], links: Callable[[str], Mapping[str, float]], *, least: float, most: int
) -> set[str]:
    """Return what is reached from ``start`` over scores of at least ``least``: the nearest ``most``, or some more."""
    reached, ahead = set(start), deque(start)
    while ahead and len(reached) < most:
        for other, score in links(ahead.popleft()).items():
            if score >= least and other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached


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
