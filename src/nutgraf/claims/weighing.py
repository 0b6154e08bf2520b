"""The chances of spans weighed again by grammar: which words a span begins and ends with, and what rules it.

A tagger hears words and knows little of how a sentence is built. What the parse tells of a stretch (tags and
dependencies at its ends, the word that rules it, whether that word's clause goes on beyond it), what the tagger thinks
of the words around and of the stretches that it could be instead add to its chance, or take from it: a logistic model
with the tagger's log-odds as given, one a role (``weights.json``, from ``eval.train_weights``). That a second model
reranks what a first one thinks possible is after Collins and Koo, Discriminative Reranking for Natural Language
Parsing, 2005; here each stretch is weighed by itself, and which of them go together is left to ``best_apart``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nutgraf.claims.chances import LABELS, ROLES, Chances, Exact, Sizes, Stretch
from nutgraf.claims.quotes import Quotation
from nutgraf.ports import Token

BEYOND = 2
"""How many words before and after a stretch are told of it."""

AT_START = {"two before": -2, "before": -1, "first": 0, "second": 1}
"""Words by their distance from a stretch's first word."""

AT_END = {"last but one": -2, "last": -1, "after": 0, "two after": 1}
"""Words by their distance from the one after a stretch."""

OF_TOKENS = ("tag", "dep", "look", "quoted", "lemma")
"""What is told of one word. Of tags, dependencies and lemmas the weights know those that stand in the train part."""

WORDED = ("before", "first", "last", "after")
"""Places where the word itself counts, and not its grammar alone: farther off it teaches what does not hold."""

SIZES = ("0", "1", "2", "4", "10")
"""Numbers of words that are told apart: so many or more."""

FIXED = {
    "look": ("mark", "lower", "title"),
    "quoted": ("plain", "quoted"),
    "side": ("inside", "before", "behind"),
    "tie": ("none", "ruled", "ruling", "both"),
    "tops": ("0", "1", "2", "3", "4"),
    "size": (*(f"-{size}" for size in SIZES[:0:-1]), *SIZES),
}
"""Values of the other kinds. Before them stands, for each kind, "nothing": outside of the paragraph, or not known."""

COLUMNS = (
    *(
        f"{place} {kind}"
        for place in (*AT_START, *AT_END)
        for kind in OF_TOKENS[: None if place in WORDED else OF_TOKENS.index("lemma")]
    ),
    *(f"{place}'s ruler {kind}" for place in ("first", "last") for kind in ("tag", "side")),
    *(f"{word} {kind}" for word in ("top", "ruler") for kind in ("tag", "dep", "lemma")),
    "ruler side", "whole tops", "left size", "right size", "before tie", "after tie",
)  # fmt: skip
"""What is told of a stretch, each thing one of the values of a kind, which is the last word of the name."""

NEAR = ("before", "first", "last", "after")

AMOUNTS = (
    "constant", "log chance", "log odds", "chance", "log length", "least inside",
    *(f"{place} {label}{power}" for power in ("", " squared") for place in NEAR for label in LABELS),
    *(f"{role} {side}" for side in ("before", "behind") for role in ROLES),
    "best over it", "best of another role over it", "best with its start", "best with its end", "best around it",
    "all over it",
)  # fmt: skip
"""What is told of a stretch as a number."""

SURE = 1e-4
"""What is left of doubt at the most, so that every chance can be weighed."""


Known = Mapping[str, Mapping[str, int]]
"""The number of each value, by its kind; 0 is nothing."""


class Told(NamedTuple):
    """What is told of stretches, a row each: ``values`` by ``COLUMNS``, 0 for nothing, and ``amounts``."""

    values: Sizes
    amounts: Exact


class Weights(NamedTuple):
    """What has been learnt: the values that are known, and by role what each of them, and each amount, is worth.

    ``tables`` have a row for each of ``COLUMNS``, as long as the kind with most values asks for.
    """

    known: Known
    tables: Mapping[str, Exact]
    amounts: Mapping[str, Exact]


