"""Getting pages over HTTP: every hop guarded, every answer bounded, every outlet's wishes kept."""

from __future__ import annotations

import base64
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from types import TracebackType
from typing import Self

import h2.exceptions
import httpcore2
import httpx2

from nutgraf import __version__
from nutgraf.config import Settings
from nutgraf.errors import FetchError, RefusedAddress
from nutgraf.model import Page
from nutgraf.net import headers as said
from nutgraf.net import robots
from nutgraf.net.deadline import GuardedBackend, Resolve, ending_after, look_up, time_left
from nutgraf.net.guard import port_of, read_guard
from nutgraf.net.manners import Manners
from nutgraf.ports import Fetched, NotModified, Validators

TOKEN = "nutgraf"  # the name that robots.txt files know us by
MOST_HOPS = 10
ROBOTS_KEPT = 24 * 3600.0  # seconds; RFC 9309 (2.4) asks for no more than a day
ROBOTS_RETRY = 600.0  # seconds before a robots.txt that the server would not give is asked for again
UNREACHABLE_RETRY = 60.0  # … and before a host that did not answer at all is
LONGEST_PAUSE = 30.0  # seconds; the most that a Crawl-delay can slow us
ENCODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "identity"})
ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,*/*;q=0.8"
)
LONGEST_DETAIL = 160  # characters of a library's own words in a message
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)

# What each refusal means to the reader, and what to do: (problem, remedy).
STATUS_WORDS = {
    401: ("asks for a name and a password", "Use an address that is open to all"),
    402: ("asks for payment", "Use an address that is open to all"),
    403: ("refuses to be read", "Ask the outlet, or remove the source"),
    404: ("is not there", "Check the address"),
    410: ("is gone for good", "Remove the source"),
    429: ("asks to be asked less often", "It is tried again later"),
    451: ("is withheld for legal reasons", "Remove the source"),
}
SERVER_TROUBLE = ("has trouble on its side", "It is tried again later")
CHALLENGE = ("asks to prove that a person reads", "nutgraf does not get around that; ask the outlet or use its feed")

FAILURES = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpx2.HTTPError,
    httpx2.StreamError,
    h2.exceptions.H2Error,
    ValueError,  # a status that is no number, a header that is no text
)


def open_fetcher(settings: Settings) -> HttpFetcher:
    """Return the fetcher that the settings describe; close it, or use it as a context."""
    return HttpFetcher(settings)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx2.Headers
    body: bytes


class HttpFetcher:
    """A ``ports.Fetcher`` over HTTP/1.1 and HTTP/2. Safe to use from several threads; keeps no cookies.

    Hosts that the settings allow by name or address are the owner's own: they are asked without a pause.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolve = look_up,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._guard = read_guard(settings.allow)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls or _tls(),
            max_connections=200,
            max_keepalive_connections=50,
            keepalive_expiry=30.0,
            http2=True,
            network_backend=GuardedBackend(self._guard, resolve),
        )
        self._clock = clock
        self._now = now
        self._manners = Manners(clock=clock, sleep=sleep)
        self._rules: dict[str, tuple[float, robots.Rules | FetchError]] = {}
        self._rules_lock = Lock()
        # Where no contact is given, a site that is open to all says who asks.
        own = "" if re.search(r"//(?:localhost|127\.|\[::1\])", settings.address) else settings.address.strip()
        contact = settings.contact.strip() or own
        self.user_agent = f"{TOKEN}/{'.'.join(__version__.split('.')[:2])}" + (f" (+{contact})" if contact else "")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def get(self, address: str) -> Page:
        """Return the page; raises ``FetchError`` naming the address where there is none."""
        answer = self.fetch(address)
        assert isinstance(answer, Fetched)  # only a conditional request can be answered otherwise
        return answer.page

    def fetch(self, address: str, validators: Validators | None = None) -> Fetched | NotModified:
        """Ask for the page, conditionally where validators are given; raises ``FetchError``.

        ``moved_to`` is where permanent redirects lead before the first temporary one.
        """
        start = url = self._read_address(address)
        moved_to: httpx2.URL | None = None
        only_permanent = True
        seen = {str(url)}
        for _ in range(MOST_HOPS + 1):
            self._check_robots(url)
            answer = self._ask(url, start, validators, limit=self._settings.largest_page)
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return self._result(url, answer, validators, str(moved_to) if moved_to else None)
            url = self._next_hop(url, answer.headers["location"], start)
            only_permanent = only_permanent and answer.status in PERMANENT
            moved_to = url if only_permanent else moved_to
            if str(url) in seen:
                raise FetchError(_shown(start), "redirects in a loop", "Check the address", status=answer.status)
            seen.add(str(url))
        raise FetchError(_shown(start), f"redirects more than {MOST_HOPS} times", "Check the address")

    def _result(
        self, url: httpx2.URL, answer: _Answer, validators: Validators | None, moved_to: str | None
    ) -> Fetched | NotModified:
        shown = _shown(url)
        fresh = said.fresh_for(answer.headers, self._now())
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        if answer.status == 304 and validators is not None:
            kept = Validators(etag or validators.etag, modified or validators.last_modified)
            return NotModified(validators=kept, fresh_for=fresh)
        if answer.status != 200:
            raise self._failure(url, answer)
        if reserved := said.reservation(answer.headers, TOKEN):
            raise RefusedAddress(shown, f"is reserved by its outlet ({reserved})", "It is left unread")
        page = Page(address=shown, body=answer.body, content_type=answer.headers.get("content-type"))
        return Fetched(page=page, validators=Validators(etag, modified), moved_to=moved_to, fresh_for=fresh)

    def _failure(self, url: httpx2.URL, answer: _Answer) -> FetchError:
        status = answer.status
        wait = said.retry_after(answer.headers.get("retry-after"), self._now())
        if wait and status in (429, 503):
            self._manners.keep_quiet(self._host_key(url), wait)
        if said.is_challenge(answer.headers, answer.body):
            problem, remedy = CHALLENGE
        elif status >= 500:
            problem, remedy = SERVER_TROUBLE
        else:
            problem, remedy = STATUS_WORDS.get(status, ("gives no page", "Check the address"))
        return FetchError(_shown(url), f"{problem} (status {status})", remedy, status=status, retry_after=wait)

    # one request

    def _ask(self, url: httpx2.URL, start: httpx2.URL, validators: Validators | None, *, limit: int) -> _Answer:
        """Make one request within the deadline; raises ``FetchError`` for every way in which it can go wrong."""
        self._guard.check(url, _shown(url))
        host = self._host_key(url)
        if (wait := self._manners.quiet_for(host)) > 0:
            problem, remedy = STATUS_WORDS[429]
            raise FetchError(_shown(url), problem, remedy, status=429, retry_after=wait)
        if self._manners.is_dead(host):
            raise FetchError(_shown(url), "is on a host that has not answered for a while", "It is tried again later")
        headers = self._headers(url, start, validators)
        with self._manners.turn(host, self._pause(url)), ending_after(self._settings.timeout), self._told(url):
            connected: list[str] = []
            try:
                return self._answer(url, headers, limit, connected)
            except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.RemoteProtocolError):
                # An open connection may be closed just when it is used again, or end with another request on it.
                if connected or time_left() <= 0:
                    raise
                return self._answer(url, headers, limit, connected)

    def _answer(self, url: httpx2.URL, headers: dict[str, str], limit: int, connected: list[str]) -> _Answer:
        """Make one request; what had to be connected first is added to ``connected``."""

        def trace(event: str, info: object) -> None:
            if event == "connection.connect_tcp.started":
                connected.append(url.host)

        with self._answering(url, headers, trace) as response:
            return _Answer(response.status_code, response.headers, _body(url, response, limit))

    @contextmanager
    def _answering(
        self, url: httpx2.URL, headers: dict[str, str], trace: Callable[[str, object], None]
    ) -> Iterator[httpx2.Response]:
        request = httpx2.Request("GET", url, headers=headers)
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._settings.timeout)
        answer = self._pool.handle_request(
            httpcore2.Request(
                "GET",
                httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions={"timeout": timeouts, "trace": trace},
            )
        )
        try:
            yield httpx2.Response(answer.status, headers=answer.headers, stream=_Stream(answer), request=request)
        except BaseException:
            # What is left of a body would come between the answers to other requests on the same connection.
            answer.extensions["network_stream"].close()
            raise
        finally:
            answer.close()

    def _headers(self, url: httpx2.URL, start: httpx2.URL, validators: Validators | None) -> dict[str, str]:
        headers = {"User-Agent": self.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate, br"}
        if validators and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        if start.userinfo and _origin(url) == _origin(start):
            name_and_word = f"{start.username}:{start.password}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(name_and_word).decode()
        return headers

    @contextmanager
    def _told(self, url: httpx2.URL) -> Iterator[None]:
        """Turn what the libraries raise into a ``FetchError`` that names the address; take note of a silent host."""
        host = self._host_key(url)
        try:
            yield
        except RefusedAddress as error:
            raise RefusedAddress(_shown(url), error.problem, error.remedy) from error
        except (httpcore2.TimeoutException, httpx2.TimeoutException) as error:
            self._manners.note(host, answered=False)
            raise FetchError(_shown(url), "did not answer in time", "It is tried again later") from error
        except FAILURES as error:
            self._manners.note(host, answered=not isinstance(error, httpcore2.NetworkError))
            detail = str(error)[:LONGEST_DETAIL] or type(error).__name__  # it may quote the whole answer
            problem = f"could not be reached or read ({detail})"
            raise FetchError(_shown(url), problem, "It is tried again later") from error
        self._manners.note(host, answered=True)

    # addresses

    def _read_address(self, address: str) -> httpx2.URL:
        text = address.strip()
        if re.search(r"[\x00-\x20\x7f\\]", text):
            raise RefusedAddress(address, "has characters that no address has", "Correct the address")
        try:
            url = httpx2.URL(text).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
            raise RefusedAddress(address, f"is not an address ({error})", "Correct the address") from error
        self._guard.check(url, _shown(url))
        if not url.host:
            raise RefusedAddress(address, "names no host", "Correct the address")
        return url

    def _next_hop(self, url: httpx2.URL, location: str, start: httpx2.URL) -> httpx2.URL:
        try:
            there = str(url.copy_with(userinfo=b"").join(location.strip()))
        except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
            raise FetchError(_shown(start), "redirects to what is no address", "Check the address") from error
        return self._read_address(_shown(self._read_address(there)))

    def _host_key(self, url: httpx2.URL) -> str:
        port = port_of(url)
        return f"{url.host}:{port}" if self._guard.allows(url.host, port) else url.host

    def _pause(self, url: httpx2.URL) -> float:
        if self._guard.allows(url.host, port_of(url)):
            return 0.0
        kept = self._rules.get(_origin(url))
        asked = kept[1].delay if kept and isinstance(kept[1], robots.Rules) else 0.0
        return max(self._settings.delay, min(asked, LONGEST_PAUSE))

    # robots.txt

    def _check_robots(self, url: httpx2.URL) -> None:
        rules = self._rules_of(url)
        if isinstance(rules, FetchError):
            problem = rules.problem
            if rules.status is not None:
                problem = f"its robots.txt cannot be read, so nothing there is asked: it {problem}"
            raise FetchError(
                _shown(url), problem, rules.remedy, status=rules.status, retry_after=rules.retry_after
            ) from rules
        if not rules.permit(url.raw_path.decode("ascii", errors="replace")):
            raise RefusedAddress(_shown(url), "its outlet's robots.txt asks us not to read it", "It is left unread")

    def _rules_of(self, url: httpx2.URL) -> robots.Rules | FetchError:
        origin = _origin(url)
        with self._rules_lock:
            kept = self._rules.get(origin)
        if kept and kept[0] > self._clock():
            return kept[1]
        try:
            rules: robots.Rules | FetchError = self._read_robots(url.copy_with(raw_path=b"/robots.txt"))
        except RefusedAddress as error:
            raise RefusedAddress(_shown(url), error.problem, error.remedy) from error
        except FetchError as error:
            rules = error
        lasts = ROBOTS_KEPT
        if isinstance(rules, FetchError):
            lasts = ROBOTS_RETRY if rules.status else UNREACHABLE_RETRY
        with self._rules_lock:
            self._rules[origin] = (self._clock() + lasts, rules)
        return rules

    def _read_robots(self, start: httpx2.URL) -> robots.Rules:
        """Read one robots.txt: none (4xx) permits everything, one that cannot be had raises ``FetchError``."""
        url = start
        for _ in range(6):  # RFC 9309 (2.3.1.2): at least five redirects
            answer = self._ask(url, start, None, limit=self._settings.largest_page)
            if answer.status in REDIRECTS and "location" in answer.headers:
                url = self._next_hop(url, answer.headers["location"], start)
                continue
            if answer.status == 200:
                return robots.read_rules(answer.body, TOKEN)
            if 400 <= answer.status < 500 and answer.status != 429:
                return robots.EVERYTHING
            raise self._failure(url, answer)
        return robots.EVERYTHING


@cache
def _tls() -> ssl.SSLContext:
    """Return the one TLS context; making it reads every root certificate, which takes a tenth of a second."""
    return httpx2.create_ssl_context(trust_env=False)


class _Stream(httpx2.SyncByteStream):
    """The body of an answer, for httpx2 to decompress."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer.iter_stream())

    def close(self) -> None:
        self._answer.close()


def _body(url: httpx2.URL, response: httpx2.Response, limit: int) -> bytes:
    """Read the body decompressed; stops at the limit, so that what a bomb would unpack to never exists."""
    layers = [part.strip().lower() for part in response.headers.get("content-encoding", "").split(",") if part.strip()]
    if len(layers) > 2 or not ENCODINGS.issuperset(layers):
        raise FetchError(_shown(url), f"is compressed as {', '.join(layers)[:80]}", "Ask the outlet for plain or gzip")
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > limit:
            raise FetchError(
                _shown(url), f"is larger than {limit:,} bytes", 'If it is no mistake, raise "largest_page"'
            )
    return bytes(body)


def _origin(url: httpx2.URL) -> str:
    return f"{url.scheme}://{url.host}:{port_of(url)}"


def _shown(url: httpx2.URL) -> str:
    """Return the address without the name and password that it may hold."""
    return str(url.copy_with(userinfo=b"")) if url.userinfo else str(url)
