"""The pages: each loads stored briefs and sets them; none composes anything."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from nutgraf.model import Brief, Edition, instant
from nutgraf.publications import as_feed, as_json, as_markdown
from nutgraf.publications.layout import Head, Layout, lay_out, lay_out_head, one_line, printable
from nutgraf.publications.muting import is_left_out, without_muted
from nutgraf.publications.tongue import TONGUES, Tongue, mark
from nutgraf.web.addresses import photo_key, photo_url, topic_slug
from nutgraf.web.assets import assets, assets_by_address
from nutgraf.web.correcting import corrections_of
from nutgraf.web.headers import FOREVER
from nutgraf.web.install import HOME_SCREEN, install_steps, touch_steps
from nutgraf.web.reader import reader_of
from nutgraf.web.sharing import shared_of
from nutgraf.web.site import Site, site_of

RASTER = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"}
"""Pictures that cannot carry script; SVG can, and is never served from a feed's address."""

KINDS = {"topic": mark("Topic"), "outlet": mark("Outlet"), "person": mark("Who says it")}

TOPICS = 300
"""Topics that their page lists."""

CORRECTIONS = 10
"""Corrections that a story shows at the most."""

FEED_ENTRIES = 60
MOST_SLOTS = 400
"""Editions of slots that the list of editions names."""
FEED_EDITIONS = 7

_log = logging.getLogger("nutgraf.web")


@dataclass(frozen=True, slots=True)
class PagePhoto:
    """A picture with the size that keeps its place on the page."""

    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Card:
    """A brief as lists show it, with its address and its picture; ``when`` is as short as its place allows."""

    head: Head
    address: str
    photo: PagePhoto | None
    when: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A brief as its page shows it: set out, with the addresses of its topics, outlets and persons."""

    brief: Layout
    address: str
    photo: PagePhoto | None
    topics: tuple[tuple[str, str], ...]
    outlets: tuple[tuple[str, str], ...]
    persons: tuple[tuple[str, str], ...]


# pages


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the latest edition."""
    latest = site_of(request).store.latest_edition()
    if latest is None or not latest.briefs:
        return page(request, "empty.html", title=tongue_of(request).say("No edition yet"), here="today")
    return edition_page(request, latest, here="today")


@require_safe
def edition(request: HttpRequest, day: str) -> HttpResponse:
    """Show the edition of one day."""
    try:
        found = site_of(request).store.edition(date.fromisoformat(day)) if len(day) == 10 else None
    except ValueError:
        found = None
    if found is None or not found.briefs:
        raise Http404("There is no edition of that day.")
    return edition_page(request, found, here="editions")


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """List the days that have an edition."""
    tongue = tongue_of(request)
    store = site_of(request).store
    slots: dict[date, list[tuple[str, str]]] = {}
    for day, slot in sorted(store.slot_editions(limit=MOST_SLOTS), key=lambda one: one[1]):
        slots.setdefault(day, []).append((slot, slot.replace(":", "-")))
    every = sorted({*store.edition_days(), *slots}, reverse=True)
    kept = set(store.edition_days())
    days = [(day.isoformat(), tongue.weekday(day), day in kept, slots.get(day, [])) for day in every]
    return page(request, "editions.html", title=tongue.say("All editions"), here="editions", days=days)


@require_safe
def story(request: HttpRequest, name: str) -> HttpResponse:
    """Show one story's brief with everything it rests on."""
    found = _brief_or_redirect(request, name, "story")
    if isinstance(found, HttpResponse):
        return found
    reader = reader_of(request)
    shown = found if "all" in request.GET else without_muted(found, reader.muted)
    if shown is None:
        title = tongue_of(request).say("You muted all of it")
        return page(request, "all_muted.html", title=title, show_all="?all")
    card = _whole(request, shown)
    values: dict[str, Any] = {
        "title": card.brief.headline.text,
        "card": card,
        "lines_left_out": shown is not found,
        "is_saved": found.id in reader.saved,
        "corrections": corrections_of(request, site_of(request).store.corrected(story=found.id, limit=CORRECTIONS)),
        "shared": shared_of(request, shown),
        "mails": site_of(request).ways.mails,
        "follow_script": assets()["follow.js"].address if site_of(request).ways.pushes else "",
    }
    return _dated(page(request, "story.html", **values), found)


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
    """List the topics that have most stories; the search finds all others."""
    counts: dict[str, tuple[str, int]] = {}
    for name, count in site_of(request).store.topics(limit=TOPICS):
        shown, so_far = counts.get(topic_slug(name), (printable(name), 0))
        counts[topic_slug(name)] = (shown, so_far + count)
    tongue = tongue_of(request)
    listed = [(slug, name, stories_in_words(count, tongue)) for slug, (name, count) in counts.items()]
    return page(request, "topics.html", title=tongue.say("Topics"), here="topics", topics=listed)


