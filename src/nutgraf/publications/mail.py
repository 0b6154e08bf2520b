"""An edition as a letter, HTML and text of the same stored briefs; and the letter that asks to confirm an address."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from nutgraf.model import Edition
from nutgraf.ports import Letter
from nutgraf.publications.layout import Layout, ShownLine, lay_out, one_line
from nutgraf.publications.page import rendered
from nutgraf.publications.tongue import ENGLISH, Tongue

WIDTH = 76
"""Characters of a line of text, as mail readers have them; addresses are never broken."""

_LINE_BREAK = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_SYNTAX = re.compile(r'["\\()<>\[\]:;@,=?]')
"""Signs of addresses and of encoded words: long names lose their quotation marks when a header is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose letters these are: the site's name, its address for readers, and the address that mail comes from."""

    title: str
    address: str
    mail_from: str = ""

    @property
    def host(self) -> str:
        """The host that names of lists and letters end with."""
        return urlsplit(self.address).hostname or "localhost"

    @property
    def name(self) -> str:
        """The site's name as a header can carry it."""
        return header_line(self.title) or "Briefs"

    @property
    def mailbox(self) -> str:
        """Who mail comes from: the site's name, without the signs that addresses are written with, and the address."""
        return f'"{one_line(_SYNTAX.sub(" ", self.name)) or "Briefs"}" <{self.mail_from or f"brief@{self.host}"}>'

    def link(self, *parts: str) -> str:
        """Return the address of a page of the site."""
        return "/".join([self.address.rstrip("/"), *(quote(part, safe="", errors="replace") for part in parts), ""])


@dataclass(frozen=True, slots=True)
class _Entry:
    brief: Layout
    link: str


def header_line(text: str) -> str:
    """Return ``text`` as one line that no header can be forged with."""
    return one_line(_LINE_BREAK.sub(" ", text))


def message_id(day: str, token: str, host: str) -> str:
    """Name a letter: the same edition to the same subscriber always has the same name, which tells nobody the token."""
    return f"<{day}.{hashlib.sha256(f'{day} {token}'.encode()).hexdigest()[:32]}@{host}>"


def edition_letter(
    edition: Edition,
    *,
    to: str,
    token: str,
    sender: Sender,
    now: datetime,
    zone: tzinfo | None = None,
    tongue: Tongue = ENGLISH,
) -> Letter:
    """Return the letter that brings an edition to a subscriber, whose token ends the subscription.

    All but the briefs' own words speaks ``tongue``.
    """
    laid_out = [lay_out(one, zone=zone, tongue=tongue) for one in edition.briefs]
    entries = [_Entry(brief, sender.link("story", brief.id)) for brief in laid_out]
    off = sender.link("mail", "off", token)
    values: dict[str, object] = {
        "title": sender.name,
        "day": tongue.day(edition.day),
        "entries": entries,
        "lead": entries[0].brief.headline.text,
        "off": off,
        "page": sender.link("edition", edition.day.isoformat()),
    }
    day = edition.day.isoformat()
    return Letter(
        to=to,
        sender=sender.mailbox,
        subject=f"{header_line(entries[0].brief.headline.text)} – {_named(values, tongue)}",
        text="\n".join(_edition_text(values, entries, tongue)) + "\n",
        html=rendered("publications/mail.html", tongue, values),
        headers=(
            ("Date", format_datetime(now)),
            ("Message-ID", message_id(day, token, sender.host)),
            ("List-Id", f"<edition.{sender.host}>"),
            ("List-Unsubscribe", f"<{off}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("Precedence", "list"),
            ("Auto-Submitted", "auto-generated"),
        ),
    )


def confirming_letter(*, to: str, token: str, sender: Sender, now: datetime, tongue: Tongue = ENGLISH) -> Letter:
    """Return the letter that asks the owner of an address whether the edition is wanted."""
    link = sender.link("mail", "yes", token)
    text = [
        *_wrapped(tongue.say("Somebody, most likely you, asked for {site} by mail.", site=sender.name)),
        "",
        *_wrapped(tongue.say("If you want it, confirm it here:")),
        "",
        link,
        "",
        *_wrapped(tongue.say("If you do not want it, do nothing: you get no further mail.")),
    ]
    return Letter(
        to=to,
        sender=sender.mailbox,
        subject=tongue.say("Please confirm: {site} by mail", site=sender.name),
        text="\n".join(text) + "\n",
        html=rendered("publications/mail_confirm.html", tongue, {"title": sender.name, "link": link}),
        headers=(
            ("Date", format_datetime(now)),
            ("Message-ID", message_id(format_datetime(now), token, sender.host)),
            ("Auto-Submitted", "auto-replied"),
        ),
    )


def _named(values: dict[str, object], tongue: Tongue) -> str:
    return tongue.say("{site}, {day}", site=values["title"], day=values["day"])


def _edition_text(values: dict[str, object], entries: list[_Entry], tongue: Tongue) -> Iterator[str]:
    yield from _wrapped(_named(values, tongue))
    for entry in entries:
        yield from ["", "=" * WIDTH, ""]
        yield from _brief_text(entry)
    yield from ["", "-" * WIDTH, tongue.say("This edition on the site: {link}", link=values["page"])]
    yield tongue.say("No more of these mails: {link}", link=values["off"])


def _brief_text(entry: _Entry) -> Iterator[str]:
    brief, tongue = entry.brief, entry.brief.tongue
    yield from _wrapped(brief.headline.text.upper() if brief.headline.text.isascii() else brief.headline.text)
    if brief.dek:
        yield from _wrapped(brief.dek.text)
    yield from ["", *_wrapped(brief.coverage)]
    yield from ["", *_line_text(brief.lede)]
    for line in brief.bullets:
        yield from ["", *_line_text(line, f"{line.label}: " if line.label else "", bullet=True)]
    for claim, denial in brief.disputes:
        yield from ["", *_line_text(claim, f"{tongue.say('In dispute:')} ", bullet=True)]
        yield from _line_text(denial, f"{tongue.say('Denied:')} ", bullet=True)
    for figure in brief.figures:
        yield from ["", *_wrapped(tongue.say("Figures differ, {counts}:", counts=figure.counts), first="* ")]
        for saying in figure.sayings:
            who = ", ".join(part for part in (saying.speaker, saying.outlet) if part)
            yield from _wrapped(f"{saying.words} ({who})", first="  - ")
            yield from [f"    {saying.source.link}"] if saying.source.link else []
    yield from ["", tongue.say("All coverage: {link}", link=entry.link)]


def _line_text(line: ShownLine, label: str = "", *, bullet: bool = False) -> Iterator[str]:
    yield from _wrapped(label + line.text, first="* " if bullet else "")
    indent = "  " if bullet else ""
    for source in line.sources:
        yield from _wrapped(f"[{source.article.outlet}]", first=indent)
        if source.link:
            yield f"{indent}{source.link}"
    if line.composed:
        yield from _wrapped("(reworded by a language model)", first=indent)


def _wrapped(text: str, first: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
