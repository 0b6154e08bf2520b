"""Editions beyond their page: those of slots, and every edition as JSON and Markdown."""

from __future__ import annotations

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nutgraf.model import Edition
from nutgraf.publications import edition_as_json, edition_as_markdown
from nutgraf.web.site import site_of
from nutgraf.web.views import edition_page


@require_safe
def slot(request: HttpRequest, day: str, slot: str) -> HttpResponse:
    """Show the edition of a slot as it was made."""
    return edition_page(request, _slot(request, day, slot), here="editions")


@require_safe
def slot_json(request: HttpRequest, day: str, slot: str) -> HttpResponse:
    """Give the edition of a slot in its published form."""
    return _json(_slot(request, day, slot))


@require_safe
def slot_markdown(request: HttpRequest, day: str, slot: str) -> HttpResponse:
    """Give the edition of a slot as Markdown."""
    return _markdown(_slot(request, day, slot))


@require_safe
def day_json(request: HttpRequest, day: str) -> HttpResponse:
    """Give the edition of a day in its published form."""
    return _json(_day(request, day))


@require_safe
def day_markdown(request: HttpRequest, day: str) -> HttpResponse:
    """Give the edition of a day as Markdown."""
    return _markdown(_day(request, day))


def _json(found: Edition) -> HttpResponse:
    return HttpResponse(edition_as_json(found), content_type="application/json; charset=utf-8")


def _markdown(found: Edition) -> HttpResponse:
    return HttpResponse(edition_as_markdown(found), content_type="text/markdown; charset=utf-8")


def _slot(request: HttpRequest, day: str, slot: str) -> Edition:
    """Return the edition at an address such as 2026-03-14/17-00."""
    known = re.fullmatch(r"([0-2]\d)-([0-5]\d)", slot, re.ASCII)
    found = site_of(request).store.slot_edition(_read(day), f"{known[1]}:{known[2]}") if known else None
    return _with_briefs(found)


def _day(request: HttpRequest, day: str) -> Edition:
    return _with_briefs(site_of(request).store.edition(_read(day)))


def _with_briefs(found: Edition | None) -> Edition:
    if found is None or not found.briefs:
        raise Http404("There is no edition of that day.")
    return found


def _read(day: str) -> date:
    try:
        if len(day) == 10:
            return date.fromisoformat(day)
    except ValueError:
        pass
    raise Http404("There is no edition of that day.")
