"""The text of an article out of a tree: paragraphs, subheads and list items, in order and without furniture."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from readability import Document
from readability.readability import Unparseable
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from nutgraf.articles import datelines, furniture, revisions

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
    wrap_loose_text(tree)
    spare = deepcopy(tree)
    before = furniture.prose_length(tree)
    furniture.without_furniture(tree)
    found = extracted(tree)
    alike = likeness(found, told) if len(told) >= TOLD else 1.0
    if length(found) >= max(SUSPICIOUS * before, SHORT) and alike >= ALIKE:
        return with_neighbours(found, spare, beside=True)
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


def with_neighbours(paragraphs: list[str], tree: HtmlElement, *, beside: bool = False) -> list[str]:
    """Add the prose that stands before or between the paragraphs found, in the part of the page that holds them.

    Readability leaves out a first paragraph that is not wrapped as the others are, or one after an advertisement.
    With ``beside`` only what is wrapped as one of the paragraphs found is added.
    """
    wanted = set(paragraphs)
    told = [(node, clean(node.text_content())) for node in tree.iter("p")]
    found = [node for node, text in told if text in wanted]
    home = home_of(found)
    if home is None:
        return paragraphs
    wrappings = {wrapping_of(node) for node in found}
    all_found = squeezed("".join(paragraphs))
    following: dict[str, list[str]] = {}
    last = ""
    for node, text in told:
        if text in wanted:
            last = text
        elif beside and wrapping_of(node) not in wrappings:
            continue
        elif squeezed(text)[:SAME] not in all_found and is_prose_of(node, home):
            following.setdefault(last, []).append(text)
    following.pop(next((text for _, text in reversed(told) if text in wanted), ""), None)  # what follows is end matter
    texts = {text for _, text in told}
    first = next((place for place, text in enumerate(paragraphs) if text in texts), 0)
    result = [*paragraphs[:first], *following.pop("", [])]
    for text in paragraphs[first:]:
        result += [text, *following.pop(text, [])]
    return result


def wrapping_of(node: HtmlElement) -> tuple[str, str, str]:
    """Return what a paragraph is wrapped in: its own marks, and the kind and marks of the part around it."""
    above = node.getparent()
    return (
        node.get("class", ""),
        above.tag if above is not None else "",
        furniture.marks_of(above) if above is not None else "",
    )


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
            return None if above.tag in ("body", "html") else lifted(above)
    return None


def lifted(home: HtmlElement) -> HtmlElement:
    """Return the part around ``home`` where prose stands right before it: all but a text's beginning may be wrapped."""
    above = home.getparent()
    if above is None or above.tag in ("body", "html", "main"):
        return home
    leads = any(node.tag == "p" and furniture.prose_length(node) for node in home.itersiblings(preceding=True))
    return above if leads else home


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


def wrap_loose_text(tree: HtmlElement) -> None:
    """Make paragraphs of prose that stands bare between a part's paragraphs: what reads paragraphs would miss it."""
    for part in dict.fromkeys(node.getparent() for node in list(tree.iter("p"))):
        if part is not None and part.tag in LOOSE_IN:
            for run in loose_runs(part):
                wrap(part, run)


LOOSE_IN = frozenset(["div", "section", "article", "main", "td"])
INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub",
     "sup", "time", "u"]
)  # fmt: skip


@dataclass(slots=True)
class Run:
    """Bare text in a part: the child that it follows, ``None`` at the part's beginning, and the inline nodes in it."""

    after: HtmlElement | None
    text: str
    nodes: list[HtmlElement] = field(default_factory=list)

    def length(self) -> int:
        """Return how many characters the run shows outside links."""
        own = [self.text, *(node.tail or "" for node in self.nodes)]
        return len(clean("".join([*own, *(n.text_content() for n in self.nodes if n.tag != "a")])))


def loose_runs(part: HtmlElement) -> list[Run]:
    """Return the runs of bare text in a part that are long enough for prose."""
    runs_found = [Run(None, part.text or "")]
    for child in part:
        if child.tag in INLINE and not any(node.tag in HOLDS for node in child.iterdescendants()):
            runs_found[-1].nodes.append(child)
        else:
            runs_found.append(Run(child, child.tail or ""))
    return [run for run in runs_found if run.length() >= furniture.LONG]


HOLDS = frozenset(["p", "div", "img", "iframe", "ul", "table", "h2", "h3"])  # an inline node with one of these is none


