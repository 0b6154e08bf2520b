"""What is new in a story since it was last told, and how much it weighs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nutgraf.model import Article, Story
from nutgraf.run.grouping import dated
from nutgraf.run.parts import Parts
from nutgraf.stories import Step, Weight, news_since, stories_of, timeline, weigh

TOLD_DAYS = 7
"""How many days back an edition counts as having told a story."""


def story_of_name(parts: Parts, name: str) -> tuple[Story, dict[str, Article]] | None:
    """Return a stored story with its articles at their moments, or ``None`` for one that holds none."""
    placed = parts.store.placed_in(name)
    found = {one.stored.article.id: dated(one.stored) for one in placed}
    stories = stories_of([one.placement for one in placed], found)
    return (stories[0], found) if stories else None


def story_timeline(parts: Parts, name: str) -> tuple[Step, ...]:
    """Return the steps of a story: one of each origin, with what it added."""
    found = story_of_name(parts, name)
    return timeline(*found) if found else ()


def news_of(parts: Parts, name: str, *, since: datetime) -> tuple[Step, ...]:
    """Return what changed in a story since a moment: since the last edition, or since a reader last looked."""
    return news_since(story_timeline(parts, name), since)


def story_weight(parts: Parts, name: str) -> Weight | None:
    """Return how much a story weighs now, or ``None`` for one that holds no article."""
    found = story_of_name(parts, name)
    return weigh(*found, now=parts.clock()) if found else None


def told_before(parts: Parts, day: date) -> frozenset[str]:
    """Return the stories that the editions of the days before told, by the names they go by now."""
    days = (day - timedelta(days=back) for back in range(1, TOLD_DAYS + 1))
    names = {one.brief.id for earlier in days for one in parts.store.stored_edition(earlier) or ()}
    return frozenset(name for one in names if (name := parts.store.current_name(one)))


def is_news(parts: Parts, name: str, day: date) -> bool:
    """Tell whether a story that an earlier edition told has something new on a day.

    A report that adds nothing is not; a correction of an earlier one always is.
    """
    found = story_of_name(parts, name)
    if found is None:
        return False
    midnight = datetime.combine(day, time(), ZoneInfo(parts.settings.zone))
    of_today = [a for a in found[1].values() if isinstance(a.published, datetime) and a.published >= midnight]
    return not of_today or bool(news_since(timeline(*found), midnight - timedelta(microseconds=1)))
