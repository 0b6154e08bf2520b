"""What a brief tells that the one of the last edition did not, and what only one outlet has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from nutgraf.briefs import words
from nutgraf.model import Article, Brief, Changes, Citation, FigureChange, Line, Saying, Story

TOLD = 0.6
"""Share of a line's meaning words that one earlier line must have to have told it."""

SAME_LINE = 0.5
"""Share of meaning words, numbers left out, from which two lines tell the same thing with other numbers."""

HAS_IT = 0.4
"""Share of a line's meaning words in one paragraph from which that report has it too: to say that nobody else has
something is to be sure, so that a distant likeness is enough to be silent."""

HAS_ITS_NUMBER = 0.25
"""The same share where the paragraph has a number of the line as well."""

_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\d|(?<![\w.,])\d(?![\w])")


def with_changes(brief: Brief, before: Brief, told: date) -> Brief:
    """Mark what is new in a brief since ``before``, which the edition of the day ``told`` had.

    New lines are marked as such; a denial among them is a new denial. Figures are those that an earlier line gave
    otherwise. The brief as it is where nothing is new.
    """
    earlier = [(line, _stems(_composed(line))) for line in before.lines]
    lines = tuple(replace(line, new=_is_new(line, earlier)) for line in brief.lines)
    figures = tuple(_figure_changes(brief, before))
    if not figures and not any(line.new for line in lines):
        return brief
    return replace(brief, lines=lines, changes=Changes(told, figures))


def _composed(line: Line) -> str:
    return line.composed.text if line.composed else line.text


def _stems(text: str) -> frozenset[str]:
    return frozenset(words.content_words(text))


def _is_new(line: Line, earlier: Sequence[tuple[Line, frozenset[str]]]) -> bool:
    mine = _stems(_composed(line)) - _stems(line.outlet or "")
    return all(len(mine & theirs) < TOLD * len(mine) for _, theirs in earlier)


def _figure_changes(brief: Brief, before: Brief) -> Iterator[FigureChange]:
    """Yield the figures that a line gives otherwise than the earlier line that tells the same."""
    seen: set[tuple[str, str]] = set()
    for line in brief.lines:
        mine = _without_numbers(_composed(line))
        for other in before.lines:
            theirs = _without_numbers(_composed(other))
            if not mine or len(mine & theirs) < SAME_LINE * max(len(mine), len(theirs)):
                continue
            for earlier, now in _replaced(_composed(other), _composed(line)):
                was, there = _saying(before, other, earlier), _saying(brief, line, now)
                if was and there and (earlier, now) not in seen:
                    seen.add((earlier, now))
                    yield FigureChange(was, there)


def _without_numbers(text: str) -> frozenset[str]:
    return frozenset(stem for stem in _stems(text) if not words.is_number(stem))


def _replaced(before: str, now: str) -> Iterator[tuple[str, str]]:
    """Yield each number that another took the place of, with the word that follows both: ("12 people", "15 people")."""
    theirs, mine = (list(re.finditer(r"\d[\d,.]*\d|\w+(?:['’-]\w+)*", text)) for text in (before, now))
    matcher = SequenceMatcher(
        None, [m.group().casefold() for m in theirs], [m.group().casefold() for m in mine], autojunk=False
    )
    for step, i, j, k, m in matcher.get_opcodes():
        if step != "replace" or j - i != 1 or m - k != 1 or j >= len(theirs) or m >= len(mine):
            continue
        if not all(words.is_number(one.group().casefold()) for one in (theirs[i], mine[k])):
            continue
        if theirs[j].group().casefold() == mine[m].group().casefold():
            yield before[theirs[i].start() : theirs[j].end()], now[mine[k].start() : mine[m].end()]


def _saying(brief: Brief, line: Line, said: str) -> Saying | None:
    """Return a figure in the words of a line with the citation that holds them; ``None`` where none does."""
    for citation in line.citations:
        if _holds(citation, said):
            article = next((one for one in brief.articles if one.id == citation.span.article), None)
            outlet = article.outlet if article else line.outlet
            return Saying(said, outlet, None, article.published if article else None, citation)
    return None


def _holds(citation: Citation, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words.fold(said))}(?!\w)", words.fold(citation.passage)) is not None


def with_sole(brief: Brief, story: Story, articles: Mapping[str, Article]) -> Brief:
    """Mark the lines that only one outlet has: no paragraph of another outlet's report is like them.

    A story that one outlet alone tells has no such marks: all of it would be.
    """
    outlets = {_outlet(articles[key]) for key in story.articles}
    if len(outlets) < 2 or len(story.origins) < 2:
        return brief
    reports = [(_outlet(articles[key]), list(_paragraphs(articles[key]))) for key in story.articles]
    return replace(brief, lines=tuple(replace(line, sole=_is_sole(line, articles, reports)) for line in brief.lines))


Paragraph = tuple[frozenset[str], frozenset[str]]
"""The stems of a paragraph, and its numbers."""


def _outlet(article: Article) -> str:
    return (article.outlet or article.id).casefold()


def _paragraphs(article: Article) -> Iterator[Paragraph]:
    for text in (article.title, *article.text.split("\n\n")):
        yield _stems(text), frozenset(_NUMBER.findall(text))


def _is_sole(line: Line, articles: Mapping[str, Article], reports: Sequence[tuple[str, Sequence[Paragraph]]]) -> bool:
    own = {_outlet(articles[c.span.article]) for c in line.citations if c.span.article in articles}
    if len(own) != 1:
        return False
    said = " ".join(citation.passage for citation in line.citations)
    mine, numbers = _stems(said) | _stems(_composed(line)), frozenset(_NUMBER.findall(said))
    mine -= _stems(line.outlet or "")
    others = (paragraph for outlet, paragraphs in reports if outlet not in own for paragraph in paragraphs)
    return bool(mine) and not any(_has_it(mine, numbers, *paragraph) for paragraph in others)


def _has_it(
    mine: frozenset[str], numbers: frozenset[str], theirs: frozenset[str], their_numbers: frozenset[str]
) -> bool:
    share = len(mine & theirs) / len(mine)
    return share >= HAS_IT or (bool(numbers & their_numbers) and share >= HAS_ITS_NUMBER)


Broken = tuple[str, str, str]
"""A rule that a brief breaks, where, and what is wrong, in words."""


def broken_marks(brief: Brief) -> Iterator[Broken]:
    """Yield what is wrong with a brief's marks, from the brief alone: figures in no passage, a sole line of two."""
    outlets = {article.id: article.outlet for article in brief.articles}
    for number, line in enumerate(brief.lines, 1):
        cited = {outlets.get(citation.span.article) for citation in line.citations}
        if line.sole and len(cited) > 1:
            yield "outlet", f"line {number}", "only one outlet is said to have it, and it cites two"
    for number, change in enumerate(brief.changes.figures if brief.changes else (), 1):
        for saying in (change.before, change.now):
            if not _holds(saying.citation, saying.words):
                yield "number", f"change {number}", f'"{saying.words}" does not stand so in its passage'