@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    """Say how to be told what is new without coming back: only by ways that are there."""
    title, ways = tongue_of(request).say("Follow"), site_of(request).ways
    return page(request, "follow_page.html", title=title, here="follow", mails=ways.mails, pushes=ways.pushes)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is and how to read it."""
    silent = site_of(request).store.silent_sources(now=datetime.now(UTC))
    title = tongue_of(request).say("About")
    return page(request, "about.html", title=title, here="about", silent=silent if silent.all else None)


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
    title, tongue = one_line(site_of(request).settings.title), tongue_of(request)
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
    home = reverse("today")
    record = {
        "id": home,
        "name": title,
        "short_name": title if len(title) <= 12 else title[:11] + "…",
        "description": tongue.say("One short brief of each story, every line led back to its source."),
        "lang": tongue.language,
        "dir": tongue.direction,
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#fcfaf6",
        "theme_color": "#fcfaf6",
        "icons": icons,
    }
    body = json.dumps(record, ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/manifest+json; charset=utf-8")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everyone read everything that is not one reader's own, and say where the list of it is."""
    own = "".join(f"Disallow: {reverse(name)}\n" for name in ("choices", "saved"))
    where = site_of(request).whole(reverse("sitemap"))
    body = f"User-agent: *\n{own}Allow: {reverse('today')}\n\nSitemap: {where}\n"
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


# errors


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; the address asked for is not repeated."""
    return page(request, "not_found.html", status=404, title=tongue_of(request).say("Nothing here"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be understood."""
    return page(request, "not_found.html", status=400, title=tongue_of(request).say("Nothing here"))


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something failed, and write down what; asks nothing of the store, which may be what failed."""
    _log.exception("%s could not be shown", request.path)
    return HttpResponse(
        render_to_string("web/broken.html", _frame(request, tongue_of(request).say("Something broke"))), status=500
    )


# parts


def page(request: HttpRequest, template: str, *, status: int = 200, title: str, **values: Any) -> HttpResponse:
    """Return a page of the site made from a template."""
    frame = _frame(request, title)
    if status >= 400:
        frame["path"] = reverse("today")  # no error leads back to itself, and none repeats the address asked for
    response = render(request, f"web/{template}", {**frame, **values}, status=status)
    # The invitation to install is worded for the device, all of it for the reader.
    patch_vary_headers(response, ["Accept-Language", "Cookie", "User-Agent"])
    return response


def _frame(request: HttpRequest, title: str) -> dict[str, Any]:
    settings = site_of(request).settings
    files, device = assets(), request.headers.get("User-Agent", "")
    return {
        "title": title,
        "tongue": tongue_of(request),
        "tongues": TONGUES.items(),
        "zone": zone_of(request).key if reader_of(request).zone is None else "",
        "offsets": _offsets(zone_of(request)),
        "path": request.get_full_path(),
        "site_title": one_line(settings.title),
        "canonical": site_of(request).whole(request.path),
        "style": files["style.css"].address,
        "script": files["app.js"].address,
        "icon": files["icon.svg"].address,
        "touch_icon": files["icon-192.png"].address,
        "install_steps": install_steps(device),
        "touch_steps": touch_steps(device),
        "home_screen": HOME_SCREEN,
    }


def _offsets(zone: ZoneInfo) -> str:
    """Return by how many minutes a zone is ahead of UTC in January and in July of this year, as the script asks it."""
    year = datetime.now(UTC).year
    whole = (datetime(year, month, 1, tzinfo=zone).utcoffset() or timedelta() for month in (1, 7))
    return " ".join(str(offset // timedelta(minutes=1)) for offset in whole)


def tongue_of(request: HttpRequest) -> Tongue:
    """Return the tongue that the page is to speak."""
    return reader_of(request).tongue


def zone_of(request: HttpRequest) -> ZoneInfo:
    """Return the zone that times are shown in: the reader's, where one was chosen, else the site's."""
    return reader_of(request).zone or site_of(request).zone


def edition_page(request: HttpRequest, shown: Edition, *, here: str) -> HttpResponse:
    """Show an edition, the lead first."""
    tongue = tongue_of(request)
    kept, left_out = _kept(request, shown.briefs)
    if not kept:
        return page(request, "all_muted.html", title=tongue.say("You muted all of it"), here=here)
    values: dict[str, Any] = {
        "title": tongue.weekday(shown.day) + (f", {shown.slot}" if shown.slot else ""),
        "here": here,
        "day": shown.day.isoformat(),
        "lead": _whole(request, kept[0]),
        "others": _cards(request, kept[1:], shown.day),
        "count": stories_in_words(len(kept), tongue),
        "left_out": left_out,
    }
    return page(request, "edition.html", **values)


def listed_page(
    request: HttpRequest, route: str, slug: str, name: str, briefs: Sequence[Brief], further: int | None = None
) -> HttpResponse:
    """Show the stories of one topic, outlet or person."""
    tongue, muted = tongue_of(request), reader_of(request).muted
    cards, left_out = cards_of(request, briefs)
    is_muted = name.casefold() in {one.casefold() for one in getattr(muted, f"{route}s")}
    values: dict[str, Any] = {
        "title": name,
        "here": f"{route}s",
        "route": route,
        "kind": KINDS[route],
        "cards": cards,
        "left_out": left_out,
        "muted_here": is_muted,
        "count": counted(len(cards), further, tongue),
        "further": further and f"{reverse(route, args=[slug])}?before={further}",
        "feed": reverse(f"{route}-feed", args=[slug]),
        "feed_as_rss": reverse("named-feed-as", args=[route, slug, "rss"]),
        "feed_as_json": reverse("named-feed-as", args=[route, slug, "json"]),
    }
    return page(request, "listed.html", **values)


def cards_of(request: HttpRequest, briefs: Iterable[Brief]) -> tuple[list[Card], int]:
    """Set out for a list the briefs that the reader did not mute; return them and how many were left out."""
    kept, left_out = _kept(request, briefs)
    return _cards(request, kept), left_out


def _kept(request: HttpRequest, briefs: Iterable[Brief]) -> tuple[list[Brief], int]:
    """Return the briefs less what the reader muted, and how many were left out."""
    muted, asked = reader_of(request).muted, list(briefs)
    shown = [None if is_left_out(brief, muted) else without_muted(brief, muted) for brief in asked]
    kept = [brief for brief in shown if brief is not None]
    return kept, len(asked) - len(kept)


def _cards(request: HttpRequest, briefs: Sequence[Brief], day: date | None = None) -> list[Card]:
    """Set out briefs for a list; ``day`` is the edition's, on which a time of day says enough."""
    zone, tongue = zone_of(request), tongue_of(request)
    photos = _photos(site_of(request), briefs)
    cards = []
    for brief in briefs:
        head = lay_out_head(brief, zone=zone, tongue=tongue)
        updated = head.updated
        when = (updated.clock if updated.day == day and updated.clock else updated.text) if updated else ""
        photo = photos.get(brief.photo.url) if brief.photo else None
        cards.append(Card(head, reverse("story", args=[brief.id]), photo, when))
    return cards


