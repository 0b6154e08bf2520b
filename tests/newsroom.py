"""Outlets in memory for the runner's tests: a fetcher over a table of addresses, a clock, plain language tools."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from nutgraf.errors import FetchError
from nutgraf.model import Page
from nutgraf.ports import Fetched, NotModified, Sentence, Token, Validators

START = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)

FERRY = (
    "The ferry Marisol ran aground on a sandbank outside Port Verran on Saturday morning with 212 people on board, "
    "the coast guard said.\n\n"
    "Lifeboats took all passengers to the harbour within three hours, harbour master Ana Tolled said. "
    "“Nobody was hurt, and the hull is dry,” Tolled told reporters on the quay.\n\n"
    "The operator, Verran Lines, said it would ask divers to look at the hull before the ship is moved. "
    "The coast guard has begun an inquiry into why the ferry left the marked channel.\n\n"
    "Services between Port Verran and the islands are cancelled until Monday, the operator said."
)
MAYOR = (
    "Mayor Jonas Feld of Oldmere resigned on Friday after auditors found that 1.2 million crowns for school roofs "
    "had been spent on a stadium, the town council said.\n\n"
    "Feld denied that he had known of the payments. “I signed what I was given,” he said at the town hall.\n\n"
    "The council will choose a successor in April, its chair Petra Lund said. Prosecutors are looking at the books, "
    "according to a spokesman for the district court."
)


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


class Outlets:
    """A ``ports.Fetcher`` over pages in memory. ``asked`` counts the requests of each address."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Exception] = {}
        self.types: dict[str, str] = {}
        self.etags: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.asked: Counter[str] = Counter()

    def get(self, address: str) -> Page:
        answer = self.fetch(address)
        assert isinstance(answer, Fetched)
        return answer.page

    def fetch(self, address: str, validators: Validators | None = None) -> Fetched | NotModified:
        self.asked[address] += 1
        body = self.pages.get(address, FetchError(address, "is not there (404)", "Check the address", status=404))
        if isinstance(body, Exception):
            raise body
        etag = self.etags.get(address)
        if validators and etag and validators.etag == etag:
            return NotModified(validators=validators)
        page = Page(address=address, body=body, content_type=self.types.get(address))
        return Fetched(page=page, validators=Validators(etag=etag), moved_to=self.moved.get(address))

    def publish(self, outlet: str, slug: str, title: str, text: str, *, at: datetime = START) -> str:
        """Put an article on an outlet's site; returns its address."""
        address = f"https://{outlet}.example/{slug}"
        self.pages[address] = page_of(outlet, title, text, at=at)
        return address

    def list_in_feed(self, outlet: str, *entries: tuple[str, str], at: datetime = START) -> str:
        """Give an outlet a feed of addresses and titles; returns the feed's address."""
        address = f"https://{outlet}.example/feed.xml"
        self.pages[address] = feed_of(outlet, entries, at=at)
        return address


def page_of(outlet: str, title: str, text: str, *, at: datetime = START) -> bytes:
    paragraphs = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in text.split("\n\n"))
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<meta property='og:type' content='article'><meta property='og:title' content='{escape(title)}'>"
        f"<meta property='og:site_name' content='{outlet.title()}'>"
        f"<meta property='article:published_time' content='{at.isoformat()}'></head>"
        "<body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{escape(title)}</h1>{paragraphs}</article><footer>About us</footer></body></html>"
    ).encode()


def feed_of(outlet: str, entries: Iterable[tuple[str, str]], *, at: datetime = START) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{address}</guid><link>{address}</link><title>{escape(title)}</title>"
        f"<pubDate>{format_datetime(at)}</pubDate></item>"
        for address, title in entries
    )
    return f"<rss version='2.0'><channel><title>{outlet.title()}</title>{items}</channel></rss>".encode()


class PlainLanguage:
    """Language tools without a model: sentences end at a full stop, nothing is parsed."""

    def sentences(self, text: str) -> Sequence[Sentence]:
        return [
            (found.start(), found.end()) for found in re.finditer(r"\S[^\n]*?(?:[.!?][”\"]?(?=\s|$)|$)", text, re.M)
        ]

    def parse(self, text: str) -> Sequence[Token]:
        return ()

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        return (self.parse(text) for text in texts)
