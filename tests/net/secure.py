"""A real server on loopback that speaks TLS with a certificate of our own, HTTP/2 where it is wanted."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import h2.config
import h2.connection
import h2.events
import trustme

from tests.net.server import Reply

NEVER_ENDS = 10_000_000_000


@dataclass
class Secure:
    """What the server answers by path, what it was asked, and how many connections that took.

    ``drips`` are paths whose body never ends, ``drip`` the bytes of it that come at a time.
    """

    replies: dict[str, Reply]
    drips: frozenset[str] = frozenset()
    drip: bytes = b"x"
    port: int = 0
    connections: int = 0
    protocols: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    closing: Event = field(default_factory=Event)
    handshakes: bool = True

    def url(self, path: str, host: str = "localhost") -> str:
        return f"https://{host}:{self.port}{path}"


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """Return a client's TLS that trusts nobody but the authority."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@contextmanager
def serving_securely(
    replies: dict[str, Reply],
    authority: trustme.CA,
    *,
    names: tuple[str, ...] = ("localhost",),
    protocols: tuple[str, ...] = ("h2", "http/1.1"),
    **more: Any,
) -> Iterator[Secure]:
    """Serve until the block ends; ``names`` are those of the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    context.set_alpn_protocols(list(protocols))
    listener = socket.create_server(("127.0.0.1", 0))
    site = Secure(replies, **more)
    site.port = listener.getsockname()[1]
    threads: list[Thread] = []
    sockets: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            if site.closing.is_set():
                plain.close()
                return
            site.connections += 1
            sockets.append(plain)
            thread = Thread(target=_serve, args=(plain, context, site, sockets), daemon=True)
            threads.append(thread)
            thread.start()

    thread = Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        socket.create_connection(("127.0.0.1", site.port)).close()  # wakes the listener
        thread.join()
        listener.close()
        for one in threads:
            one.join(5)
        for sock in sockets:
            sock.close()


def _serve(plain: socket.socket, context: ssl.SSLContext, site: Secure, sockets: list[socket.socket]) -> None:
    if not site.handshakes:
        site.closing.wait(10)
        return
    try:
        sock = context.wrap_socket(plain, server_side=True)
    except OSError:
        return
    sockets.append(sock)
    site.protocols.append(sock.selected_alpn_protocol() or "")
    try:
        (_serve_two if sock.selected_alpn_protocol() == "h2" else _serve_one)(sock, site)
    except OSError:
        return


def _serve_one(sock: ssl.SSLSocket, site: Secure) -> None:
    """Answer HTTP/1.1 requests one after the other."""
    sock.settimeout(0.05)
    data = b""
    while not site.closing.is_set():
        try:
            chunk = sock.recv(65536)
        except TimeoutError:
            continue
        if not chunk:
            return
        data += chunk
        while b"\r\n\r\n" in data:
            head, data = data.split(b"\r\n\r\n", 1)
            lines = head.decode().split("\r\n")
            path = lines[0].split()[1]
            site.asked.append((path, {k.lower(): v for k, v in (line.split(": ", 1) for line in lines[1:])}))
            reply = site.replies.get(path, Reply(status=404))
            more = "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items())
            start = f"HTTP/1.1 {reply.status} X\r\n{more}Content-Length: {len(reply.body)}\r\n\r\n"
            sock.sendall(start.encode() + reply.body)


def _serve_two(sock: ssl.SSLSocket, site: Secure) -> None:
    """Answer HTTP/2 requests, all streams of a connection at the same time."""
    http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    http.initiate_connection()
    sock.sendall(http.data_to_send())
    sock.settimeout(0.02)
    dripping: set[int] = set()
    while not site.closing.is_set():
        for stream in dripping:
            if http.local_flow_control_window(stream) > len(site.drip):
                for start in range(0, len(site.drip), 16_000):
                    http.send_data(stream, site.drip[start : start + 16_000])
        sock.sendall(http.data_to_send())
        try:
            data = sock.recv(65536)
        except TimeoutError:
            continue
        if not data:
            return
        for event in http.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                _answer_two(http, event, site, dripping)
            elif isinstance(event, h2.events.StreamReset):
                dripping.discard(event.stream_id or 0)
        sock.sendall(http.data_to_send())


def _answer_two(
    http: h2.connection.H2Connection, event: h2.events.RequestReceived, site: Secure, dripping: set[int]
) -> None:
    headers = {str(_text(name)): str(_text(value)) for name, value in event.headers or []}
    stream = event.stream_id or 0
    path = headers[":path"]
    site.asked.append((path, headers))
    if path in site.drips:
        http.send_headers(stream, [(":status", "200"), ("content-length", str(NEVER_ENDS))])
        dripping.add(stream)
        return
    reply = site.replies.get(path, Reply(status=404))
    more = [(name.lower(), value) for name, value in reply.headers.items()]
    http.send_headers(stream, [(":status", str(reply.status)), *more], end_stream=not reply.body)
    for start in range(0, len(reply.body), 16_000):
        http.send_data(stream, reply.body[start : start + 16_000], end_stream=start + 16_000 >= len(reply.body))


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def until(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Wait until something holds; tells whether it came to that."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
