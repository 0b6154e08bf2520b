"""Django's settings: the constants hold for every desk, ``configure`` adds what differs from one to the next."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings as django_settings
from django.db import connections

from nutgraf.config import Settings
from nutgraf.errors import StoreError

INSTALLED_APPS = ["nutgraf.store", "nutgraf.publications", "nutgraf.web"]
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "nutgraf.web.urls"
MIDDLEWARE = [
    "nutgraf.web.headers.headers",
    "nutgraf.web.beneath.with_slash",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["nutgraf.publications.speech"]},
    }
]
SECRET_KEY = "nothing is signed with this key: a desk brings its own"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

KEY_FILE = "secret.key"
BUSY_SECONDS = 30  # a poll's transaction takes milliseconds; waiting this long means that something holds the database


def set_up() -> None:
    """Configure Django with the constants, once per process; a desk is not needed for it (tests, type checks)."""
    if django_settings.configured:
        return
    constants = {name: value for name, value in vars(sys.modules[__name__]).items() if name.isupper()}
    django_settings.configure(**constants)
    import django  # only once configured

    django.setup()


def configure(settings: Settings, folder: Path) -> str:
    """Configure Django for the database of a desk; return the alias of its connection.

    The first desk of a process is Django's default database; each further one gets an alias of its own, the same
    database always the same one. Raises ``StoreError`` where the setting names no database.
    """
    set_up()
    wanted = _connection_of(settings.database, folder)
    key = folder / KEY_FILE
    for alias, known in connections.settings.items():
        if {name: known.get(name) for name in wanted} == wanted:
            return str(alias)
    first = connections.settings["default"]["NAME"] == ":memory:"
    alias = "default" if first else f"desk{len(connections.settings)}"
    if first and key.exists():
        django_settings.SECRET_KEY = key.read_text(encoding="ascii").strip()
    if first and hasattr(connections._connections, alias):  # type: ignore[attr-defined]  # opened by nobody on purpose
        del connections[alias]
    connections.settings[alias] = connections.configure_settings({"default": dict(wanted)})["default"]
    return alias


def make_key(folder: Path) -> None:
    """Make the folder's secret key, readable by its owner alone, unless there is one."""
    try:
        handle = os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise StoreError(
            str(folder / KEY_FILE), f"cannot be written ({error.strerror})", "Make the folder writable"
        ) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))


def _connection_of(database: str, folder: Path) -> dict[str, object]:
    if database.startswith("sqlite:"):
        return _sqlite(folder / database.removeprefix("sqlite:"))
    return _postgresql(database)


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path.absolute()),
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            # A transaction that reads first and writes later would fail at once, not wait, when another one writes.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(database: str) -> dict[str, object]:
    try:
        parts = urlsplit(database)
        port = parts.port
    except ValueError as error:
        raise StoreError(
            "database", f"is not an address ({error})", "Give it the form postgresql://USER@HOST/NAME"
        ) from error
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise StoreError("database", "names no database", "Give it the form postgresql://USER@HOST/NAME")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder has slashes and cannot stand as a host: ?host=/run/postgresql
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": {"connect_timeout": 10, **options},
    }
