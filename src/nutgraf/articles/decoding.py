"""Bytes of a page to text: which encoding they are in, and whether they are text at all."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import codecs
import re

from nutgraf.model import Page, Reason, Rejected

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

BINARY_OPENINGS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x7fELF",
    b"OggS",
    b"ID3",
    b"\x00\x00\x00\x18ftyp",
    b"\x00\x00\x00\x20ftyp",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"wOFF",
    b"wOF2",
)

# What servers and editors mean by the label, where it is not what the label says (WHATWG Encoding Standard, 4.2).
MEANT_BY = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "x-sjis": "cp932",
    "utf8": "utf-8",
    "unicode": "utf-8",
}

IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
IN_PAGE = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.I
)

# Single-byte encodings tried on undeclared bytes, with letters that make a guess plausible. Western comes last: it takes any bytes.
UNDECLARED = (
    ("cp1251", re.compile("[а-яё]{3}", re.I)),
    ("cp1253", re.compile("[α-ω]{3}")),
)

HEAD_BYTES = 4096  # declarations stand within the first 1,024 bytes by the standard; many pages are late
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def decode(page: Page, *, subject: str) -> str | Rejected:
    """Return the page's text; a page that is empty, binary or in no known encoding is rejected."""
    body = page.body
    if not body.strip():
        return Rejected(
            subject=subject,
            reason=Reason.EMPTY,
            detail="The page has no bytes. Fetch it again, or look at it in a browser.",
        )
    if body.startswith(BINARY_OPENINGS) or is_binary(body):
        return Rejected(
            subject=subject,
            reason=Reason.BINARY,
            detail="This is a file (picture, PDF, archive, film), not a page of text. Give the address of the article's page.",
        )
    text = decoded(body, page.content_type)
    if text is None:
        return Rejected(
            subject=subject,
            reason=Reason.UNKNOWN_ENCODING,
            detail="No encoding makes text of these bytes, whatever the page declares. Save the page as UTF-8 and read that.",
        )
    return text


def is_binary(body: bytes) -> bool:
    """Tell whether bytes without a byte order mark hold what no text holds: many NULs or control bytes."""
    if body.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)) or looks_like_utf16(body):
        return False
    sample = body[:HEAD_BYTES]
    return len(sample) - len(sample.translate(None, CONTROL_BYTES)) > len(sample) // 20


CONTROL_BYTES = bytes(byte for byte in range(32) if byte < 9 or 13 < byte < 27 or byte > 27)


def looks_like_utf16(body: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark: every other byte of a page's markup is NUL."""
    sample = body[:200]
    if sample[1::2].count(0) > len(sample) * 2 // 5:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) * 2 // 5:
        return "utf-16-be"
    return None


def decoded(body: bytes, content_type: str | None) -> str | None:
    """Try, in the order of trust: byte order mark, UTF-8, the header's label, the page's label, a guess by letters."""
    for mark, name in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return readable(body, name, errors="replace")
    if wide := looks_like_utf16(body):
        return readable(body, wide, errors="replace")
    labels = declared(body, content_type)
    if not any(label.startswith(("utf-16", "utf-32", "iso-2022", "hz")) for label in labels):
        text = readable(body, "utf-8") or mostly_utf8(body, labels)
        if text is not None:
            return text
    for label in labels:
        text = readable(body, label) or readable(body, label, errors="replace")
        if text is not None:
            return text
    return guessed(body)


def mostly_utf8(body: bytes, labels: list[str]) -> str | None:
    """Read UTF-8 with a few broken bytes: a cut character, a stray byte of an advertisement."""
    if labels and "utf-8" not in labels:
        return None
    text = body.decode("utf-8", "replace")
    broken, wide = text.count("\ufffd"), sum(map(text.count, "éèüöäñçãаеиоąęşığ’“”–—"))
    return text if broken <= max(2, wide // 5) and wide else None


def declared(body: bytes, content_type: str | None) -> list[str]:
    """Return the encodings that the header and the page name, as Python calls them, without repeats."""
    names = []
    if found := IN_HEADER.search(content_type or ""):
        names.append(found[1])
    if in_page := IN_PAGE.search(body[:HEAD_BYTES]):
        names.append((in_page[1] or in_page[2]).decode("ascii", "replace"))
    labels = []
    for name in names:
        label = MEANT_BY.get(name.lower(), name.lower())
        try:
            label = codecs.lookup(label).name
        except LookupError:
            continue
        label = "cp1252" if label == "iso8859-1" else label
        if label not in labels and label not in NOT_FOR_TEXT:
            labels.append(label)
    return labels


NOT_FOR_TEXT = frozenset(
    {
        "hex",
        "base64",
        "bz2",
        "zlib",
        "uu",
        "quopri",
        "rot13",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
    }
)


def guessed(body: bytes) -> str | None:
    """Guess the encoding of undeclared bytes by the letters that they make."""
    high = sum(byte > 127 for byte in body)
    for label, letters in UNDECLARED:
        text = readable(body, label)
        if text and sum(len(found) for found in letters.findall(text)) * 2 > high:
            return text
    return readable(body, "cp1252") or readable(body, "cp1252", errors="replace")


def readable(body: bytes, label: str, *, errors: str = "strict") -> str | None:
    """Decode, or ``None`` where that fails or makes mostly control characters and replacement signs."""
    try:
        text = body.decode(label, errors)
    except (UnicodeError, LookupError, ValueError):
        return None
    sample = text[: 16 * HEAD_BYTES]
    bad = len(CONTROL.findall(sample)) + sample.count("\ufffd")
    return text.lstrip("\ufeff") if bad * 20 <= max(len(sample), 20) else None
