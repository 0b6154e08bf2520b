"""How likely two articles are to report the same event, and what speaks for it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nutgraf.stories.terms import Terms, Weights, rarity

MEASURES = ("body", "lead", "title", "cross", "names", "numbers", "rare", "days")
"""What a pair is measured by: see ``measures``."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: the weight of each measure, square and product, and the constant."""

    constant: float
    weights: Mapping[str, float]


@cache
def model() -> Model:
    """Return the trained weights; eval/train_stories.py writes them."""
    record = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return Model(record["constant"], record["weights"])


def cosine(one: Weights, other: Weights) -> float:
    """Return the cosine of two vectors of length one, 0 where one is empty."""
    if len(one) > len(other):
        one, other = other, one
    get = other.get
    return sum(weight * get(term, 0.0) for term, weight in one.items())


def measures(one: Terms, other: Terms, *, days: float) -> tuple[float, ...]:
    """Measure a pair, in the order of ``MEASURES``; the same whichever comes first.

    ``body``, ``lead``, ``title``, ``names``: cosines. ``cross``: how much of each headline the other's body holds.
    ``numbers``: shared ones against the shorter list. ``rare``: how much rare vocabulary is shared, 0 to 1.
    ``days``: days apart, saturating.
    """
    shared = one.numbers & other.numbers
    smaller = min(len(one.numbers), len(other.numbers))
    return (
        cosine(one.body, other.body),
        cosine(one.lead, other.lead),
        cosine(one.title, other.title),
        (_held(one.title, other.body) + _held(other.title, one.body)) / 2,
        cosine(one.names, other.names),
        len(shared) / (smaller + 3),
        1 - math.exp(-_rare_shared(one.body, other.body) / 8),
        1 - math.exp(-abs(days) / 2),
    )


def _held(title: Weights, body: Weights) -> float:
    return sum(weight * weight for term, weight in title.items() if term in body)


RARE = 5.0
"""Rarity from which a word is rare: fewer than one article in 150 has it."""


def _rare_shared(one: Weights, other: Weights) -> float:
    return sum(rarity(term) - RARE for term in one.keys() & other.keys() if rarity(term) > RARE)


def expanded(values: Sequence[float]) -> dict[str, float]:
    """Return the measures, their squares and their products by name: what the model weighs."""
    named = dict(zip(MEASURES, values, strict=True))
    result = dict(named)
    for i, one in enumerate(MEASURES):
        for other in MEASURES[i:]:
            result[f"{one}*{other}"] = named[one] * named[other]
    return result


def likelihood(values: Sequence[float]) -> float:
    """Return how likely a pair so measured reports the same event, 0 to 1."""
    trained = model()
    found = expanded(values)
    z = trained.constant + sum(weight * found[name] for name, weight in trained.weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