def wrap(part: HtmlElement, run: Run) -> None:
    """Put a run into a paragraph of its own."""
    paragraph = part.makeelement("p")
    paragraph.text = run.text
    if run.after is None:
        part.text = None
        part.insert(0, paragraph)
    else:
        run.after.tail = None
        run.after.addnext(paragraph)
    paragraph.extend(run.nodes)


def open_asides(tree: HtmlElement) -> None:
    """Make a plain part of an aside that holds the page's only headline or most of its prose: it is the article."""
    asides = list(tree.iter("aside"))
    whole = furniture.prose_length(tree) if asides else 0
    for aside in asides:
        if aside.find(".//h1") is not None or furniture.prose_length(aside) * 2 > whole:
            aside.tag = "div"


def length(paragraphs: list[str]) -> int:
    """Return how many characters paragraphs hold."""
    return sum(map(len, paragraphs))


def extracted(tree: HtmlElement) -> list[str]:
    """Return what trafilatura takes for the article, paragraph by paragraph.

    It compares what it found with what readability and justext find, which takes a third of its time. Of 479 pages that
    changed seven, none with more than 1,209 characters: only a short text is worth the comparison.
    """
    # What is hidden is out; trafilatura takes any style that hides an overflow for it.
    etree.strip_attributes(tree, "style")
    found = extracted_by(tree, fast=True)
    return found if length(found) >= COMPARED else extracted_by(tree, fast=False)


COMPARED = 1500  # characters


def extracted_by(tree: HtmlElement, *, fast: bool) -> list[str]:
    """Return what trafilatura takes for the article; with ``fast`` without comparing it with what others take."""
    options = Extractor(precision=True, fast=fast, comments=False, tables=True, formatting=False)
    found = bare_extraction(tree, options=options)
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return blocks(found.body)


def blocks(body: etree._Element) -> list[str]:
    """Return the texts of the innermost blocks of an extracted body, in order."""
    for table in body.iter("table"):
        write_rows(table)
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


def write_rows(table: etree._Element) -> None:
    """Make each row of a table of results one line; a table that lays out prose stays as it is."""
    rows = list(table.iter("row"))
    said = [[clean("".join(map(str, cell.itertext()))) for cell in row.iter("cell")] for row in rows]
    lays_out = any(len(cell) >= furniture.LONG for cells in said for cell in cells)
    if lays_out or sum(sum(map(bool, cells)) > 1 for cells in said) < ROWS:
        return
    for row, cells in zip(rows, said, strict=True):
        for part in list(row):
            row.remove(part)
        row.text = line_of(cells)


def line_of(cells: list[str]) -> str:
    """Return a row as a line: "Norway, 12, 8, 3", and "Weight: 221 g" where a label and its value are all there is."""
    said = [cell for cell in cells if cell]
    if len(said) == 2 and len(cells) == 2:
        return f"{said[0].removesuffix(':')}: {said[1]}"
    return ", ".join(said)


ROWS = 2  # rows of two cells or more that make a table of results


def clean(text: str) -> str:
    """Fold white space and compose accents: one paragraph's text as every offset points into it."""
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return unicodedata.normalize("NFC", SPACE.sub(" ", text)).strip()


def italic_in(tree: HtmlElement) -> set[str]:
    """Return the paragraphs that stand wholly in italics."""
    return wholly_in(tree, "em", "i")


def pointers_in(tree: HtmlElement) -> set[str]:
    """Return the lines that are links and nothing else."""
    return wholly_in(tree, "a")


LINES = frozenset(["p", "div", "li", "h2", "h3", "h4"])


def wholly_in(tree: HtmlElement, *tags: str) -> set[str]:
    """Return the paragraphs of which nearly all stands in inline nodes of these tags."""
    texts: set[str] = set()
    for node in tree.iter(*tags):
        above = node.getparent()
        while above is not None and above.tag in INLINE:
            above = above.getparent()
        if above is None or above.tag not in LINES or (text := clean(above.text_content())) in texts:
            continue
        inside = [part for part in above.iter(*tags) if not any(n.tag in tags for n in part.iterancestors())]
        if len(squeezed("".join(part.text_content() for part in inside))) >= WHOLLY * len(squeezed(text)) > 0:
            texts.add(text)
    return texts


def items_in(tree: HtmlElement) -> set[str]:
    """Return the items of the page's lists that are no links."""
    return {clean(node.text_content()) for node in tree.iter("li") if next(node.iter("a"), None) is None}


WHOLLY = 0.9  # of a paragraph's letters
ITALIC_SHARE = 1 / 3  # of a text's paragraphs; where more are in italics, these say nothing


