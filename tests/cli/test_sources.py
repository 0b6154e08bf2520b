import json
from pathlib import Path

from typer.testing import CliRunner

from nutgraf.cli import app
from nutgraf.desk import init_desk, open_desk
from nutgraf.model import Source, SourceKind
from nutgraf.store.values import Poll
from tests.newsroom import START

NAMES = ("calm", "closed")


def desk_of(folder: Path) -> None:
    """Make a desk of one source that was never asked and one that refuses us."""
    init_desk(folder)
    feeds = [Source(id=name, kind=SourceKind.FEED, address=f"https://{name}.example/feed") for name in NAMES]
    with open_desk(folder) as desk:
        desk.store.add_sources(feeds, now=START)
        desk.store.save_poll(
            Poll(source="closed", asked=START, next_due=START, error="closed.example refuses", reason="forbidden")
        )


def test_sources_are_told_the_worst_first_with_what_they_said(tmp_path: Path) -> None:
    desk_of(tmp_path)
    answer = CliRunner().invoke(app, ["sources", "-C", str(tmp_path), "--json"])
    records = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [(one["id"], one["state"]) for one in records] == [("closed", "blocked"), ("calm", "new")]
    assert records[0]["told"] == "closed.example refuses"


def test_the_table_ends_with_how_many_are_silent(tmp_path: Path) -> None:
    desk_of(tmp_path)
    answer = CliRunner().invoke(app, ["sources", "-C", str(tmp_path)])
    assert answer.stdout.splitlines()[-1] == "1 of 2 sources silent today."


def test_a_desk_without_sources_says_so(tmp_path: Path) -> None:
    init_desk(tmp_path)
    assert "No sources yet" in CliRunner().invoke(app, ["sources", "-C", str(tmp_path)]).stdout
