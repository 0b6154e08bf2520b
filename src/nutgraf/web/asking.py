"""What a reader types into the search, as a question for the store; what is not understood is said, never refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nutgraf.ports import Question
from nutgraf.publications.tongue import mark

LONGEST = 300
"""Characters of a question that are read; a longer one is a text that was pasted."""

MOST = 24
"""Words of a question that are looked for."""

TOO_LONG = mark("Only the first {most} characters were read.")
NO_DAY = mark("“{part}” was left out: write a day as {example}.")

_PART = re.compile(r'(?P<minus>-?)(?:(?P<name>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.I)
NAMED = ("outlet", "topic", "person")
DAYS = ("since", "until")


@dataclass(frozen=True, slots=True)
class Note:
    """What was left out and why: an interface text, and what fills it in."""

    text: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what of the typed text was left out of it, and why."""

    question: Question
    notes: tuple[Note, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked."""
        return self.question == Question()


def read_question(text: str) -> Asked:
    """Read a question: words, "phrases", beginnings*, -left-out, outlet:, topic:, person:, since: and until:.

    A value of several words goes between quotation marks. Any text gives a question.
    """
    notes = [Note(TOO_LONG, {"most": LONGEST})] if len(text) > LONGEST else []
    found: dict[str, list[str]] = {"words": [], "phrases": [], "beginnings": [], "without": []}
    named: dict[str, str] = {}
    days: dict[str, date] = {}
    curled = text[:LONGEST].translate(str.maketrans("“”„«»", '"""""'))
    for part in list(_PART.finditer(curled))[:MOST]:
        value = part["phrase"] if part["phrase"] is not None else part["word"]
        name = (part["name"] or "").lower()
        if name in NAMED and value and not part["minus"]:
            named[name] = value
        elif name in DAYS and not part["minus"]:
            notes += _day(name, value, days)
        elif any(c.isalnum() for c in value):
            found[_kind(part, value)].append(value if not name else f"{part['name']} {value}")
    question = Question(
        words=tuple(found["words"]),
        phrases=tuple(found["phrases"]),
        beginnings=tuple(found["beginnings"]),
        without=tuple(found["without"]),
        outlet=named.get("outlet"),
        topic=named.get("topic"),
        person=named.get("person"),
        since=days.get("since"),
        until=days.get("until"),
    )
    return Asked(question, tuple(notes))


def _kind(part: re.Match[str], value: str) -> str:
    if part["minus"]:
        return "without"
    if part["phrase"] is not None:
        return "phrases"
    return "beginnings" if value.endswith("*") else "words"


def _day(name: str, value: str, days: dict[str, date]) -> list[Note]:
    try:
        days[name] = date.fromisoformat(value)
    except ValueError:
        return [Note(NO_DAY, {"part": f"{name}:{value}", "example": f"{name}:2026-03-14"})]
    return []
