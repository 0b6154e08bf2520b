"""What stands around a headline, before the text: section, dek, byline and time, by their place and their shape."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from nutgraf.articles import furniture, times
from nutgraf.articles.body import clean

DEK_MARKS = re.compile(
    r"(?:^|[\s_-]|(?-i:(?<=[a-z])(?=[A-Z])))(?:deks?|deck|standfirst|strap|strapline|summary|intro|introduction|vorspann|anriss|sub-?title|sub-?head(?:line|ing)?|"
    r"subheadline|excerpt|chapo|chapeau|entradilla|bajada|copete|sommario|occhiello|ingress|lid|spot|alternativeheadline|teaser-text)(?:$|[\s_-])",
    re.I,
)
SECTION_MARKS = re.compile(
    r"(?:^|[\s_-])(?:section|kicker|eyebrow|slugline|overline|topline|dachzeile|category|rubrik|volanta|antetitolo|story-section|label)(?:$|[\s_-])",
    re.I,
)
# A byline by its shape: "By" in some language, then a name; a role or a time may follow.
BYLINE = re.compile(
    r"^(?:by|words|words by|text|text by|story by|written by|reported by|von|par|por|di|przez|автор|yazan|door|af|av)\s*:?\s+(?-i:(?=[^\W\d_a-zа-яß-öø-ÿ]))",
    re.I,
)
MAX_BYLINE = 120  # characters
MAX_DEK = 400
MIN_DEK = 15
MAX_SECTION = 40
REACH = 80  # elements after the headline in which its text begins, if it does


@dataclass(slots=True)
class Opening:
    """The parts around the headline: their texts, and the nodes that show them."""

    dek: str | None = None
    section: str | None = None
    bylines: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    nodes: list[HtmlElement] = field(default_factory=list)
    named: HtmlElement | None = None  # a line in capitals that may be a name, where no byline is found

    def texts(self) -> set[str]:
        """Return the texts of these parts."""
        return {clean(node.text_content()) for node in self.nodes}

    def take_out(self) -> None:
        """Take these parts out of their tree, so that they never stand in the text."""
        for node in self.nodes:
            furniture.drop(node)


def read_opening(tree: HtmlElement, title: str) -> Opening:
    """Read what stands around the headline that shows ``title``; nothing where no headline does."""
    opening = Opening()
    headline = headline_node(tree, title)
    if headline is None:
        return opening
    read_section(headline, opening)
    for node in blocks_after(headline):
        text = clean(" ".join(lines_of(node)))
        if is_dek(node, text, opening):
            opening.dek = text
            opening.nodes.append(node)
        elif is_prose(node, text):
            break
        elif len(text) <= MAX_BYLINE:
            read_byline(node, text, opening)
            if opening.named is None and node.tag == "p" and IN_CAPITALS.fullmatch(text):
                opening.named = node
    return opening


IN_CAPITALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.'’-]+ ){1,3}[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ'’-]+")


def headline_node(tree: HtmlElement, title: str) -> HtmlElement | None:
    """Return the heading that shows the title."""
    wanted = clean(title).casefold()
    for tag in ("h1", "h2"):
        for node in tree.iter(tag):
            shown = clean(node.text_content()).casefold()
            if shown and wanted and (shown == wanted or wanted in shown and len(shown) < len(wanted) + 60):
                return node
    return None


def read_section(headline: HtmlElement, opening: Opening) -> None:
    """Take a short line that stands right before the headline, marked as its section."""
    above = headline
    for _ in range(3):
        for node in above.itersiblings(preceding=True):
            text = clean(node.text_content()) if isinstance(node.tag, str) else ""
            if not text:
                continue
            if 2 <= len(text) <= MAX_SECTION and SECTION_MARKS.search(node.get("class") or ""):
                opening.section = text
                opening.nodes.append(node)
            return
        parent = above.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return
        above = parent


LEAVES = frozenset(["p", "li", "address", "h2", "h3", "h4", "div", "span", "time", "section", "a", "em"])
BLOCK = frozenset(["p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "section", "article", "figure", "table", "header", "blockquote"])  # fmt: skip


def blocks_after(headline: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the innermost blocks that follow the headline, in the order of the page."""
    for node in islice(leaves_after(headline), REACH):
        if node.tag not in ("span", "a", "em") and next(node.iterdescendants(*BLOCK), None) is None:
            yield node


def leaves_after(headline: HtmlElement) -> Iterator[HtmlElement]:
    """Yield what follows the headline and may show a text, in the order of the page."""
    for part in (headline, *headline.iterancestors()):
        for after in part.itersiblings():
            yield from after.iter(*LEAVES)


def lines_of(node: HtmlElement) -> Iterator[str]:
    """Yield the texts of a node; a line break parts a byline from what stands under it."""
    for part in node.iter():
        if part.tag == "br":
            yield "|"
        elif part.text:
            yield part.text
        if part is not node and part.tail:
            yield part.tail


def is_dek(node: HtmlElement, text: str, opening: Opening) -> bool:
    """Tell whether a block is marked as the line under the headline."""
    marks = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}"
    parent = node.getparent()
    if parent is not None and len(parent) == 1:
        marks += f" {parent.get('class') or ''}"
    # What is marked to be read aloud ("speakable-summary") is the first paragraph.
    is_marked = bool(DEK_MARKS.search(marks)) and "speakable" not in marks.lower()
    return opening.dek is None and MIN_DEK <= len(text) <= MAX_DEK and is_marked


def is_prose(node: HtmlElement, text: str) -> bool:
    """Tell whether a block is the text's first paragraph."""
    is_long = node.tag in ("p", "div", "section") and len(text) >= furniture.LONG
    return is_long and (not BYLINE.match(text) or is_sentence(text))


def is_sentence(text: str) -> bool:
    """Tell whether a long text that begins as bylines do is a sentence: most of its words are in lower case, and it ends."""
    words = text.split()
    return text[-1] in '.!?”"' and sum(word[0].islower() for word in words) * 2 > len(words)


def read_byline(node: HtmlElement, text: str, opening: Opening) -> None:
    """Take a byline by its shape; it may carry the time."""
    if BYLINE.match(text) and not any(above.tag in ("aside", "nav", "footer") for above in node.iterancestors()):
        opening.bylines.append(text)
        if times.shown_time(text):
            opening.times.append(text)
        opening.nodes.append(node)
