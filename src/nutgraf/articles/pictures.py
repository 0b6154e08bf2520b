"""Pictures of an article: address, caption and credit, each apart."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import re

from lxml.html import HtmlElement

from nutgraf.articles.body import clean
from nutgraf.articles.fields import Head, absolute, in_aside
from nutgraf.articles.linked_data import LinkedData
from nutgraf.model import Image

CREDIT_WORD = r"(?:photo(?:graph)?s?|image|picture|pic|foto|fotos|bild|bilder|crédits?|credits?(?:\.\.\.)?|credito|crédito|photo credit|image credit|fotografía|фото|zdj\.|fot\.|fotoğraf|imagen|imagem|quelle|source)"
CREDIT_TAIL = re.compile(
    rf"(?:\s*\((?P<bracket>[^()]*(?:/|via\b|AP\b|AFP|Reuters|Getty|EPA|dpa|photo|Photo|file|File|News|Pictures|Images|Press)[^()]*)\)\.?"
    rf"|\s*(?:^|(?<=[.!?\s]))(?:{CREDIT_WORD}\s*(?:\bby\b|:|©|/)|©|\(c\)|courtesy of)\s*:?\s*(?P<named>[^!?]{{2,100}}?)\.?"
    rf"|\s+\[(?P<square>[^\]]{{2,100}})\]"
    rf")\s*$",
    re.I,
)
CREDIT_MARK = re.compile(r"credit|\bcred\b|copyright|source|quelle|photographer|fotograf|attribution|\bby\b", re.I)
AGENCY_TAIL = re.compile(r"(?<=[.!?”\"])\s+(?P<named>[A-Z][\w.&' -]{1,40}(?:/[A-Z][\w.&' -]{1,40})+)\.?\s*$")
CREDIT_LABEL = re.compile(
    rf"^\s*\(?\s*(?:{CREDIT_WORD}\s*(?:by|de|par|von|di)?\s*(?:[:|©/]|\.\.\.|…)|©|\(c\)|by\s)\s*", re.I
)
# Attributes are asked, not elements, and each is looked through once: most of a page has neither mark.
CAPTIONED = "//figure|//@itemprop[.='caption']/../..|//@class[contains(.,'caption') or contains(.,'Caption') or contains(.,'bildunterschrift') or contains(.,'bildtext')]/..|//@class[contains(.,'caption') or contains(.,'Caption') or contains(.,'cutline')]/../ancestor::p"
MAX_CAPTION = 1000


def pictures_of(
    tree: HtmlElement, head: Head, linked: LinkedData, address: str | None
) -> tuple[tuple[Image, ...], set[str]]:
    """Return the pictures in the order of the page, and every text that is a caption or credit.

    A saved page may not tell where it was: a picture with a caption keeps its address then as the page writes it.
    """
    images: dict[str, Image] = {}
    texts: set[str] = set()
    lead = absolute(head.first("og:image", "og:image:url", "twitter:image"), address)
    for node in tree.xpath(CAPTIONED)[:60]:
        if in_aside(node):
            continue
        caption, credit, raw = caption_of(node)
        texts |= raw
        url = picture_address(node, address)
        if url is None and (caption or credit):
            url = lead if lead and not images else None if address else written_address(node)
        if url and (url not in images or caption and not images[url].caption):
            images[url] = Image(url, caption, credit)
    if not images and lead:
        images[lead] = Image(lead)
    return tuple(images.values()), texts


def caption_of(node: HtmlElement) -> tuple[str | None, str | None, set[str]]:
    """Take a figure's caption and credit apart; also return the texts as they stand."""
    box = next(node.iter("figcaption"), None)
    if box is None:
        box = next((part.getparent() for part in node.iterdescendants() if part.get("itemprop") == "caption"), None)
    if box is None:
        if node.tag == "figure":
            return None, None, set()
        box = node
    whole = clean(" ".join(box.itertext()))
    if not whole or len(whole) > MAX_CAPTION:
        return None, None, set()
    raw = {whole, clean(box.text_content())} | {clean(part.text_content()) for part in box}
    credit = None
    for part in box.iterdescendants():
        if isinstance(part.tag, str) and CREDIT_MARK.search(f"{part.get('class', '')} {part.get('itemprop', '')}"):
            text = clean(" ".join(part.itertext()))
            if 2 <= len(text) <= 200 and text in whole:
                credit, whole = text, clean(whole.replace(text, " ", 1))
                break
    if credit is None and node.tag == "figure":
        credit = credit_beside(node, box)
    if credit is None and (found := CREDIT_TAIL.search(whole) or AGENCY_TAIL.search(whole)):
        credit, whole = found[0], whole[: found.start()]
    return whole.strip() or None, plain_credit(credit), raw - {""}


def credit_beside(figure: HtmlElement, box: HtmlElement) -> str | None:
    """Return the credit that stands in a figure beside its caption."""
    for part in figure.iterdescendants():
        if isinstance(part.tag, str) and CREDIT_MARK.search(f"{part.get('class', '')} {part.get('itemprop', '')}"):
            text = clean(part.text_content())
            if part is not box and box not in part.iterancestors() and box not in part.iter() and 2 <= len(text) <= 100:
                return text
    return None


def plain_credit(text: str | None) -> str | None:
    """Return a credit without its brackets and its label."""
    if not text:
        return None
    text = CREDIT_LABEL.sub("", text.strip())
    return text.strip(" ()[].:") or None


def written_address(node: HtmlElement) -> str | None:
    """Return the address of a figure's picture as it is written, where that is a path."""
    written = next((image.get("src") or "" for image in node.iter("img")), "").strip()
    return written if written and ":" not in written else None


def picture_address(node: HtmlElement, address: str | None) -> str | None:
    """Return the address of a caption's picture."""
    near = node
    for _ in range(3):
        for image in near.iter("img"):
            for name in ("src", "data-src", "data-original", "data-lazy-src"):
                value = image.get(name) or ""
                if value and not value.startswith("data:") and (url := absolute(value, address)):
                    return url
            first = (image.get("srcset") or image.get("data-srcset") or "").split()
            if first and (url := absolute(first[0], address)):
                return url
        above = near.getparent()
        if node.tag == "figure" or above is None or above.tag in ("body", "article", "main"):
            return None
        near = above
    return None
