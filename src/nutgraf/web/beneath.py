"""The site under a path of its host: "/news" of https://example.org/news/, where other sites stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

BARE = "nutgraf.bare"
"""Where the WSGI environment notes that the site's path was asked for without its slash."""


def path_of(address: str) -> str:
    """Return the path of a site's address as WSGI writes it, without a slash at its end; empty for a host's root."""
    return unquote_to_bytes(urlsplit(address).path.rstrip("/")).decode("latin-1")


def put_beneath(environ: dict[str, Any], path: str) -> None:
    """Let a request stand under ``path``, whether the server before us handed its path on whole or cut ours off."""
    if not path or environ.get("SCRIPT_NAME"):
        return
    asked = environ.get("PATH_INFO", "")
    environ["SCRIPT_NAME"] = path
    if asked == path or asked.startswith(f"{path}/"):
        environ["PATH_INFO"] = asked[len(path) :]
        environ[BARE] = asked == path


def with_slash(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead from the site's path without its slash to the first page: what is kept offline is kept under the slash."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get(BARE):
            return HttpResponsePermanentRedirect(reverse("today"))
        return get_response(request)

    return middleware
