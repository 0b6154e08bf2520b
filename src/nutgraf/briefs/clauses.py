"""Whether words are a whole sentence or clause, by their grammar; each text is parsed once a brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from nutgraf.analysis import Analysis
from nutgraf.briefs.phrases import hangs
from nutgraf.ports import Language, Sentence, Tagger, Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Forms of a verb that tell when."""

_COMPLETES = frozenset({"dobj", "ccomp", "xcomp", "acomp", "attr", "oprd", "pobj", "pcomp", "dative", "prt", "agent"})
"""Relations of words without which what they belong to is not whole."""


class ParsedOnce:
    """The language tools, which parse no sentence twice: lines, labels and headlines rest on the same ones.

    A sentence that stands whole in an analysed article has its parse from there.
    """

    def __init__(self, language: Language, analyses: Sequence[Analysis] = ()) -> None:
        self._language = language
        self._analyses = [analysis for analysis in analyses if analysis.starts]
        self._split: dict[str, Sequence[Sentence]] = {one.text: one.sentences for one in analyses}
        self._known: dict[str, Sequence[Token]] = {}

    @property
    def tagger(self) -> Tagger | None:
        """As the tools have it."""
        return self._language.tagger

    def sentences(self, text: str) -> Sequence[Sentence]:
        """Split a text as the tools do."""
        if text not in self._split:
            self._split[text] = self._language.sentences(text)
        return self._split[text]

    def parse(self, text: str) -> Sequence[Token]:
        """Parse a text."""
        return next(self.parse_many((text,)))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Sequence[Token]]:
        """Parse several texts; their sentences that are new are parsed together."""
        wanted = list(texts)
        unknown = [text for text in wanted if not self._knows(text)]
        if unknown:
            self._learn(unknown)
        return (self._known[text] for text in wanted)

    def _learn(self, texts: Sequence[str]) -> None:
        parts = dict.fromkeys(text[start:end] for text in texts for start, end in self.sentences(text))
        new = [part for part in parts if not self._knows(part)]
        if new:  # asked for nothing, the tools take their time all the same
            self._known.update(zip(new, self._language.parse_many(new), strict=True))
        self._known.update([(text, self._joined(text)) for text in texts])

    def _joined(self, text: str) -> Sequence[Token]:
        """Return the parse of a text whose sentences are known."""
        found: list[Token] = []
        for start, end in self.sentences(text):
            first = len(found)
            found += [
                replace(token, start=token.start + start, end=token.end + start, head=token.head + first)
                if start
                else token
                for token in self._known[text[start:end]]
            ]
        return found

    def _knows(self, text: str) -> bool:
        """Tell whether a text, one sentence mostly, was parsed already, here or with its article."""
        if text in self._known:
            return True
        found = next((tokens for one in self._analyses if (tokens := one.parse(text)) is not None), None)
        if found is not None:
            self._known[text] = found
        return found is not None


def is_sentence(tokens: Sequence[Token]) -> bool:
    """Tell whether an English text has a main verb that tells when; captions and cut-off openings have none.

    What was not parsed counts as one.
    """
    return not tokens or any(token.tag in FINITE and not hangs(tokens, place) for place, token in enumerate(tokens))


def is_clause(opening: str, sentence: str, language: Language) -> bool:
    """Tell whether the opening of an English sentence is a whole clause: it holds the main verb and its subject."""
    words_of_opening = opening.split()
    shared = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words_of_opening, sentence.split(), strict=False))
    )
    end = len(" ".join(words_of_opening[:shared]))
    tokens = language.parse(sentence)
    root = next((place for place, token in enumerate(tokens) if token.head == place), None)
    if root is None or tokens[root].end > end:
        return False
    for other in tokens:
        above = tokens[other.head]
        if other.start >= end > above.start and other.dep in _COMPLETES:
            return False  # "the senator announced": what?
        if other.start < end <= above.start and other.dep not in ("punct", "cc"):
            return False  # "the judge let a man charged with arson": do what?
    below = [other for place, other in enumerate(tokens) if other.head == root and place != root]
    finite = tokens[root].tag in FINITE or any(other.dep in ("aux", "auxpass") for other in below)
    return finite and any(other.dep in ("nsubj", "nsubjpass", "expl") and other.end <= end for other in below)
