"""Dates as feeds write them: ISO 8601, RFC 822 and their many misspellings, in the months' names of other languages."""

from __future__ import annotations

import re
import unicodedata
import warnings
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import dateparser

from nutgraf.model import instant, read_when

# The names of the months, the longest unambiguous beginnings first looked for whole, then by their first letters.
# One row a language; a name that means different months in two languages would be left out (none does).
MONTH_NAMES = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar märz april mai juni juli august september oktober november dezember
jän feb mrz apr mai jun jul aug sept okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mars avr mai juin juil août sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago set oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sep okt nov dec
januari februari mars april maj juni juli augusti september oktober november december
januar februar mars april maj juni juli august september oktober november desember
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta - joulukuuta
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu
tam hel maa huh tou kes hei elo syy lok marras jou
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
sty lut - kwi maj cze lip sie wrz paź - gru
led úno bře dub kvě čvn čvc - zář říj - pro
ledna února března dubna května června července srpna září října listopadu prosince
január február március április május június július augusztus szeptember október november december
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ
ιαν φεβ μάώ απρ μάι ιούν ιούλ αύγ σεπ οκτ νοέ δεκ
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв фев мар апр май июн июл авг сен окт ноя дек
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
oca şub mar nis may haz tem ağu eyl eki kas ara
januari februari maret april mei juni juli agustus september oktober november desember
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
"""

# Zones by name, in minutes east of UTC: RFC 822's, and those that feeds use. IST is India's, BST Britain's.
ZONES = {
    "ut": 0, "gmt": 0, "utc": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "cest": 120, "met": 60,
    "mest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "ist": 330, "sgt": 480, "hkt": 480,
    "jst": 540, "kst": 540, "awst": 480, "acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "art": -180,
    "brt": -180, "ast": -240, "adt": -180, "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300, "ct": -360,
    "mst": -420, "mdt": -360, "mt": -420, "pst": -480, "pdt": -420, "pt": -480, "akst": -540, "akdt": -480, "hst": -600,
}  # fmt: skip

# Words for the half of the day; True for the second.
HALVES = {
    "am": False,
    "a.m.": False,
    "오전": False,
    "上午": False,
    "pm": True,
    "p.m.": True,
    "오후": True,
    "下午": True,
}

# Languages that dateparser is asked for: those whose months are not above. With all of them its first answer takes
# three seconds, with these half a second.
OTHER_LANGUAGES = ["ar", "bg", "bn", "et", "fa", "he", "hi", "hr", "lt", "lv", "sk", "sl", "sr", "th", "vi"]

# "08:05", "8h05", "08時05分", "8:5:00"; with dots only after a year, where no day can be meant.
CLOCK = re.compile(
    r"(?:(?<![\d:])|(?<=\d{4}:))(\d{1,2})(?:[:h時시点點]\s?(\d{2})|:(\d)(?=:\d{2}))(?:[:分분]\s?(\d{2})(?:[.,]\d+)?)?(?!\d)"
    r"|(?<=\d{4} )(\d{2})\.(\d{2})(?:\.(\d{2}))?(?![\d.])"
)
OFFSET = re.compile(r"\s*(?:(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?|([+-])(\d{2}):?(\d{2}))(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})(?:[-/.]|년\s*|年\s*)(\d{1,2})(?:[-/.]|월\s*|月\s*)(\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
# What some feeds make of "03 Mar 2026" in languages that number their months.
MONTH_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})\s+(?:(\d{1,2})\s?[月월]|Th(?:g|áng)?\.?\s?(\d{1,2})),?\s+(\d{4})(?!\d)")
SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
UNIX = re.compile(r"@?([1-3]\d{9})(\d{3})?")  # seconds, or thousandths of them, since 1970
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?Z?)?")
WORD = re.compile(r"[^\W\d_]+")
LONGEST = 100  # characters; no date is longer, and the readers below are kept from what is none


def read_date(text: str | None) -> date | None:
    """Read a date as a feed gives it: a ``datetime`` with the zone that is given, a ``date`` without a time of day.

    What cannot be read for certain is ``None``: never another month, and never a time relative to now.
    """
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text or "").replace("\N{MINUS SIGN}", "-")).strip()
    return _read(text) if 4 <= len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _read(text: str) -> date | None:
    for reader in (_from_compact, read_when, _from_words, _from_numbers, _from_any):
        try:
            if (when := reader(text)) is not None and 1900 < when.year < 2200:
                return None if _is_zero(when) else when
        except (ValueError, OverflowError):
            continue
    return None


def _is_zero(when: date) -> bool:
    """Tell whether a moment is the one that clocks count from, which systems write where they have none."""
    return isinstance(when, datetime) and instant(when) == datetime(1970, 1, 1, tzinfo=UTC)


def _from_words(text: str) -> date | None:
    """Read a date whose month is a word: "Tue, 3 Mar 2026 08:00 EST", "Mar 3, 2026", "Tue Mar 3 08:00:00 2026"."""
    found = [(match, MONTHS[fold]) for match in WORD.finditer(text) if (fold := _fold(match.group())) in MONTHS]
    if not found:
        return None
    # "mar, 18 ott 2022": a weekday may look like a month; the month is the one beside a number of a day.
    for match, month in reversed(found):
        before = re.search(
            r"(?<![\d:])(\d{1,2}|\d{4})(?:\s?(?:st|nd|rd|th|er|º|ª)\b|\.)?[\s/-]*(?:de\s|of\s)?$", text[: match.start()]
        )
        after = re.match(
            r"[\s.,'/-]*(?:de\s|del\s)?(\d{4}(?!\d)|\d{1,2}(?![\d:]))(?:[\s,-]+(\d{4})(?!\d))?", text[match.end() :]
        )
        rest = re.search(r"(?<!\d|[+-])(\d{4})(?!\d)", text[match.end() :])
        if before and len(before.group(1)) == 4 and after:
            year, day = before.group(1), after.group(1)
        elif before and after:
            day, year = before.group(1), after.group(1)
        elif after and (rest or after.group(2)):
            day, year = after.group(1), after.group(2) or (rest.group(1) if rest else "")
        else:
            continue
        if len(day) > 2:
            continue
        return _with_time(_year(year), month, int(day), text)
    return None


def _from_numbers(text: str) -> date | None:
    if match := YEAR_FIRST.search(text):
        year, month, day = (int(part) for part in match.groups())
        return _with_time(year, month, day, text[: match.start()] + " " + text[match.end() :])
    if match := MONTH_NUMBERED.search(text):
        day, month, year = int(match.group(1)), int(match.group(2) or match.group(3)), int(match.group(4))
        return _with_time(year, month, day, text[match.end(4) :])
    if match := DAY_FIRST.search(text):
        day, month, year = (int(part) for part in match.groups())
        return _with_time(year, month, day, text)
    if match := SLASHED.search(text):
        first, second, year = (int(part) for part in match.groups())
        if first > 12 or first == second:
            return _with_time(year, second, first, text)
        if second > 12:
            return _with_time(year, first, second, text)
    return None  # "03/04/2026" is the third of April or the fourth of March


def _from_compact(text: str) -> date | None:
    if match := UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(match.group(1)), tz=UTC)
    if match := COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
        if match.group(4) is None:
            return date(year, month, day)
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC if text.endswith("Z") else None)
    return None


def _from_any(text: str) -> date | None:
    """Ask dateparser, for whole dates only: it would take the parts that are missing from today's."""
    if not re.search(r"\d{4}", text) or SLASHED.search(text):
        return None
    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser compiles patterns that Python deprecates
        when = dateparser.parse(text, languages=OTHER_LANGUAGES, settings=settings)
    return when if when is None or CLOCK.search(text) else when.date()


