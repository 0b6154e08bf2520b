"""Train the weights by which two articles are held to be of one event, and the background counts of words.

    python -m eval.train_stories SHARED [--words] [--write]

SHARED is the folder that holds ``data/stories`` and ``data/stream``. Prints cross-validated figures: the stories of
allsides in five blocks of time, those of wikinews in five by order, each block scored by weights fitted on the other
four, and allsides once more with the stream's articles mixed in. ``--words`` counts the background anew; ``--write``
fits on all blocks and writes the weights into the package. All draws have a seed: the same data give the same
weights.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import math
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from nutgraf.contract import article_from_record
from nutgraf.model import Article, instant
from nutgraf.nlp import open_meaning
from nutgraf.rarity import rarity, stop_words, term_of, words_of
from nutgraf.stories import pairs, terms, trees
from nutgraf.stories.grouping import ASKED, PAST_WINDOWS, WORTH_KEEPING, with_vectors
from nutgraf.stories.linkage import Links, average_link
from nutgraf.stories.past import Past
from nutgraf.stories.search import Index

PACKAGE = Path(terms.__file__).parent
GOLDEN = Path(__file__).parent.parent / "tests" / "stories" / "golden.jsonl"
SEED = 7
"""Of the changed pairs that are made."""

TREES_SEED = 9
"""Of the rows and columns that each tree sees; 7, 8 and 9 lie within .003 of each other, cross-validated."""

BLOCKS = 5
WINDOW_DAYS = 4

ROUNDS, RATE, RIDGE, LEAST_ROWS, BINS, SAMPLE, COLUMNS = 150, 0.06, 5.0, 30, 48, 0.7, 0.6
"""Of boosting: trees, what each adds, the penalty on leaves, rows of a leaf, bins of a measure, shares drawn a tree."""

AROUND_PENALTY = 1.0
"""Ridge penalty on standardised measures of what is around a pair, chosen once and not swept."""

WEIGHTS = {"allsides": 0.5, "allsides+stream": 0.5, "allsides, no past": 0.5, "wikinews": 2.0}
"""Each pair of allsides is seen alone, among the stream's articles, and as if nothing were known of the days before;
those of the smaller set count more, so that its larger stories are heard."""

CHANGED_WEIGHT = 1.0
"""Of each changed pair; the trees for brief articles are fitted on these and on all whole pairs."""

MEANING = pairs.MEASURES.index("meaning")

Array = np.ndarray[Any, Any]


# articles and their pairs


@dataclass
class View:
    """One set of articles as they would be grouped: its candidate pairs, which are of one story, and their blocks."""

    name: str
    ids: list[str]
    gold: dict[str, str]
    pairs: list[tuple[int, int]]
    values: Array
    same: Array
    known: Array  # whether both articles of the pair have a gold story
    blocks: Array
    sides: list[pairs.Side] = field(default_factory=list)


def read(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def side_of(article: Article, vector: pairs.Vector | None) -> pairs.Side:
    """Return what a pair is measured by of one article."""
    days = instant(article.published).timestamp() / 86400 if article.published else 0.0
    return pairs.Side(terms.terms_of(article), days, vector)


def sides_of(articles: Iterable[Article]) -> list[pairs.Side]:
    """Return what pairs are measured by of several articles."""
    return [side_of(article, vector) for article, vector in with_vectors(articles, open_meaning())]


def blocks_of(gold: Sequence[str | None]) -> Array:
    """Part the stories, in the order of their first articles, into blocks; -1 for an article of none."""
    number = {story: n for n, story in enumerate(dict.fromkeys(story for story in gold if story is not None))}
    return np.array([-1 if story is None else number[story] * BLOCKS // len(number) for story in gold])


def view(name: str, rows: Sequence[dict[str, Any]], sides: list[pairs.Side], *, with_past: bool = True) -> View:
    """Find and measure the pairs that a grouping would, given the articles in the order of their days."""
    past = Past(days=PAST_WINDOWS * WINDOW_DAYS)
    if with_past:
        for side in sides:
            past.add(math.floor(side.days), side.terms.words)
    index, comparison = Index(), pairs.Comparison()
    order = sorted(range(len(sides)), key=lambda n: sides[n].days)
    found: list[tuple[int, int]] = []
    values = []
    for n in order:
        those = [int(key) for key in index.alike(sides[n].terms, sides[n].days, within=WINDOW_DAYS, most=ASKED)]
        values.append(comparison.measures(sides[n], [sides[m] for m in those], past))
        found += [(m, n) for m in those]
        index.add(str(n), sides[n].terms, sides[n].days)
    gold = [row.get("story") for row in rows]
    block = blocks_of(gold)
    return View(
        name=name,
        ids=[row["id"] for row in rows],
        gold={row["id"]: row["story"] for row in rows if "story" in row},
        pairs=found,
        values=np.vstack(values),
        same=np.array([gold[m] is not None and gold[m] == gold[n] for m, n in found], float),
        known=np.array([gold[m] is not None and gold[n] is not None for m, n in found]),
        blocks=np.array([(block[m], block[n]) for m, n in found]),
        sides=sides,
    )


# brief articles, and other events in the same words


_NAME_OR_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"])")


@dataclass
class Changed:
    """Pairs of changed articles: cut to a few sentences, or with the names and numbers of another event put in."""

    values: Array
    same: Array
    weights: Array
    blocks: Array


def names_in(text: str) -> list[str]:
    """Return the words that are never written small, the most frequent first."""
    counts = Counter(_NAME_OR_WORD.findall(text))
    small = {word.casefold() for word in counts if word[0].islower()}
    return [
        word
        for word, _ in counts.most_common()
        if word[0].isupper() and len(word) > 2 and word.casefold() not in small and rarity(term_of(word)) > 3
    ]


def renamed(article: Article, others: Sequence[str], draw: random.Random) -> Article | None:
    """Return the same words about another event: other names, other numbers; ``None`` where none can be put in."""
    text = article.text[: terms.BODY_CHARACTERS]
    own = names_in(f"{article.title}\n\n{text}")
    spare = [name for name in others if name not in own]
    if not spare:
        return None
    swap = {name: spare[n] if n < len(spare) else draw.choice(spare) for n, name in enumerate(own)}

    def number(found: re.Match[str]) -> str:
        digits = found.group()
        year = len(digits) == 4 and digits[:2] in ("19", "20")
        return digits if year else "".join(str(draw.randrange(1, 10)) for _ in digits)

    def change(words: str) -> str:
        words = _NAME_OR_WORD.sub(lambda found: swap.get(found.group(), found.group()), words)
        return re.sub(r"\d+", number, words)

    return replace(article, title=change(article.title), text=change(text))


def cut(article: Article, sentences: int) -> Article:
    """Return the start of an article, as a flash or a teaser has it."""
    text = article.text[:3000].replace("\n", " ").strip()
    return replace(article, text=" ".join(_SENTENCE.split(text)[:sentences]))


def changed(rows: Sequence[dict[str, Any]], whole: View, *, weight: float) -> Changed:
    """Make brief pairs of a set's own pairs, true and other events alike, and pairs that differ in names alone."""
    draw = random.Random(SEED)
    articles = [article_from_record(row) for row in rows]
    names = [names_in(article.text[: terms.BODY_CHARACTERS]) for article in articles]
    made: list[tuple[Article, Article, bool, tuple[int, int], float]] = []
    for (m, n), same, values, known in zip(whole.pairs, whole.same, whole.values, whole.known, strict=True):
        if not known or (not same and values[0] < 0.03):
            continue
        one, other, near = articles[m], articles[n], (m, n)
        apart = abs(whole.sides[m].days - whole.sides[n].days)
        length = draw.choice((1, 2, 2, 3, 4))
        made.append((cut(one, length), cut(other, draw.choice((1, 2, 3, 4))), bool(same), near, apart))
        if not same:
            continue
        if (another := renamed(other, draw.choice(names), draw)) is not None:
            made.append((one, another, False, near, apart))
            made.append((cut(one, length), cut(another, draw.choice((1, 2, 3))), False, near, apart))
        if draw.random() < 0.5 and (another := renamed(one, draw.choice(names), draw)) is not None:
            made.append((cut(one, length), cut(another, length), False, (m, m), apart))
    left, right = sides_of(one[0] for one in made), sides_of(one[1] for one in made)
    comparison, past, table = pairs.Comparison(), Past(days=1), []
    for (_, _, _, _, apart), one, other in zip(made, left, right, strict=True):
        table.append(comparison.measures(replace(one, days=0.0), [replace(other, days=apart)], past)[0])
    block = blocks_of([row.get("story") for row in rows])
    return Changed(
        values=np.array(table),
        same=np.array([same for _, _, same, _, _ in made], float),
        weights=np.full(len(made), CHANGED_WEIGHT * weight),
        blocks=np.array([(block[m], block[n]) for _, _, _, (m, n), _ in made]),
    )


