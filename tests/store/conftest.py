"""Every test that asks for ``store`` runs on SQLite and on PostgreSQL."""

import os
import pwd
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from nutgraf.config import Settings, load_settings
from nutgraf.store.database import Store, open_store

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SERVER_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


def _as_server_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: root runs it as the user that its package makes."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A server of its own, on a socket in a temporary folder; gives the address of its database for maintenance."""
    assert BINARIES, "the store's tests need PostgreSQL: apt-get install postgresql"
    binaries = BINARIES[-1]
    folder = Path(mkdtemp(prefix="nutgraf-postgresql-", dir="/tmp"))  # short: a socket's path has at most 107 bytes
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    run = _as_server_user()
    subprocess.run(
        [binaries / "initdb", "-D", folder / "data", "-U", "nutgraf", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        check=True,
        capture_output=True,
        **run,
    )
    options = " ".join(f"-c {setting}" for setting in (*SERVER_SETTINGS, f"unix_socket_directories={folder}"))
    control = [binaries / "pg_ctl", "-D", folder / "data", "-w"]
    subprocess.run(
        [*control, "-o", options, "-l", folder / "log", "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **run,
    )
    try:
        yield f"postgresql://nutgraf@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, **run)
        shutil.rmtree(folder)


def new_database(maintenance: str) -> str:
    """Make an empty schema, which serves as well as a database and is made faster; returns its address."""
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{maintenance}&options=-csearch_path%3D{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The setting of an empty database, of each kind."""
    if request.param == "sqlite":
        return "sqlite:nutgraf.sqlite3"
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    return load_settings(tmp_path, {"NUTGRAF_DATABASE": database})


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> Iterator[Store]:
    store = open_store(settings, tmp_path)
    yield store
    store.close()


@pytest.fixture
def another(settings: Settings, tmp_path: Path, store: Store) -> Iterator[Store]:
    """A second store over the same database, as another process has it."""
    from django.db import connections

    connections.settings["another"] = {**connections.settings[store.alias]}
    other = Store("another", store.name)
    yield other
    other.close()
    del connections["another"], connections.settings["another"]
