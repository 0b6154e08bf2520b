"""Relations across a story: claims that say the same, denials of claims, contradictions, figures that differ."""

from __future__ import annotations

import math
import re
import tomllib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

from nutgraf.analysis import Analysis
from nutgraf.claims.figures import agree, comparable, find_figures, kind_of, toll_of
from nutgraf.claims.namesakes import fullest_names
from nutgraf.claims.numbers import guess_language
from nutgraf.model import Certainty, Claim, Figure, Span

SAME = 0.5
"""Likeness (0 to 1) from which two claims say the same; chosen on the build half of the pairs of claims."""

CONTRARY = 0.42
"""Likeness from which claims of opposite sense contradict each other: sentence forms differ more between opponents."""

DENIED = 0.45
"""Share of a denial's weight that a claim must hold to be what it denies."""

ABOUT_ONE_THING = 0.3
"""Likeness from which two sentences with a figure of one kind are about one subject."""

ABOUT_ONE_SHARE = 0.4
"""The same of percentages: what has 61% of the slots, and who asks for a third of them, are two things."""

NAME_WEIGHT = 1.5
"""What a name weighs beside a common word of the same rarity."""

SAID = 0.4
"""Share of the words beside names that two claims must have in common, of the shorter one's."""

NEIGHBOURS = 60
"""How many earlier holders of one word are looked at: bounds the work on words that all claims share."""

CLOSEST = 12
"""How many of the found neighbours are compared in full."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A claim that denies, and the claims that it denies, in the order they were given."""

    denial: Claim
    denied: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims about one thing of which one says the opposite (``figures`` false) or another figure (true)."""

    one: Claim
    other: Claim
    figures: bool


@dataclass(frozen=True, slots=True)
class Given:
    """One figure as one article gives it last: its sentence, and the claim that holds it, if one does."""

    figure: Figure
    sentence: Span
    claim: Claim | None = None
    when: Span | None = None
    """The words of the sentence that tell when it was given or counted ("as of Monday", "last week")."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures that count one thing about one subject and do not all agree: one of each article, in articles' order."""

    counts: str | None
    unit: str | None
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """How the claims of a story stand to each other.

    ``groups`` holds every claim once: those of one group say the same. Pairs name the claims as they were given.
    """

    groups: tuple[tuple[Claim, ...], ...]
    denials: tuple[Denial, ...]
    contradictions: tuple[Contradiction, ...]
    differences: tuple[Difference, ...]
    people: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The fullest name that the story has for each speaker, by article and the name that the article gives."""


def relate(claims: Sequence[tuple[Claim, str]]) -> Relations:
    """Relate the claims of one story, each given with its article's text, in the order the articles arrived."""
    texts = {claim.article: text for claim, text in claims}
    return relate_claims([claim for claim, _ in claims], texts)


def relate_claims(
    claims: Sequence[Claim], texts: Mapping[str, str], analyses: Mapping[str, Analysis] | None = None
) -> Relations:
    """Relate the claims of one story; ``texts`` maps each article's id to its text.

    Articles that ``analyses`` knows are not looked through for figures once more.
    """
    known = analyses or {}
    told = [_Told.of_claim(claim, texts[claim.article], analysed=claim.article in known) for claim in claims]
    weights = _Weights([words.concepts for words in told])
    groups = _groups(told, weights)
    return Relations(
        groups=tuple(tuple(claims[place] for place in group) for group in groups),
        denials=_denials(claims, told, weights, groups),
        contradictions=_contradictions(claims, told, weights, groups),
        differences=figure_differences(texts, claims=claims, analyses=analyses),
        people=fullest_names(claims),
    )


# words


@cache
def _table() -> Mapping[str, list[str] | str]:
    return tomllib.loads(resources.files("nutgraf.claims").joinpath("relations.toml").read_text(encoding="utf-8"))


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(str(_table()[name]).split())


@cache
def _same() -> dict[str, str]:
    return {word: group.split()[0] for group in reversed(list(_table()["same"])) for word in group.split()}


