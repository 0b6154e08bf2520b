"""``python -m bench.copies [--articles N]``: near-copies planted among made-up articles, and how many are found.

A stream of some days, 2,500 articles a day, goes through the grouping as it arrives. Every so often an article is an
agency's, and another outlet prints it some hours later, edited in one of six ways; one copy in five arrives before its
original. As many pairs are no copies: reports of one event, each in its own words, that share a fifth of their text as
reports that quote the same people do. Prints for each way how many copies are told and lead to their original, how many
of the origins told are true, how many agencies are known by dateline, credit or signature, and time and memory.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bench.memory import resident_mb
from bench.stories import START, Newsroom, sizes
from nutgraf.model import Article
from nutgraf.stories import Grouping
from nutgraf.stories.origins import agency_of, known_agency

A_DAY = 2500
WINDOW_DAYS = 4.0
PORTION = 1000
EVERY = 40
"""Articles from one planted original to the next."""

AGENCIES = ("AP", "Reuters", "AFP")
SHARED = 0.2
"""Share of the shorter text that two reports of one event have in common: of 1,298 pairs 95 in 100 share under .22."""

Paragraphs = list[str]
Edit = Callable[[Paragraphs, Newsroom], Paragraphs]


def cut_agency(text: Paragraphs, room: Newsroom) -> Paragraphs:
    """Take off whatever names the agency."""
    return text


def drop_paragraphs(text: Paragraphs, room: Newsroom) -> Paragraphs:
    """Leave out a third of the paragraphs, wherever they stand."""
    kept = set(room.draw.sample(range(len(text)), len(text) * 2 // 3))
    return [part for place, part in enumerate(text) if place in kept]


def add_paragraphs(text: Paragraphs, room: Newsroom) -> Paragraphs:
    """Put half as many paragraphs of one's own between them."""
    found = list(text)
    for _ in range(len(text) // 2):
        found.insert(room.draw.randrange(len(found) + 1), " ".join(room.words(20)) + ".")
    return found


def change_words(text: Paragraphs, room: Newsroom) -> Paragraphs:
    """Change one word in fifteen."""
    return [" ".join(room.words(1)[0] if room.draw.random() < 1 / 15 else w for w in part.split()) for part in text]


def cut_short(text: Paragraphs, room: Newsroom) -> Paragraphs:
    """Print the first third."""
    return text[: len(text) // 3]


def edit_freely(text: Paragraphs, room: Newsroom) -> Paragraphs:
    """Do a little of all: a beginning of one's own, a fifth left out, one word in thirty changed."""
    kept = set(room.draw.sample(range(len(text)), len(text) * 4 // 5))
    found = [" ".join(room.words(25)) + "."]
    for place, part in enumerate(text):
        if place in kept:
            found.append(" ".join(room.words(1)[0] if room.draw.random() < 1 / 30 else w for w in part.split()))
    return found


EDITS: dict[str, Edit] = {
    "agency cut": cut_agency,
    "paragraphs dropped": drop_paragraphs,
    "paragraphs added": add_paragraphs,
    "words changed": change_words,
    "cut to a third": cut_short,
    "edited freely": edit_freely,
}
NO_COPY = "same event, own words"


@dataclass
class Plan:
    """What was planted: for each copy its original and how it was edited, and the agency that each original names."""

    copies: dict[str, tuple[str, str]] = field(default_factory=dict)
    alike: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)


def signed(article: Article, number: int, plan: Plan) -> Article:
    """Make an article an agency's, by its dateline, its credit or its signature."""
    name = AGENCIES[number % 3]
    plan.agencies[article.id] = known_agency(name) or name
    match number // 3 % 3:
        case 0:
            text = f"TARNBERG ({name}) — {article.text}"
        case 1:
            text = f"{article.text}\n\n({name})"
        case _:
            text = f"{article.text} — {name}"
    return replace(article, text=text)


def printed(article: Article, edit: Edit, number: int, room: Newsroom) -> Article:
    """Return what another outlet makes of an agency's text (given without its marks), some hours later."""
    assert article.published is not None
    return replace(
        article,
        id=f"c{number:06}",
        title=" ".join(room.draw.sample(article.title.split(), 5) + room.words(2)),
        text="\n\n".join(edit(article.text.split("\n\n"), room)),
        outlet=f"Paper {number}",
        published=article.published + timedelta(hours=room.draw.uniform(1, 20)),
    )


def in_own_words(article: Article, event: tuple[Sequence[str], Sequence[str]], number: int, room: Newsroom) -> Article:
    """Return another outlet's report of the same event that quotes the same passages."""
    assert article.published is not None
    own = room.report(number, event, article.published + timedelta(hours=room.draw.uniform(1, 20)))
    said, text = article.text.split("\n\n"), own.text.split("\n\n")
    start = room.draw.randrange(len(said) // 2)
    many = round(SHARED * min(len(said), len(text)))  # a long report must not quote the whole of a short one
    text[len(text) - many :] = said[start : start + many]
    return replace(own, id=f"n{number:06}", outlet=f"Paper {number}", text="\n\n".join(text))


def arrivals(total: int, plan: Plan) -> Iterator[Article]:
    """Yield a stream of about ``total`` articles in the order in which they arrive; ``plan`` notes what was planted."""
    room, days = Newsroom(), total / A_DAY
    times: list[tuple[float, int]] = []
    for number, size in enumerate(sizes(room.draw, total * EVERY // (EVERY + 2))):
        begin = room.draw.random() * days
        times += [(min(days, begin + room.draw.random() * 0.7), number) for _ in range(size)]
    events: dict[int, tuple[list[str], list[str]]] = {}
    waiting: list[tuple[float, Article]] = []
    for number, (day, event) in enumerate(sorted(times)):
        if event not in events:
            events[event] = room.event()
        article = room.report(number, events[event], START + timedelta(days=day))
        waiting.sort(key=lambda pair: (pair[0], pair[1].id))
        while waiting and waiting[0][0] <= day:
            yield waiting.pop(0)[1]
        if number % EVERY:
            yield article
            continue
        count = number // EVERY
        way = list(EDITS)[count % len(EDITS)]
        copy = printed(article, EDITS[way], count, room)
        other = in_own_words(article, events[event], count, room)
        original = signed(article, count, plan)
        plan.copies[copy.id], plan.alike[other.id] = (original.id, way), original.id
        late = count % 5 == 4  # the copy arrives first
        waiting += [(day + 0.9 if late else day, original), *((hour_of(one), one) for one in (copy, other))]
    yield from (article for _, article in sorted(waiting, key=lambda pair: (pair[0], pair[1].id)))


def hour_of(article: Article) -> float:
    """Return when an article came out, in days from the start."""
    assert article.published is not None
    return (article.published - START) / timedelta(days=1)


def measure(total: int) -> None:
    """Send the stream through the grouping, and print what was found."""
    plan, grouping, spent, whole, agencies = Plan(), Grouping(window_days=WINDOW_DAYS), 0.0, 0.0, Counter[bool]()
    count = 0
    for count, article in enumerate(arrivals(total, plan), 1):
        started = time.process_time()
        grouping.place(article)
        spent += time.process_time() - started
        if article.id in plan.agencies:
            agencies[agency_of(article) == plan.agencies[article.id]] += 1
        if count % PORTION == 0:
            grouping.moved()
            whole += spent
            print(f"{count:8d} articles {PORTION / spent:8.0f} a second {resident_mb():8.0f} MB", flush=True)
            spent = 0.0
    print(f"{count} articles in {whole + spent:.0f} s of processor time")
    report({placed.article: placed.origin for placed in grouping.placements()}, plan)
    print(f"agencies known: {agencies[True]} of {agencies.total()}")


def report(origins: dict[str, str | None], plan: Plan) -> None:
    """Print how many copies lead to their originals, and how many of all origins told are true."""
    for way in EDITS:
        ones = {copy: original for copy, (original, how) in plan.copies.items() if how == way}
        right = sum(origins[copy] == original for copy, original in ones.items())
        told = sum(origins[copy] is not None for copy in ones)
        print(f"  {way:24} {right:4d} of {len(ones):4d} lead to their original; {told} are told as copies")
    wrong = [(one, origin) for one, origin in origins.items() if origin and origin != plan.copies.get(one, ("",))[0]]
    for one, origin in wrong[:5]:
        print(f"  wrong: {one} told as a copy of {origin}; planted: {plan.copies.get(one)}")
    told = sum(origin is not None for origin in origins.values())
    false = sum(origins[one] is not None for one in plan.alike)
    print(f"  {NO_COPY:24} {false:4d} of {len(plan.alike):4d} are told as copies")
    recall = sum(origins[copy] == original for copy, (original, _) in plan.copies.items()) / len(plan.copies)
    print(f"recall {recall:.3f}, precision {1 - len(wrong) / max(1, told):.3f} of {told} origins told")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.copies", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    measure(max(PORTION, parser.parse_args().articles))
    return 0


if __name__ == "__main__":
    sys.exit(main())
