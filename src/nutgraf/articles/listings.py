"""Front pages and section pages: what shows only headlines of articles that stand elsewhere is no article."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml.html import HtmlElement

from nutgraf.articles.body import clean
from nutgraf.articles.fields import Head
from nutgraf.articles.linked_data import ARTICLE_TYPES, LinkedData, types_of

HEADLINE = 25  # characters that a link to an article has at least, in four words
LISTED_SHARE = 0.25  # of the text; no page of the 479 measured that says of itself that it is no article reaches it
MANY = 10  # headlines; with twice as many characters as the text has, they are what the page is for


def headlines_in(tree: HtmlElement) -> set[str]:
    """Return the texts of the links that can be headlines."""
    texts = (clean(link.text_content()) for link in tree.iter("a"))
    return {text for text in texts if len(text) >= HEADLINE and text.count(" ") >= 3}


def is_told_article(head: Head, linked: LinkedData) -> bool:
    """Tell whether the page says of itself that it is an article."""
    kind = (head.first("og:type") or "").lower()
    return kind.endswith("article") or bool(types_of(linked.article) & ARTICLE_TYPES)


def is_listing(headlines: set[str], paragraphs: list[str], address: str | None) -> bool:
    """Tell whether what was found on a page that does not call itself an article are headlines of other pages."""
    whole = sum(map(len, paragraphs))
    listed = sum(len(text) for text in paragraphs if text in headlines)
    if listed and (listed >= LISTED_SHARE * whole or is_root(address)):
        return True
    return len(headlines) >= MANY and sum(map(len, headlines)) > 2 * whole


def is_root(address: str | None) -> bool:
    """Tell whether an address is a site's own, without a path."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return bool(parts.hostname) and parts.path in ("", "/") and not parts.query
