"""Following a story: a browser that its reader allowed to be told is told when the brief changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from nutgraf.errors import FetchError
from nutgraf.ports import Browser, Followers, Pusher
from nutgraf.web.site import site_of

LARGEST = 8192
"""Bytes of what a browser sends."""


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Give the key that a browser has to know before it can be told."""
    _, pusher = _ways(request)
    return JsonResponse({"key": pusher.public_key})


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Let a browser follow a story."""
    followers, pusher = _ways(request)
    store = site_of(request).store
    given = _given(request)
    browser = _browser(given)
    story = store.current_name(str(given.get("story", "")))
    if browser is None or story is None:
        return _told("Send a subscription of this browser, and the story.", 422)
    try:
        pusher.check(browser)
    except FetchError as error:
        return _told(f"{error.problem}.", 422)
    if not followers.follow(browser, story, now=datetime.now(UTC)):
        return _told("This browser follows very many stories. Leave one first.", 409)
    return _told("followed")


@require_POST
def unfollow(request: HttpRequest) -> HttpResponse:
    """Let a browser follow a story no longer."""
    followers, _ = _ways(request)
    given = _given(request)
    followers.unfollow(str(given.get("endpoint", "")), str(given.get("story", "")))
    return _told("left")


def _ways(request: HttpRequest) -> tuple[Followers, Pusher]:
    ways = site_of(request).ways
    if ways.followers is None or ways.pusher is None:
        raise Http404("This site sends no notices.")
    return ways.followers, ways.pusher


def _given(request: HttpRequest) -> dict[str, object]:
    """Return the object that was sent; an empty one for anything else, and for what another site's page sent."""
    own = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    if not own or request.content_type != "application/json" or len(request.body) > LARGEST:
        return {}
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def _browser(given: dict[str, object]) -> Browser | None:
    keys = given.get("keys")
    if not isinstance(keys, dict):
        return None
    parts = (given.get("endpoint"), keys.get("p256dh"), keys.get("auth"))
    texts = [part for part in parts if isinstance(part, str)]
    return Browser(*texts) if len(texts) == len(parts) else None


def _told(words: str, status: int = 200) -> HttpResponse:
    response = JsonResponse({"detail": words}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
