"""Lays manuscripts out as an outlet's pages and feeds, by the templates in the outlet's folder."""

from __future__ import annotations

import json
import re
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from html import escape

from django.template import Context, Engine

from nutgraf.demo.manuscripts import FOLDER, Manuscript, Outlet

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
RELATED = 3


@cache
def _engine(outlet: str) -> Engine:
    # The outlet's own folder first, so that any of the common templates can be replaced.
    return Engine(dirs=[str(FOLDER / outlet), str(FOLDER / "common")], autoescape=True)


def lay_out(template: str, outlet: Outlet, base: str, **values: object) -> str:
    """Fill an outlet's template. ``base`` is the address of its server, without a slash at the end."""
    context = Context({"outlet": outlet, "base": base, **values}, use_l10n=False, use_tz=False)
    return _engine(outlet.id).get_template(template).render(context)


def page(text: Manuscript, others: tuple[Manuscript, ...], outlet: Outlet, base: str) -> str:
    """Return the HTML of one manuscript's page, with furniture around it that leads to the outlet's others."""
    related = [shown(other, outlet, base) for other in others if other.slug != text.slug][:RELATED]
    template = f"{text.kind}.html" if text.kind in {"ticker", "video"} else "page.html"
    return lay_out(template, outlet, base, article=shown(text, outlet, base), related=related)


def listing(texts: tuple[Manuscript, ...], section: str | None, outlet: Outlet, base: str) -> str:
    """Return the HTML of the front page, or of one section, that lists ``texts``."""
    articles = [shown(text, outlet, base) for text in texts if section in (None, text.section.lower())]
    return lay_out("front.html", outlet, base, articles=articles, section=section or "")


def feed(texts: tuple[Manuscript, ...], outlet: Outlet, base: str) -> str:
    """Return the outlet's feed of ``texts``, in the outlet's own format."""
    assert outlet.feed_file, f"{outlet.id} has no feed"
    newest = max(text.modified for text in texts)
    articles = [shown(text, outlet, base) for text in texts]
    return lay_out(outlet.feed_file, outlet, base, articles=articles, updated=_moment(newest, outlet))


def shown(text: Manuscript, outlet: Outlet, base: str) -> dict[str, object]:
    """Return what the templates show of a manuscript; ``json`` holds the same as JSON literals."""
    plain = {
        "url": base + text.path,
        "path": text.path,
        "title": text.title,
        "dek": text.dek,
        "section": text.section,
        "authors": list(text.authors),
        "byline": _and(text.authors, "und" if outlet.language == "de" else "and"),
        "topics": list(text.topics),
        "agency": text.agency,
        "photo": f"{base}{outlet.photos}{text.photo}" if text.photo else "",
        "caption": text.caption,
        "credit": text.credit,
        "correction": text.correction,
        "summary": text.dek or _unlinked(text.paragraphs[0]),
        "html": "\n".join(_block(block) for block in text.blocks),
    }
    return plain | {
        "guid": f"{outlet.id}-{text.slug}",
        "published": _moment(text.published, outlet),
        "modified": _moment(text.modified, outlet),
        "revised": text.modified != text.published,
        "blocks": [
            {"heading": block.startswith("## "), "html": _inline(block.removeprefix("## "))} for block in text.blocks
        ],
        "json": {name: _json(value) for name, value in plain.items()},
    }


def _moment(when: datetime, outlet: Outlet) -> dict[str, str]:
    return {
        "iso": when.isoformat(),
        "rfc822": format_datetime(when),
        "shown": when.strftime(outlet.shown_date),
        "day": when.date().isoformat(),
    }


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"<h2>{_inline(block.removeprefix('## '))}</h2>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    return LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False))


def _unlinked(text: str) -> str:
    return LINK.sub(r"\1", text)


def _and(names: tuple[str, ...], word: str) -> str:
    return f" {word} ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _json(value: object) -> str:
    # "<" is escaped so that the literal can stand in a script element.
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
