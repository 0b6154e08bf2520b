"""When to ask again: after an answer, after a failure, and when a server asks for time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from nutgraf.errors import FetchError, RefusedAddress
from nutgraf.net.fetcher import CHALLENGE
from nutgraf.store.values import Rhythm

SHORTEST = timedelta(minutes=10)
"""No source is asked again sooner, however often it brings something."""

LONGEST = timedelta(hours=24)
"""No answer and no failure keeps a source from being asked for longer."""

LAST_TRY = 5
"""A page that failed so often is given up: with the ladder of half an hour that is after about 15 hours."""

GONE = 410
FOR_GOOD = {401, 402, 403, 404, 405, 406, GONE, 451}
"""Answers about one page that another try does not change."""


RECENT = 20
"""Items that a source's rhythm is taken from: about two days of a small paper, a week of a quiet one."""

FEWEST = 4
"""Items below which a source has no rhythm yet."""


def rhythm_of(moments: Iterable[datetime]) -> Rhythm | None:
    """Return the rhythm of items of these moments; ``None`` where they are too few, or all of one moment.

    Of the most recent ones, without the longest gap between two: it belongs to an old item that stays on top, or to
    a holiday.
    """
    recent = sorted(moments, reverse=True)[:RECENT]
    gaps = sorted(later - earlier for later, earlier in pairwise(recent))[:-1]
    if len(recent) < FEWEST or not gaps[-1]:
        return None
    return Rhythm(every=sum(gaps, timedelta()) / len(gaps), longest=gaps[-1])


def after_answer(
    asked: datetime, *, pause: timedelta, rhythm: Rhythm | None, newest: datetime | None, asks: float | None
) -> datetime:
    """Return when to ask again: twice as often as the source brings something, more rarely once it falls quiet.

    ``pause`` is for a source without a rhythm. It is never earlier than it ``asks`` for (seconds; its cache headers,
    the hints of its feed), nor sooner than ``SHORTEST`` or later than ``LONGEST``.
    """
    own = pause
    if rhythm is not None:
        quiet = asked - newest if newest else timedelta()
        own = max(rhythm.every / 2, quiet / 8, SHORTEST)
    return asked + min(max(own, _seconds(asks)), LONGEST)


def after_failure(asked: datetime, *, pause: timedelta, failures: int, retry_after: float | None = None) -> datetime:
    """Return when to ask again after ``failures`` in a row: twice as late each time; never before ``retry_after``."""
    ladder: timedelta = min(pause * 2 ** min(max(failures - 1, 0), 20), LONGEST)
    return asked + max(ladder, min(_seconds(retry_after), LONGEST))


def _seconds(given: float | None) -> timedelta:
    """Return what a server gives as a length of time; nothing for what is none (negative, not a number)."""
    if given is None or not given > 0:
        return timedelta()
    return timedelta(seconds=min(given, LONGEST.total_seconds()))


def reason_of(error: FetchError) -> str:
    """Return the short word for a failure, as listings show it."""
    if isinstance(error, RefusedAddress):
        return "refused"
    if error.problem.startswith(CHALLENGE[0]):
        return "challenge"
    status = error.status
    if status is None:
        return "no-answer"
    words = {401: "forbidden", 403: "forbidden", 404: "not-found", GONE: "gone", 429: "asked-to-wait"}
    return words.get(status) or ("server-error" if status >= 500 else f"status-{status}")
