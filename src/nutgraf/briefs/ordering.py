"""The order of a brief's bullets: as a report has it, what matters first, the background and what comes next last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nutgraf.briefs import words
from nutgraf.briefs.choosing import share_of
from nutgraf.briefs.phrases import SAYS
from nutgraf.briefs.wording import ENGLISH, Wording, outside_quotations, tongue_of
from nutgraf.model import Article, instant
from nutgraf.ports import Language, Token

NEWS, BACKGROUND, NEXT = range(3)
"""The parts of a brief in their order."""

OPENING, TOLD_BY_LEDE = 2, 12
"""Sentences that open a report, and by how many such a one comes later where all that it says is in the lede."""

LONG_AGO = re.compile(r"(?i)\b(?:years? ago|decades?|since (?:19|20)\d\d|in (?:19|20)\d\d|previously|history)\b")
"""Words that tell of what lies far back."""

_WHEN = re.compile(
    r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september"
    r"|october|november|december|(?:jan|feb|aug|sept?|oct|nov|dec)\.? \d+|in may|may \d+|\d+ may|by may|tomorrow"
    r"|(?:next|coming|this|end of the|later in the) (?:week|month|year|spring|summer|autumn|fall|winter|term|season)"
    r"|in the (?:spring|summer|autumn|fall|winter|coming \w+)|within|until|in (?:\w+ )?\w+ (?:days|weeks|months))\b"
)
"""Words that say when something is to be."""

_STATES = words.table(
    "be have know believe think mean cost need want seem feel like love hate remember happen matter go get do say save"
)
"""Verbs of what is so, or of talk: with "will" alone they tell no step that is to be taken."""

_PLANS = words.table("plan expect aim intend schedule hope want set")
_NOBODY = words.table("nobody nothing none no-one no")


def in_order(lede: Wording, others: Sequence[Wording], language: Language) -> list[Wording]:
    """Return the bullets in their order; of those in one part, what its report tells earlier comes earlier.

    Reports tell what matters first (the inverted pyramid), and bring a person in before they let him speak. What the
    lede has told comes later: another outlet's opening mostly tells the same, unless its report is a later one;
    what that outlet tells after its opening comes after it all the same.
    """
    told = frozenset(words.content_words(lede.text))
    depths: dict[int, float] = {}
    reached: dict[str, float] = {}
    for wording in sorted(others, key=lambda wording: wording.passage.place):
        at, article, first = wording.passage.place, wording.passage.article, lede.passage.article
        opens = at < OPENING and article.id != first.id and not _is_later(article, first)
        again = share_of(frozenset(words.content_words(wording.text)), told) if opens else 0.0
        reached[article.id] = max(at + TOLD_BY_LEDE * again, reached.get(article.id, 0.0))
        depths[id(wording)] = reached[article.id]

    def place(wording: Wording) -> tuple[int, float, int]:
        return part_of(wording, language), depths[id(wording)], wording.passage.place

    return sorted(others, key=place)


def _is_later(article: Article, other: Article) -> bool:
    """Tell whether an article is known to have been published after another one."""
    if article.published is None or other.published is None:
        return False
    return instant(article.published) > instant(other.published)


def part_of(wording: Wording, language: Language) -> int:
    """Return the part of a brief that a bullet belongs to; in other languages than English all are news."""
    if tongue_of(wording.passage.article.language) != ENGLISH:
        return NEWS
    if comes_next(wording.text, language.parse(wording.text)):
        return NEXT
    return BACKGROUND if LONG_AGO.search(outside_quotations(wording.text)) else NEWS


def comes_next(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether an English sentence says, in its main clause or as what somebody says, what is to be done.

    "The council will inspect it", "a report is due", "talks are to start in May"; not what stands in a quotation,
    what is only so ("the lane will be 600 metres long") or what somebody thinks.
    """
    quoted = [match.span() for match in words.QUOTED.finditer(text)]
    timed = _WHEN.search(outside_quotations(text)) is not None
    return any(
        _is_told(tokens, place) and _is_to_be(tokens, place, timed=timed)
        for place, token in enumerate(tokens)
        if not any(start <= token.start < end for start, end in quoted)
    )


def _is_told(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word heads the main clause, or a clause that a main verb of saying says."""
    for _ in range(len(tokens)):
        token = tokens[place]
        if token.head == place:
            return True
        said = token.dep in ("ccomp", "parataxis") and tokens[token.head].lemma in SAYS - {"believe", "think"}
        if not said and token.dep != "conj":
            return False
        place = token.head
    return False


def _is_to_be(tokens: Sequence[Token], place: int, *, timed: bool) -> bool:
    token = tokens[place]
    under = [other for n, other in enumerate(tokens) if other.head == place and n != place]
    if any(other.dep == "neg" for other in under) or _is_of_nobody(under):
        return False
    helping = {other.text.casefold() for other in under if other.dep == "aux"}
    if helping & {"will", "shall", "'ll", "’ll"}:
        return timed or token.lemma not in _STATES
    if token.tag in ("VBD", "VB") or helping & {"had", "would", "could"}:
        return False
    if any(other.dep == "acomp" and other.lemma == "due" for other in under):
        return True
    infinitive = any(other.dep == "xcomp" and other.tag == "VB" for other in under)
    if token.lemma == "be":
        return timed and infinitive
    return token.lemma in _PLANS and (infinitive or timed)


def _is_of_nobody(under: Sequence[Token]) -> bool:
    return any(other.dep in ("nsubj", "nsubjpass") and other.text.casefold() in _NOBODY for other in under)
