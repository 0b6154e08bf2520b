"""Opens the made-up outlets, one HTTP server each on a free port of the loopback, and turns their days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from nutgraf.demo.manuscripts import DAYS, outlets
from nutgraf.demo.server import running
from nutgraf.demo.site import Site

EVENINGS = {
    1: datetime(2024, 10, 15, 20, 0, tzinfo=UTC),
    2: datetime(2024, 10, 16, 20, 0, tzinfo=UTC),
}


class Outlets:
    """The outlets while they are open. ``hosts`` must be allowed to the fetcher: the loopback is a private address."""

    hosts: tuple[str, ...] = ("127.0.0.1",)

    def __init__(self, sites: tuple[Site, ...]) -> None:
        self.sites = sites
        self._day = DAYS[0]

    @property
    def feeds(self) -> tuple[str, ...]:
        """The addresses to poll: feeds, a front page that names its feed, and a section page that lists articles."""
        return tuple(site.base + site.outlet.polled for site in self.sites)

    @property
    def addresses(self) -> dict[str, str]:
        """The address of each outlet's server, by the outlet's id, without a slash at the end."""
        return {site.outlet.id: site.base for site in self.sites}

    @property
    def now(self) -> datetime:
        """The evening of the day that the outlets are on; use it for a clock."""
        return EVENINGS[self._day]

    def turn_to(self, day: int) -> None:
        """Publish what is up on ``day`` (1 or 2); raises ``ValueError`` for another."""
        if day not in EVENINGS:
            raise ValueError(f"the demo has days {DAYS}, not {day}")
        self._day = day
        for site in self.sites:
            site.day = day


@contextmanager
def open_outlets() -> Iterator[Outlets]:
    """Start the outlets on their first day; all servers are stopped and their ports free when the block ends."""
    with ExitStack() as stack:
        sites = tuple(Site(outlet) for outlet in outlets())
        for site in sites:
            site.base = stack.enter_context(running(site.answer))
        yield Outlets(sites)
