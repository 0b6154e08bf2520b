"""Columns that hold any text: databases refuse some characters (PostgreSQL U+0000, all of them lone surrogates)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    JsonColumn = models.TextField[Any, Any]
else:
    JsonColumn = models.TextField  # takes no parameters when running

_ESCAPE = "\x10"  # "data link escape", a control character made for this
_REFUSED = re.compile("[\x00\x10\ud800-\udfff]")
_ESCAPED = re.compile("\x10([0-9a-f]{4})")


def escape(text: str) -> str:
    """Return ``text`` in characters that every database takes; ``unescape`` gives back the very text."""
    return _REFUSED.sub(lambda found: f"{_ESCAPE}{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """Return the text that ``escape`` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if _ESCAPE in text else text


class AnyText(models.TextField):  # type: ignore[type-arg]  # whether it may be null differs from column to column
    """Text that comes back exactly as it was given, whatever it holds."""

    def get_prep_value(self, value: Any) -> Any:
        """Return what the database is given."""
        value = super().get_prep_value(value)
        return escape(value) if isinstance(value, str) else value

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Return what was stored."""
        return None if value is None else unescape(value)


class JsonText(JsonColumn):
    """A plain object kept as JSON text, which no query looks into."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        """Return what the database is given: keys keep their order, so equal objects give equal text."""
        return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """Return the plain object."""
        return None if value is None else json.loads(unescape(value))
