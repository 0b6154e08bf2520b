"""The text of an article out of a tree: paragraphs, subheads and list items, in order and without furniture."""

from __future__ import annotations

import logging
import re
import unicodedata
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from nutgraf.articles import furniture

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it drops is told by our own rejections

SPACE = re.compile(r"\s+")
BLOCKS = frozenset("p head item quote cell code row list table".split())
BULLET = re.compile(r"^[•●▪◦‣·∙*–-]\s+")


def paragraphs_of(tree: HtmlElement) -> list[str]:
    """Return the article's paragraphs; an empty list where there is none."""
    options = Extractor(precision=True, comments=False, tables=True, formatting=False)
    found = bare_extraction(tree, options=options)
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return [text for text in blocks(found.body) if text]


def blocks(body: etree._Element) -> list[str]:
    """Return the texts of the innermost blocks of an extracted body, in order."""
    texts: list[str] = []
    pending: list[str] = []

    def close() -> None:
        text = clean(" ".join(pending) if False else "".join(pending))
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
    for text in paragraphs:
        text = BULLET.sub("", text)
        key = text.casefold()
        if not any(letter.isalnum() for letter in text) or key in seen or text in captions:
            continue
        if key == title.casefold() or furniture.is_furniture_text(text):
            continue
        seen.add(key)
        texts.append(text)
    return texts


def copy_of(tree: HtmlElement) -> HtmlElement:
    return deepcopy(tree)
