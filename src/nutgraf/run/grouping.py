"""Putting new articles into stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from nutgraf.model import Article, Placement
from nutgraf.run.parts import Parts, Progress, silent
from nutgraf.store.values import StoredArticle
from nutgraf.stories import Grouping, Rulings, with_vectors
from nutgraf.stories.grouping import PAST_WINDOWS, WINDOWS_HELD

BATCH = 500
"""Articles whose placements are stored together; a run that ends early loses the work on so many at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReport:
    """How many articles were put into stories, how many moved to another, how many stories were merged."""

    placed: int = 0
    moved: int = 0
    merged: int = 0


def group(parts: Parts, *, progress: Progress = silent) -> GroupReport:
    """Put every article that is in no story yet into one, in the order in which they were published.

    Only the articles that lie near enough in time to matter are loaded beside them.
    """
    unplaced = parts.store.unplaced_articles()
    reach = timedelta(days=WINDOWS_HELD * parts.settings.window_days)
    report, done = GroupReport(), 0
    for stretch in _stretches(unplaced, reach):
        grouping = restored(parts, stretch[0].moment - reach, stretch[-1].moment + reach)
        for start in range(0, len(stretch), BATCH):
            batch = stretch[start : start + BATCH]
            report = _place(parts, grouping, batch, report)
            done += len(batch)
            progress("group", done, len(unplaced), batch[-1].article.title)
    return report


def _stretches(found: Sequence[StoredArticle], reach: timedelta) -> Iterator[Sequence[StoredArticle]]:
    """Part articles, the earliest first, where a gap in time is so wide that none matters to the next."""
    start = 0
    for number in range(1, len(found) + 1):
        if number == len(found) or found[number].moment - found[number - 1].moment > reach:
            yield found[start:number]
            start = number


def restored(parts: Parts, start: datetime, end: datetime) -> Grouping:
    """Return the grouping of what was put in stories and published within these moments, as it is stored."""
    placed = parts.store.placed_between(start, end)
    past = timedelta(days=PAST_WINDOWS * parts.settings.window_days)
    stored = parts.store.vectors_between(start, end) if parts.meaning else {}
    grouping = Grouping.restore(
        [dated(one.stored) for one in placed],
        [one.placement for one in placed],
        window_days=parts.settings.window_days,
        vectors={key: np.frombuffer(vector, np.float16) for key, vector in stored.items()},
        rulings=rulings(parts),
        past=(dated(one.stored) for one in parts.store.placed_between(start - past, start)),
    )
    grouping.moved()  # what restoring says is stored already
    return grouping


def _place(parts: Parts, grouping: Grouping, batch: Sequence[StoredArticle], report: GroupReport) -> GroupReport:
    new = {one.article.id for one in batch}
    vectors: dict[str, bytes] = {}
    for article, vector in with_vectors((dated(one) for one in batch), parts.meaning):
        grouping.place(article, vector=vector)
        if vector is not None:
            vectors[article.id] = vector.tobytes()
    moved = grouping.moved()
    merged = dict(grouping.merged_names())
    parts.store.save_placements(moved, merged, vectors=vectors)
    merged |= _follow_versions(parts, [one for one in moved if one.article in new])
    return GroupReport(
        placed=report.placed + len(new),
        moved=report.moved + sum(one.article not in new for one in moved),
        merged=max(report.merged, len(merged)),
    )


def rulings(parts: Parts) -> Rulings:
    """Return what editors decided. What they decided of a page holds for its later versions too."""
    made = [one.ruling for one in parts.store.rulings()]
    newest = parts.store.newest_of(key for ruling in made for key in (*ruling.one, *ruling.other))

    def versions(keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*keys, *(newest.get(key, key) for key in keys)]))

    return Rulings(replace(ruling, one=versions(ruling.one), other=versions(ruling.other)) for ruling in made)


def _follow_versions(parts: Parts, placed: Sequence[Placement]) -> dict[str, str]:
    """Lead on from stories that hold nothing but replaced versions of pages that are now in another story."""
    merged = parts.store.left_behind({one.article: one.story for one in placed})
    if merged:
        parts.store.save_placements((), merged)
    return dict(merged)


def dated(stored: StoredArticle) -> Article:
    """Return the article at the moment that the store takes it for, so that all stages agree."""
    return replace(stored.article, published=stored.moment)
