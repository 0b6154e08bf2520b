"""Draws the photos of the made-up outlets: ``python -m nutgraf.demo.pictures`` writes them anew."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

WIDTH, HEIGHT = 800, 450
PHOTOS = Path(__file__).parent / "photos"

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Canvas:
    """A picture of ``WIDTH`` by ``HEIGHT`` pixels that shapes are painted on, the later over the earlier."""

    def __init__(self, above: Colour, below: Colour) -> None:
        """Start with a sky that runs from one colour at the top to another at the bottom."""
        self.rows = [bytearray(bytes(_between(above, below, y / (HEIGHT - 1))) * WIDTH) for y in range(HEIGHT)]

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """Paint a rectangle."""
        for y in range(max(0, round(top)), min(HEIGHT, round(bottom))):
            self._run(y, left, right, colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Paint a circle."""
        for row in range(max(0, round(y - radius)), min(HEIGHT, round(y + radius) + 1)):
            half = max(0.0, radius**2 - (row - y) ** 2) ** 0.5
            self._run(row, x - half, x + half, colour)

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """Paint a polygon, by the even-odd rule."""
        edges = list(zip(points, [*points[1:], points[0]], strict=True))
        for y in range(max(0, round(min(y for _, y in points))), min(HEIGHT, round(max(y for _, y in points)))):
            middle = y + 0.5
            crossings = sorted(
                x1 + (middle - y1) * (x2 - x1) / (y2 - y1)
                for (x1, y1), (x2, y2) in edges
                if min(y1, y2) <= middle < max(y1, y2)
            )
            for left, right in zip(crossings[::2], crossings[1::2], strict=True):
                self._run(y, left, right, colour)

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in self.rows), 9)
        chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)

    def _run(self, y: int, left: float, right: float, colour: Colour) -> None:
        start, end = max(0, round(left)), min(WIDTH, round(right))
        if start < end:
            self.rows[y][3 * start : 3 * end] = bytes(colour) * (end - start)


def _between(one: Colour, other: Colour, part: float) -> list[int]:
    return [round(a + (b - a) * part) for a, b in zip(one, other, strict=True)]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


SKY: tuple[Colour, Colour] = ((118, 158, 196), (226, 232, 230))
GREY_SKY: tuple[Colour, Colour] = ((104, 116, 128), (198, 202, 204))
DUSK: tuple[Colour, Colour] = ((52, 58, 92), (232, 148, 96))
STONE: Colour = (150, 146, 138)
SHADE: Colour = (92, 90, 88)
DARK: Colour = (42, 46, 52)
WHITE: Colour = (240, 240, 236)
SEA: Colour = (52, 88, 106)
GRASS: Colour = (78, 122, 66)
RED: Colour = (176, 52, 44)


def parade() -> Canvas:
    """Draw rows of soldiers before a stand."""
    canvas = Canvas(*GREY_SKY)
    canvas.box(0, 120, WIDTH, 230, (186, 176, 160))
    for column in range(16):
        canvas.box(12 + column * 50, 130, 38 + column * 50, 230, (160, 150, 136))
    canvas.box(0, 90, WIDTH, 122, RED)
    canvas.box(0, 230, WIDTH, HEIGHT, (146, 142, 136))
    for row in range(4):
        size = 1 + row * 0.28
        for place in range(-1, 14):
            x, y = place * 62 * size - row * 30, 225 + row * 52
            canvas.box(x + 6 * size, y + 16 * size, x + 26 * size, y + 56 * size, (72 + row * 6, 82 + row * 6, 60))
            canvas.disc(x + 16 * size, y + 9 * size, 7 * size, (206, 172, 142))
            canvas.box(x + 7 * size, y + 1 * size, x + 25 * size, y + 6 * size, (58, 68, 48))
            canvas.shape(
                [(x + 27 * size, y - 14 * size), (x + 30 * size, y - 14 * size), (x + 24 * size, y + 44 * size)], DARK
            )
    return canvas


