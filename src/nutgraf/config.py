"""The one table of settings: name, default, help, check; read from a TOML file, then from the environment."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from nutgraf.errors import SettingsError

FILE_NAME = "nutgraf.toml"

Value = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``check`` returns what is wrong with a value, or an empty string."""

    name: str
    default: Value
    help: str
    check: Callable[[Value], str] = lambda value: ""


def _positive(value: Value) -> str:
    return "" if isinstance(value, (int, float)) and value > 0 else "must be more than 0"


def _zone(value: Value) -> str:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        return 'must be a time zone such as "Europe/Berlin"'
    return ""


def _length(value: Value) -> str:
    return "" if value in ("line", "brief", "long") else 'must be "line", "brief" or "long"'


def _clock(value: Value) -> str:
    return "" if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(value)) else 'must be a time of day such as "17:00"'


def _slots(value: Value) -> str:
    times = value if isinstance(value, tuple) else (value,)
    wrong = 'must be times of day such as ["06:30", "17:00"], each once'
    return wrong if len(set(times)) < len(times) or any(_clock(str(one)) for one in times) else ""


def _mail_server(value: Value) -> str:
    return "" if not value or re.match(r"smtps?://[^/\s]", str(value)) else 'must start with "smtp://" or "smtps://"'


def _mail_address(value: Value) -> str:
    wrong = 'must be an address such as "brief@news.example"'
    return "" if not value or re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", str(value)) else wrong


def _site_address(value: Value) -> str:
    parts = urlsplit(str(value))
    is_one = parts.scheme in ("http", "https") and parts.netloc and not (parts.query or parts.fragment)
    return "" if is_one else 'must be an address such as "https://briefs.example" or "https://example.org/news/"'


def _writer_url(value: Value) -> str:
    wrong = 'must be an address such as "http://127.0.0.1:8080/v1", without name, password or question mark'
    return "" if not value or re.fullmatch(r"https?://[^@?#\s\\]+", str(value)) else wrong


def _database(value: Value) -> str:
    if str(value).startswith(("sqlite:", "postgresql:", "postgres:")):
        return ""
    return 'must start with "sqlite:" or "postgresql:"'


