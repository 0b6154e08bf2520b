"""A brief as HTML: a page that stands alone, and the fragment that feeds carry; the templates escape all text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.template import Context, Engine

from nutgraf.model import Brief
from nutgraf.publications.layout import Layout, lay_out
from nutgraf.publications.tongue import Tongue, tongue_for

HERE = Path(__file__).parent


def as_html(brief: Brief) -> str:
    """Return a whole page that needs nothing beside it: styles inside, no script, no request to anywhere.

    Its interface speaks the brief's own language, where there is a catalogue of it.
    """
    shown = lay_out(brief, tongue=tongue_for(brief.language))
    style = read_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    values = {"brief": shown, "style": style, "style_digest": f"sha256-{digest}"}
    return rendered("publications/page.html", shown.tongue, values)


def brief_fragment(brief: Layout) -> str:
    """Return the brief in plain HTML elements, as feed readers show them, every link absolute."""
    return rendered("publications/fragment.html", brief.tongue, {"brief": brief})


@cache
def read_style() -> str:
    """Return the one stylesheet, for the site and for pages that stand alone."""
    return (HERE / "style.css").read_text(encoding="utf-8")


@cache
def _engine() -> Engine:
    # An engine of its own: a brief can be written where no database, and so no Django settings, were set up.
    return Engine(dirs=[str(HERE / "templates")], builtins=["nutgraf.publications.speech"])


def rendered(template: str, tongue: Tongue, values: Mapping[str, object]) -> str:
    """Return a template of the publications filled in; its interface speaks ``tongue``."""
    context = Context({"tongue": tongue, **values}, use_l10n=False, use_tz=False)
    return str(_engine().get_template(template).render(context))
