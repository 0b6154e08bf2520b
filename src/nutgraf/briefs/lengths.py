"""The three lengths of a brief, by a reader's time."""

from __future__ import annotations

from nutgraf.model import Length

ONE_LINE = 45
"""Words up to which a brief is one line: the usual sentence of a lede has 20 to 40."""

TIMES_LONG = 2


def words_for(length: Length, words: int) -> int:
    """Return the words of a brief of that length where a usual one has ``words``."""
    match length:
        case Length.LINE:
            return min(words, ONE_LINE)
        case Length.BRIEF:
            return words
        case Length.LONG:
            return TIMES_LONG * words
