"""The search page, the pages of outlets and persons, and the feeds of what they find."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nutgraf.model import Brief
from nutgraf.ports import Question
from nutgraf.publications import as_feed
from nutgraf.publications.layout import printable
from nutgraf.publications.speech import code, filled
from nutgraf.web.addresses import topic_slug
from nutgraf.web.asking import Note, read_question
from nutgraf.web.site import site_of
from nutgraf.web.views import FEED_ENTRIES, cards_of, counted, listed_page, page, tongue_of

A_PAGE = 20
"""Briefs of one page of results."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the briefs that answer a reader's question, or how to ask."""
    typed = request.GET.get("q", "").replace("\0", " ").strip()
    asked = read_question(typed)
    found, further = ([], None) if asked.is_empty else _found(request, asked.question)
    tongue, query = tongue_of(request), urlencode({"q": typed})
    cards, left_out = cards_of(request, found)
    return page(
        request,
        "search.html",
        title=tongue.say("{question} – Search", question=typed) if typed else tongue.say("Search"),
        here="search",
        asked=typed,
        notes=[filled(tongue.pattern(note.text), _shown(note)) for note in asked.notes],
        cards=cards,
        left_out=left_out,
        count=counted(len(cards), further, tongue),
        further=further and f"{reverse('search')}?{urlencode({'q': typed, 'before': further})}",
        feed=f"{reverse('search-feed')}?{query}" if found else None,
        feed_as_rss=f"{reverse('search-feed-as', args=['rss'])}?{query}",
        feed_as_json=f"{reverse('search-feed-as', args=['json'])}?{query}",
    )


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """Give what a question finds as Atom."""
    typed = request.GET.get("q", "").replace("\0", " ").strip()
    asked = read_question(typed)
    return _feed(request, asked.question, title=typed) if not asked.is_empty else _feed(request, None, title="")


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the stories on one topic; topics that differ in case or signs alone share a page."""
    return _listed(request, "topic", slug, Question(topic=slug))


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the stories that an outlet's reports tell."""
    return _listed(request, "outlet", slug, Question(outlet=slug))


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the stories in which a person or body is cited."""
    return _listed(request, "person", slug, Question(person=slug))


@require_safe
def outlet_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an outlet's stories as Atom."""
    return _feed(request, Question(outlet=slug), title=slug, route="outlet", slug=slug)


@require_safe
def person_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a person's stories as Atom."""
    return _feed(request, Question(person=slug), title=slug, route="person", slug=slug)


@require_safe
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a topic's stories as Atom."""
    return _feed(request, Question(topic=slug), title=slug, route="topic", slug=slug)


def _shown(note: Note) -> dict[str, object]:
    """Return what fills in a note: parts of a question as they are typed."""
    return {name: code(value) if isinstance(value, str) else value for name, value in note.values.items()}


def _listed(request: HttpRequest, route: str, slug: str, question: Question) -> HttpResponse:
    found, further = _found(request, question)
    if not found:
        raise Http404("There is no story of that name.")
    return listed_page(request, route, slug, name_in(found, route, slug), found, further)


def name_in(briefs: Sequence[Brief], route: str, slug: str) -> str:
    """Return the name that a slug stands for, as the briefs spell it."""
    for brief in briefs:
        for name in _names(brief, route):
            if name and topic_slug(name) == slug:
                return printable(name)
    return printable(slug)


def _names(brief: Brief, route: str) -> list[str | None]:
    if route == "outlet":
        return [article.outlet for article in brief.articles]
    return [line.speaker for line in brief.lines] if route == "person" else list(brief.topics)


def _found(request: HttpRequest, question: Question) -> tuple[list[Brief], int | None]:
    """Return a page of answers, and where the next one begins."""
    given = request.GET.get("before", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    rows = site_of(request).store.search(question, limit=A_PAGE + 1, before=before)
    return [brief for _, brief in rows[:A_PAGE]], rows[A_PAGE - 1][0] if len(rows) > A_PAGE else None


def _feed(
    request: HttpRequest, question: Question | None, *, title: str, route: str = "", slug: str = ""
) -> HttpResponse:
    site = site_of(request)
    rows = site.store.search(question, limit=FEED_ENTRIES) if question else ()
    briefs = [brief for _, brief in rows]
    if route and not briefs:
        raise Http404("There is no story of that name.")
    named = name_in(briefs, route, slug) if route else title
    body = as_feed(
        briefs,
        title=f"{named} – {site.settings.title}" if named else site.settings.title,
        address=site.settings.address,
        path=request.get_full_path_info(),
        now=datetime.now(UTC),
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
