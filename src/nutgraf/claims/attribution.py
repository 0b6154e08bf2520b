"""What the finding of spans hands on: an attribution is source, cue and content as character ranges of one text."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[int, int]
"""Start and end (excluded), in characters of the article's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says what, as ranges in text order; an empty role has no words in the text.

    ``confidence`` is the finder's own, 0 to 1. Roles do not overlap; content holds at least one range.
    """

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float = 1.0

    def __post_init__(self) -> None:
        ranges = (*self.source, *self.cue, *self.content)
        if not self.content or any(not 0 <= start < end for start, end in ranges):
            raise ValueError(f"attribution {ranges} has no content, or a range without text")
