"""Entries of a live blog, each with its own time: from linked data, else from parts of the page that show a time."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from nutgraf.articles import furniture, times
from nutgraf.articles.body import clean
from nutgraf.articles.linked_data import LinkedData, first_string
from nutgraf.model import Entry

MAX_ENTRIES = 1000
WHOLE = 0.95  # of what the page shows; entries with less text leave out its opening or some of themselves


@dataclass(frozen=True, slots=True)
class Post:
    """One entry: its paragraphs, its headline first, and when it was published."""

    paragraphs: tuple[str, ...]
    when: date | None


def posts_of(tree: HtmlElement, linked: LinkedData) -> list[Post]:
    """Return the entries in the order that the page gives them; fewer than two make no live blog's text."""
    posts = posts_told(linked)
    return posts if len(posts) > 1 else posts_shown(tree)


def posts_told(linked: LinkedData) -> list[Post]:
    """Return the entries that linked data holds with their texts."""
    value = linked.article.get("liveBlogUpdate")
    posts = []
    for part in (value if isinstance(value, list) else [value])[:MAX_ENTRIES]:
        if not isinstance(part, dict) or not (text := first_string(part.get("articleBody"))):
            continue
        headline = clean(html.unescape(first_string(part.get("headline")) or ""))
        paragraphs = [clean(line) for line in re.split(r"\n+|</(?:p|div|li|h[1-6]|blockquote)>|<br\s*/?>", text)]
        paragraphs = [clean(html.unescape(re.sub(r"<[^>]*>", "", line))) for line in paragraphs]
        when = times.read_time(first_string(part.get("datePublished")) or first_string(part.get("dateModified")))
        posts.append(Post(tuple(line for line in dict.fromkeys([headline, *paragraphs]) if line), when))
    return posts


def posts_shown(tree: HtmlElement) -> list[Post]:
    """Return the sibling parts of a page that each show a time and hold text."""
    boxes: dict[HtmlElement, HtmlElement] = {}
    for shown in tree.iter("time"):
        box = next((above for above in shown.iterancestors() if above.find(".//p") is not None), None)
        if box is not None and shown.get("datetime") and box.tag not in ("body", "main", "article", "html"):
            boxes.setdefault(box, shown)
    together: dict[HtmlElement, list[HtmlElement]] = {}
    for box in list(boxes)[:MAX_ENTRIES]:
        if (parent := box.getparent()) is not None:
            together.setdefault(parent, []).append(box)
    most = max(together.values(), key=len, default=[])
    posts = [Post(lines_of(box), times.read_time(boxes[box].get("datetime"))) for box in most]
    return [post for post in posts if post.paragraphs]


def lines_of(box: HtmlElement) -> tuple[str, ...]:
    """Return the headline and the paragraphs of one entry."""
    lines = (clean(node.text_content()) for node in box.iter("h2", "h3", "h4", "p", "li"))
    return tuple(line for line in dict.fromkeys(lines) if line and not furniture.is_furniture_text(line))


def located(posts: list[Post], paragraphs: list[str]) -> tuple[Entry, ...]:
    """Return where entries start in a text that was read off the page; entries that are not there are left out."""
    starts: dict[str, int] = {}
    offset = 0
    for text in paragraphs:
        starts.setdefault(text, offset)
        offset += len(text) + 2
    times_at: dict[int, date | None] = {}
    for post in posts:
        at = next((starts[line] for line in post.paragraphs[:2] if line in starts), None)
        if at is not None:
            times_at.setdefault(at, post.when)
    return tuple(Entry(start=start, when=times_at[start]) for start in sorted(times_at))


def opening_of(posts: list[Post], paragraphs: list[str]) -> list[str]:
    """Return the paragraphs of a text that stand before its first entry; none where no entry is in the text."""
    told = {line for post in posts for line in post.paragraphs}
    first = next((place for place, text in enumerate(paragraphs) if text in told), 0)
    return paragraphs[:first]


def joined(posts: list[Post], *, after: list[str]) -> tuple[list[str], tuple[Entry, ...]]:
    """Return the paragraphs of a live blog, ``after`` its opening, and where in their text each entry starts."""
    paragraphs = list(after)
    entries: list[Entry] = []
    for post in posts:
        start = sum(len(text) + 2 for text in paragraphs)
        entries.append(Entry(start=start, when=post.when))
        paragraphs += post.paragraphs
    return paragraphs, tuple(entries)
