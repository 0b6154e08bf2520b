"""Attributions from a tagger's scores: the likeliest labels, their spans, and which spans belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nutgraf.claims.attribution import Attribution, Range
from nutgraf.ports import LabelScores, ScoredParagraph, Scores, Tagger

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""What a word can be: outside of all spans, the first of one, inside one."""

FARTHEST = 7
"""The largest distance that the linker tells apart: 127 words and more."""

OPENERS, CLOSERS = "“‘«„", "”’»"
CLOSING = re.compile(r"[.,!?;…]{0,2}[”’»\"']+")

Spans = NDArray[np.int64]
"""Spans as rows of two: index of the first word, and of the one after the last."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How readily spans and links are taken.

    ``eager`` is added to the scores of all labels but "outside": more of it finds more, with less certainty.
    ``doubt`` is added to the score of having no partner.
    ``least`` is the confidence an attribution needs.
    """

    eager: float = 0.0
    doubt: float = 0.0
    least: float = 0.0


SETTINGS = Settings()


def find_attributions(text: str, tagger: Tagger) -> tuple[Attribution, ...]:
    """Find who says what in ``text``, in the order of what is said; ranges lie inside one paragraph."""
    return decode(text, tagger.read(text), tagger.labels)


def decode(
    text: str, paragraphs: Sequence[ScoredParagraph], labels: LabelScores, settings: Settings = SETTINGS
) -> tuple[Attribution, ...]:
    """Turn scores into attributions, in the order of their contents."""
    found = []
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.words]
    for few in batches(paragraphs):
        scores, sizes = padded(few, settings)
        best = likeliest(scores, sizes, labels)
        sure = certainties(scores, sizes, labels, best)
        for i, paragraph in enumerate(few):
            size = len(paragraph.words)
            spans = {role: spans_of(best[i, :size], role) for role in ROLES}
            found += [
                whole_quotations(text, one)
                for one in linked(paragraph, spans, sure[i, :size], labels, settings)
                if one.confidence >= settings.least
            ]
    return tuple(sorted(found, key=lambda one: (one.content, one.cue, one.source)))


# labels


def batches(paragraphs: Sequence[ScoredParagraph], most: int = 64) -> Iterator[list[ScoredParagraph]]:
    """Yield paragraphs of like length together, so that little is padded."""
    ordered = sorted(paragraphs, key=lambda paragraph: (len(paragraph.words), paragraph.words[0]))
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]


def padded(paragraphs: Sequence[ScoredParagraph], settings: Settings) -> tuple[Scores, Spans]:
    """Return label scores (paragraphs, words, labels) of paragraphs side by side, and how many words each has."""
    sizes = np.array([len(paragraph.words) for paragraph in paragraphs])
    scores = np.zeros((len(paragraphs), sizes.max(), len(LABELS)), np.float32)
    for row, paragraph in zip(scores, paragraphs, strict=True):
        row[: len(paragraph.words)] = paragraph.scores[:, : len(LABELS)]
    scores[:, :, 1:] += settings.eager
    return scores, sizes


def likeliest(scores: Scores, sizes: Spans, labels: LabelScores) -> Spans:
    """Return the likeliest row of labels of each paragraph (Viterbi's method); what lies past its end is 0."""
    count, length, _ = scores.shape
    rows = np.arange(count)
    back = np.zeros(scores.shape, np.int64)
    reached = scores[:, 0] + labels.start
    for t in range(1, length):
        ways = reached[:, :, None] + labels.moves
        back[:, t] = ways.argmax(1)
        reached = np.where((t < sizes)[:, None], ways.max(1) + scores[:, t], reached)
    best = np.zeros((count, length), np.int64)
    here = (reached + labels.stop).argmax(1)
    for t in range(length - 1, -1, -1):
        best[:, t] = np.where(t < sizes, here, 0)
        if t:
            here = np.where(t < sizes, back[rows, t, here], here)
    return best


def certainties(scores: Scores, sizes: Spans, labels: LabelScores, best: Spans) -> Scores:
    """Return the probability of each word's chosen label, all rows of labels considered (forward and backward sums)."""
    count, length, _ = scores.shape
    ahead = np.zeros_like(scores)
    ahead[:, 0] = scores[:, 0] + labels.start
    for t in range(1, length):
        ahead[:, t] = log_sum(ahead[:, t - 1, :, None] + labels.moves, 1) + scores[:, t]
    behind = np.zeros_like(scores)
    behind[:, -1] = labels.stop
    for t in range(length - 2, -1, -1):
        onward = log_sum(labels.moves + (scores[:, t + 1] + behind[:, t + 1])[:, None, :], 2)
        behind[:, t] = np.where((t + 1 < sizes)[:, None], onward, labels.stop)
    both = ahead + behind
    both -= log_sum(both, 2)[:, :, None]
    chosen: Scores = np.exp(np.take_along_axis(both, best[:, :, None], 2)[:, :, 0])
    return chosen


def log_sum(values: Scores, axis: int) -> Scores:
    """Return the logarithm of the sum of exponentials along an axis."""
    top = values.max(axis, keepdims=True)
    total: Scores = np.log(np.exp(values - top).sum(axis)) + top.squeeze(axis)
    return total


