"""A brief as schema.org tells it: a NewsArticle with the reports that it cites, its claims and its quotations."""

from __future__ import annotations

import json
import re
from typing import Any

from nutgraf.model import Brief
from nutgraf.publications.layout import Layout, ShownArticle, ShownLine, lay_out, one_line

_QUOTED = re.compile("“([^“”]{2,})”|„([^„“”]{2,})[“”]|«\\s?([^«»]{2,}?)\\s?»")
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def linked_data(brief: Brief, *, title: str, address: str, picture: str) -> str:
    """Return a brief as JSON-LD that can stand inside of a script element whatever its texts hold.

    ``title`` and ``address`` are the site's, ``picture`` the address of the brief's card.
    """
    text = json.dumps(_article(lay_out(brief), title, address, picture), ensure_ascii=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029]", lambda found: _IN_SCRIPT[found[0]], text)


def _article(brief: Layout, title: str, address: str, picture: str) -> dict[str, Any]:
    site = {"@type": "Organization", "name": one_line(title), "url": address}
    page = f"{address.rstrip('/')}/story/{brief.id}/"
    lines = [brief.lede, *brief.bullets, *(line for dispute in brief.disputes for line in dispute)]
    return _told(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": page,
            "url": page,
            "mainEntityOfPage": page,
            "headline": brief.headline.text,
            "description": brief.dek.text if brief.dek else brief.lede.text,
            "datePublished": brief.first.when.iso if brief.first and brief.first.when else None,
            "dateModified": brief.updated.iso if brief.updated else None,
            "inLanguage": brief.language,
            "image": {"@type": "ImageObject", "url": picture, "width": 1200, "height": 630},
            "author": site,
            "publisher": site,
            "about": [{"@type": "Thing", "name": topic} for topic in brief.topics],
            "citation": [_report(one) for origin in brief.origins for one in (origin.first, *origin.repeats)],
            "hasPart": [part for line in lines for part in (_claim(line), *_quotations(line))],
        }
    )


def _report(article: ShownArticle) -> dict[str, Any]:
    return _told(
        {
            "@type": "NewsArticle",
            "headline": article.title,
            "url": article.url,
            "publisher": {"@type": "Organization", "name": article.outlet},
            "datePublished": article.when.iso if article.when else None,
        }
    )


def _claim(line: ShownLine) -> dict[str, Any]:
    """Who says it stands as a credit: whether a speaker is a person or a body is not known."""
    reports = {source.article.id: source.article for source in line.sources}
    appearance = [_report(article) for article in reports.values()]
    return _told({"@type": "Claim", "text": line.text, "creditText": ", ".join(line.chain), "appearance": appearance})


def _quotations(line: ShownLine) -> list[dict[str, Any]]:
    quoted = [next(filter(None, found.groups())) for found in _QUOTED.finditer(line.text)]
    return [_told({"@type": "Quotation", "text": words, "creditText": ", ".join(line.chain)}) for words in quoted]


def _told(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}
