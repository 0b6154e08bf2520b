"""Stories as articles arrive: who belongs together within the window, under names that last."""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median_low

from nutgraf.model import Article, Placement, instant
from nutgraf.stories.linkage import average_link, connected
from nutgraf.stories.origins import Copies
from nutgraf.stories.pairs import likelihood, likelihood_among, measures
from nutgraf.stories.terms import Terms, shared_words, terms_of

SAME_EVENT = 0.35
"""Mean likelihood from which two groups of articles are one story: the best of .2 to .45 for both sets in eval/train_stories.py."""

WORTH_KEEPING = 0.05
"""Likelihood of a pair alone under which it counts as 0; from here on its neighbours are asked."""

SEARCH_TERMS = 40
"""The strongest words of an article, by which others are found."""

SEARCH_LEAST = 0.03
"""Cosine over the search terms from which a pair is measured in full. 97 % of true pairs within a window lie above it."""

DAY = 86400.0
"""Seconds."""


@dataclass(slots=True)
class _Held:
    """An article in the window."""

    article: Article
    terms: Terms
    search: tuple[tuple[str, float], ...]
    days: float
    arrival: int


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
        self._pairs: dict[str, dict[str, float]] = {}
        self._links: dict[str, dict[str, float]] = {}
        self._index: dict[str, dict[str, float]] = defaultdict(dict)
        self._ages: list[tuple[float, str]] = []
        self._copies = Copies()
        self._recent: deque[float] = deque(maxlen=9)
        self._latest = -math.inf
        self._story: dict[str, str] = {}
        self._members: dict[str, dict[str, None]] = defaultdict(dict)
        self._order: dict[str, int] = {}
        self._placements: dict[str, Placement] = {}
        self._moved: dict[str, None] = {}
        self._merged: dict[str, str] = {}
        self._names: dict[str, int] = {}

    def place(self, article: Article, *, now: datetime | None = None) -> Placement:
        """Put one article in and return where it is now.

        An article without a date arrives now, or where ``now`` is not given at the time of those before it; a date
        after ``now`` counts as now. The same article again changes nothing.
        """
        if article.id in self._order:
            return self._placements[article.id]
        held = self._hold(article, now)
        self._compare(held)
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
        cls, articles: Iterable[Article], placements: Iterable[Placement], *, window_days: float = 4
    ) -> Grouping:
        """Return the grouping that holds ``articles`` (in the order they arrived) as ``placements`` left them."""
        grouping = cls(window_days=window_days)
        known = {placement.article: placement for placement in placements}
        for placement in known.values():
            grouping._names.setdefault(placement.story, len(grouping._names))
        for article in articles:
            grouping._compare(grouping._hold(article, None))
            if article.id in known:
                grouping._put(article.id, known[article.id].story)
                grouping._placements[article.id] = known[article.id]
            else:
                grouping._regroup(article.id)
        return grouping

    def _hold(self, article: Article, now: datetime | None) -> _Held:
        terms = terms_of(article)
        strongest = sorted(terms.body.items(), key=lambda pair: (-pair[1], pair[0]))[:SEARCH_TERMS]
        held = _Held(article, terms, tuple(strongest), self._time_of(article, now), len(self._order))
        self._order[article.id] = held.arrival
        self._held[article.id] = held
        heapq.heappush(self._ages, (held.days, article.id))
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

    def _compare(self, held: _Held) -> None:
        """Measure an article against those like it, and ask anew all pairs that have one of those as a neighbour."""
        key = held.article.id
        mine = self._pairs[key] = {}
        self._links[key] = {}
        for near in self._alike(held):
            other = self._held[near]
            score = likelihood(measures(held.terms, other.terms, days=held.days - other.days))
            if score >= WORTH_KEEPING:
                mine[near] = self._pairs[near][key] = score
        for term, weight in held.search:
            self._index[term][key] = weight
        self._copies.add(held.article)
        for one in (key, *mine):
            for other in self._pairs[one]:
                self._link(one, other)

    def _link(self, one: str, other: str) -> None:
        row, column = self._pairs[one], self._pairs[other]
        score = likelihood_among(row, column, likely=row[other])
        if score >= WORTH_KEEPING:
            self._links[one][other] = self._links[other][one] = score
        elif other in self._links[one]:
            del self._links[one][other], self._links[other][one]

    def _alike(self, held: _Held) -> list[str]:
        found: dict[str, float] = defaultdict(float)
        for term, weight in held.search:
            for key, other in self._index.get(term, {}).items():
                found[key] += weight * other
        return sorted(
            key
            for key, cosine in found.items()
            if cosine >= SEARCH_LEAST and abs(self._held[key].days - held.days) <= self._window
        )

    def _regroup(self, article: str) -> None:
        """Form anew the stories that an article or those it is like are in, and say so where something changed."""
        near = connected([article, *self._pairs[article]], self._links, least=self._same_event)
        for story in {self._story[key] for key in near if key in self._story}:
            near.update(key for key in self._members[story] if key in self._held)
        changed: dict[str, None] = {}
        for group, name in list(self._named(average_link(near, self._links, least=self._same_event))):
            for key in group:
                old = self._story.get(key)
                if old != name:
                    self._put(key, name)
                    changed |= {story: None for story in (old, name) if story is not None}
        for story in changed:
            self._describe(story)

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
        if old is not None:
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
        members = sorted((key for key in self._members[story] if key in self._held), key=self._age)
        for key, origin in self._copies.origins(members).items():
            known = self._placements.get(key)
            grounds = known.grounds if known and known.story == story else self._grounds(key)
            placement = Placement(article=key, story=story, origin=origin, grounds=grounds)
            if known != placement:
                self._placements[key] = placement
                self._moved[key] = None

    def _age(self, key: str) -> tuple[float, int]:
        return self._held[key].days, self._order[key]

    def _grounds(self, key: str) -> tuple[str, ...]:
        """Say what drew an article in and what nearly did."""
        links = sorted(self._links[key].items(), key=lambda link: (-link[1], link[0]))
        story = self._story[key]
        inside = next(((other, score) for other, score in links if self._story.get(other) == story), None)
        outside = next(((other, score) for other, score in links if self._story.get(other) not in (story, None)), None)
        grounds = [self._drawn(key, *inside) if inside else "nothing in the window reports the same event"]
        if outside:
            grounds.append(f"nearest other story: {self._called(outside[0])} (likelihood {outside[1]:.2f})")
        return tuple(grounds)

    def _drawn(self, key: str, other: str, score: float) -> str:
        one, two = self._held[key], self._held[other]
        shared = shared_words(one.terms, two.terms, one.article.text)
        return f"{shared} with {self._called(other)} (likelihood of the same event {score:.2f})"

    def _called(self, key: str) -> str:
        return f"“{self._held[key].article.title or key}”"

    def _let_go(self) -> None:
        """Forget what a new article cannot reach: all that is older than twice the window, for articles that come late."""
        oldest = self._latest - 2 * self._window
        while self._ages and self._ages[0][0] < oldest:
            self._forget(heapq.heappop(self._ages)[1])

    def _forget(self, key: str) -> None:
        held = self._held.pop(key)
        for term, _ in held.search:
            del self._index[term][key]
            if not self._index[term]:
                del self._index[term]
        for edges in (self._pairs, self._links):
            for other in edges.pop(key):
                del edges[other][key]
        self._copies.forget(key)


def group(articles: Iterable[Article], *, window_days: float = 4) -> Iterator[Placement]:
    """Yield the placement of every article, in input order, as soon as it cannot change any more."""
    grouping = Grouping(window_days=window_days)
    waiting: deque[str] = deque()
    for article in articles:
        waiting.append(grouping.place(article).article)
        while waiting and not grouping.in_window(waiting[0]):
            yield grouping.placement(waiting.popleft())
    for key in waiting:
        yield grouping.placement(key)
