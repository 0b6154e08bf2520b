"""What the stages need from outside, as small protocols. Edges provide them; tests give plain objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from nutgraf.model import Brief, Claim, Edition, Figure, Page, Span

if TYPE_CHECKING:  # most commands do without it
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parse. ``head`` is the index of its governor in the same parse (its own index for a root).

    ``dep`` are ClearNLP labels, ``tag`` Penn Treebank tags, ``name`` the kind of a named entity ("PERSON", "ORG",
    "GPE", …) that the token belongs to, or "".
    """

    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dep: str
    head: int
    name: str


Sentence = tuple[int, int]
"""Start and end (excluded) of one sentence, in characters of the text that was split."""


Scores: TypeAlias = "NDArray[np.float32]"
"""Scores that a trained network gives; a higher one is likelier."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoredParagraph:
    """One paragraph, or a part of one too long to be read at once, as a tagger scores it.

    ``words`` are start and end of each word and mark, in characters of the text. ``scores`` has a row a word: first
    the scores of the labels, then what ``claims.tagging`` links spans by.
    """

    words: tuple[tuple[int, int], ...]
    scores: Scores


@dataclass(frozen=True, slots=True, eq=False)
class LabelScores:
    """What a tagger has learnt of labels in a row, and of spans apart.

    ``start`` and ``stop`` score each label at a paragraph's first and last word, ``moves[a, b]`` label b after a.
    ``far[kind, distance]`` scores spans that lie so far apart: a content and its cue, a cue and its source.
    """

    start: Scores
    moves: Scores
    stop: Scores
    far: Scores


class Tagger(Protocol):
    """A network trained to find who says what."""

    @property
    def labels(self) -> LabelScores:
        """Return the scores that do not hang on the text."""
        ...

    def read(self, text: str) -> Sequence[ScoredParagraph]:
        """Score the words of ``text``, paragraph by paragraph. Linear in its length, whatever the text holds."""
        ...


class Language(Protocol):
    """Language tools for one text at a time."""

    @property
    def tagger(self) -> Tagger | None:
        """Return the trained finder of who says what; ``None`` where rules alone are to find it."""
        ...

    def sentences(self, text: str) -> Sequence[Sentence]:
        """Split ``text``: in order, not overlapping, white space at the ends left out, never across a paragraph."""
        ...

    def parse(self, text: str) -> Sequence[Token]:
        """Parse English ``text``; offsets are characters of ``text``. Linear in its length, whatever the text holds."""
        ...

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        """Parse several texts, in order, faster than one at a time."""
        ...


class Meaning(Protocol):
    """A small model of what words mean."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length one a text, of zeros for a text without words; near ones mean the like."""
        ...


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "changed since?" with; opaque, returned byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page that came, with what to remember: ``moved_to`` is where it has moved for good, ``fresh_for`` seconds."""

    page: Page
    validators: Validators
    moved_to: str | None = None
    fresh_for: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The server says that nothing changed."""

    validators: Validators
    fresh_for: float | None = None


class Fetcher(Protocol):
    """Gets pages from addresses, politely and guarded. Safe to use from several threads."""

    def get(self, address: str) -> Page:
        """Return the page; raises ``FetchError`` naming the address where there is none."""
        ...

    def fetch(self, address: str, validators: Validators | None = None) -> Fetched | NotModified:
        """Ask for the page, conditionally where validators are given; raises ``FetchError``."""
        ...


@dataclass(frozen=True, slots=True)
class SilentSources:
    """How many of all sources that outlets publish brought nothing today though it was to be expected."""

    silent: int
    all: int

    def words(self) -> str:
        """Say it in a line."""
        return f"{self.silent} of {self.all} {'source' if self.all == 1 else 'sources'} silent today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Faring:
    """How one source fares, for readers: no address is whole, since some hold a reader's own key.

    ``state`` is a word ("silent", "gone", …), ``said`` what is the matter, in words; both as ``nutgraf sources`` shows.
    """

    name: str
    state: str
    said: str
    answered: datetime | None
    brought: datetime | None
    asked_again: datetime | None
    moved: str | None = None
    """The host that it moved to or from, where it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedReport:
    """A report that its outlet corrected: ``notes`` are the outlet's words, ``story`` is whose brief rests on it."""

    outlet: str | None
    when: datetime
    notes: tuple[str, ...]
    language: str | None
    story: str
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader looks for: all of it must hold. ``beginnings`` are beginnings of words; days are of composing."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    outlet: str | None = None
    topic: str | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None


