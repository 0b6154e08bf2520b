"""Opening the store: one class over all shelves, its tables brought up to date, a newer database refused."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nutgraf.config import Settings
from nutgraf.errors import StoreError
from nutgraf.store.settings import configure, set_up

set_up()  # the tables can only be imported once Django is configured

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from nutgraf.store import models
from nutgraf.store.access import Access
from nutgraf.store.briefs import Briefs
from nutgraf.store.following import Following
from nutgraf.store.mailing import Mailings
from nutgraf.store.rewordings import Rewordings
from nutgraf.store.slots import Slots
from nutgraf.store.values import Counts

MIGRATION_LOCK = 0x6E757467  # any number, the same in all processes: PostgreSQL's advisory locks have no names


class Store(Briefs, Mailings, Access, Following, Rewordings, Slots):
    """The only thing that touches the database. Takes and gives frozen values; safe to use from several threads.

    Every method raises ``StoreError`` where the database cannot be used, and stores all it was given or nothing.
    """

    def counts(self) -> Counts:
        """Return how much is stored."""
        with self._reading():
            return Counts(
                sources=models.Source.objects.using(self.alias).count(),
                items=models.Item.objects.using(self.alias).count(),
                articles=models.Article.objects.using(self.alias).count(),
                stories=models.Story.objects.using(self.alias).filter(merged_into=None).count(),
                briefs=self._newest().count(),
                rejections=models.Rejection.objects.using(self.alias).count(),
            )


def open_store(settings: Settings, folder: Path) -> Store:
    """Open the store of a folder and bring its tables up to date.

    Raises ``StoreError`` where the folder cannot be written, the file is no database, the server does not answer, or a
    newer version of the program wrote it.
    """
    alias = configure(settings, folder)
    store = Store(alias, _name_of(settings.database, folder))
    if settings.database.startswith("sqlite:") and not Path(store.name).parent.is_dir():
        raise StoreError(str(Path(store.name).parent), "is not a folder", "Run nutgraf init there first")
    with store._reading(), _one_at_a_time(store, folder):
        _migrate(store)
    return store


def _name_of(database: str, folder: Path) -> str:
    if database.startswith("sqlite:"):
        return str(folder / database.removeprefix("sqlite:"))
    scheme, _, rest = database.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"  # without the password


def _migrate(store: Store) -> None:
    executor = MigrationExecutor(connections[store.alias])
    known = set(executor.loader.disk_migrations)
    newer = sorted(
        name for app, name in executor.loader.applied_migrations if app == "store" and (app, name) not in known
    )
    if newer:
        raise StoreError(
            store.name,
            f"was written by a newer version of nutgraf (it has {newer[-1]})",
            "Use that version, or restore a copy from before",
        )
    plan = [target for target in executor.loader.graph.leaf_nodes() if target[0] == "store"]
    if executor.migration_plan(plan):
        executor.migrate(plan)


@contextmanager
def _one_at_a_time(store: Store, folder: Path) -> Iterator[None]:
    """Let one process at a time bring the tables up to date."""
    connection = connections[store.alias]
    if connection.vendor == "sqlite":
        with _locked(folder / "migration.lock"):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        handle = path.open("w")
    except OSError as error:
        raise StoreError(
            str(path.parent), f"cannot be written ({error.strerror})", "Make the folder writable"
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
