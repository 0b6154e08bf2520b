"""A picture of a brief for programs that show a link as a card: headline, coverage and the site's name, 1200 by 630.

No text is cut and none is shown in signs of missing letters: what cannot be set is left out, the coverage never.
"""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from nutgraf.model import Brief
from nutgraf.publications.layout import coverage_words, lay_out, one_line

SIZE = (1200, 630)
MARGIN = 72
FOOT = 96
"""Height of the strip at the foot, which holds coverage and the site's name."""

LARGEST, SMALLEST, FOOT_SIZE, STEP = 84, 28, 34, 4
LINE = 1.24
PAPER, INK, SOFT, ACCENT = "#fcfaf6", "#221c17", "#6b5f53", "#8a4b1f"
DESIGN = 1
"""Goes up with any change of how cards look, so that their addresses change."""

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts")
"""Where fonts of other scripts are looked for; letters of Latin are set in one that comes with the library."""

_RIGHT_TO_LEFT = ("R", "AL")
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_NO_LETTER = ("So", "Sk", "Cf", "Cn", "Co", "Mn")

Font = ImageFont.FreeTypeFont


def card_version(brief: Brief, title: str) -> str:
    """Return what changes whenever the card does."""
    told = "\0".join([str(DESIGN), one_line(brief.headline.text), coverage_words(brief.coverage), one_line(title)])
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


def draw_card(brief: Brief, title: str) -> bytes:
    """Return the card of a brief as PNG; ``title`` is the site's name."""
    shown = lay_out(brief)
    return _drawn(shown.headline.text, shown.coverage, one_line(title))


@lru_cache(maxsize=256)
def _drawn(headline: str, coverage: str, title: str) -> bytes:
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    backwards = is_right_to_left(headline)
    edge = (SIZE[0] - 16, 0, SIZE[0], SIZE[1]) if backwards else (0, 0, 16, SIZE[1])
    draw.rectangle(edge, fill=ACCENT)
    draw.line((MARGIN, SIZE[1] - FOOT, SIZE[0] - MARGIN, SIZE[1] - FOOT), fill="#d9cfc2", width=2)
    _set_foot(draw, coverage, title, backwards)
    if not _set_headline(draw, headline, backwards):
        _set_headline(draw, coverage, backwards=False)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction is of a script that runs from right to left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((d in _RIGHT_TO_LEFT for d in directions if d in ("L", *_RIGHT_TO_LEFT)), False)


def wrap(text: str, fits: int, width_of: object) -> list[str]:
    """Break a text into lines that fit; ``width_of`` measures one. Words too long for a line are broken too."""
    assert callable(width_of)
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width_of((line + piece).rstrip()) > fits:
            lines.append(line.rstrip())
            line = ""
        for character in piece if width_of(piece.rstrip()) > fits else (piece,):
            if line.strip() and width_of((line + character).rstrip()) > fits:
                lines.append(line.rstrip())
                line = ""
            line += character
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    """Yield what must not be broken: words with the blank behind them, signs of scripts that write no blanks."""
    word = ""
    for character in text:
        unspaced = unicodedata.name(character, "").startswith(_UNSPACED)
        if word and (unspaced or (word.endswith(" ") and character != " ")):
            yield word
            word = ""
        word += character
        if unspaced:
            yield word
            word = ""
    if word:
        yield word


def _set_headline(draw: ImageDraw.ImageDraw, text: str, backwards: bool) -> bool:
    """Set the headline as large as it fits; tells whether it could be set."""
    found = font_for(text)
    if found is None or (backwards and not features.check("raqm")):  # which joins letters and orders them
        return False
    path, text = found
    wide, high = SIZE[0] - 2 * MARGIN, SIZE[1] - FOOT - int(1.5 * MARGIN)
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        font = _font(path, size)
        lines = wrap(text, wide, font.getlength)
        step = size * LINE
        if len(lines) * step <= high:
            for number, line in enumerate(lines):
                _put(draw, line, font, MARGIN + number * step, at_right=backwards, backwards=backwards)
            return True
    return False


def _set_foot(draw: ImageDraw.ImageDraw, coverage: str, title: str, backwards: bool) -> None:
    top = SIZE[1] - FOOT + (FOOT - FOOT_SIZE * LINE) / 2
    left = _font(None, FOOT_SIZE)
    _put(draw, coverage, left, top, at_right=backwards, fill=ACCENT)
    room = SIZE[0] - 2 * MARGIN - left.getlength(coverage) - 40
    found = font_for(title)
    if found is not None:
        font = _font(found[0], FOOT_SIZE)
        if font.getlength(found[1]) <= room:
            other = is_right_to_left(title) and bool(features.check("raqm"))
            _put(draw, found[1], font, top, at_right=not backwards, backwards=other, fill=SOFT)


def _put(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: Font,
    top: float,
    *,
    at_right: bool,
    backwards: bool = False,
    fill: str = INK,
) -> None:
    place = (SIZE[0] - MARGIN if at_right else MARGIN, top)
    direction = "rtl" if backwards else None
    draw.text(place, text, fill=fill, font=font, anchor="ra" if at_right else "la", direction=direction)


def font_for(text: str) -> tuple[str | None, str] | None:
    """Return a font (``None`` for the library's own) and what of ``text`` is set in it, less signs that it has not.

    Returns ``None`` where no font on this machine has all of the letters.
    """
    wanted = frozenset(c for c in text if not c.isspace() and unicodedata.category(c) not in _NO_LETTER)
    path = _path_for(wanted)
    if not wanted or path == "":
        return None
    kept = "".join(c for c in text if c.isspace() or c in wanted or _has(path, c))
    return path, " ".join(kept.split())


@lru_cache(maxsize=1024)
def _path_for(wanted: frozenset[str]) -> str | None:
    """Return the path of the first font that has all characters, ``None`` for the library's own, "" for none."""
    for path in (None, *_fonts()):
        try:
            if all(_has(path, character) for character in wanted):
                return path
        except (OSError, ValueError):  # a font that cannot be read is no font
            continue
    return ""


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, ...]:
    """Return the fonts of this machine: upright faces without serifs first, always in the same order."""
    found = [
        path for folder in FOLDERS if Path(folder).is_dir() for path in Path(folder).rglob("*")
        if path.suffix.lower() in (".ttf", ".otf", ".ttc")
    ]  # fmt: skip

    def order(path: Path) -> tuple[bool, bool, str]:
        name = path.name.lower()
        return ("italic" in name or "oblique" in name, "sans" not in name or "mono" in name, str(path))

    return tuple(str(path) for path in sorted(found, key=order))


@lru_cache(maxsize=65536)
def _has(path: str | None, character: str) -> bool:
    """Tell whether a font has a character: what it has not looks like what no font can have."""
    font = _font(path, 32)
    return bytes(font.getmask(character)) != _missing(path)


@lru_cache(maxsize=512)
def _missing(path: str | None) -> bytes:
    return bytes(_font(path, 32).getmask("\U0010fffe"))


@lru_cache(maxsize=512)
def _font(path: str | None, size: int) -> Font:
    font = ImageFont.load_default(size) if path is None else ImageFont.truetype(path, size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font