class Weigher:
    """Weighs the stretches of one text by its parse."""

    def __init__(
        self, tokens: Sequence[Token], quotations: Sequence[Quotation], weights: Weights | None = None
    ) -> None:
        self._weights = weights or learnt()
        self._parse = Parse(tokens, quotations, self._weights.known)

    def __call__(self, held: Sequence[Chances]) -> list[Chances]:
        """Return the paragraphs with the chances of their stretches as grammar has it."""
        roles = np.array([one.role for paragraph in held for one in paragraph.stretches])
        if not len(roles):
            return list(held)
        odds = self._odds(self._parse.told(held), roles)
        chances = iter((1 / (1 + np.exp(-odds))).tolist())
        return [one._replace(stretches=[each._replace(chance=next(chances)) for each in one.stretches]) for one in held]

    def _odds(self, told: Told, roles: NDArray[np.str_]) -> Exact:
        """Return the log-odds of each stretch as grammar has it."""
        odds: Exact = told.amounts[:, AMOUNTS.index("log odds")].copy()
        for role, table in self._weights.tables.items():
            here = roles == role
            odds[here] += table[np.arange(len(COLUMNS)), told.values[here]].sum(1)
            odds[here] += told.amounts[here] @ self._weights.amounts[role]
        return odds


class Parse:
    """A parse as columns of numbers, that what is told of many stretches can be looked up at once."""

    def __init__(self, tokens: Sequence[Token], quotations: Sequence[Quotation], known: Known) -> None:
        self._starts = np.array([token.start for token in tokens], np.int64)
        self._heads = np.array([token.head for token in tokens], np.int64)
        self._left, self._right, self._depth = reaches(self._heads.tolist())
        marks = [mark for one in quotations for mark in (one.start, one.end)]
        quoted = np.searchsorted(marks, self._starts, "right") % 2
        names = {
            "tag": [token.tag for token in tokens],
            "dep": [token.dep for token in tokens],
            "look": [look(token.text) for token in tokens],
            "quoted": [FIXED["quoted"][one] for one in quoted.tolist()],
            "lemma": [token.lemma.lower() for token in tokens],
        }
        # after the last token one of which nothing is told, found at -1
        self._told = {
            kind: np.array([*(known[kind].get(name, 0) for name in names[kind]), 0], np.int64) for kind in OF_TOKENS
        }

    def told(self, held: Sequence[Chances]) -> Told:
        """Return what is told of all stretches of some paragraphs, in their order."""
        # words of all paragraphs in one row, with nothing between, so that a step beyond an end needs no care
        at = [self._at(one) for one in held]
        labels = [np.pad(one.labels, ((BEYOND, BEYOND), (0, 0))) for one in held]
        offsets = np.cumsum([BEYOND, *map(len, at)])
        rows = [
            (ROLES.index(one.role), offset + one.start, offset + one.end)
            for paragraph, offset in zip(held, offsets.tolist(), strict=False)
            for one in paragraph.stretches
        ]
        role, start, end = np.array(rows, np.int64).T
        tokens = np.concatenate(at)
        values = np.stack([*self._edges(tokens, start, end), *self._ruled(tokens[start], tokens[end - 1])], 1)
        chance: Exact = np.array([one.chance for paragraph in held for one in paragraph.stretches])
        amounts = [
            own_amounts(chance, end - start),
            least_inside(np.concatenate(labels), role, start, end)[:, None],
            near_amounts(np.concatenate(labels), start, end),
            np.concatenate([so_far(one) for one in labels])[start - 1],
            np.concatenate([so_far(one[::-1])[::-1] for one in labels])[end],
            np.concatenate([rivals(one.stretches) for one in held if one.stretches]),
        ]
        return Told(values, np.concatenate(amounts, 1))

    def _at(self, one: Chances) -> Sizes:
        """Return the token of each word of a paragraph, and -1 beyond."""
        starts = np.array([start for start, _ in one.paragraph.words], np.int64)
        found = np.maximum(np.searchsorted(self._starts, starts, "right") - 1, 0)
        padded: Sizes = np.pad(found, BEYOND, constant_values=-1)
        return padded

    def _edges(self, tokens: Sizes, start: Sizes, end: Sizes) -> Iterator[Sizes]:
        """Yield what is told of the words at the ends and beside them, by ``COLUMNS``."""
        for origin, places in ((start, AT_START), (end, AT_END)):
            for place, step in places.items():
                there = tokens[origin + step]
                for kind in OF_TOKENS:
                    if kind != "lemma" or place in WORDED:
                        yield self._told[kind][there]

    def _ruled(self, first: Sizes, last: Sizes) -> Iterator[Sizes]:
        """Yield what is told of the words that rule the tokens from ``first`` to ``last``, and of what these rule."""
        for end in (first, last):
            yield self._told["tag"][self._heads[end]]
            yield 1 + side(self._heads[end], first, last)
        top, tops = self._tops(first, last)
        ruler = self._heads[top]
        above = np.where(ruler == top, -1, ruler)
        for word in (top, above):
            for kind in ("tag", "dep", "lemma"):
                yield self._told[kind][word]
        yield np.where(above < 0, 0, 1 + side(ruler, first, last))
        yield 1 + np.minimum(tops, len(FIXED["tops"]) - 1)
        yield 1 + size_of(first - self._left[top])
        yield 1 + size_of(self._right[top] - last)
        for beyond, end in ((np.maximum(first - 1, 0), first), (np.minimum(last + 1, len(self._heads) - 1), last)):
            ruled = (self._heads[beyond] >= first) & (self._heads[beyond] <= last)
            yield 1 + ruled + 2 * (self._heads[end] == beyond)

    def _tops(self, first: Sizes, last: Sizes) -> tuple[Sizes, Sizes]:
        """Return the highest token from ``first`` to ``last``, and how many there are ruled from outside."""
        sizes = last - first + 1
        begins = np.cumsum(sizes) - sizes
        inside = np.arange(sizes.sum()) + np.repeat(first - begins, sizes)
        heads = self._heads[inside]
        outside = (heads < np.repeat(first, sizes)) | (heads > np.repeat(last, sizes)) | (heads == inside)
        top = np.minimum.reduceat(self._depth[inside] * len(self._heads) + inside, begins) % len(self._heads)
        return top, np.add.reduceat(outside.astype(np.int64), begins)


