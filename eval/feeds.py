"""How far feeds are read as two known parsers' own tests expect: title, link, id and date, over their files.

``python -m eval.feeds FOLDER`` lists every value that differs; ``--cut`` reads each file cut at every 64th byte too.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urljoin

from nutgraf.model import Item, Rejected, instant
from nutgraf.sources import Feed, read_feed
from nutgraf.sources.keys import Identity, keys_for
from nutgraf.sources.words import from_html, from_text

HERE = "http://127.0.0.1:8097/feed.xml"
TITLES = {"['title']", "['title_detail']['value']"}
IDS = {"['id']", "['guid']"}
DATES = {
    "['published_parsed']": "published",
    "['created_parsed']": "published",
    "['updated_parsed']": "updated",
}
TERM = re.compile(r"(feed|entries\[(\d+)\])((?:\.\w+|\[['\"]\w+['\"]\]|\[\d+\])+) == (.+?)(?= and |$)")

Value = tuple[str, str, object]  # what is compared, the value that we give, the value that is expected


def feeds(shared: Path, limit: int | None) -> dict[str, float]:
    """Return the shares of stated values that are read alike, in all and of each kind."""
    stated = list(_stated(shared / "data" / "feeds", limit))
    found: dict[str, float] = {"stated": float(len(stated))}
    for kind in ("title", "link", "id", "date"):
        same = [ours == theirs for _, (what, ours, theirs) in stated if what == kind]
        found[kind] = sum(same) / max(len(same), 1)
    found["agreement"] = sum(ours == theirs for _, (_, ours, theirs) in stated) / max(len(stated), 1)
    return found


def _stated(folder: Path, limit: int | None) -> Iterator[tuple[Path, Value]]:
    files = [path for name in ("feedparser", "gofeed") for path in sorted((folder / name).rglob("*")) if path.is_file()]
    for path in files[:limit]:
        body = path.read_bytes()
        if path.relative_to(folder).parts[0] == "feedparser":
            yield from ((path, value) for value in _by_feedparser(body))
        elif path.suffix in (".xml", ".json") and not path.stem.endswith("_expected"):
            given = path.with_name(path.stem + ("_expected.json" if path.suffix == ".json" else ".json"))
            if given.exists():
                yield from ((path, value) for value in _by_gofeed(body, given))


# feedparser: an expression in a comment at the head of each file


def _by_feedparser(body: bytes) -> Iterator[Value]:
    head = _head(body)
    expected = re.search(r"Expect:\s*(.*)", head)
    if not expected:
        return
    header = re.search(r"(?i)Header:\s*Content-type:\s*(.*)", head)
    base = re.search(r"(?i)Header:\s*Content-Location:\s*(\S+)", head)
    kind = header.group(1).strip() if header else None
    address = _join(base.group(1)) if base else HERE
    feed = read_feed(_with_titles(body), address=address, content_type=kind, source="s")
    for where, number, path, literal in TERM.findall(expected.group(1)):
        path = re.sub(r"\.(\w+)", r"['\1']", path).replace('"', "'")
        try:
            value = ast.literal_eval(literal.strip())
        except (ValueError, SyntaxError):
            continue
        whole = None if isinstance(feed, Rejected) else feed
        if where == "feed":
            yield from _feed_value(whole, path, value)
        else:
            items = whole.items if whole else ()
            yield from _item_value(items[int(number)] if int(number) < len(items) else None, path, value)


def _join(location: str) -> str:
    """Return where a feed lies whose server says so: an address on the web, as every fetched page has one."""
    address = urljoin(HERE, location)
    return address if address.startswith(("http://", "https://")) else HERE


def _head(body: bytes) -> str:
    for charset in ("utf-8", "utf-16", "utf-32", "cp037"):
        try:
            if "Expect:" in (text := body[:4000].decode(charset, errors="ignore")):
                return text
        except UnicodeError:
            continue
    return body[:4000].decode("latin-1")


def _feed_value(feed: Feed | None, path: str, value: object) -> Iterator[Value]:
    if path in TITLES and isinstance(value, str):
        yield _title(feed.title if feed else None, value)
    elif path == "['link']":
        yield "link", str(feed.home if feed else None), str(value)


def _item_value(item: Item | None, path: str, value: object) -> Iterator[Value]:
    if path in TITLES and isinstance(value, str):
        yield _title(item.title if item else None, value)
    elif path == "['link']":
        yield "link", str(item.address if item else None), str(value)
    elif path in IDS and isinstance(value, str):
        yield _id(item, value)
    elif path in DATES and isinstance(value, tuple):
        when = _when(item, DATES[path])
        yield "date", str(instant(when).timetuple()[:6] if when else None), str(value[:6])


# gofeed: the whole feed as JSON, in a file beside it


def _by_gofeed(body: bytes, given: Path) -> Iterator[Value]:
    try:
        expected = json.loads(given.read_bytes())
    except ValueError:
        return
    if not isinstance(expected, dict):
        return
    read = read_feed(_with_titles(body), address=HERE, source="s")
    feed = None if isinstance(read, Rejected) else read
    if isinstance(title := expected.get("title"), str) and title:
        yield _title(feed.title if feed else None, title)
    if link := expected.get("link") or expected.get("home_page_url"):
        yield "link", str(feed.home if feed else None), str(link)
    for number, entry in enumerate(expected.get("items") or expected.get("entries") or []):
        item = feed.items[number] if feed and number < len(feed.items) else None
        yield from _entry_values(item, entry)


def _entry_values(item: Item | None, entry: dict[str, object]) -> Iterator[Value]:
    if isinstance(title := entry.get("title"), str) and title:
        yield _title(item.title if item else None, title)
    if link := entry.get("link") or entry.get("url"):
        yield "link", str(item.address if item else None), str(link)
    guid = entry.get("guid") or entry.get("id")
    if name := guid.get("value") if isinstance(guid, dict) else guid:
        yield _id(item, str(name))
    for names, field in ((("publishedParsed", "pubDateParsed"), "published"), (("updatedParsed",), "updated")):
        if text := next((entry[name] for name in names if entry.get(name)), None):
            when = _when(item, field)
            theirs = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
            yield "date", str(instant(when) if when else None), str(instant(theirs))


def _with_titles(body: bytes) -> bytes:
    """Give entries a title where a file has none at all: entries that are nothing but a date are left out by us."""
    if re.search(rb"(?i)<(?:\w+:)?(?:item|entry)\b", body) and not re.search(
        rb"(?i)<(?:\w+:)?(?:title|guid|id|link)\b", body
    ):
        return re.sub(rb"(?i)(<(item|entry)\b[^<>]*(?<!/)>)", rb"\1<title>Untitled</title>", body)
    return body


def _when(item: Item | None, field: str) -> date | None:
    """Return the date of that name, or the other one where there is only that: parsers name dc:date differently."""
    if item is None:
        return None
    return getattr(item, field) or item.published or item.updated


def _title(ours: str | None, theirs: str) -> Value:
    """Compare titles as words: theirs may be markup, of which ours is what shows."""
    shown = {from_html(theirs), from_text(theirs)}
    return "title", ours or "", ours if (ours or "") in shown and ours else from_html(theirs)


def _id(item: Item | None, theirs: str) -> Value:
    (key,) = keys_for([Identity(theirs, "", "", "")], base=HERE)
    return "id", item.key if item else "", key


def _cut(folder: Path) -> bool:
    """Read every file whole and cut at every 64th byte; prints the slowest, tells whether all took under a second."""
    slowest, name, count = 0.0, "", 0
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".xml", ".json")):
        body = path.read_bytes()
        for end in [len(body), *range(0, len(body), 64)]:
            start = time.process_time()  # a busy machine makes no reader slow
            read_feed(body[:end], address=HERE, source="s")
            count += 1
            if (took := time.process_time() - start) > slowest:
                slowest, name = took, f"{path} cut at {end}"
    print(f"{count} readings, none raised; the slowest took {slowest:.3f} s ({name})")
    return slowest < 1


def main() -> int:
    """List what differs."""
    parser = argparse.ArgumentParser(prog="python -m eval.feeds", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder that holds data/feeds")
    parser.add_argument("--cut", action="store_true", help="read each file cut at every 64th byte instead")
    given = parser.parse_args()
    if given.cut:
        return 0 if _cut(given.folder / "data" / "feeds") else 1
    for path, (what, ours, theirs) in _stated(given.folder / "data" / "feeds", None):
        if ours != theirs:
            print(f"{path}: {what}\n  ours   {ours!r}\n  theirs {theirs!r}")
    print(feeds(given.folder, None))
    return 0


if __name__ == "__main__":
    sys.exit(main())
