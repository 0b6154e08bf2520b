"""What a reader keeps: saved stories, what is new since the last visit, what is muted, language and zone; no script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import quote
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from nutgraf.model import Brief, instant
from nutgraf.publications.layout import moment, one_line
from nutgraf.publications.tongue import TONGUES, mark
from nutgraf.web.reader import (
    COOKIES,
    LARGEST,
    LONGEST_NAME,
    MOST,
    Reader,
    pack,
    read_moment,
    read_zone,
    reader_of,
)
from nutgraf.web.site import site_of
from nutgraf.web.views import cards_of, page, stories_in_words, tongue_of, zone_of

A_YEAR = 365 * 24 * 3600
EDITIONS = 14
"""Editions that are looked through for what is new."""

SHOWN = 60
SPANS = (
    (mark("The last day"), timedelta(days=1)),
    (mark("Three days"), timedelta(days=3)),
    (mark("A week"), timedelta(days=7)),
)
KINDS = {"word": mark("Word"), "topic": mark("Topic"), "outlet": mark("Outlet"), "person": mark("Person")}


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Show what was written since a moment: the address's, else that which the reader marked as read."""
    now = datetime.now(UTC).replace(microsecond=0)
    since = read_moment(request.GET.get("since", "")) or reader_of(request).seen
    fresh = _briefs_since(request, since) if since else []
    cards, left_out = cards_of(request, fresh)
    response = page(
        request,
        "new.html",
        title=tongue_of(request).say("What is new"),
        here="new",
        since=moment(since, zone_of(request), tongue_of(request)) if since else None,
        spans=[(text, f"{reverse('new')}?since={_stamp(now - span)}") for text, span in SPANS],
        cards=cards,
        left_out=left_out,
        count=stories_in_words(len(cards), tongue_of(request)),
        now=_stamp(now),
    )
    return _own(response)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """Show the stories that the reader saved, the last saved first; what is muted shows here all the same."""
    store, names = site_of(request).store, reader_of(request).saved
    current = [store.current_name(name) for name in names]
    found = [store.brief(name) for name in dict.fromkeys(current) if name]
    briefs = [brief for brief in found if brief]
    cards, left_out = cards_of(request, briefs)
    tongue = tongue_of(request)
    response = page(
        request,
        "saved.html",
        title=tongue.say("Saved"),
        here="saved",
        cards=cards,
        left_out=left_out,
        gone=current.count(None),
        count=stories_in_words(len(cards), tongue),
        most=MOST,
    )
    return _own(response)


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """Show what the reader chose, and let it be changed."""
    reader, muted = reader_of(request), asdict(reader_of(request).muted)
    response = page(
        request,
        "choices.html",
        title=tongue_of(request).say("Your choices"),
        here="choices",
        zones=_zones(),
        chosen_zone=reader.zone.key if reader.zone else "",
        site_zone=site_of(request).zone.key,
        kinds=KINDS.items(),
        muted=[(kind, label, name) for kind, label in KINDS.items() for name in muted[f"{kind}s"]],
    )
    return _own(response)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, what: str) -> HttpResponse:
    """Change one of the reader's choices and lead back to where the reader was; who only looks is shown them all."""
    if request.method != "POST":
        return _own(HttpResponseRedirect(reverse("choices")))
    if not _is_from_here(request):
        return _refuse(request, mark("A choice can only be made on this site’s own pages."), status=403)
    change = CHANGES.get(what)
    if change is None:
        return _refuse(request, mark("There is no such choice."), status=404)
    changed = change(reader_of(request), request)
    if isinstance(changed, str):
        return _refuse(request, changed)
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(quote(back, safe="/?&=%:+;,-._~") if is_ours else reverse("choices"), status=303)
    here = reverse("today")  # other sites of the host are told nothing
    for name, value in changed.items():
        if not value:
            response.delete_cookie(name, path=here, samesite="Lax")
            continue
        is_safe = site_of(request).settings.address.startswith("https:")
        response.set_cookie(name, value, A_YEAR, path=here, samesite="Lax", httponly=True, secure=is_safe)
    return _own(response)


