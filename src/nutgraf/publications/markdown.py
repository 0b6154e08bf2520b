"""A brief as Markdown (CommonMark). Whatever stands in a text is shown as it is and never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nutgraf.model import Brief
from nutgraf.publications.layout import Layout, ShownArticle, ShownLine, ShownSource, changes_words, lay_out, one_line

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#]|&(?=[#\w])")
_AT_LINE_START = re.compile(r"^(\d{0,9})([.)](?=\s|$)|[-+=:])")
_DESTINATION = {character: f"%{ord(character):02X}" for character in "()<>\\ "}


def as_markdown(brief: Brief) -> str:
    """Return the brief as Markdown, each line followed by its citations; ends with a line break."""
    return "\n\n".join(_blocks(lay_out(brief))) + "\n"


def escape(text: str) -> str:
    r"""Return ``text`` on one line, so that Markdown shows exactly it: "[a](b)" becomes "\[a\](b)"."""
    text = _MARKUP.sub(lambda match: "\\" + match.group(), one_line(text))
    return _AT_LINE_START.sub(r"\1\\\2", text)


def _blocks(brief: Layout) -> Iterator[str]:
    yield f"# {escape(brief.headline.text)}"
    if brief.headline.composed:
        yield f"*Headline reworded by a language model; composed:* {escape(brief.headline.composed)}"
    if brief.dek:
        yield f"*{escape(brief.dek.text)}*"
    yield escape(_byline(brief))
    if photo := brief.photo:
        credit = f"({escape(photo.credit)})" if photo.credit else ""
        picture = [f"[Photo]({_destination(photo.url)})" if photo.url else "Photo", escape(photo.caption), credit]
        yield " ".join(part for part in picture if part)
    if brief.changes:
        yield escape(changes_words(brief.changes))
    yield "\n".join([escape(brief.lede.text), *_sources(brief.lede, "")])
    if brief.bullets:
        yield "\n".join(part for line in brief.bullets for part in _bullet(line))
    if brief.disputes:
        yield "## In dispute"
    for claim, denial in brief.disputes:
        yield "\n".join([*_bullet(claim, "Claim"), *_bullet(denial, "Denial")])
    for figure in brief.figures:
        rows = [
            f"| {escape(s.words)} | {escape(s.speaker or '')} | {_named(s.source, s.outlet)} "
            f"| {escape(s.when.text) if s.when else ''} |"
            for s in figure.sayings
        ]
        head = [f"## Figures differ: {escape(figure.counts)}", "", "| figure | who says so | outlet | when |"]
        yield "\n".join([*head, "| --- | --- | --- | --- |", *rows])
    yield "\n".join(["## Coverage", "", f"{brief.coverage}.", "", *_coverage(brief)])
    if brief.topics:
        yield "Topics: " + ", ".join(escape(topic) for topic in brief.topics)


def _byline(brief: Layout) -> str:
    return " · ".join(part for part in (brief.coverage, brief.updated.text if brief.updated else "") if part)


def _bullet(line: ShownLine, label: str | None = None) -> Iterator[str]:
    label = label or line.label
    yield f"- **{escape(label)}:** {escape(line.text)}" if label else f"- {escape(line.text)}"
    yield from _sources(line, "  ")


def _sources(line: ShownLine, indent: str) -> Iterator[str]:
    for source in line.sources:
        yield f"{indent}- {_named(source, source.article.outlet)}: {escape(source.passage)}"
    if marks := [mark for mark, is_so in (("New.", line.is_new), ("No other outlet has it.", line.is_sole)) if is_so]:
        yield f"{indent}- *{' '.join(marks)}*"
    if line.composed:
        yield f"{indent}- *Reworded by a language model; composed:* {escape(line.composed)}"


def _named(source: ShownSource, outlet: str) -> str:
    return f"[{escape(outlet)}]({_destination(source.link)})" if source.link else escape(outlet)


def _coverage(brief: Layout) -> Iterator[str]:
    for origin in brief.origins:
        yield f"- {_listed(origin.first)}"
        yield from (f"  - same report: {_listed(article)}" for article in origin.repeats)


def _listed(article: ShownArticle) -> str:
    title = f"[{escape(article.title)}]({_destination(article.url)})" if article.url else escape(article.title)
    return ", ".join(
        part for part in (escape(article.outlet), title, escape(article.when.text) if article.when else "") if part
    )


def _destination(url: str | None) -> str:
    return "".join(_DESTINATION.get(character, character) for character in url or "")
