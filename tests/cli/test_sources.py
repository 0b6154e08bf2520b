import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nutgraf.cli import app
from nutgraf.cli.faring import ago, show_health
from nutgraf.desk import init_desk, open_desk
from nutgraf.errors import FetchError
from nutgraf.model import Item, Source, SourceKind
from nutgraf.run.due import reason_of
from nutgraf.sources import source_id
from nutgraf.store.health import Health, health_of
from nutgraf.store.values import Poll, Reading, Rhythm
from tests.newsroom import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def refused(address: str, status: int, problem: str) -> FetchError:
    return FetchError(address, f"{problem} (status {status})", "Ask the outlet, or remove the source", status=status)


def desk_of(folder: Path) -> None:
    """Make a desk with a source in every state."""
    init_desk(folder)
    names = ("calm", "closed", "lost", "hollow", "old", "quiet", "away", "gone", "fresh")
    feeds = {
        name: Source(id=name, kind=SourceKind.FEED, address=f"https://{name}.example/feed", name=f"The {name} paper")
        for name in names
    }
    with open_desk(folder) as desk:
        store = desk.store
        store.add_sources(feeds.values(), now=START - 100 * DAY)

        def brought(name: str, newest: datetime, *, items: int = 1, moved_to: str | None = None) -> None:
            listed = tuple(
                Item(source=name, key=f"{name}{n}", address=f"https://{name}.example/{n}", title="News")
                for n in range(items)
            )
            rhythm = Rhythm(every=HOUR, longest=5 * HOUR)
            reading = Reading(digest="", renamed={}, rhythm=rhythm, newest=newest, poll_after=None)
            store.save_poll(
                Poll(
                    source=name,
                    asked=START - HOUR / 2,
                    next_due=START + HOUR / 2,
                    items=listed,
                    reading=reading,
                    moved_to=moved_to,
                )
            )

        def failed(name: str, error: FetchError, *, gone: bool = False) -> None:
            store.save_poll(
                Poll(
                    source=name,
                    asked=START,
                    next_due=START + 12 * HOUR,
                    error=str(error),
                    reason=reason_of(error),
                    gone=gone,
                )
            )

        brought("calm", START - HOUR)
        brought("quiet", START - 3 * DAY)
        brought("old", START - 60 * DAY)
        brought("hollow", START - HOUR, items=0)
        brought("away", START - HOUR, moved_to="https://elsewhere.example/feed")
        brought("lost", START - HOUR)
        failed("lost", refused("https://lost.example/feed", 500, "has trouble on its side"))
        failed("closed", refused("https://closed.example/feed", 403, "refuses to be read"))
        failed("gone", refused("https://gone.example/feed", 410, "is gone for good"), gone=True)


def shown(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    with open_desk(folder) as desk:
        show_health(desk.store.sources(), desk.store.silent_sources(now=START), now=START)
    return capsys.readouterr().out


def test_sources_are_told_the_worst_first_with_what_they_said(tmp_path: Path) -> None:
    desk_of(tmp_path)
    answer = CliRunner().invoke(app, ["sources", "-C", str(tmp_path), "--json"])
    records = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [one["id"] for one in records][:3] == ["gone", "closed", "lost"]
    closed = records[1]
    assert closed["state"] == "blocked"
    assert "status 403" in closed["told"]
    assert closed["next_due"] == (START + 12 * HOUR).isoformat()


def test_every_state_has_a_heading_of_its_own_and_each_source_its_reason_and_next_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk_of(tmp_path)
    text = shown(tmp_path, capsys, monkeypatch, 100)
    heads = [line.split(" (")[0] for line in text.splitlines() if line[:1].isupper() and " (1) – " in line]
    assert heads == [state.value.capitalize() for state in Health]
    assert "refuses to be read (status 403)" in text
    assert "next try in 12 h" in text
    assert "not asked any more" in text
    assert "leads to https://elsewhere.example/feed since 30 min ago" in text
    assert text.splitlines()[-1] == "5 of 9 sources silent today."
    assert "1 gone, 1 blocked, 1 failing" in text
    assert "https://gone.example/feed: is gone" not in text  # its address stands above


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
def test_lines_are_no_wider_than_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    desk_of(tmp_path)
    wide = [line for line in shown(tmp_path, capsys, monkeypatch, columns).splitlines() if len(line) > max(columns, 86)]
    assert wide == []


def test_a_desk_without_sources_says_so_and_what_to_do(tmp_path: Path) -> None:
    init_desk(tmp_path)
    text = CliRunner().invoke(app, ["sources", "-C", str(tmp_path)]).stdout
    assert "No sources yet" in text
    assert "nutgraf add" in text


def test_the_command_prints_what_is_shown(tmp_path: Path) -> None:
    desk_of(tmp_path)
    answer = CliRunner().invoke(app, ["sources", "-C", str(tmp_path)])
    assert answer.exit_code == 0
    assert "silent today." in answer.stdout.splitlines()[-1]


def test_a_name_full_of_markup_is_shown_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk_of(tmp_path)
    with open_desk(tmp_path) as desk:
        (calm,) = [one for one in desk.store.sources() if one.source.id == "calm"]
        odd = replace(calm, source=replace(calm.source, name="[red]The\x1b[31m calm[/red]\npaper"))
        assert health_of(odd, now=START) is Health.HEALTHY
        show_health([odd], desk.store.silent_sources(now=START), now=START)
    text = capsys.readouterr().out
    assert "\x1b" not in text
    assert "[red]The" in text


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=20), "now"),
        (-timedelta(minutes=7), "7 min ago"),
        (timedelta(minutes=90), "in 90 min"),
        (-timedelta(hours=30), "30 h ago"),
        (-timedelta(days=60), "60 days ago"),
    ],
)
def test_moments_are_told_by_how_far_they_are(away: timedelta, words: str) -> None:
    assert ago(START + away, START) == words
    assert ago(None, START) == "never"


def test_a_long_list_is_added_with_few_words(tmp_path: Path) -> None:
    init_desk(tmp_path / "desk")
    lines = "".join(f"<outline type='rss' xmlUrl='https://s{n}.example/feed'/>" for n in range(500))
    (tmp_path / "list.opml").write_text(f"<opml version='2.0'><body>{lines}</body></opml>")
    command = ["add", str(tmp_path / "list.opml"), "-C", str(tmp_path / "desk")]
    first = CliRunner().invoke(app, command).stdout.splitlines()
    assert len(first) == 21
    assert first[-1] == "… and 480 more. 500 of 500 sources are new."
    assert CliRunner().invoke(app, command).stdout.splitlines()[-1] == "… and 480 more. 0 of 500 sources are new."


def test_feeds_are_written_as_a_list_that_can_be_added_again(tmp_path: Path) -> None:
    desk_of(tmp_path / "one")
    written = CliRunner().invoke(app, ["sources", "-C", str(tmp_path / "one"), "--opml"]).stdout
    (tmp_path / "list.opml").write_text(written, encoding="utf-8")
    init_desk(tmp_path / "two")
    CliRunner().invoke(app, ["add", str(tmp_path / "list.opml"), "-C", str(tmp_path / "two")])
    with open_desk(tmp_path / "one") as one, open_desk(tmp_path / "two") as two:
        assert [stored.source for stored in two.store.sources()] == [
            replace(stored.source, id=source_id(SourceKind.FEED, stored.source.address))
            for stored in one.store.sources()
        ]
