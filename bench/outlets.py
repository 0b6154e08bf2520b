"""A server of many feeds in a process of its own: ``python -m bench.outlets ENTRIES`` prints its port and serves.

Every path under ``/feed/`` is a feed; with ``?plain`` it has no validators. ``/most`` tells how many requests to one
host were in flight at once, at most. Any address of 127.0.0.0/8 is a host of its own.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

WORDS = "The harbour office said on Monday that the ferry would sail again once its hull had been looked at by divers. "


@lru_cache(maxsize=10_000)
def feed_of(name: str, entries: int) -> tuple[bytes, str]:
    """Return a feed and its entity tag."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{name}-{n}</guid><title>Report {n} of {name} &amp; the harbour</title>"
        f"<link>http://127.0.0.1/pages/{name}/{n}?utm_source=rss&amp;n={n}</link>"
        f"<description><![CDATA[<p>{WORDS * 3}</p><img src='/p/{n}.jpg'>]]></description>"
        f"<dc:creator>Jo Lind</dc:creator><category>Harbour</category>"
        f"<pubDate>Mon, 02 Mar 2026 {23 - n % 24:02d}:{n % 60:02d}:00 +0100</pubDate></item>"
        for n in range(entries)
    )
    head = f"<title>{name}</title><link>http://127.0.0.1/{name}/</link><language>en</language>"
    body = (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel>{head}{items}</channel></rss>"
    ).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


class Feeds(BaseHTTPRequestHandler):
    """Answers for feeds."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # one packet an answer: otherwise the client's delayed acknowledgement is what is measured
    entries = 50
    lock = Lock()
    now: Counter[str] = Counter()
    most: Counter[str] = Counter()

    def do_GET(self) -> None:
        """Count the request in, answer, count it out."""
        host = self.headers.get("Host", "").partition(":")[0]
        with self.lock:
            self.now[host] += 1
            self.most[host] = max(self.most[host], self.now[host])
        try:
            self._answer()
        finally:
            with self.lock:
                self.now[host] -= 1

    def _answer(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/most":
            self._send(200, str(max(self.most.values())).encode())
        elif path.startswith("/feed/"):
            body, tag = feed_of(path.rpartition("/")[2], self.entries)
            if query == "plain":
                self._send(200, body)
            elif self.headers.get("If-None-Match") == tag:
                self._send(304, b"", ETag=tag)
            else:
                self._send(200, body, ETag=tag)
        else:
            self._send(404, b"")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/rss+xml")
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *args: object) -> None:
        """Say nothing of single requests."""


class Server(ThreadingHTTPServer):
    """A server that many may call at once."""

    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, *args: object) -> None:
        """Say nothing of clients that hang up."""


def main() -> None:
    """Serve until the process is ended."""
    Feeds.entries = int(sys.argv[1])
    server = Server(("", 0), Feeds)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
