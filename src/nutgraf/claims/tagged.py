"""What a trained tagger found, as the other finders give it, and mended by rule where rules know better."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nutgraf.claims.attribution import Attribution
from nutgraf.claims.found import Found, Range
from nutgraf.claims.quotes import Quotation
from nutgraf.claims.words import CUES
from nutgraf.ports import Sentence, Token

UNSPOKEN = "say"
"""The verb of a claim without a cue, such as a quotation that stands alone behind what its speaker said."""


def as_found(tagged: Sequence[Attribution], tokens: Sequence[Token]) -> list[Found]:
    """Return the tagger's attributions in text order; through whom they came is left to the grammar."""
    verbs = _Verbs(tokens)
    found = [Found(one.source, one.cue, one.content, verbs.of(one.cue), one.confidence) for one in tagged]
    return sorted(found, key=lambda one: min((*one.cue, *one.content)))


def reconciled(
    tagged: Sequence[Found], ruled: Sequence[Found], sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> list[Found]:
    """Return the tagger's attributions, mended by what the rules found.

    In a sentence in which one quotes or cites another the rules' hold: the tagger tells no one inside of what another
    says. A quotation that goes on after its attribution, in this paragraph or the next ones, belongs to it.
    """
    chained = [one for one in ruled if one.via or one.verb in CITING]
    bounds = [sentence for sentence in sentences if any(_inside(one, sentence) for one in chained)]
    kept = [one for one in tagged if not any(_inside(one, sentence) for sentence in bounds)]
    kept += [one for one in ruled if any(_inside(one, sentence) for sentence in bounds)]
    taken = sorted(part for one in kept for part in one.content)
    whole = {(quotation.start, quotation.end) for quotation in quotations}
    by_cue = {start: one for one in ruled for start, _ in one.cue}
    found = []
    for one in kept:
        twin = next((by_cue[at] for start, end in one.cue for at in range(start, end) if at in by_cue), None)
        more = [part for part in (twin.content if twin else ()) if part in whole and not _overlaps(part, taken)]
        found.append(replace(one, content=(*one.content, *more)) if more else one)
    return sorted(found, key=lambda one: min((*one.cue, *one.content)))


CITING = frozenset({"quote", "cite"})


def _inside(one: Found, sentence: Sentence) -> bool:
    at = min((*one.cue, *one.content))[0]
    return sentence[0] <= at < sentence[1]


def _overlaps(part: Range, taken: Sequence[Range]) -> bool:
    number = bisect_left(taken, (part[1], 0))
    return any(end > part[0] for _, end in taken[max(0, number - 3) : number])


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
