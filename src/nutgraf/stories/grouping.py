"""Stories as articles arrive: who belongs together within the window, under names that last."""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from statistics import median_low

import numpy as np

from nutgraf.model import Article, Placement, instant
from nutgraf.ports import Meaning
from nutgraf.stories.linkage import average_link, pairs_between
from nutgraf.stories.origins import Copies
from nutgraf.stories.pairs import MEASURES, Comparison, Side, Vector, brief_pairs, likelihoods
from nutgraf.stories.partners import Partners
from nutgraf.stories.past import Past
from nutgraf.stories.rulings import Rulings
from nutgraf.stories.search import Index
from nutgraf.stories.terms import is_round_up, read, shared_words, telling_title, terms_of

SAME_EVENT = 0.375
"""Mean likelihood from which two groups of articles are one story.

Of .25 to .5 among the best for all sets in eval/train_stories.py."""

WORTH_KEEPING = 0.05
"""Likelihood of a pair alone under which it counts as 0; from here on its neighbours are asked."""

ALONE = 0.2
"""Likelihood that a pair of whole articles needs where the two have no likely partner in common.

The sets reward joining such pairs from .05 on; where few outlets are followed, two reports of one town would be one."""

ASKED = 24
"""Articles that one is measured against in full, the likest ones.

In the sets all true pairs are among the first 12. With every second article of AllSides and the
stream within six days 24 give pair F1 .479 and BCubed .901, 48 give .452 and .892."""

LARGE = 24
"""Articles from which a story is formed anew only now and then: when it has grown by ``GROWTH``."""

GROWTH = 1.25

TOUCHED = 0.1
"""Likelihood from which a new article may change the story of the other one.

With 0 the stories of allsides and wikinews are the same to the last article, at a third more cost."""

FORMED = 100
"""Articles that are formed anew together at most, but for whole stories: in a dense window all hangs together."""

COPY_LIKELIHOOD = 0.98
"""That a report and its near-copy are of one event, whatever the trained weights say of two so short texts."""

COPY_BODIES = 0.5
"""Cosine of bodies from which two are compared as copies."""

WINDOWS_HELD = 2
"""How many windows back an article is held: a new one that is late by a window may still meet it."""

PAST_WINDOWS = 3
"""How many windows the past of an event reaches back; see ``past``."""

AT_ONCE = 48
"""Headlines that are given their vectors together; of many more are of like length, which is faster."""

DAY = 86400.0
"""Seconds."""

BODY = MEASURES.index("body")


@dataclass(slots=True)
class _Held:
    """What is kept of an article in the window."""

    side: Side
    title: str
    many: bool  # whether it tells many stories, so that only a copy of it belongs with it


def story_name(article: str, *, again: int = 0) -> str:
    """Return the name of the story that begins with ``article``; ``again`` where that name is taken already."""
    return hashlib.sha256(f"{article}\x00{again}".encode()).hexdigest()[:12]


