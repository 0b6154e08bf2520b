"""What a server's answer says beside its body: when to come back, how long it holds, what it reserves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 24 * 3600.0  # seconds; a longer Retry-After is a mistake more often than a wish

# Signs of a page that asks to prove that a person reads, by header: (name, what its value holds).
CHALLENGE_HEADERS = (
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", "challenge"),
    ("x-amzn-waf-action", "captcha"),
    ("x-datadome", ""),
)
# … and by what the page of a 403, 429 or 503 holds.
CHALLENGE_MARKS = (
    b"/cdn-cgi/challenge-platform/",
    b"cf-chl-",
    b"captcha-delivery.com",
    b"_Incapsula_Resource",
    b"px-captcha",
    b"hcaptcha.com/",
    b"google.com/recaptcha/",
)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read Retry-After, a number of seconds or an HTTP date, as seconds from now, at most a day.

    A time that is past is 0; a negative number or anything else is ``None``.
    """
    value = (value or "").strip()
    if re.fullmatch(r"\d{1,20}", value):
        return min(float(value), LONGEST_WAIT)
    when = http_date(value)
    return None if when is None else min(max((when - now).total_seconds(), 0.0), LONGEST_WAIT)


def http_date(value: str | None) -> datetime | None:
    """Read an HTTP date in any of its three forms; ``None`` for anything else."""
    try:
        when = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return for how many seconds an answer holds (RFC 9111: max-age, then Expires); ``None`` where it does not say."""
    control = headers.get("cache-control", "").lower()
    if re.search(r"\bno-(store|cache)\b", control):
        return None
    if match := re.search(r"\b(?:s-maxage|max-age)\s*=\s*\"?(\d{1,12})", control):
        age = headers.get("age", "").strip()
        return max(float(match.group(1)) - (float(age) if re.fullmatch(r"\d{1,12}", age) else 0.0), 0.0)
    expires = http_date(headers.get("expires"))
    if expires is None:
        return None
    return max((expires - (http_date(headers.get("date")) or now)).total_seconds(), 0.0)


def is_challenge(headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether an answer that refuses us asks to prove that a person reads."""
    if any(mark in headers.get(name, "absent").lower() for name, mark in CHALLENGE_HEADERS if name in headers):
        return True
    return any(mark in body for mark in CHALLENGE_MARKS)


def reservation(headers: Mapping[str, str], token: str) -> str | None:
    """Return the header by which an outlet reserves its page against reading by machines, if there is one."""
    if headers.get("tdm-reservation", "").strip() == "1":
        return "tdm-reservation: 1"
    for part in headers.get("x-robots-tag", "").lower().split(","):
        agent, colon, rule = part.rpartition(":")
        if rule.strip() in ("noarchive", "noai") and (not colon or agent.strip() in ("*", token)):
            return f"x-robots-tag: {rule.strip()}"
    return None
