"""A poll of many real feeds that is ended at any point leaves no feed that claims to be more current than it is."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from django.db import connections

from nutgraf.desk import init_desk, open_desk
from nutgraf.model import Source, SourceKind
from tests.net.server import Reply, serving
from tests.newsroom import START, PlainLanguage
from tests.run.test_polling import feed_of

FEEDS, ENTRIES, ROUNDS = 30, 8, 8


def started(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.run.poller", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def check(folder: Path) -> None:
    with open_desk(folder, environment={}, language=PlainLanguage()) as desk:
        with connections[desk.store.alias].cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
        for source in desk.store.sources():
            has = ENTRIES if source.validators.etag else 0
            assert (source.items, source.lists or 0, len(desk.store.last_reading(source.source.id).items)) == (has,) * 3
            assert bool(source.digest) == bool(source.last_answered) == bool(has)


def test_a_poll_that_is_killed_anywhere_is_whole_after_it_and_is_taken_up(tmp_path: Path) -> None:
    init_desk(tmp_path)
    (tmp_path / "nutgraf.toml").write_text('allow = ["127.0.0.1"]\n')
    entries = [(f"e{n}", f"Report {n}") for n in range(ENTRIES)]
    replies = {f"/{n}": Reply(body=feed_of(*entries), headers={"ETag": f'"{n}"'}) for n in range(FEEDS)}
    chance = random.Random(4)
    with serving(replies) as outlet:
        feeds = [Source(id=f"s{n}", kind=SourceKind.FEED, address=outlet.url(f"/{n}")) for n in range(FEEDS)]
        for _ in range(ROUNDS):
            with open_desk(tmp_path, environment={}, language=PlainLanguage()) as desk:
                for feed in feeds:
                    desk.store.remove_source(feed.id)
                desk.store.add_sources(feeds, now=START)
            process = started(tmp_path)
            assert process.stdout is not None
            for _ in range(chance.randrange(FEEDS)):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
            check(tmp_path)
        process = started(tmp_path)
        output, _ = process.communicate()
        assert output.endswith("done\n")
    with open_desk(tmp_path, environment={}, language=PlainLanguage()) as desk:
        assert desk.store.counts().items == FEEDS * ENTRIES
        assert all(source.error is None and source.validators.etag for source in desk.store.sources())
