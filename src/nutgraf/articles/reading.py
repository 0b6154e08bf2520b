"""Reading a page: bytes in, one article or the reason why there is none out; never an exception."""
# ruff: noqa: E501 - details of rejections and patterns read better whole

from __future__ import annotations

import re
from typing import Any

import py3langid
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from nutgraf.articles import body, datelines, fields, furniture, listings, live, pictures, revisions, ways
from nutgraf.articles.decoding import NO_TEXT, decode
from nutgraf.articles.linked_data import LinkedData, read_linked_data, types_of
from nutgraf.articles.opening import read_opening
from nutgraf.model import Article, ArticleKind, Entry, Item, Page, Reason, Rejected, article_id

MIN_TEXT = 60  # characters; the shortest items of agencies are longer
SHORT = 1500  # characters; longer texts behind a paywall came whole
OFFER_REACH = 40_000  # characters of the page in which an offer is looked for
BEGINNING = 300_000  # characters of markup
MAX_MARKUP = 20_000_000


def read_article(
    page: Page, *, item: Item | None = None, id: str | None = None, heed_wishes: bool = True
) -> Article | Rejected:
    """Read one page: its article, or why there is none.

    ``item`` serves where the page gives no title, authors or time of its own. ``id`` names the article; by default
    it is made from canonical address (or address), title and text, so the same version has the same id anywhere.
    With ``heed_wishes`` a page that asks not to be kept by machines is rejected; without, it is read all the same
    (for a page that its reader saved and hands over, and for measuring).
    """
    subject = id or page.address or (item.key if item else "") or "page"
    text = decode(page, subject=subject)
    if isinstance(text, Rejected):
        return text
    if rejected := rejected_by_form(text, subject):
        return rejected
    tree = parsed(text)
    if tree is None:
        return Rejected(
            subject=subject,
            reason=Reason.EMPTY,
            detail="The page shows no text. It may be made by scripts; give the address of its printed form.",
        )
    head, linked = fields.read_head(tree), read_linked_data(tree)
    etree.strip_elements(tree, "script", "style", "template", "svg", with_tail=False)
    if heed_wishes and (rejected := rejected_by_wish(head, subject)):
        return rejected
    # What a huge page says of itself stands at its beginning; to look for it everywhere would take many seconds.
    shown = parsed(text[:BEGINNING]) if body.is_large(tree) else tree
    return article_in(tree, shown if shown is not None else tree, page, head, linked, item, id, subject)


FEED = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)[\s>]",
    re.I | re.S,
)


def rejected_by_form(text: str, subject: str) -> Rejected | None:
    """Reject what is no page: feeds, sitemaps, blank text."""
    if FEED.match(text[:3000]):
        return Rejected(
            subject=subject,
            reason=Reason.FEED_NOT_PAGE,
            detail="This is a feed or sitemap, not a page. Add it as a source instead.",
        )
    if not text.strip():
        return Rejected(
            subject=subject,
            reason=Reason.EMPTY,
            detail="The page has no text. Fetch it again, or look at it in a browser.",
        )
    return None


