"""What the tagger learns from: articles with their marks laid on words, and what a larger network thinks of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nutgraf.claims.chances import ROLES
from nutgraf.nlp.windows import Paragraph, read
from nutgraf.nlp.wordpiece import WordPieces

WINDOW = 254
"""Pieces of the longest window in training."""

TUNE = 40
"""Articles of the train part that are kept out to choose by."""


@dataclass(frozen=True)
class Gold:
    """One paragraph with what is marked in it: labels a word, spans as word ranges, and links as indices of spans."""

    paragraph: Paragraph
    labels: tuple[int, ...]
    sources: tuple[tuple[int, int], ...]
    cues: tuple[tuple[int, int], ...]
    contents: tuple[tuple[int, int], ...]
    source_of: tuple[int, ...]
    cue_of: tuple[int, ...]
    taught: tuple[np.ndarray, np.ndarray] | None = None
    """A teacher's probabilities of single labels (words, labels) and of pairs (words - 1, labels, labels)."""
    marked: bool = True
    """Whether a person marked it."""


def rows(path: Path) -> list[dict]:
    """Read a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def articles(shared: Path, part: str) -> list[dict]:
    """Return the articles of a part: dev, train (without tune), tune, or all (train and tune)."""
    found = rows(shared / "data" / "attribution" / f"{'dev' if part == 'dev' else 'train'}.jsonl.gz")
    return {"dev": found, "all": found, "train": found[:-TUNE], "tune": found[-TUNE:]}[part]


def trimmed(span: Sequence[int], text: str) -> tuple[int, int]:
    """Return the span without marks at its ends; one of marks alone as it is."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else (span[0], span[1])


def golds(row: dict, cut: WordPieces) -> list[Gold]:
    """Read an article and lay its marks on its words."""
    return [gold(paragraph, row) for paragraph in read(row["text"], cut, limit=WINDOW - 2)]


def teacher_of(file: Path) -> list[list[tuple[np.ndarray, np.ndarray]]]:
    """Read a teacher's probabilities, article by article, paragraph by paragraph."""
    with np.load(file) as held:
        single, pairs, sizes, articles_of = (held[name] for name in ("single", "pairs", "sizes", "articles"))
    found: list[list[tuple[np.ndarray, np.ndarray]]] = [[] for _ in range(int(articles_of.max()) + 1)]
    at = 0
    for size, article in zip(sizes.tolist(), articles_of.tolist(), strict=True):
        found[article].append((single[at : at + size], pairs[at : at + size - 1]))
        at += size
    return found


def with_lessons(article: list[Gold], lessons: list[tuple[np.ndarray, np.ndarray]], *, marked: bool) -> list[Gold]:
    """Give each paragraph what the teacher says of it."""
    return [replace(one, taught=lesson, marked=marked) for one, lesson in zip(article, lessons, strict=True)]


def gold(paragraph: Paragraph, row: dict) -> Gold:
    """Lay the marks of an article on the words of one of its paragraphs."""
    inside = {role: [] for role in ROLES}
    source_of, cue_of = [], []
    for one in row["attributions"]:
        here = {role: spans_in(paragraph, one[role], row["text"]) for role in ROLES}
        numbers = {role: [number(inside[role], span) for span in here[role]] for role in ROLES}
        source_of += [(cue, (numbers["source"] or [-1])[0]) for cue in numbers["cue"]]
        cue_of += [(content, (numbers["cue"] or [-1])[0]) for content in numbers["content"]]
    labels = [0] * len(paragraph.words)
    for role, spans in inside.items():
        begin = 1 + 2 * ROLES.index(role)
        for start, end in spans:
            labels[start:end] = [begin] + [begin + 1] * (end - start - 1)
    return Gold(
        paragraph,
        tuple(labels),
        *(tuple(inside[role]) for role in ROLES),
        tuple(dict(source_of).get(i, -1) for i in range(len(inside["cue"]))),
        tuple(dict(cue_of).get(i, -1) for i in range(len(inside["content"]))),
    )


def number(spans: list[tuple[int, int]], span: tuple[int, int]) -> int:
    """Return the index of ``span``, added where it is new."""
    if span not in spans:
        spans.append(span)
    return spans.index(span)


def spans_in(paragraph: Paragraph, spans: Sequence[Sequence[int]], text: str) -> list[tuple[int, int]]:
    """Return character spans as ranges of the paragraph's words, those that have words in it."""
    found = []
    for span in spans:
        start, end = trimmed(span, text)
        hit = [i for i, word in enumerate(paragraph.words) if word.start < end and start < word.end]
        if hit:
            found.append((hit[0], hit[-1] + 1))
    return found
