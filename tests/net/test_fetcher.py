"""The fetcher against a real server on loopback."""

import contextlib
import gzip
import resource
import socket
import struct
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import brotli
import pytest

from nutgraf.config import Settings, load_settings
from nutgraf.errors import FetchError, RefusedAddress
from nutgraf.net import HttpFetcher, open_fetcher
from nutgraf.ports import Fetched, NotModified, Validators
from tests.net.server import Outlet, Reply, serving

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def settings(**changes: Any) -> Settings:
    base = replace(load_settings(Path("/nowhere"), {}), allow=("127.0.0.1",), timeout=5.0)
    return replace(base, **changes)


def fetcher(**changes: Any) -> HttpFetcher:
    return HttpFetcher(settings(**changes), now=lambda: NOW)


def test_a_page_comes_with_its_address_type_and_validators() -> None:
    headers = {"ETag": 'W/"x, y"', "Last-Modified": "yesterday-ish", "Content-Type": "text/html"}
    with serving({"/a": Reply(body=b"<p>Tides</p>", headers=headers)}) as outlet, fetcher() as net:
        got = net.fetch(outlet.url("/a#part"))
        assert isinstance(got, Fetched)
        assert (got.page.address, got.page.body) == (outlet.url("/a"), b"<p>Tides</p>")
        assert got.page.content_type == "text/html"
        assert got.validators == Validators('W/"x, y"', "yesterday-ish")
        assert got.moved_to is None


def test_the_user_agent_says_whom_to_write_to() -> None:
    with serving({"/a": Reply()}) as outlet, open_fetcher(settings(contact="desk@outlet.example")) as net:
        net.get(outlet.url("/a"))
        agents = {headers["user-agent"] for _, headers in outlet.asked}
        assert agents == {"nutgraf/0.1 (+desk@outlet.example)"}


@pytest.mark.parametrize(
    ("changes", "agent"),
    [
        ({}, "nutgraf/0.1"),
        ({"address": "https://brief.example"}, "nutgraf/0.1 (+https://brief.example)"),
        ({"address": "https://brief.example", "contact": "desk@brief.example"}, "nutgraf/0.1 (+desk@brief.example)"),
    ],
)
def test_without_a_contact_the_address_of_an_open_site_says_who_asks(changes: dict[str, object], agent: str) -> None:
    with fetcher(**changes) as net:
        assert net.user_agent == agent


def test_validators_are_sent_back_as_they_came_and_a_304_renews_them() -> None:
    replies = {"/a": Reply(status=304, headers={"ETag": '"b"', "Cache-Control": "max-age=60"})}
    with serving(replies) as outlet, fetcher() as net:
        got = net.fetch(outlet.url("/a"), Validators('W/"a"', "some day"))
        assert got == NotModified(validators=Validators('"b"', "some day"), fresh_for=60.0)
        asked = dict(outlet.asked)["/a"]
        assert (asked["if-none-match"], asked["if-modified-since"]) == ('W/"a"', "some day")


def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    with serving({"/a": Reply(status=304)}) as outlet, fetcher() as net, pytest.raises(FetchError):
        net.get(outlet.url("/a"))


@pytest.mark.parametrize(
    ("kinds", "moved"),
    [((301,), 1), ((308,), 1), ((302,), None), ((303,), None), ((307,), None), ((302, 301), None), ((301, 302), 1)],
)
def test_only_permanent_redirects_before_the_first_temporary_one_move_an_address(
    kinds: tuple[int, ...], moved: int | None
) -> None:
    replies = {f"/{n}": Reply(status=kind, headers={"Location": f"/{n + 1}"}) for n, kind in enumerate(kinds)}
    replies[f"/{len(kinds)}"] = Reply(body=b"here")
    with serving(replies) as outlet, fetcher() as net:
        got = net.fetch(outlet.url("/0"))
        assert isinstance(got, Fetched)
        assert got.page.address == outlet.url(f"/{len(kinds)}")
        assert got.moved_to == (outlet.url(f"/{moved}") if moved else None)


