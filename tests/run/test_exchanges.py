"""What is said between us and a real server over several polls: validators, redirects, discovery."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.errors import InputError
from nutgraf.model import Source, SourceKind
from nutgraf.ports import Validators
from nutgraf.store.values import StoredSource
from tests.net.server import Outlet, Reply, serving
from tests.newsroom import Clock, PlainLanguage
from tests.run.test_polling import feed_of

ONE, TWO = "Tue, 03 Mar 2026 08:00:00 GMT", "Tue, 03 Mar 2026 09:00:00 GMT"


@dataclass
class Talk:
    """A desk that follows one feed of a real server, and what was said last."""

    desk: Desk
    outlet: Outlet
    clock: Clock

    def follow(self, path: str = "/feed") -> None:
        source = Source(id="s", kind=SourceKind.FEED, address=self.outlet.url(path))
        self.desk.store.add_sources([source], now=self.clock())

    def poll(self, **replies: Reply) -> run.PollReport:
        self.outlet.replies.update({f"/{name}": reply for name, reply in replies.items()})
        self.clock.turn(days=1)
        return run.poll(self.desk, only_due=False)

    def asked(self, path: str = "/feed") -> tuple[str | None, str | None]:
        headers = [headers for asked, headers in self.outlet.asked if asked == path][-1]
        return headers.get("if-none-match"), headers.get("if-modified-since")

    @property
    def source(self) -> StoredSource:
        (source,) = self.desk.store.sources()
        return source


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    init_desk(tmp_path)
    clock = Clock()
    environment = {"NUTGRAF_ALLOW": "127.0.0.1"}
    with (
        serving({}) as outlet,
        open_desk(tmp_path, environment=environment, clock=clock, language=PlainLanguage()) as desk,
    ):
        yield Talk(desk, outlet, clock)


def fed(*entries: str, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(body=feed_of(*((name, f"Report {name}") for name in entries)), headers=named)


# validators


def test_both_validators_are_kept_as_the_last_good_answer_gave_them(talk: Talk) -> None:
    talk.follow()
    talk.poll(feed=fed("a", ETag='"a"', Last_Modified=ONE))
    talk.poll(feed=fed("a", "b", ETag='"b"', Last_Modified=ONE))
    assert talk.asked() == ('"a"', ONE)
    assert talk.poll(feed=Reply(status=304)).unchanged == 1
    assert talk.asked() == ('"b"', ONE)
    assert talk.poll(feed=fed("a", "b", "c", ETag='W/"b"', Last_Modified=TWO)).new_items == 1
    assert talk.asked() == ('"b"', ONE)
    assert len(talk.poll(feed=Reply(body=b"no feed", headers={"ETag": '"c"'})).failed) == 1
    assert talk.asked() == ('W/"b"', TWO)
    talk.poll(feed=Reply(status=304))
    assert talk.asked() == ('W/"b"', TWO)
    assert talk.source.error is None


def test_an_answer_with_a_body_is_read_even_if_it_calls_itself_the_same(talk: Talk) -> None:
    talk.follow()
    talk.poll(feed=fed("a", ETag='"a"'))
    assert talk.poll(feed=fed("a", "b", ETag='"a"')).new_items == 1


def test_a_validator_that_a_server_stops_giving_is_not_sent_for_ever(talk: Talk) -> None:
    talk.follow()
    talk.poll(feed=fed("a", ETag='"a"', Last_Modified=ONE))
    talk.poll(feed=fed("a", "b", Last_Modified=TWO))
    talk.poll()
    assert talk.asked() == (None, TWO)


def test_an_answer_that_nothing_changed_may_bring_new_validators(talk: Talk) -> None:
    talk.follow()
    talk.poll(feed=fed("a", ETag='"a"', Last_Modified=ONE))
    talk.poll(feed=Reply(status=304, headers={"ETag": '"a2"'}))
    talk.poll()
    assert talk.asked() == ('"a2"', ONE)


def test_odd_validators_go_back_byte_for_byte(talk: Talk) -> None:
    odd = 'W/"a , b \\" c"'
    talk.follow()
    talk.poll(feed=fed("a", ETag=odd, Last_Modified="gestern, gegen acht"))
    talk.poll()
    assert talk.asked() == (odd, "gestern, gegen acht")


# redirects


def moved(to: str, status: int = 301) -> Reply:
    return Reply(status=status, headers={"Location": to})


@pytest.mark.parametrize("status", [301, 308])
def test_a_permanent_redirect_is_taken_over_after_days_and_the_items_stay_the_same(talk: Talk, status: int) -> None:
    talk.follow()
    talk.poll(feed=fed("a", "b"))
    old, new = talk.outlet.url("/feed"), talk.outlet.url("/new")
    for _ in range(4):
        assert talk.source.source.address == old
        assert talk.poll(feed=moved("/new", status), new=fed("a", "b")).new_items == 0
    assert (talk.source.source.id, talk.source.source.address) == ("s", new)
    assert talk.source.earlier_addresses == (old,)
    assert talk.poll(feed=Reply(status=404)).failed == ()
    assert talk.desk.store.counts().items == 2


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirect_never_changes_an_address(talk: Talk, status: int) -> None:
    talk.follow()
    for _ in range(6):
        assert talk.poll(feed=moved("/new", status), new=fed("a")).failed == ()
    assert talk.source.source.address == talk.outlet.url("/feed")


def test_a_permanent_redirect_behind_a_temporary_one_changes_nothing(talk: Talk) -> None:
    talk.follow()
    for _ in range(6):
        talk.poll(feed=moved("/hop", 302), hop=moved("/new", 301), new=fed("a"))
    assert (talk.source.source.address, talk.source.moved_to) == (talk.outlet.url("/feed"), None)


def test_a_permanent_redirect_to_a_page_is_a_failure_and_changes_nothing(talk: Talk) -> None:
    talk.follow()
    talk.poll(feed=fed("a"))
    page = Reply(body=b"<html><body><h1>Back soon</h1></body></html>", headers={"Content-Type": "text/html"})
    for _ in range(5):
        (failure,) = talk.poll(feed=moved("/maintenance"), maintenance=page).failed
        assert "is not a feed" in failure.problem
    assert (talk.source.source.address, talk.source.moved_to) == (talk.outlet.url("/feed"), None)
    assert talk.desk.store.counts().items == 1


def test_a_permanent_redirect_to_a_private_address_is_refused_and_never_stored(talk: Talk) -> None:
    talk.follow()
    for _ in range(5):
        talk.poll(feed=moved("http://10.0.0.5/feed", 308))
    assert (talk.source.reason, talk.source.moved_to, talk.source.earlier_addresses) == ("refused", None, ())


def test_a_redirect_that_is_taken_back_is_forgotten(talk: Talk) -> None:
    talk.follow()
    talk.poll(feed=moved("/new"), new=fed("a"))
    talk.poll(feed=fed("a"))
    for _ in range(3):
        talk.poll(feed=moved("/new"))
    assert talk.source.source.address == talk.outlet.url("/feed")


# refusals


@pytest.mark.parametrize(
    ("status", "reason", "asks_again"),
    [
        (401, "forbidden", True),
        (403, "forbidden", True),
        (404, "not-found", True),
        (410, "gone", False),
        (429, "asked-to-wait", True),
        (451, "status-451", True),
        (500, "server-error", True),
        (503, "server-error", True),
        (204, "status-204", True),
    ],
)
def test_each_refusal_is_stored_with_its_reason_and_its_next_try(
    talk: Talk, status: int, reason: str, asks_again: bool
) -> None:
    talk.follow()
    talk.poll(feed=fed("a", ETag='"a"'))
    (failure,) = talk.poll(feed=Reply(status=status)).failed
    assert talk.outlet.url("/feed") in failure.problem
    assert (talk.source.reason, talk.source.gone, talk.source.items) == (reason, not asks_again, 1)
    assert talk.source.validators == Validators('"a"')
    assert timedelta() < talk.source.next_due - talk.clock() <= timedelta(days=1)
    talk.poll(feed=fed("a", "b"))
    assert talk.source.items == (2 if asks_again else 1)


def test_a_source_that_is_gone_is_asked_again_once_it_is_added_again(talk: Talk) -> None:
    talk.follow()
    talk.poll(feed=Reply(status=410))
    assert talk.poll(feed=fed("a")).asked == 0
    talk.follow()
    assert talk.poll().new_items == 1


# discovery


def test_a_site_whose_feed_leads_back_to_it_is_looked_through_once(talk: Talk) -> None:
    link = b"<html><head><link rel=alternate type='application/rss+xml' href='/rss'></head><body>Hello</body></html>"
    talk.outlet.replies |= {"/": Reply(body=link), "/rss": moved("/", 302)}
    with pytest.raises(InputError):
        run.add_source(talk.desk, talk.outlet.url("/"))
    assert talk.outlet.paths().count("/rss") == 1
    assert len(talk.outlet.paths()) < 8


def test_of_a_site_that_names_many_feeds_few_are_asked(talk: Talk) -> None:
    links = "".join(f"<link rel='alternate' type='application/rss+xml' href='/feed/{n}'>" for n in range(50))
    talk.outlet.replies["/"] = Reply(body=f"<html><head>{links}</head><body>Hello</body></html>".encode())
    with pytest.raises(InputError):
        run.add_source(talk.desk, talk.outlet.url("/"))
    assert sum(path.startswith("/feed/") for path in talk.outlet.paths()) == 4


def test_the_feed_that_a_site_names_is_followed_and_brings_its_entries(talk: Talk) -> None:
    link = b"<html><head><link rel=alternate type='application/rss+xml' href='/rss'></head><body>Hello</body></html>"
    talk.outlet.replies |= {"/": Reply(body=link), "/rss": fed("a", "b")}
    (source,) = run.add_source(talk.desk, talk.outlet.url("/"))
    assert source.address == talk.outlet.url("/rss")
    assert talk.poll().new_items == 2
