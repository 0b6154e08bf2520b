"""Attributions from a tagger's scores: the likeliest labels, their spans, and which spans belong together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nutgraf.claims.attribution import Attribution, Range
from nutgraf.claims.chances import LABELS, ROLES, Chances, Stretch, best_apart, log_sum, stretches, with_unsure_ends
from nutgraf.ports import LabelScores, ScoredParagraph, Scores, Tagger

FARTHEST = 7
"""The largest distance that the linker tells apart: 127 words and more."""

OPENERS, CLOSERS = "“‘«„", "”’»"
CLOSING = re.compile(r"[.,!?;…]{0,2}[”’»\"']+")

Spans = NDArray[np.int64]
"""Spans as rows of two: index of the first word, and of the one after the last."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How readily spans and links are taken.

    ``possible`` is the chance that a stretch needs to be weighed by more than the tagger, ``least`` the one that it
    needs then to be looked at; ``there`` is what contents over one another need between them where none has that.
    ``fair`` is the chance at which one neither helps nor harms: an attribution is taken
    whose spans have no less between them, and a further content that has no less by itself, so that a source and cue
    beyond doubt are not lost with a content whose ends are uncertain.
    ``alone`` is the chance that a content without cue needs. ``doubt`` is added to the score of having no partner.
    """

    possible: float = 0.04
    least: float = 0.2
    there: float = 0.6
    fair: float = 0.4
    alone: float = 0.5
    doubt: float = 0.0


SETTINGS = Settings()


Weigh = Callable[[Sequence[Chances]], Sequence[Chances]]
"""Changes the chances of a text's stretches by what is known besides."""


def find_attributions(text: str, tagger: Tagger, weigh: Weigh | None = None) -> tuple[Attribution, ...]:
    """Find who says what in ``text``, in the order of what is said; ranges lie inside one paragraph."""
    return decode(text, tagger.read(text), tagger.labels, weigh=weigh)


def decode(
    text: str,
    paragraphs: Sequence[ScoredParagraph],
    labels: LabelScores,
    settings: Settings = SETTINGS,
    *,
    weigh: Weigh | None = None,
) -> tuple[Attribution, ...]:
    """Turn scores into attributions, in the order of their contents."""
    held: Sequence[Chances] = list(stretches(paragraphs, labels, settings.possible))
    found = [
        whole_quotations(text, one)
        for paragraph, able, _ in (weigh(held) if weigh else held)
        for one in linked(paragraph, _taken(able, settings), labels, settings)
    ]
    return tuple(sorted(found, key=lambda one: (one.content, one.cue, one.source)))


def _taken(able: Sequence[Stretch], settings: Settings) -> list[Stretch]:
    return with_unsure_ends(best_apart(able, settings.least), able, settings.there)


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
    paragraph: ScoredParagraph, chosen: Sequence[Stretch], labels: LabelScores, settings: Settings
) -> Iterator[Attribution]:
    """Yield the attributions of one paragraph: each content goes to a cue, each cue to a source, or to none."""
    sources, cues, contents = ([one for one in chosen if one.role == role] for role in ROLES)
    cue_of, sure_cue = partners(paragraph.scores, rows(contents), rows(cues), labels, settings, kind=0)
    source_of, sure_source = partners(paragraph.scores, rows(cues), rows(sources), labels, settings, kind=1)
    for cue, group in groups(cue_of):
        best = max(group, key=lambda i: contents[i].chance)
        said = [i for i in group if i == best or contents[i].chance >= settings.fair]
        parts = {"content": [contents[i] for i in said], "cue": cues[:0], "source": sources[:0]}
        sure = [float(sure_cue[i]) for i in said]
        if cue >= 0:
            sure.append(float(sure_source[cue]))
            parts["cue"] = [cues[cue]]
            parts["source"] = [sources[i] for i in source_of[[cue]] if i >= 0]
        fittest = [contents[best], *parts["cue"], *parts["source"]]
        fair = settings.fair * len(fittest) if cue >= 0 else settings.alone
        if sum(one.chance for one in fittest) >= fair:
            sure += [one.chance for part in parts.values() for one in part]
            yield Attribution(
                **{role: ranges(paragraph, part) for role, part in parts.items()}, confidence=round(min(sure), 4)
            )


def rows(some: Sequence[Stretch]) -> Spans:
    """Return stretches as rows of two."""
    return np.array([(one.start, one.end) for one in some], np.int64).reshape(-1, 2)


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


def ranges(paragraph: ScoredParagraph, some: Sequence[Stretch]) -> tuple[Range, ...]:
    """Return stretches of words as ranges of characters."""
    return tuple((paragraph.words[one.start][0], paragraph.words[one.end - 1][1]) for one in some)


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
