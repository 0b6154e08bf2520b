"""The text of an article out of a tree: paragraphs, subheads and list items, in order and without furniture."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from readability import Document
from readability.readability import Unparseable
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from nutgraf.articles import furniture

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it drops is told by our own rejections

SPACE = re.compile(r"\s+")
BLOCKS = frozenset(["p", "head", "item", "quote", "cell", "code", "row", "list", "table"])
BULLET = re.compile(r"^[•●▪◦‣·∙*–-]\s+")


def paragraphs_of(tree: HtmlElement, *, told: str = "") -> list[str]:
    """Return the article's paragraphs out of a page's tree; an empty list where there is none. The tree is used up.

    Furniture goes first. Where that leaves much less than the page's prose, or little of what the page's linked data
    gives as its text (``told``), the page is read again with its hidden parts alone taken out, and by readability:
    marks of furniture on an article's own parts must not cost the article, nor a longer neighbour stand in its place.
    """
    if is_large(tree):
        return plain_paragraphs(tree)
    open_asides(tree)
    spare = deepcopy(tree)
    before = furniture.prose_length(tree)
    furniture.without_furniture(tree)
    found = extracted(tree)
    alike = likeness(found, told) if len(told) >= TOLD else 1.0
    if length(found) >= max(SUSPICIOUS * before, SHORT) and alike >= ALIKE:
        return found
    furniture.without_hidden(spare)
    whole = deepcopy(spare)
    if alike < ALIKE and likeness(again := read_by_readability(deepcopy(spare)), told) > alike + MORE_ALIKE:
        return with_neighbours(again, whole)
    again = extracted(spare)
    if length(found) < SECOND_OPINION * length(again) and not furniture.is_about_consent(again):
        found = again
    again = with_neighbours(read_by_readability(spare), whole)
    if length(found) < SECOND_OPINION * length(again) and not furniture.is_about_consent(again):
        found = again
    return with_neighbours(found, whole)


def with_neighbours(paragraphs: list[str], tree: HtmlElement) -> list[str]:
    """Add the prose that stands before or between the paragraphs found, in the part of the page that holds them.

    Readability leaves out a first paragraph that is not wrapped as the others are, or one after an advertisement.
    """
    wanted = set(paragraphs)
    told = [(node, clean(node.text_content())) for node in tree.iter("p")]
    home = home_of([node for node, text in told if text in wanted])
    if home is None:
        return paragraphs
    all_found = squeezed("".join(paragraphs))
    following: dict[str, list[str]] = {}
    last = ""
    for node, text in told:
        if text in wanted:
            last = text
        elif squeezed(text)[:SAME] not in all_found and is_prose_of(node, home):
            following.setdefault(last, []).append(text)
    following.pop(next((text for _, text in reversed(told) if text in wanted), ""), None)  # what follows is end matter
    texts = {text for _, text in told}
    first = next((place for place, text in enumerate(paragraphs) if text in texts), 0)
    result = [*paragraphs[:first], *following.pop("", [])]
    for text in paragraphs[first:]:
        result += [text, *following.pop(text, [])]
    return result


def squeezed(text: str) -> str:
    """Return the letters and digits of a text alone: the same paragraph may be spaced in another way."""
    return re.sub(r"\W+", "", text)


SAME = 25
"""Letters by which a paragraph is known again."""


def home_of(nodes: list[HtmlElement]) -> HtmlElement | None:
    """Return the innermost part that holds nearly all of the nodes; ``None`` where that is the page itself."""
    held = Counter(above for node in nodes for above in node.iterancestors())
    for above in nodes[0].iterancestors() if nodes else ():
        if held[above] >= HOME * len(nodes):
            return None if above.tag in ("body", "html") else above
    return None


def is_prose_of(node: HtmlElement, home: HtmlElement) -> bool:
    """Tell whether a paragraph is prose of its own inside ``home``, and stands in nothing marked as furniture."""
    if furniture.prose_length(node) < furniture.LONG:
        return False
    for above in (node, *node.iterancestors()):
        if above is home:
            return True
        if above.tag in ("aside", "figure", "figcaption", "blockquote", "table", "li") or furniture.is_furniture(above):
            return False
    return False


HOME = 0.9
"""Share of the paragraphs found that the part which is read again must hold."""


def read_by_readability(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of what readability takes for the article; none where it gives up."""
    try:
        part = Document(tree).summary(html_partial=True)
        body = fragment_fromstring(part, create_parent="div")
    except (
        Unparseable,
        etree.ParserError,
        etree.XMLSyntaxError,
        ValueError,
        TypeError,
        KeyError,
        AssertionError,
        RecursionError,
    ):
        return []
    furniture.without_furniture(body)
    texts = [
        clean(node.text_content())
        for node in body.iter("p", "li", "h2", "h3", "h4", "blockquote")
        if node.find(".//p") is None
    ]
    return [text for text in texts if text]


def likeness(paragraphs: list[str], text: str) -> float:
    """Return how far two texts have their runs of four words in common, from 0 to 1 (Dice)."""
    one, other = runs(" ".join(paragraphs)), runs(text)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def runs(text: str) -> set[tuple[str, ...]]:
    """Return the runs of four words of a text."""
    words = re.findall(r"\w+", text)
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


