"""Which words of a passage a line carries, so that readers see at a glance what the line rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

WORDS = 3
"""Words in a row from which a run counts as carried: two stand beside each other by chance."""

_WORD = re.compile(r"\w+(?:[’'.,:-]\w+)*")


def carried(passage: str, text: str) -> Iterator[tuple[str, bool]]:
    """Yield the passage in parts, each with whether the line ``text`` carries it; the parts joined are the passage."""
    words = list(_WORD.finditer(passage))
    theirs = [word.group().casefold() for word in words]
    mine = [word.casefold() for word in _WORD.findall(text)]
    end = 0
    for block in SequenceMatcher(None, theirs, mine, autojunk=False).get_matching_blocks():
        if block.size < min(WORDS, max(1, len(theirs))):
            continue
        start, stop = words[block.a].start(), words[block.a + block.size - 1].end()
        if start > end:
            yield passage[end:start], False
        yield passage[start:stop], True
        end = stop
    if end < len(passage):
        yield passage[end:], False
