"""Answers for one outlet's site: which path holds what on which day, without any HTTP."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nutgraf.demo import layouts
from nutgraf.demo.manuscripts import DAYS, Kind, Manuscript, Outlet, up_on

PHOTOS = Path(__file__).parent / "photos"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sends; ``changed`` is when the thing last changed, ``None`` where that is not said."""

    status: int
    content_type: str
    body: bytes
    changed: datetime | None = None
    compressible: bool = True


class Site:
    """One outlet's site on one of its days. ``base`` is its server's address once it has one."""

    def __init__(self, outlet: Outlet) -> None:
        self.outlet = outlet
        self.base = ""
        self.day = DAYS[0]

    def answer(self, path: str) -> Answer:
        """Return what the outlet has at ``path`` today, an error page included."""
        if self.day in self.outlet.fails_on:
            return self._html(500, layouts.lay_out("error.html", self.outlet, self.base, status=500))
        texts = up_on(self.day, self.outlet.id)
        if path == "/robots.txt":
            return Answer(status=200, content_type="text/plain", body=self.outlet.robots.encode())
        if path == self.outlet.feed:
            return self._feed(texts)
        if path.startswith(self.outlet.photos):
            return self._photo(path.removeprefix(self.outlet.photos))
        if (section := self._section(path)) is not None:
            return self._html(200, layouts.listing(texts, section or None, self.outlet, self.base), _newest(texts))
        for text in texts:
            if text.path == path and text.kind is not Kind.DEAD:
                return self._html(200, layouts.page(text, texts, self.outlet, self.base), text.modified)
        return self._missing()

    def _section(self, path: str) -> str | None:
        # "" stands for everything: the front page, and a section page of the latest.
        if path in ("/", "/latest/"):
            return ""
        name = path.strip("/")
        return name if path == f"/{name}/" and name in self.outlet.sections else None

    def _feed(self, texts: tuple[Manuscript, ...]) -> Answer:
        # Pages that robots.txt closes are on the site, never in the feed.
        listed = tuple(text for text in texts if text.kind is not Kind.RESERVED)
        body = _encoded(layouts.feed(listed, self.outlet, self.base), self.outlet.feed_encoding)
        assert self.outlet.feed_type, f"{self.outlet.id} has a feed without a type"
        return Answer(status=200, content_type=self.outlet.feed_type, body=body, changed=_newest(texts))

    def _photo(self, name: str) -> Answer:
        if name not in {path.name for path in PHOTOS.glob("*.png")}:
            return self._missing()
        body = (PHOTOS / name).read_bytes()
        return Answer(status=200, content_type="image/png", body=body, compressible=False)

    def _missing(self) -> Answer:
        return self._html(404, layouts.lay_out("error.html", self.outlet, self.base, status=404))

    def _html(self, status: int, html: str, changed: datetime | None = None) -> Answer:
        content_type = "text/html"
        if self.outlet.charset_in_header:
            content_type += f"; charset={self.outlet.encoding}"
        return Answer(
            status=status,
            content_type=content_type,
            body=_encoded(html, self.outlet.encoding),
            changed=changed,
            compressible=self.outlet.gzip,
        )


def _newest(texts: tuple[Manuscript, ...]) -> datetime:
    return max(text.modified for text in texts)


def _encoded(text: str, encoding: str) -> bytes:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    # What an encoding has no sign for becomes a character reference, as in the pages of old systems.
    return mark + text.encode(encoding, "xmlcharrefreplace")
