"""Serves one site over real HTTP on a free port of the loopback: keep-alive, validators, compression, a clean stop."""

from __future__ import annotations

import gzip
import hashlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from nutgraf.demo.site import Answer

Answering = Callable[[str], Answer]

IDLE_SECONDS = 30
"""How long a connection without a request is kept."""


@contextmanager
def running(answer: Answering) -> Iterator[str]:
    """Serve ``answer``'s answers while the block runs and give the server's address, without a slash at the end."""
    server = _Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="made-up outlet")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()


class _Server(ThreadingHTTPServer):
    # Threads are joined on closing, so that nothing of a closed demo is left behind.
    daemon_threads = False
    block_on_close = True

    def __init__(self, answer: Answering) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that has heard enough, or the end of the demo, is no error.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End the connections that clients still hold open, so that their threads come to an end."""
        with self._lock:
            waiting = list(self._open)
        for connection in waiting:
            with suppress(OSError):  # the client was first
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    # Head and body leave as one: two small writes would wait for the client's acknowledgement in between.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._send(body=True)

    def do_HEAD(self) -> None:
        self._send(body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to whoever opened the demo."""

    def _send(self, *, body: bool) -> None:
        answer = self.server.answer(unquote(urlsplit(self.path).path))
        validators = _validators(answer)
        if answer.status == 200 and _unchanged(self.headers, validators):
            self.send_response(304)
            self._send_headers(validators)
            return
        packed = answer.compressible and "gzip" in self.headers.get("Accept-Encoding", "")
        content = gzip.compress(answer.body, mtime=0) if packed else answer.body
        self.send_response(answer.status)
        self._send_headers(
            validators
            | {"Content-Type": answer.content_type, "Content-Length": str(len(content))}
            | ({"Content-Encoding": "gzip", "Vary": "Accept-Encoding"} if packed else {})
        )
        if body:
            self.wfile.write(content)

    def _send_headers(self, headers: dict[str, str]) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _validators(answer: Answer) -> dict[str, str]:
    if answer.status != 200:
        return {}
    headers = {"ETag": f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'}
    if answer.changed:
        headers["Last-Modified"] = format_datetime(answer.changed.astimezone(UTC), usegmt=True)
    return headers


def _unchanged(asked: Any, validators: dict[str, str]) -> bool:
    # An entity tag outweighs a date (RFC 9110, 13.1.3).
    if tags := asked.get("If-None-Match"):
        return validators.get("ETag") in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    since = asked.get("If-Modified-Since")
    return bool(since) and since == validators.get("Last-Modified")
