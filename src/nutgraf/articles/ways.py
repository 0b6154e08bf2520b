"""The ways by which a page tells a field, their stated order, and which of them gave what an article keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lxml.html import HtmlElement

from nutgraf.articles import times
from nutgraf.articles.body import clean
from nutgraf.articles.bylines import folded, names_in
from nutgraf.articles.fields import (
    AUTHOR_META,
    MODIFIED_META,
    PUBLISHED_META,
    Head,
    given_names,
    host_of,
    title_tag,
)
from nutgraf.articles.linked_data import LinkedData, first_string, strings
from nutgraf.articles.opening import Opening
from nutgraf.model import Item, Reading


class Way(StrEnum):
    """One way by which a page, or the source that led to it, tells a field."""

    LINKED_DATA = "linked-data"  # JSON-LD
    OPEN_GRAPH = "open-graph"  # og: tags
    META = "meta"  # other meta tags
    MICRODATA = "microdata"  # itemprop
    TITLE_TAG = "title-tag"
    LINK = "link"  # rel=canonical
    DECLARED = "declared"  # the lang attribute
    SHOWN = "shown"  # what a reader sees beside the headline
    TEXT = "text"  # the article's own words
    SOURCE = "source"  # the feed or list that led to the page
    ADDRESS = "address"


ORDER: Mapping[str, tuple[Way, ...]] = {
    "title": (Way.SHOWN, Way.LINKED_DATA, Way.OPEN_GRAPH, Way.TITLE_TAG, Way.META, Way.SOURCE),
    "outlet": (Way.OPEN_GRAPH, Way.LINKED_DATA, Way.META, Way.SOURCE, Way.ADDRESS),
    "dek": (Way.SHOWN, Way.LINKED_DATA, Way.OPEN_GRAPH, Way.META),
    "authors": (Way.LINKED_DATA, Way.META, Way.SHOWN, Way.TEXT, Way.SOURCE),
    "published": (Way.LINKED_DATA, Way.META, Way.MICRODATA, Way.SHOWN, Way.ADDRESS, Way.SOURCE),
    "modified": (Way.LINKED_DATA, Way.META, Way.MICRODATA),
    "canonical": (Way.LINK, Way.OPEN_GRAPH),
    "section": (Way.LINKED_DATA, Way.META, Way.MICRODATA, Way.SHOWN),
    "language": (Way.DECLARED, Way.META, Way.TEXT),
}
"""For each field the ways in the order in which they are believed; docs/extraction.md gives the reasons."""

LAST = {"authors": Way.SHOWN, "published": Way.SHOWN, "section": Way.SHOWN, "language": Way.TEXT, "dek": Way.SHOWN}
"""The way that gave a field which none of those that are quick to ask gives."""


def readings_of(
    read: Mapping[str, Any], tree: HtmlElement, head: Head, linked: LinkedData, opening: Opening, item: Item | None
) -> tuple[Reading, ...]:
    """Return for each field that was read the way that gave it, and the ways that say otherwise."""
    told = statements(tree, head, linked, opening, item, str(read.get("url") or ""))
    return tuple(reading_of(name, read[name], told[name]) for name in ORDER if name in told and read.get(name))


def reading_of(name: str, value: Any, told: Mapping[Way, list[Any]]) -> Reading:
    """Return the first way in the field's order that gives ``value``, and those that give another."""
    says = {way: [given for given in told.get(way, ()) if given] for way in ORDER[name]}
    same = SAME.get(name, is_same_text)
    agreeing = [way for way in ORDER[name] if any(same(value, given) for given in says[way])]
    way = agreeing[0] if agreeing else LAST.get(name, ORDER[name][0])
    other = (rival for rival in ORDER[name] if says[rival] and rival not in agreeing and rival is not way)
    return Reading(name, way.value, tuple(rival.value for rival in other))


