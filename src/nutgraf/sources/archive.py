"""Archives of the web: WARC through fastwarc, and the older ARC. A broken record never ends the reading."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from nutgraf.model import Page, Reason, Rejected
from nutgraf.sources.saved import GZIP, LARGEST, is_binary, unpack

KINDS = (WarcRecordType.response, WarcRecordType.resource)
TEXT_TYPES = ("text/html", "application/xhtml+xml")
BROKEN = (OSError, ValueError, EOFError, zlib.error)

# The head of an ARC record: address, host, moment, type (and more in version 2), length.
ARC_LINE = re.compile(rb"(\S[^\n]*?) \S+ \d{12,18} [^\n]*?(?<!-)\b(\d{1,12})\s*$")
HTTP_HEAD = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})[^\n]*\n((?:[^\r\n]+\r?\n)*)\r?\n")
LONGEST_LINE = 1 << 16
MOST_HEADERS = 1 << 16


def read_archive(path: Path, *, largest: int = LARGEST) -> Iterator[Page | Rejected]:
    """Read the pages (answers of status 200 that hold HTML) of a WARC or ARC file, gzipped or not, one at a time.

    Other records (requests, pictures, redirects) are passed over; what is broken comes as ``Rejected``.
    """
    try:
        start = _start(path)
    except BROKEN as error:
        yield _rejected(str(path), Reason.UNREADABLE, f"cannot be read ({error}). Check the path and the file")
        return
    if start.startswith(b"filedesc://"):
        yield from _read_arc(path, largest)
    else:
        yield from _read_warc(path, largest)


class _Unpacked(RawIOBase):
    """Gzip, all its members one after the other; one that was cut off, or lacks its check sum, gives what it has."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._rest = b""
        self._unpacker = zlib.decompressobj(wbits=31)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._unpacker.eof:
                self._rest = self._unpacker.unused_data.lstrip(b"\x00")
                self._unpacker = zlib.decompressobj(wbits=31)
            packed = self._rest or self._packed.read(1 << 16)
            body = self._unpacker.decompress(packed, len(buffer)) if packed else self._unpacker.flush()[: len(buffer)]
            self._rest = self._unpacker.unconsumed_tail
            if body or not packed:
                buffer[: len(body)] = body
                return len(body)


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    with path.open("rb") as file:
        yield BufferedReader(_Unpacked(file)) if file.peek(2).startswith(GZIP) else file


def _start(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read(64)


def _read_warc(path: Path, largest: int) -> Iterator[Page | Rejected]:
    seen = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, parse_http=True, auto_decode="transfer", quirks_mode=True):
                seen += record.record_type != WarcRecordType.no_type
                if record.record_type in KINDS:
                    yield from _warc_page(record, f"{path}, record {seen}", largest)
    except BROKEN as error:
        yield _broken(path, seen, error)
    else:
        if seen == 0:
            yield _rejected(str(path), Reason.UNREADABLE, "holds no records. Give a WARC or ARC file")


def _warc_page(record: Any, subject: str, largest: int) -> Iterator[Page | Rejected]:
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    http = record.http_headers
    if http is not None and http.status_code != 200:
        return
    kind = (http or record.headers).get("Content-Type")
    if not _is_page(kind):
        return
    yield _page(address, record.reader.read(largest + 1), kind, subject, largest)


def _read_arc(path: Path, largest: int) -> Iterator[Page | Rejected]:
    seen, lost = 0, 0
    try:
        with _opened(path) as file:
            while line := file.readline(LONGEST_LINE):
                about = ARC_LINE.match(line)
                if about is None:
                    lost += bool(line.strip())
                    continue
                seen += 1
                body, is_whole = _taken(file, int(about.group(2)), largest + MOST_HEADERS)
                yield from _arc_page(about.group(1).decode("utf-8", "replace"), body, f"{path}, record {seen}", largest)
                if not is_whole:
                    raise EOFError("it ends in the middle of a record")
        if lost:
            raise ValueError(f"{lost} lines between its records are no heads of records")
    except BROKEN as error:
        yield _broken(path, seen, error)


def _taken(file: BufferedReader, length: int, most: int) -> tuple[bytes, bool]:
    """Read one record, of which at most so much is kept; tells whether the file held all of it."""
    body = file.read(min(length, most))
    left = length - len(body)
    while left > 0:
        passed = len(file.read(min(left, 1 << 20)))
        if not passed:
            return body, False
        left -= passed
    return body, True


def _arc_page(address: str, record: bytes, subject: str, largest: int) -> Iterator[Page | Rejected]:
    answer = HTTP_HEAD.match(record)
    if answer is None or answer.group(1) != b"200":
        return
    named = (line.partition(b":") for line in answer.group(2).splitlines())
    headers = {name.strip().lower(): value.strip().decode("latin-1") for name, _, value in named}
    kind = headers.get(b"content-type")
    if not _is_page(kind):
        return
    body = record[answer.end() :]
    if headers.get(b"transfer-encoding", "").lower() == "chunked":
        body = _without_chunks(body)
    yield _page(address, body[: largest + 1], kind, subject, largest)


def _without_chunks(body: bytes) -> bytes:
    """Return a body without the lengths of its chunks; as it is where it has none, whatever its header says."""
    whole, at = bytearray(), 0
    while chunk := re.compile(rb"([0-9A-Fa-f]{1,8})[^\n]{0,200}\n").match(body, at):
        length = int(chunk.group(1), 16)
        whole += body[chunk.end() : chunk.end() + length]
        at = chunk.end() + length + 2
    return bytes(whole) if at else body


def _page(address: str | None, body: bytes, kind: str | None, subject: str, largest: int) -> Page | Rejected:
    subject = f"{address} ({subject})" if address else subject
    # Told by the bytes: many archives keep the header "gzip" of bodies that they have unpacked.
    if body.startswith(GZIP):
        unpacked = unpack(body, largest)
        if unpacked is None:
            return _rejected(subject, Reason.BROKEN_COMPRESSION, "cannot be unpacked. Get the archive again")
        body = unpacked
    if len(body) > largest:
        return _rejected(
            subject, Reason.TOO_LARGE, f'is larger than {largest:,} bytes. Raise "largest_page" to read it'
        )
    if not body.strip():
        return _rejected(subject, Reason.EMPTY, "has no content. Nothing can be done about it")
    if is_binary(body):
        return _rejected(subject, Reason.BINARY, "is no text page, whatever it says. Nothing can be done about it")
    return Page(address=address, body=body, content_type=kind)


def _is_page(kind: str | None) -> bool:
    return (kind or "").partition(";")[0].strip().lower() in TEXT_TYPES


def _broken(path: Path, seen: int, error: Exception) -> Rejected:
    detail = (
        f"is broken after record {seen} ({error}). What came before it was read; get the archive again for the rest"
    )
    return _rejected(str(path), Reason.UNREADABLE, detail)


def _rejected(subject: str, reason: Reason, detail: str) -> Rejected:
    return Rejected(subject=subject, reason=reason, detail=detail)
