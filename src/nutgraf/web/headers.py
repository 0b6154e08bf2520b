"""Headers of every answer: what a page may load (its own style, script and pictures), and how long it keeps."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "manifest-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
POLICY_OF_WORKER = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"
POLICY_OF_FILES = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""For what is no page: a picture or a feed opened by itself must not load or run anything."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

FOREVER = "public, max-age=31536000, immutable"
CHECK_FIRST = "public, no-cache"
"""Kept, but asked for again each time: a conditional request is cheap, a stale brief is wrong."""


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the headers on every answer, errors included; the answer to HEAD has no body."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        response.headers.setdefault("Content-Security-Policy", POLICY if is_page else POLICY_OF_FILES)
        if request.headers.get("Authorization"):
            response.headers["Cache-Control"] = "private, no-store"  # what a token opens is nobody else's
        response.headers.setdefault("Cache-Control", CHECK_FIRST if response.status_code < 400 else "no-store")
        if response.status_code != 304:
            response.headers["Content-Length"] = str(len(response.content))
        if request.method == "HEAD":
            response.content = b""
        return response

    return middleware
