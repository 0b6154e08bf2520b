"""What the made-up outlets publish: one file an article, header lines and then the text, in a folder for its day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "outlets"
DAYS = (1, 2)


class Kind(StrEnum):
    """What stands at the address of a manuscript."""

    ARTICLE = "article"
    TICKER = "ticker"  # a list of short entries that never becomes one article
    VIDEO = "video"  # a player and one line
    RESERVED = "reserved"  # an article that robots.txt closes to machines
    DEAD = "dead"  # listed by the feed, but the page is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """One version of one article of a made-up outlet.

    ``origin`` is the ``outlet/slug`` of the report that it goes back to: its own, or the agency's that it reprints.
    ``day`` is the first day on which this version is up; a later version of the same slug takes its place.
    ``blocks`` are the paragraphs in order; one that starts with "## " is a subheading.
    """

    outlet: str
    slug: str
    day: int
    path: str
    kind: Kind
    story: str | None
    origin: str
    title: str
    dek: str
    authors: tuple[str, ...]
    section: str
    topics: tuple[str, ...]
    published: datetime
    modified: datetime
    agency: str
    photo: str
    caption: str
    credit: str
    correction: str
    blocks: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text without its subheadings."""
        return tuple(block for block in self.blocks if not block.startswith("## "))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """How one made-up outlet publishes, from its ``outlet.toml``. Paths start with a slash.

    ``charset_in_header`` tells whether the HTTP header names the encoding of pages; if not, only the page does.
    ``polled`` is the path to give to a reader: its feed, its front page, or a section page.
    """

    id: str
    name: str
    language: str
    place: str
    encoding: str
    charset_in_header: bool
    address: str
    polled: str
    feed: str | None
    feed_file: str | None
    feed_type: str | None
    feed_encoding: str
    shown_date: str
    photos: str
    sections: tuple[str, ...]
    robots: str
    gzip: bool
    fails_on: tuple[int, ...]


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return the made-up outlets, by name of their folders."""
    return tuple(_outlet(path) for path in sorted(FOLDER.glob("*/outlet.toml")))


@cache
def describe() -> tuple[Manuscript, ...]:
    """Return everything that the demo holds, by outlet, day and slug: what belongs to which story and which origin."""
    return tuple(
        read_manuscript(path, outlet, day)
        for outlet in outlets()
        for day in DAYS
        for path in sorted((FOLDER / outlet.id / f"day{day}").glob("*.txt"))
    )


def up_on(day: int, outlet: str) -> tuple[Manuscript, ...]:
    """Return what an outlet has up on ``day``, the newest first, each in its latest version."""
    latest = {text.slug: text for text in describe() if text.outlet == outlet and text.day <= day}
    return tuple(sorted(latest.values(), key=lambda text: (text.published, text.slug), reverse=True))


def read_manuscript(path: Path, outlet: Outlet, day: int) -> Manuscript:
    """Read one file; raises ``ValueError`` naming it where a header line is missing or not known."""
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    header = dict(_header_line(path, line) for line in head.splitlines())
    try:
        published = datetime.fromisoformat(header["Published"])
        section = header["Section"]
        title = header["Title"]
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
    return Manuscript(
        outlet=outlet.id,
        slug=path.stem,
        day=day,
        path=header.get("Path") or outlet.address.format(slug=path.stem, section=section.lower(), when=published),
        kind=Kind(header.get("Kind", "article")),
        story=header.get("Story"),
        origin=header.get("Reprints", f"{outlet.id}/{path.stem}"),
        title=title,
        dek=header.get("Dek", ""),
        authors=_listed(header.get("By", "")),
        section=section,
        topics=_listed(header.get("Topics", "")),
        published=published,
        modified=datetime.fromisoformat(header.get("Updated", header["Published"])),
        agency=header.get("Agency", ""),
        photo=header.get("Photo", ""),
        caption=header.get("Caption", ""),
        credit=header.get("Credit", ""),
        correction=header.get("Correction", ""),
        blocks=tuple(" ".join(block.split()) for block in text.strip().split("\n\n")),
    )


HEADER_NAMES = frozenset(
    ("Title", "Dek", "By", "Section", "Topics", "Published", "Updated", "Story", "Reprints", "Agency")
    + ("Photo", "Caption", "Credit", "Correction", "Kind", "Path")
)


def _header_line(path: Path, line: str) -> tuple[str, str]:
    name, colon, value = line.partition(": ")
    if not colon or name not in HEADER_NAMES:
        raise ValueError(f"{path}: {line!r} is no header line; known are {', '.join(sorted(HEADER_NAMES))}")
    return name, value.strip()


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())


def _outlet(path: Path) -> Outlet:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    feed = table.get("feed", {})
    return Outlet(
        id=path.parent.name,
        name=table["name"],
        language=table["language"],
        place=table["place"],
        encoding=table["encoding"],
        charset_in_header=table["charset_in_header"],
        address=table["address"],
        polled=table["polled"],
        feed=feed.get("path"),
        feed_file=feed.get("file"),
        feed_type=feed.get("type"),
        feed_encoding=feed.get("encoding", "utf-8"),
        shown_date=table["shown_date"],
        photos=table["photos"],
        sections=tuple(table["sections"]),
        robots=table["robots"],
        gzip=table["gzip"],
        fails_on=tuple(table.get("fails_on", ())),
    )
