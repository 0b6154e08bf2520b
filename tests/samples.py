"""Made-up stories, outlets and people, told as briefs, for the tests of all that shows a brief."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from nutgraf.model import (
    Brief,
    Certainty,
    Citation,
    CitedArticle,
    Coverage,
    Dispute,
    Edition,
    FigureDifference,
    Line,
    Photo,
    Saying,
    Span,
    instant,
)
from nutgraf.ports import CorrectedReport, Faring, PhotoSize, Question, SilentSources, StoredPhoto
from nutgraf.store.tokens import mark, marks_of, text_of, tokens

DAY = date(2026, 3, 4)
EAST = timezone(timedelta(hours=2))
PHOTO_URL = "https://img.ledger.example/harbour/causeway.jpg"


def cited(article: str, passage: str, start: int = 0) -> Citation:
    return Citation(Span(article, start, start + len(passage)), passage)


def line(text: str, *citations: Citation, **more: Any) -> Line:
    return Line(text=text, citations=citations, **more)


LEDGER = CitedArticle(
    id="a1ledger",
    title="Storm leaves Sel causeway under water; 40 families moved",
    url="https://ledger.example/2026/03/04/causeway?ref=feed",
    outlet="Harbour Ledger",
    published=datetime(2026, 3, 4, 8, 15, tzinfo=EAST),
    origin="a1ledger",
)
AGENCY = CitedArticle(
    id="b2agency",
    title="Causeway to Sel Island closed after record surge",
    url="https://northwire.example/story/881",
    outlet="Northwire",
    published=datetime(2026, 3, 4, 7, 2, tzinfo=UTC),
    origin="b2agency",
)
POST = CitedArticle(
    id="c3post",
    title="Sel Island cut off as record surge closes causeway",
    url="https://citypost.example/news/sel-island",
    outlet="The City Post",
    published=datetime(2026, 3, 4, 9, 40, tzinfo=UTC),
    origin="b2agency",
)
EVENING = CitedArticle(
    id="d4evening",
    title="Builder rejects blame for flooded causeway",
    url="https://evening.example/a/builder-rejects-blame#comments",
    outlet="Evening Courier",
    published=datetime(2026, 3, 4, 15, 20, tzinfo=UTC),
    origin="d4evening",
)
RADIO = CitedArticle(
    id="e5radio",
    title="What the tide gauge at Sel showed overnight",
    url="https://radio-north.example/sel-gauge",
    outlet="Radio North",
    published=date(2026, 3, 4),
    origin="e5radio",
)

CLAIM = line(
    "An engineer who worked on the causeway says its drains were “never cleared after the works ended”.",
    cited("a1ledger", "said the drains were “never cleared after the works ended”", 610),
    outlet="Harbour Ledger",
    speaker="an engineer who worked on the causeway",
    certainty=Certainty.FACT,
)
DENIAL = line(
    "Brandt & Sohn, which built it, calls that “simply untrue” and says the drains passed inspection in January.",
    cited("d4evening", "Brandt & Sohn called the account “simply untrue”.", 120),
    cited("d4evening", "The drains passed inspection in January, the company said.", 190),
    outlet="Evening Courier",
    speaker="Brandt & Sohn",
    certainty=Certainty.DENIED,
    denied=True,
)

CAUSEWAY = Brief(
    id="sel-causeway-closed-7f3a",
    headline=line(
        "Flooded Causeway May Stay Shut for Weeks, Cutting Off Sel Island",
        cited("a1ledger", "The road may stay closed for weeks, the harbour authority said.", 88),
        outlet="Harbour Ledger",
        certainty=Certainty.POSSIBLE,
    ),
    dek=line(
        "Harbour authority blames a record surge; an engineer points at the drains",
        cited("b2agency", "The harbour authority blamed the highest surge since records began.", 40),
        outlet="Northwire",
    ),
    lines=(
        line(
            "The only road to Sel Island went under water before dawn and may stay closed for weeks, the harbour "
            "authority says, after what it called “the highest surge since records began”. Northwire reports that "
            "ferries are to carry food and fuel from Thursday.",
            cited("a1ledger", "The road may stay closed for weeks, the harbour authority said.", 88),
            cited(
                "b2agency",
                "The harbour authority spoke of “the highest surge since records began” and said that two ferries, one "
                "of them chartered, would carry food and fuel to the island from Thursday morning, weather permitting.",
                210,
            ),
            outlet="Northwire",
            speaker="the harbour authority",
            certainty=Certainty.POSSIBLE,
        ),
        line(
            "Mayor Ilse Tammer says forty families were moved to the school “in under three hours”, and that no one "
            "is missing.",
            cited("a1ledger", "“We moved forty families in under three hours,” Mayor Ilse Tammer said.", 300),
            cited("a1ledger", "No one was missing, she said.", 380),
            label="On the island",
            outlet="Harbour Ledger",
            speaker="Ilse Tammer",
        ),
        line(
            "Radio North notes the gauge at Sel stood at 2.31 metres at 4am; the City Post, citing Northwire, gives "
            "2.6 metres.",
            cited("e5radio", "At 4am the gauge at Sel stood at 2.31 metres.", 15),
            cited("c3post", "The water reached 2.6 metres, Northwire reported.", 77),
            label="How high it rose",
            outlet="Radio North",
            certainty=Certainty.REPORTED,
        ),
        line(
            "The Evening Courier quotes the transport ministry, which expects to decide on Monday whether the road is "
            "raised or replaced by a bridge.",
            cited(
                "d4evening", "The ministry expects to decide on Monday whether to raise the road or to bridge it.", 402
            ),
            label="What comes next",
            outlet="Evening Courier",
            speaker="the transport ministry",
            chain=("a spokeswoman",),
            certainty=Certainty.PLANNED,
        ),
    ),
    disputes=(Dispute(CLAIM, DENIAL),),
    figures=(
        FigureDifference(
            "height of the water at Sel",
            (
                Saying(
                    "2.31 metres",
                    "Radio North",
                    None,
                    date(2026, 3, 4),
                    cited("e5radio", "At 4am the gauge at Sel stood at 2.31 metres.", 15),
                ),
                Saying(
                    "2.6 metres",
                    "The City Post",
                    "Northwire",
                    datetime(2026, 3, 4, 9, 40, tzinfo=UTC),
                    cited("c3post", "The water reached 2.6 metres, Northwire reported.", 77),
                ),
            ),
        ),
    ),
    coverage=Coverage(outlets=5, origins=4),
    photo=Photo(
        url=PHOTO_URL,
        article="a1ledger",
        caption="The causeway to Sel at low tide on Wednesday, its railings bent by the surge.",
        credit="Mara Lind/Harbour Ledger",
    ),
    topics=("Sel Island", "Weather"),
    language="en",
    updated=datetime(2026, 3, 4, 15, 30, tzinfo=UTC),
    articles=(LEDGER, AGENCY, POST, EVENING, RADIO),
)


def short(
    story: str, headline: str, dek: str, text: str, outlet: str, *topics: str, hour: int = 10, language: str = "en"
) -> Brief:
    """A small brief of one outlet."""
    article = CitedArticle(
        id=f"{story}-1",
        title=headline,
        url=f"https://{outlet.lower().replace(' ', '')}.example/{story}",
        outlet=outlet,
        published=datetime(2026, 3, 4, hour, 5, tzinfo=UTC),
        origin=f"{story}-1",
    )
    source = cited(article.id, text)
    return Brief(
        id=story,
        headline=line(headline, source, outlet=outlet),
        dek=line(dek, source, outlet=outlet),
        lines=(line(text, source, outlet=outlet),),
        coverage=Coverage(1, 1),
        topics=topics,
        language=language,
        updated=datetime(2026, 3, 4, hour, 30, tzinfo=UTC),
        articles=(article,),
    )


STRIKE = short(
    "tram-strike-ends",
    "Tram Drivers Say Strike Will End Friday",
    "Union and operator agree on rosters, not yet on pay",
    "Tram drivers in Ostmark will return to work on Friday, their union said, after nine days of stoppage.",
    "The City Post",
    "Labour",
)
COMET = replace(
    short(
        "comet-tail",
        "A Second Tail on the Comet, Astronomers Believe",
        "Two observatories saw it; a third did not",
        "The comet is believed to have grown a second tail of sodium, two observatories said on Tuesday night.",
        "Radio North",
        "Space",
        hour=6,
    ),
    photo=Photo(url=PHOTO_URL, article="comet-tail-1", caption="The comet above the northern coast.", credit="R. Oss"),
)
ARABIC = short(
    "arabic-port",
    "الميناء يعيد فتح أرصفته بعد العاصفة",
    "هيئة الميناء: الملاحة قد تعود كاملة يوم الخميس (Harbour Ledger)",
    "أعاد الميناء فتح أرصفته بعد العاصفة، وقالت الهيئة إن الملاحة قد تعود كاملة يوم الخميس.",
    "صدى الساحل",
    "Weather",
    hour=12,
    language="ar",
)
LIBRARY = short(
    "library-nights",
    "City Library Plans to Stay Open All Night",
    "Trial of six months is to start in April",
    "The city library plans to keep its reading room open all night from April, its director said.",
    "Evening Courier",
    "Culture",
    hour=9,
)

EDITION = Edition(DAY, (CAUSEWAY, STRIKE, ARABIC, COMET, LIBRARY))
EARLIER = Edition(date(2026, 3, 3), (LIBRARY, COMET))


def png(width: int, height: int) -> bytes:
    """A picture of a sea under a sky, small enough to write by hand."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = bytearray()
    for y in range(height):
        share = y / height
        sky = (int(226 - 90 * share), int(196 - 40 * share), int(170 + 20 * share))
        sea = (int(40 + 40 * share), int(66 + 20 * share), int(80 + 10 * share))
        rows += b"\x00" + bytes(sky if share < 0.58 else sea) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


