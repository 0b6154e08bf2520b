"""Who is a likely partner of whom, with running sums over the partners that two share. No news logic here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nutgraf.stories.linkage import Links
from nutgraf.stories.pairs import Shared, likelihoods_among
from nutgraf.stories.trees import Rows

NOTHING = 1e-9
"""What is left of a sum of likelihoods when all of them were taken out."""

Places = NDArray[np.intp]


class Partners:
    """Likely pairs. A pair's link is its likelihood once the partners of both are known; it is found when asked.

    Articles and pairs have places in columns; a place is given anew when what was there is gone.
    """

    def __init__(self, *, least: float) -> None:
        self._least = least
        self._rows: dict[str, dict[str, int]] = {}
        self._articles = _Articles()
        self._pairs = _Pairs()
        self._clock = 0

    def add(self, key: str, partners: Iterable[tuple[str, float, bool]]) -> None:
        """Take in a new article with those that it is likely a pair with.

        Each is given with its likelihood, and with whether that is enough where the two have no partner in common.
        """
        given = list(partners)
        if not given:
            self._articles.take(key)
            self._rows[key] = {}
            return
        others = [other for other, _, _ in given]
        likely = np.array([score for _, score, _ in given])
        own = self._articles.take(key)
        places = self._pairs.take(len(given))
        pairs, theirs = self._pairs, self._places(others)
        pairs.likely[places], pairs.alone[places] = likely, [alone for _, _, alone in given]
        pairs.ends[0, places], pairs.ends[1, places] = theirs, own
        pairs.common[places], pairs.found[:, places], pairs.when[places] = 0.0, 0.0, -1
        near = self._triangles(others, theirs, likely, 1)
        if len(near.pair):
            between = pairs.likely[near.pair]
            for here, there in ((near.one, near.other), (near.other, near.one)):
                least = np.minimum(likely[there], between)
                pairs.common[places] += np.bincount(here, least, minlength=len(given))
                pairs.found[0, places] += np.bincount(here, between * least, minlength=len(given))
                pairs.found[1, places] += np.bincount(here, likely[there] * least, minlength=len(given))
        self._rows[key] = dict(zip(others, places.tolist(), strict=True))
        for other, place in self._rows[key].items():
            self._rows[other][key] = place
        self._articles.count(own, float(likely.sum()), float((likely * likely).sum()), self._tick())
        self._articles.count(theirs, likely, likely * likely, self._clock)

    def forget(self, key: str) -> None:
        """Let an article go."""
        row = self._rows.pop(key)
        others, places = list(row), np.fromiter(row.values(), np.intp, len(row))
        theirs, likely = self._places(others), self._pairs.likely[places]
        for other in others:
            del self._rows[other][key]
        self._triangles(others, theirs, likely, -1)
        self._articles.count(theirs, -likely, -likely * likely, self._tick())
        self._articles.free(key)
        self._pairs.free(places)

    def of(self, key: str) -> Iterable[str]:
        """Return the partners of an article."""
        return self._rows[key].keys()

    def likely(self, key: str, *, least: float) -> list[str]:
        """Return the partners that are at least so likely, be it by the two alone or by what is around them."""
        row = self._rows[key]
        places = np.fromiter(row.values(), np.intp, len(row))
        enough = np.maximum(self._pairs.likely[places], self._links(places)) >= least
        return [other for other, is_likely in zip(row, enough.tolist(), strict=True) if is_likely]

    def links(self, key: str) -> Mapping[str, float]:
        """Return the links of an article, those under the least left out."""
        row = self._rows[key]
        links = self._links(np.fromiter(row.values(), np.intp, len(row)))
        return {other: link for other, link in zip(row, links.tolist(), strict=True) if link >= self._least}

    def reached(self, start: Iterable[str], *, least: float, most: int) -> set[str]:
        """Return what is reached from ``start`` over links of at least ``least``; no more than ``most`` are added."""
        articles = self._articles
        ahead = reached = self._places(list(dict.fromkeys(start)))
        while len(ahead) and len(reached) < most:
            pairs = self._pairs_of(articles.keys[place] for place in ahead.tolist())
            strong = pairs[self._links(pairs) >= least]
            strong = strong[np.argsort(-self._pairs.link[strong], kind="stable")]
            ends = self._pairs.ends[:, strong].T.ravel()
            new, first = np.unique(ends, return_index=True)
            outside = ~np.isin(new, reached)
            ahead = new[outside][np.argsort(first[outside], kind="stable")][: most - len(reached)]
            reached = np.concatenate([reached, ahead])
        return {articles.keys[place] for place in reached.tolist()}

    def between(self, keys: Sequence[str]) -> Links:
        """Return the links between some articles, by their numbers among ``keys``; those under the least left out."""
        places = self._places(keys)
        pairs = self._pairs_of(keys)
        one, other = self._articles.numbered(places, self._pairs.ends[:, pairs])
        inside = np.flatnonzero((one >= 0) & (other == np.repeat(np.arange(len(keys)), self._sizes(keys))))
        links = self._links(pairs[inside])
        kept = links >= self._least
        return Links(one[inside][kept], other[inside][kept], links[kept])

    def _sizes(self, keys: Iterable[str]) -> list[int]:
        return [len(self._rows[key]) for key in keys]

    def _places(self, keys: Sequence[str]) -> Places:
        return np.fromiter(map(self._articles.place.__getitem__, keys), np.intp, len(keys))

    def _pairs_of(self, keys: Iterable[str]) -> Places:
        return np.fromiter(chain.from_iterable(self._rows[key].values() for key in keys), np.intp)

    def _tick(self) -> int:
        self._clock += 1
        return self._clock

    def _links(self, places: Places) -> Rows:
        """Return the links of pairs; those whose articles got or lost partners are found anew."""
        pairs, articles = self._pairs, self._articles
        changed = np.maximum(*articles.changed[pairs.ends[:, places]])
        stale = places[pairs.when[places] < changed]
        if len(stale):
            one, other = pairs.ends[:, stale]
            links = likelihoods_among(
                Shared(
                    likely=pairs.likely[stale],
                    one=articles.sums[one],
                    other=articles.sums[other],
                    one_squares=articles.squares[one],
                    other_squares=articles.squares[other],
                    common=pairs.common[stale],
                    one_found=pairs.found[0, stale],
                    other_found=pairs.found[1, stale],
                )
            )
            links[~pairs.alone[stale] & (pairs.common[stale] < NOTHING)] = 0.0
            pairs.link[stale], pairs.when[stale] = links, self._clock
        found: Rows = pairs.link[places]
        return found

    def _triangles(self, others: Sequence[str], theirs: Places, likely: Rows, sign: int) -> _Triangles:
        """Find the pairs among the partners of an article, and take it in, or out, as a partner that the two share."""
        rows = [self._rows[other] for other in others]
        pairs = np.fromiter(chain.from_iterable(row.values() for row in rows), np.intp)
        owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        one, other = self._articles.numbered(theirs, self._pairs.ends[:, pairs])
        met = np.flatnonzero((one == owner) & (other >= 0))  # each stands in the rows of both its ends
        one, other, pair = one[met], other[met], pairs[met]
        if len(met):
            least = np.minimum(likely[one], likely[other])
            self._pairs.common[pair] += sign * least
            self._pairs.found[0, pair] += sign * likely[one] * least
            self._pairs.found[1, pair] += sign * likely[other] * least
        return _Triangles(one, other, pair)


class _Triangles:
    """Pairs among the partners of one article: which two of them, and the place of the pair."""

    __slots__ = ("one", "other", "pair")

    def __init__(self, one: Places, other: Places, pair: Places) -> None:
        self.one, self.other, self.pair = one, other, pair


class _Articles:
    """The articles of pairs: sums over the likelihoods of each one's partners, and when they changed."""

    def __init__(self) -> None:
        self.place: dict[str, int] = {}
        self.keys: list[str] = []
        self._free: list[int] = []
        self.sums, self.squares = np.zeros(0), np.zeros(0)
        self.changed = np.zeros(0, np.int64)
        self._numbers = np.zeros(0, np.intp)

    def take(self, key: str) -> int:
        """Give a new article its place."""
        if self._free:
            place = self._free.pop()
            self.keys[place] = key
        else:
            place = len(self.keys)
            self.keys.append(key)
            if place == len(self.sums):
                more = max(1024, place)
                self.sums, self.squares = _longer(self.sums, more), _longer(self.squares, more)
                self.changed, self._numbers = _longer(self.changed, more), _longer(self._numbers, more)
        self.place[key] = place
        self.sums[place] = self.squares[place] = 0.0
        return place

    def free(self, key: str) -> None:
        """Take an article's place back."""
        self._free.append(self.place.pop(key))

    def count(self, places: int | Places, likely: float | Rows, squares: float | Rows, when: int) -> None:
        """Add to the sums of articles, each named once."""
        self.sums[places] += likely
        self.squares[places] += squares
        self.changed[places] = when

    def numbered(self, places: Places, asked: Places) -> Places:
        """Return for every place that is asked its number among ``places``, -1 for one that is not among them."""
        self._numbers[places] = np.arange(1, len(places) + 1)
        found: Places = self._numbers[asked] - 1
        self._numbers[places] = 0
        return found


