"""The editors' commands: split a story, merge stories, list what was decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Option("--folder", "-C", help="The desk's folder.", file_okay=False)]
HERE = Path()
NEXT = "The next round composes the briefs anew; nutgraf poll does so now."


def register(app: typer.Typer) -> None:
    """Add the commands to the others."""
    app.command()(split)
    app.command()(merge)
    app.command()(rulings)


def split(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE…", help="Ids or addresses, all of one story.")],
    folder: Folder = HERE,
) -> None:
    """Take articles out of their story into one of their own; it holds against later grouping."""
    from nutgraf.desk import open_desk
    from nutgraf.run.editing import split_story

    with open_desk(folder) as desk:
        print(f"They are story {split_story(desk, articles)} now. {NEXT}")


def merge(
    stories: Annotated[list[str], typer.Argument(metavar="STORY…", help="Names of two stories or more.")],
    folder: Folder = HERE,
) -> None:
    """Make several stories one; it holds against later grouping, and the old names lead to it."""
    from nutgraf.desk import open_desk
    from nutgraf.run.editing import merge_stories

    with open_desk(folder) as desk:
        print(f"They are story {merge_stories(desk, stories)} now. {NEXT}")


def rulings(folder: Folder = HERE) -> None:
    """Print what editors decided as test cases, one JSON object a line: articles, and whether they are one story."""
    from nutgraf.desk import open_desk
    from nutgraf.run.editing import ruled_cases

    with open_desk(folder) as desk:
        for case in ruled_cases(desk):
            print(json.dumps(case, ensure_ascii=False))
