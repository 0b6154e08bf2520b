"""A process is ended in mid-run, or another one works at the same time: nothing is lost, doubled or half stored."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from nutgraf.config import Settings
from nutgraf.store.database import Store, open_store
from tests.store.writer import PER_POLL, work

POLLS = 4


def start(folder: Path, database: str, source: str = "harbour") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(folder), source, str(POLLS)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NUTGRAF_DATABASE": database, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def kill_after(process: "subprocess.Popen[str]", lines: int) -> None:
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()


def sound(store: Store) -> bool:
    """Tell whether the database is whole, and no source claims to be more current than its items."""
    connection = connections[store.alias]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    return all(
        one.items == (int(one.validators.etag) + 1 if one.validators.etag else 0) * PER_POLL for one in store.sources()
    )


def kill_and_resume(settings: Settings, folder: Path, database: str, rounds: int, seed: int) -> Store:
    chance = random.Random(seed)
    for _ in range(rounds):
        kill_after(start(folder, database), chance.randrange(1, POLLS * PER_POLL // 2))
        store = open_store(settings, folder)
        assert sound(store)
        assert all(one.brief.articles for one in store.briefs())
    os.environ["NUTGRAF_DATABASE"] = database
    try:
        work(folder, "harbour", POLLS)
    finally:
        del os.environ["NUTGRAF_DATABASE"]
    return store


def test_a_run_that_was_killed_is_taken_up_without_loss(settings: Settings, tmp_path: Path, database: str) -> None:
    store = kill_and_resume(settings, tmp_path, database, rounds=3, seed=1)
    counts = store.counts()
    assert (counts.items, counts.articles, counts.stories, counts.briefs) == (POLLS * PER_POLL,) * 4
    store.close()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_two_hundred_kills_lose_nothing(settings: Settings, tmp_path: Path, database: str) -> None:
    for seed in range(50):
        folder = tmp_path / str(seed)
        folder.mkdir()
        kill_and_resume(settings, folder, database, rounds=4, seed=seed).close()


def test_two_processes_work_on_one_database_from_its_first_moment(
    settings: Settings, tmp_path: Path, database: str
) -> None:
    both = [start(tmp_path, database, source) for source in ("harbour", "agency")]
    for process in both:
        output, _ = process.communicate()
        assert process.returncode == 0
        assert output.endswith("done\n")
    store = open_store(settings, tmp_path)
    assert sound(store)
    assert store.counts().articles == 2 * POLLS * PER_POLL
    store.close()
