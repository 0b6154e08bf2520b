"""Whether words are a whole sentence or clause, by their grammar; each text is parsed once a brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        self._reworded: dict[str, str] = {}

    @property
    def tagger(self) -> Tagger | None:
        """As the tools have it."""
        return self._language.tagger

    def sentences(self, text: str) -> Sequence[Sentence]:
        """Split a text as the tools do."""
        if text not in self._split:
            self._split[text] = self._language.sentences(text)
        return self._split[text]

    def note_rewordings(self, sources: Mapping[str, str]) -> None:
        """Note of which sentences others were made by putting a name in place of a pronoun: they need no parse."""
        self._reworded.update(sources)

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
        if text not in self._known:
            found = self._stored(text)
            if found is None and text in self._reworded:
                source = self._stored(self._reworded[text])
                found = with_name(text, self._reworded[text], source) if source is not None else None
            if found is not None:
                self._known[text] = found
        return text in self._known

    def _stored(self, text: str) -> Sequence[Token] | None:
        """Return the parse of a sentence as it stands in an article, or there behind an opening ("But", "Also,")."""
        for written in dict.fromkeys((text, text[:1].lower() + text[1:])):
            for analysis in self._analyses:
                tokens = analysis.parse(written)
                if tokens is not None:
                    return [replace(tokens[0], text=text[: tokens[0].end]), *tokens[1:]]
        return None


def with_name(text: str, source: str, tokens: Sequence[Token]) -> Sequence[Token] | None:
    """Return the parse of a sentence with a name in place of a pronoun, by that of ``source``, which has the pronoun.

    ``None`` where it differs in something else, or the name is not a few words with capitals.
    """
    for place, token in enumerate(tokens):
        if token.tag != "PRP" or not (text.startswith(source[: token.start]) and text.endswith(source[token.end :])):
            continue
        name = text[token.start : len(text) - len(source) + token.end].split(" ")
        if all(part.isalpha() and part[0].isupper() for part in name):
            return _with_words(tokens, place, name)
    return None


def _with_words(tokens: Sequence[Token], place: int, name: Sequence[str]) -> list[Token]:
    """Put the words of a name in the place of one token; its last word takes over how that hangs together."""
    last = place + len(name) - 1
    longer = len(" ".join(name)) - len(tokens[place].text)

    def governor(head: int) -> int:
        return head + last - place if head >= place else head

    found = [replace(token, head=governor(token.head)) for token in tokens[:place]]
    at = tokens[place].start
    for word in name:
        found.append(Token(at, at + len(word), word, word, "NNP", "compound", last, ""))
        at += len(word) + 1
    found[last] = replace(found[last], dep=tokens[place].dep, head=governor(tokens[place].head))
    for token in tokens[place + 1 :]:
        found.append(replace(token, start=token.start + longer, end=token.end + longer, head=governor(token.head)))
    return found


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
