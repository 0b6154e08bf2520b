"""Which passages a brief keeps: the best-ranked, each thing once, several origins before one, to a length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from nutgraf.briefs import words
from nutgraf.briefs.ranking import features, rank
from nutgraf.briefs.wording import Wording, joined

REPEATED = 0.5
"""A passage of whose content words more than this share are said already adds nothing."""

FROM_ONE_PARAGRAPH = 2
LONGEST_LINE = 75


def choose(wordings: Sequence[Wording], origins: Mapping[str, str], *, budget: int, cost: int = 0) -> list[Wording]:
    """Return wordings that stand alone, the best first; ``cost`` is what attribution adds to each, in words."""
    scores = rank(features(wordings, origins))
    keys = {id(wording): index for index, wording in enumerate(wordings)}
    chosen: list[int] = []
    said: Counter[str] = Counter()
    used = 0
    while True:
        best, best_value = None, -1e9
        for index, wording in enumerate(wordings):
            if index in chosen or wording.own_voice:
                continue
            if wording.leans and not _follows_chosen(wordings, index, chosen):
                continue
            size = words.count_words(wording.text) + (0 if wording.leans else cost)
            if used + size > budget:
                continue
            bag = set(words.content_words(wording.text))
            repeated = sum(word in said for word in bag) / max(1, len(bag))
            if repeated > REPEATED:
                continue
            value = float(scores[index]) - 0.8 * repeated
            if value > best_value:
                best, best_value = index, value
        if best is None:
            break
        chosen.append(best)
        used += words.count_words(wordings[best].text) + (0 if wordings[best].leans else cost)
        said.update(set(words.content_words(wordings[best].text)))
    del keys
    return _lines(wordings, chosen)


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
