"""Reading offline: the worker that keeps the latest edition, the list of what it keeps, and the page for all else."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nutgraf.web.assets import assets
from nutgraf.web.headers import POLICY_OF_WORKER
from nutgraf.web.site import site_of
from nutgraf.web.views import cards_of, page, tongue_of

_SCRIPT = Path(__file__).parent / "worker.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the worker; it changes with any of the site's own files."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Content-Security-Policy"] = POLICY_OF_WORKER
    return response


@cache
def _worker() -> str:
    script = _SCRIPT.read_text(encoding="utf-8")
    files = sorted(asset.path for asset in assets().values() if not asset.name.startswith("icon-maskable"))
    version = hashlib.sha256("\n".join([script, *files]).encode()).hexdigest()[:12]
    return script.replace("{{ version }}", version).replace("{{ files }}", json.dumps(files))


@require_safe
def kept_list(request: HttpRequest) -> HttpResponse:
    """List the pages and pictures of the latest edition."""
    site = site_of(request)
    latest = site.store.latest_edition()
    cards, _ = cards_of(request, latest.briefs) if latest else ([], 0)
    pages = [reverse("today"), reverse("offline"), *(card.address for card in cards)]
    pictures = [card.photo.src for card in cards if card.photo]
    return JsonResponse({"pages": pages, "pictures": pictures})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say that a page was not kept."""
    return page(request, "offline.html", title=tongue_of(request).say("You are offline"))
