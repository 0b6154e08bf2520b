"""What kind of picture bytes are and how large, read from their header alone. No news logic here."""

from __future__ import annotations

import struct
from collections.abc import Callable

LARGEST_SIDE = 20_000
"""Pixels; what claims to be larger is broken or meant to break a browser."""


def measure(body: bytes) -> tuple[str, int, int] | None:
    """Return content type, width and height of a PNG, JPEG, GIF or WebP picture; ``None`` for anything else.

    The content type that a server gives is not looked at: it may be wrong or a lie.
    """
    for start, content_type, read in KINDS:
        if body.startswith(start):
            try:
                size = read(body)
            except struct.error:  # cut off
                return None
            if size and all(0 < side <= LARGEST_SIDE for side in size):
                return content_type, *size
    return None


def _png(body: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack_from(">II", body, 16)
    return (width, height) if body[12:16] == b"IHDR" else None


def _gif(body: bytes) -> tuple[int, int] | None:
    width, height = struct.unpack_from("<HH", body, 6)
    return (width, height) if body[3:6] in (b"87a", b"89a") else None


def _jpeg(body: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header (ITU T.81, B.1.1.3): FF C0–CF but C4, C8 and CC."""
    at = 2
    while True:
        mark, kind, length = struct.unpack_from(">BBH", body, at)
        if mark != 0xFF:
            return None
        if kind == 0xFF:  # fill byte
            at += 1
        elif 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", body, at + 5)
            return width, height
        else:
            at += 2 + length


def _webp(body: bytes) -> tuple[int, int] | None:
    """Read any of the three forms (RFC 9649): simple lossy, simple lossless, extended."""
    if body[8:12] != b"WEBP":
        return None
    form = body[12:16]
    if form == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 26)
        return width & 0x3FFF, height & 0x3FFF
    if form == b"VP8L":
        (bits,) = struct.unpack_from("<I", body, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8X":
        low, high, rest = struct.unpack_from("<HHH", body, 24)
        return (low | (high & 0xFF) << 16) + 1, (high >> 8 | rest << 8) + 1
    return None


KINDS: tuple[tuple[bytes, str, Callable[[bytes], tuple[int, int] | None]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png", _png),
    (b"\xff\xd8\xff", "image/jpeg", _jpeg),
    (b"GIF8", "image/gif", _gif),
    (b"RIFF", "image/webp", _webp),
)