def test_a_redirect_loop_is_found_and_ends_after_ten_hops() -> None:
    around = {"/a": Reply(status=302, headers={"Location": "/b"}), "/b": Reply(status=302, headers={"Location": "/a"})}
    on = {f"/{n}": Reply(status=302, headers={"Location": f"/{n + 1}"}) for n in range(30)}
    with serving(around | on) as outlet, fetcher() as net:
        with pytest.raises(FetchError, match="loop"):
            net.get(outlet.url("/a"))
        with pytest.raises(FetchError, match="more than 10"):
            net.get(outlet.url("/0"))
        assert "/11" not in outlet.paths()


def test_a_redirect_to_a_private_address_or_another_scheme_is_refused() -> None:
    for there in ("http://10.0.0.5/", "http://[::ffff:169.254.169.254]/", "file:///etc/hosts", "ftp://outlet.example/"):
        with (
            serving({"/a": Reply(status=308, headers={"Location": there})}) as outlet,
            fetcher() as net,
            pytest.raises(RefusedAddress),
        ):
            net.fetch(outlet.url("/a"))


def test_name_and_password_go_to_their_own_host_only_and_into_no_message() -> None:
    with serving({"/b": Reply()}) as other:
        replies = {"/a": Reply(status=302, headers={"Location": other.url("/b")}), "/c": Reply(status=401)}
        with serving(replies) as outlet, fetcher() as net:
            secret = outlet.url("/a").replace("//", "//jo:harbour@")
            net.get(secret)
            assert dict(outlet.asked)["/a"]["authorization"] == "Basic am86aGFyYm91cg=="
            assert all("authorization" not in headers for _, headers in other.asked)
            with pytest.raises(FetchError) as caught:
                net.get(secret.replace("/a", "/c"))
            assert "harbour" not in str(caught.value)


def test_no_cookie_is_ever_sent_back() -> None:
    with serving({"/a": Reply(headers={"Set-Cookie": "id=1"})}) as outlet, fetcher() as net:
        net.get(outlet.url("/a"))
        net.get(outlet.url("/a"))
        assert all("cookie" not in headers for _, headers in outlet.asked)


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "refuses"), (404, "not there"), (410, "gone for good"), (500, "trouble"), (204, "no page")],
)
def test_each_status_says_what_it_means(status: int, words: str) -> None:
    with serving({"/a": Reply(status=status)}) as outlet, fetcher() as net:
        with pytest.raises(FetchError, match=words) as caught:
            net.get(outlet.url("/a"))
        assert caught.value.status == status


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("7200", 7200.0),
        ("Tue, 03 Mar 2026 18:00:00 GMT", 21600.0),
        ("Tuesday, 03-Mar-26 18:00:00 GMT", 21600.0),
        ("Tue Mar  3 18:00:00 2026", 21600.0),
        ("99999999", 86400.0),
        ("  60 ", 60.0),
        ("0", 0.0),
        ("Tue, 03 Mar 2026 19:00:00 +0100", 21600.0),
        ("Mon, 02 Mar 2026 18:00:00 GMT", 0.0),
        ("Tue, 03 Mar 2099 18:00:00 GMT", 86400.0),
        ("99999999999999999999999999", None),
        ("120.5", None),
        ("Tue, 99 Foo 2026 18:00:00 GMT", None),
        ("", None),
        ("-5", None),
        ("soon", None),
    ],
)
def test_retry_after_is_read_in_every_form_and_holds_for_the_whole_host(given: str, seconds: float | None) -> None:
    replies = {"/a": Reply(status=429, headers={"Retry-After": given}), "/b": Reply()}
    with serving(replies) as outlet, fetcher() as net:
        with pytest.raises(FetchError) as caught:
            net.get(outlet.url("/a"))
        assert (caught.value.status, caught.value.retry_after) == (429, seconds)
        if seconds:
            with pytest.raises(FetchError, match="less often"):
                net.get(outlet.url("/b"))
            assert "/b" not in outlet.paths()
        else:
            net.get(outlet.url("/b"))


