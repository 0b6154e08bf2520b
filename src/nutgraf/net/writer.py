"""Asking the language model that the operator named: one address, one kind of request, everything bounded.

The key is known here alone: it is in no setting, no message and no ``repr``, and an answer that holds it is dropped.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpcore2
import httpx2

from nutgraf.config import Settings
from nutgraf.errors import RefusedAddress, SettingsError, WriterError
from nutgraf.net.deadline import GuardedBackend, ending_after
from nutgraf.net.fetcher import FAILURES, _tls
from nutgraf.net.guard import Guard, is_local, port_of, read_guard
from nutgraf.net.headers import retry_after
from nutgraf.ports import WriterAnswer, WriterPrompt

KEY_VARIABLE = "NUTGRAF_WRITER_KEY"
LARGEST_ANSWER = 400_000  # bytes
FIRST_REST = 60.0  # seconds that a writer is left alone after a failure; doubled with each further one
LONGEST_REST = 3600.0
SEED = 7

STATUS_WORDS = {
    401: ("does not take the key", f"Check {KEY_VARIABLE} or the file of writer_key_file"),
    403: ("does not take the key", f"Check {KEY_VARIABLE} or the file of writer_key_file"),
    404: ("knows no such address or model", "Check writer_url and writer_model"),
    429: ("asks to be asked less often", "It is tried again later"),
}
FOR_GOOD = (401, 403, 404)
"""Answers that asking again soon does not change."""


class Key:
    """A secret that shows itself to nobody who prints it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Key(…)"

    def header(self) -> str:
        """Return what a request carries."""
        return f"Bearer {self._text}"

    def is_in(self, text: str) -> bool:
        """Tell whether a text holds the secret."""
        return self._text in text