def _whole(request: HttpRequest, brief: Brief) -> Whole:
    """Set out a brief for its page."""
    photos = _photos(site_of(request), [brief])
    return Whole(
        brief=lay_out(brief, zone=zone_of(request), tongue=tongue_of(request)),
        address=reverse("story", args=[brief.id]),
        photo=photos.get(brief.photo.url) if brief.photo else None,
        topics=_linked("topic", brief.topics),
        outlets=_linked("outlet", (article.outlet for article in brief.articles)),
        persons=_linked("person", whole_names(line.speaker for line in brief.lines)),
    )


def whole_names(names: Iterable[str | None]) -> list[str]:
    """Return names without those that are the last word of another: "Tully" beside "Jean Tully"."""
    every = [name for name in names if name]
    return [name for name in every if not any(other.endswith(f" {name}") for other in every)]


def _linked(route: str, names: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    """Return each name once, with the address of its page."""
    by_slug = {topic_slug(name): printable(name) for name in names if name}
    return tuple((name, reverse(route, args=[slug])) for slug, name in by_slug.items())


def _photos(site: Site, briefs: Iterable[Brief]) -> dict[str, PagePhoto]:
    """Return the stored pictures of briefs by the addresses that they were fetched from: one question for all."""
    sizes = site.store.photo_sizes([brief.photo.url for brief in briefs if brief.photo])
    return {
        url: PagePhoto(reverse("photo", args=[photo_key(url)]), size.width, size.height)
        for url, size in sizes.items()
        if size.content_type in RASTER
    }


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


def stories_in_words(number: int, tongue: Tongue) -> str:
    """Return "3 stories"."""
    return tongue.count("{n} story", "{n} stories", number)


def counted(number: int, further: object, tongue: Tongue) -> str:
    """Return "3 stories", and whether there are earlier ones."""
    if further:
        return tongue.count("{n} story, and earlier ones", "{n} stories, and earlier ones", number)
    return stories_in_words(number, tongue)
