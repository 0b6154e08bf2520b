"""Reading numbers: tokens of a text, and the amount that digits or number words at one place stand for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Any, NamedTuple

LANGUAGES = ("en", "de", "fr")

_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_GERMAN_COMPOUND = re.compile(r"und|hundert|tausend")

LONGEST = 16
"""Tokens of a number in words: "nine hundred ninety-nine thousand nine hundred and ninety-nine" has twelve."""

_GROUPED = {
    "en": r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?",
    "de": r"\d{1,3}(?:[.\u00a0\u202f ’']\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?",
    "fr": r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?",
}
_REST = (
    r"|(?P<sign>(?:US|A|C|HK|NZ)?\$|[€£¥₹₽₩])"
    r"|(?P<word>[ap]\.m(?=\.|\b)|[dlDL]['’](?=[^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>\n[ \t]*\n|\S)"
)
_TOKENS = {name: re.compile(rf"(?P<num>(?<!\w)(?:{number}))" + _REST) for name, number in _GROUPED.items()}


class Token(NamedTuple):
    """One token: ``text`` in lower case, where it stands, its kind (num, sign, word, mark)."""

    text: str
    start: int
    end: int
    kind: str


class Amount(NamedTuple):
    """An amount that was read: bounds, unit, tokens ``first`` to ``last`` (excluded); ``bare``: digits only."""

    low: float
    high: float
    unit: str | None
    first: int
    last: int
    bare: bool

    @property
    def exact(self) -> bool:
        """Tell whether it is one number."""
        return self.low == self.high


def tokens_of(text: str, start: int, end: int, language: str) -> list[Token]:
    """Return the tokens of a stretch of ``text``, numbers read the way the language writes them."""
    return [
        Token(_plain(m.group()), m.start(), m.end(), m.lastgroup or "mark")
        for m in _TOKENS[language].finditer(text, start, end)
    ]


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").rstrip("'")


def guess_language(text: str, start: int, end: int) -> str:
    """Tell English, German and French apart by their commonest words; English where none wins."""
    words = _LETTERS.findall(text[max(0, start - 300) : min(end, start + 2000) + 300].lower())
    counts = {name: sum(word in lexicon(name).words["signs"] for word in words) for name in LANGUAGES}
    return max(LANGUAGES, key=lambda name: counts[name])


class Lexicon:
    """One language's table: sets of words, and phrases by their first token, the longest first."""

    def __init__(self, name: str, table: Mapping[str, Any]) -> None:
        self.language = name
        self.words = {key: frozenset(value) for key, value in table.items() if isinstance(value, list)}
        self.phrases = {key: _phrases(value, name) for key, value in table.items() if isinstance(value, dict)}
        self.phrases |= {key: _phrases(dict.fromkeys(table[key], 0), name) for key in _PHRASE_LISTS}

    @cached_property
    def openers(self) -> frozenset[str]:
        """Tokens that a figure in words, or what stands before it, can begin with."""
        opening = ("units", "scales", "vague", "plurals", "halves", "fractions", "hedges")
        first = {token for key in opening for token in self.phrases[key]}
        return frozenset(
            first | self.words["articles"] | self.words["range_from"] | tables()["common"]["currencies"].keys()
        )

    @cached_property
    def _numerals(self) -> frozenset[str]:
        """The words of numbers, of each phrase its longest one: no number is written in words without one of them."""
        made_of = ("units", "scales", "vague", "plurals", "halves", "fractions")
        phrases = (phrase for key in made_of for options in self.phrases[key].values() for phrase, _ in options)
        return frozenset(max(_LETTERS.findall(" ".join(phrase)), key=len) for phrase in phrases)

    def may_hold(self, text: str) -> bool:
        """Tell quickly whether there can be a number in a text, in digits or in words."""
        if _DIGIT.search(text):
            return True
        small = text.lower()
        if self.language == "de" and _GERMAN_COMPOUND.search(small):
            return True
        return not self._numerals.isdisjoint(_LETTERS.findall(small))

    def may_open(self, token: Token) -> bool:
        """Tell quickly whether a figure can begin with a token; German numbers are too many to list."""
        return token.kind == "num" or token.text in self.openers or (self.language == "de" and token.kind == "word")

    def match(self, key: str, tokens: Sequence[Token], place: int) -> tuple[int, Any] | None:
        """Return where the longest phrase of a table ends and what it stands for, ``None`` where none is."""
        if not 0 <= place < len(tokens):
            return None
        for phrase, value in self.phrases[key].get(tokens[place].text, ()):
            if tuple(token.text for token in tokens[place : place + len(phrase)]) == phrase:
                return place + len(phrase), value
        return None


_PHRASE_LISTS = ("ages_before", "ages_after", "and_half")
_Phrases = dict[str, list[tuple[tuple[str, ...], Any]]]