@cache
def _opposites() -> dict[str, tuple[str, bool]]:
    """Map a word to its concept and whether it stands on the opposite side of it."""
    sides: dict[str, tuple[str, bool]] = {}
    for line in _table()["opposite"]:
        first, second = (side.split() for side in line.split("|"))
        sides |= dict.fromkeys(second, (f"±{first[0]}", True)) | dict.fromkeys(first, (f"±{first[0]}", False))
    return sides


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*\d|\d")
_NOT = re.compile(r"n['’]t\b|\bfail(?:s|ed|ing)? to\b")


def _has_negation(text: str) -> bool:
    """Tell whether a text negates by an ending or by a verb; most have no letters of either."""
    return ("n't" in text or "n’t" in text or "fail" in text) and _NOT.search(text) is not None


def _stem(word: str) -> str:
    for ending in ("ingly", "edly", "ation", "ing", "ies", "ied", "ed", "es", "ly", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
    return word


@lru_cache(maxsize=1 << 15)
def _concept(written: str) -> tuple[str | None, bool, bool, bool]:
    """Return the concept of a word (``None``: it tells nothing), its side, if it negates, and if it has a capital."""
    capital, word = written[0].isupper(), _POSSESSIVE.sub("", written.lower())
    negates = word in _set("negations")
    if word in _set("stop") or (len(word) < 2 and not word.isdigit()):
        return None, False, negates, capital
    concept, opposite = _opposites().get(word, (_same().get(word) or _stem(word), False))
    return concept, opposite, negates, capital


_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class _Told:
    """What one claim or sentence says: concepts, names among them, its sense, figures, opposites."""

    concepts: frozenset[str]
    names: frozenset[str]
    negated: bool
    figures: tuple[Figure, ...] = ()
    sides: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of_claim(cls, claim: Claim, text: str, *, analysed: bool = False) -> _Told:
        """Read a claim's content; a denied claim is a negated one. One of an analysed article has all its figures."""
        figures = claim.figures
        if not (figures or analysed):
            figures = tuple(
                figure
                for span in claim.content
                for figure in find_figures(text, article=claim.article, start=span.start, end=span.end)
            )
        return cls.of(" ".join(span.of(text) for span in claim.content), figures=figures, denied=is_denial(claim))

    @classmethod
    def of(cls, text: str, *, figures: tuple[Figure, ...] = (), denied: bool = False) -> _Told:
        """Read a stretch of text."""
        concepts, names, sides = set[str](), set[str](), dict[str, bool]()
        negated = denied or _has_negation(text)
        written = _WORD.findall(text)
        opens = bool(written) and text.startswith(written[0])  # a capital there makes no name
        for word in written:
            concept, opposite, negation, capital = _concept(word)
            negated = negated or negation
            if concept is not None:
                concepts.add(concept)
                if concept[0] == "±":
                    sides[concept] = opposite
                elif capital and not opens:
                    names.add(concept)
            opens = False
        return cls(frozenset(concepts), frozenset(names), negated, figures, sides)

    def without_numbers(self) -> _Told:
        """Return the same without its numbers in digits: sentences whose figures differ can be about one thing."""
        return replace(self, concepts=frozenset(concept for concept in self.concepts if not concept[0].isdigit()))

    def opposes(self, other: _Told) -> bool:
        """Tell whether the two have opposite senses: one negated, or an opposite word, but not both."""
        crossed = bool(other.sides) and any(other.sides.get(c, side) != side for c, side in self.sides.items())
        return (self.negated != other.negated) != crossed

    def differs_in_figures(self, other: _Told) -> bool:
        """Tell whether they count one thing and no figure of it agrees."""
        if not (self.figures and other.figures):
            return False
        pairs = [(a, b) for a in self.figures for b in other.figures if comparable(a, b)]
        return bool(pairs) and not any(agree(a, b) for a, b in pairs)


class _Weights:
    """How much each concept tells within one story: the rarer the more, names more than common words."""

    def __init__(self, all_concepts: Sequence[frozenset[str]]) -> None:
        self._counts = Counter(concept for concepts in all_concepts for concept in concepts)
        total = len(all_concepts)
        self._rarity = {c: 1.0 + math.log((1 + total) / (1 + count)) / 4 for c, count in self._counts.items()}
        self._unseen = 1.0 + math.log(1 + total) / 4
        self._rarest: dict[frozenset[str], list[str]] = {}

    def total(self, concepts: Iterable[str], names: frozenset[str]) -> float:
        """Return the weight of several concepts: an exact sum, the same in any order."""
        rarity, unseen = self._rarity, self._unseen
        return math.fsum(
            [rarity.get(one, unseen) * NAME_WEIGHT if one in names else rarity.get(one, unseen) for one in concepts]
        )

    def share(self, one: _Told, other: _Told) -> float:
        """Return which share of one's weight the other holds too."""
        whole = self.total(one.concepts, one.names)
        return self.total(one.concepts & other.concepts, one.names) / whole if whole else 0.0

    def likeness(self, one: _Told, other: _Told) -> float:
        """Return 0 to 1: the weight both share, against the shorter one for most, and against both."""
        shared = one.concepts & other.concepts
        if len(shared) < 2 and min(len(one.concepts), len(other.concepts)) > 1:
            return 0.0
        names = one.names | other.names
        common = self.total(shared, names)
        sizes = sorted((self.total(one.concepts, names), self.total(other.concepts, names)))
        if not sizes[0]:
            return 0.0
        return 0.5 * common / sizes[0] + common / (sizes[0] + sizes[1])

    def likeness_of_claims(self, one: _Told, other: _Told) -> float:
        """Return the likeness of two claims, 0 where little but names is shared: what is said of them must be.

        One too small to tell anything is 0 as well.
        """
        likeness = self.likeness(one, other)
        if likeness < min(SAME, CONTRARY):
            return 0.0
        said, other_said = one.concepts - one.names - other.names, other.concepts - one.names - other.names
        shared = self.total(said & other_said, frozenset())
        least = min(self.total(said, frozenset()), self.total(other_said, frozenset()))
        return likeness if shared >= SAID * least else 0.0

    def rarest(self, concepts: frozenset[str]) -> list[str]:
        """Return concepts that others share, the rarest first, at most ten."""
        if concepts not in self._rarest:
            counts = self._counts
            known = sorted([(counts[concept], concept) for concept in concepts if counts[concept] > 1])
            self._rarest[concepts] = [concept for _, concept in known[:10]]
        return self._rarest[concepts]


class _Index:
    """Places by concept, to look up the earlier ones that share most with one: work bounded for each look."""

    def __init__(self, weights: _Weights) -> None:
        self._weights = weights
        self._places: dict[str, list[int]] = defaultdict(list)

    def add(self, place: int, told: _Told) -> None:
        """Remember a place by its words."""
        for concept in self._weights.rarest(told.concepts):
            self._places[concept].append(place)

    def near(self, told: _Told) -> list[int]:
        """Return remembered places that share words, those that share most first."""
        held = [self._places.get(concept, ())[:NEIGHBOURS] for concept in self._weights.rarest(told.concepts)]
        found = Counter(chain.from_iterable(held))
        return [place for place, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:CLOSEST]]


