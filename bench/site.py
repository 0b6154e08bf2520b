"""The reader's site over 100,000 stored stories: requests a second and waiting times, asked from another process."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.db import connections
from eval.measures import WORK

from bench.processes import nutgraf
from nutgraf.contract import article_to_record, brief_to_record
from nutgraf.desk import init_desk, open_desk
from nutgraf.model import Article as StoredArticle
from nutgraf.model import Brief, Citation, CitedArticle, Coverage, Line, Span
from nutgraf.store import models
from nutgraf.store.database import Store
from nutgraf.store.search import put
from nutgraf.store.shelf import digest

STORIES = 100_000
CONNECTIONS = 8
SEARCHERS = 2
"""Those who search at the same time: waiting for others' searches is not the search's own time."""

SECONDS = 6.0
A_DAY = 40
"""Stories of one edition."""

PORTION = 2000
START = datetime(2026, 1, 1, tzinfo=UTC)

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
_PERSONS = [f"{first} {last}" for first in ("Ane", "Bo", "Cleo", "Dag", "Eli", "Fritz") for last in _PLACES]


def site(data: Path) -> None:
    """Serve a full desk and ask for pages; ``data`` is not needed. The desk is filled once and kept."""
    desk = WORK / f"site-{STORIES}"
    filled = desk / "filled"
    if not filled.exists():
        shutil.rmtree(desk, ignore_errors=True)
        init_desk(desk)
        started = time.monotonic()
        with open_desk(desk) as opened:
            fill(opened.store, STORIES)
        print(f"site: {STORIES} stories stored in {time.monotonic() - started:.0f} s")
        filled.touch()
    with Served(desk) as port:
        for name, path in asked().items():
            show(name, ask(port, path, SEARCHERS if "search" in name else CONNECTIONS))
        if wrk := shutil.which("wrk"):
            told = subprocess.run(
                [wrk, "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS:.0f}s", "--latency", f"http://127.0.0.1:{port}/"],
                capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
            rate, late = (re.search(rf"{what}\s+([\d.]+\w*)", told) for what in ("Requests/sec:", "99%"))
            if rate and late:
                print(f"{'  edition, asked by wrk':38}{float(rate[1]):8.0f}/s   p99 {late[1]}")


def fill(store: Store, count: int) -> None:
    """Store so many stories of one article each, and the last day's edition.

    Rows are written as the store would write them, in portions: one by one they would take ten times as long.
    """
    dice = random.Random(1)
    for start in range(0, count, PORTION):
        _store_portion(store, [a_brief(number, dice) for number in range(start, min(start + PORTION, count))], start)
    newest = [one.number for one in store.briefs(limit=A_DAY)]
    store.save_edition((START + timedelta(minutes=count)).date(), newest, made=START)


def _store_portion(store: Store, portion: Sequence[tuple[Brief, StoredArticle]], start: int) -> None:
    with store._writing(), connections[store.alias].cursor() as cursor:
        write = partial(_write, store)
        articles = write([_article_row(article) for _, article in portion])
        stories = write([models.Story(name=brief.id, composed_from=brief.id) for brief, _ in portion])
        write([models.Placement(article=a, story=s) for a, s in zip(articles, stories, strict=True)])
        briefs = write(
            [
                models.Brief(story=story, composed=START + timedelta(minutes=start + at), record=brief_to_record(brief))
                for at, (story, (brief, _)) in enumerate(zip(stories, portion, strict=True))
            ]
        )
        write(
            [
                models.Topic(brief=row, name=topic, key=digest(topic))
                for row, (brief, _) in zip(briefs, portion, strict=True)
                for topic in brief.topics
            ]
        )
        for row, (brief, _) in zip(briefs, portion, strict=True):
            put(cursor, connections[store.alias].vendor, brief, row.pk)


def _write(store: Store, rows: list[Any]) -> list[Any]:
    made: list[Any] = type(rows[0])._default_manager.using(store.alias).bulk_create(rows, batch_size=500)
    return made


def _article_row(article: StoredArticle) -> models.Article:
    return models.Article(
        name=article.id,
        page_key=digest(article.url or ""),
        url=article.url,
        title=article.title,
        outlet=article.outlet,
        text=article.text,
        record={name: value for name, value in article_to_record(article).items() if name != "text"},
        arrived=START,
        moment=START,
    )


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
        lines.append(
            Line(text=sentence, citations=(Citation(span, sentence),), outlet=outlet, speaker=dice.choice(_PERSONS))
        )
        start += len(sentence) + 2
    cited = CitedArticle(id=article.id, title=title, url=address, outlet=outlet, published=None, origin=article.id)
    brief = Brief(
        id=f"story-{number}",
        headline=lines[0],
        dek=None,
        lines=tuple(lines),
        coverage=Coverage(1, 1),
        articles=(cited,),
        topics=(place, noun, f"The {noun} of {place}, {number % 100}"),
    )
    return brief, article


def asked() -> dict[str, Callable[[random.Random], str]]:
    """Return what is asked for, as functions that give the next address."""
    return {
        "  edition": lambda dice: "/",
        "  stories, a few read by many": lambda dice: f"/story/story-{STORIES - 1 - dice.randrange(A_DAY)}/",
        "  topics, all of them": lambda dice: "/topics/",
        "  pages of topics, outlets, persons": lambda dice: _listed(dice),
        "  feeds of topics, outlets, persons": lambda dice: (
            f"{_listed(dice)}feed.{dice.choice(('xml', 'rss', 'json'))}"
        ),
        "  stories, each read once": lambda dice: f"/story/story-{dice.randrange(STORIES)}/",
        "  search, two words and a place": lambda dice: (
            f"/search/?q={dice.choice(_NOUNS)}+{dice.choice(_VERBS)}+{dice.choice(_PLACES)}+{dice.randrange(997)}"
        ),
        "  search, a phrase within some days": lambda dice: (
            f"/search/?q=%22{dice.choice(_NOUNS)}+office%22+since:2026-01-{1 + dice.randrange(28):02}+until:2026-02-20"
        ),
        "  search, one common word": lambda dice: f"/search/?q={dice.choice(_NOUNS)}&before={dice.randrange(10**5)}",
    }


def _listed(dice: random.Random) -> str:
    place = dice.choice(_PLACES).lower()
    return dice.choice(
        (
            f"/topic/{place}/",
            f"/topic/{dice.choice(_NOUNS)}/",
            f"/outlet/{place}-post/",
            f"/person/{dice.choice(_PERSONS).lower().replace(' ', '-')}/",
        )
    )


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
    print(f"{name:38}{len(waits) / SECONDS:8.0f}/s   p50 {at[0]:.1f} ms, p95 {at[1]:.1f} ms, p99 {at[2]:.1f} ms")
    sys.stdout.flush()
