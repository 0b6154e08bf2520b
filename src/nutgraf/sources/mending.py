"""Feeds that are nearly XML made into XML: prefixes declared, elements closed, ids kept as they are written."""

from __future__ import annotations

import re
from xml.parsers import expat

from lxml import etree

# What undeclared prefixes stand for; any other gets a name of its own, so that its elements are at least told apart.
SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
MOST_PREFIXES = 64
USED = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):[A-Za-z_]|\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]*\s*=\s*[\"']")
DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
ROOT = re.compile(r"<[A-Za-z_][\w.:-]*")
ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)\b", re.I)

UNFINISHED = re.compile(r"<(?:[^<>]*|!\[CDATA\[[^<>\]]{0,20})\Z")  # the tag in which a feed was cut off

# An id is what stands between its tags. feedparser takes a bare word for a relative link and drops markup.
ID = re.compile(r"<(guid|id)\b([^<>]*)(?<!/)>(?!\s*<!\[CDATA\[[^\]]*[/:])(.{0,2000}?)</\1\s*>", re.S | re.I)
# A link that holds an address means it, whatever its attributes say ("uri" and "url" would win in feedparser).
LINK = re.compile(r"<link\s(?:(?!href)[^<>])*(?<!/)>(?=\s*(?:<!\[CDATA\[)?\s*https?://[^<>\s])", re.I)


def mend(text: str) -> str:
    """Return a feed's XML as well-formed XML as far as that can be done without losing an entry; never raises.

    ``text`` has neither declaration nor document type.
    """
    text = _declared(LINK.sub("<link>", ID.sub(_id, text)))
    if is_well_formed(text):
        return text
    text = UNFINISHED.sub("", text)
    closed = _closed(text)
    # The reader of broken trees may stop early; then feedparser's own reader, which takes anything, sees more.
    return closed if closed and len(ENTRY.findall(closed)) >= len(ENTRY.findall(text)) else text


def _id(match: re.Match[str]) -> str:
    name, attributes, content = match.groups()
    if "<" in content and "<![CDATA[" not in content and "<!--" not in content:
        content = content.replace("<", "&lt;")
    if not re.search(r"[/:]", content) and not re.search(r"isPermaLink", attributes, re.I):
        attributes += ' isPermaLink="false"'
    return f"<{name}{attributes}>{content}</{name}>"


def _declared(text: str) -> str:
    """Declare on the first element the prefixes that are declared nowhere."""
    known = {*DECLARED.findall(text), "xml", "xmlns"}
    used = dict.fromkeys(one or other for one, other in USED.findall(text))
    missing = [prefix for prefix in used if prefix not in known][:MOST_PREFIXES]
    root = ROOT.search(text)
    if not missing or root is None:
        return text
    told = "".join(f' xmlns:{prefix}="{SPACES.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in missing)
    return text[: root.end()] + told + text[root.end() :]


def is_well_formed(text: str) -> bool:
    """Tell whether a strict reader of XML takes the text."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(text.encode("utf-8", errors="replace"), True)
    except expat.ExpatError:
        return False
    return True


def _closed(text: str) -> str | None:
    """Return the tree that libxml2 makes of broken XML, written anew."""
    parser = etree.XMLParser(recover=True, no_network=True, resolve_entities=False, strip_cdata=False)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    written: str = etree.tostring(root, encoding="unicode")
    return written
