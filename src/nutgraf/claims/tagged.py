"""What a trained tagger found, with what the rules know of it: the verb, whom "who" means, through whom it came."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nutgraf.claims.attribution import Attribution
from nutgraf.claims.found import Found, Range
from nutgraf.claims.words import CUES
from nutgraf.ports import Token

UNSPOKEN = "say"
"""The verb of a claim without a cue, such as a quotation that stands alone behind what its speaker said."""


def with_rules(tagged: Sequence[Attribution], ruled: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """Return the tagger's attributions in text order, each with what the rules found at the same cue.

    Spans are the tagger's. Of the rules' attributions those are added whose quotation no tagged content touches and
    whose cue and source are free: a tagger seldom reads a quotation over several paragraphs whole.
    """
    by_cue = {place: one for one in ruled for start, end in one.cue for place in range(start, end)}
    verbs = _Verbs(tokens)
    found = []
    for one in tagged:
        twin = next((by_cue[start] for start, _ in one.cue if start in by_cue), None) or next(
            (by_cue[end - 1] for _, end in one.cue if end - 1 in by_cue), None
        )
        verb = twin.verb if twin else verbs.of(one.cue)
        same_source = twin is not None and _meet(twin.source, one.source)
        found.append(
            Found(
                one.source,
                one.cue,
                one.content,
                verb,
                one.confidence,
                antecedent=twin.antecedent if twin and same_source else None,
                via=twin.via if twin and same_source else (),
            )
        )
    return sorted(found, key=lambda one: min((*one.cue, *one.content)))


def _meet(left: Sequence[Range], right: Sequence[Range]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


class _Verbs:
    """The words of a text that may be the verb of a cue, by place."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._starts = [token.start for token in tokens]

    def of(self, cue: Sequence[Range]) -> str:
        """Return the base form of the cue's verb of saying, else of its last verb, else of its last word."""
        words = [token for part in cue for token in self._within(part)]
        lemmas = [token.lemma.lower() for token in words]
        said = [lemma for token, lemma in zip(words, lemmas, strict=True) if lemma in CUES and token.tag[:1] == "V"]
        acting = [lemma for token, lemma in zip(words, lemmas, strict=True) if token.tag[:1] == "V"]
        if "according" in (token.text.lower() for token in words):
            return "accord"
        return (said or acting[-1:] or lemmas[-1:] or [UNSPOKEN])[0]

    def _within(self, part: Range) -> Iterator[Token]:
        at = bisect_left(self._starts, part[0])
        while at < len(self._tokens) and self._tokens[at].start < part[1]:
            yield self._tokens[at]
            at += 1
