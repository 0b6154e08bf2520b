"""Template tags of interface texts: said in the tongue of the page; what fills them in is escaped."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from nutgraf.publications.layout import Moment
from nutgraf.publications.marking import carried
from nutgraf.publications.tongue import ENGLISH, Tongue

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Any, text: str, **values: object) -> SafeString:
    """Say an interface text: ``{% say "First by {outlet}" outlet=name|bdi %}``."""
    return filled(_tongue(context).pattern(text), values)


@register.simple_tag(takes_context=True)
def count(context: Any, one: str, many: str, number: int, **values: object) -> SafeString:
    """Say the form that goes with a number: ``{% count "{n} story" "{n} stories" number %}``."""
    tongue = _tongue(context)
    return filled(tongue.pattern_for(one, many, number), {"n": tongue.number(number), **values})


@register.filter
def bdi(text: str) -> SafeString:
    """Set a name apart, so that its direction does not reorder what stands around it."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def code(text: str) -> SafeString:
    """Set what is typed as it stands; it runs from the left in every language."""
    return format_html('<code dir="ltr">{}</code>', text)


@register.filter
def marked(passage: str, text: str) -> SafeString:
    """Mark the words of a passage that a line carries."""
    parts = carried(passage, text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if is_carried else part,) for part, is_carried in parts)
    )


@register.filter
def timed(moment: Moment) -> SafeString:
    """Set a moment with its form for machines."""
    return format_html('<time datetime="{}">{}</time>', moment.iso, moment.text)


@register.simple_tag(takes_context=True)
def speaks(context: Any, language: str | None) -> SafeString:
    """Give the attribute that names a text's language where the page around it speaks another."""
    if not language or language == _tongue(context).language:
        return SafeString()
    return format_html(' lang="{}"', language)


def _tongue(context: Any) -> Tongue:
    found = context.get("tongue", ENGLISH)
    assert isinstance(found, Tongue)
    return found


def filled(pattern: str, values: dict[str, object]) -> SafeString:
    """Return a text with its names filled in, as HTML; pattern and values are escaped."""
    return format_html("{}", pattern) if not values else format_html(escape(pattern), **values)