# the same


def _groups(told: Sequence[_Told], weights: _Weights) -> list[list[int]]:
    """Put each claim into the group whose first claim it is most like; groups in order of their first claims."""
    groups: dict[int, list[int]] = {}
    index = _Index(weights)
    for place, words in enumerate(told):
        rated = [
            (weights.likeness_of_claims(words, told[leader]), -leader)
            for leader in index.near(words)
            if not words.opposes(told[leader]) and not words.differs_in_figures(told[leader])
        ]
        likeness, leader = max(rated, default=(0.0, 0))
        if likeness >= SAME:
            groups[-leader].append(place)
        else:
            groups[place] = [place]
            index.add(place, words)
    return list(groups.values())


def _contradictions(
    claims: Sequence[Claim], told: Sequence[_Told], weights: _Weights, groups: Sequence[Sequence[int]]
) -> tuple[Contradiction, ...]:
    """Pair the first claims of groups that are about one thing and cannot both hold; denials are paired apart."""
    found = []
    index = _Index(weights)
    for leader in (group[0] for group in groups):
        for place in index.near(told[leader]):
            if is_denial(claims[leader]) or is_denial(claims[place]):
                continue
            opposed, differs = told[leader].opposes(told[place]), told[leader].differs_in_figures(told[place])
            if (opposed or differs) and weights.likeness_of_claims(told[leader], told[place]) >= CONTRARY:
                found.append(Contradiction(claims[place], claims[leader], figures=not opposed))
        index.add(leader, told[leader])
    return tuple(found)