FARING = (
    Faring(
        name="Tarn Echo",
        state="gone",
        said="echo.example says that it is gone.",
        answered=None,
        brought=None,
        asked_again=None,
    ),
    Faring(
        name="Harbour Ledger",
        state="silent",
        said="Nothing new for 3 days, longer than usual. See whether its site has news.",
        answered=datetime(2026, 3, 4, 12, tzinfo=UTC),
        brought=datetime(2026, 3, 1, 9, tzinfo=UTC),
        asked_again=datetime(2026, 3, 4, 13, tzinfo=UTC),
        moved="ledger.example",
    ),
    Faring(
        name="Northwire",
        state="healthy",
        said="",
        answered=datetime(2026, 3, 4, 12, tzinfo=UTC),
        brought=datetime(2026, 3, 4, 11, tzinfo=UTC),
        asked_again=datetime(2026, 3, 4, 12, 30, tzinfo=UTC),
    ),
)


CORRECTED = (
    CorrectedReport(
        outlet="Radio North",
        when=datetime(2026, 3, 4, 11, tzinfo=UTC),
        notes=("Correction: an earlier version gave the wrong hour of the reading.",),
        language="en",
        story=CAUSEWAY.id,
        headline=CAUSEWAY.headline.text,
    ),
)


def answers(question: Question, brief: Brief) -> bool:
    """Tell whether a brief has all that is asked; days and order of words aside."""
    have = {*tokens(text_of(brief)), *marks_of(brief)}
    named = {"outlet": question.outlet, "topic": question.topic, "person": question.person}
    must = {token for word in (*question.words, *question.phrases) for token in tokens(word)}
    must |= {mark(kind, name) for kind, name in named.items() if name}
    starts = [token for word in question.beginnings for token in tokens(word)]
    begun = all(any(token.startswith(start) for token in have) for start in starts)
    return must <= have and begun and not have & {token for word in question.without for token in tokens(word)}


