"""The same person across the articles of a story: "Holm" of one is "Ada Holm" of another, if only one can be."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from nutgraf.model import Claim

SPELT_ALIKE = 5
"""Letters that two spellings of one last name share at their start: "Zelenko" and "Zelenkow"."""


def fullest_names(claims: Iterable[Claim]) -> Mapping[tuple[str, str], str]:
    """Map (article, speaker) to the fullest name that the story has for that speaker.

    A last name alone takes the only full name that ends in it; where two people have it, it stays as it is. The same
    first name with last names spelt alike is one person, by the spelling that came first. The anonymous have no names.
    """
    spoken = [(claim.article, claim.speaker) for claim in claims if claim.speaker and not claim.anonymous]
    full = list(dict.fromkeys(name for _, name in spoken if _is_full(name)))
    first_spelling: dict[tuple[str, str], str] = {}
    for name in full:
        first_spelling.setdefault(_key(name), name)
    by_last: dict[str, set[str]] = defaultdict(set)
    for name in full:
        by_last[_plain(name.split()[-1])].add(first_spelling[_key(name)])
    found = {}
    for article, name in spoken:
        if _is_full(name):
            found[article, name] = first_spelling[_key(name)]
        elif len(others := by_last.get(_plain(name), set())) == 1:
            found[article, name] = next(iter(others))
        else:
            found[article, name] = name
    return found


def _is_full(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words) and words[0].lower() != "the"


def _key(name: str) -> tuple[str, str]:
    """Return what two spellings of one full name share."""
    first, *_, last = name.split()
    return _plain(first), _plain(last)[:SPELT_ALIKE]


def _plain(word: str) -> str:
    """Return a word without accents and case."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).casefold()
