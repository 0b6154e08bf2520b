"""The pages: each loads stored briefs and sets them; none composes anything."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from nutgraf.model import Brief, Edition, instant
from nutgraf.publications import as_feed, as_json, as_markdown
from nutgraf.publications.layout import Layout, day_words, lay_out, one_line, printable
from nutgraf.web.addresses import photo_key, photo_url, topic_slug
from nutgraf.web.assets import assets, assets_by_address
from nutgraf.web.headers import FOREVER
from nutgraf.web.install import install_steps
from nutgraf.web.sharing import shared_of
from nutgraf.web.site import Site, site_of

RASTER = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"}
"""Pictures that cannot carry script; SVG can, and is never served from a feed's address."""

FEED_ENTRIES = 60
FEED_EDITIONS = 7

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_log = logging.getLogger("nutgraf.web")


@dataclass(frozen=True, slots=True)
class PagePhoto:
    """A picture with the size that keeps its place on the page."""

    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Card:
    """A brief as pages show it: set out, with its address, its picture and its topics' addresses."""

    brief: Layout
    address: str
    photo: PagePhoto | None
    topics: tuple[tuple[str, str], ...]
    outlets: tuple[tuple[str, str], ...]
    persons: tuple[tuple[str, str], ...]
    when: str


# pages


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the latest edition."""
    latest = site_of(request).store.latest_edition()
    if latest is None or not latest.briefs:
        return page(request, "empty.html", title="No edition yet", here="today")
    return _edition_page(request, latest, here="today")


@require_safe
def edition(request: HttpRequest, day: str) -> HttpResponse:
    """Show the edition of one day."""
    try:
        found = site_of(request).store.edition(date.fromisoformat(day)) if len(day) == 10 else None
    except ValueError:
        found = None
    if found is None or not found.briefs:
        raise Http404("There is no edition of that day.")
    return _edition_page(request, found, here="editions")


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """List the days that have an edition."""
    days = [(day.isoformat(), _day_heading(day)) for day in site_of(request).store.edition_days()]
    return page(request, "editions.html", title="All editions", here="editions", days=days)


@require_safe
def story(request: HttpRequest, name: str) -> HttpResponse:
    """Show one story's brief with everything it rests on."""
    found = _brief_or_redirect(request, name, "story")
    if isinstance(found, HttpResponse):
        return found
    card = card_of(site_of(request), found)
    ways = site_of(request).ways
    values: dict[str, Any] = {
        "card": card,
        "shared": shared_of(request, found),
        "follow_script": assets()["follow.js"].address if ways.followers and ways.pusher else "",
        "mails": ways.subscribers is not None and ways.post is not None,
    }
    response = page(request, "story.html", title=card.brief.headline.text, **values)
    return _dated(response, found)


@require_safe
def story_json(request: HttpRequest, name: str) -> HttpResponse:
    """Give the stored brief in its published form."""
    found = _brief_or_redirect(request, name, "story-json")
    if isinstance(found, HttpResponse):
        return found
    return _dated(HttpResponse(as_json(found), content_type="application/json; charset=utf-8"), found)


@require_safe
def story_markdown(request: HttpRequest, name: str) -> HttpResponse:
    """Give the stored brief as Markdown."""
    found = _brief_or_redirect(request, name, "story-markdown")
    if isinstance(found, HttpResponse):
        return found
    return _dated(HttpResponse(as_markdown(found), content_type="text/markdown; charset=utf-8"), found)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics."""
    counts: dict[str, tuple[str, int]] = {}
    for name, count in site_of(request).store.topics():
        shown, so_far = counts.get(topic_slug(name), (printable(name), 0))
        counts[topic_slug(name)] = (shown, so_far + count)
    listed = [(slug, name, stories_in_words(count)) for slug, (name, count) in counts.items()]
    return page(request, "topics.html", title="Topics", here="topics", topics=listed)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the stories on one topic, the newest first; topics that differ in case or signs alone share a page."""
    site = site_of(request)
    names = [name for name, _ in site.store.topics() if topic_slug(name) == slug]
    briefs = {brief.id: brief for name in names for brief in site.store.briefs_on(name)}
    if not briefs:
        raise Http404("There is no story on that topic.")
    cards = [card_of(site, brief) for brief in briefs.values()]
    values: dict[str, Any] = {
        "title": printable(names[0]),
        "feed": reverse("topic-feed", args=[slug]),
        "here": "topics",
        "cards": cards,
        "count": stories_in_words(len(cards)),
    }
    return page(request, "topic.html", **values)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is and how to read it."""
    silent = site_of(request).store.silent_sources(now=datetime.now(UTC))
    return page(request, "about.html", title="About", here="about", silent=silent if silent.all else None)


# files


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the newest briefs as Atom."""
    site = site_of(request)
    recent = [site.store.edition(day) for day in list(site.store.edition_days())[:FEED_EDITIONS]]
    briefs: dict[str, Brief] = {}
    for found in recent:
        for brief in found.briefs if found else ():
            briefs.setdefault(brief.id, brief)
    chosen = list(briefs.values())[:FEED_ENTRIES]
    body = as_feed(chosen, title=site.settings.title, address=site.settings.address, now=datetime.now(UTC))
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


@require_safe
def photo(request: HttpRequest, key: str) -> HttpResponse:
    """Give a stored picture; nothing is fetched, and only raster pictures are served."""
    url = photo_url(key)
    stored = site_of(request).store.photo(url) if url else None
    if stored is None or stored.content_type not in RASTER:
        raise Http404("There is no such picture.")
    response = HttpResponse(stored.body, content_type=stored.content_type)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_safe