# fitting


def boost(values: Array, same: Array, weights: Array) -> trees.Trees:
    """Fit boosted trees to a logistic loss by Newton's steps (Friedman 2001), all of depth three."""
    draw = np.random.default_rng(TREES_SEED)
    edges = [np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1])) for column in values.T]
    binned = np.stack([np.searchsorted(e, column, side="left") for e, column in zip(edges, values.T, strict=True)], 1)
    share = float((weights * same).sum() / weights.sum())
    base = math.log(share / (1 - share))
    logit = np.full(len(same), base)
    columns, bounds, leaves = [], [], []
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-logit))
        drawn = np.flatnonzero(draw.random(len(same)) < SAMPLE)
        some = np.sort(draw.permutation(values.shape[1])[: round(COLUMNS * values.shape[1])])
        slope, bend = weights * (same - likely), weights * likely * (1 - likely)
        tree, node = _grow(binned, edges, slope, bend, drawn, some)
        logit += RATE * tree[2][node - trees.INNER]
        columns.append(tree[0])
        bounds.append(tree[1])
        leaves.append(RATE * tree[2])
    return trees.Trees(base, np.array(columns), np.array(bounds), np.array(leaves))


def _grow(
    binned: Array, edges: list[Array], slope: Array, bend: Array, drawn: Array, some: Array
) -> tuple[tuple[Array, Array, Array], Array]:
    """Grow one tree on the drawn rows; return it and the leaf of every row."""
    column, bound = np.zeros(trees.INNER, int), np.full(trees.INNER, 2.0)
    node = np.zeros(len(binned), int)
    for inner in range(trees.INNER):
        rows = drawn[node[drawn] == inner]
        here = np.flatnonzero(node == inner)
        split = _split(binned[rows], slope[rows], bend[rows], edges, some)
        right = np.zeros(len(here), bool)
        if split is not None:
            column[inner], at = split
            bound[inner] = edges[column[inner]][at]
            right = binned[here, column[inner]] > at
        node[here] = 2 * inner + 1 + right
    place = node - trees.INNER
    sums = np.bincount(place[drawn], slope[drawn], minlength=trees.LEAVES)
    bends = np.bincount(place[drawn], bend[drawn], minlength=trees.LEAVES)
    return (column, bound, sums / (bends + RIDGE)), node


