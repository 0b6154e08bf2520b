"""What the pages of one site are made from: the stored briefs and the settings, carried by each request."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from nutgraf.config import Settings
from nutgraf.ports import Followers, MailingList, Post, Pusher, StoredBriefs, Tokens

KEY = "nutgraf.site"
"""Where the WSGI environment of a request keeps its site, so that one process can serve several."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways to readers besides the pages; what is ``None`` is not offered.

    ``subscribers`` and ``post`` together are the edition by mail, ``tokens`` open the API where it is closed.
    ``followers`` and ``pusher`` together are notices of followed stories.
    """

    subscribers: MailingList | None = None
    post: Post | None = None
    tokens: Tokens | None = None
    followers: Followers | None = None
    pusher: Pusher | None = None

    @property
    def mails(self) -> bool:
        """Whether the edition can be had by mail."""
        return self.subscribers is not None and self.post is not None

    @property
    def pushes(self) -> bool:
        """Whether browsers can be told of followed stories."""
        return self.followers is not None and self.pusher is not None


NO_WAYS = Ways()


@dataclass(frozen=True, slots=True)
class Site:
    """The stored briefs that a request is answered from, the settings they are shown by, and other ways to readers."""

    store: StoredBriefs
    settings: Settings
    ways: Ways = NO_WAYS

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that times are shown in."""
        return ZoneInfo(self.settings.zone)

    def whole(self, path: str) -> str:
        """Return the whole address of a path of the site as ``reverse`` gives it, the site's own path included."""
        scheme, host, *_ = urlsplit(self.settings.address)
        return f"{scheme}://{host}{path}"


def site_of(request: HttpRequest) -> Site:
    """Return the site that ``request`` was sent to."""
    site = request.META[KEY]
    assert isinstance(site, Site)
    return site
