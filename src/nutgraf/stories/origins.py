"""Whose report an article repeats: near-copies, agency texts, sister papers, and those that follow another outlet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from nutgraf.model import Article, Origin, Placement, Story, instant
from nutgraf.stories.terms import Reading, read

SHINGLE = 3
"""Words of one shingle: short, so that a reprint whose editor changed a word here and there is still known."""

COPY = 0.5
"""Share of the shorter text's shingles from which it is a copy. Of 1,298 pairs of outlets' reports of one event
(AllSides) 95 in 100 share under .22 and 99 in 100 under .37; of the five above .5 three print an agency's text."""

AKIN = 0.2
"""The same for two texts that the same agency or publisher stands behind."""

OPENING = 900
"""Characters in which an article that follows another outlet's report says so."""

SAMPLED = 400
"""Shingles from which a text is known by a sample of them: every fourth number, the same ones in every text."""

SAMPLE = 4

ENDS = 2**16
"""Ends of shingles' numbers by which texts are told that share too few: a text has some hundred of so many."""

Shingles = npt.NDArray[np.uint32]
_NO_SHINGLES: Shingles = np.zeros(0, np.uint32)


def shingles(text: str) -> Shingles:
    """Return the runs of words of a text as sorted numbers, each once, the same in every process.

    Of a long text they are the sample of those that four divides, so that copies can be told in little memory.
    """
    return _runs(read(Article(id="", text=text)))


def _runs(reading: Reading) -> Shingles:
    codes = reading.known.code[np.concatenate([reading.text, reading.rest])].astype(np.uint64) + np.uint64(1)
    if not len(codes):
        return _NO_SHINGLES
    if len(codes) < SHINGLE:
        codes = np.concatenate([codes, np.zeros(SHINGLE - len(codes), np.uint64)])
    runs = np.zeros(len(codes) - SHINGLE + 1, np.uint64)
    for i in range(SHINGLE):
        runs = runs * np.uint64(6364136223846793005) + codes[i : i + len(runs)]
    found = np.sort((runs >> np.uint64(32)).astype(np.uint32))
    found = found[np.concatenate([[True], found[1:] != found[:-1]])]
    return found if len(found) <= SAMPLED else _sample(found)


def _sample(found: Shingles) -> Shingles:
    kept: Shingles = found[found % SAMPLE == 0]
    return kept


def overlap(one: Shingles, other: Shingles) -> float:
    """Return how much of the shorter text stands in the other, 0 to 1; 0 where one is empty."""
    if _is_sample(one) != _is_sample(other):
        one, other = _sample(one), _sample(other)
    if len(one) > len(other):
        one, other = other, one
    if not len(one):
        return 0.0
    place = np.minimum(np.searchsorted(other, one), len(other) - 1)
    return np.count_nonzero(other[place] == one) / len(one)


def _is_sample(found: Shingles) -> bool:
    return len(found) > 0 and not (found % SAMPLE).any()


# agencies


@cache
def _agencies() -> tuple[re.Pattern[str], Mapping[str, str]]:
    names: dict[str, str] = {}
    for line in files(__package__).joinpath("agencies.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, forms = line.split("\t")
            names |= dict.fromkeys([name.casefold(), *(form.strip().casefold() for form in forms.split(";"))], name)
    longest = sorted(names, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.IGNORECASE), names


_DATELINE = re.compile(r"^[^\n]{0,60}?\(([^()\n]{2,40})\)\s*(?:[-–—:]|\n)")
_BARE_DATELINE = re.compile(r"^[^\n]{0,60}?[,/]\s*([^\n,/]{2,30}?)\s*[-–—]\s")
_CREDIT = re.compile(r"[(\[—–]\s*([^()\[\]\n—–]{2,40})\s*[)\]]?\s*$")


def agency_of(article: Article) -> str | None:
    """Return the agency whose report an article prints, by its credit, authors, dateline or last words.

    One of the table goes by its name there; another counts only where it stands in a dateline behind a place in
    capitals (``PLACE (Coast Wire) -``), and goes by what is written there.
    """
    if article.agency:
        return known_agency(article.agency) or article.agency
    text = article.text.strip()
    dateline, credit = _DATELINE.match(text), _CREDIT.search(text[-80:])
    bare = _BARE_DATELINE.match(text)
    heard = [*article.authors, article.outlet or ""]
    heard += [found.group(1) for found in (dateline, bare, credit) if found]
    for words in heard:
        if name := known_agency(words):
            return name
    return dateline.group(1).strip() if dateline and _PLACE.match(text) and dateline.group(1)[0].isupper() else None


_PLACE = re.compile(r"^[^\W\d_a-z]{3,}")


@lru_cache(maxsize=4096)
def known_agency(words: str) -> str | None:
    """Return the agency of the table that short ``words`` name, such as "Reuters staff" or "dpa/AFP"."""
    if len(words) > 60:
        return None
    pattern, names = _agencies()
    for found in pattern.finditer(words):
        form = found.group()
        if len(form) > 4 or form in ("dpa", "epd", "kna", "sid") or form.isupper():
            return names[form.casefold()]
    return None


# publishers

_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "net", "ne", "or", "org"])


