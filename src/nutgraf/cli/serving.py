"""Serving assistants over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Option("--folder", "-C", help="The desk's folder.", file_okay=False)]
HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command()(mcp)


def mcp(folder: Folder = HERE) -> None:
    """Serve assistants the stored briefs, read-only, over standard input and output (Model Context Protocol)."""
    from nutgraf.desk import open_desk
    from nutgraf.web.assistants import assistant_server

    with open_desk(folder) as desk:
        assistant_server(desk.store, desk.settings).run("stdio")