def test_a_challenge_page_is_named_and_not_crossed() -> None:
    body = b"<title>Just a moment</title><script src='/cdn-cgi/challenge-platform/h/b'></script>"
    with (
        serving({"/a": Reply(status=403, body=body)}) as outlet,
        fetcher() as net,
        pytest.raises(FetchError, match="prove that a person reads"),
    ):
        net.get(outlet.url("/a"))


@pytest.mark.parametrize(
    "headers",
    [{"TDM-Reservation": "1"}, {"X-Robots-Tag": "noarchive"}, {"X-Robots-Tag": "max-snippet:20, nutgraf: noai"}],
)
def test_a_page_that_its_outlet_reserves_is_left_unread(headers: dict[str, str]) -> None:
    with (
        serving({"/a": Reply(body=b"x", headers=headers)}) as outlet,
        fetcher() as net,
        pytest.raises(RefusedAddress, match="reserved"),
    ):
        net.get(outlet.url("/a"))


def test_a_reservation_for_another_robot_does_not_concern_us() -> None:
    with serving({"/a": Reply(headers={"X-Robots-Tag": "otherbot: noarchive"})}) as outlet, fetcher() as net:
        assert net.get(outlet.url("/a"))


# bodies


def deflated(body: bytes) -> bytes:
    return zlib.compress(body)


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", deflated), ("br", brotli.compress)])
def test_bodies_are_unpacked_and_the_limit_counts_what_they_unpack_to(
    name: str, pack: Callable[[bytes], bytes]
) -> None:
    replies = {
        "/small": Reply(body=pack(b"tide" * 100), headers={"Content-Encoding": name}),
        "/bomb": Reply(body=pack(bytes(5_000_000)), headers={"Content-Encoding": name}),
    }
    with serving(replies) as outlet, fetcher(largest_page=1_000_000) as net:
        assert net.get(outlet.url("/small")).body == b"tide" * 100
        with pytest.raises(FetchError, match="larger than 1,000,000 bytes"):
            net.get(outlet.url("/bomb"))


def test_a_bomb_inside_a_bomb_never_unfolds() -> None:
    inner = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(inner.compress(bytes(1_000_000)) for _ in range(400)) + inner.flush()
    reply = Reply(body=gzip.compress(packed), headers={"Content-Encoding": "gzip, gzip"})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (
        serving({"/a": reply}) as outlet,
        fetcher(largest_page=1_000_000) as net,
        pytest.raises(FetchError, match="larger than 1,000,000 bytes"),
    ):
        net.get(outlet.url("/a"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kilobytes


@pytest.mark.parametrize("encoding", ["zstd", "gzip, gzip, gzip", "rot13"])
def test_an_encoding_that_we_did_not_ask_for_is_an_error(encoding: str) -> None:
    with (
        serving({"/a": Reply(body=b"??", headers={"Content-Encoding": encoding})}) as outlet,
        fetcher() as net,
        pytest.raises(FetchError, match="compressed as"),
    ):
        net.get(outlet.url("/a"))


def test_broken_compression_is_an_error_that_names_the_address() -> None:
    with (
        serving({"/a": Reply(body=b"no gzip", headers={"Content-Encoding": "gzip"})}) as outlet,
        fetcher() as net,
        pytest.raises(FetchError, match="/a: could not be reached or read"),
    ):
        net.get(outlet.url("/a"))


def dripping(start: bytes) -> Callable[[socket.socket, Event], None]:
    def drip(connection: socket.socket, closing: Event) -> None:
        try:
            connection.sendall(start)
            while not closing.wait(0.05):
                connection.sendall(b"x")
        except OSError:
            return

    return drip


def once(start: bytes) -> Callable[[socket.socket, Event], None]:
    return lambda connection, closing: connection.sendall(start)


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "]
)
def test_dripping_headers_and_bodies_end_at_the_deadline(start: bytes) -> None:
    with serving({"/a": Reply(raw=dripping(start))}) as outlet, fetcher(timeout=0.4) as net:
        began = time.monotonic()
        with pytest.raises(FetchError, match="in time"):
            net.get(outlet.url("/a"))
        assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"y" * 300_000 + b"\r\n\r\n",
        b"no HTTP at all\r\n\r\n",
        b"",
    ],
)
def test_broken_answers_are_errors(start: bytes) -> None:
    with serving({"/a": Reply(raw=once(start))}) as outlet, fetcher() as net, pytest.raises(FetchError):
        net.get(outlet.url("/a"))


