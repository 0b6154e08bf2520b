"""``python -m bench.stories [--articles N] [--picture FILE] [--peer]``: what one more article costs in a full window.

Makes up articles, all of them of one window, as dense as the evaluation data's stream would be if its 8,287 articles
had all come within four days (shuffled, their dates spread evenly). Of the third thousand, stream / made up:

- words of a text 985 / 973 (a tenth have under 395 / 402, a tenth over 1,663 / 1,718), terms 253 / 226;
- articles that share search terms by ``search.LEAST`` or more 135 / 132, entries read to find them 292 / 566;
- likely partners of an article 12.6 / 13.7;
- different terms met so far 38,235 / 45,672;
- stories of one article 53 / 57 in a hundred, of four or more 4 / 14. Here the made-up articles are denser on purpose:
  the stream keeps three articles a day of 491 outlets, so that its stories are small, up to 11 where ours go to 300.

Each portion of a thousand is timed by processor time, without the making up. Prints articles a second at 10,000 and at
the end, how the two compare, and peak memory; draws a picture. ``--peer`` sets beside it what finding the 24 nearest
articles alone costs by scikit-learn (TF-IDF, cosine), where that is installed; fitting is not counted.
"""

from __future__ import annotations

import argparse
import importlib
import math
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
from nutgraf.rarity import background, rarity, stop_words, term_of
from nutgraf.stories import Grouping
from nutgraf.stories.grouping import AT_ONCE

SEED = 11
START = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = 4.0
PORTION = 1000
WORDS, SPREAD = 830, 0.56
"""Words of a report in the middle, and how widely their logarithm varies."""

TELLING = 0.4
"""Share of words that can tell of an event; the rest are such as "the" and "was"."""

TOPICS = 700
"""Matters that events belong to, the first ones with far more of them."""

TAIL = 1.5
"""Exponent of the sizes of events: a third have two reports or more, one in thirty ten or more."""

HEADLINES = 400
"""Headlines that are given their vectors, as many at once as grouping gives them, for the cost of one."""

PEER_ASKED = 50
"""Articles that the peer is asked about at each size."""

SYLLABLES = [first + vowel + last for first in "bdfgklmnprstv" for vowel in "aeiou" for last in ("", "n", "r", "s")]


def name(draw: random.Random) -> str:
    """Return a made-up name."""
    return "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3)))).capitalize()


class Newsroom:
    """Makes up reports: words and names of a topic, of an event in it, of the report's own angle, and of any news."""

    def __init__(self) -> None:
        self.draw = random.Random(SEED)
        self._words, counts = zip(*background()[1].items(), strict=True)
        self._totals = list(accumulate(counts))
        self._small = sorted(word for word in stop_words() if not rarity(term_of(word)))
        self._topics = [(self.draw.sample(self._words, 60), [name(self.draw) for _ in range(6)]) for _ in range(TOPICS)]
        self._topic_totals = list(accumulate((rank + 20) ** -0.8 for rank in range(TOPICS)))

    def words(self, count: int) -> list[str]:
        """Draw words as frequent as in any news."""
        return self.draw.choices(self._words, cum_weights=self._totals, k=count)

    def event(self) -> tuple[list[str], list[str]]:
        """Return the words and the names that the reports of one event use, the most used first."""
        words, names = self.draw.choices(self._topics, cum_weights=self._topic_totals)[0]
        own = self.draw.sample(words, 10) + self.draw.sample(self._words, 40)
        self.draw.shuffle(own)
        return own, self.draw.sample(names, 2) + [name(self.draw) for _ in range(6)]

    def report(self, number: int, event: tuple[Sequence[str], Sequence[str]], when: datetime) -> Article:
        """Write one report of an event."""
        own, names = event
        length = round(min(8000, self.draw.lognormvariate(math.log(WORDS), SPREAD)))
        told = round(length * TELLING)
        angle = self.draw.sample(self._words, 25)
        text = self.words(told)
        for source, share in ((own, 0.12), (angle, 0.12), (names, 0.1), ([name(self.draw) for _ in range(6)], 0.05)):
            totals = list(accumulate(1 / rank for rank in range(1, len(source) + 1)))
            drawn = self.draw.choices(source, cum_weights=totals, k=round(told * share))
            text[-len(drawn) :] = []
            text = drawn + text
        text += self.draw.choices(self._small, k=length - told)
        self.draw.shuffle(text)
        lines = [" ".join(text[at : at + 20]) + "." for at in range(0, len(text), 20)]
        title = " ".join([*self.draw.sample(names[:4], 1), *self.draw.sample(own[:20], 4), *self.words(2)])
        outlet = f"Outlet {self.draw.randrange(400)}"
        return Article(id=f"a{number:06}", title=title, text="\n\n".join(lines), outlet=outlet, published=when)


