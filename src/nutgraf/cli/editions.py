"""``nutgraf edition``: an edition of a day, or of a slot, for a person or a program."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nutgraf.errors import InputError

Folder = Annotated[Path, typer.Option("--folder", "-C", help="The desk's folder.", file_okay=False)]
HERE = Path()


class Form(StrEnum):
    """How an edition is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command()(edition)


def edition(
    day: Annotated[
        datetime | None, typer.Argument(formats=["%Y-%m-%d"], help="The day; the latest without one.")
    ] = None,
    slot: Annotated[str, typer.Option(help="A slot of the day, as 17:00; the edition of the day without one.")] = "",
    folder: Folder = HERE,
    form: Annotated[Form, typer.Option("--format", help="How the edition is printed.")] = Form.TEXT,
) -> None:
    """Print the edition of a day, or of a slot of a day, the lead first."""
    from nutgraf.cli.shown import show_brief
    from nutgraf.desk import open_desk
    from nutgraf.publications import edition_as_json, edition_as_markdown

    with open_desk(folder) as desk:
        chosen = day.date() if day else next(iter(desk.store.edition_days()), None)
        found = (desk.store.slot_edition(chosen, slot) if slot else desk.store.edition(chosen)) if chosen else None
    if found is None:
        named = f"{chosen or 'the desk'} {slot}".strip()
        raise InputError(named, "has no edition", "Run nutgraf poll first, or name another day or slot")
    if form is Form.JSON:
        sys.stdout.write(edition_as_json(found))
    elif form is Form.MARKDOWN:
        sys.stdout.write(edition_as_markdown(found))
    else:
        for number, brief in enumerate(found.briefs):
            print(end="\n" if number else "")
            show_brief(brief)
