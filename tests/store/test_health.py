from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from nutgraf.model import Source, SourceKind
from nutgraf.ports import SilentSources, Validators
from nutgraf.store.database import Store
from nutgraf.store.health import Health, faring_of, health_of, is_silent_today, told
from nutgraf.store.values import Poll, Reading, Rhythm, StoredSource
from tests.store.examples import FEED, NOON, an_item

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

WELL = StoredSource(
    source=FEED,
    validators=Validators(),
    next_due=NOON + HOUR,
    last_asked=NOON,
    last_answered=NOON,
    last_brought=NOON,
    error=None,
    reason=None,
    failures=0,
    gone=False,
    moved_to=None,
    moved_since=None,
    moved_seen=0,
    earlier_addresses=(),
    items=20,
    added=NOON - 90 * DAY,
    lists=20,
    rhythm=Rhythm(every=HOUR, longest=10 * HOUR),
    newest=NOON - HOUR,
)


def failed(reason: str, **more: object) -> StoredSource:
    return replace(WELL, error="did not answer", reason=reason, failures=3, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "health"),
    [
        (WELL, Health.HEALTHY),
        (replace(WELL, newest=NOON - 29 * HOUR), Health.HEALTHY),
        (replace(WELL, newest=NOON - 31 * HOUR), Health.SILENT),
        (replace(WELL, newest=NOON - 31 * HOUR, rhythm=Rhythm(HOUR, 11 * HOUR)), Health.HEALTHY),
        (replace(WELL, newest=NOON - 23 * HOUR, rhythm=Rhythm(HOUR, HOUR)), Health.HEALTHY),
        (replace(WELL, newest=NOON - 31 * DAY), Health.STALE),
        (replace(WELL, newest=NOON - 31 * DAY, rhythm=Rhythm(7 * DAY, 7 * DAY)), Health.SILENT),
        (replace(WELL, newest=NOON - 6 * DAY, rhythm=None), Health.HEALTHY),
        (replace(WELL, newest=NOON - 8 * DAY, rhythm=None), Health.SILENT),
        (replace(WELL, newest=None, last_brought=None, rhythm=None), Health.STALE),
        (replace(WELL, lists=0), Health.EMPTY),
        (replace(WELL, moved_to="https://new.example/feed"), Health.MOVED),
        (replace(WELL, moved_to="https://new.example/feed", newest=NOON - 3 * DAY), Health.SILENT),
        (replace(WELL, last_answered=None, last_asked=None), Health.NEW),
        (failed("server-error"), Health.FAILING),
        (failed("asked-to-wait"), Health.FAILING),
        (failed("forbidden"), Health.BLOCKED),
        (failed("challenge"), Health.BLOCKED),
        (failed("refused"), Health.BLOCKED),
        (failed("gone", gone=True), Health.GONE),
    ],
)
def test_each_state_is_told_from_the_others(source: StoredSource, health: Health) -> None:
    assert health_of(source, now=NOON) is health


@pytest.mark.parametrize(("items", "health"), [(3, Health.HEALTHY), (0, Health.EMPTY)])
def test_an_archive_is_never_silent(items: int, health: Health) -> None:
    archive = Source(id="a", kind=SourceKind.ARCHIVE, address="/day.warc")
    old = replace(WELL, source=archive, newest=None, last_brought=NOON - 400 * DAY, lists=None, items=items)
    assert health_of(old, now=NOON) is health


def test_a_source_that_failed_once_is_not_missed_before_a_day_is_over() -> None:
    assert not is_silent_today(failed("server-error", last_answered=NOON - 23 * HOUR), now=NOON)
    assert is_silent_today(failed("server-error", last_answered=NOON - 25 * HOUR), now=NOON)
    assert is_silent_today(failed("server-error", last_answered=None), now=NOON)


def test_whatever_is_not_well_says_what_and_what_to_do() -> None:
    assert told(WELL, now=NOON) == ""
    assert "31 days" in told(replace(WELL, newest=NOON - 31 * DAY), now=NOON)
    assert "new.example" in told(replace(WELL, moved_to="https://new.example/feed"), now=NOON)
    assert "3 times" in told(failed("server-error"), now=NOON)


def test_the_coverage_counts_outlets_and_leaves_files_out(store: Store) -> None:
    other = Source(id="sport", kind=SourceKind.FEED, address="https://harbour.example/sport")
    archive = Source(id="a", kind=SourceKind.ARCHIVE, address="/day.warc")
    store.add_sources([FEED, other, archive], now=NOON)
    save(store, FEED, newest=NOON)
    save(store, other, newest=NOON - 40 * DAY)
    found = store.silent_sources(now=NOON)
    assert found == SilentSources(1, 2)
    assert found.words() == "1 of 2 sources silent today"


def save(store: Store, source: Source, *, newest: datetime) -> None:
    reading = Reading(digest="", renamed={}, rhythm=None, newest=newest, poll_after=None)
    item = replace(an_item(), source=source.id)
    store.save_poll(Poll(source=source.id, asked=NOON, next_due=NOON, items=(item,), reading=reading))


def test_readers_are_told_hosts_and_no_address_that_may_hold_a_key() -> None:
    address = "https://me:secret@feeds.example/f?key=abc"
    source = Source(id="s", kind=SourceKind.FEED, address=address)
    refused = replace(failed("status-404"), source=source, error=f"{address}: was not found at {address}")
    faring = faring_of(refused, now=NOON)
    assert faring.name == "feeds.example"
    assert faring.said.startswith("was not found at feeds.example")
    assert "secret" not in faring.said
    assert "abc" not in faring.said
