"""Grammar by place: the parse of one text asked by characters, as spans ask."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from nutgraf.ports import Token

Range = tuple[int, int]

BREAKS = frozenset('.;:!?“”"„«»()—–')
"""Tokens behind which other words belong to another clause."""

APART = frozenset(("relcl", "acl", "advcl", "ccomp", "parataxis", "csubj", "csubjpass", "conj", "appos", "pcomp"))
"""Dependencies that open a clause of its own."""

LONGEST_CLAUSE = 200
"""Tokens of one clause that are looked at; a bound, so that odd texts stay cheap."""


class Grammar:
    """The tokens of one text with their children, looked up by characters."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens
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

    def root(self, part: Range) -> int | None:
        """Return the word that rules a stretch: the first whose governor lies outside, a verb before any other."""
        inside = self.within(part)
        tops = [i for i in inside if not inside.start <= self.tokens[i].head < inside.stop or self.tokens[i].head == i]
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