class Grouping:
    """The articles of the last days and the stories they form. ``window_days``: how far apart two of a pair may be.

    Articles come in one by one and may regroup those that are in the window; those older than the window stay where
    they are. Which articles belong together depends on them alone, not on their order, but for the window's edge.
    """

    def __init__(self, *, window_days: float = 4, same_event: float = SAME_EVENT) -> None:
        self._window = window_days
        self._same_event = same_event
        self._held: dict[str, _Held] = {}
        self._partners = Partners(least=WORTH_KEEPING)
        self._index = Index()
        self._comparison = Comparison()
        self._past = Past(days=math.ceil(PAST_WINDOWS * window_days))
        self._rulings = Rulings()
        self._formed: dict[str, int] = {}
        self._ages: list[tuple[float, str]] = []
        self._copies = Copies()
        self._recent: deque[float] = deque(maxlen=9)
        self._latest = -math.inf
        self._story: dict[str, str] = {}
        self._members: dict[str, dict[str, None]] = defaultdict(dict)
        self._sizes: Counter[str] = Counter()
        self._age: dict[str, tuple[float, int]] = {}
        self._order: dict[str, int] = {}
        self._placements: dict[str, Placement] = {}
        self._moved: dict[str, None] = {}
        self._merged: dict[str, str] = {}
        self._names: dict[str, int] = {}

    def place(self, article: Article, *, now: datetime | None = None, vector: Vector | None = None) -> Placement:
        """Put one article in and return where it is now. ``vector`` is that of its headline (``telling_title``).

        An article without a date arrives now, or where ``now`` is not given at the time of those before it; a date
        after ``now`` counts as now. The same article again changes nothing.
        """
        if article.id in self._order:
            return self._placements[article.id]
        held = self._hold(article, now, vector)
        self._compare(article, held)
        self._regroup(article.id)
        self._let_go()
        return self._placements[article.id]

    def placements(self) -> tuple[Placement, ...]:
        """Return where every known article is now, in the order of arrival."""
        return tuple(self._placements[key] for key in self._order)

    def moved(self) -> tuple[Placement, ...]:
        """Return the placements that are new or changed since this was last asked, in the order of arrival."""
        changed, self._moved = sorted(self._moved, key=self._order.__getitem__), {}
        return tuple(self._placements[key] for key in changed)

    def merged_names(self) -> Mapping[str, str]:
        """Return for every name that is no story's any more the name that its articles go by now."""
        return {old: self._now(old) for old in self._merged if not self._members.get(old)}

    def placement(self, article: str) -> Placement:
        """Return where one known article is now; raises ``KeyError`` for an unknown one."""
        return self._placements[article]

    def in_window(self, article: str) -> bool:
        """Tell whether an article can still move to another story."""
        return article in self._held

    @classmethod
    def restore(
        cls,
        articles: Iterable[Article],
        placements: Iterable[Placement],
        *,
        window_days: float = 4,
        vectors: Mapping[str, Vector] | None = None,
        rulings: Rulings | None = None,
        past: Iterable[Article] = (),
    ) -> Grouping:
        """Return the grouping that holds ``articles`` (in the order they arrived) as ``placements`` left them.

        ``past`` are articles before those, which can be in no pair any more but tell what was known already.
        """
        grouping = cls(window_days=window_days)
        grouping.rule(rulings or Rulings())
        for article in past:
            if article.published is not None:
                day = instant(article.published).timestamp() / DAY
                grouping._past.add(math.floor(day), terms_of(article).words)
        known = {placement.article: placement for placement in placements}
        for placement in known.values():
            grouping._names.setdefault(placement.story, len(grouping._names))
        for article in articles:
            held = grouping._hold(article, None, (vectors or {}).get(article.id))
            grouping._compare(article, held)
            if article.id in known:
                grouping._put(article.id, known[article.id].story)
                grouping._placements[article.id] = known[article.id]
            else:
                grouping._regroup(article.id)
        return grouping

    def rule(self, rulings: Rulings) -> None:
        """Heed what editors decided; call it before the first article, or ``regroup`` the articles that it names."""
        self._rulings = rulings

    def regroup(self, articles: Iterable[str]) -> None:
        """Form anew the stories that these articles are in, as far as they are in the window."""
        for key in articles:
            if key in self._held:
                self._regroup(key, whole=True)

    def likely_partners(self, article: str) -> Mapping[str, float]:
        """Return the articles in the window that one may be of a story with, each with its likelihood."""
        return dict(self._partners.links(article)) if article in self._held else {}

    def _hold(self, article: Article, now: datetime | None, vector: Vector | None) -> _Held:
        reading = read(article)
        self._copies.add(article, reading)
        terms = terms_of(article, reading)
        days = self._time_of(article, now)
        held = _Held(
            Side(terms, days, None if terms.foreign else vector), article.title or article.id, is_round_up(article)
        )
        self._order[article.id] = len(self._order)
        self._age[article.id] = (days, self._order[article.id])
        heapq.heappush(self._ages, (days, article.id))
        self._past.add(math.floor(days), terms.words)
        return held

    def _time_of(self, article: Article, now: datetime | None) -> float:
        present = now.astimezone(UTC).timestamp() / DAY if now else None
        if article.published is None:
            days = present if present is not None else max(self._latest, 0.0)
        else:
            days = instant(article.published).timestamp() / DAY
            days = days if present is None else min(days, present)
        self._recent.append(days if present is None else present)
        self._latest = max(self._latest, median_low(self._recent))
        return days

    def _compare(self, article: Article, held: _Held) -> None:
        """Measure an article against those like it, and take it in."""
        terms, days = held.side.terms, held.side.days
        near = self._index.alike(terms, days, within=self._window, most=ASKED)
        sides = [self._held[key].side for key in near]
        rows = self._comparison.measures(held.side, sides, self._past)
        key = article.id
        likely = likelihoods(held.side, sides, rows).tolist()
        if held.many:
            likely = [0.0] * len(likely)
        likely = [0.0 if self._held[near[n]].many else score for n, score in enumerate(likely)]
        for place in np.flatnonzero(rows[:, BODY] >= COPY_BODIES).tolist():
            if likely[place] >= COPY_LIKELIHOOD or self._held[near[place]].many != held.many:
                continue
            if self._copies.alike(key, near[place]):
                likely[place] = COPY_LIKELIHOOD
        brief = brief_pairs(held.side, sides)
        self._partners.add(
            key,
            [
                (other, score, score >= ALONE or short)
                for other, score, short in zip(near, likely, brief, strict=True)
                if score >= WORTH_KEEPING
            ],
        )
        self._held[key] = held
        self._index.add(key, terms, days)

    def _regroup(self, article: str, *, whole: bool = False) -> None:
        """Form anew the stories that an article or those it is like are in, and say so where something changed.

        A large story is not formed anew at every arrival, but always where the ``whole`` is asked for.
        """
        forced = {key for key in self._rulings.with_them(article) if key in self._held}
        touched = [article, *self._partners.likely(article, least=TOUCHED), *forced]
        if len(touched) == 1 and article not in self._story:
            self._put(article, name := self._new_name(touched))
            self._describe(name)
            return
        if not whole and (story := self._large(touched)):
            if article not in self._story:
                self._join_largest(article)
            if not self._has_grown(story):
                return
        near = self._partners.reached(touched, least=self._same_event, most=FORMED)
        for name in {self._story[key] for key in near if key in self._story}:
            near.update(key for key in self._members[name] if key in self._held)
        changed: dict[str, None] = {}
        for group, name in list(self._named(self._linked(near))):
            if len(group) > LARGE:
                self._formed[name] = len(group)
            for key in group:
                old = self._story.get(key)
                if old != name:
                    self._put(key, name)
                    changed |= {story: None for story in (old, name) if story is not None}
        for story in changed:
            self._describe(story)

    def _linked(self, keys: Collection[str]) -> list[list[str]]:
        """Return the groups that articles form by their links and by what editors decided."""
        order = sorted(keys)
        return average_link(
            order,
            self._partners.between(order),
            least=self._same_event,
            asked=ASKED,
            together=self._rulings.together(order),
            apart=self._rulings.apart,
        )

    def _large(self, keys: Iterable[str]) -> str | None:
        """Return the first story of these articles that is too large to be formed anew at every arrival."""
        stories = (self._story[key] for key in keys if key in self._story)
        return next((story for story in stories if len(self._members[story]) > LARGE), None)

    def _has_grown(self, story: str) -> bool:
        """Tell whether a large story has grown by so much that it should be formed anew."""
        return len(self._members[story]) > GROWTH * self._formed.get(story, LARGE)

    def _join_largest(self, article: str) -> None:
        """Put a new article into the story whose articles it is most like, and leave all others where they are."""
        sums: dict[str, float] = defaultdict(float)
        apart = self._rulings.apart.get(article, set())
        for other, link in self._partners.links(article).items():
            if other in self._story:
                sums[self._story[other]] += link
        best = (0.0, "")
        for story, total in sums.items():
            mean = total / pairs_between(1, self._sizes[story], asked=ASKED)
            if mean >= self._same_event and apart.isdisjoint(self._members[story]):
                best = max(best, (mean, story))
        name = best[1] or self._new_name([article])
        self._put(article, name)
        if len(self._members[name]) > LARGE:
            self._describe_one(article, name)
        else:
            self._describe(name)

    def _named(self, groups: list[list[str]]) -> Iterator[tuple[list[str], str]]:
        """Give every group a name: that of the story most of it comes from, the oldest of those, or a new one."""
        claims = []
        for number, group in enumerate(groups):
            for story, count in Counter(self._story[key] for key in group if key in self._story).items():
                claims.append((-count, self._names[story], number, story))
        named: dict[int, str] = {}
        for _, _, number, story in sorted(claims):
            if number not in named and story not in named.values():
                named[number] = story
        for number, group in enumerate(groups):
            yield group, named.get(number) or self._new_name(group)

    def _new_name(self, group: list[str]) -> str:
        first, again = min(group, key=self._order.__getitem__), 0
        while (name := story_name(first, again=again)) in self._names:
            again += 1
        self._names[name] = len(self._names)
        return name

    def _put(self, key: str, name: str) -> None:
        old = self._story.get(key)
        if old == name:
            return
        self._names.setdefault(name, len(self._names))
        self._sizes[name] += 1
        if old is not None:
            self._sizes[old] -= 1
            del self._members[old][key]
            if not self._members[old]:
                self._merged[old] = name
        self._story[key] = name
        self._members[name][key] = None

    def _now(self, name: str) -> str:
        seen = set()
        while not self._members.get(name) and name in self._merged and name not in seen:
            seen.add(name)
            name = self._merged[name]
        return name

    def _describe(self, story: str) -> None:
        members = sorted((key for key in self._members[story] if key in self._held), key=self._age.__getitem__)
        for key, origin in self._copies.origins(members).items():
            self._say(key, story, origin)

    def _describe_one(self, key: str, story: str) -> None:
        """Describe an article that came to a large story; the others stay as they are."""
        near = [other for other in self._partners.of(key) if self._story.get(other) == story]
        firsts = (other for other in sorted(near, key=self._age.__getitem__) if self._placements[other].origin is None)
        self._say(key, story, self._copies.origin(key, firsts))

    def _say(self, key: str, story: str, origin: str | None) -> None:
        known = self._placements.get(key)
        grounds = known.grounds if known and known.story == story else self._grounds(key)
        placement = Placement(article=key, story=story, origin=origin, grounds=grounds)
        if known != placement:
            self._placements[key] = placement
            self._moved[key] = None

    def _grounds(self, key: str) -> tuple[str, ...]:
        """Say what drew an article in and what nearly did."""
        links = sorted(self._partners.links(key).items(), key=lambda link: (-link[1], link[0]))
        story = self._story[key]
        inside = next(((other, score) for other, score in links if self._story.get(other) == story), None)
        outside = next(((other, score) for other, score in links if self._story.get(other) not in (story, None)), None)
        ruled = any(self._story.get(other) == story for other in self._rulings.with_them(key))
        grounds = [self._drawn(key, *inside) if inside else "nothing in the window reports the same event"]
        if outside:
            grounds.append(f"nearest other story: {self._called(outside[0])} (likelihood {outside[1]:.2f})")
        return ("an editor put it here", *grounds) if ruled else tuple(grounds)

    def _drawn(self, key: str, other: str, score: float) -> str:
        shared = shared_words(self._held[key].side.terms, self._held[other].side.terms)
        return f"{shared} with {self._called(other)} (likelihood of the same event {score:.2f})"

    def _called(self, key: str) -> str:
        return f"“{self._held[key].title}”"

    def _let_go(self) -> None:
        """Forget what is older than twice the window: a new article, even one that comes late, cannot reach it."""
        oldest = self._latest - WINDOWS_HELD * self._window
        while self._ages and self._ages[0][0] < oldest:
            self._forget(heapq.heappop(self._ages)[1])
        self._past.forget(math.floor(oldest) - self._past.days)

    def _forget(self, key: str) -> None:
        held = self._held.pop(key)
        del self._age[key]
        self._sizes[self._story[key]] -= 1
        self._index.forget(key, held.side.terms)
        self._partners.forget(key)
        self._copies.forget(key)


def group(
    articles: Iterable[Article], *, window_days: float = 4, meaning: Meaning | None = None
) -> Iterator[Placement]:
    """Yield the placement of every article, in input order, as soon as it cannot change any more.

    ``meaning`` compares headlines by what they mean; without it words and names alone must do.
    """
    grouping = Grouping(window_days=window_days)
    waiting: deque[str] = deque()
    for article, vector in with_vectors(articles, meaning):
        waiting.append(grouping.place(article, vector=vector).article)
        while waiting and not grouping.in_window(waiting[0]):
            yield grouping.placement(waiting.popleft())
    for key in waiting:
        yield grouping.placement(key)


def with_vectors(articles: Iterable[Article], meaning: Meaning | None) -> Iterator[tuple[Article, Vector | None]]:
    """Yield each article with the vector of its headline; ``None`` where there is no model, or nothing to read."""
    rest = iter(articles)
    while some := list(islice(rest, AT_ONCE)):
        vectors = meaning.vectors([telling_title(article.title) for article in some]) if meaning else [None] * len(some)
        for article, vector in zip(some, vectors, strict=True):
            yield article, vector.astype(np.float16) if vector is not None and vector.any() else None
