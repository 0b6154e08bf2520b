"""How a source fares, told from its own history: what it did last, held against its own rhythm."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from nutgraf.model import SourceKind
from nutgraf.ports import Faring
from nutgraf.store.values import StoredSource


class Health(StrEnum):
    """States of a source, the one that asks most for its owner first; the first that holds is told."""

    GONE = "gone"  # said that it is gone for good (status 410); not asked any more
    BLOCKED = "blocked"  # refuses us: robots.txt, a name and password, a challenge, a guarded address
    FAILING = "failing"  # its last poll failed in any other way
    NEW = "new"  # not asked yet
    EMPTY = "empty"  # answers, and lists nothing
    STALE = "stale"  # answers, and has brought nothing for so long that it looks abandoned
    SILENT = "silent"  # answers, and has brought nothing for longer than its rhythm lets expect
    MOVED = "moved"  # answers, from another address that is not yet taken for its own
    HEALTHY = "healthy"


REPAIRED = "repaired"
"""The word kept of a source that is no XML and was read all the same: no failure, and nothing to worry about."""

BLOCKED_REASONS = frozenset(
    {"refused", "forbidden", "challenge", "challenge-page", "consent-page", "status-402", "status-451"}
)

SILENT_TIMES = 3
"""A source is silent after so many times the longest pause that it has made …"""
SILENT_AT_LEAST = timedelta(days=1)
"""… but never within a day: outlets sleep at night."""
SILENT_UNKNOWN = timedelta(days=7)
"""… and after a week where its rhythm is not known."""

STALE_TIMES = 10
STALE_AT_LEAST = timedelta(days=30)

TODAY = timedelta(days=1)
"""A failing source counts as silent for readers once it has not answered for so long."""

ON_PATHS = {SourceKind.ARCHIVE, SourceKind.FOLDER}
"""Sources on this machine: they have no rhythm, and nobody waits for their news."""


def health_of(source: StoredSource, *, now: datetime) -> Health:
    """Tell how a source fares."""
    if source.gone:
        return Health.GONE
    if source.error is not None:
        return Health.BLOCKED if source.reason in BLOCKED_REASONS else Health.FAILING
    if source.last_answered is None:
        return Health.NEW
    if source.source.kind in ON_PATHS:
        return Health.HEALTHY if source.items else Health.EMPTY
    if source.lists == 0:
        return Health.EMPTY
    quiet = quiet_for(source, now=now)
    if quiet > _patience(source, STALE_TIMES, STALE_AT_LEAST, STALE_AT_LEAST):
        return Health.STALE
    if quiet > _patience(source, SILENT_TIMES, SILENT_AT_LEAST, SILENT_UNKNOWN):
        return Health.SILENT
    return Health.HEALTHY if source.moved_to is None else Health.MOVED


def quiet_for(source: StoredSource, *, now: datetime) -> timedelta:
    """Return for how long a source has brought nothing: since its newest item, or since it was added."""
    since = source.newest or source.last_brought or source.added or now
    return max(now - since, timedelta())


def is_silent_today(source: StoredSource, *, now: datetime) -> bool:
    """Tell whether readers miss a source today, for whatever reason."""
    health = health_of(source, now=now)
    if health is Health.FAILING:
        return source.last_answered is None or now - source.last_answered > TODAY
    return health not in {Health.HEALTHY, Health.MOVED, Health.NEW}


def told(source: StoredSource, *, now: datetime) -> str:
    """Say what is the matter with a source, and what to do about it; nothing where it is well."""
    health = health_of(source, now=now)
    if source.error is not None:
        return source.error + (f" Failed {source.failures} times in a row." if source.failures > 1 else "")
    days = quiet_for(source, now=now).days
    mended = (
        "Its feed is no proper XML and was read all the same; tell the outlet." if source.reason == REPAIRED else ""
    )
    words = {
        Health.EMPTY: "It answers, but lists nothing. Check at its site whether this is still its feed.",
        Health.STALE: f"Nothing new for {days} days. Look for its new address, or remove it.",
        Health.SILENT: f"Nothing new for {max(days, 1)} days, longer than usual. See whether its site has news.",
        Health.MOVED: f"It now answers from {source.moved_to}, which becomes its address once that has held for days.",
    }
    return words.get(health, mended)


_ADDRESS = re.compile(r"https?://(?:[^\s/@]*@)?([^\s/?#]+)[^\s]*")


def faring_of(source: StoredSource, *, now: datetime) -> Faring:
    """Tell readers how a source fares; of addresses they are told the host alone."""
    health = health_of(source, now=now)
    place = source.source.address
    on_path = source.source.kind in ON_PATHS
    shown = Path(place).name if on_path else (urlsplit(place).hostname or place)
    said = told(source, now=now).removeprefix(f"{place}: ")
    led = source.moved_to or (source.earlier_addresses[-1] if source.earlier_addresses else None)
    return Faring(
        name=source.source.name or shown,
        state=health.value,
        said=_ADDRESS.sub(r"\1", said),
        answered=source.last_answered,
        brought=source.newest or source.last_brought,
        asked_again=None if health is Health.GONE else source.next_due,
        moved=urlsplit(led).hostname if led else None,
    )


def _patience(source: StoredSource, times: int, at_least: timedelta, unknown: timedelta) -> timedelta:
    return max(source.rhythm.longest * times, at_least) if source.rhythm else unknown
