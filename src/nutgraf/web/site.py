"""What the pages of one site are made from: the stored briefs and the settings, carried by each request."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from nutgraf.config import Settings
from nutgraf.ports import StoredBriefs

KEY = "nutgraf.site"
"""Where the WSGI environment of a request keeps its site, so that one process can serve several."""


@dataclass(frozen=True, slots=True)
class Site:
    """The stored briefs that a request is answered from, and the settings they are shown by."""

    store: StoredBriefs
    settings: Settings

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that times are shown in."""
        return ZoneInfo(self.settings.zone)


def site_of(request: HttpRequest) -> Site:
    """Return the site that ``request`` was sent to."""
    site = request.META[KEY]
    assert isinstance(site, Site)
    return site