def _split(binned: Array, slope: Array, bend: Array, edges: list[Array], some: Array) -> tuple[int, int] | None:
    best, found = 1e-6, None
    for c in some:
        size = len(edges[c]) + 1
        s, b = np.bincount(binned[:, c], slope, minlength=size), np.bincount(binned[:, c], bend, minlength=size)
        n = np.bincount(binned[:, c], minlength=size)
        left, bends, count = np.cumsum(s)[:-1], np.cumsum(b)[:-1], np.cumsum(n)[:-1]
        gain = left**2 / (bends + RIDGE) + (s.sum() - left) ** 2 / (b.sum() - bends + RIDGE)
        gain = gain - s.sum() ** 2 / (b.sum() + RIDGE)
        gain[(count < LEAST_ROWS) | (n.sum() - count < LEAST_ROWS)] = 0
        if len(gain) and gain.max() > best:
            best, found = float(gain.max()), (int(c), int(gain.argmax()))
    return found


def fit_around(values: Array, same: Array, weights: Array) -> Array:
    """Return the weights of a ridge logistic model for values as they are (not standardised), the constant first."""
    mean, scale = values.mean(0), values.std(0) + 1e-9
    x = np.column_stack([np.ones(len(values)), (values - mean) / scale])
    ridge = np.diag([0.0] + [AROUND_PENALTY] * values.shape[1])
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve((x.T * (weights * p * (1 - p))) @ x + ridge, x.T @ (weights * (same - p)) - ridge @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    slopes = w[1:] / scale
    return np.concatenate([[w[0] - slopes @ mean], slopes])


def apply_around(w: Array, values: Array) -> Array:
    """Return likelihoods."""
    return 1 / (1 + np.exp(-np.clip(w[0] + values @ w[1:], -30, 30)))


def around(data: View, likely: Array) -> Array:
    """Measure what is around each pair."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (m, n), p in zip(data.pairs, likely, strict=True):
        if p >= WORTH_KEEPING:
            near[m][n] = near[n][m] = float(p)
    found = [
        shared({**near[m], n: float(p)}, {**near[n], m: float(p)}, float(p))
        for (m, n), p in zip(data.pairs, likely, strict=True)
    ]
    return pairs.around(pairs.Shared(*np.array(found).T)).T


def shared(one: dict[int, float], other: dict[int, float], likely: float) -> tuple[float, ...]:
    """Compare the partners of two articles, each given with its likelihood; fields as those of ``pairs.Shared``."""
    least = {key: min(one[key], other[key]) for key in one.keys() & other.keys()}
    return (
        likely,
        math.fsum(one.values()),
        math.fsum(other.values()),
        math.fsum(value * value for value in one.values()),
        math.fsum(value * value for value in other.values()),
        math.fsum(least.values()),
        math.fsum(one[key] * value for key, value in least.items()),
        math.fsum(other[key] * value for key, value in least.items()),
    )


@dataclass
class Fitted:
    """Weights fitted on some blocks."""

    pairs: trees.Trees
    around: Array


def rows_of(views: Sequence[View], values: Sequence[Array], without: int) -> tuple[Array, Array, Array]:
    """Return the known pairs of all views that have no article in a block, with labels and weights."""
    kept = [v.known & ~(v.blocks == without).any(1) for v in views]
    return (
        np.vstack([value[k] for value, k in zip(values, kept, strict=True)]),
        np.concatenate([v.same[k] for v, k in zip(views, kept, strict=True)]),
        np.concatenate([np.full(k.sum(), WEIGHTS[v.name]) for v, k in zip(views, kept, strict=True)]),
    )


def crossed(views: Sequence[View], apply: Callable[[int, Array], Array], values: Sequence[Array]) -> list[Array]:
    """Return for each pair its likelihood by what was fitted without the block of its later article."""
    result = []
    for v, value in zip(views, values, strict=True):
        scores = np.zeros(len(v.pairs))
        block = np.maximum(0, v.blocks.max(1))
        for b in range(BLOCKS):
            scores[block == b] = apply(b, value[block == b])
        result.append(scores)
    return result


def cross_validate(views: Sequence[View], values: Sequence[Array]) -> tuple[list[Array], Fitted]:
    """Return each pair's final likelihood by weights of the other blocks, and the weights of all blocks."""
    fitted = [boost(*rows_of(views, values, block)) for block in range(BLOCKS)]
    likely = crossed(views, lambda b, rows: fitted[b].likelihoods(rows), values)
    near = [around(v, p) for v, p in zip(views, likely, strict=True)]
    weights = [fit_around(*rows_of(views, near, block)) for block in range(BLOCKS)]
    final = crossed(views, lambda b, rows: apply_around(weights[b], rows), near)
    every = rows_of(views, near, BLOCKS)
    return final, Fitted(boost(*rows_of(views, values, BLOCKS)), fit_around(*every))


def words_alone(values: Array) -> Array:
    """Return measures as they are without vectors."""
    plain = values.copy()
    plain[:, MEANING] = 0
    return plain


# scoring


def grouped(data: View, scores: Array, least: float) -> dict[str, str]:
    """Return the stories that the scores give."""
    order = sorted(range(len(data.ids)), key=data.ids.__getitem__)
    place = np.argsort(order)[np.array(data.pairs)]
    kept = scores >= WORTH_KEEPING
    links = Links(place[kept, 0], place[kept, 1], scores[kept])
    groups = average_link([data.ids[n] for n in order], links, least=least, asked=ASKED)
    return {key: str(number) for number, group in enumerate(groups) for key in group if key in data.gold}


def report(title: str, views: Sequence[View], scores: Sequence[Array], scorer: Any) -> None:
    """Print figures at several thresholds."""
    print(title)
    for least in (0.25, 0.3, 0.35, 0.375, 0.4, 0.45, 0.5):
        line = [f"  {least:.2f}"]
        for data, score in zip(views, scores, strict=True):
            result = scorer.score(data.gold, grouped(data, score, least))
            line.append(f"{data.name} {result['pair_f1']:.3f}/{result['b3_f1']:.3f}")
        print("   ".join(line), flush=True)


def golden(about: Array, brief: trees.Trees, *, vectors: bool) -> None:
    """Print how many pairs of our own are told rightly at several thresholds."""
    records = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    left = sides_of(Article(id="one", **record["one"]) for record in records)
    right = sides_of(Article(id="other", **record["other"]) for record in records)
    comparison, past, rows = pairs.Comparison(), Past(days=1), []
    for record, one, other in zip(records, left, right, strict=True):
        later = replace(other, days=float(record["days"]))
        rows.append(comparison.measures(one, [later], past)[0])
    values = np.array(rows) if vectors else words_alone(np.array(rows))
    likely = brief.likelihoods(values)
    alone = [shared({1: float(p)}, {0: float(p)}, float(p)) for p in likely]
    final = apply_around(about, pairs.around(pairs.Shared(*np.array(alone).T)).T)
    together = np.array([record["together"] for record in records])
    for least in (0.3, 0.35, 0.375, 0.4, 0.45):
        same, other = int((final[together] >= least).sum()), int((final[~together] < least).sum())
        print(f"  golden at {least}: together {same} of {together.sum()}, apart {other} of {(~together).sum()}")


NAME = 0.75
"""Share of a word's occurrences in small letters under which it is marked as one that may be a name."""


def count_words(stream: list[dict[str, Any]]) -> str:
    """Return the background table: words of at least four articles, the most frequent first; names are marked."""
    counts: Counter[str] = Counter()
    written: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for row in stream:
        body = unicodedata.normalize("NFKC", row["text"][: terms.BODY_CHARACTERS])
        title = unicodedata.normalize("NFKC", row["title"] or "")
        counts.update({term_of(word) for word in words_of(f"{title}\n{body}")})
        for word in words_of(body):
            written[term_of(word)] += 1
            small[term_of(word)] += word[0].islower()
    kept = [(w, n) for w, n in counts.items() if n >= 4 and len(w) > 1 and w not in stop_words()]
    head = (
        "# In how many news articles each word occurs, counted by eval/train_stories.py; no word: all articles.\n"
        "# name: less than three quarters of its occurrences are in small letters.\n"
    )
    marks = {w: "\tname" if small[w] < NAME * written[w] else "" for w, _ in kept}
    rows = sorted(kept, key=lambda p: (-p[1], p[0]))
    return head + f"\t{len(stream)}\n" + "".join(f"{w}\t{n}{marks[w]}\n" for w, n in rows)


def views_of(shared_folder: Path) -> tuple[list[View], list[Changed]]:
    """Read all sets and measure their pairs."""
    stories = {name: read(shared_folder / f"data/stories/{name}.jsonl.gz") for name in ("allsides", "wikinews")}
    stream = read(shared_folder / "data/stream/articles.jsonl.gz")
    sides = {name: sides_of(map(article_from_record, rows)) for name, rows in stories.items()}
    noise = sides_of(map(article_from_record, stream))
    views = [
        view("allsides", stories["allsides"], sides["allsides"]),
        view("allsides+stream", [*stories["allsides"], *stream], [*sides["allsides"], *noise]),
        view("allsides, no past", stories["allsides"], sides["allsides"], with_past=False),
        view("wikinews", stories["wikinews"], sides["wikinews"]),
    ]
    return views, [
        changed(stories["allsides"], views[0], weight=1.0),
        changed(stories["wikinews"], views[3], weight=WEIGHTS["wikinews"]),
    ]


def fit_brief(views: Sequence[View], made: Sequence[Changed], about: Array, *, vectors: bool) -> trees.Trees:
    """Fit the trees for brief articles: on changed pairs and on whole ones.

    What is around a pair moves one without neighbours up, as is right for the whole articles of the sets. Changed pairs
    have no neighbours, and many more of them are of two events; so the trees' logit is scaled such that it comes out of
    ``about`` as it was fitted.
    """
    whole, same, weights = rows_of(views, [v.values for v in views], BLOCKS)
    values = np.vstack([whole, *(one.values for one in made)])
    same = np.concatenate([same, *(one.same for one in made)])
    weights = np.concatenate([weights, *(one.weights for one in made)])
    fitted = boost(values if vectors else words_alone(values), same, weights)
    constant, slope = about[0], about[1]
    return replace(fitted, base=(fitted.base - constant) / slope, leaves=fitted.leaves / slope)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.words:
        table = count_words(read(options.shared / "data/stream/articles.jsonl.gz"))
        (PACKAGE.parent / "background.tsv").write_text(table, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("clustering", options.shared / "score/clustering.py")
    assert spec is not None
    assert spec.loader is not None
    clustering = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(clustering)
    views, made = views_of(options.shared)
    train(views, made, clustering, write=options.write)


def train(views: Sequence[View], made: Sequence[Changed], clustering: Any, *, write: bool) -> None:
    """Cross-validate, print, fit on everything, and write the weights."""
    record: dict[str, Any] = {"measures": pairs.MEASURES, "pairs": {}}
    about = np.zeros(0)
    for vectors in (True, False):
        values = [v.values if vectors else words_alone(v.values) for v in views]
        final, fitted = cross_validate(views, values)
        report("with vectors" if vectors else "words and names alone", views, final, clustering)
        about = fitted.around if vectors else about
        brief = fit_brief(views, made, about, vectors=vectors)
        golden(about, brief, vectors=vectors)
        record["pairs"][pairs.kind_of(brief=False, meaning=vectors)] = trees.record_of(fitted.pairs)
        record["pairs"][pairs.kind_of(brief=True, meaning=vectors)] = trees.record_of(brief)
        if vectors:
            names = ("", *pairs.AROUND)
            record["around"] = {name: round(float(w), 4) for name, w in zip(names, fitted.around, strict=True)}
    if write:
        (PACKAGE / "weights.json").write_text(json.dumps(record, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
