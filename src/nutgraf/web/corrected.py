"""The page of corrections: what outlets corrected in reports that briefs rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nutgraf.publications.layout import UNNAMED, Moment, moment, one_line, printable
from nutgraf.web.reader import reader_of
from nutgraf.web.site import site_of
from nutgraf.web.views import page, tongue_of, zone_of

DAYS = 60
MOST = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A correction as the page shows it."""

    outlet: str
    when: Moment | None
    notes: tuple[str, ...]
    language: str | None
    address: str
    headline: str


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what outlets corrected lately, in their own words; a muted outlet's are left out."""
    tongue, zone = tongue_of(request), zone_of(request)
    muted = {name.casefold() for name in reader_of(request).muted.outlets}
    since = datetime.now(UTC) - timedelta(days=DAYS)
    shown = [
        Shown(
            outlet=printable(one.outlet or tongue.say(UNNAMED)),
            when=moment(one.when, zone, tongue),
            notes=tuple(one_line(note) for note in one.notes),
            language=one.language,
            address=reverse("story", args=[one.story]),
            headline=one_line(one.headline),
        )
        for one in site_of(request).store.corrected(since=since, limit=MOST)
        if (one.outlet or "").casefold() not in muted
    ]
    return page(request, "corrections.html", title=tongue.say("Corrections"), here="corrections", corrections=shown)
