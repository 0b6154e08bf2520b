"""The nouns: frozen values that the stages hand to each other.

source → item → page → article → story → claim → brief → publication. A value that breaks its own rules cannot be made:
construction raises ``ValueError``, which is a fault in the program and never the answer to bad input.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

# time


def instant(when: date) -> datetime:
    """Return the moment that a date stands for, in UTC: UTC where it has no zone, midnight where it has no time."""
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def read_when(text: str | None) -> date | None:
    """Read an ISO 8601 day (a ``date``) or moment (a ``datetime``, keeping its zone); ``None`` for anything else."""
    text = (text or "").strip()
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text)
    except ValueError:
        return None


# spans


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (excluded) of one article's text. The text there *is* the quotation."""

    article: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}–{self.end} of article {self.article} holds no text")

    def of(self, text: str) -> str:
        """Return what stands there in ``text``; raises ``ValueError`` where the span reaches past its end."""
        if self.end > len(text):
            raise ValueError(f"span {self.start}–{self.end} reaches past the {len(text)} characters of {self.article}")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.article == other.article and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Citation:
    """A span together with the very text that stands there, so that a stored brief can be shown and checked alone."""

    span: Span
    passage: str

    def __post_init__(self) -> None:
        if len(self.passage) != self.span.end - self.span.start:
            raise ValueError(f"passage of {len(self.passage)} characters cited as {self.span}")


# sources and items


class SourceKind(StrEnum):
    """What a source is read from."""

    FEED = "feed"  # RSS, RDF, Atom or JSON Feed
    LISTING = "listing"  # a page or a sitemap that lists articles
    ARCHIVE = "archive"  # a WARC or ARC file, or an mbox of newsletters
    FOLDER = "folder"  # a folder of saved pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that brings items: its address is a URL, or a path for an archive or a folder."""

    id: str
    kind: SourceKind
    address: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a source: where an article is, and what the source says of it.

    ``key`` is stable: the same entry read again has the same key, however its address or title was edited.
    """

    source: str
    key: str
    address: str | None
    title: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of one page as they came, decompressed, with the address they came from in the end."""

    address: str | None
    body: bytes
    content_type: str | None = None


# articles


class Reason(StrEnum):
    """Why something was dropped. Every rejection has exactly one; docs/rejections.md says what to do about each."""

    EMPTY = "empty"  # no bytes, or no visible text
    BINARY = "binary"  # not a text page at all
    BROKEN_COMPRESSION = "broken-compression"  # gzip that cannot be unpacked
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"  # the file or address could not be read
    UNKNOWN_ENCODING = "unknown-encoding"  # no encoding makes text of the bytes
    NO_ARTICLE = "no-article"  # a page, but not of one article
    LIST_PAGE = "list-page"  # a front page or section page
    ERROR_PAGE = "error-page"  # "not found" and the like
    CONSENT_PAGE = "consent-page"  # asks for cookies instead of showing the article
    CHALLENGE_PAGE = "challenge-page"  # asks to prove that a person reads
    FEED_NOT_PAGE = "feed-not-page"
    DUPLICATE = "duplicate"  # the same text at the same address is stored already
    RESERVED = "reserved"  # the outlet asks not to be read by machines (robots.txt, noarchive, tdm-reservation)
    BAD_INPUT = "bad-input"  # a record that breaks the contract
    NOTHING_TO_SAY = "nothing-to-say"  # a story of which no line passes the check


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A thing that was dropped: ``subject`` names it (a path, an address, an id), ``detail`` says what to do."""

    subject: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article, its caption and its credit apart."""

    url: str
    caption: str | None = None
    credit: str | None = None