TABLE: tuple[Setting, ...] = (
    Setting(
        "database",
        "sqlite:nutgraf.sqlite3",
        "Where stories are kept: sqlite:FILE or postgresql://USER@HOST/NAME.",
        _database,
    ),
    Setting("title", "The brief", "The name of the site and of its feed."),
    Setting("contact", "", "An address that outlets can write to; sent with every request in the user agent."),
    Setting("allow", (), "Hosts, addresses or networks that may be asked although they are private, e.g. 127.0.0.1."),
    Setting("timeout", 20.0, "Seconds that one request may take in all.", _positive),
    Setting(
        "delay",
        1.0,
        "Seconds between two requests to one host.",
        lambda v: "" if isinstance(v, (int, float)) and v >= 0 else "must be 0 or more",
    ),
    Setting("largest_page", 15_000_000, "Bytes that a page may have, decompressed.", _positive),
    Setting("poll_minutes", 30, "Minutes between two polls of a source whose rhythm is not known yet.", _positive),
    Setting("window_days", 4, "Days within which articles can be about the same event.", _positive),
    Setting("vectors", True, "Whether headlines are compared by a small model of meaning too, not by words alone."),
    Setting("words", 230, "Words of a brief of the usual length, about.", _positive),
    Setting("length", "brief", "How long briefs are: line (one sentence), brief, or long (twice as long).", _length),
    Setting("single_outlet", True, "Whether stories of a single outlet get a brief."),
    Setting(
        "language",
        "en",
        "The language that pages speak where a reader's browser asks for none of en, de, fr, es and ar.",
        lambda v: "" if v in ("en", "de", "fr", "es", "ar") else "must be en, de, fr, es or ar",
    ),
    Setting("zone", "UTC", "The time zone that editions are dated in.", _zone),
    Setting(
        "slots",
        (),
        "Times of day, by the clock of the time zone, at which an edition of its own is made, once.",
        _slots,
    ),
    Setting(
        "address",
        "http://localhost:8000",
        "The address that readers reach the site at, with its path where it stands under one: https://example.org/news/.",
        _site_address,
    ),
    Setting("listen", "127.0.0.1:8000", "Host and port that the site listens on."),
    Setting("api_open", True, "Whether programs may read the API without a token; nutgraf tokens makes tokens."),
    Setting(
        "mail_server",
        "",
        "Who takes our mail: smtp://USER:PASSWORD@HOST:587 (STARTTLS), or smtps://; empty for none.",
        _mail_server,
    ),
    Setting(
        "mail_from", "", "The address that mail comes from; where empty, brief@ and the site's host.", _mail_address
    ),
    Setting("mail_at", "17:00", "When the day's edition is mailed, by the clock of the time zone.", _clock),
    Setting(
        "writer_url",
        "",
        "A language model (OpenAI-compatible) that may reword lines, as http://HOST:PORT/v1; empty for none.",
        _writer_url,
    ),
    Setting("writer_model", "", "The name by which that server knows the model; empty where it serves only one."),
    Setting("writer_key_file", "", "A file that holds the key of that server; or give it in NUTGRAF_WRITER_KEY."),
    Setting("writer_languages", ("en",), "Languages of the briefs whose lines may be reworded."),
    Setting("writer_requests", 200, "Requests that the writer is asked at most in 24 hours.", _positive),
    Setting("writer_timeout", 60.0, "Seconds that one request to the writer may take in all.", _positive),
    Setting(
        "writer_seconds", 600.0, "Seconds that the writer may take in one round, all requests together.", _positive
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Checked settings, one attribute each of ``TABLE``."""

    database: str
    title: str
    contact: str
    allow: tuple[str, ...]
    timeout: float
    delay: float
    largest_page: int
    poll_minutes: int
    window_days: int
    vectors: bool
    words: int
    length: str
    single_outlet: bool
    language: str
    zone: str
    slots: tuple[str, ...]
    address: str
    listen: str
    api_open: bool
    mail_server: str
    mail_from: str
    mail_at: str
    writer_url: str
    writer_model: str
    writer_key_file: str
    writer_languages: tuple[str, ...]
    writer_requests: int
    writer_timeout: float
    writer_seconds: float


def load_settings(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read ``folder``'s settings file, if there is one, then ``NUTGRAF_NAME`` variables; raises ``SettingsError``."""
    values: dict[str, Value] = {setting.name: setting.default for setting in TABLE}
    path = folder / FILE_NAME
    for name, given in _from_file(path).items():
        values[name] = _checked(str(path), name, given)
    for setting in TABLE:
        variable = f"NUTGRAF_{setting.name.upper()}"
        if variable in environment:
            values[setting.name] = _checked(variable, setting.name, _from_text(environment[variable], setting.default))
    assert {f.name for f in fields(Settings)} == set(values)
    return Settings(**values)  # type: ignore[arg-type]  # _checked gave each the type of its default


def settings_file() -> str:
    """Return the text of a new settings file: every setting with its help, commented out at its default."""
    lines = ["# Settings of nutgraf. A line that starts with # shows the default.", ""]
    for setting in TABLE:
        lines += [f"# {setting.help}", f"# {setting.name} = {_as_toml(setting.default)}", ""]
    return "\n".join(lines)


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"is not valid TOML ({error})", "Correct that line and try again") from error
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read ({error.strerror})", "Check its permissions") from error


def _checked(where: str, name: str, given: object) -> Value:
    table = {setting.name: setting for setting in TABLE}
    if name not in table:
        near = difflib.get_close_matches(name, table, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else "Known settings: " + ", ".join(table)
        raise SettingsError(where, f'there is no setting "{name}"', hint)
    setting = table[name]
    value = tuple(given) if isinstance(given, list) else given
    if isinstance(setting.default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(setting.default):
        raise SettingsError(
            where, f'"{name}" is {_as_toml(given)}', f"Give it the form of {_as_toml(setting.default)}. {setting.help}"
        )
    assert isinstance(value, (str, int, float, bool, tuple))
    if wrong := setting.check(value):
        raise SettingsError(where, f'"{name}" is {_as_toml(given)} but {wrong}', setting.help)
    return value


def _from_text(text: str, default: Value) -> object:
    if isinstance(default, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    if isinstance(default, bool):
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text.lower(), text)
    for kind in (int, float):
        if isinstance(default, kind):
            try:
                return kind(text)
            except ValueError:
                return text
    return text


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_as_toml(part) for part in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
