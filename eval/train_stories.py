"""Train the weights by which two articles are held to be of one event, and the background counts of words.

    python -m eval.train_stories SHARED [--words] [--write]

SHARED is the folder that holds ``data/stories`` and ``data/stream``. Prints cross-validated figures: the stories of
allsides in five blocks of time, those of wikinews in five by order, each block scored by weights fitted on the other
four. ``--words`` counts the background anew; ``--write`` fits on all blocks and writes the weights into the package.
Nothing here is drawn by chance, so there is no seed: Newton's method on a convex loss finds the same weights always.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nutgraf.contract import article_from_record
from nutgraf.model import instant
from nutgraf.stories import pairs, terms
from nutgraf.stories.grouping import SEARCH_LEAST, SEARCH_TERMS, WORTH_KEEPING
from nutgraf.stories.linkage import average_link

PACKAGE = Path(terms.__file__).parent
BLOCKS = 5
WINDOW_DAYS = 4
WIKINEWS_WEIGHT = 2.0
"""Each pair of the smaller set counts twice, so that its larger stories are heard."""

FAR_DAYS = 21
FAR_EACH = 3
FAR_WEIGHT = 0.05
"""Of every article the most alike ones more than ``FAR_DAYS`` away serve as "same words, other event"."""

PAIR_PENALTY = 50.0
AROUND_PENALTY = 1.0
"""Ridge penalties on standardised measures; half and double change no figure by more than .003."""


@dataclass
class Set:
    """One set of gold stories, its candidate pairs, and the block of each of a pair's two articles."""

    rows: list[dict]
    pairs: list[tuple[int, int]]
    same: np.ndarray
    values: np.ndarray
    blocks: np.ndarray
    far: np.ndarray


def read(path: Path) -> list[dict]:
    """Read a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def candidates(found: list[terms.Terms], days: list[float]) -> list[tuple[int, int]]:
    """Return the pairs that a grouping would measure."""
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    result = []
    for i in sorted(range(len(found)), key=lambda i: days[i]):
        near: dict[int, float] = defaultdict(float)
        strongest = sorted(found[i].body.items(), key=lambda pair: (-pair[1], pair[0]))[:SEARCH_TERMS]
        for term, weight in strongest:
            for j, other in index[term]:
                near[j] += weight * other
            index[term].append((i, weight))
        result += [(j, i) for j, s in near.items() if j != i and s >= SEARCH_LEAST and days[i] - days[j] <= WINDOW_DAYS]
    return result


def far_apart(found: list[terms.Terms], days: list[float], rows: list[dict]) -> np.ndarray:
    """Measure likely-looking pairs of articles weeks apart as if they were of one day or the next.

    They are of other events in like words, which a window of a small set holds too few of and a full one many.
    """
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    values = []
    for i in range(len(found)):
        near: dict[int, float] = defaultdict(float)
        strongest = sorted(found[i].body.items(), key=lambda pair: (-pair[1], pair[0]))[:SEARCH_TERMS]
        for term, weight in strongest:
            for j, other in index[term]:
                near[j] += weight * other
            index[term].append((i, weight))
        apart = sorted((-s, j) for j, s in near.items() if s >= SEARCH_LEAST and abs(days[i] - days[j]) > FAR_DAYS)
        values += [pairs.measures(found[i], found[j], days=(i + j) % 3) for _, j in apart[:FAR_EACH]]
    return np.array(values)


def prepare(rows: list[dict]) -> Set:
    """Measure all candidate pairs of a set."""
    articles = [article_from_record(row) for row in rows]
    found = [terms.terms_of(article) for article in articles]
    days = [instant(a.published).timestamp() / 86400 if a.published else 0.0 for a in articles]
    near = candidates(found, days)
    number = {story: i for i, story in enumerate(dict.fromkeys(row["story"] for row in rows))}
    block = [number[row["story"]] * BLOCKS // len(number) for row in rows]
    return Set(
        rows=rows,
        pairs=near,
        same=np.array([rows[i]["story"] == rows[j]["story"] for i, j in near], float),
        values=np.array([pairs.measures(found[i], found[j], days=days[i] - days[j]) for i, j in near]),
        far=far_apart(found, days, rows) if days[0] else np.zeros((0, len(pairs.MEASURES))),
        blocks=np.array([(block[i], block[j]) for i, j in near]),
    )


def fit(values: np.ndarray, same: np.ndarray, weights: np.ndarray, *, penalty: float) -> np.ndarray:
    """Return the weights of a ridge logistic model for values as they are (not standardised), the constant first."""
    mean, scale = values.mean(0), values.std(0) + 1e-9
    x = np.column_stack([np.ones(len(values)), (values - mean) / scale])
    ridge = np.diag([0.0] + [penalty] * values.shape[1])
    w = _newton(x, same, weights, ridge)
    slopes = w[1:] / scale
    return np.concatenate([[w[0] - slopes @ mean], slopes])


def _newton(x: np.ndarray, same: np.ndarray, weights: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (weights * p * (1 - p))) @ x + ridge, x.T @ (weights * (same - p)) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w


def apply(w: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return likelihoods."""
    return 1 / (1 + np.exp(-np.clip(w[0] + values @ w[1:], -30, 30)))