@dataclass(frozen=True)
class Shelf:
    """Stored briefs that are simply held: ``merged`` maps old names to new ones."""

    editions: tuple[Edition, ...] = ()
    photos: dict[str, StoredPhoto] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)

    def _briefs(self) -> dict[str, Brief]:
        found: dict[str, Brief] = {}
        for edition in self.editions:
            for brief in edition.briefs:
                found.setdefault(brief.id, brief)
        return found

    def revision(self) -> str:
        return "1"

    def latest_edition(self) -> Edition | None:
        return self.editions[0] if self.editions else None

    def edition(self, day: date) -> Edition | None:
        return next((edition for edition in self.editions if edition.day == day), None)

    def edition_days(self) -> list[date]:
        return [edition.day for edition in self.editions]

    def slot_edition(self, day: date, slot: str) -> Edition | None:
        return next((replace(one, slot=slot) for one in self.editions if one.day == day and slot == "17:00"), None)

    def slot_editions(self, *, limit: int) -> list[tuple[date, str]]:
        return [(one.day, "17:00") for one in self.editions][:limit]

    def brief(self, story: str) -> Brief | None:
        return self._briefs().get(story)

    def current_name(self, story: str) -> str | None:
        return self.merged.get(story) or (story if story in self._briefs() else None)

    def topics(self, *, limit: int) -> list[tuple[str, int]]:
        counts = Counter(topic for brief in self._briefs().values() for topic in brief.topics)
        return counts.most_common(limit)

    def search(self, question: Question, *, limit: int, before: int | None = None) -> list[tuple[int, Brief]]:
        rows = list(enumerate(self._briefs().values()))[::-1]
        found = [(number, brief) for number, brief in rows if answers(question, brief)]
        return [row for row in found if before is None or row[0] < before][:limit]

    def changes(self, *, after: int, limit: int) -> tuple[tuple[int, Brief, tuple[str, ...]], ...]:
        numbered = enumerate(self._briefs().values(), 1)
        return tuple((n, brief, ()) for n, brief in numbered if n > after)[:limit]

    def last_number(self) -> int:
        return len(self._briefs())

    def told(self, *, first: int, last: int) -> tuple[tuple[str, datetime], ...]:
        numbered = enumerate(self._briefs().values(), 1)
        return tuple((brief.id, instant(brief.updated or DAY)) for n, brief in numbered if first <= n <= last)

    def photo(self, url: str) -> StoredPhoto | None:
        return self.photos.get(url)

    def photo_sizes(self, urls: Iterable[str]) -> dict[str, PhotoSize]:
        found = {url: self.photos[url] for url in urls if url in self.photos}
        return {url: PhotoSize(one.content_type, one.width, one.height) for url, one in found.items()}

    def corrected(
        self, *, since: datetime | None = None, story: str | None = None, limit: int
    ) -> tuple[CorrectedReport, ...]:
        found = CORRECTED if self._briefs() else ()
        return tuple(one for one in found if story in (None, one.story))

    def faring(self, *, now: datetime) -> tuple[Faring, ...]:
        return FARING

    def silent_sources(self, *, now: datetime) -> SilentSources:
        return SilentSources(4, 60)


PHOTO = StoredPhoto(png(960, 600), "image/png", 960, 600)
SHELF = Shelf((EDITION, EARLIER), {PHOTO_URL: PHOTO}, {"old-causeway": CAUSEWAY.id})
