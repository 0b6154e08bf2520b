"""Mailboxes: the newsletters of an mbox file, each a page with what its letterhead says of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from html import escape
from pathlib import Path

from nutgraf.model import Page, Reason, Rejected
from nutgraf.sources.saved import LARGEST
from nutgraf.sources.when import read_date
from nutgraf.sources.words import plain

# The line before each mail; one within a mail is quoted (">From ") or follows no empty line.
START = re.compile(rb"From \S+.*\d\d:\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail of a mailbox: its page, and what tells it from the others."""

    key: str
    page: Page
    title: str | None
    sender: str | None
    sent: date | None


def is_mailbox(path: Path) -> bool:
    """Tell whether a file is an mbox: by how it begins."""
    try:
        with path.open("rb") as file:
            return START.match(file.readline(1000)) is not None
    except OSError:
        return False


def read_mailbox(path: Path, *, largest: int = LARGEST) -> Iterator[Mail | Rejected]:
    """Read the mails of an mbox file, one at a time; what is no text or too large comes as ``Rejected``."""
    for number, raw in enumerate(_split(path, largest), start=1):
        subject = f"{path}, mail {number}"
        if len(raw) > largest:
            detail = f'is larger than {largest:,} bytes. Raise "largest_page" to read it'
            yield Rejected(subject=subject, reason=Reason.TOO_LARGE, detail=detail)
            continue
        mail = _read(raw)
        if mail is None:
            detail = "holds no text. Nothing can be done about it"
            yield Rejected(subject=subject, reason=Reason.EMPTY, detail=detail)
        else:
            yield mail


def _split(path: Path, largest: int) -> Iterator[bytes]:
    mail = bytearray()
    empty = True
    started = False
    with path.open("rb") as file:
        while line := file.readline(largest):
            if empty and START.match(line):
                if started:
                    yield bytes(mail)
                mail.clear()
                started = True
            elif len(mail) <= largest:
                mail += line[1:] if re.match(rb">+From ", line) else line
            empty = not line.strip()
    if started:
        yield bytes(mail)


def _read(raw: bytes) -> Mail | None:
    message = BytesParser().parsebytes(raw)
    title = _header(message, "Subject")
    page = _page(message, title)
    if page is None:
        return None
    name, address = parseaddr(_header(message, "From") or "")
    return Mail(
        key=_header(message, "Message-ID") or hashlib.sha256(raw).hexdigest(),
        page=page,
        title=title,
        sender=name or address or None,
        sent=read_date(_header(message, "Date")),
    )


def _page(message: Message, title: str | None) -> Page | None:
    """Return the mail's HTML part, or its plain one set as HTML."""
    parts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    address = re.search(r"<(https?://[^>\s]+)>", _header(message, "Archived-At") or "")
    where = address.group(1) if address else None
    for kind in ("text/html", "text/plain"):
        for part in parts:
            body = _payload(part) if part.get_content_type() == kind else b""
            if body.strip():
                charset = re.sub(r"[^\w.:-]", "", str(part.get_param("charset") or "")) or "utf-8"
                if kind == "text/plain":
                    body, charset = _as_html(body, charset, title), "utf-8"
                return Page(address=where, body=body, content_type=f"text/html; charset={charset}")
    return None


def _payload(part: Message) -> bytes:
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError):  # a transfer encoding that is broken or unknown
        return b""
    return body if isinstance(body, bytes) else b""


def _as_html(body: bytes, charset: str, title: str | None) -> bytes:
    try:
        text = body.decode(charset)
    except (LookupError, UnicodeError):
        text = body.decode("utf-8", errors="replace")
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    paragraphs = "".join(f"<p>{escape(' '.join(block.split()))}</p>" for block in blocks if block)
    head = escape(title or "")
    return f"<html><head><title>{head}</title></head><body><article><h1>{head}</h1>{paragraphs}</article>".encode()


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    if value is None:
        return None
    try:
        return plain(str(make_header(decode_header(str(value))))) or None
    except (ValueError, LookupError, MessageError):  # an encoded word that is broken
        return plain(str(value)) or None
