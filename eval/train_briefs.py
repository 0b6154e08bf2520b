"""Learn which passages editors keep, and write the table that nutgraf.briefs.ranking reads.

    PYTHONPATH=src python -m eval.train_briefs [STORIES.jsonl.gz] [--folds 5]

STORIES (default: briefs/multinews.jsonl.gz under $NUTGRAF_SHARED/data) holds stories with an editor's brief each.
Boosted regression trees (squared error, Friedman 2001) estimate for each passage the share of its meaning words plus
twice the share of its word pairs that stand in the editor's brief. First the folds, by story, with a fixed seed: what
was learned on the others chooses for the one kept aside, and ROUGE is printed; then all, written to ranker.json.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rouge_score import rouge_scorer

from nutgraf import contract
from nutgraf.briefs import choosing, context, ranking, words
from nutgraf.briefs.passages import passages_of_story
from nutgraf.briefs.wording import Wording, word
from nutgraf.model import Origin, Story
from nutgraf.nlp.sentences import split

SEED = 7
ROUNDS, RATE, DEPTH, LEAF, RIDGE, BINS = 120, 0.08, 3, 60, 5.0, 24
BUDGET = 262
TABLE = Path(ranking.__file__).with_name("ranker.json")

Array = np.ndarray[Any, Any]


class Sentences:
    """The splitter alone, without the grammar."""

    def sentences(self, text: str) -> Sequence[tuple[int, int]]:
        """Split ``text``."""
        return split(text)


class Example:
    """A story, its wordings and features, and what the editor's brief repeats of each."""

    def __init__(self, row: dict[str, Any]) -> None:
        articles = [contract.article_from_record(record) for record in row["articles"]]
        story = Story(
            id=row["id"],
            articles=tuple(article.id for article in articles),
            origins=tuple(Origin((article.id,)) for article in articles),
        )
        self.reference: str = row["reference"]
        self.origins = context.origin_of(story)
        cut: Any = Sentences()  # the passages need no grammar
        self.wordings = [word(passage) for passage in passages_of_story(articles, {}, cut)]
        self.table = ranking.features(self.wordings, self.origins)
        self.target = np.array([repeated(wording, self.reference) for wording in self.wordings])


def stems(text: str) -> list[str]:
    """Return the stem of every word."""
    return [words.stem(each) for each in words.plain_words(text)]


def repeated(wording: Wording, reference: str) -> float:
    """Return the share of a passage's meaning words, and twice that of its word pairs, that the editor's brief has."""
    theirs, mine = stems(reference), stems(wording.text)
    meaning = [each for each in mine if each not in words.STOP and len(each) > 1]
    pairs = [pair for pair in zip(mine, mine[1:], strict=False) if not set(pair) <= words.STOP]
    single, double = set(theirs), set(zip(theirs, theirs[1:], strict=False))
    return sum(each in single for each in meaning) / max(4, len(meaning)) + 2 * sum(
        pair in double for pair in pairs
    ) / max(4, len(pairs))


def boost(table: Array, target: Array) -> tuple[float, list[ranking.Tree]]:
    """Fit trees one after the other, each to what the others leave."""
    bounds = [np.unique(np.quantile(table[:, j], np.linspace(0, 1, BINS + 1)[1:-1])) for j in range(table.shape[1])]
    binned = np.stack([np.searchsorted(bounds[j], table[:, j], side="left") for j in range(table.shape[1])], axis=1)
    base = float(target.mean())
    fitted, trees = np.full(len(target), base), []
    for _ in range(ROUNDS):
        tree = grow(binned, bounds, target - fitted, np.arange(len(target)), DEPTH)
        fitted += ranking.ranker_of(0.0, [tree]).scores(table)
        trees.append(tree)
    return base, trees


def grow(binned: Array, bounds: list[Array], rest: Array, rows: Array, depth: int) -> ranking.Tree:
    """Grow one tree on ``rows``."""
    leaf = round(RATE * float(rest[rows].sum()) / (len(rows) + RIDGE), 6)
    if depth == 0 or len(rows) < 2 * LEAF:
        return leaf
    gain, column, bound = max(best_split(binned[rows, j], rest[rows], j) for j in range(binned.shape[1]))
    if gain <= 0:
        return leaf
    under = binned[rows, column] <= bound
    return [
        column,
        float(bounds[column][bound]),
        grow(binned, bounds, rest, rows[under], depth - 1),
        grow(binned, bounds, rest, rows[~under], depth - 1),
    ]


def best_split(bins: Array, rest: Array, column: int) -> tuple[float, int, int]:
    """Return the gain of the best bound of one column, the column and the bound's number."""
    counts, sums = np.bincount(bins), np.bincount(bins, weights=rest)
    if len(counts) < 2:
        return 0.0, column, 0
    low, low_sum, total, total_sum = counts.cumsum()[:-1], sums.cumsum()[:-1], len(rest), rest.sum()
    gains = (
        low_sum**2 / (low + RIDGE) + (total_sum - low_sum) ** 2 / (total - low + RIDGE) - total_sum**2 / (total + RIDGE)
    )
    gains[(low < LEAF) | (total - low < LEAF)] = 0.0
    best = int(gains.argmax())
    return float(gains[best]), column, best


def rouge(text: str, reference: str) -> list[float]:
    """Return ROUGE-1, -2 and -Lsum as the project's scorer counts them."""
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeLsum"], use_stemmer=True)
    scores = scorer.score("\n".join(re.split(r"(?<=[.!?])\s+", reference)), text)
    return [scores[kind].fmeasure for kind in ("rouge1", "rouge2", "rougeLsum")]


def across(examples: list[Example], folds: int) -> None:
    """Print ROUGE on each fold kept aside in turn."""
    order = list(range(len(examples)))
    random.Random(SEED).shuffle(order)
    found = []
    for aside in (order[n::folds] for n in range(folds)):
        kept = [examples[n] for n in order if n not in set(aside)]
        base, trees = boost(np.vstack([e.table for e in kept]), np.concatenate([e.target for e in kept]))
        for example in (examples[n] for n in aside):
            scores = ranking.ranker_of(base, trees).scores(example.table)
            lines = choosing.choose(example.wordings, scores, budget=BUDGET)
            found.append(rouge("\n".join(line.text for line in lines), example.reference))
    means = [statistics.mean(column) for column in zip(*found, strict=True)]
    print(f"kept aside, {folds} folds: ROUGE-1/2/Lsum " + "/".join(f"{mean:.4f}" for mean in means))


def main() -> None:
    """Cross-validate, then write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(os.environ.get("NUTGRAF_SHARED", "../shared"))
    parser.add_argument("stories", nargs="?", type=Path, default=shared / "data" / "briefs" / "multinews.jsonl.gz")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    with gzip.open(options.stories, "rt", encoding="utf-8") as file:
        examples = [Example(json.loads(line)) for line in file]
    across(examples, options.folds)
    base, trees = boost(np.vstack([e.table for e in examples]), np.concatenate([e.target for e in examples]))
    table = {"features": ranking.FEATURES, "base": base, "trees": trees}
    TABLE.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
