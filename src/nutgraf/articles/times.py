"""When an article was published and changed: machine-readable times first, then what the page shows, never a guess."""
# ruff: noqa: E501 - tables of words and patterns read better in long lines

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# Minutes east of Greenwich. Letters that mean several zones mean here what newsrooms write: CST and IST are left to the
# American and the Indian press, BST to the British.
ZONES = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "BST": 60,
    "WEST": 60,
    "CET": 60,
    "MEZ": 60,
    "CEST": 120,
    "MESZ": 120,
    "EET": 120,
    "SAST": 120,
    "EEST": 180,
    "MSK": 180,
    "IST": 330,
    "PKT": 300,
    "WIB": 420,
    "HKT": 480,
    "SGT": 480,
    "JST": 540,
    "KST": 540,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "EST": -300,
    "EDT": -240,
    "CST": -360,
    "CDT": -300,
    "MST": -420,
    "MDT": -360,
    "PST": -480,
    "PDT": -420,
    "AST": -240,
    "ADT": -180,
    "BRT": -180,
}

MONTHS = {
    1: "january jan januar jänner jaenner janvier janv enero ene janeiro gennaio gen styczeń stycznia января январь ocak januari",
    2: "february feb februar feber février févr fevrier febrero fevereiro fev febbraio luty lutego февраля февраль şubat subat februari",
    3: "march mar märz maerz mrz mars marzo março marco marzec marca марта март mart maart maret",
    4: "april apr avril avr abril abr aprile kwiecień kwietnia апреля апрель nisan",
    5: "may mai mayo maio maggio mag maj maja мая май mayıs mayis mei",
    6: "june jun juni juin junio junho giugno giu czerwiec czerwca июня июнь haziran",
    7: "july jul juli juillet juil julio julho luglio lug lipiec lipca июля июль temmuz",
    8: "august aug août aout agosto ago sierpień sierpnia августа август ağustos agustos augustus",
    9: "september sep sept septembre septiembre setembro set settembre wrzesień września сентября сентябрь eylül eylul",
    10: "october oct oktober okt octobre octubre outubro out ottobre ott październik października октября октябрь ekim",
    11: "november nov novembre noviembre novembro listopad listopada ноября ноябрь kasım kasim",
    12: "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre grudzień grudnia декабря декабрь aralık aralik desember",
}
MONTH_OF = {name: number for number, names in MONTHS.items() for name in names.split()}

_MONTH = "(?P<month>" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
SHOWN_DAYS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d){_DAY}\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
        r"(?P<year>\d{4})年(?P<number>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<year>\d{4})\.\s?(?P<number>\d{1,2})\.\s?(?P<day>\d{1,2})(?!\d)",
    )
)
SHOWN_CLOCK = re.compile(
    r"(?<![\d.])(?P<hour>[01]?\d|2[0-3])\s?[:.hH時]\s?(?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d))?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*(?:Uhr)?\s*\(?(?P<zone>[A-Z]{1,4}\b|[+-]\d{2}:?\d{2})\)?)?",
    re.I,
)
CLOCK_REACH = 40  # characters around a shown day in which its clock stands

IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d{2})[/-](?P<month>\d{1,2}|[a-z]{3})[/-](?P<day>\d{1,2})(?=[/_.-]|$)", re.I
)
LAX_ISO = re.compile(
    r"^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?(?:\s*\(.*\))?|[A-Z]{2,4})?\s*$",
    re.I,
)
FIRST_YEAR = 1990  # nothing on the web is older; earlier years are placeholders ("0001-01-01", "1970-01-01")


def read_time(text: str | None) -> date | None:
    """Read a time that was written for machines (ISO 8601 loosely, RFC 2822, seconds since 1970), keeping its zone."""
    text = (text or "").strip()
    if not text or len(text) > 80:
        return None
    return plausible(lax_iso(text) or epoch(text) or mail_time(text))


def plausible(when: date | None) -> date | None:
    """Drop placeholders: years before the web."""
    return when if when is not None and FIRST_YEAR <= when.year <= 2200 else None


def lax_iso(text: str) -> date | None:
    """Read ISO 8601 with the liberties that pages take."""
    found = LAX_ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        zone = zone or None
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone_of(zone))
    except ValueError:
        return None


def zone_of(name: str | None) -> timezone | None:
    """Return the zone of an offset or of letters; ``None`` for none or for unknown letters."""
    if not name:
        return None
    if name[0] in "+-":
        digits = re.sub(r"\D", "", name.split("(")[0])[:4].ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes))
    east = ZONES.get(name.upper())
    return None if east is None else timezone(timedelta(minutes=east))


def epoch(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970."""
    if not text.isascii() or not text.isdigit() or len(text) not in (10, 13):
        return None
    return datetime.fromtimestamp(int(text[:10]), tz=UTC)


def mail_time(text: str) -> date | None:
    """Read the form of mail headers and of JavaScript's ``Date``; a shown date serves where it is none."""
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return shown_time(text)


def shown_time(text: str) -> date | None:
    """Read the first day that is written out in ``text``, with the clock and the zone beside it if there are any.

    Only shapes that can be read one way: day and month in numbers need dots (or the year first).
    """
    for pattern in SHOWN_DAYS:
        found = pattern.search(text[:400])
        day = found and day_of(found.groupdict())
        if found and day:
            return plausible(with_clock(day, text[max(0, found.start() - 20) : found.end() + CLOCK_REACH], found[0]))
    return None


def day_of(parts: dict[str, str | None]) -> date | None:
    """Make the day out of its written parts."""
    month = parts.get("number") or MONTH_OF.get((parts.get("month") or "").lower())
    try:
        return date(int(parts["year"] or 0), int(month or 0), int(parts["day"] or 0))
    except ValueError:
        return None


def with_clock(day: date, around: str, written: str) -> date:
    """Add the clock that stands around a written day."""
    rest = around.replace(written, " " * 3, 1)
    found = SHOWN_CLOCK.search(rest)
    if not found:
        return day
    hour = int(found["hour"])
    half = (found["half"] or "").lower()[:1]
    if half:
        if hour > 12:
            return day
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(day.year, day.month, day.day, hour, int(found["minute"]), tzinfo=zone_of(found["zone"]))


def day_in_address(address: str | None) -> date | None:
    """Read a whole day in an address; a year and month alone give nothing."""
    found = IN_ADDRESS.search(address or "")
    if not found:
        return None
    month = found["month"]
    number = int(month) if month.isdigit() else MONTH_OF.get(month.lower(), 0)
    try:
        return plausible(date(int(found["year"]), number, int(found["day"])))
    except ValueError:
        return None


def sharpest(candidates: list[date]) -> date | None:
    """Choose among times of one event, in order of trust: the first, unless a later one tells the same with more.

    A day gives way to a moment of that day or its neighbours (another zone), a moment without a zone to one with it.
    """
    if not candidates:
        return None
    best = candidates[0]
    for other in candidates[1:]:
        if sharpness(other) > sharpness(best) and abs((day_only(other) - day_only(best)).days) <= 1:
            best = other
    return best


def sharpness(when: date) -> int:
    """Rank how much a time tells: 0 a day, 1 a moment without a zone, 2 with one."""
    if not isinstance(when, datetime):
        return 0
    midnight = (when.hour, when.minute, when.second) == (0, 0, 0)
    return 0 if midnight else 1 if when.tzinfo is None else 2


def day_only(when: date) -> date:
    """Return the day of a time, as it is written."""
    return when.date() if isinstance(when, datetime) else when
