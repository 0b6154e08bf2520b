"""Subscription lists (OPML), in and out; the broken ones that people really have are read too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from nutgraf.model import Reason, Rejected, Source, SourceKind
from nutgraf.sources.recognition import is_subscriptions, source_id
from nutgraf.sources.repair import decode
from nutgraf.sources.words import from_text, plain

# Attributes are read without an XML reader: half of the lists found in the wild have a bare "&", a "<" or a quotation
# mark in a description, and only the addresses and names are wanted.
ADDRESS = re.compile(r"(?<![\w:])xmlUrl\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
NAMES = tuple(re.compile(rf"(?<![\w:]){name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I) for name in ("title", "text"))
COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)


def read_subscriptions(body: bytes, *, name: str) -> tuple[Source, ...] | Rejected:
    """Read the feeds of an OPML list, each address once, in order; ``name`` names the list in a rejection."""
    if not body.strip():
        return Rejected(subject=name, reason=Reason.EMPTY, detail="is empty. Export the list again")
    if not is_subscriptions(body):
        return Rejected(
            subject=name, reason=Reason.BAD_INPUT, detail="is no OPML list. Export one from your feed reader"
        )
    text = COMMENT.sub("", decode(body))
    sources: dict[str, Source] = {}
    for outline in re.split(r"(?i)(?=<outline\b)", text)[1:]:
        address = _address(_first(ADDRESS, outline))
        if address is not None:
            words = (from_text(_first(pattern, outline)) for pattern in NAMES)
            title = next((name for name in words if name not in ("", address)), None)
            source = Source(id=source_id(SourceKind.FEED, address), kind=SourceKind.FEED, address=address, name=title)
            sources.setdefault(source.id, source)
    return tuple(sources.values())


def write_subscriptions(sources: Iterable[Source]) -> bytes:
    """Write the feeds and listings among the sources as an OPML 2.0 list."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head><title>nutgraf</title></head>",
        "<body>",
    ]
    for source in sources:
        if source.kind is SourceKind.FEED:
            name = quoteattr(plain(source.name or source.address))
            lines.append(f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(plain(source.address))}/>')
    return "\n".join([*lines, "</body>", "</opml>", ""]).encode()


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in match.groups() if group is not None), "") if match else ""


def _address(text: str) -> str | None:
    address = unescape(text).strip()
    address = re.sub(r"^feed:(?://)?(?=https?:)", "", address, flags=re.I)
    address = re.sub(r"^feed://", "http://", address, flags=re.I)
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return address if host and re.match(r"https?://", address, re.I) and not re.search(r"\s", address) else None