def expanded(values: np.ndarray) -> np.ndarray:
    """Return the measures with their squares and products."""
    return np.array([pairs.expanded(row) for row in values])


def around(data: Set, likely: np.ndarray) -> np.ndarray:
    """Measure what is around each pair."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), p in zip(data.pairs, likely, strict=True):
        if p >= WORTH_KEEPING:
            near[i][j] = near[j][i] = float(p)
    rows = []
    for (i, j), p in zip(data.pairs, likely, strict=True):
        p = float(p)
        rows.append(pairs.around(p, pairs.shared({**near[i], j: p}, {**near[j], i: p}, likely=p)))
    return np.array(rows)


def unaccompanied(likely: np.ndarray) -> np.ndarray:
    """Return what is around pairs that have no neighbours."""
    return np.array([pairs.around(p, pairs.shared({"b": p}, {"a": p}, likely=p)) for p in map(float, likely)])


def fit_all(
    sets: list[Set], features: list[np.ndarray], keep: list[np.ndarray], far: np.ndarray, penalty: float
) -> np.ndarray:
    """Fit one model on the kept pairs of all sets and on those far apart."""
    values = np.vstack([*(f[k] for f, k in zip(features, keep, strict=True)), far])
    same = np.concatenate([*(s.same[k] for s, k in zip(sets, keep, strict=True)), np.zeros(len(far))])
    weights = [np.full(k.sum(), w) for k, w in zip(keep, (1.0, WIKINEWS_WEIGHT), strict=True)]
    weights = np.concatenate([*weights, np.full(len(far), FAR_WEIGHT)])
    return fit(values, same, weights, penalty=penalty)


def crossed(sets: list[Set], features: list[np.ndarray], far: np.ndarray, penalty: float) -> list[np.ndarray]:
    """Return for each pair its likelihood by weights fitted on the blocks that it is not in."""
    result = [np.zeros(len(s.pairs)) for s in sets]
    for block in range(BLOCKS):
        inside = [(s.blocks == block).any(1) for s in sets]
        w = fit_all(sets, features, [~i for i in inside], far, penalty)
        for r, f, i in zip(result, features, inside, strict=True):
            r[i] = apply(w, f[i])
    return result


def grouped(data: Set, scores: np.ndarray, least: float) -> dict[str, str]:
    """Return the stories that the scores give."""
    edges: dict[str, dict[str, float]] = {row["id"]: {} for row in data.rows}
    for (i, j), score in zip(data.pairs, scores, strict=True):
        one, other = data.rows[i]["id"], data.rows[j]["id"]
        edges[one][other] = edges[other][one] = float(score)
    groups = average_link(list(edges), edges, least=least)
    return {key: str(number) for number, group in enumerate(groups) for key in group}


def count_words(stream: list[dict]) -> str:
    """Return the background table: words of at least four articles, the most frequent first."""
    counts: Counter[str] = Counter()
    for row in stream:
        text = unicodedata.normalize("NFKC", f"{row['title'] or ''}\n{row['text'][: terms.BODY_CHARACTERS]}")
        counts.update({terms.term_of(word) for word in terms.words_of(text)})
    kept = [(w, n) for w, n in counts.items() if n >= 4 and len(w) > 1 and w not in terms.stop_words()]
    head = "# In how many news articles each word occurs, counted by eval/train_stories.py; no word: all articles.\n"
    return head + "".join(f"{w}\t{n}\n" for w, n in [("", len(stream)), *sorted(kept, key=lambda p: (-p[1], p[0]))])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.words:
        table = count_words(read(options.shared / "data/stream/articles.jsonl.gz"))
        (PACKAGE / "background.tsv").write_text(table, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("clustering", options.shared / "score/clustering.py")
    clustering = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(clustering)
    sets = [prepare(read(options.shared / f"data/stories/{name}.jsonl.gz")) for name in ("allsides", "wikinews")]
    first = [expanded(s.values) for s in sets]
    far = expanded(sets[0].far)
    likely = crossed(sets, first, far, PAIR_PENALTY)
    second = [around(s, p) for s, p in zip(sets, likely, strict=True)]
    alone = unaccompanied(
        apply(fit_all(sets, first, [np.ones(len(s.pairs), bool) for s in sets], far, PAIR_PENALTY), far)
    )
    final = crossed(sets, second, alone, AROUND_PENALTY)
    for least in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45):
        for name, data, scores in zip(("allsides", "wikinews"), sets, final, strict=True):
            result = clustering.score({r["id"]: r["story"] for r in data.rows}, grouped(data, scores, least))
            print(f"{least} {name}", *(f"{k} {v:.3f}" for k, v in result.items() if isinstance(v, float)))
    everything = [np.ones(len(s.pairs), bool) for s in sets]
    record = {
        "pair": named(("", *pairs.expanded_names()), fit_all(sets, first, everything, far, PAIR_PENALTY)),
        "around": named(("", *pairs.AROUND), fit_all(sets, second, everything, alone, AROUND_PENALTY)),
    }
    if options.write:
        (PACKAGE / "weights.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def named(names: tuple[str, ...], weights: np.ndarray) -> dict[str, float]:
    """Return weights by name, rounded to what a reader can compare."""
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
