"""The reader's site over 100,000 stored stories: requests a second and waiting times, asked from another process."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

from bench.processes import nutgraf
from nutgraf.desk import init_desk, open_desk
from nutgraf.model import Article as StoredArticle
from nutgraf.model import Brief, Citation, CitedArticle, Coverage, Line, Placement, Span
from nutgraf.store.database import Store

STORIES = 100_000
CONNECTIONS = 8
SEARCHERS = 2
"""Those who search at the same time: waiting for others' searches is not the search's own time."""

SECONDS = 6.0
A_DAY = 40
"""Stories of one edition."""

_NOUNS = [
    "pier",
    "ferry",
    "council",
    "budget",
    "storm",
    "school",
    "bridge",
    "harbour",
    "strike",
    "mayor",
    "court",
    "flood",
    "vote",
    "river",
    "union",
    "market",
]
_VERBS = [
    "closes",
    "opens",
    "denies",
    "plans",
    "rejects",
    "delays",
    "reviews",
    "loses",
    "wins",
    "seeks",
    "ends",
    "begins",
]
_PLACES = [
    "Lund",
    "Valdmoor",
    "Calder",
    "Sel",
    "Estmark",
    "Pell",
    "Leinfeld",
    "Brenn",
    "Harrow",
    "Skerry",
    "Tarn",
    "Oster",
]


def site(data: Path) -> None:
    """Fill a desk, serve it, and ask for pages; ``data`` is not needed."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder, "desk")
        init_desk(desk)
        started = time.monotonic()
        with open_desk(desk) as opened:
            names = fill(opened.store, STORIES)
        print(f"{f'site: {STORIES} stories stored':34}{STORIES:8d}{time.monotonic() - started:9.1f}")
        with Served(desk) as port:
            for name, paths in asked(names).items():
                show(name, ask(port, paths, SEARCHERS if "search" in name else CONNECTIONS))


def fill(store: Store, count: int) -> list[str]:
    """Store so many stories of one article each, and the last day's edition; returns the stories' names."""
    dice = random.Random(1)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    names = []
    with store._writing():
        for number in range(count):
            brief, article = a_brief(number, dice)
            store.save_article(article, arrived=moment)
            store.save_placements([Placement(article=article.id, story=brief.id, origin=None, grounds=())])
            store.save_brief(brief, composed=moment + timedelta(minutes=number), composed_from=str(number))
            names.append(brief.id)
        newest = [one.number for one in store.briefs(limit=A_DAY)]
        store.save_edition((moment + timedelta(minutes=count)).date(), newest, made=moment)
    return names


def a_brief(number: int, dice: random.Random) -> tuple[Brief, StoredArticle]:
    """Return a brief of eight lines over an article of eight sentences."""
    place, noun = dice.choice(_PLACES), dice.choice(_NOUNS)
    sentences = [
        f"{dice.choice(_PLACES)} {dice.choice(_VERBS)} the {dice.choice(_NOUNS)} of {place} in round {number % 997}, "
        f"the {dice.choice(_NOUNS)} office said on day {dice.randint(1, 900)}."
        for _ in range(8)
    ]
    text = "\n\n".join(sentences)
    title = f"{place} {dice.choice(_VERBS)} the {noun} for the {number}th time"
    outlet = f"{dice.choice(_PLACES)} Post"
    address = f"https://outlet.example/{number}"
    article = StoredArticle(id=f"a{number}", title=title, text=text, url=address, outlet=outlet)
    lines, start = [], 0
    for sentence in sentences:
        span = Span(article.id, start, start + len(sentence))
        lines.append(Line(text=sentence, citations=(Citation(span, sentence),), outlet=outlet))
        start += len(sentence) + 2
    cited = CitedArticle(id=article.id, title=title, url=address, outlet=outlet, published=None, origin=article.id)
    brief = Brief(
        id=f"story-{number}",
        headline=lines[0],
        dek=None,
        lines=tuple(lines),
        coverage=Coverage(1, 1),
        articles=(cited,),
        topics=(place, noun),
    )
    return brief, article


def asked(names: Sequence[str]) -> dict[str, Callable[[random.Random], str]]:
    """Return what is asked for, as functions that give the next address."""
    return {
        "  edition": lambda dice: "/",
        "  stories, a few read by many": lambda dice: f"/story/{names[-1 - dice.randrange(A_DAY)]}/",
        "  stories, each read once": lambda dice: f"/story/{dice.choice(names)}/",
        "  search, two words and a place": lambda dice: (
            f"/search/?q={dice.choice(_NOUNS)}+{dice.choice(_VERBS)}+{dice.choice(_PLACES)}+{dice.randrange(997)}"
        ),
        "  search, one common word": lambda dice: f"/search/?q={dice.choice(_NOUNS)}&before={dice.randrange(10**5)}",
    }


class Served:
    """``nutgraf serve`` over a desk, in a process of its own; gives its port."""

    def __init__(self, desk: Path) -> None:
        environment = {**os.environ, "NUTGRAF_LISTEN": "127.0.0.1:0"}
        self._process = subprocess.Popen(
            nutgraf("serve", "--folder", str(desk)), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def __enter__(self) -> int:
        assert self._process.stdout
        for line in self._process.stdout:
            if found := re.search(rb"http://127\.0\.0\.1:(\d+)", line):
                return int(found[1])
        raise SystemExit("nutgraf serve ended without an address")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


def ask(port: int, path: Callable[[random.Random], str], connections: int) -> list[float]:
    """Ask over a few connections for some seconds; return how long each answer took."""
    waits: list[float] = []
    end = time.monotonic() + SECONDS

    def one(seed: int) -> None:
        dice = random.Random(seed)
        connection = HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            started = time.monotonic()
            connection.request("GET", path(dice), headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            waits.append(time.monotonic() - started)
            if answer.status != 200:
                raise SystemExit(f"the site answered {answer.status}")

    readers = [threading.Thread(target=one, args=(seed,)) for seed in range(connections)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return waits


def show(name: str, waits: list[float]) -> None:
    """Print requests a second, and the waiting times that half, 95 and 99 of 100 do not pass."""
    ordered = sorted(waits)
    at = [1000 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95, 0.99)]
    print(f"{name:34}{len(waits) / SECONDS:8.0f}/s   p50 {at[0]:.1f} ms, p95 {at[1]:.1f} ms, p99 {at[2]:.1f} ms")
    sys.stdout.flush()
