"""The desk: all parts wired together over one folder; all that the site and the commands use."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from nutgraf.config import FILE_NAME, Settings, load_settings, settings_file
from nutgraf.errors import StoreError
from nutgraf.ports import Clock, Fetcher, Language, Meaning, Post, Pusher, Writer
from nutgraf.store.database import Store, open_store
from nutgraf.store.settings import make_key


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


class Desk:
    """Settings, store, network, language tools and clock of one folder. Network and language open on first use."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        store: Store,
        *,
        clock: Clock = now,
        fetcher: Fetcher | None = None,
        language: Language | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.store = store
        self.clock = clock
        self._fetcher = fetcher
        self._language = language
        self._meaning: Meaning | None = None
        self._close_fetcher: Callable[[], None] | None = None
        self._post: Post | None = None
        self._pusher: Pusher | None = None
        self._close_pusher: Callable[[], None] | None = None
        self._environment = environment
        self._writer: Writer | None = None
        self._close_writer: Callable[[], None] | None = None

    @property
    def fetcher(self) -> Fetcher:
        """The network."""
        if self._fetcher is None:
            from nutgraf.net import open_fetcher  # each part is imported by the commands that use it

            opened = open_fetcher(self.settings)
            self._fetcher, self._close_fetcher = opened, opened.close
        return self._fetcher

    @property
    def post(self) -> Post | None:
        """The way to the mail server; ``None`` where the settings name none. Raises ``SettingsError``."""
        if self._post is None and self.settings.mail_server:
            from nutgraf.net.post import open_post  # its library reads Django's settings as it loads

            self._post = open_post(self.settings)
        return self._post

    @property
    def pusher(self) -> Pusher:
        """The way to browsers that follow stories."""
        if self._pusher is None:
            from nutgraf.net.push import WebPusher

            opened = WebPusher(self.settings, self.folder)
            self._pusher, self._close_pusher = opened, opened.close
        return self._pusher

    @property
    def writer(self) -> Writer | None:
        """The language model that may reword lines; ``None`` where the settings name none. Raises ``SettingsError``."""
        if self._writer is None and self.settings.writer_url:
            from nutgraf.net.writer import open_writer

            opened = open_writer(self.settings, self.folder, environment=self._environment)
            self._writer, self._close_writer = opened, opened.close if opened else None
        return self._writer

    @property
    def language(self) -> Language:
        """The language tools; raises ``LanguageError`` where their data is missing."""
        if self._language is None:
            from nutgraf.nlp import open_language

            self._language = open_language()
        return self._language

    @property
    def meaning(self) -> Meaning | None:
        """The model that compares headlines; ``None`` where a setting or a missing package says so."""
        if self._meaning is None and self.settings.vectors:
            from nutgraf.nlp import open_meaning

            self._meaning = open_meaning()
        return self._meaning

    def close(self) -> None:
        """Close the network and this thread's connection to the database."""
        if self._close_fetcher is not None:
            self._close_fetcher()
            self._fetcher = self._close_fetcher = None
        if self._post is not None:
            self._post.close()
        if self._close_pusher is not None:
            self._close_pusher()
        if self._close_writer is not None:
            self._close_writer()
            self._writer = self._close_writer = None
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_desk(
    folder: Path,
    *,
    environment: Mapping[str, str] = os.environ,
    clock: Clock = now,
    fetcher: Fetcher | None = None,
    language: Language | None = None,
) -> Desk:
    """Open the desk of a folder that ``init_desk`` made.

    Raises ``SettingsError`` for a wrong setting, and ``StoreError`` where there is no desk or its database cannot
    be used.
    """
    if not (folder / FILE_NAME).is_file():
        raise StoreError(str(folder), f"has no {FILE_NAME}", f"Run nutgraf init {folder} first")
    settings = load_settings(folder, environment)
    make_key(folder)
    store = open_store(settings, folder)
    return Desk(folder, settings, store, clock=clock, fetcher=fetcher, language=language, environment=environment)


def init_desk(folder: Path, *, environment: Mapping[str, str] = os.environ) -> None:
    """Make a folder a desk's: its settings file, its secret key and its database; what is there already stays.

    Raises ``StoreError`` where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), (folder / FILE_NAME).open("x", encoding="utf-8") as file:
            file.write(settings_file())
    except OSError as error:
        raise StoreError(str(folder), f"cannot be written ({error.strerror})", "Choose a folder that can be") from error
    make_key(folder)
    open_store(load_settings(folder, environment), folder).close()
