"""Texts that try to become markup, code or syntax wherever they are shown, and a brief made of nothing else."""

from __future__ import annotations

from dataclasses import replace

from nutgraf.model import Brief, Composed, Dispute, FigureDifference, Saying
from tests.samples import CAUSEWAY, cited, line

PAYLOADS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "</title></textarea></style></script><svg onload=window.pwned=1>",
    "\"><svg/onload=window.pwned=1> ' onmouseover='window.pwned=1",
    "]]> <![CDATA[<b>x</b>]]> -->",
    "&lt;script&gt;window.pwned=1&lt;/script&gt; &amp; &#60;b&#62;",
    "{{ title }} {% include 'web/base.html' %}",
    "[click](javascript:window.pwned=1) ![x](http://evil.example/x.gif) <http://evil.example>",
    "`code` **bold** __under__ ~~gone~~ | cell | # heading",
    "1. not a list",
    "- not a list",
    "+ nor this",
    "> not a quotation",
    "=== not a heading",
    "\x1b[31mred\x1b[0m \x1b]8;;http://evil.example\x07link\x1b]8;;\x07 bell\x07 nul\x00 \x9b31m",
    "right \u202eto left\u202c and \u2067isolate\u2069 عربي עברית",
    "half \ud800 a character, none \ufffe at all",
    "two\nlines\r\nSet-Cookie: pwned=1\u2028three",
    "[bold red]rich markup[/bold red] :bomb:",
    "🛳 ship",
)

LINKS = (
    "javascript:window.pwned=1",
    "JaVaScRiPt:window.pwned=1",
    "\x01javascript:window.pwned=1",
    "java\nscript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "http:evil",
    "https://",
    "http://[::1",
    "",
)


def hostile_brief(text: str, *, link: str = "javascript:window.pwned=1", story: str = "hostile") -> Brief:
    """Put ``text`` into every text of a brief and ``link`` into every address."""
    source = cited("a1ledger", text)
    wording = Composed(text, text)
    bad = line(text, source, label=text, outlet=text, speaker=text, chain=(text,), composed=wording)
    saying = Saying(text, text, text, None, source)
    assert CAUSEWAY.photo
    return replace(
        CAUSEWAY,
        id=story,
        headline=bad,
        dek=bad,
        lines=(bad, bad),
        disputes=(Dispute(bad, bad),),
        figures=(FigureDifference(text, (saying, saying)),),
        photo=replace(CAUSEWAY.photo, url=link, caption=text, credit=text),
        topics=(text,),
        language=text,
        articles=tuple(replace(article, title=text, outlet=text, url=link) for article in CAUSEWAY.articles),
    )
