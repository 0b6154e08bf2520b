"""The run-in label of a bullet, drawn from what it says: a table of kinds, each with its words and its labels."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from nutgraf.briefs import words
from nutgraf.model import Certainty


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content: the words that show it, and its labels in order of preference."""

    pattern: re.Pattern[str]
    labels: tuple[str, ...]


def _kind(pattern: str, *labels: str) -> Kind:
    return Kind(re.compile(rf"(?ix) {pattern}"), labels)


DENIAL = _kind(
    r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)|refut(?:es|ed)|disputes?d?|rejects?(?:ed)?)\b",
    "The denial",
    "The rebuttal",
)

KINDS = (
    DENIAL,
    _kind(r"\b(?:killed|dead|died|deaths?|injured|wounded|casualties|death\ toll)\b .* \d | \d .* \b(?:killed|dead|died|deaths|injured|wounded)\b",
          "The toll", "The victims"),
    _kind(r"\b(?:charged\ with|indict\w+|pleaded|convicted|sentenced|prosecutors?|verdict|jury|lawsuit|sued|judge|court)\b",
          "In court", "The case", "The legal side"),
    _kind(r"\b(?:will|plans?\ to|set\ to|expected\ to|scheduled|is\ due|next\ (?:week|month|year)|upcoming|aims\ to)\b", "What's next", "The plan", "Ahead"),
    _kind(r"[$€£]\s?\d | \b(?:dollars|euros|billion|million)\b", "The money", "The cost"),
    _kind(r"\b(?:percent|per\ cent|%|survey|poll|study|researchers|scientists)\b", "The findings", "The research", "The data"),
    _kind(r"\b(?:because|caused?\ by|due\ to|blamed?|triggered|prompted|led\ to|as\ a\ result)\b", "The cause", "Why", "What led to it"),
    _kind(r"\b(?:investigat\w+|police|detectives|sheriff|authorities|officers|fbi|arrest\w*)\b", "The investigation", "The police", "What authorities say"),
    _kind(r"\b(?:condemn\w+|prais\w+|critici[sz]\w+|welcom\w+|outrage\w*|slammed|apologi[sz]\w+|reacted|backlash|angry|protest\w*)\b",
          "The reaction", "The response", "The criticism"),
    _kind(r"\b(?:years?\ (?:ago|earlier)|since\ (?:19|20)\d\d|in\ (?:19|20)\d\d|previously|history|decades?|former(?:ly)?|last\ year)\b",
          "The background", "The backstory", "The history"),
    _kind(r"\b(?:across|nationwide|worldwide|statewide|thousands|hundreds|several|dozens|total|at\ least)\b", "The scope", "The extent"),
    _kind(r"\d", "The figures", "By the numbers", "The numbers"),
)  # fmt: skip

BY_CERTAINTY = {
    Certainty.POSSIBLE: ("The possibility", "What may follow"),
    Certainty.BELIEVED: ("The thinking", "The suspicion"),
    Certainty.CONDITIONAL: ("What it would mean",),
    Certainty.PLANNED: ("What's next", "The plan"),
}

LAST = ("The details", "Also", "Of note", "Worth knowing", "Elsewhere", "In addition", "One more thing")


_NEXT = re.compile(r"(?i)\b(?:will|plans? to|scheduled|expected to|next (?:week|month|year)|is due|set to)\b")
_BACK = re.compile(r"(?i)\b(?:years? ago|decades?|since (?:19|20)\d\d|in (?:19|20)\d\d|previously|history)\b")


def lateness(text: str) -> int:
    """Say how late a bullet comes: 0 for news, 1 for background, 2 for what comes next."""
    plain = re.sub(r"“[^”]*”|\"[^\"]*\"", "", text)
    return 2 if _NEXT.search(plain) else 1 if _BACK.search(plain) else 0


def label(text: str, *, speaker: str | None, certainty: Certainty, denied: bool, used: Collection[str]) -> str:
    """Return a label that fits the line and is not among ``used``; every name in it stands in the line."""
    choices = _choices(text, speaker, certainty, denied)
    return next((choice for choice in choices if choice not in used), LAST[len(used) % len(LAST)])


def _choices(text: str, speaker: str | None, certainty: Certainty, denied: bool) -> list[str]:
    choices: list[str] = []
    if denied:
        choices += DENIAL.labels
    if speaker and speaker in text and words.QUOTED.search(text):
        surname = speaker.split()[-1]
        choices += [f"{surname}'s words", f"{surname}'s view"] if surname[:1].isupper() else []
    choices += BY_CERTAINTY.get(certainty, ())
    choices += [name for kind in KINDS if kind.pattern.search(text) for name in kind.labels]
    choices += [f"In {place}" for place in _places(text)]
    return [*choices, *LAST]


def _places(text: str) -> list[str]:
    found = re.findall(r"\b(?:in|at|near) ((?:[A-Z][a-z]+)(?: [A-Z][a-z]+)?)\b", text)
    return [place for place in found if place.split()[0].casefold() not in words.MONTHS_AND_DAYS]
