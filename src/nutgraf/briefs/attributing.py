"""The outlet that a line rests on, named in its words: once a brief, and again where a line names nobody else."""

from __future__ import annotations

import re
from dataclasses import replace

from nutgraf.briefs import words
from nutgraf.briefs.phrases import as_named
from nutgraf.briefs.rules import names_speaker
from nutgraf.briefs.wording import ENGLISH, SPEECH, capital, outside_quotations, small_start, tongue_of
from nutgraf.model import Article, Brief, Line

_THE = words.table(
    "post times courier guardian journal herald tribune ledger echo mirror star telegraph sun mail observer "
    "independent chronicle gazette examiner inquirer globe register sentinel bulletin record press daily "
    "hill atlantic economist standard express monitor dispatch union argus messenger advertiser mercury"
)
_ENDS_IN_SPEECH = re.compile(rf"(?i)\b{SPEECH}\b(?: (?!on\b)\w+){{0,3}}$|\baccording to\b[^,.]*$")


def the(outlet: str) -> str:
    """Return an outlet's name as running text has it: "the Harbour Post", "Reuters"."""
    last = outlet.casefold().split()[-1:] or [""]
    if outlet.casefold().startswith("the "):
        return "the " + outlet[4:]
    return f"the {outlet}" if last[0] in _THE else outlet


def attribute(text: str, article: Article, *, manner: int, opening: int | None = None, tag: str | None = None) -> str:
    """Name the outlet in a line, once, in one of the newsroom's ways; ``manner`` varies them.

    In a line of two sentences the first, ``opening`` characters long, names it. ``tag`` is the part of speech (Penn
    Treebank) of the first word, where it is known: it tells whether that word keeps its capital.
    """
    outlet = article.outlet
    if not outlet or _is_named(outlet, text):
        return text
    first, rest = (text[:opening], text[opening:]) if opening else (text, "")
    tongue = tongue_of(article.language)
    if tongue != ENGLISH:
        return _in_parentheses(first, outlet, tongue) + rest
    return _attributed(first, small_start(first, article, tag), the(outlet), manner) + rest


_SAYS_AFTER = ("{name} reports", "per {name}", "{name} reports", "according to {name}", "per {name}")
"""The ways to name an outlet at the end of a line, by manner; the third is for lines that cannot follow "that"."""

_BEFORE = 2
"""The manner in which the outlet comes first: "the Post reports that"."""


def _attributed(text: str, small: str, name: str, manner: int) -> str:
    kind = manner % len(_SAYS_AFTER)
    if not text.endswith(".") or _UNSAFE_END.search(text):
        return f"According to {name}, {small}"
    if _ENDS_IN_SPEECH.search(outside_quotations(text[:-1])):  # "he said, the Post reports" heaps up
        return f"{text[:-1]}, per {name}."
    if kind == _BEFORE and small != text and not text.startswith(("“", '"')):
        return f"{capital(name)} reports that {small}"
    if kind == 3 and _SOURCED.search(text):
        kind = 1  # one "according to" in a line is enough
    return f"{text[:-1]}, {_SAYS_AFTER[kind].format(name=name)}."


_UNSAFE_END = re.compile(r"(?:\d\W*|\b(?:[A-Z]|Jr|Sr|Inc|Co|Corp|Ltd|Calif|Mass|Ave|St)\.)$")
""""in 2019, the Post reports" would read as one number; "Inc." keeps its full stop."""

_SOURCED = re.compile(rf"(?i)\baccording to\b|\b{SPEECH}\b")


_PER = {"de": "laut", "fr": "selon"}
"""How other languages name an outlet after the line; without an entry the name stands alone."""


def _in_parentheses(text: str, outlet: str, tongue: str) -> str:
    """Name the outlet after the line in its language, in parentheses so that no grammar has to bend."""
    named = f"({_PER[tongue]} {outlet})" if tongue in _PER else f"({outlet})"
    return f"{text[:-1]} {named}." if text.endswith(".") else f"{text} {named}"


def unattributed(text: str, outlet: str | None) -> str:
    """Return a line without the words that ``attribute`` put to it."""
    if not outlet:
        return text
    bare = re.sub(rf" \((?:\w+ )?{re.escape(outlet)}\)(?=\.?(?:$| ))", "", text)
    if bare != text:
        return bare
    name = rf"{re.escape(the(outlet))}|{re.escape(capital(the(outlet)))}"
    opened = re.sub(rf"^(?:According to (?:{name}), |(?:{name}) reports that )", "", text)
    if opened != text:
        return capital(opened)
    return re.sub(rf",? (?:per (?:{name})|according to (?:{name})|(?:{name}) reports)\.(?=$| )", ".", text)


def _is_named(outlet: str, text: str) -> bool:
    """Tell whether a line names its outlet, or calls it by its last word as the outlet itself does: "told the Post"."""
    last = outlet.split()[-1]
    if last.casefold() in _THE and re.search(rf"\b[Tt]he {re.escape(last)}\b", outside_quotations(text)):
        return True
    return re.sub(r"(?i)^the ", "", outlet).casefold() in text.casefold()


def outlets_once(brief: Brief) -> Brief:
    """Name no outlet again in a bullet that says itself who says it: the outlet stands under each line anyway.

    Its first line names it, and so does each line that would be nobody's word without it.
    """
    named: set[str | None] = set()
    bare: dict[str, str] = {}
    for line in brief.lines:
        if line.outlet in named:
            bare[line.text] = without_outlet(line).text
        named.add(line.outlet)
        named |= {one.outlet for one in brief.articles if one.outlet and one.outlet.removeprefix("The ") in line.text}

    def once(line: Line) -> Line:
        return replace(line, text=bare.get(line.text, line.text))

    return replace(
        brief,
        lines=tuple(once(line) for line in brief.lines),
        disputes=tuple(replace(one, claim=once(one.claim), denial=once(one.denial)) for one in brief.disputes),
    )


def without_outlet(line: Line) -> Line:
    """Return a line without its outlet's name where it names who says it; another as it is."""
    text = unattributed(line.text, line.outlet)
    outside = outside_quotations(text)
    said = line.speaker is not None and names_speaker(outside, as_named(line.speaker, outside))
    return replace(line, text=text) if said else line