def train() -> Canvas:
    """Draw a freight train under bare hills."""
    canvas = Canvas(*DUSK)
    canvas.shape([(0, 260), (140, 170), (330, 250), (520, 150), (800, 240), (800, 330), (0, 330)], (84, 76, 84))
    canvas.box(0, 320, WIDTH, HEIGHT, (98, 84, 66))
    for place in range(5):
        x = 20 + place * 158
        canvas.box(x, 232, x + 146, 318, ((112, 60, 46), (74, 84, 78), (128, 96, 54))[place % 3])
        canvas.box(x + 60, 240, x + 86, 312, DARK)
        for wheel in (24, 48, 98, 122):
            canvas.disc(x + wheel, 324, 11, DARK)
    canvas.box(0, 335, WIDTH, 340, STONE)
    return canvas


def drill() -> Canvas:
    """Draw recruits lying on a snow-covered range."""
    canvas = Canvas((164, 176, 190), (228, 232, 236))
    for place in range(18):
        x, top = place * 48, 130 + (place * 37) % 40
        canvas.shape([(x, 232), (x + 22, top), (x + 44, 232)], (58, 78, 70))
    canvas.box(0, 230, WIDTH, HEIGHT, (236, 238, 240))
    for place in range(6):
        x, y = 40 + place * 128, 280 + place * 20
        canvas.shape([(x, y + 30), (x + 70, y + 12), (x + 84, y + 22), (x + 20, y + 44)], (86, 92, 70))
        canvas.disc(x + 86, y + 12, 10, (66, 72, 54))
        canvas.box(x + 88, y + 14, x + 132, y + 18, DARK)
    return canvas


def firing_range() -> Canvas:
    """Draw targets against an evening sky."""
    canvas = Canvas(*DUSK)
    canvas.shape([(0, 320), (220, 270), (470, 310), (800, 260), (800, 450), (0, 450)], (62, 54, 50))
    for place, size in enumerate((26, 34, 44, 58)):
        x, y = 110 + place * 190, 290 + place * 12
        canvas.box(x - 4, y, x + 4, y + size * 2, DARK)
        for ring, colour in enumerate((WHITE, RED, WHITE, RED)):
            canvas.disc(x, y, size * (1 - ring * 0.25), colour)
    return canvas


def ferry() -> Canvas:
    """Draw a ferry with her bow against a harbour wall."""
    canvas = Canvas(*GREY_SKY)
    canvas.box(0, 300, WIDTH, HEIGHT, SEA)
    for wave in range(9):
        y = 316 + wave * 14
        for place in range(8):
            canvas.box(place * 110 + wave * 23 % 70, y, place * 110 + wave * 23 % 70 + 46, y + 3, (110, 142, 156))
    canvas.shape([(90, 262), (560, 262), (600, 290), (570, 340), (130, 340)], WHITE)
    canvas.shape([(106, 300), (588, 300), (570, 340), (130, 340)], (34, 66, 112))
    canvas.box(160, 206, 500, 262, WHITE)
    canvas.box(210, 168, 420, 206, WHITE)
    for window in range(13):
        canvas.box(174 + window * 25, 222, 190 + window * 25, 238, DARK)
    canvas.box(260, 122, 312, 168, RED)
    canvas.shape([(560, 262), (600, 290), (580, 316), (548, 288)], DARK)
    canvas.shape([(590, 236), (800, 216), (800, 450), (610, 450)], STONE)
    canvas.box(690, 120, 720, 222, WHITE)
    canvas.box(690, 150, 720, 180, RED)
    return canvas