def asset(request: HttpRequest, file: str) -> HttpResponse:
    """Give one of the site's own files."""
    found = assets_by_address().get(file)
    if found is None:
        raise Http404("There is no such file.")
    response = HttpResponse(found.body, content_type=found.content_type)
    response.headers["Cache-Control"] = FOREVER
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Give the icon to those who ask for it without reading a page."""
    return HttpResponse(assets()["icon-192.png"].body, content_type="image/png")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the site as an app that can be installed."""
    title = one_line(site_of(request).settings.title)
    icons = [
        {"src": assets()["icon.svg"].address, "sizes": "any", "type": "image/svg+xml"},
        {"src": assets()["icon-192.png"].address, "sizes": "192x192", "type": "image/png"},
        {"src": assets()["icon-512.png"].address, "sizes": "512x512", "type": "image/png"},
        {
            "src": assets()["icon-maskable-512.png"].address,
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    record = {
        "id": "/",
        "name": title,
        "short_name": title if len(title) <= 12 else title[:11] + "…",
        "description": "One short brief of each story, every line led back to its source.",
        "lang": "en",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fcfaf6",
        "theme_color": "#fcfaf6",
        "icons": icons,
    }
    body = json.dumps(record, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type="application/manifest+json; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everyone read everything, and say where the list of it is."""
    where = site_of(request).settings.address.rstrip("/") + reverse("sitemap")
    body = f"User-agent: *\nAllow: /\n\nSitemap: {where}\n"
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


# errors


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; the address asked for is not repeated."""
    return page(request, "not_found.html", status=404, title="Nothing here")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be understood."""
    return page(request, "not_found.html", status=400, title="Nothing here")


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something failed, and write down what; asks nothing of the store, which may be what failed."""
    _log.exception("%s could not be shown", request.path)
    return HttpResponse(render_to_string("web/broken.html", _frame(request, "Something broke")), status=500)


# parts


def page(request: HttpRequest, template: str, *, status: int = 200, title: str, **values: Any) -> HttpResponse:
    """Return a page of the site made from a template."""
    response = render(request, f"web/{template}", {**_frame(request, title), **values}, status=status)
    patch_vary_headers(response, ["User-Agent"])  # the invitation to install is worded for the device
    return response


def _frame(request: HttpRequest, title: str) -> dict[str, Any]:
    settings = site_of(request).settings
    files = assets()
    return {
        "title": title,
        "site_title": one_line(settings.title),
        "canonical": settings.address.rstrip("/") + request.path,
        "style": files["style.css"].address,
        "script": files["app.js"].address,
        "icon": files["icon.svg"].address,
        "touch_icon": files["icon-192.png"].address,
        "install_steps": install_steps(request.headers.get("User-Agent", "")),
    }


def _edition_page(request: HttpRequest, shown: Edition, *, here: str) -> HttpResponse:
    site = site_of(request)
    lead, *others = (card_of(site, brief, day=shown.day) for brief in shown.briefs)
    values: dict[str, Any] = {
        "title": _day_heading(shown.day),
        "here": here,
        "day": shown.day.isoformat(),
        "lead": lead,
        "others": others,
        "count": stories_in_words(len(shown.briefs)),
    }
    return page(request, "edition.html", **values)


def card_of(site: Site, brief: Brief, *, day: date | None = None) -> Card:
    """Set out a brief for a page; ``day`` is the edition's, on which a time of day says enough."""
    shown = lay_out(brief, zone=site.zone)
    updated = shown.updated
    on_that_day = updated is not None and updated.day == day and updated.clock
    return Card(
        brief=shown,
        when=(updated.clock if on_that_day else updated.text) if updated else "",
        address=reverse("story", args=[brief.id]),
        photo=_photo(site, brief),
        topics=_linked("topic", brief.topics),
        outlets=_linked("outlet", (article.outlet for article in brief.articles)),
        persons=_linked("person", (line.speaker for line in brief.lines)),
    )


def _linked(route: str, names: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    """Return each name once, with the address of its page."""
    by_slug = {topic_slug(name): printable(name) for name in names if name}
    return tuple((name, reverse(route, args=[slug])) for slug, name in by_slug.items())


def _photo(site: Site, brief: Brief) -> PagePhoto | None:
    stored = site.store.photo(brief.photo.url) if brief.photo else None
    if brief.photo is None or stored is None or stored.content_type not in RASTER:
        return None
    return PagePhoto(reverse("photo", args=[photo_key(brief.photo.url)]), stored.width, stored.height)


def _brief_or_redirect(request: HttpRequest, name: str, route: str) -> Brief | HttpResponse:
    store = site_of(request).store
    current = store.current_name(name)
    if current is not None and current != name:
        return HttpResponsePermanentRedirect(reverse(route, args=[current]))
    brief = store.brief(name) if current else None
    if brief is None:
        raise Http404("There is no such story.")
    return brief


def _dated(response: HttpResponse, brief: Brief) -> HttpResponse:
    # Only where one brief is shown: a list can change without any of its briefs being newer. All have an ETag.
    if brief.updated:
        response.headers["Last-Modified"] = http_date(instant(brief.updated).timestamp())
    return response


def _day_heading(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]}, {day_words(day)}"


def stories_in_words(count: int) -> str:
    """Return "3 stories"."""
    return "1 story" if count == 1 else f"{count} stories"
