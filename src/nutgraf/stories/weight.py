"""How much a story weighs: who leads an edition, told in numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from nutgraf.model import Article, Story, instant
from nutgraf.stories.origins import agency_of, family_of, site_of

RECENT = timedelta(hours=6)
"""How far back reports count for a story's speed."""

HALF_LIFE = timedelta(hours=18)
"""After this time without a report a story weighs half as much."""

PART = {"origins": 2.0, "outlets": 0.5, "speed": 1.0, "countries": 0.7, "kinds": 0.5}
"""How much one more doubling of each counts. Independent reports count most, and reprints hardly."""

_COUNTRY = re.compile(r"\.([a-z]{2})$")
_NO_COUNTRY = frozenset(["tv", "io", "me", "co", "ai", "fm", "eu", "to", "cc", "ws"])
_BROADCASTER = re.compile(r"\b(?:tv|radio|television|broadcast\w*|rundfunk|fernsehen|bbc|npr|cnn|abc|cbs|nbc)\b", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a story's weight: what is counted, how many there are, and what that adds."""

    name: str
    count: int
    adds: float


@dataclass(frozen=True, slots=True)
class Weight:
    """A story's weight: the sum of its parts times how fresh it is, 1 for a report of this moment."""

    parts: tuple[Part, ...]
    freshness: float

    @property
    def total(self) -> float:
        """Return the weight."""
        return math.fsum(part.adds for part in self.parts) * self.freshness

    def told(self) -> str:
        """Say for people what the weight is made of."""
        parts = ", ".join(f"{part.count} {part.name} {part.adds:.2f}" for part in self.parts)
        return f"weight {self.total:.2f}: ({parts}) times {self.freshness:.2f} for freshness"


def weigh(story: Story, articles: Mapping[str, Article], *, now: datetime) -> Weight:
    """Weigh a story at a moment, ``articles`` by id. An article without a date counts as neither fresh nor fast."""
    found = [articles[key] for key in story.articles]
    moments = [min(instant(article.published), instant(now)) for article in found if article.published]
    latest = max(moments, default=None)
    first = {origin.articles[0] for origin in story.origins}
    fast = sum(
        article.id in first and article.published is not None and instant(now) - instant(article.published) <= RECENT
        for article in found
    )
    counts = {
        "origins": len(story.origins),
        "outlets": len({family_of(article) or article.id for article in found}),
        "speed": fast,
        "countries": len({country for article in found if (country := _country(article))}),
        "kinds": len({_kind(article) for article in found}),
    }
    age = (instant(now) - latest) / HALF_LIFE if latest else 4.0
    return Weight(
        parts=tuple(Part(name, count, PART[name] * math.log2(1 + count)) for name, count in counts.items()),
        freshness=0.5 ** max(0.0, age),
    )


def _country(article: Article) -> str | None:
    """Return the country that an outlet's address names, or ``None``: most addresses name none."""
    found = _COUNTRY.search(site_of(article) or "")
    return found.group(1) if found and found.group(1) not in _NO_COUNTRY else None


def _kind(article: Article) -> str:
    if agency_of(article):
        return "agency"
    return "broadcaster" if _BROADCASTER.search(article.outlet or "") else "paper"
