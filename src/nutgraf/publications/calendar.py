"""Dated plans of stored briefs as a calendar (RFC 5545): each event is a line with its date, and cites its passage.

A date counts where a planned line names it, a passage that the line cites names it too, and it lies ahead of both.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote, urlsplit

from nutgraf.model import Brief, Certainty, Line, instant
from nutgraf.publications.layout import Layout, ShownLine, lay_out, one_line

AHEAD = timedelta(days=300)
"""How far ahead a day without its year can lie: a later one may as well be the year before's."""

MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?P<month>{_MONTH})\b(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year2>\d{{4}}))?)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A day that lies ahead, and the line that names it."""

    day: date
    line: ShownLine


def planned(brief: Brief) -> list[Planned]:
    """Return the dated plans of a brief, each day of a line once; none where it is not known when it was reported."""
    days = [_days(brief, line) for line in brief.lines]
    if not any(days):
        return []
    shown = lay_out(brief)
    return [Planned(day, one) for some, one in zip(days, [shown.lede, *shown.bullets], strict=True) for day in some]


def _days(brief: Brief, line: Line) -> list[date]:
    if line.certainty is not Certainty.PLANNED or line.denied:
        return []
    reported = {article.id: article.published for article in brief.articles}
    named: set[date] = set()
    since: list[date] = []
    for citation in line.citations:
        when = reported.get(citation.span.article)
        if when is not None:
            since.append(instant(when).date())
            named |= set(dates_in(citation.passage, since[-1]))
    if not since:
        return []
    return sorted(day for day in dates_in(line.text, min(since)) if day in named and day > max(since))


def dates_in(text: str, since: date) -> list[date]:
    """Return the days that a text names by month; one without its year is the next after ``since``, if that is near."""
    found = (_day(match, since) for match in _DATE.finditer(text))
    return list(dict.fromkeys(day for day in found if day is not None))


def _day(match: re.Match[str], since: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        day, month = int(match["day"] or match["day2"]), MONTHS[(match["month"] or match["month2"]).lower()]
        if year := match["year"] or match["year2"]:
            return date(int(year), month, day)
        near = date(since.year, month, day)
        near = near if near >= since else date(since.year + 1, month, day)
        return near if near - since <= AHEAD else None
    except ValueError:  # the 31st of a month that has none
        return None


def as_calendar(briefs: Iterable[Brief], *, title: str, address: str, now: datetime) -> bytes:
    """Return the plans of ``briefs`` that lie ahead of ``now`` as an iCalendar."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//nutgraf//briefs//EN", "METHOD:PUBLISH"]
    rows.append(f"X-WR-CALNAME:{_text(title)}")
    for brief in briefs:
        ahead = [one for one in planned(brief) if one.day >= now.date()]
        shown = lay_out(brief) if ahead else None
        for one in ahead:
            assert shown
            rows += _event(shown, one, address.rstrip("/"), instant(brief.updated or now))
    return "".join(f"{_folded(row)}\r\n" for row in [*rows, "END:VCALENDAR"]).encode()


def _event(brief: Layout, one: Planned, address: str, changed: datetime) -> Iterator[str]:
    name = hashlib.sha256(f"{brief.id} {one.day} {one.line.text}".encode("utf-8", "replace")).hexdigest()[:32]
    page = f"{address}/story/{quote(brief.id, safe='', errors='replace')}/"
    cited = [f"“{source.passage}” ({source.article.outlet}) {source.link or ''}" for source in one.line.sources]
    yield from (
        "BEGIN:VEVENT",
        f"UID:{name}@{urlsplit(address).hostname or 'localhost'}",
        f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(brief.headline.text)}",
        f"DESCRIPTION:{_text(' '.join([one.line.text, *cited]))}",
        f"URL:{page}",
        "TRANSP:TRANSPARENT",
        "STATUS:TENTATIVE",  # a plan is no more than that
        "END:VEVENT",
    )


def _text(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", one_line(text))


def _folded(row: str) -> str:
    """Break a row so that no part has more than 75 bytes and no character is cut."""
    parts, part = [], ""
    for character in row:
        if len((part + character).encode()) > 74:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
