"""Searching the briefs: SQLite's and PostgreSQL's own full-text indexes over the same tokens, with the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from nutgraf.contract import brief_from_record
from nutgraf.model import Brief
from nutgraf.ports import Question
from nutgraf.store.shelf import Shelf
from nutgraf.store.tokens import EVERY, mark, marks_of, text_of, tokens

TABLE = "store_search"

_MAKE = {
    "sqlite": [f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, tokenize = 'ascii')"],
    "postgresql": [
        f"CREATE TABLE {TABLE} (rowid bigint PRIMARY KEY, words text NOT NULL, lexemes tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_lexemes ON {TABLE} USING gin (lexemes)",
    ],
}


class Search(Shelf):
    """Finds the newest briefs by their words, outlets, topics, persons and days."""

    def _index(self, brief: Brief, number: int, *, earlier: Iterable[int]) -> None:
        """Put a brief into the index under its number, and take out its story's earlier ones."""
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            take_out(cursor, earlier)
            put(cursor, connection.vendor, brief, number)

    def found(self, question: Question, *, limit: int, before: int | None = None) -> Sequence[int]:
        """Return the numbers of the newest briefs that answer, the newest first; those under ``before`` alone."""
        with self._reading():
            connection = connections[self.alias]
            asked, given = _asked(question, connection.vendor)
            sql = f"SELECT s.rowid FROM {TABLE} s"
            days, of_days = _days(question, connection)
            if days:
                sql += " JOIN store_brief b ON b.id = s.rowid"
            sql += f" WHERE {asked}"
            for phrase in question.phrases:
                sql += " AND s.words LIKE %s"
                given.append(f"% {' '.join(tokens(phrase))} %")
            with connection.cursor() as cursor:
                if days:
                    # The index of words does not know days; numbers, which go by age, keep it from reading all others.
                    cursor.execute(f"SELECT MIN(b.id), MAX(b.id) FROM store_brief b WHERE {days}", of_days)
                    sql += f" AND {days} AND s.rowid BETWEEN %s AND %s"
                    given += [*of_days, *(number or 0 for number in cursor.fetchone())]
                if before is not None:
                    sql += " AND s.rowid < %s"
                    given.append(before)
                cursor.execute(f"{sql} ORDER BY s.rowid DESC LIMIT %s", [*given, limit])
                return [row[0] for row in cursor.fetchall()]


def take_out(cursor: Any, numbers: Iterable[int]) -> None:
    """Take briefs out of the index; ``cursor`` is a database cursor."""
    for number in numbers:
        cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [number])


def put(cursor: Any, vendor: str, brief: Brief, number: int) -> None:
    """Write one brief's tokens; ``cursor`` is a database cursor."""
    told, marks = tokens(text_of(brief)), marks_of(brief)
    words = f" {' '.join([*told, '0', *marks])} "
    columns = "rowid, words"
    values: list[Any] = [number, words]
    places = "%s, %s"
    if vendor == "postgresql":
        columns, places = f"{columns}, lexemes", f"{places}, array_to_tsvector(%s)"
        values.append(sorted({*told, *marks}))
    cursor.execute(f"INSERT INTO {TABLE} ({columns}) VALUES ({places})", values)


def _days(question: Question, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
    """Return the condition of a question's days, empty where it names none, with what it is given."""
    midnight = partial(datetime.combine, time=time(), tzinfo=UTC)
    bounds = [("b.composed >= %s", midnight(question.since))] if question.since else []
    bounds += [("b.composed < %s", midnight(question.until) + timedelta(days=1))] if question.until else []
    given = [connection.ops.adapt_datetimefield_value(moment) for _, moment in bounds]
    return " AND ".join(asked for asked, _ in bounds), given


def _asked(question: Question, vendor: str) -> tuple[str, list[Any]]:
    """Return the condition of a question's words in the database's own language, with what it is given."""
    must = [(token, False) for word in question.words for token in tokens(word)]
    must += [(token, False) for phrase in question.phrases for token in tokens(phrase)]
    for start in question.beginnings:
        *whole, last = tokens(start) or [EVERY]
        must += [*((token, False) for token in whole), (last, True)]
    must += [(mark("outlet", question.outlet), False)] if question.outlet else []
    must += [(mark("topic", question.topic), False)] if question.topic else []
    must += [(mark("person", question.person), False)] if question.person else []
    without = [token for word in question.without for token in tokens(word)]
    must = list(dict.fromkeys(must)) or [(EVERY, False)]
    if vendor == "sqlite":
        query = " AND ".join(f'"{token}"{" *" if begins else ""}' for token, begins in must)
        query += "".join(f' NOT "{token}"' for token in without)
        return f"{TABLE} MATCH %s", [query]
    query = " & ".join(f"'{token}'{':*' if begins else ''}" for token, begins in must)
    query += "".join(f" & !'{token}'" for token in without)
    return "s.lexemes @@ %s::tsquery", [query]


def make_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index and put every story's newest brief into it (a step of a migration)."""
    with editor.connection.cursor() as cursor:
        for statement in _MAKE[editor.connection.vendor]:
            cursor.execute(statement)
    briefs = apps.get_model("store", "Brief")._default_manager.using(editor.connection.alias)
    for number, record in briefs.filter(newest=True).order_by("pk").values_list("pk", "record").iterator():
        with editor.connection.cursor() as cursor:
            put(cursor, editor.connection.vendor, brief_from_record(record, name="stored brief"), number)


def drop_index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away (a step of a migration backwards)."""
    with editor.connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")