class StoredBriefs(Protocol):
    """The stored briefs, as readers' pages and feeds need them."""

    def revision(self) -> str:
        """Return a value that stays the same as long as nobody, in any process, has stored anything."""
        ...

    def latest_edition(self) -> Edition | None:
        """Return the newest edition, or ``None`` where there is none yet."""
        ...

    def edition(self, day: date) -> Edition | None:
        """Return the edition of that day."""
        ...

    def edition_days(self) -> Sequence[date]:
        """Return the days that have an edition, the newest first."""
        ...

    def slot_edition(self, day: date, slot: str) -> Edition | None:
        """Return the edition of a slot ("17:00") of that day."""
        ...

    def slot_editions(self, *, limit: int) -> Sequence[tuple[date, str]]:
        """Return day and slot of the latest editions of slots that have a brief, the newest first."""
        ...

    def brief(self, story: str) -> Brief | None:
        """Return the newest brief of that very story."""
        ...

    def current_name(self, story: str) -> str | None:
        """Return the name that a story goes by now: its own, or the one it was merged into; ``None`` for an unknown."""
        ...

    def topics(self, *, limit: int) -> Sequence[tuple[str, int]]:
        """Return the topics that have most stories, most first, each with how many it has."""
        ...

    def search(self, question: Question, *, limit: int, before: int | None = None) -> Sequence[tuple[int, Brief]]:
        """Return the briefs that answer, each with its number, the newest first; those under ``before`` alone."""
        ...

    def changes(self, *, after: int, limit: int) -> Sequence[tuple[int, Brief, Sequence[str]]]:
        """Return the briefs with numbers above ``after``, the lowest first: number, brief, stories merged into its.

        Every new or revised brief gets a higher number than all before, whenever its articles were published.
        """
        ...

    def last_number(self) -> int:
        """Return the highest number that a brief has; 0 where there is none."""
        ...

    def told(self, *, first: int, last: int) -> Sequence[tuple[str, datetime]]:
        """Return the stories whose newest briefs have numbers from ``first`` to ``last``: name, and when composed."""
        ...

    def photo(self, url: str) -> StoredPhoto | None:
        """Return the stored picture that was fetched from ``url``."""
        ...

    def photo_sizes(self, urls: Iterable[str]) -> Mapping[str, PhotoSize]:
        """Return kind and size of those pictures that are stored, without reading them."""
        ...

    def corrected(
        self, *, since: datetime | None = None, story: str | None = None, limit: int
    ) -> Sequence[CorrectedReport]:
        """Return the reports that their outlets corrected and that a brief rests on, the newest first.

        Those of a moment or later alone where ``since`` is given, of one story alone where ``story`` is.
        """
        ...

    def silent_sources(self, *, now: datetime) -> SilentSources:
        """Return how many of the outlets' sources readers miss today."""
        ...

    def faring(self, *, now: datetime) -> Sequence[Faring]:
        """Return how each source fares, the worst first."""
        ...


@dataclass(frozen=True, slots=True)
class PhotoSize:
    """Kind and size of a stored picture."""

    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """A raster picture as it was fetched: ``content_type`` is its true one, ``width`` and ``height`` are pixels."""

    body: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail, as text and as HTML; ``headers`` are further ones (name, value), each on one line."""

    to: str
    sender: str
    subject: str
    text: str
    html: str
    headers: tuple[tuple[str, str], ...] = ()


class Post(Protocol):
    """Hands letters to a mail server."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; raises ``PostError``, ``LetterRefused`` or ``LetterUnsure``."""
        ...

    def close(self) -> None:
        """Close what is open; the next letter opens it again."""
        ...


class MailingList(Protocol):
    """Who gets the edition by mail: an address is added once its owner confirmed it."""

    def ask_to_subscribe(self, address: str, *, now: datetime, language: str = "") -> str | None:
        """Note that someone gave an address on pages of that language; return the token to confirm it by.

        ``None`` where no mail is to be sent: it is confirmed already, it was asked within a day, or very many
        were within an hour.
        """
        ...

    def confirm(self, token: str, *, now: datetime) -> bool:
        """Confirm the address that a token stands for; tells whether there is one."""
        ...

    def unsubscribe(self, token: str) -> None:
        """Forget the address that a token stands for, if there is one."""
        ...

    def is_subscriber(self, token: str) -> bool | None:
        """Tell whether a token's address is confirmed; ``None`` where it stands for none."""
        ...


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser is reached by push, and the keys (base64url) by which only it can read."""

    endpoint: str
    p256dh: str
    auth: str


class Followers(Protocol):
    """Which browsers follow which stories."""

    def follow(self, browser: Browser, story: str, *, now: datetime) -> bool:
        """Let a browser follow a story from its present brief on; tells whether it does, which too many forbid."""
        ...

    def unfollow(self, endpoint: str, story: str) -> None:
        """Let a browser follow a story no longer; one that follows none is forgotten."""
        ...


class Pusher(Protocol):
    """Tells browsers by push, signed with this desk's key."""

    @property
    def public_key(self) -> str:
        """The key (base64url) by which browsers know that a push is ours."""
        ...

    def check(self, browser: Browser) -> None:
        """Raise ``FetchError`` where a browser cannot or must not be reached that way; asks nobody."""
        ...

    def push(self, browser: Browser, message: str, *, topic: str) -> None:
        """Tell a browser; a later message on the same topic takes an undelivered one's place. Raises ``FetchError``."""
        ...


