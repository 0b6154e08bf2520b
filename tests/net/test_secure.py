"""TLS and HTTP/2 against a real server with a certificate of our own."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme

from nutgraf.config import load_settings
from nutgraf.errors import FetchError, RefusedAddress
from nutgraf.net import HttpFetcher
from nutgraf.ports import Fetched, NotModified, Validators
from tests.net.secure import serving_securely, trusting, until
from tests.net.server import Reply


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def fetcher(authority: trustme.CA | None, **changes: Any) -> HttpFetcher:
    base = replace(load_settings(Path("/nowhere"), {}), allow=("127.0.0.1",), timeout=5.0)
    settings = replace(base, **changes)
    return HttpFetcher(settings, tls=trusting(authority) if authority else None)


@pytest.mark.parametrize("protocols", [("h2", "http/1.1"), ("http/1.1",)], ids=["h2", "http1"])
def test_a_page_comes_over_tls_in_the_protocol_that_the_server_speaks(
    authority: trustme.CA, protocols: tuple[str, ...]
) -> None:
    replies = {"/a": Reply(body=b"<p>Tides</p>" * 5000, headers={"ETag": '"1"', "Content-Type": "text/html"})}
    with serving_securely(replies, authority, protocols=protocols) as site, fetcher(authority) as net:
        got = net.fetch(site.url("/a"))
        assert isinstance(got, Fetched)
        assert (got.page.body, got.validators) == (b"<p>Tides</p>" * 5000, Validators('"1"', None))
        assert site.protocols == [protocols[0]]


def test_robots_txt_page_and_question_for_news_share_one_connection(authority: trustme.CA) -> None:
    replies = {"/a": Reply(body=b"x", headers={"ETag": '"1"'}), "/b": Reply(status=304)}
    with serving_securely(replies, authority) as site, fetcher(authority) as net:
        net.get(site.url("/a"))
        assert isinstance(net.fetch(site.url("/b"), Validators('"1"', "then")), NotModified)
        assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/b"]
        asked = site.asked[-1][1]
        assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "then")
        assert asked["user-agent"].startswith("nutgraf/")
        assert site.connections == 1


def test_two_requests_at_once_share_one_connection(authority: trustme.CA) -> None:
    replies = {f"/{n}": Reply(body=str(n).encode() * 9000) for n in range(40)}
    with serving_securely(replies, authority) as site, fetcher(authority) as net, ThreadPoolExecutor(8) as threads:
        net.get(site.url("/0"))
        bodies = list(threads.map(lambda n: net.get(site.url(f"/{n}")).body, range(40)))
        assert bodies == [str(n).encode() * 9000 for n in range(40)]
        assert site.connections == 1


def test_a_certificate_that_nobody_vouches_for_is_said_and_not_read_past(authority: trustme.CA) -> None:
    with serving_securely({"/a": Reply(body=b"x")}, trustme.CA()) as site, fetcher(authority) as net:
        with pytest.raises(FetchError, match="certificate is not to be trusted"):
            net.get(site.url("/a"))
        assert site.asked == []


def test_a_certificate_of_another_name_is_not_read_past(authority: trustme.CA) -> None:
    with (
        serving_securely({"/a": Reply()}, authority, names=("other.example",)) as site,
        fetcher(authority) as net,
        pytest.raises(FetchError, match="certificate is not to be trusted"),
    ):
        net.get(site.url("/a"))


def test_without_an_authority_of_our_own_only_public_ones_are_trusted(authority: trustme.CA) -> None:
    with (
        serving_securely({"/a": Reply()}, authority) as site,
        fetcher(None) as net,
        pytest.raises(FetchError, match="certificate"),
    ):
        net.get(site.url("/a"))


def test_a_handshake_that_never_ends_ends_at_the_deadline(authority: trustme.CA) -> None:
    with serving_securely({}, authority, handshakes=False) as site, fetcher(authority, timeout=0.4) as net:
        began = time.monotonic()
        with pytest.raises(FetchError, match="in time"):
            net.get(site.url("/a"))
        assert time.monotonic() - began < 2


def test_plain_words_on_the_port_of_tls_are_an_error(authority: trustme.CA) -> None:
    from tests.net.server import serving

    with serving({}) as outlet, fetcher(authority) as net, pytest.raises(FetchError, match="could not be reached"):
        net.get(f"https://127.0.0.1:{outlet.port}/a")


def test_a_body_that_drips_over_a_shared_connection_costs_the_other_request_nothing(authority: trustme.CA) -> None:
    replies = {"/good": Reply(body=b"good")}
    with (
        serving_securely(replies, authority, drips=frozenset({"/bad"})) as site,
        fetcher(authority, timeout=2.5) as net,
        ThreadPoolExecutor(2) as threads,
    ):
        net.get(site.url("/good"))
        bad = threads.submit(net.get, site.url("/bad"))
        assert until(lambda: any(path == "/bad" for path, _ in site.asked))
        for _ in range(5):
            assert net.get(site.url("/good")).body == b"good"
        assert isinstance(bad.exception(), FetchError)
        assert net.get(site.url("/good")).body == b"good"


def test_a_request_that_another_ones_deadline_tears_down_is_made_again(authority: trustme.CA) -> None:
    """The one that waits longest reads for both; when its time is over, the connection is."""
    with (
        serving_securely({}, authority, drips=frozenset({"/a", "/b"})) as site,
        fetcher(authority, timeout=1.0) as net,
        ThreadPoolExecutor(2) as threads,
    ):
        with pytest.raises(FetchError, match="404"):
            net.get(site.url("/none"))
        first = threads.submit(net.get, site.url("/a"))
        time.sleep(0.5)
        began = time.monotonic()
        with pytest.raises(FetchError, match="in time"):
            net.get(site.url("/b"))
        assert 0.9 < time.monotonic() - began < 5
        assert isinstance(first.exception(), FetchError)
        assert [path for path, _ in site.asked].count("/b") == 2


def test_an_endless_body_is_cut_at_the_limit_and_the_next_page_comes(authority: trustme.CA) -> None:
    site_of = serving_securely(
        {"/good": Reply(body=b"good")}, authority, drips=frozenset({"/bomb"}), drip=bytes(64_000)
    )
    with site_of as site, fetcher(authority, largest_page=300_000, timeout=10.0) as net:
        for _ in range(3):
            with pytest.raises(FetchError, match="larger than 300,000 bytes"):
                net.get(site.url("/bomb"))
            assert net.get(site.url("/good")).body == b"good"


def test_a_redirect_from_tls_to_a_private_address_is_refused(authority: trustme.CA) -> None:
    replies = {"/a": Reply(status=301, headers={"Location": "https://10.0.0.1/b"})}
    with serving_securely(replies, authority) as site, fetcher(authority) as net, pytest.raises(RefusedAddress):
        net.get(site.url("/a"))
