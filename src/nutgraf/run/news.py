"""What is new in a story since it was last told, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nutgraf.model import Article, Story
from nutgraf.run.grouping import dated
from nutgraf.run.parts import Parts
from nutgraf.store.values import PlacedArticle, StoredArticle
from nutgraf.stories import Step, Weight, news_since, stories_of, timeline, topic_of, weigh

TOPIC_DAYS = 30
"""How far apart in time two stories of one topic may be."""

TOLD_DAYS = 7
"""How many days back an edition counts as having told a story."""


def story_of_name(parts: Parts, name: str, *, until: datetime | None = None) -> tuple[Story, dict[str, Article]] | None:
    """Return a stored story with its articles at their moments, or ``None`` for one that holds none."""
    placed = [one for one in parts.store.placed_in(name) if until is None or one.stored.moment <= until]
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


def story_weight(parts: Parts, name: str, *, at: datetime | None = None) -> Weight | None:
    """Return how much a story weighs at a moment, by the articles until then; now, where none is given.

    ``None`` for a story that holds no article.
    """
    found = story_of_name(parts, name, until=at)
    return weigh(*found, now=at or parts.clock()) if found else None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One story of a topic: its name, what it is called, and when it began."""

    story: str
    title: str
    began: datetime


def story_topic(parts: Parts, name: str) -> tuple[Chapter, ...]:
    """Return the stories that go on with one another, this one among them, the earliest first: a war, a trial.

    Stories that began up to ``TOPIC_DAYS`` before or after it are looked through. Empty where it stands alone.
    """
    here = parts.store.placed_in(name)
    if not here:
        return ()
    reach = timedelta(days=TOPIC_DAYS)
    placed: dict[str, list[PlacedArticle]] = {}
    for one in parts.store.placed_between(here[0].stored.moment - reach, here[-1].stored.moment + reach):
        placed.setdefault(one.placement.story, []).append(one)
    placed[name] = list(here)
    found = [
        (story, by_id)
        for name, those in placed.items()
        if (by_id := {one.stored.article.id: dated(one.stored) for one in those})
        for story in stories_of([one.placement for one in those], by_id)
    ]
    topic = topic_of(name, found)
    return tuple(_chapter(parts, name, placed[name][0].stored) for name in topic) if len(topic) > 1 else ()


def _chapter(parts: Parts, name: str, first: StoredArticle) -> Chapter:
    brief = parts.store.brief(name)
    return Chapter(name, brief.headline.text if brief else first.article.title, first.moment)


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
