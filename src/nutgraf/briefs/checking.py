"""The rules that a brief must pass before it is stored, each judged from the stored brief alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nutgraf.briefs import words
from nutgraf.model import Brief, Line


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a brief breaks, where ("headline", "dek", "line 2", "dispute 1"), and what is wrong, in words."""

    rule: str
    place: str
    message: str


def check(brief: Brief) -> tuple[Fault, ...]:
    """Return every fault of a brief, in reading order; none means that it may be stored."""
    return tuple(fault for place, line in _lines(brief) for fault in check_line(brief, line, place))


def _lines(brief: Brief) -> Iterator[tuple[str, Line]]:
    yield "headline", brief.headline
    if brief.dek:
        yield "dek", brief.dek
    for number, line in enumerate(brief.lines, 1):
        yield f"line {number}", line


def check_line(brief: Brief, line: Line, place: str) -> Iterator[Fault]:
    """Yield the faults of one line."""
    cited = words.fold(" ".join(citation.passage for citation in line.citations)).casefold()
    for quote in words.QUOTED.findall(line.text):
        if words.fold(quote).strip(" ,.;:!?'").casefold() not in cited:
            yield Fault("quote", place, f"“{quote}” does not stand so in a cited passage")
