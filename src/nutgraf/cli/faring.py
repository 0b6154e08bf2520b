"""How sources fare, for a person at a terminal: what is wrong first, with what was said and when it is tried again."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from rich.console import Console
from rich.text import Text

from nutgraf.ports import SilentSources
from nutgraf.store.health import Health, health_of, told
from nutgraf.store.values import StoredSource

MEANING = {
    Health.GONE: "gone for good, not asked any more",
    Health.BLOCKED: "refuses to be read by us",
    Health.FAILING: "gave no answer that could be used",
    Health.EMPTY: "answers, and lists nothing",
    Health.STALE: "answers, and looks abandoned",
    Health.SILENT: "answers, and has been quiet for longer than usual",
    Health.MOVED: "answers from a new address",
    Health.NEW: "not asked yet",
    Health.HEALTHY: "answers, and brings news at its usual pace",
}
WELL = (Health.NEW, Health.HEALTHY)
LEAST, MOST = 60, 120  # columns
NAME = 36  # columns of a name where there is one line a source


def show_health(sources: Sequence[StoredSource], silent: SilentSources, *, now: datetime) -> None:
    """Print all sources by how they fare, the worst first, and at the end how many readers miss today."""
    if not sources:
        print("No sources yet. Add some: nutgraf add ADDRESS")
        return
    console = Console(width=None if sys.stdout.isatty() else MOST, highlight=False, soft_wrap=True)
    width = max(LEAST, min(MOST, shutil.get_terminal_size((MOST, 24)).columns))
    by_state: dict[Health, list[StoredSource]] = {state: [] for state in Health}
    for one in sources:
        by_state[health_of(one, now=now)].append(one)
    for state, some in by_state.items():
        if some:
            console.print(Text(f"{state.value.capitalize()} ({len(some)})", style="bold"), f"– {MEANING[state]}")
            for line in _lines(state, some, width, now):
                console.print(Text(line))
            console.print()
    counted = ", ".join(f"{len(some)} {state.value}" for state, some in by_state.items() if some)
    for line in textwrap.wrap(f"{counted[:1].upper()}{counted[1:]}.", width):
        console.print(Text(line))
    if silent.all:
        console.print(Text(f"{silent.words()}."))


def _lines(state: Health, sources: Sequence[StoredSource], width: int, now: datetime) -> Iterator[str]:
    if state in WELL:
        # Without columns of its own for each moment, hundreds of healthy sources cannot be looked through.
        yield f"  {'':{NAME}}  {'answered':13}{'newest item':13}{'asked again':13}"
        for one in sorted(sources, key=_name):
            moments = (ago(one.last_answered, now), ago(one.newest, now), _next(one, now))
            yield f"  {_cut(_name(one), NAME):{NAME}}  {''.join(f'{moment:13}' for moment in moments)}".rstrip()
            if said := told(one, now=now):
                yield f"    {said}"
            yield from _from_where(one, now)
        return
    for one in sorted(sources, key=_name):
        yield f"  {_cut(_name(one), width - 2)}"
        if one.source.name:
            yield f"    {one.source.address}"
        said = told(one, now=now).removeprefix(f"{one.source.address}: ")
        said += "" if said.endswith(".") else "."
        yield from (f"    {line}" for line in textwrap.wrap(said, width - 4, break_long_words=False))
        yield f"    {_when(state, one, now)}"
        yield from _from_where(one, now)


def _when(state: Health, one: StoredSource, now: datetime) -> str:
    parts = [
        f"last answered {ago(one.last_answered, now)}",
        f"last brought something {ago(one.last_brought, now)}",
        "not asked any more" if state is Health.GONE else f"next try {_next(one, now)}",
    ]
    return "; ".join(parts)


def _next(one: StoredSource, now: datetime) -> str:
    return ago(one.next_due, now) if one.next_due > now else "at next poll"


def _from_where(one: StoredSource, now: datetime) -> Iterator[str]:
    if one.earlier_addresses:
        yield f"    earlier at {one.earlier_addresses[-1]}"
    if one.moved_to and one.moved_since:
        yield f"    leads to {one.moved_to} since {ago(one.moved_since, now)}"


def _name(one: StoredSource) -> str:
    """Return a source's name on one line, without what a terminal would obey."""
    name = one.source.name or one.source.address
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def ago(when: datetime | None, now: datetime) -> str:
    """Say how far a moment lies from now, in the largest unit of which there are two, or in minutes."""
    if when is None:
        return "never"
    away = abs(when - now)
    if away < timedelta(minutes=1):
        return "now"
    minutes = round(away.total_seconds() / 60)
    if minutes < 120:
        words = f"{minutes} min"
    else:
        words = f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"
    return f"{words} ago" if when < now else f"in {words}"
