"""Bytes to a text that an XML reader takes: the true character set, no forbidden characters, no entity declarations."""

from __future__ import annotations

import codecs
import html.entities
import re

import chardet

from nutgraf.sources.words import UNFIT

MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
STARTS = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"), (b"<\x00\x00\x00", "utf-32-le"),
          (b"\x00\x00\x00<", "utf-32-be"), (b"Lo\xa7\x94", "cp037"))  # fmt: skip
# What names of character sets mean on the web: the larger set that pages written under the name really use.
LARGER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
SAMPLE = 20_000  # bytes by which a character set is guessed …
SURE = 0.8  # … and from which confidence on
DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]+)")
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.I)

DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[(?:[^\]\"'<]|\"[^\"]*\"|'[^']*'|<!--.*?-->|<[^>]*>)*+\]\s*)?>", re.I | re.S)
PROLOG = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>)*+", re.S)
STRAY = re.compile(r"<!(?=DOCTYPE|ENTITY)", re.I)  # a document type that is broken or in the wrong place is text
TAG_ENDS = re.compile(r"<(?:(/)|[A-Za-z])(?!(?:[^<>]*/>))")  # opening and closing tags, without those that do both
WHOLE = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|$)|<!--.*?(?:-->|$))", re.S)
REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));|([A-Za-z][A-Za-z0-9]*);)?")
# Entities of plain words, without markup and without references to others but numbers.
ENTITY = re.compile(
    r"<!ENTITY\s+([A-Za-z][A-Za-z0-9]*)\s+"
    r"(?:\"((?:[^\"&<%]|&#\w{1,9};){0,200})\"|'((?:[^'&<%]|&#\w{1,9};){0,200})')\s*>"
)
MOST_DECLARED = 100_000  # characters
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of the bytes; always one, the odd byte read as Windows-1252.

    Order: byte-order mark, valid UTF-8 beyond ASCII (nothing else looks like it), the header, the declaration, what
    the bytes look like where they are mostly of another script, UTF-8.
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    for start, name in STARTS:
        if body.startswith(start):
            return body.decode(name, errors="replace")
    if not body.isascii() and (text := _strictly(body, "utf-8")) is not None:
        return text
    header = IN_HEADER.search(content_type or "")
    declared = DECLARED.search(body[:1000])
    names = [header.group(1) if header else "", declared.group(1).decode("ascii") if declared else ""]
    for claimed in names:
        # Bytes that hold a declaration of UTF-16 in ASCII are not UTF-16.
        wide = claimed.lower().startswith(("utf-16", "utf-32", "ucs"))
        if claimed and not wide and (text := _strictly(body, claimed)) is not None:
            return text
    guessed = _guessed(body)
    return (guessed and _strictly(body, guessed)) or body.decode("utf-8", errors="nutgraf-windows")


def _guessed(body: bytes) -> str | None:
    """Tell the character set of bytes that declare none, or a wrong one, and are mostly of another script than ours.

    Of Western text, where a few letters tell one set from another, nothing is guessed.
    """
    words = re.sub(rb"<[^<>]*>|[\x00-\x40]+", b" ", body[:SAMPLE])
    if len(re.findall(rb"[\x80-\xff]", words)) < len(words.replace(b" ", b"")) / 3:
        return None
    found = chardet.detect(words)
    return found["encoding"] if found["confidence"] >= SURE else None


def bare(text: str) -> str:
    """Return text without the declaration and the document type, and otherwise as it came."""
    text = DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1).lstrip()
    return _without_doctype(text)[0]


def repair(text: str) -> str:
    """Return XML text without declaration, document type, forbidden characters, bare "&" and HTML's own entities.

    Of the entities that the document type declares only short plain words are put in place, and each is read once: none
    can unfold into others, or into more than ``MOST_DECLARED`` characters in all.
    """
    text = UNFIT.sub("", text).lstrip()
    text = DECLARATION.sub("", text, count=1).lstrip()
    text, doctype = _without_doctype(text)
    entities = _Entities(doctype)
    parts = WHOLE.split(text)
    parts[::2] = [REFERENCE.sub(entities.read, STRAY.sub("&lt;!", part)) for part in parts[::2]]
    return "".join(parts)


def depth(text: str) -> int:
    """Return how deep elements lie in each other, as far as tags tell: those that are never closed count as open."""
    deepest = now = 0
    for match in TAG_ENDS.finditer(text):
        now += -1 if match.group(1) else 1
        deepest = max(deepest, now)
    return deepest


def _without_doctype(text: str) -> tuple[str, str]:
    """Take the document type before the first element out of the text."""
    prolog = PROLOG.match(text)
    start = prolog.end() if prolog else 0
    doctype = DOCTYPE.match(text, start)
    return (text[:start] + text[doctype.end() :], doctype.group()) if doctype else (text, "")


class _Entities:
    """Reads references, those to the words that one document type declares included."""

    def __init__(self, doctype: str) -> None:
        self._declared: dict[str, str] = {}
        for name, one, other in ENTITY.findall(doctype):
            self._declared.setdefault(name, one or other)
        self._left = MOST_DECLARED

    def read(self, match: re.Match[str]) -> str:
        words = self._declared.get(match.group(3) or "")
        if words is not None and len(words) <= self._left:
            self._left -= len(words)
            return REFERENCE.sub(_reference, words)
        return _reference(match)


def _reference(match: re.Match[str]) -> str:
    base16, base10, name = match.groups()
    if base16 or base10:
        code = int(base16, 16) if base16 else int(base10)
        if code > 0x10FFFF or UNFIT.match(chr(code)):
            # Windows-1252 was meant by numbers that Unicode keeps for controls.
            return bytes([code]).decode("cp1252", errors="ignore") if 0x80 <= code <= 0x9F else ""
        return match.group().lower()  # XML knows no "&#X41;"
    if name in XML_NAMES:
        return match.group()
    if name and (known := html.entities.html5.get(name + ";")):
        return known.replace("&", "&amp;").replace("<", "&lt;")
    return "&amp;" + match.group()[1:]


def _strictly(body: bytes, name: str) -> str | None:
    try:
        name = _codec(name)
        return body.decode(LARGER.get(name, name))
    except (LookupError, UnicodeError):
        return None


def _codec(name: str) -> str:
    """Return Python's name of a character set, raises ``LookupError``; the web says "x-sjis" and "windows-874" too."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        name = re.sub(r"^(?:x-)?(?:mac-)?(?:windows|dos)?-?(?=\d{3,4}$)", "cp", name.lower())
        name = re.sub(r"^(?:x-)+|-[ie]$", "", name)
        return codecs.lookup({"sjis": "cp932", "mac-roman": "macintosh"}.get(name, name)).name


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error("nutgraf-windows", _as_windows)