def _with_time(year: int, month: int, day: int, text: str) -> date:
    clock = CLOCK.search(text)
    if clock is None:
        return date(year, month, day)
    hour, minute, second = (int(part) for part in _parts(clock))
    half = next(
        (later for word, later in HALVES.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I)), None
    )
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half else 0)
    extra = 0
    if hour == 24 and minute == 0:
        hour, extra = 0, 1
    when = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(text, clock.end()))
    return when + timedelta(days=extra)


def _parts(clock: re.Match[str]) -> tuple[str, str, str]:
    hour, minute, minute_of_one_digit, second, *with_dots = clock.groups()
    if hour is None:
        hour, minute, second = with_dots
    return hour, minute or minute_of_one_digit, second or "0"


def _zone(text: str, after: int) -> tzinfo | None:
    if match := OFFSET.search(text, after):
        named, hours, some, sign, whole, rest = match.groups()
        minutes = int(hours or whole) * 60 + int(some or rest or 0)
        return _fixed(-minutes if (named or sign) == "-" else minutes)
    for word in re.findall(r"[A-Za-z]+", text[after:]):
        if word.lower() in ZONES:
            return _fixed(ZONES[word.lower()])
    return None


def _fixed(minutes: int) -> tzinfo:
    return UTC if minutes == 0 else timezone(timedelta(minutes=minutes))


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _fold(word: str) -> str:
    """Write a name without case and accents, as feeds do."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))


def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for row in MONTH_NAMES.strip().splitlines():
        for month, name in enumerate(row.split(), start=1):
            if name != "-":
                months.setdefault(_fold(name), month)
    return months


MONTHS = _months()
