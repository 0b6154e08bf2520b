"""The fields of an article: what the page says of it in linked data, in its head and to the eye, in a stated order."""
# ruff: noqa: E501 - tables of names read better in long lines

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from nutgraf.articles import times
from nutgraf.articles.body import clean
from nutgraf.articles.bylines import folded, names_in
from nutgraf.articles.datelines import is_agency, is_desk
from nutgraf.articles.linked_data import LinkedData, Node, first_string, strings, types_of
from nutgraf.articles.opening import Opening, lines_of

PUBLISHED_META = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "pub_date",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "dc.date.created",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "iso-8601-publish-date",
    "publication_date",
    "publicationdate",
    "article_date_original",
    "originalpublicationdate",
    "displaydate",
    "date",
    "rnews:datepublished",
    "bt:pubdate",
    "shareaholic:article_published_time",
]
MODIFIED_META = [
    "article:modified_time",
    "og:updated_time",
    "article:updated",
    "og:modified_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
]
AUTHOR_META = [
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "og:article:author",
    "citation_author",
]


@dataclass(slots=True)
class Head:
    """The meta tags of a page, by lower-case name, each with its values in order."""

    metas: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """Return the first value of these names, in their order."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)

    def every(self, *names: str) -> list[str]:
        """Return all values of these names, in their order."""
        return [value for name in names for value in self.metas.get(name, ())]


def read_head(tree: HtmlElement) -> Head:
    """Collect the meta tags."""
    head = Head()
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        value = clean(node.get("content") or "")
        if name and value:
            head.metas.setdefault(name, []).append(value)
    return head


def outlet_of(head: Head, linked: LinkedData, address: str | None, told: str | None = None) -> str | None:
    """Return the outlet: og:site_name, then publisher by linked data, then what its source ``told``, then the host."""
    publisher = first_string(linked.article.get("publisher"))
    if not publisher:
        ids = linked.article.get("publisher")
        wanted = ids.get("@id") if isinstance(ids, dict) else None
        publisher = next(
            (first_string(node.get("name")) for node in linked.nodes if wanted and node.get("@id") == wanted), None
        )
    name = (
        head.first("og:site_name")
        or publisher
        or head.first("publisher", "dc.publisher", "application-name", "twitter:app:name:iphone")
        or None
    )
    return clean(name or told or "") or host_of(address)


def host_of(address: str | None) -> str | None:
    """Return the host of an address, without "www."; a bare network address names no outlet."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host and not host.replace(".", "").isdigit() else None


MARKUP = re.compile(r"<[^>]*>|&nbsp;")


def text_told(linked: LinkedData) -> str:
    """Return the text that linked data gives as the article's; empty where it gives none."""
    return clean(MARKUP.sub(" ", " ".join(strings(linked.article.get("articleBody")))))


# headline

SITE_CUT = re.compile(r"\s+[-–—|·•»:]{1,2}\s+|\s*\|\s*|\s+--\s*|--")


def headline_of(tree: HtmlElement, head: Head, linked: LinkedData, outlet: str | None) -> str:
    """Return the visible headline that agrees with what the page says of itself; else linked data, Open Graph, the title.

    A page's h1 is what its editors show; og:title and the title are often written for search engines or other sites.
    """
    told = [
        clean(text)
        for text in (
            first_string(linked.article.get("headline")),
            head.first("og:title"),
            title_tag(tree),
            head.first("twitter:title"),
        )
        if text
    ]
    told = [without_site(text, outlet) for text in told]
    shown = [clean(node.text_content()) for node in tree.iter("h1")]
    shown = [text for text in shown if text and not is_site(text, outlet)]
    agreeing = [(max((agreement(text, other) for other in told), default=0.0), text) for text in dict.fromkeys(shown)]
    if agreeing:
        share, best = max(agreeing, key=lambda pair: pair[0])
        if share >= AGREE or (len(agreeing) == 1 and len(best.split()) >= 3):
            return spelled(best, told)
    for level in ("h2", "h3"):
        for node in tree.iter(level):
            text = clean(node.text_content())
            if text in told:
                return text
    return next((text for text in told if text and not is_site(text, outlet)), "")


