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

    def newness(self, days: Sequence[int], words: Numbers) -> NDArray[np.float64]:
        """Return a row for each of some days: how new each term is then.

        1 where the past of that day has no article with it, near 0 where all had it.
        """
        slots = words & np.uint32(SLOTS - 1)
        uses: dict[int, NDArray[np.float64]] = {}
        found = np.zeros((len(days), len(words)))
        for row, day in zip(found, days, strict=True):
            for back in range(day - self.days, day):
                if back not in uses and back in self._counts:
                    uses[back] = self._counts[back][slots].astype(np.float64)
                if back in uses:
                    row += uses[back]
            most = math.log(self.before(day) + 1) + 1
            row[:] = (most - np.log(row + 1)) / most
        return found

    def forget(self, before: int) -> None:
        """Let go of the days before ``before``."""
        for day in [day for day in self._counts if day < before]:
            del self._counts[day], self._articles[day]

    def known(self) -> Sequence[int]:
        """Return the days that are counted."""
        return sorted(self._counts)
