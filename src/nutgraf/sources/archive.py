"""Archives of the web: WARC through fastwarc, the older ARC through warcio. A broken record never ends the reading."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as ArcIterator
from warcio.exceptions import ArchiveLoadFailed

from nutgraf.model import Page, Reason, Rejected
from nutgraf.sources.saved import GZIP, LARGEST, is_binary, unpack

KINDS = (WarcRecordType.response, WarcRecordType.resource)
TEXT_TYPES = ("text/html", "application/xhtml+xml")


def read_archive(path: Path, *, largest: int = LARGEST) -> Iterator[Page | Rejected]:
    """Read the pages (answers of status 200 that hold HTML) of a WARC or ARC file, gzipped or not, one at a time.

    Other records (requests, pictures, redirects) are passed over; what is broken comes as ``Rejected``.
    """
    try:
        start = _start(path)
    except (OSError, EOFError) as error:
        yield _rejected(str(path), Reason.UNREADABLE, f"cannot be read ({error}). Check the path and the file")
        return
    if start.startswith(b"filedesc://"):
        yield from _read_arc(path, largest)
    else:
        yield from _read_warc(path, largest)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    if not packed:
        with path.open("rb") as file:
            return file.read(64)
    with gzip.open(path) as unpacked:
        return unpacked.read(64)


def _read_warc(path: Path, largest: int) -> Iterator[Page | Rejected]:
    seen = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, parse_http=True, auto_decode="transfer", quirks_mode=True):
                seen += record.record_type != WarcRecordType.no_type
                if record.record_type in KINDS:
                    yield from _warc_page(record, f"{path}, record {seen}", largest)
    except (OSError, ValueError, EOFError) as error:
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
    seen = 0
    try:
        with path.open("rb") as file:
            for record in ArcIterator(file, no_record_parse=False):
                seen += 1
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                kind = record.http_headers.get_header("Content-Type")
                if record.http_headers.get_statuscode() == "200" and _is_page(kind):
                    body = record.content_stream().read(largest + 1)
                    address = record.rec_headers.get_header("uri")
                    yield _page(address, body, kind, f"{path}, record {seen}", largest)
    except (OSError, ValueError, EOFError, ArchiveLoadFailed) as error:
        yield _broken(path, seen, error)


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
