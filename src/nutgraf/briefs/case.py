"""One line of a brief with all that the rules look at, read from the stored brief alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from nutgraf.briefs import words
from nutgraf.briefs.alignment import Token, rooted, share, tokens
from nutgraf.model import Brief, Line

RESTS_ON = 0.4
"""Share of a passage's meaning words from which a line is held to tell that passage, and not to cite it for a name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a brief breaks, where ("headline", "dek", "line 2", "dispute 1"), and what is wrong, in words."""

    rule: str
    place: str
    message: str


@dataclass(frozen=True)
class Case:
    """One line with all that its rules look at."""

    brief: Brief
    line: Line
    place: str

    def fault(self, rule: str, message: str) -> Fault:
        """Return a fault of this line."""
        return Fault(rule, self.place, message)

    @cached_property
    def cited(self) -> str:
        """The cited passages, folded, one after the other."""
        return words.fold(" ".join(citation.passage for citation in self.line.citations)).casefold()

    @cached_property
    def around(self) -> str:
        """The outlets of the cited articles, folded: what a line may name beside what its passages say."""
        known = {article.id: article for article in self.brief.articles}
        cited = [known[c.span.article] for c in self.line.citations if c.span.article in known]
        return words.fold(" ".join(article.outlet or "" for article in cited)).casefold()

    @cached_property
    def sourced_words(self) -> frozenset[str]:
        """Every word that the line may use as a name."""
        return parts(f"{self.cited} {self.around}")

    @cached_property
    def sourced_numbers(self) -> frozenset[str]:
        """Every number of the passages, small ones in digits and in words."""
        found = {n.rstrip(",") for n in words.NUMBER.findall(f"{self.cited} {self.around}")}
        found |= {word for word in self.sourced_words if word in words.NUMBER_WORDS}
        for word, number in words.SMALL_NUMBERS.items():
            if word in self.sourced_words or str(number) in found:
                found |= {word, str(number)}
        return frozenset(found)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of what the passages say."""
        return frozenset(words.content_words(self.cited))

    @cached_property
    def roots(self) -> frozenset[str]:
        """The names of the passages, peoples as their countries."""
        return frozenset(token.word for passage in self.passages for token in passage if token.capital)

    @cached_property
    def is_as_told(self) -> bool:
        """Whether this is a headline that names its outlet as the one who says it."""
        return self.is_heading and any(says_so(self, *named) for named in named_outlets(self))

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words of a heading that no capital makes a name: its passages write them small."""
        if not self.is_heading:
            return frozenset()
        return frozenset(word for word in self._small if not word[:1].isdigit() and word not in words.NUMBER_WORDS)

    @cached_property
    def is_heading(self) -> bool:
        """Whether the line stands above the others: it says in its own words what they say."""
        return self.place in ("headline", "dek")

    @cached_property
    def told(self) -> list[tuple[tuple[Token, ...], list[tuple[str, int, int, int, int]]]]:
        """The passages that the line tells, as tokens, with what turns each into the line."""
        found = []
        for theirs in self.passages:
            matcher = SequenceMatcher(None, [t.word for t in theirs], [t.word for t in self.mine], autojunk=False)
            if share(theirs, self.mine, matcher) >= RESTS_ON:
                found.append((theirs, [(str(step), i, j, k, m) for step, i, j, k, m in matcher.get_opcodes()]))
        return found

    @cached_property
    def mine(self) -> tuple[Token, ...]:
        """The line as tokens."""
        return self.read(self.line.text)

    @cached_property
    def passages(self) -> list[tuple[Token, ...]]:
        """The cited passages as tokens, without their datelines."""
        return [self.read(words.DATELINE.sub("", citation.passage)) for citation in self.line.citations]

    @cached_property
    def _small(self) -> frozenset[str]:
        """Words that a passage writes small: no capital makes them a name."""
        return frozenset(t.word for citation in self.line.citations for t in tokens(citation.passage) if not t.capital)

    def read(self, text: str) -> tuple[Token, ...]:
        """Return the tokens of a text, to be compared with those of others read so."""
        return rooted(tokens(text), self._small) if self.is_heading else tokens(text)


@lru_cache(maxsize=1 << 11)
def parts(text: str) -> frozenset[str]:
    """Return the words of folded text, whole and at their hyphens."""
    found = set()
    for word in _JOINED.findall(text):
        bare = words.without_possessive(word.strip("'-"))
        found.add(bare)
        if "-" in bare or "'" in bare:
            found.update(_HYPHEN.split(bare))
    return frozenset(found)


_JOINED = re.compile(r"[\w'-]+")
_HYPHEN = re.compile(r"[-']")


def named_outlets(case: Case) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the line at which an outlet of a cited article is named."""
    said = [t.word for t in case.mine]
    known = {article.id: article.outlet for article in case.brief.articles}
    for outlet in dict.fromkeys(known.get(c.span.article) for c in case.line.citations):
        name = [t.word for t in case.read(re.sub(r"^[Tt]he ", "", outlet or ""))]
        for start in range(len(said) - len(name) + 1):
            if name and said[start : start + len(name)] == name:
                yield start, start + len(name)


def says_so(case: Case, start: int, end: int) -> bool:
    """Tell whether an outlet's name stands where the one who says it is named: "per the Post", "the Post reports"."""
    if not is_english(case):
        return True
    start -= start > 0 and case.mine[start - 1].word == "the"
    before = case.mine[start - 1].word if start and not case.mine[start].parted else ""
    after = case.mine[end].word if end < len(case.mine) else ""
    return before in words.BEFORE_AN_OUTLET or after in words.ATTRIBUTIONS


def is_english(case: Case) -> bool:
    """Tell whether the brief is in English; one that does not say so is taken to be."""
    return (case.brief.language or "en").startswith("en")
