"""How likely two articles are to report the same event: what they share, then whether they share their neighbours."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nutgraf.stories.past import Past
from nutgraf.stories.terms import Columns, Numbers, Terms
from nutgraf.stories.trees import Rows, Trees, trees_from

MEASURES = (
    "body", "lead", "title", "cross", "names", "title_names", "lead_names", "numbers", "first_numbers",
    "other_numbers", "rare", "days", "weekdays", "news", "newness", "past", "meaning",
)  # fmt: skip
"""What a pair is measured by: see ``Comparison.measures``."""

AROUND = ("likelihood", "neighbours", "lacking", "lacking_less")
"""What its neighbours say of a pair: see ``around``."""

BRIEF = 60
"""Terms under which an article is brief (a flash, a teaser); two such have trained weights of their own."""

SURE = 1e-3
"""Kept from 0 and 1 by this much when a likelihood becomes a logit."""

SLOTS = 2**20

Vector = NDArray[np.float16]
"""That of a headline; half precision is enough, and small."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Trained weights: trees for pairs by kind, and a logistic model of what is around a pair, the constant first."""

    pairs: Mapping[str, Trees]
    around: tuple[float, ...]


@cache
def model() -> Model:
    """Return the trained weights; eval/train_stories.py writes them."""
    record = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return model_from(record)


def model_from(record: Mapping[str, Any]) -> Model:
    """Read trained weights from their record; raises ``ValueError`` where they are for other measures."""
    if tuple(record["measures"]) != MEASURES or tuple(record["around"]) != ("", *AROUND):
        raise ValueError("weights.json was trained for other measures; run eval/train_stories.py --write")
    return Model(
        pairs={kind: trees_from(trees) for kind, trees in record["pairs"].items()},
        around=tuple(record["around"].values()),
    )


