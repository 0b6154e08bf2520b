"""Polling many feeds of a real server in another process: cold, when nothing changed, and thousands of them at once.

``python -m bench.sources poll FOLDER`` polls all sources of a desk once and says what it came to.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from eval.measures import WORK

from bench.processes import ROOT, Cost, python, run
from nutgraf.desk import init_desk, open_desk
from nutgraf.model import Source, SourceKind
from nutgraf.run import poll
from nutgraf.sources import source_id

FEEDS, ENTRIES = 200, 50
MANY, FEW, HOSTS = 5000, 5, 500

COLD, UNCHANGED, MEMORY = 20.0, 5.0, 300.0
"""What 200 feeds may take at most: seconds for the first poll and for one that brings nothing, megabytes."""


def sources(_: Path) -> None:
    """Poll 200 feeds of 50 entries cold, with and without validators again, then 5,000 feeds of 500 hosts."""
    with _serving(ENTRIES) as port:
        for query, name in (("", "asked with validators"), ("?plain", "server without validators")):
            folder = _desk(
                f"bench-desk{query[1:]}", [f"http://127.0.0.1:{port}/feed/f{n}{query}" for n in range(FEEDS)]
            )
            _show(f"poll {FEEDS} feeds cold", FEEDS, _poll(folder), COLD, MEMORY)
            _show(f"  unchanged, {name}", FEEDS, _poll(folder), UNCHANGED, MEMORY)
    with _serving(FEW) as port:
        folder = _desk(
            "bench-desk-many",
            [f"http://127.0.{n % HOSTS // 250}.{n % HOSTS % 250 + 1}:{port}/feed/f{n}" for n in range(MANY)],
        )
        _show(f"poll {MANY} feeds of {HOSTS} hosts cold", MANY, _poll(folder), None, None)
        _show("  unchanged", MANY, _poll(folder), None, None)
        with urlopen(f"http://127.0.0.1:{port}/most") as answer:
            print(f"  requests to one host in flight at once, at most: {answer.read().decode()}")
        _show_due(folder)


def _show(name: str, items: int, cost: Cost, seconds: float | None, memory: float | None) -> None:
    print(f"{name:40}{items:6d}{cost.wall:9.1f}{cost.cpu:9.1f}{items / cost.cpu:9.1f}{cost.peak_mb:9.0f}", end="")
    if seconds is not None and memory is not None:
        held = cost.wall < seconds and cost.peak_mb < memory
        print(f"   {'holds' if held else 'FAILS'}: under {seconds:.0f} s and {memory:.0f} MB", end="")
    print(flush=True)


def _show_due(folder: Path) -> None:
    with open_desk(folder) as desk:
        started = time.process_time()
        due = desk.store.due_sources(now=desk.clock().replace(year=desk.clock().year + 1))
        took = time.process_time() - started
        started = time.process_time()
        none = desk.store.due_sources(now=desk.clock())
        print(
            f"  finding which of {MANY} are due: {took * 1000:.0f} ms where {len(due)} are, "
            f"{(time.process_time() - started) * 1000:.0f} ms where {len(none)} are"
        )


def _desk(name: str, addresses: list[str]) -> Path:
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    init_desk(folder)
    (folder / "nutgraf.toml").write_text('allow = ["127.0.0.0/8"]\n', encoding="utf-8")
    feeds = [Source(id=source_id(SourceKind.FEED, one), kind=SourceKind.FEED, address=one) for one in addresses]
    with open_desk(folder) as desk:
        desk.store.add_sources(feeds, now=desk.clock())
    return folder


def _poll(folder: Path) -> Cost:
    return run(python("-m", "bench.sources", "poll", str(folder)), output=WORK / "bench-poll.txt", one_core=False)


@contextmanager
def _serving(entries: int) -> Iterator[int]:
    server = subprocess.Popen(python("-m", "bench.outlets", str(entries)), stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def main(folder: Path) -> int:
    """Poll all sources of a desk, due or not; says how it went."""
    with open_desk(folder) as desk:
        report = poll(desk, only_due=False)
    print(f"{report.answered} answered, {report.unchanged} unchanged, {report.new_items} new")
    for failure in report.failed[:5]:
        print(failure.problem)
    return len(report.failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["poll"]:
        sys.exit(min(main(Path(sys.argv[2])), 1))
    WORK.mkdir(exist_ok=True)
    sources(Path())
