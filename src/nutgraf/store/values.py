"""What the store gives and takes besides the nouns of the model: nouns with what is known of them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from nutgraf.model import Article, Brief, Item, Placement, Reason, Ruling, Source
from nutgraf.ports import Browser, Validators


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a source brings its items: ``every`` is the time between two on average, ``longest`` the longest but one."""

    every: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """A source and how its polls went.

    ``reason`` is a short word for its last error, ``None`` or "repaired" where the last poll went well; ``failures``
    are those since it last answered. ``lists`` counts the items of its last reading, ``newest`` is the moment of the
    newest of them, ``digest`` stands for its bytes, ``poll_after`` are the seconds that it asks to be left alone.
    """

    source: Source
    validators: Validators
    next_due: datetime
    last_asked: datetime | None
    last_answered: datetime | None
    last_brought: datetime | None
    error: str | None
    reason: str | None
    failures: int
    gone: bool
    moved_to: str | None
    moved_since: datetime | None
    moved_seen: int
    earlier_addresses: tuple[str, ...]
    items: int = 0
    added: datetime | None = None
    lists: int | None = None
    rhythm: Rhythm | None = None
    newest: datetime | None = None
    digest: str = ""
    poll_after: float | None = None


@dataclass(frozen=True, slots=True)
class LastReading:
    """What a source listed when it was last read: each item with its moment, and the keys that it renamed.

    ``renamed`` leads from the keys that the source gives now to those that its items had first.
    """

    items: tuple[tuple[Item, datetime], ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading of a source tells of the source itself; see ``StoredSource`` and ``LastReading``."""

    digest: str
    renamed: Mapping[str, str]
    rhythm: Rhythm | None
    newest: datetime | None
    poll_after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one poll of a source came to; stored in one transaction, so that a validator never outlives its items.

    ``validators`` of ``None`` leave the stored ones; an ``error`` comes with its ``reason``. ``not_before`` holds
    for all of ``host``. ``moved_to`` is where the source has moved for good, ``None`` when it answered at its address.
    ``reading`` is given where the source itself was read, whose items are all that it lists.
    """

    source: str
    asked: datetime
    next_due: datetime
    items: tuple[Item, ...] = ()
    validators: Validators | None = None
    title: str | None = None
    moved_to: str | None = None
    error: str | None = None
    reason: str | None = None
    gone: bool = False
    unchanged: bool = False
    host: str | None = None
    not_before: datetime | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """How many items of a poll were new, and how many known ones had changed."""

    new: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingItem:
    """An item whose page is to be read; ``number`` names it to the store, ``tries`` are those that failed."""

    number: int
    item: Item
    tries: int
    read_before: bool


class Kept(StrEnum):
    """What became of an article that was given to the store."""

    NEW = "new"
    VERSION = "version"  # another text of a page that is stored already
    SAME = "same"  # stored already


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article and when it came; ``newest`` tells whether no later version of its page is stored."""

    article: Article
    arrived: datetime
    moment: datetime
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedArticle:
    """An article and where it was put."""

    stored: StoredArticle
    placement: Placement


@dataclass(frozen=True, slots=True)
class StoredRuling:
    """What an editor decided, and when."""

    ruling: Ruling
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStory:
    """A story as listings show it; ``latest`` is the moment of its latest article."""

    id: str
    merged_into: str | None
    articles: int
    latest: datetime | None
    headline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryContents:
    """What a story holds: its articles' ids, each with its origin's; ``composed_from`` is as its last brief left it."""

    story: str
    articles: tuple[tuple[str, str | None], ...]
    latest: datetime
    composed_from: str


@dataclass(frozen=True, slots=True)
class StoredBrief:
    """A brief and when it was composed; ``number`` names this version of it."""

    number: int
    brief: Brief
    composed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRejection:
    """A rejection, when it was made, and the source that brought its subject (an id)."""

    subject: str
    reason: Reason
    detail: str
    moment: datetime
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is stored."""

    sources: int = 0
    items: int = 0
    articles: int = 0
    stories: int = 0
    briefs: int = 0
    rejections: int = 0
    by_state: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ClaimedMailing:
    """A day's edition to one subscriber, to be sent now by whoever claimed it; ``again`` where it may have been.

    ``language`` is that of the pages on which it was asked for, empty where it is not known.
    """

    day: date
    address: str
    token: str
    again: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class NamedToken:
    """A token of the API, by its name."""

    name: str
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a browser is to be told: the newest brief of a story that it follows.

    ``before`` is the number of the brief that it knows, ``told`` that of this one.
    """

    number: int
    browser: Browser
    brief: Brief
    before: int
    told: int
