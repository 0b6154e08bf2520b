"""The server as a process: ready, answering, ending cleanly; and what it says where it cannot start."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import pytest

from nutgraf.desk import init_desk, open_desk
from nutgraf.errors import SettingsError
from nutgraf.web import serve, serve_in_background
from tests.samples import CAUSEWAY, DAY, EDITION, PHOTO, PHOTO_URL, SHELF, Shelf
from tests.web.conftest import settings_for

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys
from nutgraf.web import serve
from tests.samples import SHELF
from tests.web.conftest import settings_for

if __name__ == "__main__":
    serve(SHELF, settings_for(listen=sys.argv[1]), ready=lambda address: print(address, flush=True))
    print("ended", flush=True)
"""


DESK_PROGRAM = """
import sys
from pathlib import Path
from nutgraf.desk import open_desk
from nutgraf.web import serve

if __name__ == "__main__":
    with open_desk(Path(sys.argv[1]), environment={"NUTGRAF_LISTEN": "127.0.0.1:0"}) as desk:
        assert desk.store.latest_edition()  # so that a connection is open when the server starts
        serve(desk.store, desk.settings, ready=lambda address: print(address, flush=True))
        assert desk.store.latest_edition()
    print("ended", flush=True)
"""


@contextmanager
def running(program: str, argument: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, argument],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        for pipe in (process.stdout, process.stderr):
            assert pipe
            pipe.close()


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    with running(PROGRAM, "127.0.0.1:0") as process:
        yield process


def test_a_desk_with_its_database_is_served_to_many_at_once(tmp_path: Path) -> None:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={}) as desk:
        made = datetime(2026, 3, 4, 16, tzinfo=UTC)
        for brief in EDITION.briefs:
            desk.store.save_brief(brief, composed=made, composed_from="")
        numbers = {one.brief.id: one.number for one in desk.store.briefs()}
        desk.store.save_edition(DAY, [numbers[brief.id] for brief in EDITION.briefs], made=made)
        desk.store.save_photo(PHOTO_URL, PHOTO)
    with running(DESK_PROGRAM, str(tmp_path)) as process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().strip()
        paths = ["/", "/topics/", "/topic/weather/", f"/story/{CAUSEWAY.id}/", "/feed.xml", "/edition/2026-03-04/"] * 5
        with ThreadPoolExecutor(8) as pool:
            bodies = list(pool.map(lambda path: urllib.request.urlopen(address + path).read(), paths))
        assert all(b"Causeway" in body or b"Sel Island" in body for body in bodies)
        process.send_signal(SIGTERM)
        assert process.wait(timeout=20) == 0, process.stderr.read()
        assert process.stdout.read().strip() == "ended"


@pytest.mark.parametrize("signal", [SIGINT, SIGTERM], ids=["ctrl-c", "terminate"])
def test_the_server_says_when_it_is_ready_answers_and_ends_when_told(
    process: subprocess.Popen[str], signal: Signals
) -> None:
    assert process.stdout
    assert process.stderr
    address = process.stdout.readline().strip()
    with urllib.request.urlopen(f"{address}/") as answer:
        assert answer.status == 200
        assert b"Flooded Causeway" in answer.read()
    with urllib.request.urlopen(urllib.request.Request(f"{address}/feed.xml", method="HEAD")) as answer:
        assert answer.read() == b""
        assert int(answer.headers["Content-Length"]) > 1000
    process.send_signal(signal)
    assert process.wait(timeout=20) == 0
    assert process.stdout.read().strip() == "ended"
    assert process.stderr.read() == ""


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SettingsError, match=r"the port is taken\. .*another port"):
            serve(Shelf(), settings_for(listen=place))


@pytest.mark.parametrize("listen", ["nowhere", "127.0.0.1:http", "127.0.0.1:99999", "203.0.113.9:8000"])
def test_a_place_that_cannot_be_listened_on_is_told(listen: str) -> None:
    with pytest.raises(SettingsError, match="listen"):
        serve(Shelf(), settings_for(listen=listen))


def test_two_sites_can_be_served_side_by_side() -> None:
    with serve_in_background(SHELF, settings_for()) as full, serve_in_background(Shelf(), settings_for()) as empty:
        assert b"Flooded Causeway" in urllib.request.urlopen(full).read()
        assert b"still to come" in urllib.request.urlopen(empty).read()