def harbour() -> Canvas:
    """Draw the entrance of a harbour between two moles."""
    canvas = Canvas(*SKY)
    canvas.shape([(0, 230), (180, 180), (420, 226), (640, 170), (800, 216), (800, 262), (0, 262)], (96, 116, 104))
    canvas.box(0, 256, WIDTH, HEIGHT, SEA)
    canvas.shape([(0, 270), (330, 286), (340, 306), (0, 350)], STONE)
    canvas.shape([(800, 264), (470, 280), (462, 298), (800, 330)], STONE)
    canvas.box(316, 216, 332, 288, RED)
    canvas.box(474, 222, 488, 282, GRASS)
    for place in range(9):
        canvas.box(20 + place * 88, 380 + place % 3 * 18, 78 + place * 88, 384 + place % 3 * 18, (98, 134, 150))
    return canvas


def bank() -> Canvas:
    """Draw a bank with columns."""
    canvas = Canvas(*SKY)
    canvas.box(0, 380, WIDTH, HEIGHT, SHADE)
    canvas.box(150, 190, 650, 380, (206, 196, 176))
    canvas.shape([(130, 190), (400, 90), (670, 190)], (190, 178, 158))
    for column in range(8):
        canvas.box(172 + column * 61, 196, 198 + column * 61, 360, (228, 220, 204))
    canvas.box(372, 270, 428, 360, DARK)
    for step in range(4):
        canvas.box(150 - step * 12, 356 + step * 10, 650 + step * 12, 366 + step * 10, STONE)
    return canvas


def mint() -> Canvas:
    """Draw stacks of coins."""
    canvas = Canvas((66, 60, 58), (116, 100, 84))
    canvas.box(0, 370, WIDTH, HEIGHT, (70, 52, 40))
    for place, height in enumerate((6, 9, 4, 12, 8, 14)):
        x = 66 + place * 118
        for coin in range(height):
            y = 372 - coin * 20
            canvas.box(x, y, x + 88, y + 18, ((206, 172, 84), (190, 156, 72))[coin % 2])
            canvas.box(x, y + 15, x + 88, y + 18, (142, 112, 46))
    return canvas


def court() -> Canvas:
    """Draw a court with a pair of scales over its door."""
    canvas = Canvas(*GREY_SKY)
    canvas.box(80, 110, 720, 400, (172, 150, 132))
    canvas.box(0, 400, WIDTH, HEIGHT, SHADE)
    for column in range(6):
        canvas.box(110 + column * 104, 240, 164 + column * 104, 380, DARK)
    canvas.box(396, 130, 404, 220, WHITE)
    canvas.box(320, 140, 480, 147, WHITE)
    for x in (320, 480):
        canvas.shape([(x, 147), (x + 30, 190), (x - 30, 190)], (206, 196, 176))
        canvas.box(x - 34, 190, x + 34, 198, WHITE)
    return canvas


def river() -> Canvas:
    """Draw a discoloured river between meadows."""
    canvas = Canvas(*SKY)
    canvas.shape([(0, 200), (250, 130), (460, 190), (800, 110), (800, 240), (0, 240)], (104, 126, 112))
    canvas.box(0, 220, WIDTH, HEIGHT, GRASS)
    canvas.shape(
        [(430, 220), (450, 220), (520, 280), (430, 340), (640, 450), (180, 450), (250, 330), (470, 280)], (168, 108, 62)
    )
    for place in range(6):
        canvas.disc(80 + place * 22, 236 + place * 18, 16 + place * 2, (52, 88, 50))
    return canvas


def factory() -> Canvas:
    """Draw a factory hall with a saw-tooth roof and two chimneys."""
    canvas = Canvas(*GREY_SKY)
    canvas.box(150, 70, 186, 280, (142, 82, 66))
    canvas.box(230, 100, 262, 280, (142, 82, 66))
    canvas.box(60, 260, 740, 400, (152, 92, 74))
    for tooth in range(8):
        x = 60 + tooth * 85
        canvas.shape([(x, 260), (x, 214), (x + 85, 260)], SHADE)
    for window in range(11):
        canvas.box(84 + window * 60, 296, 122 + window * 60, 350, (196, 208, 206))
    canvas.box(0, 400, WIDTH, HEIGHT, (96, 96, 94))
    for puff in range(4):
        canvas.disc(168 + puff * 34, 58 - puff * 12, 18 + puff * 5, (214, 214, 212))
    return canvas


