"""Editions at set times of the day: each made once, of what was told since the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nutgraf.model import Brief, Edition, instant
from nutgraf.run.news import TOLD_DAYS, news_of, story_of_name
from nutgraf.run.parts import Parts
from nutgraf.run.telling import by_weight
from nutgraf.store.values import StoredBrief, StoryContents

LATE = timedelta(hours=24)
"""How late the edition of a slot may be made; an older one would tell nobody any news."""

OLDEST = timedelta(hours=48)
"""How old the latest article of a story may be that an edition of a slot tells."""


def moment_of(day: date, slot: str, zone: ZoneInfo) -> datetime:
    """Return when a slot of a day is, in UTC.

    A time that the clock leaves out in spring comes when it would have come without the change; of a time that comes
    twice in autumn it is the first. So every slot comes once a day.
    """
    return datetime.combine(day, time.fromisoformat(slot), zone).astimezone(UTC)


def due_slots(slots: Sequence[str], zone: ZoneInfo, now: datetime) -> Iterator[tuple[datetime, date, str]]:
    """Yield moment, day and time of the slots of the last day that have passed, the earliest first."""
    today = now.astimezone(zone).date()
    days = [today - timedelta(days=back) for back in (2, 1, 0)]
    every = sorted((moment_of(day, slot, zone), day, slot) for day in days for slot in slots)
    yield from (one for one in every if now - LATE < one[0] <= now)


def next_slot(slots: Sequence[str], zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the next slot is; ``None`` where there are none."""
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=ahead) for ahead in (0, 1, 2)]
    return min((at for day in days for slot in slots if (at := moment_of(day, slot, zone)) > now), default=None)


def make_slots(parts: Parts) -> int:
    """Make the editions of slots that are due and not made; returns how many.

    Where several are, since nobody was there, the latest has all that there is to tell; the others are made empty, so
    that nothing is told late under a time of day when it was not known. An edition is stored whole or not at all.
    """
    zone, now = ZoneInfo(parts.settings.zone), parts.clock()
    made = 0
    for moment, day, slot in reversed(list(due_slots(parts.settings.slots, zone, now))):
        if parts.store.is_slot_made(day, slot, zone.key):
            continue
        last = parts.store.last_number()
        contents = parts.store.contents()
        found = [one for one in _told_since(parts, moment, last) if one.brief.id in contents]
        told = _told_before(parts, moment)
        found = [one for one in found if _is_fresh(parts, one, contents[one.brief.id], moment, told.get(one.brief.id))]
        order = by_weight(parts, now, found, contents)
        edition = Edition(day, (), slot=slot, zone=zone.key)
        made += parts.store.save_slot(edition, [one.number for one in order], moment=moment, made=now, last=last)
    return made


def _told_since(parts: Parts, moment: datetime, last: int) -> list[StoredBrief]:
    """Return the newest briefs that came after the latest edition of a slot, or in the day before the first one."""
    before = parts.store.last_in_slots()
    found = [one for one in parts.store.briefs() if one.number <= last]
    if before is not None:
        return [one for one in found if one.number > before]
    return [one for one in found if one.composed > moment - LATE]


def _told_before(parts: Parts, moment: datetime) -> dict[str, Brief]:
    """Return the brief by which the editions of slots last told each story, by the name it goes by now."""
    found: dict[str, Brief] = {}
    for brief in parts.store.told_in_slots(since=moment - timedelta(days=TOLD_DAYS)):
        found.setdefault(parts.store.current_name(brief.id) or brief.id, brief)
    return found


def _is_fresh(parts: Parts, stored: StoredBrief, contents: StoryContents, moment: datetime, told: Brief | None) -> bool:
    """Tell whether a story is of these days, and has something new where an edition told it already."""
    if contents.latest <= moment - OLDEST:
        return False
    if told is None or told.updated is None:
        return True
    name = stored.brief.id
    return story_of_name(parts, name) is not None and bool(news_of(parts, name, since=instant(told.updated)))