def test_a_message_never_quotes_a_whole_answer() -> None:
    with serving({"/a": Reply(raw=once(b"x" * 50_000 + b"\r\n\r\n"))}) as outlet, fetcher() as net:
        with pytest.raises(FetchError) as caught:
            net.get(outlet.url("/a"))
        assert len(str(caught.value)) < 400


def test_twenty_bad_servers_do_not_delay_a_good_one() -> None:
    bad = Reply(raw=dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"))
    with (
        serving({"/good": Reply(body=b"ok")}) as good,
        fetcher(timeout=30.0) as net,
        ThreadPoolExecutor(21) as threads,
    ):
        with contextlib.ExitStack() as stack:
            outlets = [stack.enter_context(serving({"/bad": bad})) for _ in range(20)]
            tries = [threads.submit(net.get, outlet.url("/bad")) for outlet in outlets]
            assert threads.submit(net.get, good.url("/good")).result().body == b"ok"
            assert not any(one.done() for one in tries)
        assert {type(one.exception()) for one in tries} == {FetchError}, [repr(one.exception()) for one in tries]


def test_a_server_that_hangs_up_as_soon_as_it_is_reached_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.create_connection

    def hung_up_on(address: tuple[str, int], timeout: float) -> socket.socket:
        reached = connect(address, timeout)
        accepted, _ = listener.accept()
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        accepted.close()  # with a reset
        return reached

    with socket.create_server(("127.0.0.1", 0)) as listener, fetcher() as net:
        monkeypatch.setattr(socket, "create_connection", hung_up_on)
        with pytest.raises(FetchError, match="could not be reached"):
            net.get(f"http://127.0.0.1:{listener.getsockname()[1]}/a")


def test_at_most_two_requests_to_a_host_are_in_flight() -> None:
    running: list[int] = []
    most: list[int] = []

    def slowly(connection: socket.socket, closing: Event) -> None:
        running.append(1)
        most.append(len(running))
        closing.wait(0.05)
        running.pop()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

    replies = {f"/{n}": Reply(raw=slowly) for n in range(8)}
    with serving(replies) as outlet, fetcher() as net, ThreadPoolExecutor(8) as threads:
        bodies = list(threads.map(lambda n: net.get(outlet.url(f"/{n}")).body, range(8)))
        assert bodies == [b"ok"] * 8
        assert max(most) == 2


# robots.txt


def test_robots_txt_is_kept_and_asked_for_once() -> None:
    rules = Reply(body=b"User-agent: nutgraf\nDisallow: /private\nAllow: /private/open")
    replies = {"/robots.txt": rules, "/a": Reply(), "/private/open": Reply(), "/private/x": Reply()}
    with serving(replies) as outlet, fetcher() as net:
        net.get(outlet.url("/a"))
        net.get(outlet.url("/private/open"))
        with pytest.raises(RefusedAddress, match=r"robots\.txt"):
            net.get(outlet.url("/private/x"))
        assert outlet.paths() == ["/robots.txt", "/a", "/private/open"]


def test_a_redirect_does_not_lead_around_robots_txt() -> None:
    replies = {
        "/robots.txt": Reply(body=b"User-agent: *\nDisallow: /b"),
        "/a": Reply(status=302, headers={"Location": "/b"}),
        "/b": Reply(),
    }
    with serving(replies) as outlet, fetcher() as net, pytest.raises(RefusedAddress):
        net.get(outlet.url("/a"))


@pytest.mark.parametrize(("status", "may_read"), [(404, True), (403, True), (410, True), (500, False), (503, False)])
def test_a_missing_robots_txt_permits_and_a_failing_one_forbids(status: int, may_read: bool) -> None:
    with serving({"/robots.txt": Reply(status=status), "/a": Reply(body=b"ok")}) as outlet, fetcher() as net:
        if may_read:
            assert net.get(outlet.url("/a")).body == b"ok"
        else:
            with pytest.raises(FetchError, match=r"robots\.txt"):
                net.get(outlet.url("/a"))
            assert "/a" not in outlet.paths()


# guard


SPELLINGS = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f.1:{port}/",
    "http://017700000001:{port}/",
    "http://①②⑦.0.0.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://localhost:{port}/",
    "http://localhost.:{port}/",
    "http://LOCALHOST:{port}/",
    "http://desk.localhost:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b:1::a9fe:a9fe]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fec0::1]:{port}/",
    "http://[fe80::1%25eth0]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://10.0.0.1:{port}/",
    "http://172.31.255.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://192.0.0.8/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://outlet.example@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@outlet.example/",
    "http://outlet.example\\@127.0.0.1:{port}/",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_x",
    "data:text/xml,<rss/>",
    "http://outlet.example:22/",
    "http:///path",
    "http://",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_a_guarded_address_reaches_it(spelling: str) -> None:
    with listening() as (port, connected), HttpFetcher(settings(allow=())) as net:
        with pytest.raises(FetchError):
            net.get(spelling.format(port=port))
        assert not connected()


def names(table: dict[str, Sequence[Sequence[str]]]) -> Callable[[str, int], Sequence[str]]:
    """Answer each name's look-ups in turn, the last answer for ever."""
    left = {name: list(answers) for name, answers in table.items()}

    def resolve(host: str, port: int) -> Sequence[str]:
        answers = left[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    return resolve


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    resolve = names(
        {"mixed.example": [["93.184.216.34", "10.0.0.1"]], "odd.example": [["no address"]], "none.example": [[]]}
    )
    with HttpFetcher(settings(allow=()), resolve=resolve) as net:
        for host in ("mixed.example", "odd.example", "none.example"):
            with pytest.raises(RefusedAddress, match="special network address"):
                net.get(f"http://{host}/")


def test_a_name_that_changes_its_answer_gains_nothing() -> None:
    with listening() as (port, connected):
        # The first answer is what may be asked, every later one is this machine.
        resolve = names({"turning.example": [["127.0.0.2"], ["127.0.0.1"]]})
        with HttpFetcher(settings(allow=("127.0.0.2",), timeout=1.0), resolve=resolve) as net:
            for _ in range(3):
                with pytest.raises(FetchError):
                    net.get(f"http://turning.example:{port}/")
        assert not connected()


def test_hosts_and_single_ports_can_be_allowed() -> None:
    with serving({"/a": Reply(body=b"ok")}) as outlet:
        allowed = (f"127.0.0.1:{outlet.port}", f"town.example:{outlet.port}")
        resolve = names(
            {"town.example": [["127.0.0.1"]], "other.example": [["127.0.0.3"]], "127.0.0.1": [["127.0.0.1"]]}
        )
        with HttpFetcher(settings(allow=allowed), resolve=resolve) as net:
            assert net.get(outlet.url("/a")).body == b"ok"
            assert net.get(outlet.url("/a", host="town.example")).body == b"ok"
            for refused in (outlet.url("/a", host="other.example"), "http://127.0.0.1:1/a"):
                with pytest.raises(RefusedAddress):
                    net.get(refused)


class listening:  # noqa: N801  # read as a word: with listening()
    """A bare listener on loopback that can tell whether anyone connected."""

    def __enter__(self) -> tuple[int, Callable[[], bool]]:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.setblocking(False)
        return self.socket.getsockname()[1], self._connected

    def __exit__(self, *error: object) -> None:
        self.socket.close()

    def _connected(self) -> bool:
        try:
            self.socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True


def test_public_hosts_are_asked_with_a_pause_and_allowed_ones_without() -> None:
    slept: list[float] = []
    with serving({"/a": Reply()}) as outlet, paced(slept, {}) as net:
        for host in ("127.0.0.1", "localhost"):
            net.get(outlet.url("/a", host=host))
            net.get(outlet.url("/a", host=host))
    assert slept == []
    with serving({"/a": Reply()}) as outlet, paced(slept, {"town.example": [["127.0.0.1"]]}) as net:
        net.get(outlet.url("/a", host="town.example"))
    assert slept == [2.0]  # between robots.txt and the page


def paced(slept: list[float], table: dict[str, Sequence[Sequence[str]]]) -> HttpFetcher:
    resolve = names({"127.0.0.1": [["127.0.0.1"]], "localhost": [["::1", "127.0.0.1"]]} | table)
    return HttpFetcher(settings(delay=2.0), resolve=resolve, clock=lambda: 0.0, sleep=slept.append)


def test_freshness_follows_the_cache_headers() -> None:
    replies = {
        "/age": Reply(headers={"Cache-Control": "public, max-age=100", "Age": "40"}),
        "/none": Reply(headers={"Cache-Control": "no-store, max-age=100"}),
    }
    with serving(replies) as outlet, fetcher() as net:
        assert fresh(net, outlet, "/age") == 60.0
        assert fresh(net, outlet, "/none") is None


def fresh(net: HttpFetcher, outlet: Outlet, path: str) -> float | None:
    got = net.fetch(outlet.url(path))
    return got.fresh_for


# names, dead hosts, connections that end


def test_a_name_that_is_looked_up_for_ever_ends_at_the_deadline_and_keeps_no_other_waiting() -> None:
    released = Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        if host.startswith("slow"):
            released.wait(30)
        return ["127.0.0.1"]

    with (
        serving({"/a": Reply(body=b"ok")}) as outlet,
        HttpFetcher(settings(timeout=4.0, delay=0.0), resolve=resolve) as net,
        ThreadPoolExecutor(61) as threads,
    ):
        began = time.monotonic()
        tries = [threads.submit(net.get, outlet.url("/a", host=f"slow{n}.example")) for n in range(60)]
        assert threads.submit(net.get, outlet.url("/a", host="good.example")).result().body == b"ok"
        assert not any(one.done() for one in tries)
        assert all("could be looked up" in str(one.exception()) or "in time" in str(one.exception()) for one in tries)
        assert time.monotonic() - began < 20
        released.set()


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long"), ValueError("odd")])
def test_a_name_that_cannot_be_looked_up_is_an_error_that_names_it(error: Exception) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise error

    with HttpFetcher(settings(), resolve=resolve) as net, pytest.raises(FetchError, match=r"nowhere\.example"):
        net.get("http://nowhere.example/")


def test_a_host_that_never_answers_is_soon_not_waited_for_any_more() -> None:
    now = [100.0]
    silent = Reply(raw=dripping(b"HTTP/1.1 200 OK\r\nX-Slow: "))
    replies = {f"/{n}": silent for n in range(20)} | {"/good": Reply(body=b"ok")}
    with serving(replies) as outlet, HttpFetcher(settings(timeout=0.2), clock=lambda: now[0]) as net:
        for number in range(20):
            with pytest.raises(FetchError):
                net.get(outlet.url(f"/{number}"))
        assert len(outlet.paths()) < 7
        now[0] += 61
        assert net.get(outlet.url("/good")).body == b"ok"


def test_an_open_connection_that_is_closed_just_when_it_is_used_again_costs_nothing() -> None:
    used: list[int] = []

    def once_each(connection: socket.socket, closing: Event) -> None:
        """Answer once, wait for the next request on the same connection, and close without a word."""
        used.append(1)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        connection.settimeout(1)
        with contextlib.suppress(OSError):
            connection.recv(1)

    with serving({"/a": Reply(raw=once_each)}) as outlet, fetcher() as net:
        assert [net.get(outlet.url("/a")).body for _ in range(3)] == [b"ok"] * 3
        assert len(used) == 3


def test_a_server_that_closes_every_connection_is_asked_once() -> None:
    with serving({"/a": Reply(raw=once(b""))}) as outlet, fetcher() as net:
        with pytest.raises(FetchError):
            net.get(outlet.url("/a"))
        assert outlet.paths().count("/a") <= 2