def _phrases(table: Mapping[str, Any], language: str) -> _Phrases:
    found: _Phrases = {}
    for phrase, value in table.items():
        parts = tuple(token.text for token in tokens_of(phrase, 0, len(phrase), language))
        found.setdefault(parts[0], []).append((parts, value))
    for options in found.values():
        options.sort(key=lambda option: (-len(option[0]), option[0]))
    return found


@cache
def tables() -> Mapping[str, Any]:
    """Return the tables of words as they lie beside this module."""
    return tomllib.loads(resources.files("nutgraf.claims").joinpath("figures.toml").read_text(encoding="utf-8"))


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language."""
    return Lexicon(language, tables()[language])


# amounts


class Reader:
    """Reads amounts at places of one list of tokens."""

    def __init__(self, text: str, tokens: Sequence[Token], words: Lexicon) -> None:
        self._text = text
        self._tokens = tokens
        self._words = words

    def amount(self, place: int) -> Amount | None:
        """Return the amount that starts at a token: currency, number, magnitude and unit; ``None`` where none does."""
        currency, place_of_number = self._currency(place)
        number = self._number(place_of_number)
        if number is None:
            return None
        low, high, last, bare = number
        unit, last = self._unit(last, currency)
        return Amount(low, high, unit, place, last, bare and unit is None)

    def _currency(self, place: int) -> tuple[str | None, int]:
        token = self._at(place)
        following = self._at(place + 1)
        name = tables()["common"]["currencies"].get(token.text) if token else None
        if name and following and following.kind in ("num", "word"):
            return name, place + 1
        return None, place

    def _at(self, place: int) -> Token | None:
        return self._tokens[place] if 0 <= place < len(self._tokens) else None

    def _number(self, place: int) -> tuple[float, float, int, bool] | None:
        token = self._at(place)
        if token is None or token.kind not in ("num", "word"):
            return None
        if token.kind == "num":
            return self._digits(place)
        for read in (self._vague, self._halves, self._words_of_number):
            if found := read(place):
                low, high, last = found
                return low, high, last, False
        return None

    def _digits(self, place: int) -> tuple[float, float, int, bool] | None:
        token = self._tokens[place]
        if self._is_part_of_something(token):
            return None
        value = _value(token.text, self._words.language)
        last = place + 1
        glued = self._at(last)
        factor = 1.0
        if glued and glued.kind == "word" and glued.start == token.end:
            if glued.text in tables()["common"]["glued"]:
                factor, last = tables()["common"]["glued"][glued.text], last + 1
            elif glued.text not in tables()["common"]["glued_units"]:
                return None
        value = times(value, factor)
        value, last = self._half_more(value, last)
        scaled, last = self._scales(value, last)
        return scaled, scaled, last, last == place + 1 and token.text.isdigit()

    def _is_part_of_something(self, token: Token) -> bool:
        """Tell whether digits belong to a name, version, clock time, date or telephone number."""
        before, after = self._text[max(0, token.start - 2) : token.start], self._text[token.end : token.end + 2]
        if before[-1:] in ("/", "#", "§", "№", "_", "@", "+") or (before[-1:] == "(" and after[:1] == ")"):
            return True
        if before[-1:] in "-–.,:'’" and before[:1].isalnum() and not (before[0].isdigit() and before[1] in "-–"):
            return bool(before.strip())
        return bool(re.match(r"[:/.,]\d|[/:_@]|h\d", after))

    def _half_more(self, value: float, place: int) -> tuple[float, int]:
        match = self._words.match("and_half", self._tokens, place)
        return (value + 0.5, match[0]) if match else (value, place)

    def _scales(self, value: float, place: int) -> tuple[float, int]:
        """Multiply by the magnitudes that follow: "million", "hundred thousand", "Mrd."."""
        scales = self._words.phrases["scales"]
        first = place
        while (token := self._at(place + self._hyphen(place))) and token.text in scales and place < first + 4:
            value, place = times(value, scales[token.text][0][1]), place + self._hyphen(place) + 1
            following = self._at(place)
            if token.text in ("mio", "mrd") and following and following.text == ".":
                place += 1
        return value, place

    def _hyphen(self, place: int) -> int:
        token, following = self._at(place), self._at(place + 1)
        return int(token is not None and token.text == "-" and following is not None and token.end == following.start)

    def _vague(self, place: int) -> tuple[float, float, int] | None:
        if match := self._words.match("vague", self._tokens, place):
            scaled, last = self._scales(1.0, match[0])
            low, high = match[1]
            if last > match[0]:
                return low * scaled, high * scaled, last
        if match := self._words.match("plurals", self._tokens, place):
            low, high = match[1]
            return float(low), float(high), match[0]
        return None

    def _halves(self, place: int) -> tuple[float, float, int] | None:
        if match := self._words.match("halves", self._tokens, place):
            value, last = self._scales(match[1], match[0])
            if last > match[0]:
                return value, value, last
        return None

    def _words_of_number(self, place: int) -> tuple[float, float, int] | None:
        total, current, last = 0.0, None, place
        while (token := self._at(last)) is not None and last < place + LONGEST:
            scale = self._words.phrases["scales"].get(token.text)
            unit = self._words.match("units", self._tokens, last) or self._compound(last)
            if unit and (current is None or _may_follow(current, unit[1])):
                current, last = (current or 0) + unit[1], unit[0]
            elif scale and (current is not None or last > place):
                factor = scale[0][1]
                total, current = (
                    (total, (current or 1) * factor)
                    if factor < 1e3
                    else (
                        total + (current or 1) * factor,
                        None,
                    )
                )
                last += 1
            elif last == place and token.text in self._words.words["articles"] and self._opens_scale(last + 1):
                current, last = 1, last + 1
            elif last == place and scale and self._words.language != "en" and scale[0][1] <= 1e3:
                current, last = scale[0][1], last + 1
            elif last > place and self._joins(last):
                last += 1
            else:
                break
        if last == place:
            return None
        value, last = self._half_million(total + (current or 0), last)
        return value, value, last

    def _half_million(self, value: float, place: int) -> tuple[float, int]:
        """Add the half of "two and a half million" and of "a million and a half"."""
        more, last = self._half_more(value, place)
        if last == place:
            return value, place
        scaled, end = self._scales(more, last)
        if value >= 100:
            return times(value, 1.5) if _is_one_scale(value) else more, last
        return scaled, end

    def _opens_scale(self, place: int) -> bool:
        token = self._at(place)
        return token is not None and token.text in self._words.phrases["scales"] and len(token.text) > 2

    def _joins(self, place: int) -> bool:
        """Tell whether an "and" or a hyphen ties two number words: "a hundred and six", "twenty-two"."""
        token, previous = self._tokens[place], self._tokens[place - 1]
        following = self._words.match("units", self._tokens, place + 1)
        if following is None:
            return place + 1 < len(self._tokens) and token.text == "-" and self._opens_scale(place + 1)
        value = self._words.phrases["units"].get(previous.text)
        tens = bool(value) and any(v in range(20, 91, 10) for _, v in value or ())
        if token.text == "-":
            return tens and following[1] < 20
        hundreds = previous.text in self._words.phrases["scales"] or (tens and self._words.language == "fr")
        return token.text in self._words.words["joins"] and hundreds and following[1] < 100

    def _compound(self, place: int) -> tuple[int, float] | None:
        if self._words.language != "de" or self._tokens[place].kind != "word":
            return None
        value = _german(self._tokens[place].text)
        return None if value is None else (place + 1, value)

    def _unit(self, place: int, currency: str | None) -> tuple[str | None, int]:
        if currency:
            return currency, place
        token = self._at(place)
        if token is None:
            return None, place
        if token.text == "%":
            return "%", place + 1
        if token.text in tables()["common"]["currencies"] and token.kind in ("sign", "word"):
            return tables()["common"]["currencies"][token.text], place + 1
        glued = tables()["common"]["glued_units"].get(token.text)
        if glued and self._text[token.start - 1 : token.start].isdigit():
            return glued, place + 1
        match = self._words.match("measures", self._tokens, place + self._hyphen(place))
        return (str(match[1]), match[0]) if match else (None, place)


def _is_one_scale(value: float) -> bool:
    return value in (1e2, 1e3, 1e6, 1e9, 1e12)


def _may_follow(current: float, unit: float) -> bool:
    if current >= 100:
        return unit < 100
    return current % 10 == 0 and 20 <= current < 100 and unit < 20


def times(value: float, factor: float) -> float:
    """Multiply without the crumbs of binary fractions: 1.1 million is 1100000."""
    return float(f"{value * factor:.12g}")


def _value(digits: str, language: str) -> float:
    digits = re.sub(r"[\s'\u00a0\u202f]", "", digits)
    if language == "en":
        return float(digits.replace(",", ""))
    return float(digits.replace(".", "").replace(",", "."))


def _german(word: str) -> float | None:
    """Read a German number written as one word: "zweiundzwanzig", "dreihundertfünf", "zwölftausend"."""
    units = {key: float(v[0][1]) for key, v in lexicon("de").phrases["units"].items()}
    units |= {"ein": 1.0, "": 0.0}

    def small(part: str) -> float | None:
        if part in units:
            return units[part]
        first, _, tens = part.partition("und")
        return units[first] + units[tens] if first in units and tens in units and units[tens] >= 20 else None

    def hundreds(part: str) -> float | None:
        before, found, after = part.partition("hundert")
        if not found:
            return small(part)
        one, rest = small(before) if before else 1.0, small(after.removeprefix("und"))
        return None if one is None or rest is None else one * 100 + rest

    if "und" not in word and "hundert" not in word and "tausend" not in word:
        return None
    before, found, after = word.partition("tausend")
    if not found:
        return hundreds(word)
    thousands, rest = hundreds(before) if before else 1.0, hundreds(after.removeprefix("und"))
    return None if thousands is None or rest is None else thousands * 1000 + rest
