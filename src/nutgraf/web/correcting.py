"""Corrections as pages show them: what an outlet corrected in a report that a brief rests on, in its own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from nutgraf.ports import CorrectedReport
from nutgraf.publications.layout import UNNAMED, Moment, moment, one_line, printable
from nutgraf.web.reader import reader_of
from nutgraf.web.site import site_of


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as a page shows it; ``address`` and ``headline`` are the story's."""

    outlet: str
    when: Moment | None
    notes: tuple[str, ...]
    language: str | None
    address: str
    headline: str


def corrections_of(request: HttpRequest, reports: Iterable[CorrectedReport]) -> list[Correction]:
    """Set out corrections; those of an outlet that the reader muted are left out."""
    reader = reader_of(request)
    tongue, zone = reader.tongue, reader.zone or site_of(request).zone
    muted = {name.casefold() for name in reader.muted.outlets}
    return [
        Correction(
            outlet=printable(one.outlet or tongue.say(UNNAMED)),
            when=moment(one.when, zone, tongue),
            notes=tuple(one_line(note) for note in one.notes),
            language=one.language,
            address=reverse("story", args=[one.story]),
            headline=one_line(one.headline),
        )
        for one in reports
        if (one.outlet or "").casefold() not in muted
    ]
