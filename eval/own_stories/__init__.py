"""Thirty made-up stories as several outlets tell them, for reading what is made of them.

A story is a text file here; its articles stand apart by a line of three dashes, each with a head (Outlet, Title,
Published; Dek where it has one), an empty line and its paragraphs. Names, outlets and events are invented.
"""

from __future__ import annotations

import re
from pathlib import Path

from nutgraf.contract import article_from_record
from nutgraf.model import Article

FOLDER = Path(__file__).parent


def own_stories() -> dict[str, tuple[Article, ...]]:
    """Return the articles of each story by its name; raises ``InputError`` for a record the contract does not know."""
    return {path.stem: articles(path) for path in sorted(FOLDER.glob("*.txt"))}


def articles(path: Path) -> tuple[Article, ...]:
    """Read a story's articles."""
    told = re.split(r"\n---\n", path.read_text(encoding="utf-8").strip())
    return tuple(_article(f"{path.stem}/{number}", one) for number, one in enumerate(told, 1))


def _article(key: str, written: str) -> Article:
    head, _, text = written.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    record = {name.casefold(): value for name, value in fields.items()}
    site = re.sub(r"[^a-z]", "", record["outlet"].casefold()) + ".example"
    return article_from_record({"id": key, "url": f"https://{site}/{key}", "language": "en", "text": text, **record})
