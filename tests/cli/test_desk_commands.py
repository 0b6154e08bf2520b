"""A folder with a database: init, add, poll, list, why, serve."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.commands import BRIDGE, FAIR, ROOT, lines, nutgraf, page


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a desk that was given a folder of three pages and one that is no article."""
    saved = tmp_path / "saved"
    saved.mkdir()
    for number, report in enumerate((*BRIDGE, FAIR)):
        (saved / f"{number}.html").write_text(page(report, hour=number + 5), encoding="utf-8")
    (saved / "menu.html").write_text("<html><body><a href='/'>Home</a></body></html>", encoding="utf-8")
    folder = tmp_path / "desk"
    assert nutgraf("init", str(folder)).returncode == 0
    added = nutgraf("add", str(saved), "--folder", str(folder))
    assert added.returncode == 0, added.stderr
    return folder


@pytest.fixture
def polled(desk: Path) -> Path:
    done = nutgraf("poll", "--folder", str(desk))
    assert done.returncode == 0, done.stderr
    assert "3 articles read" in done.stdout
    return desk


def test_a_desk_that_polled_lists_what_it_holds(polled: Path) -> None:
    def listed(what: str) -> list[dict[str, object]]:
        return lines(nutgraf("list", what, "--json", "--folder", str(polled)).stdout)

    assert [source["kind"] for source in listed("sources")] == ["folder"]
    assert len(listed("articles")) == 3
    assert sorted(story["articles"] for story in listed("stories")) == [1, 2]
    assert {brief["outlets"] for brief in listed("briefs")} == {1, 2}
    assert [rejection["rejected"] for rejection in listed("rejections")] == ["no-article"]


def test_listings_are_tables_for_a_person(polled: Path) -> None:
    done = nutgraf("list", "articles", "--folder", str(polled))
    assert all(title in done.stdout for _, _, title, _ in (*BRIDGE, FAIR))


def test_why_says_in_which_story_an_article_is_and_which_lines_cite_it(polled: Path) -> None:
    articles = lines(nutgraf("list", "articles", "--json", "--folder", str(polled)).stdout)
    ledger = next(article for article in articles if article["outlet"] == "Harbour Ledger")
    told = json.loads(nutgraf("why", ledger["id"], "--json", "--folder", str(polled)).stdout)
    assert told["article"]["story"]
    assert told["article"]["cited_by"]
    assert nutgraf("why", told["article"]["story"], "--folder", str(polled)).stdout.startswith("Story ")


def test_why_says_what_was_dropped_and_for_what_reason(polled: Path) -> None:
    rejection = lines(nutgraf("list", "rejections", "--json", "--folder", str(polled)).stdout)[0]
    done = nutgraf("why", rejection["subject"], "--folder", str(polled))
    assert "Dropped (no-article)" in done.stdout


def test_why_of_something_unknown_is_a_clear_message(desk: Path) -> None:
    done = nutgraf("why", "nothing", "--folder", str(desk))
    assert done.returncode == 1
    assert "nothing: is unknown here" in done.stderr


def test_polling_again_brings_nothing_twice(polled: Path) -> None:
    before = nutgraf("list", "briefs", "--json", "--folder", str(polled)).stdout
    assert nutgraf("poll", "--folder", str(polled)).returncode == 0
    assert nutgraf("list", "briefs", "--json", "--folder", str(polled)).stdout == before


def test_a_folder_without_a_desk_says_how_to_make_one(tmp_path: Path) -> None:
    done = nutgraf("poll", "--folder", str(tmp_path))
    assert done.returncode == 1
    assert "nutgraf init" in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = nutgraf("init", str(tmp_path / "file" / "desk"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_what_is_no_source_is_named_and_the_rest_is_added(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    done = nutgraf("add", "no-such-thing", str(tmp_path / "more"), "--folder", str(desk))
    assert done.returncode == 1
    assert "no-such-thing" in done.stderr
    assert str(tmp_path / "more") in done.stdout


def test_the_site_is_served_until_it_is_told_to_stop(polled: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NUTGRAF_LISTEN": "127.0.0.1:0"}
    command = [sys.executable, "-m", "nutgraf", "serve", "--folder", str(polled)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        with urllib.request.urlopen(f"{address}/", timeout=20) as answer:
            shown = answer.read().decode()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert "Sel" in shown
