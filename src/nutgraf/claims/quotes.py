"""Quotations: stretches between quotation marks, in several styles; apostrophes and inches open none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

PAIRS = {"“": '”"“', '"': '"”', "„": '“”"', "«": "»", "»": "«", "‘": "’", "''": "''"}
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_MARK = re.compile(r"''|[“”\"„«»‘’]")


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """Characters from the opening to behind the closing mark; ``closed`` tells whether there is a closing one."""

    start: int
    end: int
    closed: bool = True


def find_quotations(text: str) -> list[Quotation]:
    """Return the quotations, in order, not overlapping. One is closed by the end of its paragraph at the latest."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _in_paragraph(text, paragraph.start(), paragraph.end())
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    marks = list(_MARK.finditer(text, start, end))
    places: dict[str, list[int]] = {}
    for mark in marks:
        if not (mark.group() == "’" and text[mark.end() : mark.end() + 1].isalnum()):  # an apostrophe
            places.setdefault(mark.group(), []).append(mark.start())
    found: list[Quotation] = []
    at = start
    for mark in marks:
        if mark.start() < at or not _opens(text, mark, start):
            continue
        closing = _closing(text, mark, places, end)
        if closing:
            found.append(Quotation(mark.start(), closing))
            at = closing
        elif mark.group() in "“„":
            stop = start + len(text[start:end].rstrip())
            found.append(Quotation(mark.start(), stop, closed=False))
            break
    return found


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    shape = mark.group()
    if shape not in PAIRS:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end() : mark.end() + 1]
    if shape == "«":
        return bool(after)
    if shape == "»" and after.isspace():
        return False
    return not before.isalnum() and bool(after) and not after.isspace()


def _closing(text: str, mark: re.Match[str], places: dict[str, list[int]], end: int) -> int | None:
    """Return the end of the first mark that closes the one at ``mark``."""
    best: int | None = None
    for shape in ("''",) if mark.group() == "''" else PAIRS[mark.group()]:
        spots = places.get(shape, [])
        number = bisect_right(spots, mark.end())
        if number < len(spots):
            stop = spots[number] + len(shape)
            best = stop if best is None else min(best, stop)
    return best
