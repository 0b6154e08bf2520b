"""The stable key of an item: the same entry read again has the same key, whatever its feed does to ids and links."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from urllib.parse import parse_qsl, urljoin, urlsplit

from nutgraf.model import Item

# Parameters that say where a reader came from, and never which article it is.
TRACKERS = re.compile(
    r"utm_.*|at_.*|mc_.*|pk_.*|mtm_.*|wt\.?.*|ito|mod|ref|refer(?:r)?er|from|source|src|cmp|cmpid|cid|ns_.*|ocid|"
    r"fbclid|gclid|dclid|msclkid|igshid|yclid|spm|smid|smtyp|xtor|partner|campaign|ftag|feedtype|feedname|rss|amp"
)

MASS = 3  # titles that must come again before a source is taken to have changed all of its ids …
MASS_SHARE = 0.8  # … and their share of the items that are gone
ALIKE = 0.8  # likeness of two titles of which one corrects the other (difflib's ratio)
VERSIONS = 2  # titles that one guid with one link may have in a document: an entry and its correction


@dataclass(frozen=True, slots=True)
class Identity:
    """What a feed gives to tell an entry by. ``moment`` is its date as written."""

    guid: str
    link: str
    title: str
    moment: str


def keys_for(entries: Sequence[Identity], *, base: str) -> tuple[str, ...]:
    """Return one key an entry, in order. Entries that are the same through and through share one.

    A guid counts where it stands for one entry only; then the link without trackers; then title and date.
    """
    guids = [_canonical(entry.guid, base) for entry in entries]
    links = [_canonical(entry.link, base) for entry in entries]
    links_of: dict[str, set[str]] = {}
    titles_of: dict[str, set[str]] = {}  # by guid, and by link
    for entry, guid, link in zip(entries, guids, links, strict=True):
        links_of.setdefault(guid, set()).add(link)
        titles_of.setdefault(link, set()).add(entry.title)
        titles_of.setdefault("id " + guid, set()).add(entry.title)
    keys = []
    for entry, guid, link in zip(entries, guids, links, strict=True):
        if guid and len(links_of[guid]) == 1 and len(titles_of["id " + guid]) <= VERSIONS:
            keys.append(_digest("id", guid))
        elif link and len(titles_of[link]) == 1:
            keys.append(_digest("id and link", guid, link) if guid else _digest("link", link))
        else:
            keys.append(_digest("words", link, entry.title, entry.moment))
    return tuple(keys)


def keep_keys(items: Sequence[Item], known: Sequence[Item]) -> tuple[Item, ...]:
    """Give items that their source renamed the keys they had; ``known`` are the source's items of the last readings.

    Two cases, each only for items with a new key and known ones that the source no longer lists: an entry whose
    headline was corrected and its id with it (same moment, same summary, nearly the same title), and a source that
    changed all of its ids at once (at least three titles, and four fifths of those that are gone, come again once).
    """
    listed = {item.key for item in items}
    had = {item.key for item in known}
    fresh = [item for item in items if item.key not in had]
    gone = [item for item in known if item.key not in listed]
    renamed = _all_renamed(fresh, gone) or _corrected(fresh, gone)
    return tuple(replace(item, key=renamed.get(item.key, item.key)) for item in items)


def keep_addresses(items: Sequence[Item], known: Sequence[Item]) -> tuple[Item, ...]:
    """Give items whose address differs from the known one only in scheme, "www." or trackers the known one."""
    had = {item.key: item.address for item in known}
    return tuple(
        replace(item, address=before)
        if item.address and (before := had.get(item.key)) and _canonical(item.address, "") == _canonical(before, "")
        else item
        for item in items
    )


def _all_renamed(fresh: Sequence[Item], gone: Sequence[Item]) -> dict[str, str]:
    before, after = _by_title(gone), _by_title(fresh)
    pairs = {after[title]: before[title] for title in after if title in before}
    return pairs if len(pairs) >= MASS and len(pairs) >= MASS_SHARE * len(gone) else {}


def _corrected(fresh: Sequence[Item], gone: Sequence[Item]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for item in fresh:
        for old in gone:
            same = item.published is not None and (item.published, item.summary) == (old.published, old.summary)
            if same and old.key not in pairs.values() and _alike(item.title or "", old.title or ""):
                pairs[item.key] = old.key
                break
    return pairs


def _by_title(items: Sequence[Item]) -> dict[str, str]:
    """Return the key of each title that stands once."""
    times = Counter(item.title for item in items)
    return {item.title: item.key for item in items if item.title and times[item.title] == 1}


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio() >= ALIKE


def _canonical(text: str, base: str) -> str:
    """Write an address in one form, without scheme, "www.", trackers and a closing "/"; any other id as it is."""
    text = text.strip()
    if text.startswith("/"):
        text = urljoin(base, text)
    if not re.match(r"https?://", text, re.I):
        return text
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return text
    query = "&".join(
        f"{name}={value}" for name, value in parse_qsl(parts.query) if not TRACKERS.fullmatch(name.lower())
    )
    place = f":{port}" if port not in (None, 80, 443) else ""
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") or re.search(r"\d", parts.fragment) else ""
    return f"{host}{place}{parts.path.rstrip('/')}{'?' if query else ''}{query}{fragment}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode("utf-8", errors="replace")).hexdigest()[:16]
