"""Who is a likely partner of whom, with running sums over the partners that two share. No news logic here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
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
        self._rows: dict[str, array[int]] = {}  # the places of each one's pairs
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
            self._rows[key] = array("q")
            return
        others = [other for other, _, _ in given]
        likely = np.array([score for _, score, _ in given])
        own = self._articles.take(key)
        places = self._pairs.take(len(given))
        pairs, theirs = self._pairs, self._places(others)
        pairs.likely[places], pairs.alone[places] = likely, [alone for _, _, alone in given]
        pairs.ends[0, places], pairs.ends[1, places] = theirs, own
        pairs.sums[:, places], pairs.when[places] = 0.0, -1
        near = self._triangles(others, theirs, likely, 1)
        if len(near.pair):
            between = pairs.likely[near.pair]
            for here, there in ((near.one, near.other), (near.other, near.one)):
                least = np.minimum(likely[there], between)
                for row, value in enumerate((least, between * least, likely[there] * least)):
                    pairs.sums[row, places] += np.bincount(here, value, minlength=len(given))
        self._rows[key] = array("q", places.tolist())
        for other, place in zip(others, self._rows[key], strict=True):
            self._rows[other].append(place)
        gained = np.array([likely, likely * likely])
        self._articles.count(own, gained.sum(1), self._tick())
        self._articles.count(theirs, gained, self._clock)

    def forget(self, key: str) -> None:
        """Let an article go."""
        others = self._others(key)
        places = np.array(self._rows.pop(key), np.intp)
        theirs, likely = self._places(others), self._pairs.likely[places]
        for other, place in zip(others, places.tolist(), strict=True):
            self._rows[other].remove(place)
        self._triangles(others, theirs, likely, -1)
        self._articles.count(theirs, -np.array([likely, likely * likely]), self._tick())
        self._articles.free(key)
        self._pairs.free(places)

    def of(self, key: str) -> Iterable[str]:
        """Return the partners of an article."""
        return self._others(key)

    def likely(self, key: str, *, least: float) -> list[str]:
        """Return the partners that are at least so likely, be it by the two alone or by what is around them."""
        places = self._pairs_of([key])
        enough = np.maximum(self._pairs.likely[places], self._links(places)) >= least
        return [other for other, is_likely in zip(self._others(key), enough.tolist(), strict=True) if is_likely]

    def links(self, key: str) -> Mapping[str, float]:
        """Return the links of an article, those under the least left out."""
        links = self._links(self._pairs_of([key])).tolist()
        return {other: link for other, link in zip(self._others(key), links, strict=True) if link >= self._least}

    def reached(self, start: Iterable[str], *, least: float, most: int) -> set[str]:
        """Return what is reached from ``start`` over links of at least ``least``; no more than ``most`` are added."""
        keys = self._articles.keys
        reached = dict.fromkeys(start)
        ahead = list(reached)
        while ahead and len(reached) < most:
            pairs = self._pairs_of(ahead)
            links = self._links(pairs)
            strong = np.flatnonzero(links >= least)
            strong = strong[np.argsort(-links[strong], kind="stable")]
            ends = dict.fromkeys(self._pairs.ends[:, pairs[strong]].T.ravel().tolist())
            ahead = [key for key in map(keys.__getitem__, ends) if key not in reached][: most - len(reached)]
            reached.update(dict.fromkeys(ahead))
        return set(reached)

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

    def _others(self, key: str) -> list[str]:
        own, keys = self._articles.place[key], self._articles.keys
        return [keys[other] for other in (self._pairs.ends[:, self._pairs_of([key])].sum(0) - own).tolist()]

    def _places(self, keys: Sequence[str]) -> Places:
        return np.fromiter(map(self._articles.place.__getitem__, keys), np.intp, len(keys))

    def _pairs_of(self, keys: Iterable[str]) -> Places:
        return np.frombuffer(b"".join([self._rows[key] for key in keys]), np.int64)

    def _tick(self) -> int:
        self._clock += 1
        return self._clock

    def _links(self, places: Places) -> Rows:
        """Return the links of pairs; those whose articles got or lost partners are found anew."""
        pairs, articles = self._pairs, self._articles
        changed = np.maximum(*articles.changed[pairs.ends[:, places]])
        stale = places[pairs.when[places] < changed]
        if len(stale):
            sums, squares = articles.sums[:, pairs.ends[:, stale]]
            links = likelihoods_among(Shared(pairs.likely[stale], *sums, *squares, *pairs.sums[:, stale]))
            links[~pairs.alone[stale] & (pairs.sums[0, stale] < NOTHING)] = 0.0
            pairs.link[stale], pairs.when[stale] = links, self._clock
        found: Rows = pairs.link[places]
        return found

    def _triangles(self, others: Sequence[str], theirs: Places, likely: Rows, sign: int) -> _Triangles:
        """Find the pairs among the partners of an article, and take it in, or out, as a partner that the two share."""
        pairs = self._pairs_of(others)
        owner = np.repeat(np.arange(len(others)), self._sizes(others))
        one, other = self._articles.numbered(theirs, self._pairs.ends[:, pairs])
        met = np.flatnonzero((one == owner) & (other >= 0))  # each stands in the rows of both its ends
        one, other, pair = one[met], other[met], pairs[met]
        if len(met):
            least = np.minimum(likely[one], likely[other])
            self._pairs.sums[:, pair] += sign * np.array([least, likely[one] * least, likely[other] * least])
        return _Triangles(one, other, pair)


class _Triangles:
    """Pairs among the partners of one article: which two of them, and the place of the pair."""

    __slots__ = ("one", "other", "pair")

    def __init__(self, one: Places, other: Places, pair: Places) -> None:
        self.one, self.other, self.pair = one, other, pair


class _Articles:
    """The articles of pairs. ``sums``: over the likelihoods of each one's partners, and over their squares.

    ``changed`` is when these changed.
    """

    def __init__(self) -> None:
        self.place: dict[str, int] = {}
        self.keys: list[str] = []
        self._free: list[int] = []
        self.sums = np.zeros((2, 0))
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
            if place == len(self.changed):
                more = max(1024, place)
                self.sums = _longer(self.sums, more)
                self.changed, self._numbers = _longer(self.changed, more), _longer(self._numbers, more)
        self.place[key] = place
        self.sums[:, place] = 0.0
        return place

    def free(self, key: str) -> None:
        """Take an article's place back."""
        self._free.append(self.place.pop(key))

    def count(self, places: int | Places, sums: Rows, when: int) -> None:
        """Add to the sums of articles, each named once."""
        self.sums[:, places] += sums
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
    ``sums`` are over the partners that both have, ``common``, ``one_found`` and ``other_found`` of ``pairs.Shared``.
    ``link`` was found at the moment ``when``.
    """

    def __init__(self) -> None:
        self._free: list[int] = []
        self.ends = np.zeros((2, 0), np.intp)
        self.likely, self.link = np.zeros(0), np.zeros(0)
        self.sums = np.zeros((3, 0))
        self.alone = np.zeros(0, np.bool_)
        self.when = np.zeros(0, np.int64)

    def take(self, count: int) -> Places:
        """Return places for so many pairs."""
        if count > len(self._free):
            size = len(self.likely)
            more = max(1024, size // 2)
            for name in ("ends", "likely", "link", "sums", "alone", "when"):
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
