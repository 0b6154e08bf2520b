"""Feeds: RSS, RDF and Atom through feedparser, JSON Feed by itself, and one layer of keys, titles and dates above."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from nutgraf.model import Item, Reason, Rejected
from nutgraf.sources.keys import Identity, keys_for
from nutgraf.sources.mending import is_well_formed, mend
from nutgraf.sources.repair import bare, decode, depth, repair
from nutgraf.sources.saved import GZIP, LARGEST, unpack
from nutgraf.sources.when import read_date
from nutgraf.sources.words import from_html, from_text, shorten

SUMMARY = 2000  # characters kept of a summary
# Elements in each other; feedparser's time grows with the square: 50,000 take five seconds, 2,000 next to none.
# Feeds hold fewer than thirty, those whose HTML leaves "<br>" open some hundreds.
DEEPEST = 2_000
TITLE_FROM_TEXT = 100  # characters of an entry's text that stand in for a missing title
PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
LONGEST_NAME = 300  # characters of an author's line that are looked at
CHANNEL = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*+<CHANNEL\b", re.S)  # CDF, which feedparser gives no version
# Tags of extensions from which nothing is taken.
EXTENSION = re.compile(r"</?(?!(?:atom|content|dc|dcterms|rdf|rss|xhtml)\d*:)[\w.-]+:[\w.-]+(?:\s[^<>]*)?>")
MAIL = re.compile(r"<?[^\s<>()]+@[^\s<>()]+>?")
NOT_A_FEED = "is not a feed (RSS, Atom or JSON Feed). Give the address of a feed, or of a page that links to one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one reading of a feed gives.

    ``home`` is its outlet's page, ``poll_after`` seconds it asks to be left; ``repaired`` tells that it is no XML, and
    was read all the same.
    """

    title: str | None
    home: str | None
    language: str | None
    items: tuple[Item, ...]
    poll_after: float | None = None
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry before it has its key."""

    guid: str
    link: str
    title: str
    summary: str
    authors: tuple[str, ...]
    published: str
    updated: str
    outlet: str | None


def read_feed(body: bytes, *, address: str, content_type: str | None = None, source: str) -> Feed | Rejected:
    """Read a feed of any kind; the same bytes give the same items, each key once. Never raises.

    ``address`` is where the bytes came from, for relative links; ``source`` is the id of the items' source.
    """
    if body.startswith(GZIP):  # a packed file, served as what it is
        body = unpack(body, LARGEST, to_the_end=False) or b""
    if not body.strip():
        return Rejected(subject=address, reason=Reason.EMPTY, detail="came without content. It is tried again later")
    text = decode(body, content_type)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return _read_json(text, address, source)
    return _read_xml(text, address, source)


# RSS, RDF, Atom


def _read_xml(text: str, address: str, source: str) -> Feed | Rejected:
    clean = repair(text)
    if not re.search(r"<(?:[\w-]+:)?(?:rss|feed|RDF|channel|item|entry)\b", clean, re.I):
        return _no_feed(address)
    if depth(clean) > DEEPEST:
        detail = f"nests its elements more than {DEEPEST:,} deep. Tell the outlet that its feed is broken"
        return Rejected(subject=address, reason=Reason.BAD_INPUT, detail=detail)
    parsed = _parsed(mend(clean), address)
    if parsed is None:
        detail = "holds what no reader of feeds can make sense of. Tell the outlet that its feed is broken"
        return Rejected(subject=address, reason=Reason.BAD_INPUT, detail=detail)
    if not parsed.get("version") and not parsed.entries and not CHANNEL.match(clean):
        return _no_feed(address)
    about = parsed.feed
    is_atom = parsed.get("version", "").startswith("atom")
    title = _words(about.get("title_detail"), is_atom) or None
    home = _link(about.get("link"), address)
    entries = [_xml_entry(entry, address, title, is_atom) for entry in parsed.entries]
    return Feed(
        title=title,
        home=home,
        language=about.get("language") or None,
        items=_items(entries, source, home or address),
        poll_after=_poll_after(about),
        repaired=not is_well_formed(bare(text)),
    )


def _parsed(text: str, address: str) -> Any:
    """Return what feedparser makes of a feed; ``None`` where it fails, also without the extensions of the format."""
    for attempt in (text, EXTENSION.sub("", text)):
        try:
            return feedparser.parse(
                attempt.encode("utf-8", errors="replace"),
                response_headers={"content-type": "application/xml; charset=utf-8", "content-location": address},
                sanitize_html=False,
                resolve_relative_uris=False,
            )
        except Exception:  # its readers of chapters, places and the like raise what they please
            continue
    return None


def _xml_entry(entry: Mapping[str, Any], address: str, outlet: str | None, is_atom: bool) -> _Entry:
    content = next(iter(entry.get("content", ())), None)
    details = (entry.get("summary_detail"), content)
    # What leads to the feed itself leads to no article and tells no entry from another.
    guid, link = str(entry.get("id", "")), _link(entry.get("link"), address) or ""
    guid, link = ("" if given == address else given for given in (guid, link))
    return _Entry(
        guid=guid,
        link=link,
        title=_words(entry.get("title_detail"), is_atom),
        summary=next((words for detail in details if (words := _body_words(detail))), ""),
        authors=_xml_authors(entry),
        published=str(entry.get("published") or entry.get("created") or ""),
        updated=str(entry.get("updated", "") if "updated" in entry.keys() else ""),  # noqa: SIM118  # feedparser maps "in"
        outlet=_words(entry.get("source", {}).get("title_detail"), is_atom) or outlet,
    )


def _xml_authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Read an entry's authors; one with an address is read anew, feedparser cuts addresses in the longer domains."""
    people = entry.get("authors", ())
    whole = str(entry.get("author", ""))
    if len(people) == 1 and "@" in whole:
        return _names([whole])
    return _names(person.get("name") for person in people)


