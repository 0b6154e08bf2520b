"""The site's feeds as a subscription list (OPML 2.0), for feed readers to take in at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from nutgraf.publications.layout import one_line


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its name, its address, and the page whose stories it brings."""

    name: str
    address: str
    page: str


def as_opml(feeds: Iterable[Feed], *, title: str) -> bytes:
    """Return a subscription list of ``feeds``, in their order."""
    opml = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(opml, "head"), "title").text = one_line(title) or "Briefs"
    body = etree.SubElement(opml, "body")
    for feed in feeds:
        name = one_line(feed.name) or feed.address
        etree.SubElement(
            body, "outline", type="rss", text=name, title=name, xmlUrl=feed.address, htmlUrl=feed.page, version="ATOM"
        )
    return etree.tostring(opml, xml_declaration=True, encoding="utf-8", pretty_print=True)
