"""``python -m bench.stories [--articles N] [--picture FILE]``: what one more article costs as the window grows.

Makes up articles, all of them of one window: events of one to some hundred reports, sizes as in a day of news, words as
frequent as in the background table, names of their own. Each portion of a thousand is timed by processor time, without
the making up. Prints articles a second at 10,000 and at the end, how the two compare, and peak memory; draws a picture.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from nutgraf.model import Article
from nutgraf.nlp import open_meaning
from nutgraf.stories import Grouping
from nutgraf.stories.terms import background, stop_words

SEED = 11
START = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = 4.0
PORTION = 1000
WORDS = 800
"""Words of a report, as many as articles of the stream have on average."""

SMALL = 0.57
"""Share of words that say nothing of an event ("the", "was"); so a report has some 245 telling terms and 50 of them in
headline and opening, as articles of the stream have."""

HEADLINES = 400
"""Headlines that are given their vectors, for the cost of one."""

SYLLABLES = ("ka", "lor", "mi", "ten", "sau", "vel", "dro", "nis", "pa", "rek", "tol", "um", "gra", "bes", "hin", "qua")


def name(draw: random.Random) -> str:
    """Return a made-up name."""
    return "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4)))).capitalize()


class Newsroom:
    """Makes up reports: the words of an event are drawn from all words by how frequent they are."""

    def __init__(self) -> None:
        self.draw = random.Random(SEED)
        self._words, counts = zip(*background()[1].items(), strict=True)
        self._totals = list(accumulate(counts))
        self._small = sorted(stop_words())
        self._places = [name(self.draw) for _ in range(400)]
        self._place_totals = list(accumulate(1 / rank for rank in range(1, 401)))

    def words(self, count: int) -> list[str]:
        """Draw words."""
        return self.draw.choices(self._words, cum_weights=self._totals, k=count)

    def event(self) -> tuple[list[str], list[str]]:
        """Return the words and the names that the reports of one event use: words of any article, and of its matter."""
        names = [name(self.draw) for _ in range(8)]
        return self.words(80) + self.draw.sample(self._words, 80), names + self.draw.choices(
            self._places, cum_weights=self._place_totals, k=3
        )

    def report(self, number: int, event: tuple[Sequence[str], Sequence[str]], when: datetime) -> Article:
        """Write one report of an event: words of the event, names of it, and words of any other article."""
        own, names = event
        telling = round(WORDS * (1 - SMALL))
        text = self.draw.choices(own, k=telling // 2) + self.words(telling // 2)
        for at in self.draw.sample(range(len(text)), 40):
            text[at] = self.draw.choice(names)
        text += self.draw.choices(self._small, k=WORDS - len(text))
        self.draw.shuffle(text)
        lines = [" ".join(text[at : at + 20]) + "." for at in range(0, len(text), 20)]
        title = " ".join([*self.draw.sample(names, 2), *self.draw.sample(own, 5)])
        outlet = f"Outlet {self.draw.randrange(400)}"
        return Article(id=f"a{number:06}", title=title, text="\n\n".join(lines), outlet=outlet, published=when)


def sizes(draw: random.Random, total: int) -> Iterator[int]:
    """Yield how many reports events have: most have one, few have a hundred or more."""
    made = 0
    while made < total:
        size = min(300, int(draw.paretovariate(1.2)), total - made)
        made += size
        yield size


def articles(total: int) -> Iterator[Article]:
    """Yield made-up articles in the order of their times."""
    room = Newsroom()
    plan: list[tuple[float, int]] = []
    for number, size in enumerate(sizes(room.draw, total)):
        begin = room.draw.random() * DAYS
        plan += [(min(DAYS, begin + room.draw.random() * 0.7), number) for _ in range(size)]
    events: dict[int, tuple[list[str], list[str]]] = {}
    for number, (day, event) in enumerate(sorted(plan)):
        if event not in events:
            events[event] = room.event()
        yield room.report(number, events[event], START + timedelta(days=day))


def peak_mb() -> float:
    """Return the peak memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(total: int) -> list[tuple[int, float, float]]:
    """Return for each portion how many articles were held at its end, articles a second in it, and peak memory."""
    grouping, found, spent = Grouping(window_days=DAYS), [], 0.0
    for count, article in enumerate(articles(total), 1):
        started = time.process_time()
        grouping.place(article)
        spent += time.process_time() - started
        if count % PORTION == 0:
            grouping.moved()
            found.append((count, PORTION / spent, peak_mb()))
            print(f"{count:8d} articles {PORTION / spent:8.0f} a second {peak_mb():8.0f} MB", flush=True)
            spent = 0.0
    return found


def headlines() -> float:
    """Return how many headlines a second get their vectors."""
    meaning = open_meaning()
    if meaning is None:
        return 0.0
    titles = [article.title for article in articles(HEADLINES)]
    meaning.vectors(titles[:16])
    started = time.process_time()
    for at in range(0, HEADLINES, 16):
        meaning.vectors(titles[at : at + 16])
    return HEADLINES / (time.process_time() - started)


def picture(found: Sequence[tuple[int, float, float]]) -> str:
    """Draw milliseconds an article against articles in the window."""
    width, height, left, bottom = 640, 320, 60, 40
    most = max(1000 / rate for _, rate, _ in found) * 1.15
    across = (width - left - 20) / found[-1][0]
    up = (height - bottom - 30) / most

    def at(count: float, value: float) -> str:
        return f"{left + count * across:.1f},{height - bottom - value * up:.1f}"

    line = " ".join(at(count, 1000 / rate) for count, rate, _ in found)
    step = max(1, round(most / 5))
    marks = "".join(
        f'<text x="{left - 8}" y="{height - bottom - v * up + 4:.1f}" text-anchor="end">{v}</text>'
        f'<path d="M{left},{height - bottom - v * up:.1f}H{width - 20}" stroke="#ddd"/>'
        for v in range(0, int(most) + 1, step)
    )
    marks += "".join(
        f'<text x="{left + found[-1][0] * k / 5 * across:.1f}" y="{height - bottom + 18}" text-anchor="middle">'
        f"{found[-1][0] * k // 5:,}</text>"
        for k in range(6)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12"><title>What one more article costs as the window grows</title>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{marks}'
        f'<polyline points="{line}" fill="none" stroke="#b3261e" stroke-width="2"/>'
        f'<text x="{left}" y="18">Milliseconds of one core an article, by articles in the window</text></svg>\n'
    )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.stories", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--picture", type=Path, help="an SVG file to draw")
    given = parser.parse_args()
    found = measure(max(PORTION, given.articles))
    early = [rate for count, rate, _ in found if 8_000 <= count <= 12_000] or [found[0][1]]
    late = [rate for _, rate, _ in found[-5:]]
    first, last = len(early) / sum(1 / rate for rate in early), len(late) / sum(1 / rate for rate in late)
    vectors = headlines()
    print(
        f"at 10,000: {first:.0f} articles a second; at {found[-1][0]:,}: {last:.0f}, {first / last:.2f} times the cost"
    )
    if vectors:
        print(
            f"vectors: {vectors:.0f} headlines a second; together {1 / (1 / last + 1 / vectors):.0f} articles a second"
        )
    print(f"peak memory {found[-1][2]:.0f} MB")
    if given.picture:
        given.picture.write_text(picture(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