def _words(detail: Mapping[str, Any] | None, is_atom: bool) -> str:
    """Return a title's words: RSS titles are HTML, Atom's plain ones are text but for one more round of entities."""
    if not detail:
        return ""
    value = str(detail.get("value") or "")
    return from_text(value) if is_atom and detail.get("type") == "text/plain" else from_html(value)


def _body_words(detail: Mapping[str, Any] | None) -> str:
    return from_html(str((detail or {}).get("value") or ""))


def _poll_after(about: Mapping[str, Any]) -> float | None:
    hints = []
    ttl = str(about.get("ttl", ""))
    if re.fullmatch(r"\d{1,6}", ttl.strip()):
        hints.append(int(ttl) * 60.0)
    period = PERIODS.get(str(about.get("sy_updateperiod", "")).strip().lower())
    times = str(about.get("sy_updatefrequency", "1")).strip()
    if period:
        hints.append(period / max(int(times) if re.fullmatch(r"\d{1,6}", times) else 1, 1))
    return max(hints, default=None) or None


# JSON Feed


def _read_json(text: str, address: str, source: str) -> Feed | Rejected:
    try:
        found = json.loads(text.lstrip("\ufeff \t\r\n"), strict=False)
    except (ValueError, RecursionError):
        return _no_feed(address)
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        return _no_feed(address)
    if "version" not in found and "feed_url" not in found and "title" not in found:
        return _no_feed(address)
    title = from_text(_text(found.get("title"))) or None
    home = _link(found.get("home_page_url"), address)
    by_feed = _json_authors(found)
    entries = [_json_entry(entry, address, title, by_feed) for entry in found["items"] if isinstance(entry, dict)]
    items = _items(entries, source, home or address)
    return Feed(title=title, home=home, language=_text(found.get("language")) or None, items=items)


def _json_entry(entry: Mapping[str, Any], address: str, outlet: str | None, by_feed: tuple[str, ...]) -> _Entry:
    texts = (entry.get("summary"), entry.get("content_text"))
    given = "authors" in entry or "author" in entry
    return _Entry(
        guid=_text(entry.get("id")),
        link=_link(entry.get("url"), address) or _link(entry.get("external_url"), address) or "",
        title=from_text(_text(entry.get("title"))),
        summary=next(
            (from_text(_text(text)) for text in texts if _text(text)), from_html(_text(entry.get("content_html")))
        ),
        authors=_json_authors(entry) if given else by_feed,
        published=_text(entry.get("date_published")),
        updated=_text(entry.get("date_modified")),
        outlet=outlet,
    )


def _json_authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    """Read authors as 1.1 and 1.0 give them, and as plain names."""
    given = holder.get("authors") or holder.get("author") or []
    people = given if isinstance(given, list) else [given]
    return _names(
        person.get("name") if isinstance(person, dict) else person
        for person in people
        if isinstance(person, (dict, str))
    )


def _text(value: object) -> str:
    """Return a string or a number as text; anything else is none."""
    if isinstance(value, bool):
        return ""
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


# what they share


def _items(entries: Sequence[_Entry], source: str, base: str) -> tuple[Item, ...]:
    identities = [Identity(entry.guid, entry.link, entry.title, entry.published or entry.updated) for entry in entries]
    items: dict[str, Item] = {}
    for key, entry in zip(keys_for(identities, base=base), entries, strict=True):
        if not (entry.guid or entry.link or entry.title or entry.summary):
            continue
        items.setdefault(key, _item(entry, key, source))
    return tuple(items.values())


def _item(entry: _Entry, key: str, source: str) -> Item:
    return Item(
        source=source,
        key=key,
        address=entry.link or _link(entry.guid if re.match(r"https?://", entry.guid) else None, ""),
        title=entry.title or shorten(entry.summary, TITLE_FROM_TEXT) or None,
        summary=shorten(entry.summary, SUMMARY) or None,
        authors=entry.authors,
        published=read_date(entry.published),
        updated=read_date(entry.updated),
        outlet=entry.outlet,
    )


def _link(value: object, base: str) -> str | None:
    """Return an absolute web address, or ``None`` for anything else ("javascript:", a bare word, a broken one)."""
    text = re.sub(r"[\t\r\n]", "", _text(value)).strip()
    if not text:
        return None
    try:
        whole = urljoin(base, text)
        parts = urlsplit(whole)
        return whole if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _names(given: Iterable[object]) -> tuple[str, ...]:
    """Return the names alone, without mail addresses: "jo@paper.example (Jo Lind)" is "Jo Lind"."""
    without = (MAIL.sub(" ", html.unescape(_text(name)[:LONGEST_NAME])) for name in given)
    names = (from_html(re.sub(r"\(\s*\)|<\s*>", "", name)) for name in without)
    bare = (re.sub(r"^\((.*)\)$", r"\1", name).strip(" ,;") for name in names)
    return tuple(dict.fromkeys(name for name in bare if name))


def _no_feed(address: str) -> Rejected:
    return Rejected(subject=address, reason=Reason.BAD_INPUT, detail=NOT_A_FEED)
