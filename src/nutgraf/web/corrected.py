"""The page of corrections: what outlets corrected in reports that briefs rest on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nutgraf.web.correcting import corrections_of
from nutgraf.web.site import site_of
from nutgraf.web.views import page, tongue_of

DAYS = 60
MOST = 100


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what outlets corrected lately, in their own words."""
    since = datetime.now(UTC) - timedelta(days=DAYS)
    shown = corrections_of(request, site_of(request).store.corrected(since=since, limit=MOST))
    title = tongue_of(request).say("Corrections")
    return page(request, "corrections.html", title=title, here="corrections", corrections=shown)