def spelled(shown: str, told: list[str]) -> str:
    """Return a shown headline without its kicker and with its colon, where the page tells it so elsewhere."""
    words = re.findall(r"\w+", shown.casefold())
    for text in told:
        same = re.findall(r"\w+", text.casefold())
        if same == words or (len(same) > 2 and words[-len(same) :] == same and len(words) - len(same) <= KICKER):
            return text if same != words or ":" in text else shown
    return shown


KICKER = 4  # words
AGREE = 0.5  # share of the words of the shorter text that stand in the other


def agreement(one: str, other: str) -> float:
    """Return how far two headlines agree, from 0 to 1."""
    if one.casefold() == other.casefold():
        return 1.0
    first, second = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    if not first or not second:
        return 0.0
    return 0.95 * len(first & second) / min(len(first), len(second)) if min(len(first), len(second)) > 1 else 0.0


def title_tag(tree: HtmlElement) -> str | None:
    """Return the text of the title tag."""
    node = next(tree.iter("title"), None)
    return node.text_content() if node is not None else None


def is_site(text: str, outlet: str | None) -> bool:
    """Tell whether a text is nothing but the name of the outlet."""
    return bool(outlet) and folded(text) == folded(outlet or "")


def without_site(text: str, outlet: str | None) -> str:
    """Cut the outlet's name, and an author's after it, off a title."""
    parts = SITE_CUT.split(text)
    if len(parts) < 2 or not outlet:
        return text.split(" | ")[0].strip() if " | " in text else text
    name = folded(outlet)
    for index in range(1, len(parts)):
        part = folded(parts[index])
        if part and (part in name or name in part or SequenceMatcher(None, part, name).ratio() > 0.8):
            cut = text.find(parts[index], len(parts[0]))
            return SITE_CUT.sub(lambda sign: sign[0], text[:cut]).rstrip(" -–—|·•»:").strip() or text
    return text.split(" | ")[0].strip() if " | " in text else text


# authors

BYLINES = (
    "//*[@rel='author' or contains(@itemprop,'author')]",
    "//*[contains(@class,'byline') or contains(@class,'Byline') or contains(@class,'writer')]",
    "//*[contains(@class,'author-name') or contains(@class,'author__name') or contains(@class,'article-author') or contains(@class,'AuthorName')]",
    "//*[contains(@class,'author') or contains(@class,'Author') or contains(@class,'autor')]",
)
ASIDE = re.compile(
    r"comment|trending|related|sidebar|popular|recommend|recirc|most-|footer|teaser|card|promo|widget|latest", re.I
)


def authors_of(
    tree: HtmlElement, head: Head, linked: LinkedData, outlet: str | None, opening: Opening
) -> tuple[str, ...]:
    """People named by linked data, then meta, then the visible byline; a name that the page does not show gives way to one it does.

    Where no person is credited, the agency that the byline names, else the body that the page's own data give: a desk,
    "Staff", the outlet itself. A log-in ("admin", "import") is nobody.
    """
    told = merged(linked_authors(linked), outlet) or merged(head.every(*AUTHOR_META), outlet)
    text = folded_text(tree)
    if told and any(name.casefold() in text for name in told) and not all(is_editor(name, text) for name in told):
        return tuple(told)
    shown = merged(opening.bylines, outlet) or shown_authors(tree, outlet)
    return tuple(shown or told or named_alone(opening, outlet) or bodies_told(linked, head, outlet, text, opening))


def named_alone(opening: Opening, outlet: str | None) -> list[str]:
    """Return the person whom the line before the text names in capitals and nothing else; the line is no text then."""
    node = opening.named
    names = merged([clean(node.text_content())], outlet) if node is not None else []
    if node is not None and names:
        opening.nodes.append(node)
    return names