def rocket() -> Canvas:
    """Draw a rocket on its pad."""
    canvas = Canvas((40, 66, 112), (238, 190, 150))
    canvas.box(0, 390, WIDTH, HEIGHT, (84, 88, 74))
    canvas.box(470, 90, 520, 392, (112, 60, 52))
    for rung in range(15):
        canvas.shape(
            [(470, 100 + rung * 20), (520, 116 + rung * 20), (520, 120 + rung * 20), (470, 104 + rung * 20)], DARK
        )
    canvas.box(360, 130, 420, 380, WHITE)
    canvas.shape([(360, 132), (390, 62), (420, 132)], RED)
    canvas.shape([(360, 320), (330, 382), (360, 382)], RED)
    canvas.shape([(420, 320), (450, 382), (420, 382)], RED)
    canvas.box(360, 220, 420, 234, DARK)
    canvas.box(300, 380, 540, 396, SHADE)
    return canvas


def football() -> Canvas:
    """Draw players running to the stand after a goal."""
    canvas = Canvas((88, 96, 116), (150, 156, 168))
    for row in range(7):
        for seat in range(50):
            colour = ((190, 48, 44), (236, 232, 224), (60, 70, 110), (214, 170, 70))[(seat * 7 + row * 5) % 4]
            canvas.disc(8 + seat * 16 + row % 2 * 8, 60 + row * 24, 7, colour)
    canvas.box(0, 232, WIDTH, 254, WHITE)
    for stripe in range(8):
        canvas.box(0, 254 + stripe * 25, WIDTH, 279 + stripe * 25, (GRASS, (90, 138, 76))[stripe % 2])
    for place in range(6):
        x, y = 90 + place * 118, 262 + place * 37 % 60
        canvas.disc(x, y, 11, (206, 162, 128))
        canvas.box(x - 15, y + 12, x + 15, y + 54, RED)
        canvas.box(x - 13, y + 54, x - 2, y + 92, WHITE)
        canvas.shape([(x + 2, y + 54), (x + 13, y + 54), (x + 28, y + 84), (x + 18, y + 90)], WHITE)
        canvas.shape([(x + 13, y + 14), (x + 34, y - 16), (x + 40, y - 10), (x + 15, y + 28)], (206, 162, 128))
    return canvas


def pier() -> Canvas:
    """Draw a pier with a gap in its deck."""
    canvas = Canvas(*GREY_SKY)
    canvas.box(0, 270, WIDTH, HEIGHT, (88, 106, 108))
    for place in range(17):
        x = 20 + place * 46
        canvas.box(x, 236, x + 8, 330 - (place % 3) * 6, (72, 56, 44))
        if not 7 <= place <= 10:
            canvas.box(x - 20, 226, x + 28, 238, (128, 102, 78))
    canvas.shape([(560, 226), (560, 160), (630, 120), (700, 160), (700, 226)], WHITE)
    canvas.box(610, 180, 650, 226, DARK)
    canvas.shape([(0, 400), (800, 360), (800, 450), (0, 450)], (206, 190, 156))
    return canvas


SCENES: dict[str, Callable[[], Canvas]] = {
    "parade": parade,
    "train": train,
    "drill": drill,
    "range": firing_range,
    "ferry": ferry,
    "harbour": harbour,
    "bank": bank,
    "mint": mint,
    "court": court,
    "river": river,
    "factory": factory,
    "rocket": rocket,
    "football": football,
    "pier": pier,
}


def draw_all(folder: Path = PHOTOS) -> None:
    """Draw every scene into ``folder``, one PNG file each."""
    folder.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        (folder / f"{name}.png").write_bytes(scene().png())


if __name__ == "__main__":
    draw_all()