def rejected_by_wish(head: fields.Head, subject: str) -> Rejected | None:
    """Keep what the outlet asks for: noarchive and a reservation against text mining. noindex is neither."""
    robots = ",".join(head.every("robots", "nutgraf")).lower()
    if "noarchive" in robots or (head.first("tdm-reservation") or "").strip() == "1":
        return Rejected(
            subject=subject,
            reason=Reason.RESERVED,
            detail="The page asks not to be kept by machines (noarchive or tdm-reservation). Read it at its address.",
        )
    return None


ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""Every element of a page is of one class: to look for classes of inputs and forms takes lxml a fifth of our time."""


def parsed(text: str) -> HtmlElement | None:
    """Parse a page's markup; ``None`` where it holds no element."""
    parser = HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.set_element_class_lookup(ONE_CLASS)
    try:
        return document_fromstring(NO_TEXT.sub(" ", text[:MAX_MARKUP]).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def article_in(
    tree: HtmlElement,
    shown: HtmlElement,
    page: Page,
    head: fields.Head,
    linked: LinkedData,
    item: Item | None,
    id: str | None,
    subject: str,
) -> Article | Rejected:
    """Read the fields out of ``shown``, the page or the beginning of a huge one, and the body out of the whole tree."""
    outlet = fields.outlet_of(head, linked, page.address, item.outlet if item else None)
    title = fields.headline_of(shown, head, linked, outlet) or (item.title if item else "") or ""
    opening = read_opening(shown, title)
    canonical = fields.canonical_of(shown, head, page.address)
    images, captions = pictures.pictures_of(shown, head, linked, fields.base_of(shown, page.address or canonical))
    read: dict[str, Any] = {
        "title": title,
        "url": page.address,
        "canonical": canonical,
        "outlet": outlet,
        "dek": fields.dek_of(head, linked, title, opening),
        "authors": fields.authors_of(shown, head, linked, outlet, opening) or (item.authors if item else ()),
        "published": fields.published_of(shown, head, linked, page.address) or (item.published if item else None),
        "modified": fields.modified_of(shown, head, linked),
        "images": images,
        "topics": fields.topics_of(shown, head, linked),
        "section": fields.section_of(shown, head, linked, opening),
    }
    read["kind"] = kind_of(linked, page.address, title, read["section"])
    declared = shown.get("lang") or shown.get("xml:lang")
    visible = visible_text(shown)
    free = str(linked.article.get("isAccessibleForFree", "")).lower() not in ("false", "no", "0")
    headlines = set() if listings.is_told_article(head, linked) else listings.headlines_in(shown)
    read["readings"] = ways.readings_of(read, shown, head, linked, opening, item)
    opening.take_out()
    posts = live.posts_of(shown, linked) if read["kind"] is ArticleKind.LIVE else []
    italic, items, pointers = body.italic_in(shown), body.items_in(shown), body.pointers_in(shown)
    rows = body.rows_in(shown)
    paragraphs = body.kept(
        body.paragraphs_of(tree, told=fields.text_told(linked)),
        title=title,
        captions=captions | opening.texts(),
        italic=italic,
        items=items,
        rows=rows,
        pointers=pointers,
        authors=read["authors"],
    )
    entries: tuple[Entry, ...] = ()
    if len(posts) > 1:
        before = live.opening_of(posts, paragraphs)
        told, at = live.joined(posts, after=before)
        if body.length(told) >= live.WHOLE * body.length(paragraphs):
            paragraphs, entries = told, at
        else:
            entries = live.located(posts, paragraphs)
    if read["dek"] and paragraphs and paragraphs[0] == read["dek"]:
        # A description that repeats the first paragraph is no dek; a dek that is shown was taken out before.
        read["dek"] = None
    if not entries:
        paragraphs, read["corrections"] = revisions.without_notes(paragraphs)
    short = body.length(paragraphs) < SHORT
    offered = short and bool(furniture.OFFER.search(visible[:OFFER_REACH]))
    cut = bool(paragraphs) and not entries and paragraphs[-1].endswith(("…", "..."))
    if cut and len(paragraphs) > 1 and (offered or not free):
        paragraphs = paragraphs[:-1]  # half a sentence is no passage to cite
    if not entries:  # whose offsets point into the text as it is
        paragraphs, read["dateline"], read["agency"] = datelines.open_text(paragraphs)
        signed = datelines.signed_by(paragraphs[-1], outlet) if len(paragraphs) > 1 else None
        if signed:
            paragraphs = paragraphs[:-1]
            read["authors"] = read["authors"] or (signed,)
    text = "\n\n".join(paragraphs)
    rejected = rejected_by_text(text, title, visible, subject)
    unread = rejected is None or rejected.reason is Reason.NO_ARTICLE
    if unread and headlines and listings.is_listing(headlines, paragraphs, page.address):
        return Rejected(
            subject=subject,
            reason=Reason.LIST_PAGE,
            detail="The page lists articles and is none. Add it as a source, or give the address of one article.",
        )
    if rejected:
        return rejected
    read["entries"] = entries
    read["partial"] = cut or short and (not free or offered)
    read["language"] = language_of(declared or head.first("og:locale", "content-language"), text)
    if read["language"]:
        read["readings"] += (ways.reading_of_language(read["language"], declared, head),)
    return Article(id=id or article_id(read["canonical"] or page.address, title, text), text=text, **read)


def visible_text(tree: HtmlElement) -> str:
    """Return what the body of a page says, in one line."""
    root = tree.find("body")
    return " ".join(" ".join((root if root is not None else tree).itertext()).split())[:200_000]


ERROR = re.compile(
    r"\b404\b|page not found|not found|seite nicht gefunden|page introuvable|página no encontrada|pagina non trovata|nie znaleziono|не найдена|bulunamadı|internal server error|service unavailable|access denied|forbidden",
    re.I,
)
CHALLENGE = re.compile(
    r"just a moment|checking your browser|verify (?:that )?you are (?:a )?human|enable javascript and cookies|are you a robot|captcha|unusual traffic|attention required",
    re.I,
)


def rejected_by_text(text: str, title: str, visible: str, subject: str) -> Rejected | None:
    """Reject pages that show something else in the place of an article."""
    if len(visible) < 3000 and CHALLENGE.search(title + " " + visible):
        return Rejected(
            subject=subject,
            reason=Reason.CHALLENGE_PAGE,
            detail="The site asks to prove that a person reads. It is not crossed; read the article at its address.",
        )
    if len(text) < 400 and ERROR.search(title) or len(visible) < 400 and ERROR.search(visible):
        return Rejected(
            subject=subject,
            reason=Reason.ERROR_PAGE,
            detail="The page says that the article is not there. Check its address.",
        )
    if (
        len(text) < 1500
        and len(furniture.CONSENT.findall(text)) >= 3
        or len(text) < MIN_TEXT
        and furniture.CONSENT.search(visible)
        and len(visible) < 3000
    ):
        return Rejected(
            subject=subject,
            reason=Reason.CONSENT_PAGE,
            detail="The page asks for consent instead of showing the article. It is not crossed; read it at its address.",
        )
    if not visible.strip():
        return Rejected(
            subject=subject,
            reason=Reason.EMPTY,
            detail="The page shows no text. It may be made by scripts; give the address of its printed form.",
        )
    if len(text) < MIN_TEXT:
        return Rejected(
            subject=subject,
            reason=Reason.NO_ARTICLE,
            detail="No article text was found on the page. If there is one, report the page's address.",
        )
    return None


OPINION = re.compile(
    r"\b(?:opinion|op-ed|editorial|commentary|kommentar|meinung|tribune|opinión|opinião|opinie|мнение|mnenie|yorum)\b",
    re.I,
)
CORRECTION = re.compile(
    r"^\s*(?:correction|clarification|korrektur|berichtigung|rectificatif|fe de erratas|errata|sprostowanie|düzeltme)\b",
    re.I,
)


def kind_of(linked: LinkedData, address: str | None, title: str, section: str | None) -> ArticleKind:
    """Return what kind of text the page says it is."""
    types = types_of(linked.article)
    if "LiveBlogPosting" in types:
        return ArticleKind.LIVE
    if CORRECTION.search(title):
        return ArticleKind.CORRECTION
    if (
        "OpinionNewsArticle" in types
        or OPINION.search(section or "")
        or re.search(r"/(?:opinion|opinions|op-ed|comment|commentisfree)/", address or "")
    ):
        return ArticleKind.OPINION
    return ArticleKind.NEWS


def language_of(declared: str | None, text: str) -> str | None:
    """Return the declared language, unless the text is plainly in another."""
    code = re.split(r"[-_]", (declared or "").strip().lower())[0]
    code = code if re.fullmatch(r"[a-z]{2,3}", code) else ""
    found, _ = py3langid.classify(text[:2000])
    return str(found) if not code or found != code and len(text) > 300 else code
