"""Section pages: which of their links are articles, by rules for any outlet and by what was learned of this one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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

LEARNED = 3  # links of one shape that were read, from which on it is known what they lead to
LIKELY = 0.8  # share of articles among them from which on all such links are taken for articles
PLACE = 4  # elements by which the place of a link on its page is told: its own and those around it
ALIKE = 4  # links in one place, from which on they are taken to be of one kind …
MOSTLY = 0.6  # … where so many of them are articles by their addresses


def read_listing(
    page: Page, *, source: str, read_before: Iterable[tuple[str, bool]] = ()
) -> tuple[Item, ...] | Rejected:
    """Return the articles that a section page links to, in the page's order, each once, under its longest link text.

    ``read_before`` are addresses that the source brought earlier, and whether an article was found there: links of a
    shape that led to articles are taken, those of a shape that never did are left out.
    """
    subject = page.address or source
    links = article_links(page, learn(read_before))
    if len(links) < FEWEST:
        detail = "shows no list of articles. Give the address of a section page or of a feed"
        return Rejected(subject=subject, reason=Reason.NO_ARTICLE, detail=detail)
    identities = [Identity("", address, "", "") for address in links]
    keys = keys_for(identities, base=subject)
    items: dict[str, Item] = {}
    for key, (address, title) in zip(keys, links.items(), strict=True):
        items.setdefault(key, Item(source=source, key=key, address=address, title=title or None))
    return tuple(items.values())


def learn(read_before: Iterable[tuple[str, bool]]) -> dict[str, float]:
    """Return what share of the addresses of each shape led to articles, for shapes of which enough were read."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for address, was_article in read_before:
        outcomes[shape_of(address)].append(was_article)
    return {shape: sum(some) / len(some) for shape, some in outcomes.items() if len(some) >= LEARNED}


def shape_of(address: str) -> str:
    """Return what addresses of one kind share: their first folder, and of what kind each further part is.

    "/news/2026/03/mill-burns-down.html" is "news/0/0/slug.html".
    """
    parts = urlsplit(address)
    first, *rest = parts.path.strip("/").split("/")
    kinds = [_kind(first) if rest or _kind(first) != "word" else "word", *map(_kind, rest)]
    if rest and kinds[0] == "word":
        kinds[0] = first.lower()
    return "/".join(kinds) + ("?" if parts.query else "")


def _kind(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if dot and re.fullmatch(r"[a-z]{3,5}", ending, re.I):
        return f"{_kind(stem)}.{ending.lower()}"
    if part.isdigit():
        return "0"
    if len(re.findall(r"[-_]", part)) >= 2:
        return "slug"
    return "code" if re.search(r"\d", part) else "word"


def article_links(page: Page, learned: Mapping[str, float] | None = None) -> dict[str, str]:
    """Return addresses of articles on a page and their link texts."""
    root = _parse(page)
    if root is None or page.address is None:
        return {}
    found: dict[str, str] = {}
    places: dict[str, set[str]] = defaultdict(set)
    for address, text, place in _links(root, page.address):
        if len(text) > len(found.get(address, "")) or address not in found:
            found[address] = text
        places[place].add(address)
    here = page.address
    taken = {address for address, text in found.items() if is_article_link(address, text, here)}
    taken |= {one for one in _beside(places, taken) if _could_be(one, here) and len(found[one].split()) >= 3}
    for address in found:
        share = (learned or {}).get(shape_of(address))
        if share is not None and share >= LIKELY and _could_be(address, here):
            taken.add(address)
        elif share == 0:
            taken.discard(address)
    return {address: text for address, text in found.items() if address in taken}


def _beside(places: Mapping[str, set[str]], taken: set[str]) -> Iterator[str]:
    """Yield the links of places where most are articles: a page shows all of its headlines in one way."""
    for links in places.values():
        if len(links) >= ALIKE and len(links & taken) >= MOSTLY * len(links):
            yield from links


def is_article_link(address: str, text: str, page: str) -> bool:
    """Tell whether a link leads to an article of the page's own outlet: by the shape of its path and by its words."""
    if not _could_be(address, page):
        return False
    parts = urlsplit(address)
    path = parts.path
    words = len(text.split())
    slug = path.rstrip("/").rpartition("/")[2]
    shape: float = 2 * bool(DATED.search(path)) + 2 * bool(NUMBERED.search(path + "?" + parts.query))
    shape += min(len(re.findall(r"[-_]", slug)), 4) / 2 + 0.5 * slug.lower().endswith((".html", ".htm", ".php"))
    # A headline has five words or more; three may be one, and a picture's link has none.
    return shape >= 2 or (shape >= 1 and words >= 4) or (shape >= 0.5 and words >= 7)


def _could_be(address: str, page: str) -> bool:
    """Tell whether a link leads to a page of the outlet that may be an article, by what its path says outright."""
    parts, own = urlsplit(address), urlsplit(page)
    path = parts.path
    if not _same_outlet(parts.hostname or "", own.hostname or "") or path.rstrip("/") == own.path.rstrip("/"):
        return False
    return len(path) >= 2 and not NO_ARTICLE.search(path) and not NO_PAGE.search(path)


def _links(root: lxml.html.HtmlElement, base: str) -> Iterator[tuple[str, str, str]]:
    """Yield each link's address, text and place."""
    declared = root.find(".//base[@href]")
    base = _join(base, declared.get("href") or "") if declared is not None else base
    for anchor in root.iter("a"):
        address = _join(base, (anchor.get("href") or "").strip()).partition("#")[0]
        if address.startswith(("http://", "https://")) and not _in_furniture(anchor):
            text = plain(anchor.text_content() or anchor.get("title") or "")
            yield address, text if len(text) <= LONGEST_TITLE else "", _place(anchor)


def _place(anchor: lxml.html.HtmlElement) -> str:
    around = [anchor, *anchor.iterancestors()][:PLACE]
    return " ".join(f"{one.tag}.{(one.get('class') or '').partition(' ')[0]}" for one in around)


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
