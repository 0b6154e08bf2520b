"""What a trained tagger found, as the other finders give it, and mended by rule where rules know better."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nutgraf.claims.attribution import Attribution
from nutgraf.claims.found import Found, Range
from nutgraf.claims.quotes import Quotation
from nutgraf.claims.words import CUES
from nutgraf.ports import Token

UNSPOKEN = "say"
"""The verb of a claim without a cue, such as a quotation that stands alone behind what its speaker said."""


def as_found(tagged: Sequence[Attribution], tokens: Sequence[Token]) -> list[Found]:
    """Return the tagger's attributions in text order; through whom they came is left to the grammar."""
    verbs = _Verbs(tokens)
    found = [
        Found(tuple(map(verbs.whole_name, one.source)), one.cue, one.content, verbs.of(one.cue), one.confidence)
        for one in tagged
    ]
    return sorted(found, key=lambda one: min((*one.cue, *one.content)))


def reconciled(tagged: Sequence[Found], ruled: Sequence[Found], quotations: Sequence[Quotation]) -> list[Found]:
    """Return the tagger's attributions, mended by what the rules found.

    Where one quotes or cites another, the rules tell what the other says, which the tagger leaves inside of it. A
    quotation that goes on after its attribution, in this paragraph or the next ones, belongs to it.
    """
    kept = _with_cited(tagged, [one for one in ruled if one.via])
    taken = sorted(part for one in kept if one.source or one.cue for part in one.content)
    whole = {(quotation.start, quotation.end) for quotation in quotations}
    by_cue = {start: one for one in ruled for start, _ in one.cue}
    found = []
    for one in kept:
        twin = next((by_cue[at] for start, end in one.cue for at in range(start, end) if at in by_cue), None)
        more = [part for part in (twin.content if twin else ()) if part in whole and not _overlaps(part, taken)]
        found.append(replace(one, content=(*one.content, *more)) if more else one)
    spoken = sorted(part for one in found if one.source or one.cue for part in one.content)
    found = [one for one in found if one.source or one.cue or not _overlaps(one.content[0], spoken)]
    return sorted(found, key=lambda one: min((*one.cue, *one.content)))


def _with_cited(tagged: Sequence[Found], passed_on: Sequence[Found]) -> list[Found]:
    """Put what a cited one says in the place of the citing."""
    said = sorted((part, number) for number, one in enumerate(passed_on) for part in one.content)
    found: list[Found] = []
    used: set[int] = set()
    for one in tagged:
        inner = [n for (start, end), n in said for s, e in one.content if start < e and s < end]
        if one.verb in CITING and inner:
            used.update(inner)
        else:
            found.append(one)
    return [*found, *(passed_on[number] for number in sorted(used))]


CITING = frozenset({"quote", "cite"})


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

    def whole_name(self, source: Range) -> Range:
        """Return a source that begins inside a name with the beginning of that name."""
        at = bisect_left(self._starts, source[0])
        first = at
        while first > 0 and self._is_in_name(first - 1) and self._is_in_name(first):
            first -= 1
        return (self._tokens[first].start, source[1]) if first < at < len(self._tokens) else source

    def _is_in_name(self, at: int) -> bool:
        token = self._tokens[at] if at < len(self._tokens) else None
        before_noun = token is not None and token.dep == "compound" and token.head > at
        return token is not None and token.tag == "NNP" and (before_noun or token.dep != "compound")

    def _within(self, part: Range) -> Iterator[Token]:
        at = bisect_left(self._starts, part[0])
        while at < len(self._tokens) and self._tokens[at].start < part[1]:
            yield self._tokens[at]
            at += 1
