"""Who is a likely partner of whom, with running sums over the partners that two share. No news logic here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from nutgraf.stories.pairs import Shared, likelihood_among

NOTHING = 1e-9
"""What is left of a sum of likelihoods when all of them were taken out."""


class _Pair:
    """Two articles: how likely they are a pair, and sums over the partners that both have; see ``pairs.Shared``."""

    __slots__ = ("alone", "common", "first_found", "found", "likely", "link")

    def __init__(self, likely: float, *, alone: bool) -> None:
        self.likely: Final = likely
        self.alone: Final = alone  # whether it may be a pair with no partner in common
        self.common = 0.0
        self.first_found = 0.0  # of the one whose id is smaller
        self.found = 0.0
        self.link: float | None = None

    def share(self, first: float, other: float, sign: int) -> None:
        """Take in, or out, a partner that the two have with these likelihoods."""
        least = first if first < other else other
        self.common += sign * least
        self.first_found += sign * first * least
        self.found += sign * other * least


class Partners:
    """Likely pairs. A pair's link is its likelihood once the partners of both are known; it is found when asked."""

    def __init__(self, *, least: float) -> None:
        self._least = least
        self._rows: dict[str, dict[str, _Pair]] = {}
        self._sums: dict[str, list[float]] = {}

    def add(self, key: str, partners: Iterable[tuple[str, float, bool]]) -> None:
        """Take in a new article with those that it is likely a pair with.

        Each is given with its likelihood, and with whether that is enough where the two have no partner in common.
        """
        self._rows[key], self._sums[key] = {}, [0.0, 0.0]
        for other, likely, alone in partners:
            self._join(key, other, _Pair(likely, alone=alone))

    def forget(self, key: str) -> None:
        """Let an article go."""
        row = self._rows[key]
        for other in list(row):
            self._part(key, other)
        del self._rows[key], self._sums[key]

    def of(self, key: str) -> Iterable[str]:
        """Return the partners of an article."""
        return self._rows[key].keys()

    def likely(self, one: str, other: str) -> float:
        """Return how likely two are a pair by themselves, 0 where it was not worth keeping."""
        pair = self._rows[one].get(other)
        return pair.likely if pair else 0.0

    def links(self, key: str) -> Mapping[str, float]:
        """Return the links of an article, those under the least left out."""
        found = {}
        for other, pair in self._rows[key].items():
            link = pair.link
            if link is None:
                link = self._link(key, other, pair)
            if link >= self._least:
                found[other] = link
        return found

    def _link(self, one: str, other: str, pair: _Pair) -> float:
        if not pair.alone and pair.common < NOTHING:
            pair.link = 0.0
            return pair.link
        first, second = (one, other) if one < other else (other, one)
        sums, others = self._sums[first], self._sums[second]
        pair.link = likelihood_among(
            Shared(
                likely=pair.likely,
                one=sums[0],
                other=others[0],
                one_squares=sums[1],
                other_squares=others[1],
                common=pair.common,
                one_found=pair.first_found,
                other_found=pair.found,
            )
        )
        return pair.link

    def _join(self, one: str, other: str, pair: _Pair) -> None:
        self._triangles(one, other, pair, 1)
        self._rows[one][other] = self._rows[other][one] = pair
        self._count(one, pair.likely)
        self._count(other, pair.likely)

    def _part(self, one: str, other: str) -> None:
        pair = self._rows[one].pop(other)
        del self._rows[other][one]
        self._triangles(one, other, pair, -1)
        self._count(one, pair.likely, -1)
        self._count(other, pair.likely, -1)

    def _triangles(self, one: str, other: str, pair: _Pair, sign: int) -> None:
        """Take in, or out, what a pair makes common: to itself, and to the pairs of each with a third."""
        row, column = self._rows[one], self._rows[other]
        if len(row) > len(column):
            one, other, row, column = other, one, column, row
        for third, near in row.items():
            far = column.get(third)
            if far is None:
                continue
            _share(pair, one, other, near.likely, far.likely, sign)
            _share(near, one, third, pair.likely, far.likely, sign)
            _share(far, other, third, pair.likely, near.likely, sign)

    def _count(self, key: str, likely: float, sign: int = 1) -> None:
        sums = self._sums[key]
        sums[0] += sign * likely
        sums[1] += sign * likely * likely
        for pair in self._rows[key].values():
            pair.link = None


def _share(pair: _Pair, one: str, other: str, of_one: float, of_other: float, sign: int) -> None:
    if one < other:
        pair.share(of_one, of_other, sign)
    else:
        pair.share(of_other, of_one, sign)
