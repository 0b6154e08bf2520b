"""Spans by their chances: how likely each stretch of words is one whole span, and which ones are worth taking.

The likeliest row of labels is one row of very many. What a reader gets are spans, so each stretch is asked how likely
it is a span, whatever the labels around it; that finds more whole spans, and tells of each how sure it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nutgraf.ports import LabelScores, ScoredParagraph, Scores

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""What a word can be: outside of all spans, the first of one, inside one."""

Sizes = NDArray[np.int64]
Exact = NDArray[np.float64]


class Stretch(NamedTuple):
    """Words of one paragraph, from ``start`` to before ``end``, and the chance that they are one span of a role."""

    role: str
    start: int
    end: int
    chance: float


class Chances(NamedTuple):
    """A paragraph with its stretches that may be spans, and the chance of each label (words, ``LABELS``)."""

    paragraph: ScoredParagraph
    stretches: list[Stretch]
    labels: Exact


def stretches(paragraphs: Sequence[ScoredParagraph], labels: LabelScores, least: float) -> Iterator[Chances]:
    """Yield each paragraph that has words with its stretches whose chance is above ``least``; in no order."""
    for few in batches([paragraph for paragraph in paragraphs if paragraph.words]):
        scores, sizes = padded(few)
        ahead, behind = sums(scores, sizes, labels)
        for i, paragraph in enumerate(few):
            size = sizes[i]
            able = likely(scores[i, :size], ahead[i, :size], behind[i, :size], labels, least)
            yield Chances(paragraph, able, label_chances(ahead[i, :size], behind[i, :size], labels))


def batches(paragraphs: Sequence[ScoredParagraph], most: int = 64) -> Iterator[list[ScoredParagraph]]:
    """Yield paragraphs of like length together, so that little is padded."""
    ordered = sorted(paragraphs, key=lambda paragraph: (len(paragraph.words), paragraph.words[0]))
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]


def padded(paragraphs: Sequence[ScoredParagraph]) -> tuple[Scores, Sizes]:
    """Return label scores (paragraphs, words, labels) of paragraphs side by side, and how many words each has."""
    sizes = np.array([len(paragraph.words) for paragraph in paragraphs])
    scores = np.zeros((len(paragraphs), sizes.max(), len(LABELS)), np.float32)
    for row, paragraph in zip(scores, paragraphs, strict=True):
        row[: len(paragraph.words)] = paragraph.scores[:, : len(LABELS)]
    return scores, sizes


def sums(scores: Scores, sizes: Sizes, labels: LabelScores) -> tuple[Scores, Scores]:
    """Return, of each word and label, the logarithm of the sum over all rows that lead to it, and that follow it."""
    ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
    ahead[:, 0] = scores[:, 0] + labels.start
    for t in range(1, scores.shape[1]):
        ahead[:, t] = log_sum(ahead[:, t - 1, :, None] + labels.moves, 1) + scores[:, t]
    behind[:, -1] = labels.stop
    for t in range(scores.shape[1] - 2, -1, -1):
        onward = log_sum(labels.moves + (scores[:, t + 1] + behind[:, t + 1])[:, None, :], 2)
        behind[:, t] = np.where((t + 1 < sizes)[:, None], onward, labels.stop)
    return ahead, behind


def label_chances(ahead: Scores, behind: Scores, labels: LabelScores) -> Exact:
    """Return the chance of each label of each word of one paragraph."""
    chances: Exact = np.exp(ahead + behind - np.logaddexp.reduce(ahead[-1] + labels.stop, dtype=np.float64))
    return chances


def log_sum(values: Scores, axis: int) -> Scores:
    """Return the logarithm of the sum of exponentials along an axis."""
    top = values.max(axis, keepdims=True)
    total: Scores = np.log(np.exp(values - top).sum(axis)) + top.squeeze(axis)
    return total


def likely(scores: Scores, ahead: Scores, behind: Scores, labels: LabelScores, least: float) -> list[Stretch]:
    """Return the stretches of one paragraph whose chance is above ``least``.

    The logarithm of a chance is a sum: what leads to the first word, the words between, what follows the last one.
    With sums from the paragraph's beginning it falls into a part of the first word and a part of the last, so that
    all stretches that begin at one word are one addition.
    """
    found: list[Stretch] = []
    everything = np.logaddexp.reduce(ahead[-1] + labels.stop, dtype=np.float64)
    following = scores[1:] + behind[1:]
    for number, role in enumerate(ROLES):
        first, inner = 1 + 2 * number, 2 + 2 * number
        others = [label for label in range(len(LABELS)) if label != inner]
        ends = {
            label: np.append(
                np.logaddexp.reduce(following[:, others] + labels.moves[label, others], 1), labels.stop[label]
            )
            for label in (first, inner)
        }
        so_far = np.cumsum(scores[:, inner] + labels.moves[inner, inner], dtype=np.float64)
        opening = ahead[:, first] + labels.moves[first, inner] - labels.moves[inner, inner] - so_far
        closing = so_far + ends[inner] - everything
        alone = ahead[:, first] + ends[first] - everything
        for start in np.flatnonzero(ahead[:, first] + behind[:, first] - everything > np.log(least)).tolist():
            chances: Exact = np.exp(np.append(alone[start], opening[start] + closing[start + 1 :]))
            for more in np.flatnonzero(chances > least).tolist():
                found.append(Stretch(role, start, start + more + 1, float(chances[more])))
    return found


def best_apart(found: Sequence[Stretch], least: float) -> list[Stretch]:
    """Return those of the stretches, none over another, whose chances above ``least`` add up to most; in order."""
    able = sorted((one for one in found if one.chance > least), key=lambda one: (one.end, one.start, one.role))
    ends = [one.end for one in able]
    worth, before = [0.0], []
    for number, one in enumerate(able):
        free = bisect_right(ends, one.start, 0, number)
        with_it = worth[free] + one.chance - least
        before.append(free if with_it > worth[-1] else -1)
        worth.append(max(with_it, worth[-1]))
    chosen = []
    number = len(able)
    while number:
        number -= 1
        if before[number] >= 0:
            chosen.append(able[number])
            number = before[number]
    return chosen[::-1]


def with_unsure_ends(chosen: Sequence[Stretch], found: Sequence[Stretch], there: float) -> list[Stretch]:
    """Return the chosen stretches and, in order, the likeliest content of each place where one surely is.

    Several stretches that overlap can share a chance of ``there`` or more, while each alone has too little: that
    something is said there is known, only where it begins is not.
    """
    free = [one for one in found if one.role == "content" and not any(_overlap(one, other) for other in chosen)]
    added: list[Stretch] = []
    for best in sorted(free, key=lambda one: (-one.chance, one.start, one.end)):
        beside = sum(one.chance for one in free if _overlap(one, best))
        if beside >= there and not any(_overlap(best, other) for other in added):
            added.append(best)
    return sorted((*chosen, *added), key=lambda one: one.start)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.start < other.end and other.start < one.end
