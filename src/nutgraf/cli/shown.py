"""Listings and reasons for a person at a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nutgraf.model import Brief
from nutgraf.ports import RewordingRecord

if TYPE_CHECKING:
    from nutgraf.run import CycleReport, Why, WhyArticle, WhyStory
    from nutgraf.store.values import Counts

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
    from nutgraf.publications import as_terminal

    sys.stdout.write(as_terminal(brief, width=width(), colour=sys.stdout.isatty()))


def show_table(what: str, records: Iterable[Mapping[str, Any]], *, none: str | None = None) -> None:
    """Print a listing, one row a record; says so where there is none."""
    rows = list(records)
    if not rows:
        print(f"No {none or what} yet.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in COLUMNS[what]:
        long = column in {"title", "headline", "address", "subject", "detail", "told"}
        table.add_column(column.replace("_", " "), overflow="fold" if long else "ellipsis", no_wrap=not long)
    for row in rows:
        table.add_row(*(escape(_cell(row[column])) for column in COLUMNS[what]))
    _console().print(table)


def show_why(why: Why) -> None:
    """Print what became of an article, an item's address, or a story."""
    console = _console()
    for line in _told(why):
        console.print(escape(line), highlight=False, soft_wrap=True)


def _told(why: Why) -> Iterator[str]:
    if why.article:
        yield from _article_told(why.article)
    if why.story:
        yield from _story_told(why.story)
    for item, state in why.items:
        yield f"Item of source {item.source}: {state}"
    for rejection in why.rejections:
        yield f"Dropped ({rejection.reason.value}): {rejection.detail}"


def _article_told(why: WhyArticle) -> Iterator[str]:
    article = why.article.article
    yield f"Article {article.id}: {article.title}"
    yield f"  {article.outlet or 'outlet unknown'}, {article.url or 'no address'}"
    if why.story:
        yield f"  is in story {why.story}" + (f": {why.headline}" if why.headline else "")
    if why.placement:
        yield from (f"    {ground}" for ground in why.placement.grounds)
        if why.placement.origin:
            yield f"  repeats article {why.placement.origin}"
    yield from _listed("  is cited by these lines of the brief:", why.cited_by)
    if len(why.versions) > 1:
        yield from _listed("  versions of its page:", [version.article.id for version in why.versions])


def _story_told(why: WhyStory) -> Iterator[str]:
    yield f"Story {why.id}: {why.brief.headline.text if why.brief else 'no brief'}"
    placed = {one.stored.article.id: one for one in why.articles}
    for number, origin in enumerate(why.origins, start=1):
        yield f"  origin {number}" + (f" ({origin.agency})" if origin.agency else "")
        for one in (placed[key] for key in origin.articles):
            yield f"    {one.stored.article.outlet or 'outlet unknown'}: {one.stored.article.title}"
            yield from (f"      {ground}" for ground in one.placement.grounds)
    if why.weight:
        yield f"  {why.weight.told()}"
    for step in why.steps[1:]:
        adds = f"adds {', '.join(step.adds)}" if step.adds else "adds no name and no number"
        yield f"  {step.when or 'undated'} {step.outlet or 'outlet unknown'}: {adds}"
    for record in why.rewordings:
        yield from _rewording_told(record)
    if why.topic:
        yield "  one of these stories, which go on with one another:"
    for chapter in why.topic:
        here = " (this one)" if chapter.story == why.id else ""
        yield f"    {chapter.began:%Y-%m-%d} {chapter.story}{here}: {chapter.title}"


def _rewording_told(record: RewordingRecord) -> Iterator[str]:
    stands = ", ".join(record.taken) or "nothing"
    said = f"reworded {stands}" if record.answered else "did not answer"
    yield f"  the writer ({record.writer}, asked {record.asked:%Y-%m-%d %H:%M}) {said}"
    yield from (f"    refused at {place}: “{text}” ({why})" for place, text, why in record.refused)


def _listed(head: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield head
    yield from (f"    {line}" for line in lines)


def summary(report: CycleReport, before: Counts, after: Counts) -> str:
    """Return one line that says what a round came to: ``before`` and ``after`` are the store's counts."""
    parts = [
        f"{report.polled.asked} sources asked",
        f"{after.items - before.items} new items",
        f"{after.articles - before.articles} articles read"
        + (f", {report.read.versions} of them revised" if report.read.versions else ""),
        f"{after.rejections - before.rejections} dropped",
        f"{report.composed.composed} briefs composed",
    ]
    if failed := len(report.polled.failed):
        parts.append("1 source failed" if failed == 1 else f"{failed} sources failed")
    return ", ".join(parts)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    # A moment is shown to the minute.
    return text[:16].replace("T", " ") if len(text) >= 19 and text[4:5] == "-" and text[10:11] == "T" else text


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160)
