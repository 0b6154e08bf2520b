"""The edition by mail: asking for it, confirming that the address is one's own, and ending it with one press."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nutgraf.errors import PostError
from nutgraf.ports import MailingList, Post
from nutgraf.publications.mail import Sender, confirming_letter
from nutgraf.web.reader import reader_of
from nutgraf.web.site import site_of
from nutgraf.web.views import page, tongue_of

LONGEST = 254
"""Characters of a mail address at the most (RFC 5321)."""

_log = logging.getLogger("nutgraf.web")


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Show the form, or take an address and send it a letter to confirm; the answer tells nobody who subscribed."""
    subscribers, post = _ways(request)
    if request.method != "POST":
        return _said(request, "ask")
    if _from_elsewhere(request):
        return _said(request, "elsewhere", status=403)
    address = request.POST.get("address", "").strip()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or len(address) > LONGEST:
        return _said(request, "wrong", status=422)
    now = datetime.now(UTC)
    token = subscribers.ask_to_subscribe(address, now=now, language=reader_of(request).language)
    if token is None:
        return _said(request, "asked")
    settings = site_of(request).settings
    sender = Sender(title=settings.title, address=settings.address, mail_from=settings.mail_from)
    try:
        post.send(confirming_letter(to=address, token=token, sender=sender, now=now, tongue=tongue_of(request)))
    except PostError as error:
        _log.error("%s", error)
        if not subscribers.is_subscriber(token):
            subscribers.unsubscribe(token)  # so that it can be asked again at once
        return _said(request, "failed", status=503)
    finally:
        post.close()
    return _said(request, "asked")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press, since programs that look for viruses open every link of a mail; then note it."""
    subscribers, _ = _ways(request)
    known = subscribers.is_subscriber(token)
    if known is None:
        return _said(request, "expired", status=404)
    if request.method != "POST":
        return _said(request, "confirmed" if known else "confirm", action=reverse("mail-confirm", args=[token]))
    subscribers.confirm(token, now=datetime.now(UTC))
    return _said(request, "confirmed")


@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails at a press, a mail program's own included (RFC 8058); doing so again is no error."""
    subscribers, _ = _ways(request)
    if request.method != "POST":
        known = subscribers.is_subscriber(token) is not None
        return _said(request, "end" if known else "ended", action=reverse("mail-off", args=[token]))
    subscribers.unsubscribe(token)
    return _said(request, "ended")


def _ways(request: HttpRequest) -> tuple[MailingList, Post]:
    ways = site_of(request).ways
    if ways.subscribers is None or ways.post is None:
        raise Http404("This site sends no mail.")
    return ways.subscribers, ways.post


def _from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether another site's page sent the form."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


def _said(request: HttpRequest, what: str, *, status: int = 200, action: str = "") -> HttpResponse:
    title = tongue_of(request).say("The edition by mail")
    response = page(request, "mail.html", status=status, title=title, here="mail", what=what, action=action)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
