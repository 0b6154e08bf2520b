"""``nutgraf demo``: two days of made-up outlets on this machine become briefs, printed and served."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nutgraf.cli.progress import steps
from nutgraf.cli.shown import show_brief, summary
from nutgraf.demo import Outlets, open_outlets
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.run import add_source, cycle
from nutgraf.web import serve

DAYS = (1, 2)


def run_demo(*, listen: str, serve_after: bool) -> None:
    """Poll the outlets on both days, print the last edition, and serve the site until the process is stopped."""
    with (
        tempfile.TemporaryDirectory(prefix="nutgraf-demo-") as folder,
        open_outlets() as outlets,
        _desk(Path(folder), outlets, listen) as desk,
    ):
        _say("All outlets, people and words of this demo are made up; they are served on this machine alone.")
        for address in outlets.feeds:
            add_source(desk, address)
        for day in DAYS:
            outlets.turn_to(day)
            before = desk.store.counts()
            with steps() as progress:
                report = cycle(desk, only_due=False, progress=progress)
            _say(f"Day {day}, {outlets.now:%-d %B %Y}: {summary(report, before, desk.store.counts())}.")
        _print_editions(desk)
        if serve_after:
            _serve(desk)


@contextmanager
def _desk(folder: Path, outlets: Outlets, listen: str) -> Iterator[Desk]:
    init_desk(folder, environment={})
    settings = {
        "NUTGRAF_ALLOW": ",".join(outlets.hosts),
        "NUTGRAF_DELAY": "0",
        "NUTGRAF_TITLE": "The demo brief",
        "NUTGRAF_LISTEN": listen,
        "NUTGRAF_ADDRESS": f"http://{listen}",
    }
    with open_desk(folder, environment=settings, clock=lambda: outlets.now) as desk:
        yield desk


def _print_editions(desk: Desk) -> None:
    for day in sorted(desk.store.edition_days()):
        edition = desk.store.edition(day)
        for brief in edition.briefs if edition else ():
            sys.stdout.write("\n")
            show_brief(brief)
    sys.stdout.flush()


def _serve(desk: Desk) -> None:
    _say("")
    serve(desk.store, desk.settings, ready=lambda address: _say(f"The site is at {address} (Ctrl-C ends the demo)."))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