class _Pairs:
    """Likely pairs in columns.

    ``ends``: the places of the two articles. ``alone``: whether the two may be a pair with no partner in common.
    ``common`` and ``found`` (of each end): sums over the partners that both have; see ``pairs.Shared``. ``link`` was
    found at the moment ``when``.
    """

    def __init__(self) -> None:
        self._free: list[int] = []
        self.ends = np.zeros((2, 0), np.intp)
        self.likely, self.common, self.link = np.zeros(0), np.zeros(0), np.zeros(0)
        self.found = np.zeros((2, 0))
        self.alone = np.zeros(0, np.bool_)
        self.when = np.zeros(0, np.int64)

    def take(self, count: int) -> Places:
        """Return places for so many pairs."""
        if count > len(self._free):
            size = len(self.likely)
            more = max(1024, size // 2)
            for name in ("ends", "likely", "common", "link", "found", "alone", "when"):
                setattr(self, name, _longer(getattr(self, name), more))
            self._free += range(size + more - 1, size - 1, -1)
        cut = len(self._free) - count
        taken = np.array(self._free[cut:], np.intp)
        del self._free[cut:]
        return taken

    def free(self, places: Places) -> None:
        """Take places back."""
        self._free += places.tolist()


def _longer(column: NDArray[Any], more: int) -> NDArray[Any]:
    shape = (*column.shape[:-1], more)
    return np.concatenate([column, np.zeros(shape, column.dtype)], axis=-1)
