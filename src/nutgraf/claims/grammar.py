"""Grammar by place: the parse of one text asked by characters, as spans ask."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from nutgraf.ports import Token

Range = tuple[int, int]

BREAKS = frozenset('.;:!?“”"„«»()—–')
"""Tokens behind which other words belong to another clause."""

APART = frozenset(("relcl", "acl", "advcl", "ccomp", "parataxis", "csubj", "csubjpass", "conj", "appos", "pcomp"))
"""Dependencies that open a clause of its own."""

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")

LONGEST_PHRASE = 40
"""Tokens of one noun phrase that are looked at, to either side."""

LONGEST_CLAUSE = 200
"""Tokens of one clause that are looked at; a bound, so that odd texts stay cheap."""


class Grammar:
    """The tokens of one text with their children, looked up by characters."""

    def __init__(self, text: str, tokens: Sequence[Token], sentences: Sequence[Range] = ()) -> None:
        self.text, self.tokens = text, tokens
        self.sentences = sentences or [part.span() for part in _PARAGRAPH.finditer(text)]
        self._opened = [start for start, _ in self.sentences]
        self.starts = [token.start for token in tokens]
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, token in enumerate(tokens):
            if token.head != i:
                self.children[token.head].append(i)

    def within(self, part: Range) -> range:
        """Return the indexes of the tokens that start in a stretch of the text."""
        return range(bisect_left(self.starts, part[0]), bisect_left(self.starts, part[1]))

    def chars(self, indexes: Sequence[int]) -> Range:
        """Return the characters from the first to the last of some tokens."""
        return self.tokens[min(indexes)].start, self.tokens[max(indexes)].end

    def sentence(self, at: int) -> Range:
        """Return the sentence that holds a character, or the last one before it."""
        number = bisect_right(self._opened, at) - 1
        return self.sentences[number] if number >= 0 else (0, len(self.text))

    def phrase(self, i: int) -> Range:
        """Return the noun phrase that a word rules, without clauses behind it and what a comma sets apart."""
        first = last = i
        while first > max(0, i - LONGEST_PHRASE) and self._inside(first - 1, i):
            first -= 1
        while (
            last + 1 < min(len(self.tokens), i + LONGEST_PHRASE)
            and self._inside(last + 1, i)
            and self.tokens[last + 1].text != ","
        ):
            last += 1
        return self.chars((first, last))

    def _inside(self, at: int, top: int) -> bool:
        """Tell whether a word depends on ``top`` by words that belong to its phrase."""
        for _ in range(8):
            if at == top:
                return True
            if self.tokens[at].dep in ("relcl", "acl", "appos", "conj", "cc", "advcl", "punct"):
                return self.tokens[at].text == "-"
            if self.tokens[at].head == at:
                return False
            at = self.tokens[at].head
        return False

    def antecedent(self, part: Range) -> Range | None:
        """Return the noun phrase that a relative "who" stands for, ``None`` where the stretch is none."""
        if self.text[slice(*part)].lower() not in ("who", "that", "which"):
            return None
        at = next(iter(self.within(part)), None)
        for _ in range(6):
            if at is None or self.tokens[at].head == at:
                return None
            if self.tokens[at].dep == "relcl":
                return self.phrase(self.tokens[at].head)
            at = self.tokens[at].head
        return None

    def reach(self, i: int) -> Range:
        """Return the characters from the first to the last word that depends on one."""
        found, todo = [i], [i]
        while todo and len(found) < LONGEST_CLAUSE:
            children = self.children[todo.pop()]
            found += children
            todo += children
        return self.chars(found)

    def noun_phrase(self, first: int, end: int) -> Range | None:
        """Return the noun phrase that begins at a token, read from left to right; ``None`` where none does."""
        last = None
        i = first
        while i < min(len(self.tokens), first + LONGEST_PHRASE) and self.tokens[i].start < end:
            tag = self.tokens[i].tag
            if tag[:2] == "NN" or tag in ("PRP", "CD"):
                last = i
            elif not (tag in ("DT", "JJ", "JJS", "JJR", "PRP$", "POS", "VBN", "RB", "HYPH") or self._joins(i, last)):
                break
            i += 1
        return self.chars((first, last)) if last is not None else None

    def _joins(self, i: int, last: int | None) -> bool:
        before = self.tokens[i - 1].text.lower()
        if self.tokens[i].text.lower() in ("to", "with", "on") and before in ("close", "familiar", "briefed"):
            return last == i - 2
        joining = ("of", "to", "for", "in", "with", "at", "close", "familiar", "briefed", "-", "’s", "'s")
        return last == i - 1 and self.tokens[i].text.lower() in joining

    def root(self, part: Range) -> int | None:
        """Return the word that rules a stretch: the first whose governor lies outside, a verb before any other."""
        inside = self.within(part)
        few = inside[:LONGEST_CLAUSE]
        tops = [i for i in few if not inside.start <= self.tokens[i].head < inside.stop or self.tokens[i].head == i]
        tops = [i for i in tops if self.tokens[i].text[:1].isalnum()]
        verbs = [i for i in tops if self.tokens[i].tag[:1] == "V" or self.tokens[i].tag == "MD"]
        return next(iter(verbs or tops), None)

    def clause(self, root: int) -> list[int]:
        """Return the tokens of the clause that ``root`` rules, those of clauses inside it left out, in text order."""
        found, todo = [root], [root]
        while todo and len(found) < LONGEST_CLAUSE:
            for child in self.children[todo.pop()]:
                if self.tokens[child].dep not in APART:
                    found.append(child)
                    todo.append(child)
        return sorted(found)

    def child(self, i: int, *deps: str) -> int | None:
        """Return the first child with one of these dependencies."""
        return next((c for c in self.children[i] if self.tokens[c].dep in deps), None)

    def before(self, i: int, most: int) -> list[int]:
        """Return up to ``most`` tokens right before ``i``, none beyond a break."""
        found: list[int] = []
        while i > 0 and len(found) < most and not is_break(self.tokens[i - 1]):
            i -= 1
            found.append(i)
        return found[::-1]


def is_break(token: Token) -> bool:
    """Tell whether a clause ends at a token at the latest."""
    return token.text in BREAKS or token.text.isspace()


class Phrase:
    """Words of a text as one line of base forms, to be searched by pattern, found back as characters."""

    def __init__(self, grammar: Grammar, indexes: Iterable[int]) -> None:
        self._grammar = grammar
        self.indexes = [i for i in indexes if not grammar.tokens[i].text.isspace()]
        words = [_base(grammar.tokens[i]) for i in self.indexes]
        self._ends: list[int] = []
        for word in words:
            self._ends.append((self._ends[-1] + 1 if self._ends else 0) + len(word))
        self.line = " ".join(words)

    def find(self, pattern: re.Pattern[str]) -> Range | None:
        """Return the characters of the first words that match."""
        match = pattern.search(self.line)
        if match is None or match.start() == match.end():
            return None
        first = bisect_left(self._ends, match.start() + 1)
        last = bisect_left(self._ends, match.end())
        return self._grammar.chars(self.indexes[first : last + 1])


_CONTRACTED = {"n't": "not", "n’t": "not", "ca": "can", "wo": "will", "'ll": "will", "’ll": "will", "'d": "would"}


def _base(token: Token) -> str:
    lowered = token.text.lower()
    return _CONTRACTED.get(lowered, lowered if token.tag == "MD" else token.lemma.lower())
