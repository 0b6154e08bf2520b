"""A push service on the loopback, and a browser that can read what is pushed to it."""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from nutgraf.ports import Browser


@dataclass
class Reader:
    """A browser: its keys, and what it read."""

    service: str
    name: str = "one"
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def browser(self) -> Browser:
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return Browser(f"{self.service}/push/{self.name}", text_of(point), text_of(self.auth))

    def read(self, body: bytes) -> dict[str, Any]:
        """Decrypt as a browser does."""
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth, version="aes128gcm")
        found = json.loads(plain)
        assert isinstance(found, dict)
        return found


@dataclass
class Service:
    """What came in, in order; ``status`` is the answer."""

    address: str = ""
    status: int = 201
    came: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


def text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def is_signed(headers: dict[str, str], key: str) -> bool:
    """Tell whether a push carries the signature of a key."""
    return key in headers["Authorization"] and bool(Vapid02.verify(headers["Authorization"]))


@contextmanager
def push_service() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.came.append((self.path, dict(self.headers), body))
            self.send_response(service.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
