"""Listings and reasons for a person at a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nutgraf.model import Brief
from nutgraf.publications import as_terminal
from nutgraf.run import CycleReport, Why

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "sources": ("name", "kind", "address", "items", "last_answered", "reason"),
    "articles": ("published", "outlet", "title", "id"),
    "stories": ("latest", "articles", "headline", "id"),
    "briefs": ("composed", "outlets", "origins", "headline", "id"),
    "rejections": ("moment", "rejected", "subject", "detail"),
}
"""Which fields of its records each listing shows, in order."""

WIDEST = 100
"""Columns of a brief on a terminal; longer lines are hard to read."""


def width() -> int:
    """Return the width to wrap a brief at."""
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def show_brief(brief: Brief) -> None:
    """Print one brief; in colour where standard output is a terminal."""
    sys.stdout.write(as_terminal(brief, width=width(), colour=sys.stdout.isatty()))


def show_table(what: str, records: Iterable[Mapping[str, Any]]) -> None:
    """Print a listing, one row a record; says so where there is none."""
    rows = list(records)
    if not rows:
        print(f"No {what} yet.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in COLUMNS[what]:
        long = column in {"title", "headline", "address", "subject", "detail"}
        table.add_column(column.replace("_", " "), overflow="fold" if long else "ellipsis", no_wrap=not long)
    for row in rows:
        table.add_row(*(escape(_cell(row[column])) for column in COLUMNS[what]))
    _console().print(table)


def show_why(why: Why) -> None:
    """Print what became of an article, an item's address, or a story."""
    console = _console()

    def say(text: str = "") -> None:
        console.print(escape(text), highlight=False, soft_wrap=True)

    if article := why.article:
        say(f"Article {article.article.article.id}: {article.article.article.title}")
        say(f"  {article.article.article.outlet or 'outlet unknown'}, {article.article.article.url or 'no address'}")
        if article.story:
            say(f"  is in story {article.story}" + (f": {article.headline}" if article.headline else ""))
        for ground in article.placement.grounds if article.placement else ():
            say(f"    because it {ground}" if not ground[:1].isupper() else f"    {ground}")
        if article.placement and article.placement.origin:
            say(f"  repeats article {article.placement.origin}")
        _list(say, "  is cited by these lines of the brief:", article.cited_by)
        if len(article.versions) > 1:
            _list(say, "  versions of its page:", [version.article.id for version in article.versions])
    if story := why.story:
        say(f"Story {story.id}: {story.brief.headline.text if story.brief else 'no brief'}")
        for number, origin in enumerate(story.origins, start=1):
            say(f"  origin {number}" + (f" ({origin.agency})" if origin.agency else ""))
            for one in story.articles:
                if one.stored.article.id in origin.articles:
                    say(f"    {one.stored.article.outlet or 'outlet unknown'}: {one.stored.article.title}")
                    for ground in one.placement.grounds:
                        say(f"      {ground}")
    for item, state in why.items:
        say(f"Item of source {item.source}: {state}")
    for rejection in why.rejections:
        say(f"Dropped ({rejection.reason.value}): {rejection.detail}")


def summary(report: CycleReport) -> str:
    """Return one line that says what a round came to."""
    polled, read = report.polled, report.read
    parts = [
        f"{polled.asked} sources asked",
        f"{polled.new_items} new items",
        f"{read.new} articles read" + (f", {read.versions} revised" if read.versions else ""),
        f"{read.rejected} dropped",
        f"{report.composed.composed} briefs composed",
    ]
    if polled.failed:
        parts.append(f"{len(polled.failed)} sources failed")
    return ", ".join(parts)


def _list(say: Any, head: str, lines: Sequence[str]) -> None:
    if lines:
        say(head)
    for line in lines:
        say(f"    {line}")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    # A moment is shown to the minute.
    return text[:16].replace("T", " ") if len(text) >= 19 and text[4:5] == "-" and text[10:11] == "T" else text


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160)