TOLD = 400  # characters of linked data's text that make it more than a summary
ALIKE = 0.6
MORE_ALIKE = 0.2
SUSPICIOUS = 0.5  # share of a page's prose; below it a second opinion is asked
SHORT = 1000  # characters; a shorter article is read again in any case, which costs little
SECOND_OPINION = 0.6  # measured on 181 pages: .4 to .8 are alike, the gain is in the few pages that are cut short


LARGE = 12_000  # elements; pages of news have 500 to 8,000, and the careful way takes time that grows with the square
LARGE_TEXT = 4_000_000  # characters, scripts left out


def is_large(tree: HtmlElement) -> bool:
    """Tell whether a page is too large to be read the careful way."""
    return (
        float(str(tree.xpath("count(//*)"))) > LARGE or float(str(tree.xpath("string-length(string(.))"))) > LARGE_TEXT
    )


def plain_paragraphs(tree: HtmlElement) -> list[str]:
    """Read a huge page the plain way: the prose paragraphs of the part that holds most of them."""
    held: dict[HtmlElement, float] = {}
    paragraphs = [(node, clean(node.text_content())) for node in tree.iter("p", "h2", "h3")]
    for node, text in paragraphs:
        above = node.getparent()
        if above is None or len(text) < furniture.LONG:
            continue
        held[above] = held.get(above, 0) + len(text)
        if (over := above.getparent()) is not None and over.tag not in ("body", "html"):
            held[over] = held.get(over, 0) + len(text) / 2
    if not held:
        texts = (clean(str(text)) for text in tree.itertext())
        return [text for text in texts if len(text) >= furniture.LONG]
    best = max(held, key=lambda node: held[node])
    return [text for node, text in paragraphs if text and is_within(node, best)]


def is_within(node: HtmlElement, part: HtmlElement) -> bool:
    """Tell whether a node stands in a part or in one of its parts."""
    above = node.getparent()
    return above is part or above is not None and above.getparent() is part


def open_asides(tree: HtmlElement) -> None:
    """Make a plain part of an aside that holds the page's only headline or most of its prose: it is the article."""
    for aside in tree.iter("aside"):
        if aside.find(".//h1") is not None or furniture.prose_length(aside) * 2 > furniture.prose_length(tree):
            aside.tag = "div"


def length(paragraphs: list[str]) -> int:
    """Return how many characters paragraphs hold."""
    return sum(map(len, paragraphs))


def extracted(tree: HtmlElement) -> list[str]:
    """Return what trafilatura takes for the article, paragraph by paragraph."""
    etree.strip_attributes(
        tree, "style"
    )  # what is hidden is out; trafilatura takes any style that hides an overflow for it
    found = bare_extraction(tree, options=Extractor(precision=True, comments=False, tables=True, formatting=False))
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return blocks(found.body)


def blocks(body: etree._Element) -> list[str]:
    """Return the texts of the innermost blocks of an extracted body, in order."""
    texts: list[str] = []
    pending: list[str] = []

    def close() -> None:
        text = clean("".join(pending))
        pending.clear()
        if text:
            texts.append(text)

    for event, node in etree.iterwalk(body, events=("start", "end")):
        block = node.tag in BLOCKS or node.tag == "lb"
        if event == "start":
            if block:
                close()
            pending.append(node.text or "")
        else:
            if block:
                close()
            pending.append(node.tail or "")
    close()
    return texts


def clean(text: str) -> str:
    """Fold white space and compose accents: one paragraph's text as every offset points into it."""
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return unicodedata.normalize("NFC", SPACE.sub(" ", text)).strip()


def kept(paragraphs: list[str], *, title: str, captions: set[str]) -> list[str]:
    """Leave out furniture, captions, the title and what is said twice; a subhead with nothing under it goes too."""
    texts: list[str] = []
    seen: set[str] = set()
    for place, text in enumerate(paragraphs):
        if texts and furniture.opens_end_matter(text, place=place, of=len(paragraphs)):
            break
        text = BULLET.sub("", text)
        key = text.casefold()
        if not any(letter.isalnum() for letter in text) or key in seen or text in captions:
            continue
        if key == title.casefold():
            continue
        if furniture.is_furniture_text(text):
            if (
                texts
                and len(paragraphs) - place <= CLOSING_STEPS
                and all(len(rest) < furniture.LONG for rest in paragraphs[place:])
            ):
                break  # an invitation and the steps under it close the page
            continue
        seen.add(key)
        texts.append(text)
    while len(texts) > 1 and (furniture.is_closing(texts[-1]) or is_left_over(texts[-1]) and not is_listed(texts)):
        texts.pop()
    return texts


CLOSING_STEPS = 6  # paragraphs


def is_left_over(text: str) -> bool:
    """Tell whether a last paragraph is a subhead with nothing under it: short and without an end."""
    return len(text) < 60 and text[-1].isalnum() and text[-1] not in "।" and text.isascii()


INTRODUCES = 40  # characters of a line that opens a list; "Our app:" opens none of the article's


def is_listed(texts: list[str]) -> bool:
    """Tell whether the last paragraph is an item of a list that a sentence with a colon opens, and goes on with it.

    A capital begins a title as often: such a line may be one of a list of links.
    """
    if not texts[-1][0].islower():
        return False
    for text in reversed(texts[:-1]):
        if text.endswith(":"):
            return len(text) >= INTRODUCES
        if len(text) >= furniture.LONG:
            break
    return False