@dataclass(frozen=True, slots=True)
class WriterPrompt:
    """What a language model is asked: instructions of ours, a question that is data alone, and its answer's bound."""

    instructions: str
    question: str
    most_tokens: int


@dataclass(frozen=True, slots=True)
class WriterAnswer:
    """What a language model answered; ``requests`` is how many it took, ``tokens`` what its server says it counted."""

    text: str
    requests: int = 1
    tokens: int | None = None


class Writer(Protocol):
    """A language model that its operator set up to reword lines."""

    @property
    def name(self) -> str:
        """The model and the host that it is asked at; answers of one are not those of another."""
        ...

    @property
    def is_resting(self) -> bool:
        """Whether it is left alone for a while, since it failed or asked for that."""
        ...

    def answer(self, prompt: WriterPrompt) -> WriterAnswer:
        """Return the answer, unread; raises ``WriterError``, always while it rests."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordingRecord:
    """What became of one question to a writer: where its words stand, and what was refused (place, text, why)."""

    story: str
    writer: str
    asked: datetime
    answered: bool
    taken: tuple[str, ...] = ()
    refused: tuple[tuple[str, str, str], ...] = ()


class WriterLedger(Protocol):
    """What a writer was asked and answered, so that nothing is asked twice and no limit is forgotten."""

    def writer_answer(self, key: str) -> str | None:
        """Return the kept answer to a question; ``None`` where there is none."""
        ...

    def writer_requests(self, *, since: datetime) -> int:
        """Return how many requests were made since a moment, those that failed among them."""
        ...

    def writer_tries(self, key: str) -> int:
        """Return how often a question was asked in vain."""
        ...

    def note_question(self, key: str, *, story: str, writer: str, now: datetime) -> None:
        """Note, before it is asked, that a question is asked."""
        ...

    def note_answer(self, key: str, answer: WriterAnswer) -> None:
        """Keep the answer to a question."""
        ...

    def note_outcome(
        self, key: str, *, story: str, taken: Sequence[str], refused: Sequence[tuple[str, str, str]]
    ) -> None:
        """Keep where a writer's words stand in a story's brief, and what was refused: place, text, why."""
        ...


class Tokens(Protocol):
    """The tokens by which programs may read the API where it is closed."""

    def is_token(self, token: str) -> bool:
        """Tell whether a token may read."""
        ...


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return now, with its zone."""
        ...


class DenialPair(Protocol):
    """A claim that denies, and the claims that it denies."""

    @property
    def denial(self) -> Claim:
        """The claim that denies."""
        ...

    @property
    def denied(self) -> Sequence[Claim]:
        """What it denies, in the order the articles arrived."""
        ...


class GivenFigure(Protocol):
    """A figure as one article gives it, and the claim that holds it, if one does."""

    @property
    def figure(self) -> Figure:
        """The figure."""
        ...

    @property
    def sentence(self) -> Span:
        """The sentence that it stands in."""
        ...

    @property
    def claim(self) -> Claim | None:
        """The claim that holds it."""
        ...


class DifferingFigures(Protocol):
    """Figures that count one thing and do not all agree."""

    @property
    def counts(self) -> str | None:
        """What is counted."""
        ...

    @property
    def given(self) -> Sequence[GivenFigure]:
        """One of each article, in the order the articles arrived."""
        ...


class ClaimRelations(Protocol):
    """How the claims of a story stand to each other."""

    @property
    def groups(self) -> Sequence[Sequence[Claim]]:
        """Every claim once; those of one group say the same."""
        ...

    @property
    def denials(self) -> Sequence[DenialPair]:
        """Denials with what they deny."""
        ...

    @property
    def differences(self) -> Sequence[DifferingFigures]:
        """Figures that differ, the widest carried first."""
        ...
