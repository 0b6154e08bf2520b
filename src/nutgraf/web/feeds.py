"""The feeds of everything as RSS and as JSON Feed, beside the Atom feeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nutgraf.model import Brief
from nutgraf.ports import Question
from nutgraf.publications.feeds import as_json_feed, as_rss
from nutgraf.publications.layout import one_line, printable
from nutgraf.publications.opml import Feed, as_opml
from nutgraf.web.addresses import topic_slug
from nutgraf.web.asking import read_question
from nutgraf.web.searching import name_in
from nutgraf.web.site import site_of
from nutgraf.web.views import FEED_EDITIONS, FEED_ENTRIES

LISTED = 200
"""Topics whose feeds the list holds: those with most stories."""


@require_safe
def latest(request: HttpRequest, form: str) -> HttpResponse:
    """Give the newest briefs."""
    store = site_of(request).store
    editions = [store.edition(day) for day in list(store.edition_days())[:FEED_EDITIONS]]
    briefs: dict[str, Brief] = {}
    for edition in editions:
        for brief in edition.briefs if edition else ():
            briefs.setdefault(brief.id, brief)
    return _given(request, form, list(briefs.values())[:FEED_ENTRIES], "")


@require_safe
def subscription_list(request: HttpRequest) -> HttpResponse:
    """Give the feeds of the site and of its topics as a list, those with most stories first."""
    site = site_of(request)
    title = one_line(site.settings.title)
    found = [Feed(title, site.whole(reverse("feed")), site.whole(reverse("today")))]
    slugs = {topic_slug(name): printable(name) for name, _ in reversed(site.store.topics(limit=LISTED))}
    for slug, name in reversed(slugs.items()):
        address, page = (site.whole(reverse(route, args=[slug])) for route in ("topic-feed", "topic"))
        found.append(Feed(f"{name} – {title}", address, page))
    return HttpResponse(as_opml(found, title=title), content_type="text/x-opml; charset=utf-8")


@require_safe
def named(request: HttpRequest, route: str, slug: str, form: str) -> HttpResponse:
    """Give the stories of a topic, an outlet or a person."""
    briefs = _found(request, Question(**{route: slug}))  # type: ignore[arg-type]  # the address allows these three alone
    if not briefs:
        raise Http404("There is no story of that name.")
    return _given(request, form, briefs, name_in(briefs, route, slug))


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """Give what a question finds."""
    typed = request.GET.get("q", "").replace("\0", " ").strip()
    asked = read_question(typed)
    return _given(request, form, [] if asked.is_empty else _found(request, asked.question), typed)


def _found(request: HttpRequest, question: Question) -> list[Brief]:
    return [brief for _, brief in site_of(request).store.search(question, limit=FEED_ENTRIES)]


def _given(request: HttpRequest, form: str, briefs: Sequence[Brief], named: str) -> HttpResponse:
    settings = site_of(request).settings
    title = f"{named} – {settings.title}" if named else settings.title
    write: Callable[..., bytes | str] = as_json_feed if form == "json" else as_rss
    body = write(
        briefs,
        title=title,
        address=settings.address,
        path=request.get_full_path_info(),
        now=datetime.now(UTC),
    )
    return HttpResponse(body, content_type=f"application/{'feed+json' if form == 'json' else 'rss+xml'}; charset=utf-8")
