"""What a run works with, and whom it tells how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from nutgraf.config import Settings
from nutgraf.ports import Clock, Fetcher, Language, Meaning, Post, Pusher, Writer
from nutgraf.store.database import Store


class Parts(Protocol):
    """The parts that a run needs; ``desk.Desk`` has them, a test gives plain objects."""

    @property
    def folder(self) -> Path:
        """Where the data lies."""
        ...

    @property
    def settings(self) -> Settings:
        """The checked settings."""
        ...

    @property
    def store(self) -> Store:
        """The open store."""
        ...

    @property
    def fetcher(self) -> Fetcher:
        """The network."""
        ...

    @property
    def post(self) -> Post | None:
        """The way to the mail server, or ``None`` where the settings name none."""
        ...

    @property
    def pusher(self) -> Pusher:
        """The way to browsers that follow stories."""
        ...

    @property
    def language(self) -> Language:
        """The language tools, loaded on first use."""
        ...

    @property
    def meaning(self) -> Meaning | None:
        """The model that compares headlines, or ``None`` where words alone must do."""
        ...

    @property
    def writer(self) -> Writer | None:
        """The language model that may reword lines, or ``None`` where the settings name none."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...


class Progress(Protocol):
    """Is told of each step: what is done ("poll", "read", …), how many of how many are, and the last one's name."""

    def __call__(self, step: str, done: int, total: int, subject: str) -> None:
        """Take note; must not raise."""
        ...


def silent(step: str, done: int, total: int, subject: str) -> None:
    """Take no note of any progress."""
