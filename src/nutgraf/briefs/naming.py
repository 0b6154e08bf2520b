"""How a brief calls its persons: by the whole name when they come in, by the last name from then on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce

from nutgraf.briefs import words
from nutgraf.briefs.phrases import is_person
from nutgraf.briefs.wording import Wording, mention_of, outside_quotations

_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame)\.? )?"


def named_in_turn(wordings: Sequence[Wording]) -> list[Wording]:
    """Return the wordings of a brief in its order, each speaker named in full by the first that names him.

    The sentence of the article that has the whole name is cited too. A whole name that was brought in for a pronoun is
    shortened where the brief has told it before; what the article itself writes stays.
    """
    found: list[Wording] = []
    for wording in wordings:
        named = partial(_named, told="\n".join(one.text for one in found))
        found.append(reduce(named, _speakers(wording), wording))
    return found


def _named(wording: Wording, name: str, told: str) -> Wording:
    return _shortened(wording, name) if name in told else _in_full(wording, name)


def _speakers(wording: Wording) -> Iterator[str]:
    """Yield the persons who say something in a wording, by their whole names."""
    names = dict.fromkeys(claim.speaker for claim in wording.passage.claims if claim.speaker)
    yield from (name for name in names if is_person(name))


def _in_full(wording: Wording, name: str) -> Wording:
    """Name a person in full where a wording has the last name alone; where two are called so, as it is."""
    last = name.split()[-1]
    if name in wording.text or last not in outside_quotations(wording.text):
        return wording
    bare = re.compile(rf"{_TITLE}(?<![\w’'-]){re.escape(last)}(?![\w-])")
    at = next((found for found in bare.finditer(wording.text) if not _is_quoted(wording.text, found.start())), None)
    article = wording.passage.article
    mention = mention_of(article, name, before=wording.passage.span.start)
    if (
        at is None
        or mention is None
        or _denies(mention.of(article.text))
        or re.search(r"[A-Z]\w*\W? $", wording.text[: at.start()])
    ):
        return wording  # "President Rolf", "Owen and Ada": another name stands before it
    text = wording.text[: at.start()] + name + wording.text[at.end() :]
    opening = wording.opening
    if opening is not None and at.end() <= opening:
        opening += len(text) - len(wording.text)
    return replace(wording, text=text, opening=opening, speaker=name, lent=(*wording.lent, article.cite(mention)))


def _shortened(wording: Wording, name: str) -> Wording:
    """Call a person by the last name where a whole name was brought in, and the brief has told it before."""
    if name in wording.passage.text or wording.text.count(name) != 1:
        return wording
    at = wording.text.index(name)
    cut = len(name) - len(name.split()[-1])
    opening = wording.opening
    if opening is not None and at < opening:
        opening -= cut
    return replace(wording, text=wording.text[:at] + wording.text[at + cut :], opening=opening)


def _denies(text: str) -> bool:
    """Tell whether a sentence denies something: cited for the name in it alone, its denial would be left out."""
    return not words.DENYING.isdisjoint(words.plain_words(text))


def _is_quoted(text: str, at: int) -> bool:
    return any(match.start() <= at < match.end() for match in words.QUOTED.finditer(text))
