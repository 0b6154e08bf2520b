"""What other programs show of a story: its card, its linked data, and the sitemaps by which they find it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from nutgraf.model import Brief
from nutgraf.ports import Question
from nutgraf.publications.calendar import as_calendar
from nutgraf.publications.cards import card_version, draw_card
from nutgraf.publications.layout import coverage_words, lay_out
from nutgraf.publications.linked_data import linked_data
from nutgraf.publications.sitemap import A_PAGE, news_sitemap, sitemap_index, sitemap_page
from nutgraf.web.headers import FOREVER
from nutgraf.web.site import site_of

XML = "application/xml; charset=utf-8"
CALENDAR_BRIEFS = 500
NEWS_EDITIONS = 3
"""Editions in which briefs of the last two days can stand."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the head of a story's page tells other programs."""

    card: str
    alt: str
    description: str
    modified: str
    data: SafeString


def shared_of(request: HttpRequest, brief: Brief) -> Shared:
    """Return what to tell of a brief."""
    site, settings = site_of(request), site_of(request).settings
    shown = lay_out(brief)
    version = card_version(brief, settings.title)
    card = site.whole(reverse("card", args=[brief.id, version]))
    data = linked_data(brief, title=settings.title, address=settings.address, picture=card)
    return Shared(
        card=card,
        alt=f"{shown.headline.text} ({coverage_words(brief.coverage)})",
        description=shown.dek.text if shown.dek else shown.lede.text,
        modified=shown.updated.iso if shown.updated else "",
        data=mark_safe(data),  # noqa: S308  # escaped for where it stands: no "<" is left
    )


@require_safe
def card(request: HttpRequest, name: str, version: str) -> HttpResponse:
    """Give the card of a story; an address of an earlier version leads to the present one."""
    site = site_of(request)
    current = site.store.current_name(name)
    brief = site.store.brief(current) if current else None
    if brief is None:
        raise Http404("There is no such story.")
    present = card_version(brief, site.settings.title)
    if (brief.id, present) != (name, version):
        return HttpResponseRedirect(reverse("card", args=[brief.id, present]))
    response = HttpResponse(draw_card(brief, site.settings.title), content_type="image/png")
    response.headers["Cache-Control"] = FOREVER
    return response


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps."""
    last = site_of(request).store.last_number()
    paths = [reverse("sitemap-news"), reverse("sitemap-pages")]
    paths += [reverse("sitemap-stories", args=[number]) for number in range(last // A_PAGE + 1)]
    return HttpResponse(sitemap_index([site_of(request).whole(path) for path in paths]), content_type=XML)


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages that are no stories."""
    paths = [reverse(name) for name in ("today", "editions", "topics", "follow", "about")]
    paths += [reverse("edition", args=[day.isoformat()]) for day in site_of(request).store.edition_days()]
    return HttpResponse(sitemap_page((site_of(request).whole(path), None) for path in paths), content_type=XML)


@require_safe
def stories(request: HttpRequest, number: int) -> HttpResponse:
    """List the stories whose newest briefs have numbers of one range."""
    store = site_of(request).store
    if number > store.last_number() // A_PAGE:
        raise Http404("There is no such sitemap.")
    found = store.told(first=number * A_PAGE, last=(number + 1) * A_PAGE - 1)
    # Worked out once: asking for each of ten thousand addresses takes a second.
    before, _, after = site_of(request).whole(reverse("story", args=["-"])).rpartition("-")
    listed = ((f"{before}{quote(name, safe='')}{after}", when) for name, when in found)
    return HttpResponse(sitemap_page(listed), content_type=XML)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """List the briefs of the last two days."""
    title = site_of(request).settings.title
    body = news_sitemap(_recent(request), title=title, now=datetime.now(UTC))
    return HttpResponse(body, content_type=XML)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Give the dated plans of the newest briefs."""
    site, now = site_of(request), datetime.now(UTC)
    briefs = [brief for _, brief in site.store.search(Question(), limit=CALENDAR_BRIEFS)]
    body = as_calendar(briefs, title=site.settings.title, address=site.settings.address, now=now)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _recent(request: HttpRequest) -> Iterator[tuple[str, Brief]]:
    store, seen = site_of(request).store, set()
    for day in list(store.edition_days())[:NEWS_EDITIONS]:
        edition = store.edition(day)
        for brief in edition.briefs if edition else ():
            if brief.id not in seen:
                seen.add(brief.id)
                yield site_of(request).whole(reverse("story", args=[brief.id])), brief
