"""Sending the edition by mail."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from nutgraf.errors import InputError, SettingsError

Folder = Annotated[Path, typer.Option("--folder", "-C", help="The desk's folder.", file_okay=False)]
HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command()(mail)


def mail(
    folder: Folder = HERE,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The edition of that day.")] = None,
) -> None:
    """Mail the latest edition now, to each subscriber who has not had it; nutgraf run does so every day by itself."""
    from nutgraf.desk import open_desk
    from nutgraf.run import mail_edition

    with open_desk(folder) as desk:
        if desk.post is None:
            raise SettingsError("mail_server", "is empty", "Set it to your mail server: smtp://USER:PASSWORD@HOST:587")
        chosen = day.date() if day else next(iter(desk.store.edition_days()), None)
        if chosen is None or desk.store.edition(chosen) is None:
            raise InputError(_named(chosen), "has no edition", "Run nutgraf poll first, or name another day")
        report = mail_edition(desk, chosen)
        print(f"The edition of {chosen} went to {report.sent} of {desk.store.subscribers()} subscribers now.")
    for problem in report.problems:
        print(f"nutgraf: {problem}", file=sys.stderr)
    raise typer.Exit(1 if report.problems else 0)


def _named(day: date | None) -> str:
    return str(day) if day else "the desk"
