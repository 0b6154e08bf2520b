"""Changing bytes as transmission, careless programs and ill will do."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Sequence

TOKENS = (
    *(b"<item>", b"</item>", b"<entry>", b"</entry>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [", b"]>"),
    *(b"<!ENTITY a 'b'>", b"&a;", b"&#0;", b"&#x110000;", b"&#X41;", b"&amp;amp;", b"<?xml encoding='utf-16'?>", b"</"),
    *(
        b"xmlns:a='b'",
        b"<a:b>",
        b"<guid>",
        b"<id",
        b"<link href='//['/>",
        b"http://[",
        b"<title type='xhtml'>",
        b"\x00",
    ),
    *(
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\x1f\x8b\x08",
        b"\r\n\r\n",
        b"\n\n",
        b"From a@b Mon Mar  2 07:00:00",
    ),
    *(
        b"WARC/1.0\r\n",
        b"Content-Length: 99999999999\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked\r\n",
    ),
    *(b"filedesc://", b"=?x?q?=", b"charset=%", b"2026-13-45", b"99999999999999999999", b"-1", b"1e999", b"\xd9\xa3"),
    *(b"\xe2\x80\xae", b"{", b"}", b"[", b"null", b'"items":[', b"<outline xmlUrl='", b"*" * 40, b"Disallow: /*a*b*c$"),
)


def mutated(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the bytes changed in one to six ways."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        body = chance.choice(WAYS)(body, others, chance)
    return body[:200_000]


def _place(body: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(body) + 1)
    return start, min(len(body), start + chance.choice((1, 2, 8, 64, 512)))


def _flip(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.randrange(1, 9)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(body, chance)
    return body[:start] if chance.random() < 0.3 else body[:start] + body[end:]


def _insert(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, _ = _place(body, chance)
    return body[:start] + chance.choice(TOKENS) * chance.choice((1, 1, 2, 50)) + body[start:]


def _repeat(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _place(body, chance)
    return body[:start] + body[start:end] * chance.choice((2, 3, 100, 3000)) + body[end:]


def _splice(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    start, end = _place(other, chance)
    at, _ = _place(body, chance)
    return body[:at] + other[start:] if chance.random() < 0.5 else body[:at] + other[start:end] + body[at:]


def _swap_tags(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    tags = re.findall(rb"<[^<>]{1,80}>", body)
    if len(tags) < 2:
        return body
    one, other = chance.sample(tags, 2)
    return body.replace(one, other, chance.choice((1, 1, -1)))


def _encode(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    name = chance.choice(("utf-16", "utf-16-be", "utf-32", "cp037", "gb18030", "iso2022_jp", "utf-7"))
    return body.decode("utf-8", "replace").encode(name, "replace")


def _pack(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    packed = gzip.compress(body, 1)
    return packed[: chance.randrange(len(packed))] if chance.random() < 0.5 else packed


def _nest(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, _ = _place(body, chance)
    tag = chance.choice((b"<div>", b"<a>", b"<b x='", b"[", b'{"a":', b"<!--<", b"<![CDATA[<", b"<outline ", b"--b\n"))
    return body[:start] + tag * chance.choice((20, 300, 6000)) + body[start:]


WAYS = (_flip, _cut, _insert, _insert, _repeat, _splice, _swap_tags, _encode, _pack, _nest)