# denials


def is_denial(claim: Claim) -> bool:
    """Tell whether a claim denies."""
    return claim.denied or claim.certainty is Certainty.DENIED


_OPEN = frozenset({Certainty.REPORTED, Certainty.BELIEVED, Certainty.POSSIBLE, Certainty.CONDITIONAL})


def _denials(
    claims: Sequence[Claim], told: Sequence[_Told], weights: _Weights, groups: Sequence[Sequence[int]]
) -> tuple[Denial, ...]:
    index = _Index(weights)
    for place, words in enumerate(told):
        if not is_denial(claims[place]):
            index.add(place, words)
    group_of = {place: group for group in groups for place in group}
    main = _main_disputed(claims, told, groups)
    found = []
    for place, claim in enumerate(claims):
        if is_denial(claim):
            denied = _denied_by(place, claims, told, weights, index, group_of)
            denied = main if denied is None else denied
            if denied:
                found.append(Denial(claim, tuple(claims[other] for other in denied)))
    return tuple(found)


def _denied_by(
    place: int,
    claims: Sequence[Claim],
    told: Sequence[_Told],
    weights: _Weights,
    index: _Index,
    group_of: Mapping[int, Sequence[int]],
) -> list[int] | None:
    """Return the claims that hold what a denial names; ``None`` where it names nothing ("the reports")."""
    named = told[place].concepts - {_stem(word) for word in _set("sayings")} - _set("sayings")
    named -= {concept for concept in named if concept.startswith(("±true", "±accept"))}
    if not named:
        return None
    denial = _Told(frozenset(named), told[place].names & named, negated=True, figures=told[place].figures)
    rated = []
    for other in index.near(denial):
        shared = denial.concepts & told[other].concepts
        enough = len(shared) >= min(2, len(named) - 1) or len(shared) == len(named)
        if shared and enough and not told[other].negated and not _overlap(claims[place], claims[other]):
            rated.append((weights.share(denial, told[other]), -other))
    best = [-other for share, other in rated if share >= DENIED]
    everywhere = {other for leader in best for other in group_of[leader] if not is_denial(claims[other])}
    return sorted(other for other in everywhere if not _overlap(claims[place], claims[other]))


def _overlap(one: Claim, other: Claim) -> bool:
    return any(a.overlaps(b) for a in one.content for b in other.content)


def _main_disputed(claims: Sequence[Claim], told: Sequence[_Told], groups: Sequence[Sequence[int]]) -> list[int]:
    """Return the group that a denial of "the reports" means: unsure, carried by most articles, the earliest."""
    rated = []
    for group in groups:
        members = [place for place in group if not is_denial(claims[place]) and not told[place].negated]
        unsure = sum(claims[place].certainty in _OPEN for place in members)
        if members:
            articles = len({claims[place].article for place in members})
            rated.append((unsure > 0, articles, unsure, -members[0], members))
    return max(rated)[-1] if rated else []


# figures


_SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<=[.!?])[”\"»’')]*\s+(?=[“\"«‘'(]?[A-ZÄÖÜÀÉ0-9])|(?<=\n)\s*\n)"  # found by its first letter
)
_NO_END = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|No|Mt|Mio|Mrd|ca|Nr))\.$")
_WHEN = re.compile(
    r"\b(?:(?:as of|by|on|since|until|late on|early on|later on) )?(?:(?:last|this|next) (?:week|month|year|night)"
    r"|(?:(?:last|this) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|evening|night|afternoon))?"
    r"|yesterday|today|overnight|(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|may) \d{1,2}(?!\d)|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)|(?:a|two|three|several) (?:days|weeks|months|day|week|month) (?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.start() if text[match.start()] == "\n" else match.start() + 1
        if _NO_END.search(text, max(start, end - 6), end) and "\n" not in match.group():
            continue
        if text[start:end].strip():
            yield start, end
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure in its sentence."""

    given: Given
    told: _Told
    years: frozenset[str]
    whose: frozenset[str] = frozenset()  # names before what is counted: "three Velnian envoys"
    toll: str | None = None  # of all whom the story's event struck, see ``figures.toll_of``


def figures_of(article: str, text: str) -> tuple[Figure, ...]:
    """Return the figures of an article, sentence by sentence, read in the language of the whole."""
    language = guess_language(text, 0, len(text))
    return tuple(
        figure
        for start, end in _sentences(text)
        for figure in find_figures(text, article=article, start=start, end=end, language=language)
    )


def figure_differences(
    texts: Mapping[str, str], *, claims: Sequence[Claim] = (), analyses: Mapping[str, Analysis] | None = None
) -> tuple[Difference, ...]:
    """Return the figures of one subject that do not agree between articles; ``texts`` by article id, as they arrived.

    Each article gives its last figure of a subject, so that a later correction stands. Two sentences have one subject
    where they share names or rare words and no year sets them apart. The widest carried come first.
    """
    if len(texts) < 2:
        return ()
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    known = analyses or {}
    every = {key: known[key].figures if key in known else figures_of(key, text) for key, text in texts.items()}
    places = [place for key, text in texts.items() for place in _placed(key, text, every[key], by_article[key])]
    weights = _Weights([place.told.concepts for place in places])
    buckets: dict[tuple[str | None, str | None], list[_Place]] = defaultdict(list)
    tolls: dict[str, list[_Place]] = defaultdict(list)
    for place in places:
        if place.toll:
            tolls[place.toll].append(place)
        else:
            buckets[kind_of(place.given.figure)].append(place)
    shared = [bucket for bucket in buckets.values() if len({one.given.sentence.article for one in bucket}) > 1]
    found = [_toll_difference(tolls[toll], texts) for toll in sorted(tolls)]
    found += [_difference(cluster, texts) for bucket in shared for cluster in _clusters(bucket, weights)]
    differing = [difference for difference in found if difference is not None]
    return tuple(sorted(differing, key=lambda difference: -len(difference.given)))


def _placed(article: str, text: str, every: Sequence[Figure], claims: Sequence[Claim]) -> list[_Place]:
    """Put figures, which are in text order, into their sentences and claims."""
    found: list[_Place] = []
    if not every:
        return found
    starts = [figure.span.start for figure in every]
    held = [(span.start, span.end, claim) for claim in claims for span in claim.content]
    for start, end in _sentences(text):
        figures = every[bisect_left(starts, start) : bisect_left(starts, end)]
        if not figures:
            continue
        told = _Told.of(text[start:end]).without_numbers()
        years = frozenset(_PAST.findall(text[start:end]))
        sentence = Span(article, start, end)
        for figure in figures:
            low, high = figure.span.start, figure.span.end
            holder = next((claim for first, last, claim in held if first <= low and high <= last), None)
            toll = None if years or _is_part(text, figure.span, sentence) else toll_of(figure)
            found.append(_Place(Given(figure, sentence, holder), told, years, figure.whose(text), toll))
    return found


_COUNTED = frozenset(("people", "police", "least"))
GROWN = 1.2
"""How much higher a later toll is than an earlier "at least" that it agrees with, to be shown beside it."""

_PART = re.compile(r"(?i)\s*(?:\w+ )?(?:others?|more|further)\b|\s*of (?:the|them|those|its|his|her|our)\b")
_OF_ANOTHER = re.compile(r"(?i)\b(?:ago|previous|earlier this year|last year|another \w+|in (?:the )?past)\b")


def _is_part(text: str, span: Span, sentence: Span) -> bool:
    """Tell whether a figure counts a part ("three of the dead", "two others"), or those of another event."""
    behind = _PART.match(text, span.end, sentence.end)
    return behind is not None or _OF_ANOTHER.search(text, sentence.start, sentence.end) is not None


def _of_one_event(first: _Told, other: _Told) -> bool:
    shared = {concept for concept in first.concepts & other.concepts if not concept.startswith("±")} - _COUNTED
    return bool(shared) or not first.names or not other.names


def _toll_difference(places: Sequence[_Place], texts: Mapping[str, str]) -> Difference | None:
    """Return the tolls of a story's articles, the highest of each, where they are not all the same.

    A story is of one event, so that its dead are one number, however its sentences are worded; only one that names
    somebody or somewhere, and shares nothing with the first, is of another. "At least 14" and 19 agree, but the toll
    has grown.
    """
    highest: dict[str, Given] = {}
    for place in places:
        if not _of_one_event(places[0].told, place.told):
            continue
        article, figure = place.given.figure.span.article, place.given.figure
        kept = highest.get(article)
        if kept is None or (figure.low or 0) > (kept.figure.low or 0):
            highest[article] = place.given
    given = tuple(highest.values())
    lows = [one.figure.low or one.figure.high or 0 for one in given]
    if _all_agree(given) and max(lows) < GROWN * min(lows):
        return None
    counts = next((one.figure.counts for one in given if one.figure.counts), None)
    return Difference(counts, None, tuple(_dated(one, texts) for one in given))


def _all_agree(given: Sequence[Given]) -> bool:
    return all(agree(one.figure, other.figure) for number, one in enumerate(given) for other in given[:number])


def _clusters(bucket: Sequence[_Place], weights: _Weights) -> list[list[_Place]]:
    """Put together the figures of one kind whose sentences are about one subject."""
    clusters: dict[int, list[_Place]] = {}
    index = _Index(weights)
    for number, place in enumerate(bucket):
        near = index.near(place.told)
        rated = [(_alike(place, bucket[leader], weights), -leader) for leader in near]
        likeness, leader = max(rated, default=(0.0, 0))
        least = ABOUT_ONE_SHARE if place.given.figure.unit == "%" else ABOUT_ONE_THING
        if likeness >= least:
            clusters[-leader].append(place)
        else:
            clusters[number] = [place]
            index.add(number, place.told)
    return list(clusters.values())


def _alike(one: _Place, other: _Place, weights: _Weights) -> float:
    if not comparable(one.given.figure, other.given.figure) or one.years != other.years:
        return 0.0
    if one.given.sentence == other.given.sentence or one.whose and other.whose and one.whose.isdisjoint(other.whose):
        return 0.0
    return weights.likeness(one.told, other.told)


def _difference(cluster: Sequence[_Place], texts: Mapping[str, str]) -> Difference | None:
    latest: dict[str, Given] = {}
    for place in cluster:
        latest[place.given.figure.span.article] = place.given
    given = tuple(latest.values())
    if _all_agree(given):
        return None
    first = given[0].figure
    return Difference(first.counts, first.unit, tuple(_dated(one, texts) for one in given))


def _dated(given: Given, texts: Mapping[str, str]) -> Given:
    """Return a given figure with the words of its sentence that tell when."""
    article, start, end = given.sentence.article, given.sentence.start, given.sentence.end
    dated = _WHEN.search(texts[article], start, end)
    return replace(given, when=Span(article, *dated.span())) if dated else given