class _Hush(logging.Filter):
    """Drops what a library notes for debugging where it holds the key: servers echo what they are sent."""

    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record may be noted."""
        return not self._key.is_in(record.getMessage())


LOGGERS = tuple(f"httpcore2.{name}" for name in ("connection", "http11", "http2", "proxy"))


def open_writer(
    settings: Settings, folder: Path, *, environment: Mapping[str, str] = os.environ, url: str = ""
) -> HttpWriter | None:
    """Return the writer that the settings (or ``url``) name, ``None`` where they name none.

    Raises ``SettingsError`` for a key that cannot be had or used; no message holds any of it.
    """
    address = url or settings.writer_url
    if not address:
        return None
    return HttpWriter(settings, address, _read_key(settings, folder, environment))


def _read_key(settings: Settings, folder: Path, environment: Mapping[str, str]) -> Key | None:
    where, text = KEY_VARIABLE, environment.get(KEY_VARIABLE, "")
    if not text and settings.writer_key_file:
        where = "writer_key_file"  # not what it says: somebody may have put the key itself there
        try:
            text = (folder / settings.writer_key_file).read_text(encoding="ascii")
        except (OSError, ValueError):
            raise SettingsError(where, "names no file that can be read", "Name a file with the key alone") from None
    text = text.strip()
    if text and not re.fullmatch(r"[!-~]{1,500}", text):
        raise SettingsError(where, "holds no key", "A key is one word of plain characters")
    return Key(text) if text else None


class HttpWriter:
    """A ``ports.Writer`` over HTTP: any server that answers ``POST …/chat/completions`` as OpenAI's does."""

    def __init__(
        self, settings: Settings, address: str, key: Key | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = _read_url(address)
        self._model = settings.writer_model
        self._key = key
        self._timeout = settings.writer_timeout
        host, port = self._url.host, port_of(self._url)
        own = is_local(host) or read_guard(settings.allow).allows(host, port)
        if key is not None and self._url.scheme != "https" and not own:
            raise SettingsError("writer_url", "would take the key unencrypted", "Give it an https address")
        # This address and no other may be asked, wherever its name leads: the operator wrote it.
        guard = Guard(frozenset({(host.lower().rstrip("."), port)}))
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls(), max_connections=2, keepalive_expiry=30.0, network_backend=GuardedBackend(guard)
        )
        self._hush = _Hush(key) if key is not None else None
        for name in LOGGERS if self._hush else ():
            logging.getLogger(name).addFilter(self._hush)  # type: ignore[arg-type]  # there is one
        self._clock = clock
        self._rests_until = 0.0
        self._failed = 0
        self._plain = False

    def __repr__(self) -> str:
        return f"HttpWriter({self.name!r})"

    @property
    def name(self) -> str:
        """The model and the host that it is asked at."""
        return f"{self._model or 'the model'} at {_shown(self._url)}"

    @property
    def is_resting(self) -> bool:
        """Whether it is left alone for a while."""
        return self._clock() < self._rests_until

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
        for name in LOGGERS if self._hush else ():
            logging.getLogger(name).removeFilter(self._hush)  # type: ignore[arg-type]  # there is one

    def answer(self, prompt: WriterPrompt) -> WriterAnswer:
        """Return the answer, unread; raises ``WriterError``."""
        if self.is_resting:
            raise WriterError(self.name, "is left alone for a while after a failure", "It is tried again later")
        requests = 1
        status, headers, body = self._ask(prompt)
        if status in (400, 422) and not self._plain:  # not every server knows every option
            self._plain, requests = True, 2
            status, headers, body = self._ask(prompt)
        if status != 200:
            raise self._refused(status, headers)
        text, tokens = self._read(body)
        self._failed = 0
        return WriterAnswer(text, requests, tokens)

    def _ask(self, prompt: WriterPrompt) -> tuple[int, Mapping[str, str], bytes]:
        body = json.dumps(self._question(prompt), ensure_ascii=False).encode("utf-8", "replace")
        headers = {
            "Host": self._url.netloc.decode(),
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "nutgraf",
        }
        if self._key is not None:
            headers["Authorization"] = self._key.header()
        try:
            with ending_after(self._timeout):
                return self._post(headers, body)
        except RefusedAddress as error:
            raise self._failure(error.problem) from None
        except (httpcore2.TimeoutException, httpx2.TimeoutException):
            raise self._failure("did not answer in time") from None
        except FAILURES as error:  # the cause is left out: what a library quotes may hold the request
            raise self._failure(f"could not be reached or read ({type(error).__name__})") from None

    def _question(self, prompt: WriterPrompt) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "model": self._model or "default",
            "messages": [
                {"role": "system", "content": prompt.instructions},
                {"role": "user", "content": prompt.question},
            ],
        }
        if self._plain:
            return asked
        more = {"temperature": 0, "seed": SEED, "max_tokens": prompt.most_tokens, "stream": False}
        return {**asked, **more, "response_format": {"type": "json_object"}}

    def _post(self, headers: dict[str, str], body: bytes) -> tuple[int, Mapping[str, str], bytes]:
        answer = self._pool.handle_request(
            httpcore2.Request(
                "POST",
                httpcore2.URL(
                    scheme=self._url.raw_scheme,
                    host=self._url.raw_host,
                    port=self._url.port,
                    target=self._url.raw_path,
                ),
                headers=list(headers.items()),
                content=body,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._timeout)},
            )
        )
        try:
            said = httpx2.Headers(answer.headers)
            if answer.status != 200:  # no redirect is followed, and what an error says is not read: it may hold the key
                answer.extensions["network_stream"].close()
                return int(answer.status), said, b""
            read = bytearray()
            for chunk in answer.iter_stream():
                read += chunk
                if len(read) > LARGEST_ANSWER:
                    raise ValueError("too long")
            return int(answer.status), said, bytes(read)
        except BaseException:
            answer.extensions["network_stream"].close()
            raise
        finally:
            answer.close()

    def _read(self, body: bytes) -> tuple[str, int | None]:
        try:
            found = json.loads(body)
            text = found["choices"][0]["message"]["content"]
            usage = found.get("usage")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise self._failure("answers what is no chat completion") from None
        if not isinstance(text, str) or (self._key is not None and self._key.is_in(text)):
            raise self._failure("answers what is no text for us") from None
        tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
        return text, tokens if isinstance(tokens, int) and 0 <= tokens < 1 << 31 else None

    def _refused(self, status: int, headers: Mapping[str, str]) -> WriterError:
        problem, remedy = STATUS_WORDS.get(status, ("gives no answer", "It is tried again later"))
        wait = retry_after(headers.get("retry-after"), datetime.now(UTC))
        return self._failure(f"{problem} (status {status})", remedy, wait=LONGEST_REST if status in FOR_GOOD else wait)

    def _failure(
        self,
        problem: str,
        remedy: str = "The composed lines stand; it is tried again later",
        *,
        wait: float | None = None,
    ) -> WriterError:
        """Let the writer rest, the longer the more often it failed in a row; return what is to be said."""
        rest = min(LONGEST_REST, FIRST_REST * 2**self._failed)
        self._failed = min(self._failed + 1, 10)
        self._rests_until = self._clock() + min(LONGEST_REST, max(rest, wait or 0.0))
        return WriterError(self.name, problem, remedy)


def _read_url(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address.strip())
        port_of(url)
    except (httpx2.InvalidURL, ValueError, UnicodeError):
        raise SettingsError("writer_url", "is not an address", "Give it the form http://HOST:PORT/v1") from None
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query:
        raise SettingsError(
            "writer_url", "is not the address of a server alone", "Give it the form http://HOST:PORT/v1"
        )
    path = url.path.rstrip("/")
    return url.copy_with(path=path if path.endswith("/chat/completions") else f"{path}/chat/completions", fragment=None)


def _shown(url: httpx2.URL) -> str:
    """Return the host alone: some put a key into the path."""
    return f"{url.scheme}://{url.netloc.decode()}"
