"""Programs that read: assistants over standard input and output, and the tokens of the API."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nutgraf.errors import InputError

Folder = Annotated[Path, typer.Option("--folder", "-C", help="The desk's folder.", file_okay=False)]
HERE = Path()

tokens = typer.Typer(
    name="tokens",
    help="Make, list and revoke the tokens that read the API.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the others."""
    app.command()(mcp)
    app.add_typer(tokens)


def mcp(folder: Folder = HERE) -> None:
    """Serve assistants the stored briefs, read-only, over standard input and output (Model Context Protocol)."""
    from nutgraf.desk import open_desk
    from nutgraf.web.assistants import assistant_server

    with open_desk(folder) as desk:
        assistant_server(desk.store, desk.settings).run("stdio")


@tokens.command("make")
def make_token(
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    folder: Folder = HERE,
) -> None:
    """Make a token and print it; it is shown this once."""
    from nutgraf.desk import open_desk

    with open_desk(folder) as desk:
        print(desk.store.make_token(name, now=desk.clock()))


@tokens.command("list")
def list_tokens(folder: Folder = HERE) -> None:
    """List the tokens by their names."""
    from nutgraf.desk import open_desk

    with open_desk(folder) as desk:
        for token in desk.store.tokens():
            print(f"{token.made:%Y-%m-%d}  {token.name}")


@tokens.command("revoke")
def revoke_token(
    name: Annotated[str, typer.Argument(help="The token's name.")],
    folder: Folder = HERE,
) -> None:
    """Revoke a token; from now on it opens nothing."""
    from nutgraf.desk import open_desk

    with open_desk(folder) as desk:
        if not desk.store.revoke_token(name):
            raise InputError(name, "is the name of no token", "nutgraf tokens list shows them")
        print(f"{name} is revoked.")
