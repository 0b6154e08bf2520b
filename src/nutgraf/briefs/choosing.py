"""Which passages a brief keeps: the best-ranked, each thing once, several origins before one, to a length."""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf.briefs import words
from nutgraf.briefs.wording import Wording, joined

NEWNESS = 0.0
REPEATED = 0.6
"""A passage of whose content words more than this share are said already adds nothing."""

FROM_ONE_PARAGRAPH = 2
LONGEST_LINE = 75


def choose(wordings: Sequence[Wording], scores: Sequence[float], *, budget: int, cost: int = 0) -> list[Wording]:
    """Return wordings that stand alone, the best first, in at most ``budget`` words.

    ``cost`` is what attribution adds to each, in words. A wording that leans is kept only right after the one before it.
    """
    sizes = [words.count_words(wording.text) + (0 if wording.leans else cost) for wording in wordings]
    bags = [frozenset(words.content_words(wording.text)) for wording in wordings]
    chosen: list[int] = []
    said: set[str] = set()
    left = budget
    while True:
        open_ = [
            index
            for index, wording in enumerate(wordings)
            if index not in chosen
            and sizes[index] <= left
            and not wording.own_voice
            and (not wording.leans or _follows_chosen(wordings, index, chosen))
        ]
        rated = [
            (scores[i] - NEWNESS * _repeats(bags[i], said), -i) for i in open_ if _repeats(bags[i], said) <= REPEATED
        ]
        if not rated:
            return _lines(wordings, chosen)
        best = -max(rated)[1]
        chosen.append(best)
        left -= sizes[best]
        said |= bags[best]


def _repeats(bag: frozenset[str], said: set[str]) -> float:
    return len(bag & said) / max(1, len(bag))


def _follows_chosen(wordings: Sequence[Wording], index: int, chosen: Sequence[int]) -> bool:
    """Tell whether the passage right before this one, in the same article, is kept."""
    before = index - 1
    if before not in chosen:
        return False
    first, second = wordings[before].passage, wordings[index].passage
    return (
        first.article.id == second.article.id
        and first.place + 1 == second.place
        and second.paragraph - first.paragraph <= 1
        and not wordings[before].leans
        and words.count_words(wordings[before].text) + words.count_words(wordings[index].text) <= LONGEST_LINE
    )


def _lines(wordings: Sequence[Wording], chosen: Sequence[int]) -> list[Wording]:
    lines = []
    for index in chosen:
        if wordings[index].leans:
            continue
        follows = index + 1 in chosen and wordings[index + 1].leans and _follows_chosen(wordings, index + 1, [index])
        lines.append(joined(wordings[index], wordings[index + 1]) if follows else wordings[index])
    return lines