def sizes(draw: random.Random, total: int) -> Iterator[int]:
    """Yield how many reports events have: most have one, few have a hundred or more."""
    made = 0
    while made < total:
        size = min(300, int(draw.paretovariate(TAIL)), total - made)
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


def peer(total: int) -> list[tuple[int, float]]:
    """Return for ten sizes of the window how many articles a second scikit-learn finds the neighbours of."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    nearest = importlib.import_module("sklearn.neighbors").NearestNeighbors
    made = [f"{article.title}\n{article.text}" for article in articles(total)]
    found = []
    for count in range(total // 10, total + 1, total // 10):
        weights = text.TfidfVectorizer(stop_words=list(stop_words()), token_pattern=r"\w\w+")
        neighbours = nearest(n_neighbors=24, metric="cosine").fit(weights.fit_transform(made[:count]))
        started = time.process_time()
        for one in made[count - PEER_ASKED : count]:
            neighbours.kneighbors(weights.transform([one]))
        rate = PEER_ASKED / (time.process_time() - started)
        found.append((count, rate))
        print(f"{count:8d} articles {rate:8.0f} a second by scikit-learn", flush=True)
    return found


def headlines() -> float:
    """Return how many headlines a second get their vectors."""
    meaning = open_meaning()
    if meaning is None:
        return 0.0
    titles = [article.title for article in articles(HEADLINES)]
    meaning.vectors(titles[:16])
    started = time.process_time()
    for at in range(0, HEADLINES, AT_ONCE):
        meaning.vectors(titles[at : at + AT_ONCE])
    return HEADLINES / (time.process_time() - started)


def picture(found: Sequence[tuple[int, float, float]], others: Sequence[tuple[int, float]] = ()) -> str:
    """Draw milliseconds an article, each tenfold as high as the last, against articles in the window."""
    width, height, left, bottom = 640, 320, 60, 40
    lines = [("#b3261e", "nutgraf, all of grouping", [(count, 1000 / rate) for count, rate, _ in found])]
    if others:
        lines.append(("#1a5fb4", "scikit-learn, nearest 24 alone", [(count, 1000 / rate) for count, rate in others]))
    most = max(10.0, *(value for _, _, line in lines for _, value in line))
    across = (width - left - 34) / found[-1][0]
    up = (height - bottom - 60) / math.log10(most)

    def level(value: float) -> float:
        return height - bottom - math.log10(max(1.0, value)) * up

    def drawn(color: str, line: Sequence[tuple[int, float]]) -> str:
        points = " ".join(f"{left + count * across:.1f},{level(value):.1f}" for count, value in line)
        return f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>'

    marks = "".join(
        f'<text x="{left - 8}" y="{level(v) + 4:.1f}" text-anchor="end">{v}</text>'
        f'<path d="M{left},{level(v):.1f}H{width - 34}" stroke="#ddd"/>'
        for v in (1, 3, 10, 30, 100, 300, 1000)
        if v <= most
    )
    marks += "".join(
        f'<text x="{left + found[-1][0] * k / 5 * across:.1f}" y="{height - bottom + 18}" text-anchor="middle">'
        f"{found[-1][0] * k // 5:,}</text>"
        for k in range(6)
    )
    marks += "".join(
        f'<text x="{left + 240 * number}" y="38" fill="{color}">{called}</text>{drawn(color, line)}'
        for number, (color, called, line) in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12"><title>What one more article costs as the window grows</title>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{marks}'
        f'<text x="{left}" y="18">Milliseconds of one core an article, by articles in the window</text></svg>\n'
    )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.stories", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--picture", type=Path, help="an SVG file to draw")
    parser.add_argument("--peer", action="store_true", help="measure scikit-learn too")
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
    others = peer(found[-1][0]) if given.peer else []
    if others:
        print(f"at {others[-1][0]:,} one more article costs {last / others[-1][1]:.1f} times as much by scikit-learn")
    if given.picture:
        given.picture.write_text(picture(found, others), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
