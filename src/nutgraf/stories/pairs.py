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
from nutgraf.stories.terms import Terms
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
        self._places = np.zeros(SLOTS, np.int32)

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
        self._words(mine.terms, [other.terms for other in others], found, mine, others, past)
        _numbers(mine.terms, [other.terms for other in others], found)
        apart = np.array([abs(mine.days - other.days) for other in others])
        found["days"][:] = 1 - np.exp(-apart / 2)
        days = np.array([other.terms.weekday for other in others])
        found["weekdays"][:] = (days > 0) & (mine.terms.weekday > 0) & (days != mine.terms.weekday)
        if mine.vector is not None:
            vectors = [mine.vector if other.vector is None else other.vector for other in others]
            found["meaning"][:] = np.maximum(0, np.array(vectors, np.float64) @ mine.vector.astype(np.float64))
        # Sums come out the same to the last digit but one in any order; what is weighed is the same to all digits.
        return np.round(table, 7)

    def _words(
        self,
        mine: Terms,
        others: Sequence[Terms],
        found: Mapping[str, Rows],
        side: Side,
        sides: Sequence[Side],
        past: Past,
    ) -> None:
        count = len(others)
        shared = self._shared(mine, others)
        own, owner = shared.own, shared.owner

        def sums(values: NDArray[Any]) -> Rows:
            return np.bincount(owner, values, minlength=count).astype(np.float64)

        body = mine.whole[0].astype(np.float64)[own] * shared.row([t.whole[0] for t in others])
        found["body"][:] = sums(body)
        found["names"][:] = sums(mine.whole[1].astype(np.float64)[own] * shared.row([t.whole[1] for t in others]))
        found["rare"][:] = 1 - np.exp(-sums(mine.whole[2].astype(np.float64)[own]) / 8)
        for part, names in (("front", ("lead", "lead_names")), ("head", ("title", "title_names"))):
            for row, name in enumerate(names):
                ours = _padded(getattr(mine, part)[row], len(mine.words))[own]
                theirs = shared.row([_padded(getattr(t, part)[row], len(t.words)) for t in others])
                found[name][:] = sums(ours * theirs)
                if name == "title":
                    found["cross"][:] = (sums(ours * ours) + sums(theirs * theirs)) / 2
        self._news(mine, found, side, sides, past, body, own, owner)

    def _news(
        self,
        mine: Terms,
        found: Mapping[str, Rows],
        side: Side,
        sides: Sequence[Side],
        past: Past,
        body: Rows,
        own: NDArray[np.intp],
        owner: NDArray[np.intp],
    ) -> None:
        days = np.array([math.floor(min(side.days, other.days)) for other in sides])
        which = np.unique(days)
        newness = np.array([past.newness(int(day), mine.words) for day in which])
        before = np.array([past.before(int(day)) for day in which])
        place = np.searchsorted(which, days)
        news = np.bincount(owner, body * newness[place[owner], own], minlength=len(sides))
        found["news"][:] = news
        found["newness"][:] = (news + 0.01) / (found["body"] + 0.01)
        found["past"][:] = np.log(before[place] + 1) / 12

    def _shared(self, mine: Terms, others: Sequence[Terms]) -> _Shared:
        """Find the terms that others share with an article."""
        slots = mine.words & np.uint32(SLOTS - 1)
        self._places[slots] = np.arange(1, len(slots) + 1)
        words = np.concatenate([other.words for other in others])
        place = self._places[words & np.uint32(SLOTS - 1)]
        self._places[slots] = 0
        at = np.flatnonzero(place)
        own = place[at] - 1
        same = mine.words[own] == words[at]  # two terms may have one slot
        at, own = at[same], own[same]
        ends = np.cumsum([len(other.words) for other in others])
        return _Shared(own=own, at=at, owner=np.searchsorted(ends, at, side="right"))


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """Terms that one article shares with others: their places in its own terms, in all of theirs, and whose it is."""

    own: NDArray[np.intp]
    at: NDArray[np.intp]
    owner: NDArray[np.intp]

    def row(self, kinds: Sequence[NDArray[np.float16]]) -> Rows:
        """Return the weights that the others give the shared terms."""
        found: Rows = np.concatenate(kinds)[self.at].astype(np.float64)
        return found


def _padded(row: NDArray[np.float16], length: int) -> NDArray[np.float16]:
    whole = np.zeros(length, np.float16)
    whole[: len(row)] = row
    return whole


def _numbers(mine: Terms, others: Sequence[Terms], found: Mapping[str, Rows]) -> None:
    for name, ours, theirs, add in (
        ("numbers", mine.numbers, [other.numbers for other in others], 3),
        ("first_numbers", mine.first_numbers, [other.first_numbers for other in others], 1),
    ):
        sizes = np.array([len(one) for one in theirs])
        owner = np.repeat(np.arange(len(others)), sizes)
        shared = np.bincount(owner[np.isin(np.concatenate(theirs), ours)], minlength=len(others))
        smaller = np.minimum(sizes, len(ours))
        found[name][:] = shared / (smaller + add)
    found["other_numbers"][:] = (smaller > 0) & (shared == 0)


def is_brief_pair(one: Side, other: Side) -> bool:
    """Tell whether two articles are both brief."""
    return max(len(one.terms.words), len(other.terms.words)) < BRIEF


def likelihoods(mine: Side, others: Sequence[Side], rows: Rows) -> Rows:
    """Return how likely each measured pair reports the same event, 0 to 1, by its two articles alone."""
    found = np.zeros(len(others))
    brief = np.array([is_brief_pair(mine, other) for other in others], bool)
    meaning = np.array([mine.vector is not None and other.vector is not None for other in others], bool)
    for short in (False, True):
        for vectors in (False, True):
            these = np.flatnonzero((brief == short) & (meaning == vectors))
            if len(these):
                found[these] = model().pairs[kind_of(brief=short, meaning=vectors)].likelihoods(rows[these])
    return np.round(found, 9)


def around(likely: float, shared: Shared) -> tuple[float, ...]:
    """Measure what is around a pair, in the order of ``AROUND``.

    ``likelihood``: of the pair alone, as a logit. ``neighbours``: how much of all likely partners is shared.
    ``lacking``, ``lacking_less``: how far each one's likely partners lack in the other, the worse first. These are
    means over partners, so that a story of a hundred articles is judged as one of three.
    """
    one, other = shared.lacking()
    return (
        math.log((likely + SURE) / (1 - likely + SURE)),
        shared.common / (0.5 + shared.one - likely + shared.other - likely - shared.common),
        max(one, other),
        min(one, other),
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """Sums over the partners of two articles, the pair itself left in.

    ``one`` and ``other`` are of each one's likelihoods, ``one_squares`` and ``other_squares`` of their squares,
    ``common`` of what both have, ``one_found`` and ``other_found`` of what each one's partners find in the other.
    """

    likely: float
    one: float
    other: float
    one_squares: float
    other_squares: float
    common: float
    one_found: float
    other_found: float

    def lacking(self) -> tuple[float, float]:
        """Return for each of the two how far its partners lack in the other, weighed by how likely they are."""
        square = self.likely * self.likely
        return (
            max(0.0, self.one_squares - square - self.one_found) / (0.5 + self.one - self.likely),
            max(0.0, self.other_squares - square - self.other_found) / (0.5 + self.other - self.likely),
        )


def likelihood_among(shared: Shared) -> float:
    """Return how likely a pair is the same event once the partners of both are known, 0 to 1."""
    weights, values = model().around, around(shared.likely, shared)
    z = weights[0] + math.fsum(weight * value for weight, value in zip(weights[1:], values, strict=True))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, z)))), 9)
