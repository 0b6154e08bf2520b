"""Plain words out of what feeds and pages hold: markup off, entities read, blanks put in order."""

from __future__ import annotations

import html
import re
import unicodedata

# A comment that is never closed ends at its first ">", so that the words after it are not lost.
UNSEEN = re.compile(r"<!--(?:.*?-->|[^>]*(?:>|$))|<(script|style|noscript|template)\b.*?(?:</\1\s*>|$)", re.S | re.I)
# A tag opens with a letter: "<3" and "a < b" are text.
BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|figure|hr|section|article)\b[^<>]*>", re.I
)
# One that a summary was cut off in shows by its attributes.
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<![A-Za-z][^<>]*>|<[A-Za-z]+\s[^<>]*=\s*[\"'][^<>]*$")
# Characters that XML or a line of text has no place for: controls, byte-order marks, and marks that turn the direction
# of what follows (they could make a title show as another one).
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def plain(text: str) -> str:
    """Return text on one line, composed (NFC), without characters that no text holds."""
    return " ".join(UNFIT.sub("", unicodedata.normalize("NFC", text)).split())


def from_text(text: str) -> str:
    """Return plain text, an entity that was escaped once too often read: "Fish &amp; chips" is "Fish & chips"."""
    return plain(html.unescape(text))


def from_html(markup: str) -> str:
    """Return the visible words of a piece of HTML, on one line."""
    markup = BLOCK_TAG.sub(" ", UNSEEN.sub("", markup))
    return plain(html.unescape(TAG.sub("", markup)))


def shorten(text: str, most: int) -> str:
    """Cut text at a word's end, with an ellipsis, where it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"
