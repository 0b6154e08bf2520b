"""The page that tells readers which sources bring nothing, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nutgraf.ports import Faring
from nutgraf.publications.layout import Moment, moment, printable
from nutgraf.web.site import site_of
from nutgraf.web.views import page

MEANING = {
    "gone": "gone for good",
    "blocked": "refuse to be read by us",
    "failing": "give no answer that can be used",
    "empty": "answer, and list nothing",
    "stale": "answer, and look abandoned",
    "silent": "answer, and have been quiet for longer than usual",
    "moved": "answer from a new address",
    "new": "not asked yet",
    "healthy": "answer, and bring news at their usual pace",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A source as the page shows it."""

    name: str
    said: str
    moved: str | None
    answered: Moment | None
    brought: Moment | None
    again: Moment | None


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Show how each source fares, the worst first."""
    site, now = site_of(request), datetime.now(UTC)
    by_state = groupby(site.store.faring(now=now), key=lambda one: one.state)
    groups = [
        (state.capitalize(), MEANING.get(state, ""), [_shown(one, site.zone) for one in some])
        for state, some in by_state
    ]
    silent = site.store.silent_sources(now=now)
    return page(request, "sources.html", title="Sources", here="about", groups=groups, silent=silent)


def _shown(one: Faring, zone: tzinfo) -> Shown:
    moments = (moment(when, zone) for when in (one.answered, one.brought, one.asked_again))
    return Shown(printable(one.name), printable(one.said), one.moved, *moments)
