"""Outlets' headlines in one manner: sentence case, names as the articles themselves write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nutgraf.briefs import words
from nutgraf.ports import Token
from nutgraf.rarity import is_common, stop_words

READ = 6_000
"""Characters of an article that are looked at for how it writes its words."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = re.compile(r"(?<![\w’'-])[a-z][\w’'-]*")
_PAIR = re.compile(r"\b([A-Z][\w’'-]*) (?=([A-Z][\w’'-]*))")
_OPENS = re.compile(r"(?:^|(?<![A-Z])[.!?:]\s+|[“\"‘(])['’]?$")
_NO_NAMES = frozenset({"VBZ", "VBP", "VBD", "VBG", "VBN", "VB", "RB", "IN", "DT", "MD", "JJ", "JJR", "JJS", "NNS"})
"""Parts of speech that a name seldom has, and none that its article never writes."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a story's articles write words in mid-sentence, by the folded word."""

    small: Counter[str]
    capital: dict[str, Counter[str]]
    pairs: frozenset[tuple[str, str]]
    stems: frozenset[str]

    def name(self, word: str) -> str | None:
        """Return how a word is written where it is written as a name more often than not."""
        forms = self.capital.get(word.casefold())
        if not forms or forms.total() <= self.small[word.casefold()]:
            return None
        return word if word in forms else forms.most_common(1)[0][0]

    def is_plain(self, word: str) -> bool:
        """Tell whether a word, or another form of it, is written small."""
        return self.small[word.casefold()] > 0 or words.stem(word.casefold()) in self.stems


def manner_of(texts: Iterable[str]) -> Manner:
    """Read how words are written."""
    small: Counter[str] = Counter()
    capital: dict[str, Counter[str]] = {}
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        opening = "\n".join(words.fold(line) for line in text[:READ].splitlines() if not is_title_case(line))
        small.update(_SMALL.findall(opening))
        for name in words.names_in(opening):
            capital.setdefault(name.casefold(), Counter())[name] += 1
        pairs.update((one.group(1).casefold(), one.group(2).casefold()) for one in _PAIR.finditer(opening))
    stems = {words.stem(word) for word in small} - {words.stem(word) for word in capital}
    return Manner(small, capital, frozenset(pairs), frozenset(stems))


def is_title_case(title: str) -> bool:
    """Tell whether a headline writes (nearly) all its longer words with capitals."""
    every = _WORD.findall(title)
    if len(every) > 3 and all(word[0].isupper() for word in every):
        return True
    longer = [word for word in every if len(word) > 3 and word not in stop_words()]  # "about" is small in any case
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= len(longer) - len(longer) // 8


def sentence_case(title: str, manner: Manner, parse: Callable[[str], Sequence[Token]]) -> str:
    """Return an English headline in sentence case; one that is so already is left as it is.

    A word stays a name where the articles write it so more often than not, or so beside the same neighbour; one that
    they never write becomes small only where it is a verb or the like, as no name is, or the news writes it small.
    """
    if not is_title_case(title):
        return title
    shouted = title.isupper()
    found = list(_WORD.finditer(title))
    tags = {token.start: token.tag for token in parse(title.lower())}
    out, at = "", 0
    for place, match in enumerate(found):
        word = match.group()
        before = found[place - 1].group() if place else ""
        after = found[place + 1].group() if place + 1 < len(found) else ""
        paired = not {(before.casefold(), word.casefold()), (word.casefold(), after.casefold())}.isdisjoint(
            manner.pairs
        )
        out += title[at : match.start()]
        at = match.end()
        small = _cased(word, manner, paired=paired, tag=tags.get(match.start(), ""), shouted=shouted)
        out += small[:1].upper() + small[1:] if _OPENS.search(title[: match.start()]) else small
    return out + title[at:]


def _cased(word: str, manner: Manner, *, paired: bool, tag: str, shouted: bool) -> str:
    bare = re.sub(r"['’]s?$", "", word)
    if not shouted and (re.search(r"[A-Z]", bare[1:].replace("-", "")) is not None and "-" not in bare or bare == "I"):
        return word  # GOP, McCarthy, iPhone
    if paired and not shouted:
        return word
    if name := manner.name(bare):
        return name + word[len(bare) :]
    if paired:
        return word.capitalize()
    if manner.is_plain(bare) or tag in _NO_NAMES or len(bare) > 1 and is_common(bare):
        return word.lower()
    if "-" in bare:
        return "-".join(_cased(part, manner, paired=False, tag="", shouted=shouted) for part in word.split("-"))
    return word.capitalize() if shouted else word