class ArticleKind(StrEnum):
    """What kind of text an article is."""

    NEWS = "news"
    OPINION = "opinion"
    LIVE = "live"  # a live blog
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a live blog: the character of the article's text where it starts, and its own time."""

    start: int
    when: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Why a field says what it says: the ``way`` of its page that gave it, and those that say otherwise (``over``)."""

    field: str
    way: str
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article. ``text`` never changes once the article has its id: a revised page is a new article.

    ``text`` is NFC, its paragraphs apart by one empty line. ``published`` and ``modified`` carry the zone that the page
    gives, a bare ``date`` where it gives no time. ``agency`` is the news agency that its credit line names.
    ``corrections`` are the notes by which the outlet corrects itself; they are no part of the text.
    ``entries`` are those of a live blog, in the order of the text. ``readings`` tell which way gave which field.
    """

    id: str
    text: str
    title: str = ""
    url: str | None = None
    canonical: str | None = None
    outlet: str | None = None
    dek: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    modified: date | None = None
    language: str | None = None
    images: tuple[Image, ...] = ()
    topics: tuple[str, ...] = ()
    section: str | None = None
    dateline: str | None = None
    agency: str | None = None
    kind: ArticleKind = ArticleKind.NEWS
    partial: bool = False
    corrections: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    readings: tuple[Reading, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Return the span of this article's text; raises ``ValueError`` where there is no such text."""
        span = Span(self.id, start, end)
        span.of(self.text)
        return span

    def cite(self, span: Span) -> Citation:
        """Return the citation of a span of this article."""
        if span.article != self.id:
            raise ValueError(f"{span} is not of article {self.id}")
        return Citation(span, span.of(self.text))


def article_id(address: str | None, title: str, text: str) -> str:
    """Name one version of an article: the same address, title and text always give the same 16 hexadecimal digits."""
    return hashlib.sha256("\x00".join((address or "", title, text)).encode()).hexdigest()[:16]


# stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article was put: in which story, whose report it repeats (an article's id), and on what grounds.

    ``grounds`` are short statements for people: what drew it in, what nearly did.
    """

    article: str
    story: str
    origin: str | None = None
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an editor decided of articles (ids).

    All of ``one`` and ``other`` are one story, or none of ``one`` is of ``other``'s and those of ``one`` stay together.
    """

    together: bool
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that go back to one report, the earliest first; ``agency`` is the agency it comes from, if any."""

    articles: tuple[str, ...]
    agency: str | None = None

    def __post_init__(self) -> None:
        if not self.articles:
            raise ValueError("an origin has at least one article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles of the same event, in the order they arrived, and the origins that they go back to."""

    id: str
    articles: tuple[str, ...]
    origins: tuple[Origin, ...]

    def __post_init__(self) -> None:
        in_origins = [article for origin in self.origins for article in origin.articles]
        if sorted(in_origins) != sorted(self.articles) or not self.articles:
            raise ValueError(f"story {self.id}: every article belongs to exactly one origin")


# claims


class Mode(StrEnum):
    """How words are given: as they were said, in other words, or both."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    MIXED = "mixed"


class Certainty(StrEnum):
    """How sure the article lets a claim be."""

    FACT = "fact"  # said as fact by the one it is attributed to
    REPORTED = "reported"  # "reportedly", "it is reported that"
    BELIEVED = "believed"  # "is believed to", "thinks", "suggests"
    POSSIBLE = "possible"  # "may", "could", "possibly"
    CONDITIONAL = "conditional"  # "would", "if"
    PLANNED = "planned"  # "plans to", "will"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain through which a claim came: a name as the article gives it, and where it stands there."""

    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with what it counts: from ``low`` to ``high``, the same for an exact one, ``None`` where it is open."""

    text: str
    span: Span
    low: float | None
    high: float | None
    unit: str | None = None
    counts: str | None = None

    def whose(self, text: str) -> frozenset[str]:
        """Return the names behind the number in its article's text: three Velnian envoys are not four Sund envoys."""
        behind = _NAMES_BEHIND.match(text, self.span.end)
        return frozenset(behind.group().split()) if behind else frozenset()


_NAMES_BEHIND = re.compile(r"(?:\s+[A-Z][\w’'-]*)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who says what in one article, on whose word and how surely. ``None`` and empty mean unknown; nothing is guessed.

    ``speaker`` is the name that the mention stands for ("he" → "Jo Harrow"), ``role`` what the article calls it.
    ``chain`` runs from the nearest to the furthest, the article's own outlet left out.
    """

    article: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None = None
    role: str | None = None
    anonymous: bool = False
    mode: Mode = Mode.PARAPHRASE
    certainty: Certainty = Certainty.FACT
    certainty_words: tuple[Span, ...] = ()
    denied: bool = False
    chain: tuple[Link, ...] = ()
    figures: tuple[Figure, ...] = ()
    confidence: float = 1.0

    def __post_init__(self) -> None:
        if any(span.article != self.article for span in (*self.source, *self.cue, *self.content)):
            raise ValueError(f"a claim of article {self.article} has spans of another")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")


# briefs


class Length(StrEnum):
    """How much a reader wants to read: one sentence, a brief of a minute, or two minutes."""

    LINE = "line"
    BRIEF = "brief"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Composed:
    """What a line said, and what it was called, before a writer reworded it."""

    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a brief: a text made from its citations. ``label`` is the run-in heading of a bullet.

    ``outlet`` is the outlet whose words the line carries, ``speaker`` whom it cites, ``chain`` the names in between.
    ``denied_by`` are the passages that deny what it says: a brief shows one of them wherever it shows the line.
    ``composed`` is the wording that was composed, where a writer's stands in its place. ``new`` tells that the last
    edition's brief did not say it, ``sole`` that no other outlet has it.
    """

    text: str
    citations: tuple[Citation, ...]
    label: str | None = None
    outlet: str | None = None
    speaker: str | None = None
    chain: tuple[str, ...] = ()
    certainty: Certainty = Certainty.FACT
    denied: bool = False
    denied_by: tuple[Citation, ...] = ()
    composed: Composed | None = None
    new: bool = False
    sole: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip() or not self.citations:
            raise ValueError(f"line {self.text!r} has no text or no citation")


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim and the denial that stands against it."""

    claim: Line
    denial: Line


@dataclass(frozen=True, slots=True)
class Saying:
    """One figure as one outlet gives it: the words, on whose word, when, and where."""

    words: str
    outlet: str | None
    speaker: str | None
    when: date | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """Sayings of one figure that do not agree; ``counts`` names what is counted."""

    counts: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure as an earlier brief of the story gave it, and as it is given now."""

    before: Saying
    now: Saying


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the edition of the day ``since``, the last that told the story; new lines are marked."""

    since: date
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many outlets carry a story, and how many origins they go back to."""

    outlets: int
    origins: int

    def __post_init__(self) -> None:
        if not 1 <= self.origins <= max(1, self.outlets):
            raise ValueError(f"{self.outlets} outlets cannot have {self.origins} origins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """The picture of a brief and the article it comes from."""

    url: str
    article: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedArticle:
    """What a brief keeps of each article of its story, to name and link it. ``origin`` is an article's id."""

    id: str
    title: str
    url: str | None
    outlet: str | None
    published: date | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One story told in lines; ``id`` is the story's. ``lines[0]`` is the lede, without a label."""

    id: str
    headline: Line
    dek: Line | None
    lines: tuple[Line, ...]
    coverage: Coverage
    articles: tuple[CitedArticle, ...]
    disputes: tuple[Dispute, ...] = ()
    figures: tuple[FigureDifference, ...] = ()
    photo: Photo | None = None
    topics: tuple[str, ...] = ()
    language: str | None = None
    updated: date | None = field(default=None)
    changes: Changes | None = None

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError(f"brief {self.id} has no line")

    def article(self, name: str) -> CitedArticle:
        """Return the article of that id; raises ``KeyError`` for one that the brief does not know."""
        for article in self.articles:
            if article.id == name:
                return article
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Edition:
    """The briefs of one day in the desk's time zone, in order: the lead comes first.

    ``slot`` is the time of day ("17:00") of an edition that is made once at that time, by the clock of ``zone``; it is
    empty for the edition of the day, which goes on until the day is over.
    """

    day: date
    briefs: tuple[Brief, ...]
    slot: str = ""
    zone: str = ""
    made: datetime | None = None
