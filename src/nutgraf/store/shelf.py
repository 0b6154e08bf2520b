"""What all shelves of the store share: one connection, its transactions, and its errors told as ``StoreError``."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TypeVar

from django.db import Error as DatabaseError
from django.db import connections, transaction

from nutgraf.errors import StoreError
from nutgraf.model import instant
from nutgraf.store.revision import Revisions

REMEDIES: tuple[tuple[str, str], ...] = (
    ("full", "Make room on the disk and run it again; what was stored before is safe"),
    ("no space", "Make room on the disk and run it again; what was stored before is safe"),
    ("disk i/o", "Make room on the disk, or check it, and run it again; what was stored before is safe"),
    ("readonly", "Make the file and its folder writable"),
    ("read-only", "Make the database writable"),
    ("locked", "Another process holds the database; let it end, then try again"),
    ("not a database", "Move the file away and restore a copy, or run nutgraf init for a new one"),
    ("malformed", "Move the file away and restore a copy, or run nutgraf init for a new one"),
    ("unable to open", "Check that its folder exists and is writable"),
    ("no such table", "Run nutgraf init in this folder"),
    ("does not exist", 'Create it, or correct the setting "database"'),
    ("authentication", 'Correct the user or the password in the setting "database"'),
    ("connect", 'Check that the server runs, and the setting "database"'),
)
"""What to do, by a word that the database's message has."""


Key = TypeVar("Key", str, int)


def digest(text: str) -> str:
    """Return 64 hexadecimal digits that stand for ``text``, for looking up what may be too long for an index."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def batches(keys: Sequence[Key], size: int = 500) -> Iterator[Sequence[Key]]:
    """Yield keys in portions that any database takes in one question."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def moment_of(published: date | None, arrived: datetime) -> datetime:
    """Return when something was published, as far as known: never after it arrived, a bare day at noon in UTC."""
    if published is None:
        return instant(arrived)
    if not isinstance(published, datetime):
        published = datetime.combine(published, time(12), tzinfo=UTC)
    try:
        return min(instant(published), instant(arrived))
    except OverflowError:  # year 1 or 9999 with a zone that leads out of the calendar
        return instant(arrived)


class Shelf:
    """One connection to one database. ``name`` is what messages call it."""

    def __init__(self, alias: str, name: str) -> None:
        self.alias = alias
        self.name = name
        self._revisions = Revisions(alias)

    def close(self) -> None:
        """Close this thread's connection; the next use opens it again."""
        self._revisions.close()
        connections[self.alias].close()

    def revision(self) -> str:
        """Return a value that stays the same as long as nobody, in any process, has stored anything."""
        try:
            return self._revisions.now()
        except DatabaseError as error:
            raise self._told(error) from error
        except sqlite3.Error as error:
            raise self._told(DatabaseError(*error.args)) from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise self._told(error) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All that is written inside is stored together or not at all."""
        try:
            with transaction.atomic(using=self.alias):
                yield
        except DatabaseError as error:
            raise self._told(error) from error

    def _told(self, error: DatabaseError) -> StoreError:
        connection = connections[self.alias]
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        problem = " ".join(str(error).split()) or type(error).__name__
        lower = problem.lower()
        remedy = next((remedy for word, remedy in REMEDIES if word in lower), "Try again; if it stays, restore a copy")
        return StoreError(self.name, f"the database says: {problem}", remedy)
