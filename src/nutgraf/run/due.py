"""When to ask again: after an answer, after a failure, and when a server asks for time."""

from __future__ import annotations

from datetime import datetime, timedelta

from nutgraf.errors import FetchError, RefusedAddress

LONGEST = timedelta(hours=24)
"""No answer and no failure keeps a source from being asked for longer."""

LAST_TRY = 5
"""A page that failed so often is given up: with the ladder of half an hour that is after about 15 hours."""

GONE = 410
FOR_GOOD = {401, 402, 403, 404, 405, 406, GONE, 451}
"""Answers about one page that another try does not change."""


def after_answer(asked: datetime, *, pause: timedelta, fresh_for: float | None) -> datetime:
    """Return when to ask again: after ``pause``, later where the server says that its answer stays fresh."""
    return asked + max(pause, min(_seconds(fresh_for), LONGEST))


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
    status = error.status
    if status is None:
        return "no-answer"
    words = {401: "forbidden", 403: "forbidden", 404: "not-found", GONE: "gone", 429: "asked-to-wait"}
    return words.get(status) or ("server-error" if status >= 500 else f"status-{status}")
