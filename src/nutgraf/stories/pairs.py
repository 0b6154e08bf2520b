"""How likely two articles are to report the same event: what they share, then whether they share their neighbours."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nutgraf.stories.terms import Terms, Weights

MEASURES = ("body", "lead", "title", "cross", "names", "numbers", "rare", "days", "weekdays", "acquainted")
"""What a pair is measured by: see ``measures``."""

AROUND = ("likelihood", "neighbours", "lacking", "lacking_less")
"""What its neighbours say of a pair: see ``around``."""

SURE = 1e-3
"""Kept from 0 and 1 by this much when a likelihood becomes a logit."""


@dataclass(frozen=True, slots=True)
class Model:
    """Trained weights of two logistic models, one of the measures and one of what is around a pair."""

    pair: tuple[float, ...]
    around: tuple[float, ...]


@cache
def model() -> Model:
    """Return the trained weights, the constant first; eval/train_stories.py writes them."""
    record = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    pair, near = record["pair"], record["around"]
    return Model(
        pair=tuple(pair[name] for name in ("", *expanded_names())), around=tuple(near[name] for name in ("", *AROUND))
    )


def cosine(one: Weights, other: Weights) -> float:
    """Return the cosine of two vectors of length one, 0 where one is empty."""
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(one[term] * other[term] for term in one.keys() & other.keys())


def measures(one: Terms, other: Terms, *, days: float) -> tuple[float, ...]:
    """Measure a pair, in the order of ``MEASURES``, each 0 to 1; the same whichever comes first.

    ``body``, ``lead``, ``title``, ``names``: cosines. ``cross``: how much of each headline the other's body holds.
    ``numbers``: shared ones against the shorter list. ``rare``: how much rare vocabulary is shared.
    ``days``: days apart, saturating. ``weekdays``: 1 where the two openings name different weekdays.
    ``acquainted``: whether they share names at all; like words about others are of another event.
    """
    smaller = min(len(one.numbers), len(other.numbers))
    names = cosine(one.names, other.names)
    return (
        cosine(one.body, other.body),
        cosine(one.lead, other.lead),
        cosine(one.title, other.title),
        (_held(one.title, other.body) + _held(other.title, one.body)) / 2,
        names,
        len(one.numbers & other.numbers) / (smaller + 3),
        1 - math.exp(-_total(one.rare, other.rare) / 8),
        1 - math.exp(-abs(days) / 2),
        float(bool(one.weekday and other.weekday) and one.weekday != other.weekday),
        1 - math.exp(-names / 0.05),
    )


def _held(title: Weights, body: Weights) -> float:
    return math.fsum(weight * weight for term, weight in title.items() if term in body)


def _total(one: Weights, other: Weights) -> float:
    return math.fsum(one[term] for term in one.keys() & other.keys())


def expanded_names() -> tuple[str, ...]:
    """Return the names of what ``expanded`` returns: the measures, then their squares and products."""
    products = (f"{one}*{other}" for i, one in enumerate(MEASURES) for other in MEASURES[i:])
    return (*MEASURES, *products)


def expanded(values: Sequence[float]) -> list[float]:
    """Return the measures, their squares and their products."""
    return [*values, *(one * other for i, one in enumerate(values) for other in values[i:])]


def likelihood(values: Sequence[float]) -> float:
    """Return how likely a pair so measured reports the same event, 0 to 1, by its two articles alone."""
    return _weigh(model().pair, expanded(values))


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
    """Sums over the partners of two articles, the pair itself left in: ``one`` and ``other`` of each one's
    likelihoods, ``one_squares`` and ``other_squares`` of their squares, ``common`` of what both have, and
    ``one_found`` and ``other_found`` of what each one's partners find in the other.
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


def shared(one: Mapping[str, float], other: Mapping[str, float], *, likely: float) -> Shared:
    """Compare the partners of two articles, each given with its likelihood."""
    both = one.keys() & other.keys()
    least = {key: min(one[key], other[key]) for key in both}
    return Shared(
        likely=likely,
        one=math.fsum(one.values()),
        other=math.fsum(other.values()),
        one_squares=math.fsum(value * value for value in one.values()),
        other_squares=math.fsum(value * value for value in other.values()),
        common=math.fsum(least.values()),
        one_found=math.fsum(one[key] * value for key, value in least.items()),
        other_found=math.fsum(other[key] * value for key, value in least.items()),
    )


def likelihood_among(one: Mapping[str, float], other: Mapping[str, float], *, likely: float) -> float:
    """Return how likely a pair is the same event once the partners of both are known, 0 to 1."""
    return _weigh(model().around, around(likely, shared(one, other, likely=likely)))


def _weigh(weights: Sequence[float], values: Sequence[float]) -> float:
    z = weights[0] + math.fsum(weight * value for weight, value in zip(weights[1:], values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
