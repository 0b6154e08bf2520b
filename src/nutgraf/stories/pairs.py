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
from nutgraf.stories.terms import Columns, Terms
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

ENDS = 2**16

ENDS_OF = np.uint32(ENDS - 1)

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
        self._met = np.zeros(ENDS, np.bool_)
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
        if not others:
            return np.zeros((0, len(MEASURES)))
        terms, theirs = mine.terms, [other.terms for other in others]
        shared = self._shared(terms, theirs)
        days = [math.floor(min(mine.days, other.days)) for other in others]
        newness, before = _newness(terms, days, shared, past)
        body, names, rare, lead, lead_names, title, title_names, cross, news = _sums(terms, theirs, shared, newness)
        apart = np.array([abs(mine.days - other.days) for other in others])
        found = {
            "body": body,
            "lead": lead,
            "title": title,
            "cross": cross / 2,
            "names": names,
            "title_names": title_names,
            "lead_names": lead_names,
            **_numbers(terms, theirs),
            "rare": 1 - np.exp(-rare / 8),
            "days": 1 - np.exp(-apart / 2),
            "weekdays": [bool(terms.weekday and other.weekday not in (0, terms.weekday)) for other in theirs],
            "news": news,
            "newness": (news + 0.01) / (body + 0.01),
            "past": np.log(before + 1) / 12,
            "meaning": _meaning(mine, others),
        }
        # Sums come out the same to the last digit but one in any order; what is weighed is the same to all digits.
        return np.round(np.array([found[measure] for measure in MEASURES]).T, 7)

    def _shared(self, mine: Terms, others: Sequence[Terms]) -> _Shared:
        """Find the terms that others share with an article."""
        words = np.concatenate([other.words for other in others])
        # Most words are told from those of the article by the ends of their numbers, in a table that stays at hand.
        self._met[mine.words & ENDS_OF] = True
        at = np.flatnonzero(self._met[words & ENDS_OF])
        self._met[mine.words & ENDS_OF] = False
        words = words[at]
        slots = mine.words & np.uint32(SLOTS - 1)
        self._places[slots] = np.arange(1, len(slots) + 1)
        own = self._places[words & np.uint32(SLOTS - 1)].astype(np.intp) - 1
        self._places[slots] = 0
        same = np.flatnonzero((own >= 0) & (mine.words[own] == words))  # two terms may have one slot
        at, own = at[same], own[same]
        sizes = np.array([len(other.words) for other in others])
        ends = sizes.cumsum()
        owner = np.searchsorted(ends, at, side="right")
        return _Shared(own=own, at=at, owner=owner, place=at - (ends - sizes)[owner], count=len(others))


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
        """Add up each row of values of the terms by whom they are shared with."""
        cells = self.owner + self.count * np.arange(len(values))[:, None]
        found = np.bincount(cells.ravel(), values.ravel(), minlength=self.count * len(values)).astype(np.float64)
        return found.reshape(len(values), self.count)

    def of_part(self, mine: Columns, theirs: Sequence[Columns]) -> tuple[Rows, Rows]:
        """Return the weights of the terms in a part of each article, whose terms come first; 0 for the other terms."""
        nothing = np.zeros((len(mine), 1), np.float16)  # comes last, for a term that stands in no part
        sizes = np.array([part.shape[1] for part in theirs])
        ends = sizes.cumsum()
        at = np.where(self.place < sizes[self.owner], (ends - sizes)[self.owner] + self.place, ends[-1])
        ours = np.concatenate([mine, nothing], axis=1)[:, np.minimum(self.own, mine.shape[1])]
        others = np.concatenate([*theirs, nothing], axis=1)[:, at]
        return ours.astype(np.float64), others.astype(np.float64)


def _sums(mine: Terms, others: Sequence[Terms], shared: _Shared, newness: Rows) -> Rows:
    """Return a row of sums over the terms that each other one shares, for every measure of words."""
    whole = mine.whole[:, shared.own].astype(np.float64)
    theirs = np.concatenate([other.whole[:2] for other in others], axis=1)[:, shared.at].astype(np.float64)
    front, other_front = shared.of_part(mine.front, [other.front for other in others])
    head, other_head = shared.of_part(mine.head, [other.head for other in others])
    values = np.empty((9, len(shared.own)))
    values[:2] = whole[:2] * theirs
    values[2] = whole[2]
    values[3:5] = front * other_front
    values[5:7] = head * other_head
    values[7] = head[0] * head[0] + other_head[0] * other_head[0]
    values[8] = values[0] * newness
    return shared.sums(values)


def _newness(mine: Terms, days: Sequence[int], shared: _Shared, past: Past) -> tuple[Rows, Rows]:
    """Return how new each shared term is on the day of its pair, and how many articles the past of each pair has."""
    which = sorted(set(days))
    row = {day: place for place, day in enumerate(which)}
    place = np.array([row[day] for day in days])
    before = np.array([past.before(day) for day in which], np.float64)
    return past.newness(which, mine.words)[place[shared.owner], shared.own], before[place]


def _numbers(mine: Terms, others: Sequence[Terms]) -> dict[str, list[float]]:
    """Measure the numbers that articles share. They are few, so that sets are faster than arrays."""
    ours, first = set(mine.numbers.tolist()), set(mine.first_numbers.tolist())
    theirs = [other.numbers.tolist() for other in others]
    their_first = [other.first_numbers.tolist() for other in others]
    shared = [len(first.intersection(one)) for one in their_first]
    return {
        "numbers": [len(ours.intersection(one)) / (min(len(ours), len(one)) + 3) for one in theirs],
        "first_numbers": [
            count / (min(len(first), len(one)) + 1) for one, count in zip(their_first, shared, strict=True)
        ],
        "other_numbers": [bool(first and one and not count) for one, count in zip(their_first, shared, strict=True)],
    }


def _meaning(mine: Side, others: Sequence[Side]) -> Rows:
    """Return the cosines of headlines' vectors, of those that have none anything."""
    if mine.vector is None:
        return np.zeros(len(others))
    vectors = [mine.vector if other.vector is None else other.vector for other in others]
    return np.maximum(0, np.array(vectors, np.float64) @ mine.vector.astype(np.float64))


def brief_pairs(mine: Side, others: Sequence[Side]) -> list[bool]:
    """Tell of each pair whether both of its articles are brief."""
    brief = len(mine.terms.words) < BRIEF
    return [brief and len(other.terms.words) < BRIEF for other in others]


def likelihoods(mine: Side, others: Sequence[Side], rows: Rows) -> Rows:
    """Return how likely each measured pair reports the same event, 0 to 1, by its two articles alone."""
    found = np.zeros(len(others))
    kinds = [
        kind_of(brief=brief, meaning=mine.vector is not None and other.vector is not None)
        for brief, other in zip(brief_pairs(mine, others), others, strict=True)
    ]
    for kind in set(kinds):
        these = np.flatnonzero([one == kind for one in kinds])
        found[these] = model().pairs[kind].likelihoods(rows[these])
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
