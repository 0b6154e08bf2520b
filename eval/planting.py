"""Plant faults in briefs that have none, one at a time, each of a kind that a reader would be misled by.

The check (``nutgraf.briefs.check``) is measured by the share that it finds, and by what it finds in untouched briefs.
Planting is by position alone, without chance: the same brief gives the same faults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from nutgraf.briefs.checking import UNSURE
from nutgraf.model import Brief, Line, Span

_NUMBER = re.compile(r"(?<![\w.,])\d(?:[\d,]*\d)?(?:\.\d+)?(?![\w,]*\d)")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*\b(?!\.|’|')")
_QUOTED = re.compile(r"“([^“”]{12,})”")
_NOT = re.compile(r" not\b|(?<=\w)n[’']t\b| never\b")
_DOUBT = re.compile(
    r"\b(?:may|might|could) (?=[a-z]{3,})|\b(?:reportedly|allegedly|possibly|perhaps|probably|apparently) "
)
_BELIEVED = re.compile(r"\b(is|are|was|were) (?:believed|thought|said|reported) to (be|have)\b")
_POSITIVE = re.compile(r"\b(was|were|is|are|had|has|will) (?=[a-z]{4,}(?:ed|en)\b)")


@dataclass(frozen=True, slots=True)
class Planted:
    """A brief with one fault: its kind, and where it was put."""

    kind: str
    place: str
    brief: Brief


Change = Callable[[str, str], Iterator[str]]
"""Yields false versions of a text, given the text and the passages that it rests on."""


def planted(brief: Brief) -> Iterator[Planted]:
    """Yield the brief with each fault that can be planted in it."""
    for place, line, put in _places(brief):
        passages = " ".join(citation.passage for citation in line.citations)
        for kind, change in CHANGES:
            for text in change(line.text, passages):
                where = " in a headline" if place == "headline" and change is swapped_names else ""
                yield Planted(kind + where, place, put(replace(line, text=text)))
        yield from (Planted("speaker", place, put(other)) for other in _other_speakers(brief, line))
        yield from (Planted("citation", place, put(other)) for other in _other_citations(brief, line))
    yield from _without_denials(brief)
    yield from _other_sayings(brief)
    yield from _surer_headlines(brief)


def _places(brief: Brief) -> Iterator[tuple[str, Line, Callable[[Line], Brief]]]:
    for number, line in enumerate(brief.lines):

        def put(other: Line, number: int = number) -> Brief:
            return replace(brief, lines=(*brief.lines[:number], other, *brief.lines[number + 1 :]))

        yield f"line {number + 1}", line, put
    yield "headline", brief.headline, lambda other: replace(brief, headline=other)


# changes of a text


def numbers(text: str, passages: str) -> Iterator[str]:
    """Change a number by one, and put another number of the passages in its place."""
    others = _NUMBER.findall(passages)
    for match in list(_NUMBER.finditer(text))[:2]:
        number = match.group()
        digit = str((int(number[-1]) + 1) % 10)
        yield text[: match.start()] + number[:-1] + digit + text[match.end() :]
        if other := next((one for one in others if one.rstrip(",") not in text), None):
            yield text[: match.start()] + other.rstrip(",") + text[match.end() :]


def swapped_names(text: str, passages: str) -> Iterator[str]:
    """Put another name of the passages in the place of one, and let two of the line change places."""
    found = list(dict.fromkeys(match.group() for match in _NAME.finditer(text)))
    others = [name for name in dict.fromkeys(_NAME.findall(passages)) if name not in text and not _shares(name, found)]
    for name, other in zip(found[:1], others, strict=False):
        yield text.replace(name, other, 1)
    if len(found) >= 2 and not _shares(found[0], found[1:2]):
        one, other = found[0], found[1]
        yield text.replace(one, "\x00", 1).replace(other, one, 1).replace("\x00", other, 1)


def _shares(name: str, others: Iterable[str]) -> bool:
    return any(set(name.split()) & set(other.split()) for other in others)


def invented_names(text: str, passages: str) -> Iterator[str]:
    """Put a name that nobody has in the place of one."""
    if match := _NAME.search(text):
        yield text[: match.start()] + "Orlo Vantreight" + text[match.end() :]


def lost_not(text: str, passages: str) -> Iterator[str]:
    """Leave out a "not"."""
    for match in list(_NOT.finditer(text))[:2]:
        if not _quoted(text, match.start()):
            yield text[: match.start()] + text[match.end() :]


def put_not(text: str, passages: str) -> Iterator[str]:
    """Put in a "not"."""
    if (match := _POSITIVE.search(text)) and not _quoted(text, match.start()):
        yield text[: match.end()] + "not " + text[match.end() :]


def lost_doubt(text: str, passages: str) -> Iterator[str]:
    """Leave out a "may", or a "reportedly"; "is believed to have" becomes "has"."""
    for match in list(_DOUBT.finditer(text))[:2]:
        if not _quoted(text, match.start()):
            sure = "will " if match.group().strip() in ("may", "might", "could") else ""
            yield text[: match.start()] + sure + text[match.end() :]
    if (match := _BELIEVED.search(text)) and not _quoted(text, match.start()):
        yield text[: match.start()] + (match.group(1) if match.group(2) == "be" else "has") + text[match.end() :]


def changed_quotations(text: str, passages: str) -> Iterator[str]:
    """Change one word of a quotation."""
    for match in _QUOTED.finditer(text):
        words = re.findall(r"[a-z]{4,}", match.group(1))
        if words:
            longest = max(words, key=len)
            other = "entirely" if longest != "entirely" else "partly"
            yield text[: match.start()] + match.group().replace(longest, other, 1) + text[match.end() :]


def _quoted(text: str, place: int) -> bool:
    return text.count("“", 0, place) > text.count("”", 0, place) or text.count('"', 0, place) % 2 == 1


CHANGES: tuple[tuple[str, Change], ...] = (
    ("number", numbers),
    ("name swapped", swapped_names),
    ("name invented", invented_names),
    ("lost not", lost_not),
    ("put not", put_not),
    ("lost doubt", lost_doubt),
    ("quotation", changed_quotations),
)


# changes of what stands beside a text


def _other_speakers(brief: Brief, line: Line) -> Iterator[Line]:
    cited = " ".join(citation.passage for citation in line.citations).casefold()
    others = [one.speaker for one in brief.lines if one.speaker and one.speaker.split()[-1].casefold() not in cited]
    if line.speaker and others:
        yield replace(line, speaker=others[0])
    outlets = [article.outlet for article in brief.articles]
    cited_outlets = [brief.article(citation.span.article).outlet for citation in line.citations]
    other = next((outlet for outlet in outlets if outlet and outlet not in cited_outlets), None)
    if other:
        yield replace(line, outlet=other)


def _other_citations(brief: Brief, line: Line) -> Iterator[Line]:
    """Yield the line citing what another rests on, where the two have few words in common."""
    told = _words(line.text)
    for other in brief.lines:
        if len(told & _words(" ".join(c.passage for c in other.citations))) <= 0.25 * len(told):
            yield replace(line, citations=other.citations)
            return


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w{4,}", text)}


def _without_denials(brief: Brief) -> Iterator[Planted]:
    """Leave out a denial everywhere, with the dispute that it makes and what shows it, the claim staying."""
    for number, dispute in enumerate(brief.disputes, 1):
        spans = [citation.span for citation in dispute.denial.citations]

        def shows(line: Line, spans: list[Span] = spans) -> bool:
            return any(c.span.overlaps(span) for c in line.citations for span in spans)

        kept = tuple(line for line in brief.lines if not shows(line))
        told = [citation.span for citation in dispute.claim.citations]
        if any(c.span.overlaps(span) for line in kept for c in line.citations for span in told):
            others = tuple(one for one in brief.disputes if one is not dispute)
            yield Planted("denial", f"dispute {number}", replace(brief, lines=kept, disputes=others))


def _other_sayings(brief: Brief) -> Iterator[Planted]:
    """Change the words, the speaker and the outlet of each figure that differs."""
    for number, difference in enumerate(brief.figures):
        for at, saying in enumerate(difference.sayings):
            beside = difference.sayings[at - 1]
            changed = (
                [replace(saying, words=beside.words)]
                if beside.words.casefold() not in saying.citation.passage.casefold()
                else []
            )
            changed += [replace(saying, speaker="Orlo Vantreight")]
            changed += [replace(saying, outlet=beside.outlet)] if beside.outlet != saying.outlet else []
            for other in changed:
                sayings = (*difference.sayings[:at], other, *difference.sayings[at + 1 :])
                table = replace(difference, sayings=sayings)
                figures = (*brief.figures[:number], table, *brief.figures[number + 1 :])
                yield Planted("saying", f"figure {number + 1}", replace(brief, figures=figures))


def _surer_headlines(brief: Brief) -> Iterator[Planted]:
    """Take the words of doubt out of a headline that rests on something unsure."""
    if brief.headline.certainty in UNSURE or brief.headline.denied:
        text = re.sub(
            r"(?i)\b(?:may|might|could|reportedly|allegedly) |, [\w ’']+ Reports$|: Report$", "", brief.headline.text
        )
        if text != brief.headline.text:
            yield Planted("surer headline", "headline", replace(brief, headline=replace(brief.headline, text=text)))
