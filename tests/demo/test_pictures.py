"""The photos of the demo are what the script draws."""

import zlib

import pytest

from nutgraf.demo.manuscripts import describe
from nutgraf.demo.pictures import PHOTOS, SCENES


def pixels(png: bytes) -> bytes:
    start = png.index(b"IDAT")
    length = int.from_bytes(png[start - 4 : start], "big")
    return zlib.decompress(png[start + 4 : start + 4 + length])


@pytest.mark.parametrize("name", SCENES)
def test_a_photo_is_what_its_scene_draws(name: str) -> None:
    # Pixels, not bytes: another zlib may pack them otherwise.
    assert pixels((PHOTOS / f"{name}.png").read_bytes()) == pixels(SCENES[name]().png())


def test_every_photo_is_used_and_every_photo_used_is_there() -> None:
    used = {text.photo for text in describe() if text.photo}
    assert used == {f"{name}.png" for name in SCENES} == {path.name for path in PHOTOS.iterdir()}
