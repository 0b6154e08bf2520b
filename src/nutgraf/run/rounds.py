"""The whole way once, and over and over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event
from zoneinfo import ZoneInfo

from nutgraf.run.following import PushReport, push_notices
from nutgraf.run.grouping import GroupReport, group
from nutgraf.run.mailing import MailReport, mail_due
from nutgraf.run.parts import Parts, Progress, silent
from nutgraf.run.photos import fetch_photos
from nutgraf.run.polling import PollReport, poll
from nutgraf.run.reading import ReadReport, read_items
from nutgraf.run.slots import make_slots, next_slot
from nutgraf.run.telling import ComposeReport, compose, day_of, find_claims, make_edition

LONGEST_REST = timedelta(minutes=5)
"""A source that another process adds is seen after this at the latest."""

SHORTEST_REST = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleReport:
    """What one round came to. ``claims`` counts the articles whose claims were found, ``photos`` new pictures.

    ``mailed`` and ``pushed`` are of rounds that keep going; a round by itself sends nothing.
    """

    polled: PollReport
    read: ReadReport
    grouped: GroupReport
    claims: int
    composed: ComposeReport
    photos: int
    mailed: MailReport = MailReport()
    pushed: PushReport = PushReport()


def cycle(parts: Parts, *, only_due: bool = True, progress: Progress = silent) -> CycleReport:
    """Go the whole way once: poll, read, group, find claims, compose, make editions, fetch photos.

    Every step stores what it did before the next one begins and takes up what an earlier run left: ended anywhere and
    run again, nothing is lost or doubled.
    """
    polled = poll(parts, only_due=only_due, progress=progress)
    read = read_items(parts, progress=progress)
    grouped = group(parts, progress=progress)
    found = find_claims(parts, progress=progress)
    composed = compose(parts, progress=progress)
    make_editions(parts, composed)
    make_slots(parts)
    photos = fetch_photos(parts, progress=progress)
    return CycleReport(polled=polled, read=read, grouped=grouped, claims=found, composed=composed, photos=photos)


def make_editions(parts: Parts, composed: ComposeReport) -> None:
    """Make the editions of today and of all days that composed briefs belong to."""
    for day in sorted({*composed.days, day_of(parts, parts.clock())}):
        make_edition(parts, day)


class _Stopped(Exception):
    """The run was told to stop in the middle of a round."""


def keep_running(
    parts: Parts,
    *,
    stop: Event,
    progress: Progress = silent,
    report: Callable[[CycleReport], None] = lambda report: None,
) -> None:
    """Go round until ``stop`` is set, resting until the next source is due; ``report`` is told of each round.

    A round that is under way is left at its next step; the next run takes it up there.
    """

    def until_stopped(step: str, done: int, total: int, subject: str) -> None:
        progress(step, done, total, subject)
        if stop.is_set():
            raise _Stopped

    while not stop.is_set():
        try:
            done = cycle(parts, progress=until_stopped)
            mailed = mail_due(parts, progress=until_stopped)
            report(replace(done, mailed=mailed, pushed=push_notices(parts)))
        except _Stopped:
            return
        stop.wait(_rest(parts).total_seconds())


def _rest(parts: Parts) -> timedelta:
    now = parts.clock()
    due = parts.store.next_due(now=now)
    slot = next_slot(parts.settings.slots, ZoneInfo(parts.settings.zone), now)
    until = min((at - now for at in (due, slot) if at), default=LONGEST_REST)
    return max(SHORTEST_REST, min(until, LONGEST_REST))
