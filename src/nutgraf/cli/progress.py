"""Progress on a terminal, and nowhere else: standard error is drawn on only where a person watches it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from nutgraf import run

Step = Callable[[], None]
"""Called once for each thing that is done."""

STEPS = {
    "poll": "Asking the sources",
    "read": "Reading pages",
    "group": "Grouping articles",
    "claims": "Finding claims",
    "compose": "Composing briefs",
    "photos": "Fetching photos",
}
"""What each step of a run is called for a person."""


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


@contextmanager
def counting(what: str, *, total: int | None = None) -> Iterator[Step]:
    """Show a count of ``what`` while the block runs; the value given is called once for each done."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with _bars() as bars:
        task = bars.add_task(what, total=total)
        yield lambda: bars.advance(task)


@contextmanager
def steps() -> Iterator[run.Progress]:
    """Show a bar for each step of a run."""
    if not sys.stderr.isatty():
        yield lambda step, done, total, subject: None
        return
    with _bars() as bars:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int, subject: str) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show