def kind_of(*, brief: bool, meaning: bool) -> str:
    """Return the name of the trees for a pair: of two brief articles or not, with vectors or by words alone."""
    return ("brief" if brief else "whole") + ("" if meaning else "_words")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One article of a pair: its terms, its day as a fraction, and the vector of its headline where there is one."""

    terms: Terms
    days: float
    vector: Vector | None = None


class Comparison:
    """Measures one article against many at once."""

    def __init__(self) -> None:
        self._places = np.zeros(SLOTS, np.int16)

    def measures(self, mine: Side, others: Sequence[Side], past: Past) -> Rows:
        """Return a row for each pair, columns as ``MEASURES``, each 0 to 1; the same whichever article comes first.

        ``body``, ``lead``, ``title``, ``names``, ``title_names``, ``lead_names``, ``meaning``: cosines. ``cross``: how
        much of each headline the other's body holds. ``numbers``, ``first_numbers``: shared ones against the shorter
        list; ``other_numbers``: 1 where both openings have numbers and share none. ``rare``: how much rare vocabulary
        is shared. ``days``: days apart, saturating. ``weekdays``: 1 where the two openings name different weekdays.
        ``news``: the cosine of bodies, each term counting by how new it is; ``newness``: that against the plain one.
        ``past``: how many articles that rests on.
        """
        table = np.zeros((len(others), len(MEASURES)))
        if not others:
            return table
        found = dict(zip(MEASURES, table.T, strict=True))
        terms, theirs = mine.terms, [other.terms for other in others]
        shared = self._shared(terms, theirs)
        body = _words(terms, theirs, shared, found)
        _news(mine, others, shared, body, past, found)
        _numbers(terms, theirs, found)
        apart = np.array([abs(mine.days - other.days) for other in others])
        found["days"][:] = 1 - np.exp(-apart / 2)
        days = np.array([other.weekday for other in theirs])
        found["weekdays"][:] = (days > 0) & (terms.weekday > 0) & (days != terms.weekday)
        if mine.vector is not None:
            vectors = [mine.vector if other.vector is None else other.vector for other in others]
            found["meaning"][:] = np.maximum(0, np.array(vectors, np.float64) @ mine.vector.astype(np.float64))
        # Sums come out the same to the last digit but one in any order; what is weighed is the same to all digits.
        return np.round(table, 7)

    def _shared(self, mine: Terms, others: Sequence[Terms]) -> _Shared:
        """Find the terms that others share with an article."""
        slots = mine.words & np.uint32(SLOTS - 1)
        self._places[slots] = np.arange(1, len(slots) + 1)
        words = np.concatenate([other.words for other in others])
        place = self._places[words & np.uint32(SLOTS - 1)]
        self._places[slots] = 0
        at = np.flatnonzero(place)
        own = place[at].astype(np.intp) - 1
        same = mine.words[own] == words[at]  # two terms may have one slot
        at, own = at[same], own[same]
        ends = np.cumsum([len(other.words) for other in others])
        owner = np.searchsorted(ends, at, side="right")
        starts = np.concatenate([[0], ends[:-1]])
        return _Shared(own=own, at=at, owner=owner, place=at - starts[owner], count=len(others))


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """Terms that one article shares with others.

    ``own``, ``at``, ``place``: where each stands in its own terms, in all of theirs, in those of the other one.
    ``owner``: which of the others it is, of ``count``.
    """

    own: NDArray[np.intp]
    at: NDArray[np.intp]
    owner: NDArray[np.intp]
    place: NDArray[np.intp]
    count: int

    def sums(self, values: Rows) -> Rows:
        """Add up a value of each term by whom it is shared with."""
        return np.bincount(self.owner, values, minlength=self.count).astype(np.float64)

    def of_part(self, mine: Columns, theirs: Sequence[Columns]) -> tuple[Rows, Rows]:
        """Return the weights of the terms in a part of each article, whose terms come first; 0 for the other terms."""
        ours, others = np.zeros((len(mine), len(self.own))), np.zeros((len(mine), len(self.own)))
        inside = np.flatnonzero(self.own < mine.shape[1])
        ours[:, inside] = mine[:, self.own[inside]]
        sizes = np.array([part.shape[1] for part in theirs])
        inside = np.flatnonzero(self.place < sizes[self.owner])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        at = starts[self.owner[inside]] + self.place[inside]
        others[:, inside] = np.concatenate(theirs, axis=1)[:, at]
        return ours, others


def _words(mine: Terms, others: Sequence[Terms], shared: _Shared, found: Mapping[str, Rows]) -> Rows:
    """Measure shared words; return what each shared term gives to the cosine of bodies."""
    ours = mine.whole[:, shared.own].astype(np.float64)
    theirs = np.concatenate([t.whole[:2] for t in others], axis=1)[:, shared.at].astype(np.float64)
    body: Rows = ours[0] * theirs[0]
    found["body"][:] = shared.sums(body)
    found["names"][:] = shared.sums(ours[1] * theirs[1])
    found["rare"][:] = 1 - np.exp(-shared.sums(ours[2]) / 8)
    ours, theirs = shared.of_part(mine.front, [t.front for t in others])
    found["lead"][:], found["lead_names"][:] = map(shared.sums, ours * theirs)
    ours, theirs = shared.of_part(mine.head, [t.head for t in others])
    found["title"][:], found["title_names"][:] = map(shared.sums, ours * theirs)
    found["cross"][:] = shared.sums(ours[0] * ours[0] + theirs[0] * theirs[0]) / 2
    return body


def _news(
    mine: Side, others: Sequence[Side], shared: _Shared, body: Rows, past: Past, found: Mapping[str, Rows]
) -> None:
    days = np.array([math.floor(min(mine.days, other.days)) for other in others])
    which = np.unique(days)
    newness = past.newness(which.tolist(), mine.terms.words)
    before = np.array([past.before(day) for day in which.tolist()])
    place = np.searchsorted(which, days)
    news = shared.sums(body * newness[place[shared.owner], shared.own])
    found["news"][:] = news
    found["newness"][:] = (news + 0.01) / (found["body"] + 0.01)
    found["past"][:] = np.log(before[place] + 1) / 12


def _numbers(mine: Terms, others: Sequence[Terms], found: Mapping[str, Rows]) -> None:
    for name, ours, theirs, add in (
        ("numbers", mine.numbers, [other.numbers for other in others], 3),
        ("first_numbers", mine.first_numbers, [other.first_numbers for other in others], 1),
    ):
        sizes = np.array([len(one) for one in theirs])
        owner = np.repeat(np.arange(len(others)), sizes)
        shared = np.bincount(owner[_within(np.concatenate(theirs), ours)], minlength=len(others))
        smaller = np.minimum(sizes, len(ours))
        found[name][:] = shared / (smaller + add)
    found["other_numbers"][:] = (smaller > 0) & (shared == 0)


def _within(numbers: Numbers, ours: Numbers) -> NDArray[np.bool_]:
    """Tell which numbers are among ours, which come sorted."""
    if not len(ours):
        return np.zeros(len(numbers), np.bool_)
    place = np.minimum(np.searchsorted(ours, numbers), len(ours) - 1)
    return np.asarray(ours[place] == numbers)


def brief_pairs(mine: Side, others: Sequence[Side]) -> NDArray[np.bool_]:
    """Tell of each pair whether both of its articles are brief."""
    sizes = np.array([len(other.terms.words) for other in others], np.intp)
    return np.asarray((sizes < BRIEF) & (len(mine.terms.words) < BRIEF))


def likelihoods(mine: Side, others: Sequence[Side], rows: Rows) -> Rows:
    """Return how likely each measured pair reports the same event, 0 to 1, by its two articles alone."""
    found = np.zeros(len(others))
    brief = brief_pairs(mine, others)
    meaning = np.array([mine.vector is not None and other.vector is not None for other in others], bool)
    for short in (False, True):
        for vectors in (False, True):
            these = np.flatnonzero((brief == short) & (meaning == vectors))
            if len(these):
                found[these] = model().pairs[kind_of(brief=short, meaning=vectors)].likelihoods(rows[these])
    return np.round(found, 9)


def around(shared: Shared) -> Rows:
    """Measure what is around pairs: a row for each of ``AROUND``.

    ``likelihood``: of the pair alone, as a logit. ``neighbours``: how much of all likely partners is shared.
    ``lacking``, ``lacking_less``: how far each one's likely partners lack in the other, the worse first. These are
    means over partners, so that a story of a hundred articles is judged as one of three.
    """
    likely = shared.likely
    one, other = shared.lacking()
    return np.array(
        [
            np.log((likely + SURE) / (1 - likely + SURE)),
            shared.common / (0.5 + shared.one - likely + shared.other - likely - shared.common),
            np.maximum(one, other),
            np.minimum(one, other),
        ]
    )


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Sums over the partners of two articles, the pair itself left in; a number for each of several pairs.

    ``one`` and ``other`` are of each one's likelihoods, ``one_squares`` and ``other_squares`` of their squares,
    ``common`` of what both have, ``one_found`` and ``other_found`` of what each one's partners find in the other.
    """

    likely: Rows
    one: Rows
    other: Rows
    one_squares: Rows
    other_squares: Rows
    common: Rows
    one_found: Rows
    other_found: Rows

    def lacking(self) -> tuple[Rows, Rows]:
        """Return for each of the two how far its partners lack in the other, weighed by how likely they are."""
        square = self.likely * self.likely
        return (
            np.maximum(0.0, self.one_squares - square - self.one_found) / (0.5 + self.one - self.likely),
            np.maximum(0.0, self.other_squares - square - self.other_found) / (0.5 + self.other - self.likely),
        )


def likelihoods_among(shared: Shared) -> Rows:
    """Return how likely pairs are the same event once the partners of both are known, each 0 to 1."""
    weights = model().around
    z = weights[0] + sum(weight * row for weight, row in zip(weights[1:], around(shared), strict=True))
    found: Rows = np.round(1 / (1 + np.exp(-np.clip(z, -30.0, 30.0))), 9)
    return found