def look(word: str) -> str:
    """Return the value in ``FIXED`` of how a word is written."""
    return "mark" if not word[:1].isalnum() else "title" if word[:1].isupper() else "lower"


def side(words: Sizes, first: Sizes, last: Sizes) -> Sizes:
    """Return for each word 0 where it lies between ``first`` and ``last``, 1 before and 2 behind them."""
    found: Sizes = (words < first) + 2 * (words > last)
    return found


def size_of(numbers: Sizes) -> Sizes:
    """Return the index in ``FIXED`` of each number of words; one below none has a minus."""
    steps = np.searchsorted([int(size) for size in SIZES[1:]], np.abs(numbers), "right")
    found: Sizes = len(SIZES) - 1 + np.sign(numbers) * steps
    return found


def reaches(heads: Sequence[int]) -> tuple[Sizes, Sizes, Sizes]:
    """Return, of each token, the first and the last one that it rules, and how many rule it."""
    left, right, depth = list(range(len(heads))), list(range(len(heads))), [0] * len(heads)
    children: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    order = [i for i, head in enumerate(heads) if head == i]
    for i in order:
        order.extend(children[i])
        for child in children[i]:
            depth[child] = depth[i] + 1
    for i in reversed(order):
        head = heads[i]
        left[head], right[head] = min(left[head], left[i]), max(right[head], right[i])
    return np.array(left), np.array(right), np.array(depth)


