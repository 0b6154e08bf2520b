"""Figures: numbers in a claim with what they count."""

from __future__ import annotations

import re

from nutgraf.model import Figure, Span

SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS = {word: float(number) for number, word in enumerate(_SMALL)}
_FIGURE = re.compile(
    r"(?P<hedge>(?:at least|more than|over|up to|at most|fewer than|less than|nearly|about|around|some)\s+)?"
    r"(?P<money>[$€£])?"
    r"(?:(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)|\b(?P<word>" + "|".join([*list(WORDS)[2:], "several"]) + r")\b)"
    r"(?:[\s-](?P<scale>" + "|".join(SCALE) + r"))?(?P<percent>\s?(?:%|percent|per cent))?"
    r"(?P<counts>(?:\s+[A-Za-z]+){0,3})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_STOP = re.compile(
    r"\s+(?:in|on|at|of|to|and|or|were|was|are|is|have|had|has|for|by|from|who|that|with|as|will|would)\b.*", re.I
)
_LOW = ("at least", "more than", "over")
_HIGH = ("up to", "at most", "fewer than", "less than")


def find_figures(text: str, span: Span) -> list[Figure]:
    """Return the figures in a span of ``text``, years left out."""
    found = []
    for match in _FIGURE.finditer(text, span.start, span.end):
        if figure := _figure(match, span.article):
            found.append(figure)
    return found


def _figure(match: re.Match[str], article: str) -> Figure | None:
    digits, word, scale = match["digits"], (match["word"] or "").lower(), (match["scale"] or "").lower()
    if digits and _YEAR.match(digits) and not (scale or match["money"]) or (word == "several" and not scale):
        return None
    low, high = _bounds((match["hedge"] or "").strip().lower(), digits, word, SCALE.get(scale, 1.0))
    end = max(match.end(group) for group in ("digits", "word", "scale", "percent"))
    counts = _STOP.sub("", " " + match["counts"].strip()).strip() or None
    unit = match["money"] or ("percent" if match["percent"] else None)
    shown = match.string[match.start() : end]
    return Figure(text=shown, span=Span(article, match.start(), end), low=low, high=high, unit=unit, counts=counts)


def _bounds(hedge: str, digits: str | None, word: str, scale: float) -> tuple[float | None, float | None]:
    if word == "several":
        return 2 * scale, None
    value = (float(digits.replace(",", "")) if digits else WORDS[word]) * scale
    return (None if hedge in _HIGH else value), (None if hedge in _LOW else value)
