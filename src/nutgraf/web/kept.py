"""Answers kept while nothing changes: most readers ask for the same few pages, which need not be made anew for each."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from nutgraf.errors import NutgrafError
from nutgraf.ports import StoredBriefs
from nutgraf.web.install import install_steps
from nutgraf.web.reader import reader_in

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MOST_BYTES = 64 * 1024 * 1024
LARGEST = 2 * 1024 * 1024
SECONDS = 60.0
"""How long an answer is kept at most: some pages tell how long ago something was."""

NO_BODY = {"Content-Length", "Content-Encoding"}


@dataclass(frozen=True, slots=True)
class _Answer:
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str | None
    made: float


class Kept:
    """A WSGI application over another that gives an answer again as long as the store has not changed.

    Kept are whole answers with status 200 to GET without authorisation, apart for each address, tongue, kind of device,
    encoding, and what a reader chose; other cookies make no difference. Whether anything was stored is asked at every
    request, so that no reader is given an old page.
    """

    def __init__(self, inner: Wsgi, store: StoredBriefs, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._inner = inner
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._revision = ""
        self._answers: OrderedDict[tuple[str, ...], _Answer] = OrderedDict()
        self._bytes = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("HTTP_AUTHORIZATION"):
            return self._inner(environ, start_response)
        try:
            revision = self._store.revision()
        except NutgrafError:
            return self._inner(environ, start_response)  # which says what is wrong, as for any page
        key = _key(environ)
        answer = self._kept(key, revision)
        if answer is None:
            if environ["REQUEST_METHOD"] == "HEAD":
                return self._inner(environ, start_response)
            conditional = environ.pop("HTTP_IF_NONE_MATCH", None)
            since = environ.pop("HTTP_IF_MODIFIED_SINCE", None)
            answer = self._make(environ)
            self._keep(key, revision, answer)
            environ |= {"HTTP_IF_NONE_MATCH": conditional} if conditional else {}
            environ |= {"HTTP_IF_MODIFIED_SINCE": since} if since else {}
        return _give(answer, environ, start_response)

    def _kept(self, key: tuple[str, ...], revision: str) -> _Answer | None:
        with self._lock:
            if revision != self._revision:
                self._answers.clear()
                self._bytes, self._revision = 0, revision
            answer = self._answers.get(key)
            if answer is None or self._clock() - answer.made > SECONDS:
                return None
            self._answers.move_to_end(key)
            return answer

    def _make(self, environ: dict[str, Any]) -> _Answer:
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            started[:] = [status, headers]

        chunks = self._inner(environ, start)
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers = started
        etag = next((value for name, value in headers if name.lower() == "etag"), None)
        return _Answer(status, tuple(headers), body, etag, self._clock())

    def _keep(self, key: tuple[str, ...], revision: str, answer: _Answer) -> None:
        private = any(name.lower() == "set-cookie" for name, _ in answer.headers)
        if not answer.status.startswith("200") or private or len(answer.body) > LARGEST:
            return
        with self._lock:
            if revision != self._revision:  # something was stored while it was made
                return
            before = self._answers.pop(key, None)
            self._bytes += len(answer.body) - (len(before.body) if before else 0)
            self._answers[key] = answer
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._answers.popitem(last=False)[1].body)


def _key(environ: dict[str, Any]) -> tuple[str, ...]:
    """Return what an answer can depend on."""
    gzip = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    steps = install_steps(environ.get("HTTP_USER_AGENT", ""))
    address = (environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
    reader = reader_in(environ, "the site's")
    chosen = ";".join(f"{name}={value}" for name, value in sorted(reader.cookies.items()) if name != "tongue")
    return (*address, reader.language, chosen, str(gzip), steps[0])


def _give(answer: _Answer, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if answer.status.startswith("200") and _has_it(answer, environ):
        start_response("304 Not Modified", [pair for pair in answer.headers if pair[0] not in NO_BODY])
        return []
    start_response(answer.status, list(answer.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def _has_it(answer: _Answer, environ: dict[str, Any]) -> bool:
    """Tell whether the one who asks has this very answer; weak tags are like strong ones (RFC 9110, 13.1.2)."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is None:
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return since is not None and ("Last-Modified", since) in answer.headers
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return "*" in tags or (answer.etag or "").removeprefix("W/") in tags
