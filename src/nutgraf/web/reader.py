"""What a reader chose: tongue, zone, muted, saved, read until; kept in cookies of the reader's own, and nowhere else.

No cookie is set before a reader chooses something, none names the reader, and none is read for anything but the page.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from nutgraf.publications.layout import one_line
from nutgraf.publications.muting import Muted
from nutgraf.publications.tongue import TONGUES, Tongue, best_of, tongue
from nutgraf.web.site import site_of

COOKIES = ("tongue", "zone", "muted", "saved", "seen")

MOST = 40
"""Stories that are saved, and names that are muted, at the most: a browser keeps 4,096 bytes of a cookie."""

LONGEST_NAME = 80
LARGEST = 3800


@dataclass(frozen=True)
class Reader:
    """One reader's choices, as the cookies of a request tell them; what is no choice of ours counts as none."""

    cookies: Mapping[str, str]
    accept_language: str
    fallback: str

    @cached_property
    def language(self) -> str:
        """The language that the reader chose, else the first of ours that the browser asks for, else the site's."""
        chosen = self.cookies.get("tongue", "")
        if chosen in TONGUES:
            return chosen
        asked = (language for language, _ in parse_accept_lang_header(self.accept_language[:500]))
        return best_of(asked) or self.fallback

    @property
    def tongue(self) -> Tongue:
        """The tongue of that language."""
        return tongue(self.language)

    @cached_property
    def zone(self) -> ZoneInfo | None:
        """The time zone that the reader chose."""
        return read_zone(self.cookies.get("zone", ""))

    @cached_property
    def muted(self) -> Muted:
        """What the reader muted."""
        record = _unpacked(self.cookies.get("muted", ""), {})
        kinds = {kind: _names(record.get(kind)) for kind in asdict(Muted())} if isinstance(record, dict) else {}
        return Muted(**kinds)

    @cached_property
    def saved(self) -> tuple[str, ...]:
        """The names of saved stories, the newest first."""
        return _names(_unpacked(self.cookies.get("saved", ""), []))

    @cached_property
    def seen(self) -> datetime | None:
        """The moment until which the reader has read everything."""
        return read_moment(self.cookies.get("seen", ""))


def reader_of(request: HttpRequest) -> Reader:
    """Return who asks."""
    return reader_in(request.META, site_of(request).settings.language)


def reader_in(environ: Mapping[str, Any], fallback: str) -> Reader:
    """Return who asks by a WSGI environment; ``fallback`` is the site's language."""
    return Reader(cookies_in(environ), str(environ.get("HTTP_ACCEPT_LANGUAGE", "")), fallback)


def cookies_in(environ: Mapping[str, Any]) -> dict[str, str]:
    """Return our cookies and no others."""
    given = str(environ.get("HTTP_COOKIE", ""))
    if not given:
        return {}
    try:
        # The nearest path comes first and the last one wins: ours goes before that of another site of the host.
        jar = SimpleCookie(";".join(reversed(given.split(";"))))
    except CookieError:
        return {}
    return {name: jar[name].value for name in COOKIES if name in jar}


def pack(value: object) -> str:
    """Return a value as a cookie can hold it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "replace")).decode().rstrip("=")


def read_zone(name: str) -> ZoneInfo | None:
    """Return the time zone of that name, if there is one."""
    try:
        return ZoneInfo(name) if name and len(name) <= 60 else None
    except (KeyError, ValueError, OSError):
        return None


def read_moment(text: str) -> datetime | None:
    """Return a moment in UTC written in ISO 8601; ``None`` for what is none."""
    try:
        when = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    try:
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except OverflowError:
        return None


def _unpacked(text: str, otherwise: object) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return otherwise


def _names(given: object) -> tuple[str, ...]:
    names = given if isinstance(given, list) else []
    return tuple(one_line(name[:LONGEST_NAME]) for name in names if isinstance(name, str) and one_line(name))[:MOST]
