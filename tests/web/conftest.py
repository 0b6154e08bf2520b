"""A site over samples, and a client that asks it as a server would, without one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

import pytest
from playwright.sync_api import Browser

from nutgraf.config import Settings, load_settings
from nutgraf.ports import StoredBriefs
from nutgraf.web import application
from tests.samples import SHELF
from tests.web.browsing import running_browser


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Client:
    """Asks a WSGI application."""

    app: Callable[..., Any]

    def post(self, path: str, values: dict[str, str], **headers: str) -> Answer:
        return self.get(path, "POST", urlencode(values).encode(), **headers)

    def get(
        self,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        content_type: str = "application/x-www-form-urlencoded",
        **headers: str,
    ) -> Answer:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": content_type if body else "",
            "wsgi.errors": io.StringIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        got: list[Any] = []
        parts = self.app(environ, lambda status, heads, exc=None: got.extend([status, heads]))
        try:
            answer = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        return Answer(int(got[0].split()[0]), dict(got[1]), answer)


def settings_for(**values: str) -> Settings:
    environment = {f"NUTGRAF_{name.upper()}": value for name, value in values.items()}
    return load_settings(Path("/nowhere"), environment)


def client_of(store: StoredBriefs, **values: str) -> Client:
    return Client(application(store, settings_for(**values)))


@pytest.fixture
def client() -> Client:
    return client_of(SHELF)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser
