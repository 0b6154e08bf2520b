import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.run.raster import measure

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\x00\x00\x00"
GIF = b"GIF89a" + struct.pack("<HH", 640, 480) + b"\x00\x00\x00"
JPEG = (
    b"\xff\xd8\xff\xe0"
    + struct.pack(">H", 16)
    + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    + b"\xff\xc4\x00\x04\x00\x00"  # a Huffman table, whose number lies among the frames'
    + b"\xff\xff\xc2\x00\x11\x08"
    + struct.pack(">HH", 480, 640)
)
LOSSY = b"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 640, 480)
LOSSLESS = b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f" + struct.pack("<I", 639 | 479 << 14)
EXTENDED = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + b"\x7f\x02\x00" + b"\xdf\x01\x00"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (PNG, "image/png"),
        (GIF, "image/gif"),
        (JPEG, "image/jpeg"),
        (LOSSY, "image/webp"),
        (LOSSLESS, "image/webp"),
        (EXTENDED, "image/webp"),
    ],
)
def test_a_picture_is_known_by_its_header(body: bytes, content_type: str) -> None:
    assert measure(body) == (content_type, 640, 480)


@pytest.mark.parametrize(
    "body", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"GIF90a\x01\x00\x01\x00"]
)
def test_what_is_no_raster_picture_is_none(body: bytes) -> None:
    assert measure(body) is None


def test_a_picture_without_an_area_is_none() -> None:
    assert measure(PNG.replace(struct.pack(">I", 640), struct.pack(">I", 0))) is None


def test_a_picture_larger_than_any_screen_is_none() -> None:
    assert measure(PNG.replace(struct.pack(">I", 640), struct.pack(">I", 2**31))) is None


@pytest.mark.parametrize("body", [PNG, GIF, JPEG, LOSSY, LOSSLESS, EXTENDED])
def test_a_picture_cut_anywhere_is_read_right_or_not_at_all(body: bytes) -> None:
    found = [measure(body[:length]) for length in range(len(body))]
    assert {one for one in found if one} <= {measure(body)}
    assert all(later or not earlier for earlier, later in pairwise(found))


@given(st.binary(max_size=80), st.sampled_from([b"\xff\xd8\xff", b"RIFF", b"GIF8", b"\x89PNG\r\n\x1a\n"]))
def test_no_bytes_make_the_reader_fail(rest: bytes, start: bytes) -> None:
    measure(start + rest)
