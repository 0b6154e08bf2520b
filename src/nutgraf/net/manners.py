"""How often one host is asked: two requests at a time at most, a pause between two, none while it is quiet or dead."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

IN_FLIGHT = 2  # requests to one host at the same time
DEAD_AFTER = 4  # requests in a row without an answer, after which a host is taken to be dead …
DEAD_FOR = 60.0  # … for so many seconds, so that a thousand feeds of one dead host do not each wait for it


@dataclass(slots=True)
class _Host:
    slots: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(IN_FLIGHT))
    next_start: float = 0.0
    quiet_until: float = 0.0
    unanswered: int = 0
    dead_until: float = 0.0


class Manners:
    """Remembers each host that was asked. Safe to use from several threads."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[None]:
        """Wait until the host may be asked, at least ``pause`` seconds after the last time, and hold a place."""
        known = self._host(host)
        with known.slots:
            with self._lock:
                now = self._clock()
                start = max(now, known.next_start)
                known.next_start = start + pause
            if start > now:
                self._sleep(start - now)
            yield

    def keep_quiet(self, host: str, seconds: float) -> None:
        """Remember that the host asked not to be asked for so long."""
        known = self._host(host)
        with self._lock:
            known.quiet_until = max(known.quiet_until, self._clock() + seconds)

    def quiet_for(self, host: str) -> float:
        """Return for how many seconds the host is still not to be asked; 0 when it may be."""
        return max(self._host(host).quiet_until - self._clock(), 0.0)

    def note(self, host: str, *, answered: bool) -> None:
        """Remember whether the host answered; one that did not several times in a row is taken to be dead."""
        known = self._host(host)
        with self._lock:
            known.unanswered = 0 if answered else known.unanswered + 1
            if known.unanswered >= DEAD_AFTER:
                known.dead_until = self._clock() + DEAD_FOR

    def is_dead(self, host: str) -> bool:
        """Tell whether the host did not answer so often, just now, that it is not worth asking."""
        return self._host(host).dead_until > self._clock()

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())
