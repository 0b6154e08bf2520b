"""The page that tells readers which sources bring nothing, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nutgraf.ports import Faring
from nutgraf.publications.layout import Moment, moment, printable
from nutgraf.publications.tongue import Tongue, mark
from nutgraf.web.site import site_of
from nutgraf.web.views import page, tongue_of, zone_of

MEANING = {
    "gone": (mark("Gone"), mark("gone for good")),
    "blocked": (mark("Blocked"), mark("refuse to be read by us")),
    "failing": (mark("Failing"), mark("give no answer that can be used")),
    "empty": (mark("Empty"), mark("answer, and list nothing")),
    "stale": (mark("Stale"), mark("answer, and look abandoned")),
    "silent": (mark("Silent"), mark("answer, and have been quiet for longer than usual")),
    "moved": (mark("Moved"), mark("answer from a new address")),
    "new": (mark("Just added"), mark("not asked yet")),
    "healthy": (mark("Healthy"), mark("answer, and bring news at their usual pace")),
}
"""What readers are told of each state: its heading, and what its sources do."""


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
    zone, tongue = zone_of(request), tongue_of(request)
    groups = [(*MEANING[state], [_shown(one, zone, tongue) for one in some]) for state, some in by_state]
    silent = site.store.silent_sources(now=now)
    return page(request, "sources.html", title=tongue.say("Sources"), here="sources", groups=groups, silent=silent)


def _shown(one: Faring, zone: tzinfo, tongue: Tongue) -> Shown:
    moments = (moment(when, zone, tongue) for when in (one.answered, one.brought, one.asked_again))
    return Shown(printable(one.name), printable(one.said), one.moved, *moments)