def kept(
    paragraphs: list[str],
    *,
    title: str,
    captions: set[str],
    italic: Set[str] = frozenset(),
    items: Set[str] = frozenset(),
    rows: Set[str] = frozenset(),
    pointers: Set[str] = frozenset(),
    authors: Sequence[str] = (),
) -> list[str]:
    """Leave out furniture, captions, the title and what is said twice; a subhead with nothing under it goes too.

    A last paragraph that stands in italics (``italic``), alone of the text's, is a note on the text and no part of it.
    Short last lines stay where they are items of a list (``items``) or rows of a table (``rows``). A last line that is
    a link and no sentence (``pointers``) leads elsewhere; one that begins with an author's name tells of the author.
    """
    texts: list[str] = []
    seen: set[str] = set()
    for place, text in enumerate(paragraphs):
        if texts and furniture.opens_end_matter(text, place=place, of=len(paragraphs)):
            break
        text = BULLET.sub("", text)
        key = text.casefold()
        if place < HEADS and is_title(text, title):
            continue
        if not any(letter.isalnum() for letter in text) or key in seen or text in captions:
            continue
        if key == title.casefold():
            continue
        if furniture.is_furniture_text(text):
            if (
                texts
                and not furniture.is_passing(text)
                and len(paragraphs) - place <= CLOSING_STEPS
                and all(len(rest) < furniture.LONG for rest in paragraphs[place:])
            ):
                break  # an invitation and the steps under it close the page
            continue
        seen.add(key)
        texts.append(text)
    notes = italic if sum(text in italic for text in texts) <= ITALIC_SHARE * len(texts) else frozenset()
    while len(texts) > 1 and (
        is_end_note(texts[-1], notes)
        or is_pointer(texts[-1], pointers)
        or tells_of(texts[-1], authors)
        or is_left_over(texts[-1])
        and not is_list(texts, items, rows)
        and not (datelines.is_desk(texts[-1]) or datelines.is_agency(texts[-1]))
    ):
        texts.pop()
    return texts


def is_end_note(text: str, italic: Set[str]) -> bool:
    """Tell whether a last paragraph speaks of the text and its makers; a correction is kept, for revisions to take."""
    return furniture.is_closing(text) or text in italic and not revisions.is_note(text) and not datelines.is_desk(text)


def rows_in(tree: HtmlElement) -> set[str]:
    """Return the lines that the rows of the page's tables become."""
    return {line_of([clean(cell.text_content()) for cell in row.iter("td", "th")]) for row in tree.iter("tr")}


def is_pointer(text: str, pointers: Set[str]) -> bool:
    """Tell whether a last line is a link and does not end as sentences do."""
    return text in pointers and text[-1] not in '.!?…”"»'


def tells_of(text: str, authors: Sequence[str]) -> bool:
    """Tell whether a last paragraph tells of one of the authors: "Ida Brandt is a lawyer in Eastmere"."""
    return len(text) <= furniture.NOTE_LENGTH and any(
        len(name.split()) > 1 and ABOUT.match(text, len(name)) for name in authors if text.startswith(name)
    )


ABOUT = re.compile(
    r",? (?:is|was|has|covers|writes|reports|works|lives|teaches|joined|ist|war|arbeitet|schreibt|lebt|est|a été|écrit|"
    r"travaille|es|escribe|trabaja|é|escreve|trabalha|è|scrive|lavora|jest|pisze)\b"
)


def is_list(texts: list[str], items: Set[str], rows: Set[str]) -> bool:
    """Tell whether the last paragraph is a row of a table or an item of a list, by what stands before it."""
    return texts[-1] in rows or is_listed(texts) or len(texts) > LISTED and items >= set(texts[-LISTED:])


LISTED = 4  # items in a row; fewer may be pointers to other articles


HEADS = 3  # paragraphs among which the headline may stand again, with its kicker or with other signs


def is_title(text: str, title: str) -> bool:
    """Tell whether a paragraph is the headline once more, with or without the kicker before it."""
    one, other = squeezed(text).casefold(), squeezed(title).casefold()
    return len(other) >= TITLE and (one == other or one.endswith(other) and len(one) - len(other) <= KICKER)


TITLE = 20  # letters
KICKER = 40  # letters


CLOSING_STEPS = 6  # paragraphs


def is_left_over(text: str) -> bool:
    """Tell whether a last paragraph is a subhead or a label with nothing under it: short and without an end."""
    return len(text) < 60 and (text[-1] == ":" or text[-1].isalnum() and text.isascii())


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