Changed = dict[str, str] | str
"""Cookies with their new values, empty to take one away; or what is wrong, as an interface text."""


def _tongue(reader: Reader, request: HttpRequest) -> Changed:
    language = request.POST.get("tongue", "")
    return {"tongue": language} if language in TONGUES else mark("This site does not speak that language.")


def _zone(reader: Reader, request: HttpRequest) -> Changed:
    name = request.POST.get("zone", "")
    return {"zone": name} if not name or read_zone(name) else mark("There is no time zone of that name.")


def _saved(reader: Reader, request: HttpRequest) -> Changed:
    saving, forgetting = (one_line(request.POST.get(name, ""))[:LONGEST_NAME] for name in ("save", "forget"))
    if saving and site_of(request).store.current_name(saving) is None:
        return mark("There is no such story to save.")
    names = [saving, *reader.saved] if saving else list(reader.saved)
    kept = [name for name in dict.fromkeys(names) if name != forgetting][:MOST]
    while len(pack(kept)) > LARGEST:
        kept.pop()
    return {"saved": pack(kept) if kept else ""}


def _muted(reader: Reader, request: HttpRequest) -> Changed:
    kind = request.POST.get("kind", "")
    muting, unmuting = (one_line(request.POST.get(name, ""))[:LONGEST_NAME] for name in ("mute", "unmute"))
    if kind not in KINDS or not (muting or unmuting):
        return mark("Nothing was named that could be muted.")
    muted = {name: list(names) for name, names in asdict(reader.muted).items()}
    names = [muting, *muted[f"{kind}s"]] if muting else muted[f"{kind}s"]
    muted[f"{kind}s"] = [name for name in dict.fromkeys(names) if name.casefold() != unmuting.casefold()]
    packed = pack({name: names for name, names in muted.items() if names})
    if len(packed) > LARGEST or len(muted[f"{kind}s"]) > MOST:
        return mark("A browser cannot keep more than that. Unmute something first.")
    return {"muted": packed if any(muted.values()) else ""}


def _seen(reader: Reader, request: HttpRequest) -> Changed:
    when = read_moment(request.POST.get("seen", ""))
    return {"seen": _stamp(when)} if when else mark("That is no moment.")


def _nothing(reader: Reader, request: HttpRequest) -> Changed:
    return dict.fromkeys(COOKIES, "")


CHANGES: dict[str, Callable[[Reader, HttpRequest], Changed]] = {
    "tongue": _tongue,
    "zone": _zone,
    "saved": _saved,
    "muted": _muted,
    "seen": _seen,
    "nothing": _nothing,
}


def _is_from_here(request: HttpRequest) -> bool:
    """Tell whether a form of this site's own was sent; pages carry no-referrer, so that Origin says nothing of it."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.headers.get("Host", "")


def _refuse(request: HttpRequest, what: str, *, status: int = 400) -> HttpResponse:
    title = tongue_of(request).say("That could not be taken")
    return page(request, "misunderstood.html", status=status, title=title, what=what)


def _own(response: HttpResponse) -> HttpResponse:
    """Mark an answer as one reader's own, which no cache between may keep."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _briefs_since(request: HttpRequest, since: datetime) -> list[Brief]:
    store = site_of(request).store
    earliest = (since - timedelta(days=1)).date() if since.year > 1 else since.date()
    days = [day for day in store.edition_days() if day >= earliest][:EDITIONS]
    found: dict[str, Brief] = {}
    for edition in filter(None, map(store.edition, days)):
        for brief in edition.briefs:
            if brief.updated and instant(brief.updated) > since:
                found.setdefault(brief.id, brief)
    newest_first = sorted(found.values(), key=lambda brief: instant(brief.updated or since), reverse=True)
    return newest_first[:SHOWN]


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@cache
def _zones() -> list[str]:
    places = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return ["UTC", *sorted(name for name in available_timezones() if name.startswith(places))]
