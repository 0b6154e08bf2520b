"""A process that polls and saves, for tests that end it in mid-run: arguments are folder, source and number of polls.

It says what it is about to do, a line each, so that it can be killed at any point without waiting for a time.
"""

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from nutgraf.config import load_settings
from nutgraf.ports import Validators
from nutgraf.store.database import Store, open_store
from nutgraf.store.values import Poll
from tests.store.examples import FEED, NOON, a_brief, an_article, an_item, placed

PER_POLL = 10


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def poll(store: Store, source: str, number: int) -> None:
    """Store a poll whose validator says which items it must have."""
    first = number * PER_POLL
    items = tuple(
        replace(an_item(source=source), key=f"{source} {n}", address=f"https://{source}.example/{n}")
        for n in range(first, first + PER_POLL)
    )
    etag = Validators(etag=str(number))
    store.save_poll(Poll(source=source, asked=NOON, next_due=NOON, items=items, validators=etag))


def read(store: Store, source: str) -> None:
    """Save an article, its placement and its brief for every waiting item of the source."""
    for waiting in store.waiting_items(now=NOON + timedelta(days=1)):
        if waiting.item.source != source:
            continue
        article = an_article(f"News of {waiting.item.key}.", url=waiting.item.address)
        story = f"story of {waiting.item.key}"
        say(f"read {waiting.item.key}")
        store.save_article(article, arrived=NOON, items=[waiting.number])
        store.save_placements([placed(article, story)])
        store.save_brief(a_brief(article, story=story), composed=NOON, composed_from="")


def work(folder: Path, source: str, polls: int) -> None:
    """Do all that is not done yet."""
    say("open")
    store = open_store(load_settings(folder, os.environ), folder)
    store.add_sources([replace(FEED, id=source, address=f"https://{source}.example/feed")], now=NOON)
    stored = store.source(source)
    assert stored is not None
    done = int(stored.validators.etag) + 1 if stored.validators.etag else 0
    for number in range(done, polls):
        say(f"poll {number}")
        poll(store, source, number)
        read(store, source)
    read(store, source)
    store.close()
    say("done")


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