def spans_of(row: Spans, role: str) -> Spans:
    """Return the spans of a role in a row of labels."""
    first = 1 + 2 * ROLES.index(role)
    spans = []
    for start in np.flatnonzero(row == first):
        end = start + 1
        while end < len(row) and row[end] == first + 1:
            end += 1
        spans.append((start, end))
    return np.array(spans, np.int64).reshape(-1, 2)


# links


def buckets() -> int:
    """Return how many distances ``distances`` tells apart."""
    return 2 * (FARTHEST + 1)


def distances(left: Spans, right: Spans) -> Spans:
    """Return, for each pair of spans, the bucket of how far and to which side they are apart.

    The words between are counted on a scale of doublings, 0 to ``FARTHEST``; those where ``left`` follows come second.
    """
    after = left[:, None, 0] >= right[None, :, 1]
    gap = np.where(after, left[:, None, 0] - right[None, :, 1], right[None, :, 0] - left[:, None, 1])
    doublings = np.log2(np.maximum(gap, 0) + 1).astype(np.int64)
    apart: Spans = np.minimum(doublings, FARTHEST) + after * (FARTHEST + 1)
    return apart


def linked(
    paragraph: ScoredParagraph, spans: dict[str, Spans], sure: Scores, labels: LabelScores, settings: Settings
) -> Iterator[Attribution]:
    """Yield the attributions of one paragraph: each content goes to a cue, each cue to a source, or to none."""
    sources, cues, contents = (spans[role] for role in ROLES)
    cue_of, sure_cue = partners(paragraph.scores, contents, cues, labels, settings, kind=0)
    source_of, sure_source = partners(paragraph.scores, cues, sources, labels, settings, kind=1)
    for cue, group in groups(cue_of):
        chosen = [float(sure_cue[i]) for i in group]
        parts = {"content": contents[group], "cue": cues[:0], "source": sources[:0]}
        if cue >= 0:
            chosen.append(float(sure_source[cue]))
            parts["cue"] = cues[[cue]]
            if source_of[cue] >= 0:
                parts["source"] = sources[[source_of[cue]]]
        chosen += [float(sure[start:end].min()) for part in parts.values() for start, end in part]
        yield Attribution(
            **{role: ranges(paragraph, part) for role, part in parts.items()}, confidence=round(min(chosen), 4)
        )


def groups(cue_of: Spans) -> Iterator[tuple[int, list[int]]]:
    """Yield each cue with the contents that chose it; a content that chose none (-1) stands alone."""
    for cue in sorted(set(cue_of.tolist()) - {-1}):
        yield cue, np.flatnonzero(cue_of == cue).tolist()
    for content in np.flatnonzero(cue_of == -1).tolist():
        yield -1, [content]


def partners(
    scores: Scores, seekers: Spans, sought: Spans, labels: LabelScores, settings: Settings, *, kind: int
) -> tuple[Spans, Scores]:
    """Return for each seeker the index of its partner, -1 for none, and the probability of that choice."""
    if not len(seekers):
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    width = (scores.shape[1] - len(LABELS) - 2) // 4
    one, other = ends_of(scores, seekers), ends_of(scores, sought)
    at = len(LABELS) + 2 * kind * width
    pairs = one[:, at : at + width] @ other[:, at + width : at + 2 * width].T * width**-0.5
    pairs = pairs + labels.far[kind][distances(seekers, sought)]
    none = one[:, [len(LABELS) + 4 * width + kind]] + settings.doubt
    ways = np.concatenate([pairs, none], 1)
    best = ways.argmax(1)
    sure: Scores = np.exp(ways.max(1) - log_sum(ways, 1))
    return np.where(best < len(sought), best, -1), sure


def ends_of(scores: Scores, spans: Spans) -> Scores:
    """Return the rows of each span's first and last word, added."""
    both: Scores = scores[spans[:, 0]] + scores[spans[:, 1] - 1]
    return both


def ranges(paragraph: ScoredParagraph, spans: Spans) -> tuple[Range, ...]:
    """Return spans of words as ranges of characters."""
    return tuple((paragraph.words[start][0], paragraph.words[end - 1][1]) for start, end in spans)


# quotation marks


def whole_quotations(text: str, one: Attribution) -> Attribution:
    """Take the marks around a quotation into what is said: the tagger has learnt spans without marks at their ends."""
    return replace(one, content=tuple(with_marks(text, start, end) for start, end in one.content))


def with_marks(text: str, start: int, end: int) -> Range:
    """Return the range with the quotation mark before it, and with the closing one that a mark in it asks for."""
    if start and text[start - 1] in OPENERS + "\"'":
        start -= 1
    closing = CLOSING.match(text, end)
    if closing and is_open(text[start:end]):
        end = closing.end()
    return start, end


def is_open(passage: str) -> bool:
    """Tell whether a quotation begins in ``passage`` and does not end there."""
    straight = passage.count('"') % 2 == 1 or passage.startswith("'")
    return straight or sum(map(passage.count, OPENERS)) > sum(map(passage.count, "”»")) + passage.count("’") * (
        "‘" in passage
    )