def site_of(article: Article) -> str | None:
    """Return the registrable part of an article's host ("asia.ledger.example" → "ledger.example"), or ``None``.

    A bare network address or a single-label host serves one site a port.
    """
    try:
        parts = urlsplit(article.url or article.canonical or "")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    labels = host.split(".")
    if len(labels) < 2 or host.replace(".", "").isdigit():
        return (f"{host}:{port}" if port else host) or None
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2:])


@cache
def _families() -> Mapping[str, str]:
    lines = files(__package__).joinpath("families.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {site: family for family, sites in rows for site in sites.split()}


def family_of(article: Article) -> str | None:
    """Return who publishes an article: the family of its site in the table, else the site, else the outlet."""
    site = site_of(article)
    return _families().get(site, site) if site else (article.outlet or "").casefold() or None


def _newsroom(article: Article) -> tuple[str, ...]:
    found = (site_of(article), (article.outlet or "").casefold())
    return tuple(name for name in found if name)


# following another outlet's report

_AFTER = (
    r"(?:\s+(?:newspaper|magazine|news))?(?:\s+(?:first|has|had|also|earlier))*"
    r"\s+(?:reported|reports|revealed|wrote|learned)\b"
)
_BEFORE = (
    r"(?:according to|reported by|reports? (?:in|by|from)|citing|told|interview with|obtained by|"
    r"berichte(?:te|t)?|laut|nach angaben|gegenüber|selon|d'après|según|secondo|segundo|volgens)"
    r"(?:\s+(?:a report in|reports in|an?|the|der|die|das|dem|den|le|la|les|el|il|o|de|het))*\s+"
)


def follows(article: Article, other: Article) -> bool:
    """Tell whether an article says at its start that it takes its news from ``other``'s outlet."""
    name = _plain_outlet(other)
    if len(name) < 3 or set(_newsroom(article)) & set(_newsroom(other)):
        return False
    return bool(_following(name).search(article.text[:OPENING].casefold()))


def _plain_outlet(article: Article) -> str:
    return re.sub(r"^the\s+", "", (article.outlet or "").strip(), flags=re.IGNORECASE).casefold()


@lru_cache(maxsize=4096)
def _following(name: str) -> re.Pattern[str]:
    escaped = re.escape(name)
    return re.compile(rf"(?<!\w){escaped}{_AFTER}|(?<!\w){_BEFORE}{escaped}(?!\w)")


# one story's origins


class _Report:
    """What is kept of one article to see whom it repeats."""

    __slots__ = ("agency", "family", "newsroom", "opening", "outlet", "sampled", "shingles")

    def __init__(self, article: Article, reading: Reading) -> None:
        self.shingles = _runs(reading)
        self.sampled = _is_sample(self.shingles)
        self.agency = agency_of(article)
        self.family = family_of(article)
        self.newsroom = _newsroom(article)
        self.opening = article.text[:OPENING].casefold()
        self.outlet = _plain_outlet(article)

    def repeats(self, other: _Report) -> bool:
        """Tell whether this article goes back to an earlier one."""
        if self.follows(other):
            return True
        shared = overlap(self.shingles, other.shingles)
        if shared >= COPY:
            return True
        return shared >= AKIN and (
            bool(self.agency and self.agency == other.agency) or bool(self.family and self.family == other.family)
        )

    def follows(self, other: _Report) -> bool:
        """Tell whether this article says at its start that it takes its news from the other's outlet."""
        if len(other.outlet) < 3 or other.outlet not in self.opening or set(self.newsroom) & set(other.newsroom):
            return False
        return bool(_following(other.outlet).search(self.opening))


class Copies:
    """What is kept of the articles in the window to see who repeats whom; each pair is compared once."""

    def __init__(self) -> None:
        self._reports: dict[str, _Report] = {}
        self._repeats: dict[str, dict[str, bool]] = {}
        self._ends = np.zeros(ENDS, np.bool_)

    def add(self, article: Article, reading: Reading | None = None) -> None:
        """Take one article in."""
        self._reports[article.id] = _Report(article, reading or read(article))

    def forget(self, article: str) -> None:
        """Let one go."""
        del self._reports[article]
        for other in self._repeats.pop(article, ()):
            self._repeats[other].pop(article, None)

    def alike(self, one: str, other: str) -> bool:
        """Tell whether two are near-copies of each other."""
        return overlap(self._reports[one].shingles, self._reports[other].shingles) >= COPY

    def origins(self, story: Sequence[str]) -> dict[str, str | None]:
        """Return for each article of a story, given the earliest first, the earliest that it repeats, or ``None``."""
        found: dict[str, str | None] = {}
        firsts: list[str] = []
        for key in story:
            found[key] = self.origin(key, firsts)
            if found[key] is None:
                firsts.append(key)
        return found

    def origin(self, article: str, firsts: Iterable[str]) -> str | None:
        """Return the first of earlier articles that one repeats, or ``None``."""
        order = list(firsts)
        known = self._repeats.setdefault(article, {})
        self._rule_out(article, [first for first in order if first not in known])
        return next((first for first in order if self._repeat(article, first)), None)

    def _rule_out(self, article: str, others: Sequence[str]) -> None:
        """Note which articles one shares too little with to repeat them, by the ends of shingles' numbers."""
        mine = self._reports[article]
        others = [other for other in others if self._reports[other].sampled == mine.sampled]
        theirs = [self._reports[other].shingles for other in others]
        if not theirs:
            return
        ends = np.uint32(ENDS - 1)
        self._ends[mine.shingles & ends] = True
        shared = self._ends[np.concatenate(theirs) & ends]
        self._ends[mine.shingles & ends] = False
        sizes = np.array([len(one) for one in theirs], np.intp)
        counts = np.bincount(np.repeat(np.arange(len(theirs)), sizes), shared, minlength=len(theirs))
        most = counts / np.maximum(1, np.minimum(sizes, len(mine.shingles)))
        for other, share in zip(others, most.tolist(), strict=True):
            if share < AKIN and not mine.follows(self._reports[other]):
                self._note(article, other, repeats=False)

    def _repeat(self, later: str, earlier: str) -> bool:
        known = self._repeats.setdefault(later, {})
        if earlier not in known:
            self._note(later, earlier, repeats=self._reports[later].repeats(self._reports[earlier]))
        return known[earlier]

    def _note(self, later: str, earlier: str, *, repeats: bool) -> None:
        self._repeats.setdefault(later, {})[earlier] = repeats
        self._repeats.setdefault(earlier, {}).setdefault(later, False)


def stories_of(placements: Iterable[Placement], articles: Mapping[str, Article]) -> tuple[Story, ...]:
    """Gather placements into stories, in the order of their first articles; ``articles`` by id.

    Articles are of one origin where one repeats the other, where the same agency stands behind them, and where the
    same newsroom (site or outlet) published them. A placement whose article is unknown is left out.
    """
    members: dict[str, list[Placement]] = {}
    for placement in placements:
        if placement.article in articles:
            members.setdefault(placement.story, []).append(placement)
    return tuple(_story(name, placed, articles) for name, placed in members.items())


def story_of(name: str, articles: Sequence[Article]) -> Story:
    """Return the story of articles that are known to belong together, in the order given; none are compared for that.

    Its origins are found as in a grouping, and in ``stories_of``. Raises ``ValueError`` where there is no article or
    two have one id.
    """
    by_id = {article.id: article for article in articles}
    if not articles or len(by_id) < len(articles):
        raise ValueError(f"story {name}: needs at least one article, and each once")
    copies = Copies()
    for article in articles:
        copies.add(article)
    repeats = copies.origins(_earliest_first(articles))
    placed = [Placement(article=key, story=name, origin=repeats[key]) for key in by_id]
    return _story(name, placed, by_id)


def _earliest_first(articles: Sequence[Article]) -> list[str]:
    """Order articles by day and time, one without a date where it stands among the others."""
    latest, found = -math.inf, []
    for number, article in enumerate(articles):
        when = instant(article.published).timestamp() if article.published else latest
        latest = max(latest, when)
        found.append((when, number, article.id))
    return [key for _, _, key in sorted(found)]


def _story(name: str, placed: list[Placement], articles: Mapping[str, Article]) -> Story:
    leader = {placement.article: placement.article for placement in placed}

    def root(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    seen: dict[object, str] = {}
    for placement in placed:
        key, article = placement.article, articles[placement.article]
        marks: list[object] = [("agency", agency_of(article)), *(("newsroom", name) for name in _newsroom(article))]
        for mark in (mark for mark in marks if mark != ("agency", None)):
            leader[root(key)] = root(seen.setdefault(mark, key))
        if placement.origin in leader:
            leader[root(key)] = root(placement.origin)
    groups: dict[str, list[str]] = {}
    for placement in placed:
        groups.setdefault(root(placement.article), []).append(placement.article)
    origins = tuple(
        Origin(tuple(keys), next((a for key in keys if (a := agency_of(articles[key]))), None))
        for keys in groups.values()
    )
    return Story(id=name, articles=tuple(placement.article for placement in placed), origins=origins)