# amounts


def log_odds(chance: Exact) -> Exact:
    """Return the logarithm of how many times likelier things are than not."""
    held = np.clip(chance, SURE, 1 - SURE)
    odds: Exact = np.log(held / (1 - held))
    return odds


def own_amounts(chance: Exact, length: Sizes) -> Exact:
    """Return what each stretch's chance and length give."""
    return np.stack([np.ones(len(chance)), np.log(chance), log_odds(chance), chance, np.log(length)], 1)


def least_inside(labels: Exact, role: Sizes, start: Sizes, end: Sizes) -> Exact:
    """Return the lowest chance of any word after the first that it goes on with the stretch; 1 for a single word."""
    sizes = end - start
    begins = np.cumsum(sizes) - sizes
    inside = np.arange(sizes.sum()) + np.repeat(start - begins, sizes)
    on = labels[inside, np.repeat(2 + 2 * role, sizes)]
    on[begins] = 1.0
    least: Exact = np.minimum.reduceat(on, begins)
    return least


def near_amounts(labels: Exact, start: Sizes, end: Sizes) -> Exact:
    """Return the chances of the labels of the words at the ends and beside them, and their squares."""
    near = np.concatenate([labels[words] for words in (start - 1, start, end - 1, end)], 1)
    return np.concatenate([near, near**2], 1)


def so_far(labels: Exact) -> Exact:
    """Return, of each word of a paragraph, the best chance of each role to begin there or before."""
    best: Exact = np.maximum.accumulate(labels[:, 1::2])
    return best


def rivals(some: Sequence[Stretch]) -> Exact:
    """Return the best chances of the stretches that one may be instead, by how they lie to it, and their sum."""
    role = np.array([ROLES.index(one.role) for one in some])
    start, end = np.array([(one.start, one.end) for one in some]).T
    chance = np.array([one.chance for one in some])
    over = (start < end[:, None]) & (start[:, None] < end)
    np.fill_diagonal(over, val=False)
    like = over & (role == role[:, None])
    ways = (
        like,
        over & ~like,
        like & (start == start[:, None]),
        like & (end == end[:, None]),
        like & (start <= start[:, None]) & (end >= end[:, None]),
    )
    return np.stack([*((way * chance).max(1) for way in ways), like @ chance], 1)


# weights


def known_of(values: Mapping[str, Iterable[str]]) -> Known:
    """Return the numbers of the values: of the learnt kinds that are given, and of the fixed ones."""
    return {kind: {name: i for i, name in enumerate(names, 1)} for kind, names in {**FIXED, **values}.items()}


def weights_from(table: Mapping[str, Any]) -> Weights:
    """Return weights as they are written; raises ``ValueError`` where they were learnt from other features."""
    known = known_of(table["values"])
    tables, amounts = {}, {}
    for role in table["worth"]:
        worth, of_amounts = table["worth"][role], table["amounts"][role]
        if tuple(worth) != COLUMNS or tuple(of_amounts) != AMOUNTS:
            raise ValueError("weights.json was learnt from other features: run eval/train_weights.py")
        tables[role] = np.zeros((len(COLUMNS), width(known)))
        for row, (column, by_name) in zip(tables[role], worth.items(), strict=True):
            names = {"": 0, **known[kind_of(column)]}
            for name, value in by_name.items():
                row[names[name]] = value
        amounts[role] = np.array(list(of_amounts.values()))
    return Weights(known, tables, amounts)


def kind_of(column: str) -> str:
    """Return the kind of what a column tells."""
    return column.split()[-1]


def width(known: Known) -> int:
    """Return how many values the kind with most of them has, nothing counted."""
    return 1 + max(map(len, known.values()))


@cache
def learnt() -> Weights:
    """Return the weights that come with the program."""
    return weights_from(
        json.loads(resources.files("nutgraf.claims").joinpath("weights.json").read_text(encoding="utf-8"))
    )
