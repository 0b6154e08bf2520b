"""Web push (RFC 8030, 8291, 8292): encrypted for one browser, signed by the desk, guarded like every request."""

from __future__ import annotations

import base64
import binascii
import os
import time
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import httpcore2
import httpx2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from nutgraf.config import Settings
from nutgraf.errors import FetchError, RefusedAddress, StoreError
from nutgraf.net.deadline import GuardedBackend, Resolve, ending_after, look_up
from nutgraf.net.fetcher import FAILURES, _tls
from nutgraf.net.guard import port_of, read_guard
from nutgraf.ports import Browser

KEY_FILE = "push.key"
KEPT_SECONDS = 24 * 3600
"""How long a push service keeps a message for a browser that is away."""

SIGNED_SECONDS = 12 * 3600
GONE = (404, 410)


class WebPusher:
    """A ``ports.Pusher``. Its key is made at first use and stays in the desk's folder, readable by its owner alone."""

    def __init__(self, settings: Settings, folder: Path, *, resolve: Resolve = look_up) -> None:
        self._settings = settings
        self._folder = folder
        self._guard = read_guard(settings.allow)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls(),
            max_connections=20,
            keepalive_expiry=30.0,
            http2=True,
            network_backend=GuardedBackend(self._guard, resolve),
        )

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        path = self._folder / KEY_FILE
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._read_key(path)
        except OSError as error:
            raise StoreError(str(path), f"cannot be written ({error.strerror})", "Make the folder writable") from error
        key = ec.generate_private_key(ec.SECP256R1())
        with os.fdopen(handle, "wb") as file:
            file.write(
                key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )
        return key

    def _read_key(self, path: Path) -> ec.EllipticCurvePrivateKey:
        try:
            key = serialization.load_pem_private_key(path.read_bytes(), None)
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(
                str(path), "is no key", "Restore a copy, or remove it: browsers must follow anew"
            ) from error
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key

    @property
    def public_key(self) -> str:
        """The key (base64url) by which browsers know that a push is ours."""
        point = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).decode().rstrip("=")

    def check(self, browser: Browser) -> None:
        """Raise ``FetchError`` where a browser cannot or must not be reached that way; asks nobody."""
        self._read(browser)

    def push(self, browser: Browser, message: str, *, topic: str) -> None:
        """Tell a browser; a later message on the same topic takes an undelivered one's place. Raises ``FetchError``."""
        url = self._read(browser)
        body = _encrypted(browser, message)
        headers = {
            "Host": url.netloc.decode(),
            "Authorization": self._signed(url),
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "Content-Length": str(len(body)),
            "TTL": str(KEPT_SECONDS),
            "Topic": topic,
        }
        try:
            with ending_after(self._settings.timeout):
                status = self._post(url, headers, body)
        except RefusedAddress as error:
            raise RefusedAddress(_shown(url), error.problem, error.remedy) from error
        except FAILURES as error:
            detail = str(error)[:160] or type(error).__name__
            raise FetchError(_shown(url), f"could not be reached ({detail})", "It is tried again later") from error
        if not 200 <= status < 300:
            raise FetchError(_shown(url), f"refused a push (status {status})", "It is tried again later", status=status)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def _post(self, url: httpx2.URL, headers: dict[str, str], body: bytes) -> int:
        answer = self._pool.handle_request(
            httpcore2.Request(
                "POST",
                httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=list(headers.items()),
                content=body,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._settings.timeout)},
            )
        )
        try:
            return int(answer.status)  # no redirect is followed: a push service gives none
        finally:
            answer.close()

    def _read(self, browser: Browser) -> httpx2.URL:
        """Return the address of a browser's endpoint; raises ``FetchError`` for one that must not be asked."""
        try:
            url = httpx2.URL(browser.endpoint).copy_with(fragment=None)
        except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
            raise RefusedAddress("endpoint", "is not an address", "Follow the story anew") from error
        self._guard.check(url, _shown(url))
        if url.scheme != "https" and not self._guard.allows(url.host, port_of(url)):
            raise RefusedAddress(_shown(url), "is not encrypted", "Push goes to https addresses")
        if url.userinfo or len(browser.endpoint) > 2000 or not _are_keys(browser):
            raise RefusedAddress(_shown(url), "is no browser's subscription", "Follow the story anew")
        return url

    def _signed(self, url: httpx2.URL) -> str:
        from py_vapid import Vapid02  # loads slowly, and few commands push

        port = f":{url.port}" if url.port else ""
        claims = {
            "aud": f"{url.scheme}://{url.host}{port}",
            "exp": int(time.time()) + SIGNED_SECONDS,
            "sub": _contact(self._settings),
        }
        signed: dict[str, str] = Vapid02(private_key=self._key).sign(claims)
        return signed["Authorization"]


def _encrypted(browser: Browser, message: str) -> bytes:
    import pywebpush  # loads slowly, and few commands push

    keys = {"p256dh": browser.p256dh, "auth": browser.auth}
    made = pywebpush.WebPusher({"endpoint": browser.endpoint, "keys": keys})
    return bytes(made.encode(message.encode("utf-8", "replace"))["body"])


def _are_keys(browser: Browser) -> bool:
    """Tell whether the keys are a point of the curve and sixteen bytes."""
    try:
        point, auth = (_bytes(text) for text in (browser.p256dh, browser.auth))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (binascii.Error, ValueError):
        return False
    return len(auth) == 16 and len(point) == 65


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _contact(settings: Settings) -> str:
    """Return whom a push service can write to (RFC 8292, 2.1)."""
    contact = settings.contact.strip()
    if "@" in contact and "/" not in contact:
        return f"mailto:{contact.removeprefix('mailto:')}"
    host = urlsplit(settings.address).hostname or "localhost"
    return settings.address if settings.address.startswith("https://") else f"mailto:brief@{host}"


def _shown(url: httpx2.URL) -> str:
    """Return the host alone: the rest of an endpoint is a secret of its browser."""
    return f"{url.scheme}://{url.host}"