def folded_text(tree: HtmlElement) -> str:
    """Return what the page shows, in one line, folded for comparison."""
    body = tree.find("body")
    return " ".join(body.text_content().split()).casefold() if body is not None else ""


def is_editor(name: str, text: str) -> bool:
    """Tell whether a page shows a name as its editor's alone."""
    return bool(
        re.search(
            rf"\b(?:editor|editör|editora?|redaktor|penyunting|redakteur)\s*:\s*{re.escape(name.casefold())}\b", text
        )
    )


def bodies_told(linked: LinkedData, head: Head, outlet: str | None, text: str, opening: Opening) -> list[str]:
    """Return the body that the byline names where it names no person: an agency, or an organisation that the page shows."""
    value = linked.article.get("author") or linked.article.get("creator")
    own = {folded(name) for name in (outlet, first_string(linked.article.get("publisher"))) if name}
    bodies: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        for name in strings(part):
            named = " ".join(name.split())
            shown = isinstance(part, dict) and bool(types_of(part) & BODY_TYPES) and named.casefold() in text
            other = shown and not any(name in folded(named) or folded(named) in name for name in own)
            if is_agency(named) or other or bodies and is_desk(named):  # a desk that worked on an agency's report
                bodies.append(named)
    if bodies:
        return bodies
    lines = [re.sub(r"^(?:by|von|par|por|di)\s+", "", line, flags=re.I) for line in opening.bylines]
    for name in [*head.every(*AUTHOR_META), *lines]:
        named = re.split(r"\s+(?:in|via)\s+|[|,/]", " ".join(name.split()))[0].strip()
        if is_agency(named) and folded(named) not in own:
            return [named]
    return [name for name in given_names(linked, head) if not LOG_IN.search(name)][:1]


LOG_IN = re.compile(
    r"(?i)^(?:https?:.*|.*@.*|\W*|\d+|admin\w*|administrator|webmaster|web ?desk|import\w*|system|bot|automation|feed|user|"
    r"unknown|anonymous|none|null|undefined|n/?a|author|editor|guest|staff|by|default|test|wordpress|cms|api|news|nachrichten|noticias|notícias|actualités|notizie|haberler|новости)$"
)
"""What stands in an author's place and is no name of anybody."""


def given_names(linked: LinkedData, head: Head) -> list[str]:
    """Return what linked data and meta give as authors, whatever it names, on one line each."""
    value = linked.article.get("author") or linked.article.get("creator")
    names: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict) and "name" not in part and part.get("@id"):
            part = next((node for node in linked.nodes if node.get("@id") == part["@id"]), part)
        names += strings(part.get("name")) if isinstance(part, dict) else strings(part)
    return [" ".join(name.split()) for name in (*names, *head.every(*AUTHOR_META)) if len(name) <= 60]


BODY_TYPES = frozenset(["Organization", "NewsMediaOrganization", "Corporation"])


def linked_authors(linked: LinkedData) -> list[str]:
    """Return the names of people that linked data gives as authors."""
    value = linked.article.get("author") or linked.article.get("creator")
    names: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            if "name" not in part and part.get("@id"):
                part = next((node for node in linked.nodes if node.get("@id") == part["@id"] and "name" in node), part)
            if types_of(part) & BODY_TYPES or is_log_in(part):
                continue
            names += strings(part.get("name")) or [
                " ".join(strings(part.get("givenName")) + strings(part.get("familyName")))
            ]
        elif isinstance(part, str):
            names.append(part)
    return names


def is_log_in(author: Node) -> bool:
    """Tell whether the address of an author's own page is that of the site's log-in ("/author/admin/")."""
    address = author.get("url") or author.get("@id")
    slug = address.split("#")[0].rstrip("/").rsplit("/", 1)[-1] if isinstance(address, str) else ""
    return bool(slug and LOG_IN_SLUG.fullmatch(slug))


LOG_IN_SLUG = re.compile(r"(?:site|web|wp)?-?(?:admin\w*|webmaster|import\w*|root|test)\d*", re.I)