def statements(
    tree: HtmlElement, head: Head, linked: LinkedData, opening: Opening, item: Item | None, address: str
) -> dict[str, dict[Way, list[Any]]]:
    """Return what each way says of each field. Ways that are slow to ask are left out: see ``LAST``."""
    node = linked.article
    description = [first_string(node.get("alternativeHeadline")), first_string(node.get("description"))]
    return {
        "title": {
            Way.SHOWN: [clean(part.text_content()) for part in tree.iter("h1")],
            Way.LINKED_DATA: [first_string(node.get("headline"))],
            Way.OPEN_GRAPH: [head.first("og:title")],
            Way.TITLE_TAG: [title_tag(tree)],
            Way.META: [head.first("twitter:title")],
            Way.SOURCE: [item.title if item else None],
        },
        "outlet": {
            Way.OPEN_GRAPH: [head.first("og:site_name")],
            Way.LINKED_DATA: strings(node.get("publisher")),
            Way.META: head.every("publisher", "dc.publisher", "application-name", "twitter:app:name:iphone"),
            Way.SOURCE: [item.outlet if item else None],
            Way.ADDRESS: [host_of(address)],
        },
        "dek": {
            Way.SHOWN: [opening.dek],
            Way.LINKED_DATA: description,
            Way.OPEN_GRAPH: [head.first("og:description")],
            Way.META: [head.first("description")],
        },
        "authors": {
            Way.LINKED_DATA: given_names(linked, Head()),
            Way.META: head.every(*AUTHOR_META),
            Way.SHOWN: list(opening.bylines),
            Way.SOURCE: list(item.authors) if item else [],
        },
        "published": {
            Way.LINKED_DATA: moments([node.get("datePublished"), node.get("dateCreated"), node.get("uploadDate")]),
            Way.META: moments(head.every(*PUBLISHED_META)),
            Way.MICRODATA: moments(marked(tree, "datePublished")),
            Way.ADDRESS: [times.day_in_address(address)],
            Way.SOURCE: [item.published if item else None],
        },
        "modified": {
            Way.LINKED_DATA: moments([node.get("dateModified")]),
            Way.META: moments(head.every(*MODIFIED_META)),
            Way.MICRODATA: moments(marked(tree, "dateModified")),
        },
        "canonical": {
            Way.LINK: [str(link) for link in tree.xpath("//link[@rel='canonical']/@href")],
            Way.OPEN_GRAPH: [head.first("og:url")],
        },
        "section": {
            Way.LINKED_DATA: [first_string(node.get("articleSection"))],
            Way.META: head.every("article:section", "og:article:section", "section", "parsely-section"),
            Way.SHOWN: [opening.section],
        },
    }


def reading_of_language(language: str, declared: str | None, head: Head) -> Reading:
    """Return which way gave the language: what the page declares, or its text where that is plainly in another."""
    told: dict[Way, list[Any]] = {Way.DECLARED: [declared], Way.META: head.every("og:locale", "content-language")}
    return reading_of("language", language, told)


def moments(values: Iterable[Any]) -> list[date | None]:
    """Return the times that statements give, unread ones left empty."""
    return [times.read_time(first_string(value)) for value in values]


def marked(tree: HtmlElement, name: str) -> Iterator[str | None]:
    """Return what microdata give under a name."""
    return (node.get("content") or node.get("datetime") for node in tree.xpath(f"//*[@itemprop='{name}']"))


def is_same_text(value: str, given: str) -> bool:
    """Tell whether a statement gives a text, with or without what was cut off it."""
    return bool(letters(value)) and letters(value) in letters(given)


def letters(text: str) -> str:
    """Return a text's letters and digits alone."""
    return re.sub(r"\W+", "", text).casefold()


def is_same_time(value: date, given: date) -> bool:
    """Tell whether a statement gives a time, or the day of one without an hour."""
    if isinstance(value, datetime) and isinstance(given, datetime):
        return value.replace(second=0, microsecond=0) == given.replace(second=0, microsecond=0)
    return not isinstance(value, datetime) and value == (given.date() if isinstance(given, datetime) else given)


def is_named(value: tuple[str, ...], given: str) -> bool:
    """Tell whether a statement names one of the authors."""
    return any(folded(name) in map(folded, [given, *names_in(given)]) for name in value)


def is_same_language(value: str, given: str) -> bool:
    """Tell whether a declaration names a language."""
    return re.split(r"[-_]", given.lower())[0] == value


SAME: Mapping[str, Callable[[Any, Any], bool]] = {
    "authors": is_named,
    "published": is_same_time,
    "modified": is_same_time,
    "language": is_same_language,
}
