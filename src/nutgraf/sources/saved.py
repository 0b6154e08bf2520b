"""Pages saved on this machine: HTML files, plain or gzipped, one by one or a folder of them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from nutgraf.model import Page, Reason, Rejected

LARGEST = 15_000_000  # bytes, unpacked; the default of the setting "largest_page"
SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".html.gz", ".htm.gz")
GZIP = b"\x1f\x8b"
# How files begin that are no pages.
BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x7fELF",
    b"BZh",
    b"\xfd7zXZ",
    b"ID3",
)
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")  # UTF-16, whose text is full of zero bytes


def read_saved_page(path: Path, *, address: str | None = None, largest: int = LARGEST) -> Page | Rejected:
    """Read one saved page, unpacking gzip by its magic bytes whatever the name says; never raises for a bad file."""
    try:
        with path.open("rb") as file:
            body = file.read(largest + 1)
    except OSError as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        return _rejected(path, Reason.UNREADABLE, f"{why}. Check the path and its permissions")
    if body.startswith(GZIP):
        unpacked = unpack(body, largest)
        if unpacked is None:
            return _rejected(path, Reason.BROKEN_COMPRESSION, "is gzip that cannot be unpacked. Save the page again")
        body = unpacked
    if len(body) > largest:
        return _rejected(path, Reason.TOO_LARGE, f'is larger than {largest:,} bytes. Raise "largest_page" to read it')
    if not body.strip():
        return _rejected(path, Reason.EMPTY, "is empty. Save the page again")
    if is_binary(body):
        return _rejected(path, Reason.BINARY, "is no text page. Give an HTML file, plain or gzipped")
    return Page(address=address, body=body)


def read_folder(path: Path) -> Iterator[tuple[Path, Page | Rejected]]:
    """Read every saved page under a folder, in the order of their paths; hidden files and other kinds are left out."""
    if not path.is_dir():
        yield path, _rejected(path, Reason.UNREADABLE, "is no folder. Give a folder of saved pages")
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path).parts
        if file.is_file() and file.name.lower().endswith(SUFFIXES) and not any(part.startswith(".") for part in inside):
            yield file, read_saved_page(file)


def is_binary(body: bytes) -> bool:
    """Tell whether bytes are no text: by how they begin, or by zero bytes outside UTF-16."""
    if body.startswith(BINARY):
        return True
    head = body[:4096]
    return (
        b"\x00" in head
        and not head.startswith(WIDE)
        and len(re.findall(rb"[\x00-\x08\x0e-\x1f]", head)) > len(head) // 100
    )


def unpack(packed: bytes, largest: int, *, to_the_end: bool = True) -> bytes | None:
    """Unpack gzip, all its members, to at most one byte more than ``largest``; ``None`` where it is broken.

    Without ``to_the_end``, what can be unpacked of one that was cut off is enough.
    """
    body = b""
    while packed.startswith(GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            body += unpacker.decompress(packed, largest + 1 - len(body))
        except zlib.error:
            return None
        if len(body) > largest:
            return body
        if not unpacker.eof:
            return None if to_the_end else body
        packed = unpacker.unused_data
    return body


def _rejected(path: Path, reason: Reason, detail: str) -> Rejected:
    return Rejected(subject=str(path), reason=reason, detail=detail)
