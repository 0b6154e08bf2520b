"""What a page says of itself in JSON-LD, in every shape that it comes in, broken ones included."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "ScholarlyArticle",
        "TechArticle",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "MedicalScholarlyArticle",
        "Review",
        "CriticReview",
        "Interview",
    ]
)
LESSER_TYPES = frozenset(["WebPage", "ItemPage", "VideoObject", "CreativeWork", "MediaObject"])

MAX_NODES = 2000  # a page's own data has some tens; feeds of thousands of products are cut here
MAX_DEPTH = 12

CONTROL = re.compile(r"[\x00-\x1f]+")
TRAILING_COMMA = re.compile(r",\s*([}\]])")
FISHED = {
    key: re.compile(rf'"{key}"\s*:\s*"((?:[^"\\]|\\.)*)"')
    for key in ("headline", "datePublished", "dateModified", "articleSection", "articleBody", "description")
}
FISHED_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]]*?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The node that speaks of the article, and all nodes, in the order of the page."""

    article: Node
    nodes: tuple[Node, ...]


def read_linked_data(tree: HtmlElement) -> LinkedData:
    """Read all scripts of JSON-LD; a broken one is repaired, or fished for its plain fields."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            nodes.extend(nodes_of(loaded(script.text)))
            if len(nodes) > MAX_NODES:
                break
    return LinkedData(article_node(nodes), tuple(nodes))


def loaded(text: str) -> Any:
    """Parse JSON, mending what can be mended."""
    text = (
        text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>").strip()
    )
    for mend in (str, mended, lambda raw: mended(html.unescape(raw))):
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return fished(text)


def mended(text: str) -> str:
    """Take out control characters, closing commas and a closing semicolon."""
    return TRAILING_COMMA.sub(r"\1", CONTROL.sub(" ", text)).strip().rstrip(";")


def fished(text: str) -> Node:
    """Pick the plain string fields out of text that is no JSON."""
    node: Node = {}
    for key, pattern in FISHED.items():
        if found := pattern.search(text):
            node[key] = unescaped(found[1])
    if found := FISHED_AUTHOR.search(text):
        node["author"] = {"@type": "Person", "name": unescaped(found[1])}
    return {"@type": "Article", **node} if node else {}


def unescaped(text: str) -> str:
    """Undo the escapes of a JSON string."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def nodes_of(value: Any, depth: int = 0) -> Iterator[Node]:
    """Return the objects of a JSON-LD value that may speak of the page, the outer before the inner."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for part in value[:MAX_NODES]:
            yield from nodes_of(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed"):
            if isinstance(value.get(key), dict | list):
                yield from nodes_of(value[key], depth + 1)


def types_of(node: Node) -> set[str]:
    """Return the names of a node's types, without their vocabulary's address."""
    found = node.get("@type")
    names = found if isinstance(found, list) else [found]
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str)}


def article_node(nodes: list[Node]) -> Node:
    """Join the nodes of an article into one; what an earlier one says is kept. Lesser nodes serve where there is none."""
    articles = [node for node in nodes if types_of(node) & ARTICLE_TYPES]
    if articles:
        first = articles[0]
        same = [
            node for node in articles[1:] if not node.get("headline") or node.get("headline") == first.get("headline")
        ]
        return joined([first, *same])
    lesser = [
        node for node in nodes if types_of(node) & LESSER_TYPES and ("headline" in node or "datePublished" in node)
    ]
    return joined(lesser[:1])


def joined(nodes: list[Node]) -> Node:
    """Merge, the earlier before the later."""
    whole: Node = {}
    for node in nodes:
        for key, value in node.items():
            if value and not whole.get(key):
                whole[key] = value
    return whole


def strings(value: Any) -> list[str]:
    """Return the plain strings of a value: itself, its list, or the names of its objects."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("@value") or [])
    if isinstance(value, list):
        return [text for part in value[:200] if not isinstance(part, list) for text in strings(part)]
    return []


def first_string(value: Any) -> str | None:
    """Return the first plain string of a value that is not blank."""
    return next((text.strip() for text in strings(value) if text.strip()), None)
