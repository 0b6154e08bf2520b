"""robots.txt after RFC 9309: which paths an outlet lets us read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

LARGEST = 500 * 1024  # bytes that RFC 9309 (2.5) wants read at least
TOKEN = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold for us: paths in the file's form, longest match first. ``delay`` is in seconds."""

    allow: tuple[str, ...] = ()
    disallow: tuple[str, ...] = ()
    delay: float = 0.0

    def permit(self, path: str) -> bool:
        """Tell whether a path (with its query) may be read: the longest rule decides, for us when two are as long."""
        if path == "/robots.txt":
            return True
        path = _plain(path).replace("*", "%2A").replace("$", "%24")  # RFC 9309 (2.2.3): in a path they are no signs
        return _longest(self.allow, path) >= _longest(self.disallow, path)


EVERYTHING = Rules()
NOTHING = Rules(disallow=("/",))


def read_rules(body: bytes, token: str) -> Rules:
    """Read the rules for the crawler named ``token``; those for "*" where none name it. Never fails."""
    groups = _groups(body[:LARGEST].decode("utf-8", errors="replace").removeprefix("\ufeff"))
    named = [rules for names, rules in groups if token.lower() in names]
    chosen = named or [rules for names, rules in groups if "*" in names]
    lines = [line for rules in chosen for line in rules]
    return Rules(
        allow=_paths(lines, "allow"),
        disallow=_paths(lines, "disallow"),
        delay=max((_seconds(value) for key, value in lines if key == "crawl-delay"), default=0.0),
    )


Line = tuple[str, str]


def _groups(text: str) -> list[tuple[set[str], list[Line]]]:
    groups: list[tuple[set[str], list[Line]]] = []
    in_rules = True
    for key, value in _lines(text):
        if key == "user-agent":
            if in_rules:
                groups.append((set(), []))
                in_rules = False
            match = TOKEN.match(value)
            groups[-1][0].add("*" if value.startswith("*") else (match.group().lower() if match else ""))
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            if groups:
                groups[-1][1].append((key, value))
    return groups


def _lines(text: str) -> list[Line]:
    found = []
    for line in re.split(r"\r\n|\r|\n", text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            found.append((key.strip().lower(), value.strip()))
    return found


def _paths(lines: list[Line], key: str) -> tuple[str, ...]:
    paths = {_plain(value) for name, value in lines if name == key and value}
    return tuple(sorted(paths, key=lambda path: (-len(path), path)))


def _longest(rules: tuple[str, ...], path: str) -> int:
    return next((len(rule) for rule in rules if _matches(rule, path)), -1)


def _matches(rule: str, path: str) -> bool:
    """Match "*" and a closing "$" without a regular expression, in time linear in the path for each star."""
    ends = rule.endswith("$")
    first, *rest = rule.removesuffix("$").replace("$", "%24").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if ends and rest:
        last = rest.pop()
        if len(path) - len(last) < at or not path.endswith(last):
            return False
        path, ends = path[: len(path) - len(last)], False
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not ends or at == len(path)


def _plain(path: str) -> str:
    """Bring percent-encoding to one form, so that "/%7Ejo" and "/~jo" are the same; an encoded "/" stays encoded."""
    parts = re.split(r"(%2[fF]|%24|%2[aA])", path)
    return "".join(
        part.upper() if index % 2 else quote(unquote_to_bytes(part), safe="/*$?&=:@!,;+'()~")
        for index, part in enumerate(parts)
    )


def _seconds(value: str) -> float:
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value) else 0.0
