"""How much an editor would want each passage of a story: features, and a table of learned weights."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nutgraf.briefs import words
from nutgraf.briefs.wording import Wording

Table = NDArray[np.float64]

FEATURES = (
    "lead", "early", "place", "opens", "length", "short", "long", "quote", "all_quote", "number", "names", "own_voice",
    "leans", "question", "spread", "spread_max", "frequency", "title", "centroid", "leads", "other_leads", "claims",
    "speaker", "articles", "bigram_spread", "past_year", "central", "echo", "echoes", "lead_echo", "echoed",
)  # fmt: skip


def story_counts(wordings: Sequence[Wording], origins: Mapping[str, str]) -> tuple[Counter[str], Counter[str], int]:
    """Count each content word in a story, and in how many of its origins it stands; and count the origins."""
    counts: Counter[str] = Counter()
    by_origin: dict[str, set[str]] = {}
    for wording in wordings:
        bag = words.content_words(wording.text)
        counts.update(bag)
        by_origin.setdefault(origins[wording.passage.article.id], set()).update(bag)
    spread = Counter(word for its_words in by_origin.values() for word in its_words)
    return counts, spread, len(set(origins.values()))


def features(wordings: Sequence[Wording], origins: Mapping[str, str]) -> Table:
    """Return one row for each wording, columns as ``FEATURES``. ``origins`` maps an article to its origin."""
    if not wordings:
        return np.zeros((0, len(FEATURES)))
    counts, spread, total = story_counts(wordings, origins)
    bags = [words.content_words(wording.text) for wording in wordings]
    pairs: dict[tuple[str, str], set[str]] = {}
    for wording, bag in zip(wordings, bags, strict=True):
        for pair in zip(bag, bag[1:], strict=False):
            pairs.setdefault(pair, set()).add(origins[wording.passage.article.id])
    often = {word: math.log1p(count) for word, count in counts.items()}
    centroid = {word: much * spread[word] / total for word, much in often.items()}
    norm = math.sqrt(sum(value * value for value in centroid.values())) or 1.0
    leads: dict[str, set[str]] = {}
    for wording, bag in zip(wordings, bags, strict=True):
        if wording.passage.place < 4:
            leads.setdefault(wording.passage.article.id, set()).update(bag)
    rows = [
        _row(wording, bag, often, spread, total, pairs, centroid, norm, leads)
        for wording, bag in zip(wordings, bags, strict=True)
    ]
    return np.hstack([np.array(rows, dtype=np.float64), _graph(wordings, bags, origins)])


NEIGHBOUR, ECHO = 0.08, 0.25
"""Likeness from which two passages are neighbours in the graph, and from which one says much of what the other says."""


def _graph(wordings: Sequence[Wording], bags: Sequence[Sequence[str]], origins: Mapping[str, str]) -> Table:
    """Return five columns of how the passages of a story echo each other.

    How central each is (LexRank, Erkan and Radev 2004), its likeness to the nearest passage of another origin, to the
    three nearest, to the nearest that opens an article, and how many of other origins say much the same.
    """
    counted = [Counter(bag) for bag in bags]
    holders = Counter(word for bag in counted for word in bag)
    rare = {word: math.log(1 + len(bags) / held) for word, held in holders.items()}
    shared = {word: place for place, word in enumerate(word for word, held in holders.items() if held > 1)}
    weights = np.zeros((len(bags), max(1, len(shared))))
    sizes = np.zeros((len(bags), 1))
    at: list[int] = []
    values: list[float] = []
    for place, bag in enumerate(counted):
        weighed = {word: (1 + math.log(count)) * rare[word] for word, count in bag.items()}
        sizes[place] = math.hypot(*weighed.values())
        start = place * weights.shape[1]
        at += [start + shared[word] for word in weighed if word in shared]
        values += [weight for word, weight in weighed.items() if word in shared]
    weights.ravel()[at] = values
    weights /= np.maximum(sizes, 1e-9)
    like = weights @ weights.T
    np.fill_diagonal(like, 0.0)
    number = {origin: place for place, origin in enumerate(dict.fromkeys(origins.values()))}
    whose = np.array([number[origins[wording.passage.article.id]] for wording in wordings])
    others = like * (whose[:, None] != whose[None, :])
    opens = np.array([wording.passage.place < 3 for wording in wordings])
    return np.stack(
        [
            _centrality(like) * len(bags),
            others.max(axis=1),
            np.sort(others, axis=1)[:, -3:].mean(axis=1),
            (others * opens[None, :]).max(axis=1),
            (others > ECHO).sum(axis=1) / len(set(origins.values())),
        ],
        axis=1,
    )


def _centrality(like: Table) -> Table:
    steps = np.where(like > NEIGHBOUR, like, 0.0) + 1e-6
    steps /= steps.sum(axis=1, keepdims=True)
    central = np.full(len(like), 1 / len(like))
    for _ in range(15):
        central = 0.15 / len(like) + 0.85 * (central @ steps)
    return central


_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _row(
    wording: Wording,
    bag: Sequence[str],
    often: Mapping[str, float],
    spread: Mapping[str, int],
    total: int,
    pairs: Mapping[tuple[str, str], set[str]],
    centroid: Mapping[str, float],
    norm: float,
    leads: Mapping[str, set[str]],
) -> list[float]:
    passage, text = wording.passage, wording.text
    size = max(1, len(bag))
    length = words.count_words(text)
    quotes = "“" in text or '"' in text
    unique = set(bag)
    title = set(words.content_words(passage.article.title))
    own = leads.get(passage.article.id, set())
    others = [lead for article, lead in leads.items() if article != passage.article.id]
    mine = [pairs[pair] for pair in zip(bag, bag[1:], strict=False)]
    return [
        float(passage.place == 0),
        1.0 / (1 + passage.place),
        passage.place / max(1, passage.of),
        float(passage.opens_paragraph),
        math.log(length),
        float(length < 12),
        float(length > 38),
        float(quotes),
        float(quotes and words.count_words(_QUOTED.sub("", text)) < 0.4 * length),
        float(bool(words.NUMBER.search(text))),
        min(6, len(words.NAME.findall(text))) / 6,
        float(wording.own_voice),
        float(wording.leans),
        float(text.endswith("?")),
        sum([spread[word] for word in bag]) / size / total,
        sum(sorted((spread[word] for word in unique), reverse=True)[:5]) / 5 / total,
        sum([often[word] for word in bag]) / size,
        len(unique & title) / max(1, len(title)),
        math.fsum([centroid[word] for word in unique]) / norm / math.sqrt(max(1, len(unique))),
        len(unique & own) / size if passage.place >= 4 else 0.5,
        max((len(unique & other) / size for other in others), default=0.0),
        min(3, len(passage.claims)) / 3,
        float(wording.speaker is not None),
        1.0 / total,
        sum(map(len, mine)) / max(1, len(mine)) / total,
        float(bool(_YEAR.search(text))),
    ]  # fmt: skip


Tree = list[Any] | float
"""A number, or [column, bound, tree for rows at or under the bound, tree for the others]."""


@dataclass(frozen=True, eq=False)
class Ranker:
    """Boosted trees side by side: row ``n`` of each table is tree ``n``, column ``m`` its node ``m``, the root first.

    A leaf has itself on both sides, and its answer in ``leaves``; every walk ends after ``depth`` steps.
    """

    base: float
    columns: NDArray[np.intp]
    bounds: Table
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    leaves: Table
    depth: int

    def scores(self, table: Table) -> Table:
        """Return the sum of what all trees say of each row of features."""
        # Tables are laid flat, and places in them counted through: numpy takes by one number faster than by two.
        columns, bounds, low, high = (one.ravel() for one in (self.columns, self.bounds, self.low, self.high))
        trees = (np.arange(len(self.columns)) * self.columns.shape[1])[:, None]
        rows, values = np.arange(len(table)) * table.shape[1], table.ravel()
        at = np.repeat(trees, len(table), axis=1)
        for _ in range(self.depth):
            under = values.take(rows + columns.take(at)) <= bounds.take(at)
            at = trees + np.where(under, low.take(at), high.take(at))
        answers = self.leaves.ravel().take(at)
        # one after the other, so that the last digits do not hang on how many rows there are
        total: Table = np.cumsum(np.vstack([np.full(len(table), self.base), answers]), axis=0)[-1]
        return total


def ranker_of(base: float, trees: Sequence[Tree]) -> Ranker:
    """Lay trees side by side."""
    nodes = [list(_nodes(tree)) for tree in trees]
    shape = len(trees), max(map(len, nodes))
    columns, bounds = np.zeros(shape, np.intp), np.zeros(shape)
    low, high = (np.tile(np.arange(shape[1]), (shape[0], 1)) for _ in range(2))
    leaves = np.zeros(shape)
    for n, those in enumerate(nodes):
        for m, (node, under, over) in enumerate(those):
            if isinstance(node, list):
                columns[n, m], bounds[n, m], low[n, m], high[n, m] = node[0], node[1], under, over
            else:
                leaves[n, m] = node
    return Ranker(base, columns, bounds, low, high, leaves, max(map(_depth, trees)))


def _nodes(tree: Tree) -> Iterator[tuple[Tree, int, int]]:
    """Yield the nodes of a tree level by level, each with the numbers of the two under it."""
    waiting: deque[Tree] = deque([tree])
    number = 0
    while waiting:
        node = waiting.popleft()
        under = number + len(waiting) + 1
        yield node, under, under + 1
        if isinstance(node, list):
            waiting.extend(node[2:])
        number += 1


def _depth(tree: Tree) -> int:
    return 1 + max(map(_depth, tree[2:])) if isinstance(tree, list) else 0


@cache
def ranker() -> Ranker:
    """Return the learned trees; raises ``ValueError`` where they were learned from other features.

    They estimate how much of a passage an editor's brief of the same story repeats (eval/train_briefs.py, five folds by
    story, squared error): figures on kept-aside stories are in docs/quality.md.
    """
    table = json.loads(resources.files("nutgraf.briefs").joinpath("ranker.json").read_text(encoding="utf-8"))
    if tuple(table["features"]) != FEATURES:
        raise ValueError("ranker.json was learned from other features: run eval/train_briefs.py")
    return ranker_of(table["base"], table["trees"])


def rank(table: Table) -> Table:
    """Return a score for each row of features, higher for what an editor would rather keep."""
    return ranker().scores(table)


OPENING = {
    "early": 0.5, "opens": 0.05, "spread": 1.6, "spread_max": 0.8, "centroid": 0.8, "title": 0.3, "other_leads": 0.4,
    "question": -0.5, "short": -0.2, "long": -0.1, "number": 0.05, "all_quote": -0.3,
}  # fmt: skip
"""What makes a lede: it stands first and says what the other articles say too. Set by hand; in briefs of 60
words these weights reach ROUGE-1 .34 where the learned table, made for briefs of 230, reaches .30."""


def rank_openings(table: Table) -> Table:
    """Return a score for each row of features, higher for what would open a brief, or be all of a short one."""
    weights = np.array([OPENING.get(name, 0.0) for name in FEATURES])
    return np.asarray(table @ weights)