def merged(bylines: list[str], outlet: str | None) -> list[str]:
    """Return the people of several bylines, without repeats."""
    names: list[str] = []
    for byline in bylines:
        if byline.startswith("http"):
            continue
        names += [name for name in names_in(byline, outlet=outlet) if folded(name) not in map(folded, names)]
    return names


def shown_authors(tree: HtmlElement, outlet: str | None) -> list[str]:
    """Return the people of the page's visible byline."""
    for path in BYLINES:
        names: list[str] = []
        beside: HtmlElement | None = None  # names that share a line with the first are authors too
        for node in tree.xpath(path)[:20]:
            if in_aside(node):
                continue
            if names and node.getparent() is not beside:
                break
            text = clean(" ".join(lines_of(node)))
            if len(text) <= 200:
                found = [name for name in names_in(text, outlet=outlet) if len(name.split()) > 1 and name not in names]
                beside = node.getparent() if found else beside
                names += found
        if names:
            return names
    return chinese_byline(folded_text(tree))


CHINESE_BYLINE = re.compile(
    r"(?:责任编辑|责编|責任編輯|记者|記者|作者|撰文)\s*[：:/／|]\s*([\u4e00-\u9fff·]{2,5}(?:[、,，]\s?[\u4e00-\u9fff·]{2,5})*)(?![\u4e00-\u9fff])"
)


def chinese_byline(text: str) -> list[str]:
    """Return the people whom a Chinese page names as its reporters or its responsible editors."""
    found = CHINESE_BYLINE.search(text)
    return re.split(r"[、,，]\s?", found[1]) if found else []


def in_aside(node: HtmlElement) -> bool:
    """Tell whether a node stands in a part about other stories or by readers."""
    return any(
        above.tag in ("aside", "footer", "nav") or ASIDE.search(f"{above.get('class', '')} {above.get('id', '')}")
        for above in [node, *node.iterancestors()]
        if above.tag not in ("body", "html", "main")
    )


# times


def published_of(tree: HtmlElement, head: Head, linked: LinkedData, address: str | None) -> date | None:
    """Return when the article was published: linked data, meta, microdata, time tags, shown text, address."""
    told = [linked.article.get("datePublished"), linked.article.get("dateCreated"), linked.article.get("uploadDate")]
    found = [times.read_time(first_string(value)) for value in told]
    found += [times.read_time(value) for value in head.every(*PUBLISHED_META)]
    found += [
        times.read_time(node.get("content") or node.get("datetime"))
        for node in tree.xpath("//*[@itemprop='datePublished']")
    ]
    candidates = [when for when in found if when]
    if not candidates:
        nodes = [node for node in tree.iter("time") if node.get("itemprop") != "dateModified" and not in_aside(node)]
        candidates = [
            when
            for node in nodes[:3]
            if (when := times.read_time(node.get("datetime")) or times.shown_time(node.text_content()))
        ][:1]
    best = times.sharpest(candidates)
    if best is None or times.sharpness(best) == 0:
        shown = shown_published(tree)
        best = times.sharpest([when for when in (best, shown, times.day_in_address(address)) if when])
    return best


DATED = re.compile(r"posted|publi|date|time|byline|meta|timestamp|info|datum|fecha", re.I)


def shown_published(tree: HtmlElement) -> date | None:
    """Return the time that the page shows beside its headline."""
    for node in tree.xpath("//body//*[@class or @id]")[:3000]:
        marks = f"{node.get('class', '')} {node.get('id', '')}"
        if DATED.search(marks) and not in_aside(node):
            text = clean(" ".join(islice(node.itertext(), 40)))
            if len(text) <= 200 and (when := times.shown_time(text)):
                return when
    return None


def modified_of(tree: HtmlElement, head: Head, linked: LinkedData) -> date | None:
    """Return when the article was changed last."""
    found = [times.read_time(first_string(linked.article.get("dateModified")))]
    found += [times.read_time(value) for value in head.every(*MODIFIED_META)]
    found += [
        times.read_time(node.get("content") or node.get("datetime"))
        for node in tree.xpath("//*[@itemprop='dateModified']")
    ]
    return times.sharpest([when for when in found if when])


