"""Hosts that ask for time, walls in a feed's place, what a restart keeps, and bad servers beside a good one."""

import socket
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Event

import pytest

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.errors import FetchError
from nutgraf.model import Source, SourceKind
from nutgraf.run.polling import MOST_OF_A_HOST
from nutgraf.store.health import Health, health_of
from tests.net.server import Reply, serving
from tests.newsroom import FERRY, START, Clock, Outlets, PlainLanguage
from tests.run.test_polling import feed_of

HOUR = timedelta(hours=1)


def wants_time(address: str, *, status: int = 429, seconds: float | None = None) -> FetchError:
    return FetchError(address, "asks to be asked less often", "Later", status=status, retry_after=seconds)


def feeds(*addresses: str) -> list[Source]:
    return [Source(id=one, kind=SourceKind.FEED, address=one) for one in addresses]


# time


def test_a_page_that_asks_for_time_gets_it_for_the_feeds_of_its_host_too(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    page = outlets.publish("weir", "ferry", "Ferry aground", FERRY)
    outlets.pages[page] = wants_time(page, status=503, seconds=7200)
    run.add_source(desk, outlets.list_in_feed("weir", (page, "Ferry aground")))
    run.poll(desk)
    run.read_items(desk)
    clock.turn(hours=1.9)
    assert run.poll(desk, only_due=False).spared == 1
    clock.turn(hours=0.2)
    assert run.poll(desk).asked == 1


def test_the_host_that_a_feed_redirects_to_is_the_one_that_is_spared(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    outlets.pages["https://front.example/feed"] = wants_time("https://behind.example/feed", seconds=7200)
    desk.store.add_sources(feeds("https://front.example/feed"), now=clock())
    run.poll(desk)
    assert list(desk.store.hosts_to_spare(now=clock())) == ["behind.example"]


def test_sources_of_a_host_that_wants_time_do_not_keep_the_desk_awake(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    one, other = "https://weir.example/1", "https://weir.example/2"
    outlets.pages[one] = wants_time(one, seconds=7200)
    outlets.pages[other] = feed_of(("a", "A"))
    desk.store.add_sources(feeds(one), now=clock())
    run.poll(desk)
    desk.store.add_sources(feeds(other), now=clock())
    assert desk.store.next_due(now=clock()) == clock() + 2 * HOUR


@pytest.mark.parametrize(
    ("status", "retry_after", "hours"),
    [
        (429, "7200", 2),
        (429, format_datetime(START + 6 * HOUR, usegmt=True), 6),
        (503, "10800", 3),
        (429, "99999999", 24),
        (503, "-5", 0.5),
        (429, "soon", 0.5),
        (429, "", 0.5),
        (500, None, 0.5),
    ],
)
def test_what_a_server_asks_for_and_what_failed_survive_a_restart(
    tmp_path: Path, status: int, retry_after: str | None, hours: float
) -> None:
    init_desk(tmp_path)
    clock = Clock()
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    environment = {"NUTGRAF_ALLOW": "127.0.0.1"}
    with serving({"/feed": Reply(status=status, headers=headers)}) as outlet:
        for start in range(3):
            with open_desk(tmp_path, environment=environment, clock=clock, language=PlainLanguage()) as desk:
                desk.store.add_sources(feeds(outlet.url("/feed")), now=clock())
                # The clock of the fetcher is the real one; the feed's is the test's.
                desk.fetcher._now = clock  # type: ignore[attr-defined]
                run.poll(desk)
                assert outlet.paths().count("/feed") == 1, start
                (source,) = desk.store.sources()
                assert source.next_due == START + timedelta(hours=hours)
                assert source.failures == 1
            clock.turn(hours=hours / 4)


def test_failures_go_on_being_counted_after_a_restart(tmp_path: Path) -> None:
    init_desk(tmp_path)
    clock, outlets = Clock(), Outlets()
    waits = []
    for _ in range(4):
        with open_desk(tmp_path, environment={}, clock=clock, fetcher=outlets, language=PlainLanguage()) as desk:
            desk.store.add_sources(feeds("https://weir.example/none"), now=clock())
            run.poll(desk)
            (source,) = desk.store.sources()
            waits.append((source.next_due - clock.now) / (HOUR / 2))
            clock.now = source.next_due
    assert waits == [1, 2, 4, 8]


# many of one host


def test_a_large_host_is_asked_in_parts_and_the_longest_waiting_first(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    many = [f"https://large.example/{number:03}" for number in range(MOST_OF_A_HOST + 10)]
    for address in [*many, "https://small.example/feed"]:
        outlets.pages[address] = feed_of(("a", "A"))
    desk.store.add_sources(feeds(*many, "https://small.example/feed"), now=clock())
    assert run.poll(desk).asked == MOST_OF_A_HOST + 1
    assert outlets.asked["https://small.example/feed"] == 1
    assert run.poll(desk).asked == 10
    assert max(outlets.asked.values()) == 1
    assert run.poll(desk, only_due=False).asked == MOST_OF_A_HOST + 11


# walls

CONSENT = (
    "<title>Before you go on</title><p>We and our partners store cookies. Give your consent, or choose which cookies "
    "our partners may set. Consent can be withdrawn; see our cookies page.</p><button>Accept</button>"
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<title>Just a moment...</title><p>Checking your browser before you go on.</p>", "challenge-page"),
        (CONSENT, "consent-page"),
    ],
)
@pytest.mark.parametrize("kind", [SourceKind.FEED, SourceKind.LISTING])
def test_a_wall_in_a_sources_place_is_told_from_a_broken_feed(
    desk: Desk, outlets: Outlets, clock: Clock, body: str, reason: str, kind: SourceKind
) -> None:
    address = "https://weir.example/feed"
    outlets.pages[address] = f"<html><body>{body}</body></html>".encode()
    desk.store.add_sources([Source(id="s", kind=kind, address=address)], now=clock())
    run.poll(desk)
    (source,) = desk.store.sources()
    assert source.reason == reason
    assert "not crossed" in (source.error or "")
    assert health_of(source, now=clock()) is Health.BLOCKED
    assert source.next_due > clock()


# bad servers


def drip(connection: socket.socket, closing: Event) -> None:
    try:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not closing.wait(0.05):
            connection.sendall(b"x")
    except OSError:
        return


def test_twenty_bad_servers_delay_no_good_one(tmp_path: Path) -> None:
    """Over real sockets, through the whole poll: what the good one brings is stored while the bad ones still drip."""
    init_desk(tmp_path)
    environment = {"NUTGRAF_ALLOW": "127.0.0.1", "NUTGRAF_TIMEOUT": "60"}
    done: list[str] = []
    with (
        ExitStack() as stack,
        serving({"/feed": Reply(body=feed_of(("a", "A")))}) as good,
        open_desk(tmp_path, environment=environment, language=PlainLanguage()) as desk,
    ):
        outlets = [stack.enter_context(serving({"/feed": Reply(raw=drip)})) for _ in range(20)]

        def progress(step: str, number: int, total: int, subject: str) -> None:
            done.append(subject)
            for one in outlets:  # the bad ones have dripped for long enough
                one.closing.set()

        addresses = [*(one.url("/feed") for one in outlets), good.url("/feed")]
        desk.store.add_sources(feeds(*addresses), now=datetime.now(UTC))
        report = run.poll(desk, progress=progress)
        assert (report.answered, len(report.failed)) == (1, 20)
        assert done[0] == good.url("/feed")
