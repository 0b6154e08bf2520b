"""What a trained tagger found, as the other finders give it: with the base form of the cue's verb."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nutgraf.claims.attribution import Attribution
from nutgraf.claims.found import Found, Range
from nutgraf.claims.words import CUES
from nutgraf.ports import Token

UNSPOKEN = "say"
"""The verb of a claim without a cue, such as a quotation that stands alone behind what its speaker said."""


def as_found(tagged: Sequence[Attribution], tokens: Sequence[Token]) -> list[Found]:
    """Return the tagger's attributions in text order; through whom they came is left to the grammar."""
    verbs = _Verbs(tokens)
    found = [Found(one.source, one.cue, one.content, verbs.of(one.cue), one.confidence) for one in tagged]
    return sorted(found, key=lambda one: min((*one.cue, *one.content)))


class _Verbs:
    """The words of a text, by place, of which a cue's verb is taken."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._starts = [token.start for token in tokens]

    def of(self, cue: Sequence[Range]) -> str:
        """Return the base form of the cue's verb of saying, else of its last verb, else of its last word."""
        words = [token for part in cue for token in self._within(part)]
        if any(token.text.lower() == "according" for token in words):
            return "accord"
        acting = [token.lemma.lower() for token in words if token.tag[:1] == "V"]
        said = [lemma for lemma in acting if lemma in CUES]
        return (said or acting[-1:] or [token.lemma.lower() for token in words[-1:]] or [UNSPOKEN])[0]

    def _within(self, part: Range) -> Iterator[Token]:
        at = bisect_left(self._starts, part[0])
        while at < len(self._tokens) and self._tokens[at].start < part[1]:
            yield self._tokens[at]
            at += 1