def canonical_of(tree: HtmlElement, head: Head, address: str | None) -> str | None:
    """Return the address that the page gives as its own, but never a front page, which any article of it would share."""
    for link in (*map(str, tree.xpath("//link[@rel='canonical']/@href")), head.first("og:url")):
        if (url := absolute(link, address)) and urlsplit(url).path not in ("", "/"):
            return url
    return None


def base_of(tree: HtmlElement, address: str | None) -> str | None:
    """Return the address from which a page's links start: that of its base tag, else its own."""
    node = next(tree.iter("base"), None)
    return absolute(node.get("href"), address) or address if node is not None else address


def absolute(link: str | None, address: str | None) -> str | None:
    """Return a whole http address, or ``None``."""
    try:
        url = urljoin(address or "", (link or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if link and parts.scheme in ("http", "https") and parts.hostname else None


def section_of(tree: HtmlElement, head: Head, linked: LinkedData, opening: Opening) -> str | None:
    """Return the section that the page names: linked data, meta, microdata, the line over the headline, the last crumb."""
    told = first_string(linked.article.get("articleSection")) or head.first(
        "article:section", "og:article:section", "section", "parsely-section"
    )
    if told:
        return told
    for node in tree.xpath("//*[@itemprop='articleSection']")[:1]:
        return clean(node.get("content") or node.text_content()) or None
    if opening.section:
        return opening.section
    crumbs = [clean(node.text_content()) for node in tree.xpath(CRUMBS)[-1:]]
    return next((text for text in crumbs if 2 <= len(text) <= 40 and text.casefold() not in HOME), None)


CRUMBS = "(//*[contains(@class,'crumb') or contains(@id,'crumb')])[1]//a[not(.//img)]"
HOME = frozenset(
    ["home", "start", "startseite", "accueil", "inicio", "início", "strona główna", "главная", "ana sayfa"]
)


MORE_ABOUT = re.compile(r"^more\s+(?:on\s+)?(.{2,60}?)\s+(?:stories|news|coverage|articles)\W*$", re.I)


TAG_LINKS = "//a[@rel='tag' or contains(@class,'tag-link')] | //*[contains(@class,'-tags') or @class='tags' or contains(@data-component,'tags')]//a"


def topics_of(tree: HtmlElement, head: Head, linked: LinkedData) -> tuple[str, ...]:
    """Tags and keywords, and what a link to "More … stories" names; without repeats."""
    words = [part for text in strings(linked.article.get("keywords")) for part in text.split(",")]
    words += head.every("article:tag", "og:article:tag")
    words += [part for text in head.every("news_keywords") for part in text.split(",")]
    if not words:
        words += [part for text in head.every("keywords") for part in text.split(",")]
    words += [node.text_content() for node in tree.xpath(TAG_LINKS)[:20]]
    for link in tree.iter("a", "p", "h2", "h3"):
        first = link.text or ""  # few begin so; the rest costs time
        if not first or first.isspace():
            first = next((text for text in link.itertext() if not text.isspace()), "")
        if first.lstrip()[:4].casefold() == "more" and len(text := clean(link.text_content())) < 90:
            words += [found[1] for found in [MORE_ABOUT.match(text)] if found]
    topics: dict[str, str] = {}
    for word in map(clean, words):
        if 1 < len(word) <= 60 and not word.startswith("http") and ":" not in word[:12]:
            topics.setdefault(word.casefold(), word)
    return tuple(topics.values())[:20]


def dek_of(head: Head, linked: LinkedData, title: str, opening: Opening) -> str | None:
    """Return the line under the headline; where none is shown, the one that the page tells of, or its description."""
    told = first_string(linked.article.get("alternativeHeadline")) or opening.dek
    told = told or first_string(linked.article.get("description")) or head.first("og:description", "description")
    return clean(told) if told and clean(told) != title else None
