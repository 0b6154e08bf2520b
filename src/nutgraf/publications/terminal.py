"""A brief for a person at a terminal."""

from __future__ import annotations

import io
import re
import textwrap

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from nutgraf.model import Brief
from nutgraf.publications.layout import Layout, ShownLine, ShownSource, changes_words, lay_out, one_line

PASSAGE = 160  # characters of a passage that are shown: two lines of a usual terminal

# Overrides of direction could make a terminal show a text in another order than it has.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def as_terminal(brief: Brief, *, width: int, colour: bool) -> str:
    """Return the brief wrapped to ``width`` columns; addresses stay whole. Ends with a line break."""
    shown = lay_out(brief)
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 24),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    _head(console, shown)
    _line(console, shown.lede)
    for line in shown.bullets:
        console.print()
        _line(console, line, mark="•")
    _disputes(console, shown)
    _figures(console, shown)
    _foot(console, shown)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _head(console: Console, brief: Layout) -> None:
    console.print(_text(brief.headline.text, "bold"))
    if brief.headline.composed:
        _reworded(console, brief.headline, indent=0)
    if brief.dek:
        console.print(_text(brief.dek.text, "italic"))
    console.print(_text(" · ".join([brief.coverage, *([brief.updated.text] if brief.updated else [])]), "dim"))
    if brief.photo and (brief.photo.caption or brief.photo.credit):
        credit = f" ({brief.photo.credit})" if brief.photo.credit else ""
        console.print()
        console.print(_text(f"Photo: {brief.photo.caption}{credit}", "dim"))
    if brief.changes:
        console.print(_text(changes_words(brief.changes), "italic"))
    console.print()


def _line(console: Console, line: ShownLine, *, mark: str = "", label: str | None = None) -> None:
    text = Text()
    if label := label or line.label:
        text.append(f"{_straight(label)}: ", "bold")
    text.append(_straight(line.text))
    if mark:
        grid = Table.grid(padding=(0, 1))
        grid.add_row(mark, text)
        console.print(grid)
    else:
        console.print(text)
    for source in line.sources:
        _source(console, source, indent=2 if mark else 0)
    if told := [said for said, is_so in (("New.", line.is_new), ("No other outlet has it.", line.is_sole)) if is_so]:
        console.print(Padding(_text(" ".join(told), "italic"), (0, 0, 0, 4 if mark else 2)))
    if line.composed:
        _reworded(console, line, indent=2 if mark else 0)


def _reworded(console: Console, line: ShownLine, *, indent: int) -> None:
    words = Text.assemble(("Reworded by a language model; composed: ", "italic"), (_straight(line.composed), "dim"))
    grid = Table.grid(padding=(0, 1))
    grid.add_row("↻", words)
    console.print(Padding(grid, (0, 0, 0, indent)))


def _source(console: Console, source: ShownSource, *, indent: int) -> None:
    passage = textwrap.shorten(one_line(source.passage), PASSAGE, placeholder=" …")
    outlet = Style(color="cyan", link=source.link) if console.is_terminal else Style()
    words = Text.assemble((_straight(source.article.outlet), outlet), (f": {_straight(passage)}", "dim"))
    grid = Table.grid(padding=(0, 1))
    grid.add_row("↳", words)
    console.print(Padding(grid, (0, 0, 0, indent)))
    if source.link:
        # One unbroken line, so that it can be clicked and copied; where the outlet's name leads to the passage, the
        # address of the page is enough.
        shown = source.link.partition("#:~:")[0] if console.is_terminal else source.link
        link = Text(" " * (indent + 2) + shown, "dim")
        console.print(link, no_wrap=True, overflow="ignore", crop=False)


def _disputes(console: Console, brief: Layout) -> None:
    if brief.disputes:
        console.print()
        console.print(_text("In dispute", "bold"))
    for claim, denial in brief.disputes:
        _line(console, claim, mark="•", label="Claim")
        _line(console, denial, mark="•", label="Denial")


def _figures(console: Console, brief: Layout) -> None:
    for figure in brief.figures:
        console.print()
        console.print(_text(f"Figures differ: {figure.counts}", "bold"))
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        for name in ("figure", "who says so", "outlet", "when"):
            table.add_column(name)
        for saying in figure.sayings:
            when = saying.when.text if saying.when else ""
            cells = (saying.words, saying.speaker or "", saying.outlet, when)
            table.add_row(*(Text(_straight(cell)) for cell in cells))
        console.print(table)


def _foot(console: Console, brief: Layout) -> None:
    console.print()
    console.print(_text(f"Coverage: {brief.coverage}", "bold"))
    for origin in brief.origins:
        names = _straight(origin.first.outlet)
        if origin.repeats:
            names += " (same report: " + ", ".join(_straight(a.outlet) for a in origin.repeats) + ")"
        grid = Table.grid(padding=(0, 1))
        grid.add_row("•", Text(names))
        console.print(grid)
    if brief.topics:
        console.print(_text("Topics: " + ", ".join(brief.topics), "dim"))


def _text(text: str, style: str) -> Text:
    return Text(_straight(text), style)


def _straight(text: str) -> str:
    return _DIRECTION.sub("", text)
