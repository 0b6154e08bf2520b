"""Telling whether anything was stored since: one cheap question, so that pages can be kept while nothing changes."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from django.db import connections


class Revisions:
    """Gives a value that stays the same as long as nobody, in any process, has written to the database.

    SQLite counts the commits of others for each connection, so this keeps one of its own, which never writes;
    PostgreSQL tells the place in its log. The value means nothing else, and two stores' values cannot be compared.
    """

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._lock = threading.Lock()
        self._watch: sqlite3.Connection | None = None
        self._opened = 0  # what a connection counts starts anew with it

    def now(self) -> str:
        """Return the present value. Raises ``DatabaseError`` or ``sqlite3.Error`` where the database cannot be used."""
        connection = connections[self._alias]
        if connection.vendor == "sqlite":
            return self._of_sqlite(Path(str(connection.settings_dict["NAME"])))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            return str(cursor.fetchone()[0])

    def _of_sqlite(self, path: Path) -> str:
        with self._lock:
            if self._watch is None:
                self._watch = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
                self._opened += 1
            return f"{self._opened}.{self._watch.execute('PRAGMA data_version').fetchone()[0]}"

    def close(self) -> None:
        """Close what is open; the next question opens it again, and is answered with another value."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
