"""Section pages: which of their links are articles, told by rules that hold for any outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from nutgraf.model import Item, Page, Reason, Rejected
from nutgraf.sources.keys import Identity, keys_for
from nutgraf.sources.repair import decode
from nutgraf.sources.words import plain

FEWEST = 3  # links to articles below which a page lists none
# Parts of a page whose links lead around the site.
FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "select", "dialog"})
FURNITURE_ROLES = frozenset({"navigation", "contentinfo", "search", "dialog", "menu", "menubar", "complementary"})
FURNITURE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|footer|breadcrumbs?|cookie|consent|newsletter|social|share|login|skip)"
    r"(?:$|[-_ ])",
    re.I,
)
# First or any folders of a path under which no article lies.
NO_ARTICLE = re.compile(
    r"/(?:tags?|topics?|themen?|category|categories|authors?|autor(?:en)?|people|profile|user|account|login|signin|register|"
    r"subscribe|abo|search|suche|about|contact|kontakt|impressum|privacy|datenschutz|terms|help|faq|jobs|careers|shop|"
    r"newsletters?|rss|feeds?|weather|wetter|horoscopes?|games?|crosswords?|puzzles?|page|archive)(?:/|$)",
    re.I,
)
NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp3|mp4|zip|css|js|xml|rss|json|ics)$", re.I)
DATED = re.compile(r"/(?:19|20)\d{2}[/-]?(?:0[1-9]|1[0-2]|[a-z]{3})(?:[/-]?(?:0[1-9]|[12]\d|3[01]))?(?:/|-)", re.I)
NUMBERED = re.compile(r"(?:^|[-_/.=])[a-z]{0,4}\d{5,}(?:[-_/.?&]|$)|[0-9a-f]{12,}", re.I)
LONGEST_TITLE = 300  # characters


def read_listing(page: Page, *, source: str) -> tuple[Item, ...] | Rejected:
    """Return the articles that a section page links to, in the page's order, each once, under its longest link text."""
    subject = page.address or source
    links = article_links(page)
    if len(links) < FEWEST:
        detail = "shows no list of articles. Give the address of a section page or of a feed"
        return Rejected(subject=subject, reason=Reason.NO_ARTICLE, detail=detail)
    identities = [Identity("", address, "", "") for address in links]
    keys = keys_for(identities, base=subject)
    items: dict[str, Item] = {}
    for key, (address, title) in zip(keys, links.items(), strict=True):
        items.setdefault(key, Item(source=source, key=key, address=address, title=title or None))
    return tuple(items.values())


def article_links(page: Page) -> dict[str, str]:
    """Return addresses of articles on a page and their link texts."""
    root = _parse(page)
    if root is None or page.address is None:
        return {}
    found: dict[str, str] = {}
    for address, text in _links(root, page.address):
        if len(text) > len(found.get(address, "")) or address not in found:
            found[address] = text
    return {address: text for address, text in found.items() if is_article_link(address, text, page.address)}


def is_article_link(address: str, text: str, page: str) -> bool:
    """Tell whether a link leads to an article of the page's own outlet: by the shape of its path and by its words."""
    parts, own = urlsplit(address), urlsplit(page)
    path = parts.path
    if not _same_outlet(parts.hostname or "", own.hostname or "") or path.rstrip("/") == own.path.rstrip("/"):
        return False
    if len(path) < 2 or NO_ARTICLE.search(path) or NO_PAGE.search(path):
        return False
    words = len(text.split())
    slug = path.rstrip("/").rpartition("/")[2]
    shape: float = 2 * bool(DATED.search(path)) + 2 * bool(NUMBERED.search(path + "?" + parts.query))
    shape += min(len(re.findall(r"[-_]", slug)), 4) / 2 + 0.5 * slug.lower().endswith((".html", ".htm", ".php"))
    # A headline has five words or more; three may be one, and a picture's link has none.
    return shape >= 2 or (shape >= 1 and words >= 4) or (shape >= 0.5 and words >= 7)


def _links(root: lxml.html.HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    declared = root.find(".//base[@href]")
    base = _join(base, declared.get("href") or "") if declared is not None else base
    for anchor in root.iter("a"):
        address = _join(base, (anchor.get("href") or "").strip()).partition("#")[0]
        if address.startswith(("http://", "https://")) and not _in_furniture(anchor):
            text = plain(anchor.text_content() or anchor.get("title") or "")
            yield address, text if len(text) <= LONGEST_TITLE else ""


def _in_furniture(anchor: lxml.html.HtmlElement) -> bool:
    for part in anchor.iterancestors():
        if part.tag in FURNITURE or (part.get("role") or "").lower() in FURNITURE_ROLES:
            return True
        if part.tag not in ("body", "html", "main") and FURNITURE_NAMES.search(
            f"{part.get('class') or ''} {part.get('id') or ''}"
        ):
            return True
    return False


def _parse(page: Page) -> lxml.html.HtmlElement | None:
    try:
        return lxml.html.document_fromstring(
            decode(page.body, page.content_type).encode(),
            parser=lxml.html.HTMLParser(encoding="utf-8", no_network=True),
        )
    except (etree.LxmlError, ValueError):
        return None


def _same_outlet(host: str, own: str) -> bool:
    """Tell whether a host is the page's own, one below it, or a sister below the same name without "www."."""
    base = own.removeprefix("www.")
    return bool(base) and (host == base or host.endswith("." + base))


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
