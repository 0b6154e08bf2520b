"""The tongues that pages speak to their readers: words from gettext catalogues, days, times and numbers by locale."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent / "locale"

TONGUES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "ar": "العربية"}
"""Each language with its own name for itself."""

_LOCALES = {"en": "en_GB"}
"""Where the language alone would bring another country's days: "4 March 2026"."""


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """One language of the interface; that of a brief is its own, and may be another."""

    language: str
    direction: str
    _locale: str
    _words: dict[str, tuple[str, ...]] = field(repr=False)
    _form: Callable[[int], int] = field(repr=False)

    def pattern(self, text: str) -> str:
        """Return an interface text, given in English, with its ``{names}`` still open."""
        forms = self._words.get(text)
        return forms[0] if forms else text

    def pattern_for(self, one: str, many: str, number: int) -> str:
        """Return the form of an interface text that goes with ``number``; ``{n}`` and other names are still open."""
        return self._words.get(one, (one, many))[self._form(number)]

    def say(self, text: str, **values: object) -> str:
        """Return an interface text with its names filled in."""
        return self.pattern(text).format_map(values)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the form of a text that goes with ``number``, which fills in ``{n}``."""
        return self.pattern_for(one, many, number).format_map({"n": self.number(number), **values})

    def number(self, number: int) -> str:
        """Return a number with its thousands parted as here."""
        return _number(number, self._locale)

    def day(self, day: date) -> str:
        """Return "4 March 2026"."""
        return _date(day, "long", self._locale)

    def weekday(self, day: date) -> str:
        """Return "Wednesday, 4 March 2026"."""
        return _date(day, "full", self._locale)

    def clock(self, when: datetime) -> str:
        """Return "15:05", in the zone that ``when`` carries."""
        return str(format_time(when.replace(tzinfo=None), "short", locale=self._locale))


@lru_cache(maxsize=1024)  # a list has few numbers and days, each many times
def _number(number: int, locale: str) -> str:
    return str(format_decimal(number, locale=locale))


@lru_cache(maxsize=1024)
def _date(day: date, form: Literal["long", "full"], locale: str) -> str:
    return str(format_date(day, form, locale=locale))


def mark(text: str) -> str:
    """Return ``text`` as it is; marks it as an interface text where it is written before it is said."""
    return text


@cache
def tongue(language: str) -> Tongue:
    """Return the tongue of one of ``TONGUES``; its catalogue is read as it is written, so that no copy of it ages."""
    locale = _LOCALES.get(language, language)
    path = FOLDER / f"{language}.po"
    words: dict[str, tuple[str, ...]] = {}
    form: Callable[[int], int] = gettext.c2py("n != 1")
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file)
        form = gettext.c2py(catalogue.plural_expr)
        for message in catalogue:
            if message.id and not message.fuzzy and message.string:
                key = message.id if isinstance(message.id, str) else message.id[0]
                words[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return Tongue(language, Locale.parse(locale).text_direction, locale, words, form)


def tongue_for(language: str | None) -> Tongue:
    """Return the tongue that fits a text's language; English where there is none."""
    return tongue(best_of([language or ""]) or "en")


def best_of(wanted: Iterable[str]) -> str | None:
    """Return the first of the wanted languages ("de-AT", "es") that is among the tongues."""
    for one in wanted:
        language = one.lower().replace("_", "-").partition("-")[0]
        if language in TONGUES:
            return language
    return None


ENGLISH = tongue("en")
