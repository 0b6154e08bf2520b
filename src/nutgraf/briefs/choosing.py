"""Which passages a brief keeps: the best-ranked, each thing once, several origins before one, to a length."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from nutgraf.briefs import words
from nutgraf.briefs.wording import Wording, joined

REPEATED = 0.6
"""A passage of whose content words more than this share are said already adds nothing."""

TOLD_AGAIN = 0.6
"""What a passage loses of its score, in the unit of ``ranking.rank``, for the share of its words that are said already.

More of it gives more single words of an editor's and fewer pairs; figures are in docs/quality.md.
"""

LEAST = 4
"""Content words of a passage that tells enough for a line, unless it gives a figure.

"The staff are not so sure" has fewer.
"""

SAME_FIGURE = 0.3
"""Two passages that give one figure and share more than this part of the shorter one's words tell one fact.

Editors' briefs lose no measured word to it (ROUGE of 40 stories of the tuning set: the same within 0.002).
"""

LONGEST_LINE = 75
"""Words of a line of two sentences."""


def choose(
    wordings: Sequence[Wording],
    scores: Sequence[float],
    *,
    budget: int,
    costs: Sequence[int] = (),
    again: float = TOLD_AGAIN,
    told: Sequence[frozenset[int]] = (),
    least: int = LEAST,
    is_whole: Callable[[Wording], bool] = lambda wording: True,
) -> list[Wording]:
    """Return wordings that stand alone, the best first, in at most ``budget`` words.

    ``costs`` are the words that attribution adds to each; ``again`` is as ``TOLD_AGAIN`` has it, ``least`` as
    ``LEAST``. A wording that leans is kept only after the one before it. ``told`` names for each the groups of claims
    that it tells: two that tell one claim are not both kept. ``is_whole`` is asked of each that would be kept, and what
    is not whole is left out.
    """
    added = costs or [0] * len(wordings)
    sizes = [
        words.count_words(wording.text) + (0 if wording.leans else cost)
        for wording, cost in zip(wordings, added, strict=True)
    ]
    bags = [frozenset(words.content_words(wording.text)) for wording in wordings]
    figures = [_figures(bag) for bag in bags]
    chosen: list[int] = []
    said: set[str] = set()
    left = budget

    def may_be_added(index: int) -> bool:
        """Tell whether there is room for a wording and it adds something: once it may not, it never may."""
        return (
            sizes[index] <= left
            and not repeats(bags[index], said)
            and (
                wordings[index].leans
                or not figures[index]
                or not any(figures[index] & figures[kept] and _alike(bags[index], bags[kept]) for kept in chosen)
            )
            and not (told and told[index] and any(told[index] & told[kept] for kept in chosen))
        )

    waiting = {
        index
        for index, wording in enumerate(wordings)
        if not wording.own_voice and (wording.leans or len(bags[index]) >= least or words.NUMBER.search(wording.text))
    }
    while True:
        waiting = {index for index in waiting if wordings[index].leans or may_be_added(index)}
        open_ = [
            i for i in waiting if not wordings[i].leans or (_follows_chosen(wordings, i, chosen) and may_be_added(i))
        ]
        if not open_:
            return _lines(wordings, chosen)
        best = -max((scores[i] - again * share_of(bags[i], said), -i) for i in open_)[1]
        waiting.remove(best)
        if not is_whole(wordings[best]):
            continue
        chosen.append(best)
        left -= sizes[best]
        said |= bags[best]


def share_of(bag: Set[str], said: Set[str]) -> float:
    """Return the share of a passage's content words that are said already."""
    return len(bag & said) / max(1, len(bag))


def repeats(bag: Set[str], said: Set[str]) -> bool:
    """Tell whether most of a passage's content words are said already."""
    return share_of(bag, said) > REPEATED


def _figures(bag: frozenset[str]) -> frozenset[str]:
    """Return the figures of a passage: no year, two digits at least."""
    return frozenset(word for word in bag if word[:1].isdigit() and _FIGURE.fullmatch(word))


_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)\d{2,}")


def _alike(bag: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two passages that give one figure tell it of one thing."""
    return len(bag & other) > SAME_FIGURE * min(len(bag), len(other))


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
