"""Finding the articles in the window that an article may be alike, at a cost that does not grow with the window."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np

from nutgraf.stories.terms import Terms

LONGEST = 400
"""Articles that are looked at for one term: the latest ones. A term that more have tells little, or tells it of a
story so large that the latest of it will do."""

LEAST = 0.01
"""Cosine over the search terms from which two articles are measured in full.

Of the true pairs of AllSides within a window 98 in 100 lie above it."""


class Index:
    """The search terms of the articles in the window, by term."""

    def __init__(self) -> None:
        self._numbers: dict[int, str] = {}
        self._number: dict[str, int] = {}
        self._next = 0
        self._days = np.zeros(1024)
        self._terms: dict[int, tuple[array[int], array[float]]] = {}
        self._sums = np.zeros(1024)

    def add(self, key: str, terms: Terms, days: float) -> None:
        """Take an article of a day in."""
        number = self._number[key] = self._next
        self._numbers[number] = key
        self._next += 1
        if self._next > len(self._sums):
            self._sums, self._days = np.zeros(2 * len(self._sums)), np.concatenate([self._days, self._sums])
        self._days[number] = days
        for term, weight in _searched(terms):
            if (postings := self._terms.get(term)) is None:
                postings = self._terms[term] = (array("q"), array("f"))
            postings[0].append(number)
            postings[1].append(weight)

    def forget(self, key: str, terms: Terms) -> None:
        """Let an article go."""
        del self._numbers[self._number.pop(key)]
        for term, _ in _searched(terms):
            if (postings := self._terms.get(term)) is None:
                continue
            # The earliest are let go first, all but a few: what is gone is dropped from the front.
            gone = 0
            while gone < len(postings[0]) and postings[0][gone] not in self._numbers:
                gone += 1
            del postings[0][:gone], postings[1][:gone]
            if not postings[0]:
                del self._terms[term]

    def alike(self, terms: Terms, days: float, *, within: float, most: int) -> list[str]:
        """Return articles at most so many days apart, the likest ones by the cosine of their search terms and these.

        Those under ``LEAST`` are left out; of equals the smaller ids come first.
        """
        found, values, sizes, own = [], [], [], []
        for term, weight in _searched(terms):
            if postings := self._terms.get(term):
                found.append(postings[0][-LONGEST:])
                values.append(postings[1][-LONGEST:])
                sizes.append(len(found[-1]))
                own.append(weight)
        if not found:
            return []
        numbers = np.frombuffer(b"".join(found), np.int64)
        weights = np.frombuffer(b"".join(values), np.float32) * np.repeat(np.array(own), sizes)
        np.add.at(self._sums, numbers, weights)
        cosines = self._sums[numbers]
        # An article stands here once for each shared term; the place that is written last is kept.
        self._sums[numbers] = np.arange(len(numbers))
        near = np.flatnonzero((cosines >= LEAST) & (self._sums[numbers] == np.arange(len(numbers))))
        self._sums[numbers] = 0
        near = near[np.abs(self._days[numbers[near]] - days) <= within]
        cosines = np.round(cosines[near], 6)
        if len(near) > most:
            likest = cosines >= np.partition(cosines, -most)[-most]
            near, cosines = near[likest], cosines[likest]
        alive = zip((-cosines).tolist(), map(self._numbers.get, numbers[near].tolist()), strict=True)
        return [key for _, key in sorted((score, key) for score, key in alive if key is not None)][:most]


def _searched(terms: Terms) -> Iterator[tuple[int, float]]:
    return zip(terms.words[terms.search].tolist(), terms.whole[0][terms.search].tolist(), strict=True)
