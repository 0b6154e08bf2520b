"""Average linkage over sparse scores: which articles are one story, whatever order they came in. No news logic here."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping

Edges = Mapping[str, Mapping[str, float]]
"""Scores by article and article, both ways; a pair that is missing scores 0."""


def connected(start: Collection[str], edges: Edges, *, least: float) -> set[str]:
    """Return all that can be reached from ``start`` over scores of at least ``least``."""
    reached, ahead = set(start), list(start)
    while ahead:
        for other, score in edges.get(ahead.pop(), {}).items():
            if score >= least and other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached


def average_link(ids: Collection[str], edges: Edges, *, least: float) -> list[list[str]]:
    """Join the two groups of the highest mean score between them until it falls under ``least``.

    The result depends on ids and scores alone: groups and their members come sorted, ties go to the smaller ids.
    """
    members = {key: [key] for key in sorted(ids)}
    sums = {key: {o: s for o, s in edges.get(key, {}).items() if o in members} for key in members}
    heap = [(-s, key, o, 1, 1) for key, row in sums.items() for o, s in row.items() if key < o and s >= least]
    heapq.heapify(heap)
    while heap:
        _, one, other, size, other_size = heapq.heappop(heap)
        if one not in members or other not in members:
            continue
        if (len(members[one]), len(members[other])) != (size, other_size):
            continue
        _join(one, other, members, sums)
        for third, total in sums[one].items():
            mean = total / (len(members[one]) * len(members[third]))
            if mean >= least:
                a, b = sorted((one, third))
                heapq.heappush(heap, (-mean, a, b, len(members[a]), len(members[b])))
    return sorted(sorted(group) for group in members.values())


def _join(one: str, other: str, members: dict[str, list[str]], sums: dict[str, dict[str, float]]) -> None:
    members[one] += members.pop(other)
    row, gone = sums[one], sums.pop(other)
    row.pop(other, None)
    for third, total in gone.items():
        if third == one:
            continue
        row[third] = row.get(third, 0.0) + total
        del sums[third][other]
        sums[third][one] = row[third]
