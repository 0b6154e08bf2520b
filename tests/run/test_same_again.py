"""The same feed again changes nothing: the whole poll with its store, over any feed that can be made up."""

import json
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.model import Source, SourceKind
from nutgraf.sources import Feed, read_feed
from tests.newsroom import Clock, Outlets, PlainLanguage

Entry = dict[str, str]
FIELDS = ("guid", "link", "title", "date", "text")

short = st.text(alphabet="ab /:?#&=.é\u202e\x08<", max_size=8)
entries = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "guid": short | st.sampled_from(["1", "2", "https://w.example/1", "http://w.example/1/", "/1"]),
            "link": st.sampled_from(["/1", "/2", "https://w.example/1?utm_source=x", "https://w.example/2", "x:y", ""])
            | short,
            "title": short | st.sampled_from(["Ferry aground", "Ferry runs aground", "Weather"]),
            "date": st.sampled_from(
                ["Sat, 14 Mar 2026 08:00:00 GMT", "2026-03-14", "2027-01-01T00:00:00Z", "soon", "03/04/2026"]
            ),
            "text": short,
        },
    ),
    max_size=6,
)


def rss(listed: Sequence[Entry], more: str) -> bytes:
    names = {"guid": "guid", "link": "link", "title": "title", "date": "pubDate", "text": "description"}
    items = "".join(
        "<item>" + "".join(f"<{names[one]}>{escape(entry[one])}</{names[one]}>" for one in entry) + "</item>"
        for entry in listed
    )
    return f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss><!--{more}-->".encode()


def atom(listed: Sequence[Entry], more: str) -> bytes:
    def field(name: str, value: str) -> str:
        if name == "link":
            return f'<link href="{escape(value, {chr(34): "&quot;"})}"/>'
        tag = {"guid": "id", "title": "title", "date": "updated", "text": "summary"}[name]
        return f"<{tag}>{escape(value)}</{tag}>"

    parts = "".join(f"<entry>{''.join(field(*one) for one in entry.items())}</entry>" for entry in listed)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title>{parts}</feed><!--{more}-->".encode()


def as_json(listed: Sequence[Entry], more: str) -> bytes:
    names = {"guid": "id", "link": "url", "title": "title", "date": "date_published", "text": "content_text"}
    items = [{names[one]: value for one, value in entry.items()} for entry in listed]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "W", "items": items, "x": more}).encode()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Outlets, Clock]]:
    folder: Path = tmp_path_factory.mktemp("same") / "desk"
    init_desk(folder)
    outlets, clock = Outlets(), Clock()
    with open_desk(folder, environment={}, clock=clock, fetcher=outlets, language=PlainLanguage()) as desk:
        yield desk, outlets, clock


numbers = count()


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listed=entries, write=st.sampled_from([rss, atom, as_json]), times=st.integers(1, 3))
def test_the_same_entries_again_change_nothing(
    newsroom: tuple[Desk, Outlets, Clock], listed: list[Entry], write: object, times: int
) -> None:
    desk, outlets, clock = newsroom
    assert callable(write)
    name = f"s{next(numbers)}"
    address = f"https://w.example/{name}.xml"
    outlets.pages[address] = write(listed, "first")
    desk.store.add_sources([Source(id=name, kind=SourceKind.FEED, address=address)], now=clock())
    run.poll(desk)
    source = desk.store.source(name)
    assert source is not None
    assert source.error is None
    before = desk.store.last_reading(name)
    for time in range(times):
        clock.turn(days=2)
        outlets.pages[address] = write(listed, f"other bytes {time}")
        report = run.poll(desk, only_due=False)
        assert (report.new_items, report.changed_items) == (0, 0)
        assert desk.store.last_reading(name) == before
    desk.store.remove_source(name)


@pytest.mark.parametrize("write", [rss, atom, as_json])
def test_the_same_bytes_are_read_into_the_same_items(write: object) -> None:
    assert callable(write)
    listed = [{"guid": "1", "title": "Ferry aground", "link": "/1", "date": "2026-03-14"}, {"title": "Weather"}]
    one, other = (read_feed(write(listed, ""), address="https://w.example/f", source="s") for _ in range(2))
    assert one == other
    assert isinstance(one, Feed)
    assert len(one.items) == 2
