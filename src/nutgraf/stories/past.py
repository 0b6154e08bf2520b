"""Which words the days before an event already used: what is shared beyond them is news."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nutgraf.stories.terms import Numbers

SLOTS = 2**20
"""Counters of one day; terms that fall on one counter are counted together, which is rare enough to do no harm."""

MOST = np.iinfo(np.uint16).max


class Past:
    """Counts the articles that use a term, day by day. ``days``: how far back the past of a day reaches."""

    def __init__(self, *, days: int) -> None:
        self.days = days
        self._counts: dict[int, NDArray[np.uint16]] = {}
        self._articles: dict[int, int] = {}

    def add(self, day: int, words: Numbers) -> None:
        """Count one article of a day."""
        if day not in self._counts:
            self._counts[day], self._articles[day] = np.zeros(SLOTS, np.uint16), 0
        self._articles[day] += 1
        if self._articles[day] <= MOST:
            self._counts[day][words & np.uint32(SLOTS - 1)] += 1

    def before(self, day: int) -> int:
        """Return how many articles the past of a day has."""
        return sum(self._articles.get(day - back, 0) for back in range(1, self.days + 1))

    def newness(self, day: int, words: Numbers) -> NDArray[np.float64]:
        """Return how new each term is on a day: 1 where its past has no article with it, near 0 where all had it."""
        slots = words & np.uint32(SLOTS - 1)
        counts = np.zeros(len(words))
        for back in range(1, self.days + 1):
            if (found := self._counts.get(day - back)) is not None:
                counts += found[slots]
        most = math.log(self.before(day) + 1) + 1
        return np.asarray((most - np.log(counts + 1)) / most)

    def forget(self, before: int) -> None:
        """Let go of the days before ``before``."""
        for day in [day for day in self._counts if day < before]:
            del self._counts[day], self._articles[day]

    def known(self) -> Sequence[int]:
        """Return the days that are counted."""
        return sorted(self._counts)
