"""What an address is, told from its page: a feed, a listing, or a page that names its feeds."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from nutgraf.model import Page, Reason, Rejected, SourceKind
from nutgraf.sources.feed import Feed, read_feed
from nutgraf.sources.listing import FEWEST, article_links
from nutgraf.sources.repair import decode
from nutgraf.sources.sitemap import is_sitemap

FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json"}
    | {"application/xml", "text/xml"}
)
# What links for people to a feed look like, at the end of a path or as all their words.
FEED_PATH = re.compile(
    r"/(?:rss|atom|feeds?|index)(?:[/._-]?(?:rss|atom|feed|xml|rdf|json|all|main|news|en))*/?$|\.(?:rss|atom|rdf)$",
    re.I,
)
FEED_WORDS = re.compile(r"\W*(?:rss|atom|xml)?[\s-]*(?:rss|atom|feed|news ?feed)s?\W*", re.I)
NO_FEED_PATH = re.compile(r"/index(?:\.(?:html?|php|aspx?))?/?$", re.I)
# Where feeds lie by custom, in the order of how often they do.
USUAL_PATHS = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feeds/posts/default",
    "/feed.json",
)
MOST_FEEDS = 20
COMMENTS = re.compile(r"/comments?(?:/|$)|comments? feed", re.I)


def recognise(address: str, page: Page) -> SourceKind | Rejected:
    """Tell what kind of source an address is. A list of subscriptions and a page of neither kind are ``Rejected``."""
    if is_subscriptions(page.body):
        detail = "is a list of subscriptions. Import it to add all of its feeds"
        return Rejected(subject=address, reason=Reason.BAD_INPUT, detail=detail)
    if isinstance(read_feed(page.body, address=address, content_type=page.content_type, source=""), Feed):
        return SourceKind.FEED
    if is_sitemap(page.body):
        return SourceKind.LISTING
    if len(article_links(page)) >= FEWEST:
        return SourceKind.LISTING
    detail = "is neither a feed nor a page that lists articles. Give the address of a feed or of a section page"
    return Rejected(subject=address, reason=Reason.NO_ARTICLE, detail=detail)


def is_subscriptions(body: bytes) -> bool:
    """Tell whether bytes are an OPML list."""
    head = decode(body[:4000])
    return re.search(r"<opml\b", head, re.I) is not None and "<rss" not in head


def discover_feeds(page: Page) -> tuple[str, ...]:
    """Return addresses where the page's outlet may have feeds.

    Those that the page names for machines, those it links to for people, or else the usual places. Feeds of readers'
    comments come last.
    """
    named = _named_feeds(page)
    if named or page.address is None:
        return named
    return tuple(urljoin(page.address, path) for path in USUAL_PATHS)


def source_id(kind: SourceKind, address: str) -> str:
    """Name a source: the same kind and address always give the same 12 hexadecimal digits."""
    if kind in (SourceKind.FEED, SourceKind.LISTING):
        address = re.sub(r"^https?://", "", address.strip(), flags=re.I)
        host, slash, path = address.partition("/")
        address = host.lower() + slash + path if path else host.lower()
    return hashlib.sha256(f"{kind}\x00{address}".encode()).hexdigest()[:12]


def _named_feeds(page: Page) -> tuple[str, ...]:
    try:
        root = lxml.html.document_fromstring(
            decode(page.body, page.content_type).encode(),
            parser=lxml.html.HTMLParser(encoding="utf-8", no_network=True),
        )
    except (etree.LxmlError, ValueError):
        return ()
    found: dict[str, bool] = {}
    links = [link for link in root.iter("link") if _is_feed_link(link)]
    for link in links or [anchor for anchor in root.iter("a") if _is_feed_anchor(anchor)]:
        try:
            address = urljoin(page.address or "", (link.get("href") or "").strip()).partition("#")[0]
            if urlsplit(address).scheme in ("http", "https") and "/wp-json/" not in address:
                found.setdefault(address, bool(COMMENTS.search(f"{address} {link.get('title') or ''}")))
        except ValueError:
            continue
    found.pop(page.address or "", None)
    return tuple(sorted(found, key=lambda address: found[address]))[:MOST_FEEDS]


def _is_feed_link(link: lxml.html.HtmlElement) -> bool:
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in (link.get("rel") or "").lower().split() and kind in FEED_TYPES


def _is_feed_anchor(anchor: lxml.html.HtmlElement) -> bool:
    path = (anchor.get("href") or "").strip().partition("#")[0].partition("?")[0]
    if not path or NO_FEED_PATH.search(path):
        return False
    return bool(FEED_PATH.search(path)) or FEED_WORDS.fullmatch(anchor.text_content()[:40]) is not None
