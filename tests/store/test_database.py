import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.db import connections

from nutgraf.config import Settings, load_settings
from nutgraf.errors import StoreError
from nutgraf.store.database import Store, open_store
from nutgraf.store.settings import KEY_FILE, configure, make_key
from tests.store.examples import NOON, an_article

FILE = "nutgraf.sqlite3"


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may write everywhere; for a while, be nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def settings_of(folder: Path, database: str = f"sqlite:{FILE}") -> Settings:
    return load_settings(folder, {"NUTGRAF_DATABASE": database})


def test_an_empty_database_gets_its_tables(store: Store) -> None:
    assert store.counts().articles == 0
    assert store.latest_edition() is None
    assert store.topics(limit=9) == ()


def test_a_store_that_is_opened_again_has_what_it_had(store: Store, settings: Settings, tmp_path: Path) -> None:
    store.save_article(an_article(), arrived=NOON)
    store.close()
    assert open_store(settings, tmp_path).counts().articles == 1


def test_two_stores_of_one_process_are_apart(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = open_store(settings, tmp_path), open_store(settings_of(tmp_path / "other"), tmp_path / "other")
    other.save_article(an_article(), arrived=NOON)
    assert (one.counts().articles, other.counts().articles) == (0, 1)
    assert configure(settings, tmp_path) == one.alias
    one.close()
    other.close()


def test_the_tables_are_those_of_the_migrations() -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)


def test_a_database_of_a_newer_version_is_refused(store: Store, settings: Settings, tmp_path: Path) -> None:
    with connections[store.alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')"
        )
    with pytest.raises(StoreError, match=r"newer version of nutgraf \(it has 9999_later\)"):
        open_store(settings, tmp_path)


def test_sqlite_waits_for_others_and_keeps_its_references(tmp_path: Path) -> None:
    store = open_store(settings_of(tmp_path), tmp_path)
    with connections[store.alias].cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] >= 10_000
    store.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("Dear diary, " * 500)
    with pytest.raises(StoreError, match=f"{FILE}.*not a database.*restore a copy"):
        open_store(settings_of(tmp_path), tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere: is not a folder"):
        open_store(settings_of(tmp_path / "nowhere"), tmp_path / "nowhere")


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o555)
        with as_somebody_else(), pytest.raises(StoreError, match="Make the folder writable"):
            open_store(settings_of(folder), folder)
        folder.chmod(0o755)


def test_a_database_that_cannot_be_written_is_named() -> None:
    with TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        store = open_store(settings_of(folder), folder)
        store.close()
        folder.chmod(0o777)  # the folder may be written, the database may not
        for file in folder.iterdir():
            file.chmod(0o444)
        with as_somebody_else(), pytest.raises(StoreError, match="writable"):
            store.save_article(an_article(), arrived=NOON)
        store.close()


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "postgresql://me:hush@127.0.0.1:1/news")
    with pytest.raises(StoreError, match="Check that the server runs") as caught:
        open_store(settings, tmp_path)
    assert caught.value.subject == "postgresql://127.0.0.1:1/news"
    assert "hush" not in str(caught.value)


def test_an_address_without_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="names no database"):
        open_store(settings_of(tmp_path, "postgresql://me@localhost"), tmp_path)


FILL = """
import os, resource, sys
from pathlib import Path
from nutgraf.config import load_settings
from nutgraf.errors import StoreError
from nutgraf.store.database import open_store
from tests.store.examples import NOON, an_article

folder = Path(sys.argv[1])
store = open_store(load_settings(folder, {}), folder)
size = max(path.stat().st_size for path in folder.iterdir())  # the log of changes is a file of its own
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 400_000, size + 400_000))
try:
    for number in range(100):
        store.save_article(an_article(str(number) * 20_000, url=f"https://harbour.example/{number}"), arrived=NOON)
        print(number, flush=True)
except StoreError as error:
    sys.exit(str(error))
"""


def test_a_full_disk_is_named_and_loses_nothing_stored(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 1
    assert "Make room on the disk" in done.stderr
    store = open_store(settings_of(tmp_path), tmp_path)
    assert store.counts().articles == len(done.stdout.split()) > 0
    store.close()


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    make_key(tmp_path)
    key = (tmp_path / KEY_FILE).read_text()
    make_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_text() == key
    assert len(key) > 50
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
