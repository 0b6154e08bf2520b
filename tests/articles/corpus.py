"""Our own annotated pages: what each must say, what it must not, and its fields. Outlets, people and texts are made up."""
# ruff: noqa: E501 - pages stay as they are served

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LEDE = "The harbour board of Northaven will close its oldest crane in June, after divers found rust in three of its four legs."
SECOND = "Repairs would cost nine million crowns, an engineer told the board, and the crane has lifted nothing since the autumn."
THIRD = (
    "“We shall miss it, but nobody should stand under it,” said Marta Lindqvist, who has led the port for eleven years."
)
FOURTH = (
    "A smaller crane from the fish quay is to take over its work until the new one arrives from the yard in two years."
)
TEXT = (LEDE, SECOND, THIRD, FOURTH)
P = "".join(f"<p>{text}</p>" for text in TEXT)
H = "Port closes its oldest crane"


@dataclass(frozen=True)
class Case:
    """One page with its gold; ``rejected`` is the reason where it holds no article."""

    name: str
    html: str
    must: tuple[str, ...] = TEXT
    must_not: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    rejected: str | None = None


def whole(body: str, head: str = "", title: str = f"{H} - Northaven Times", lang: str = "en") -> str:
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


SITE = '<meta property="og:site_name" content="Northaven Times">'
NEWS = '{"@type":"NewsArticle","headline":"Port closes its oldest crane","datePublished":"2026-03-04T07:30:00+01:00","author":%s}'
PERSON = '{"@type":"Person","name":"Signe Holm"}'
MENU = '<header><nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Sport</a></li></ul></nav></header>'
FOOT = "<footer><p>© Northaven Times. All rights reserved. Reach the desk at the old customs house.</p></footer>"
RELATED = '<aside class="related"><h3>More from the port</h3><ul><li><a href="/x">Ferry fares rise again in spring</a></li><li><a href="/y">Pilot boat sold to a museum</a></li></ul></aside>'
GONE = ("Ferry fares rise", "Pilot boat sold", "All rights reserved")

CASES = [
    Case(
        "plain article",
        whole(f"{MENU}<main><article><h1>{H}</h1>{P}</article></main>{FOOT}", SITE),
        must_not=GONE,
        fields={"title": H, "outlet": "Northaven Times", "language": "en", "partial": False},
    ),
    Case(
        "blog engine",
        whole(
            f'{MENU}<div id="content" class="site-content"><article class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{H}</h1><div class="entry-meta"><span class="byline">by <span class="author vcard"><a class="url fn n" href="/author/signe" rel="author">Signe Holm</a></span></span></div></header><div class="entry-content">{P}<div class="sharedaddy"><p>Share this with your friends and family by any of these ways</p></div></div></article>{RELATED}</div>{FOOT}',
            SITE,
        ),
        must_not=(*GONE, "Share this"),
        fields={"title": H, "authors": ("Signe Holm",)},
    ),
    Case(
        "amp",
        f'<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{H}</title><link rel="canonical" href="https://northaven.example/crane"><style amp-boilerplate>body{{opacity:0}}</style>{ld(NEWS % PERSON)}</head><body><amp-sidebar id="s" hidden><p>Menu of all our pages and sections for you to choose from at any time of day</p></amp-sidebar><article><h1>{H}</h1><amp-img src="c.jpg"></amp-img>{P}<amp-ad><p>Buy boats, boats, boats and nothing but boats at the boat shop in the harbour</p></amp-ad></article></body></html>',
        must_not=("Menu of all",),
        fields={
            "title": H,
            "authors": ("Signe Holm",),
            "canonical": "https://northaven.example/crane",
            "published": "2026-03-04T07:30:00+01:00",
        },
    ),
    Case(
        "script data beside the page",
        whole(
            f'<div id="__next"><main><h1>{H}</h1><div class="css-1x2y3z">{P}</div></main></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{"text":"secret data of the page that only a script shall read"}}}}</script>',
            ld(NEWS % PERSON),
        ),
        must_not=("secret data",),
        fields={"title": H},
    ),
    Case(
        "table layout",
        whole(
            f'<table width="100%"><tr><td width="150"><a href="/1">News</a><br><a href="/2">Sport</a></td><td><h1>{H}</h1>{P}</td><td><a href="/3">Weather</a></td></tr></table>'
        ),
        must_not=("Weather",),
        fields={"title": H},
    ),
    Case(
        "paywall",
        whole(
            f'<article><h1>{H}</h1><p>{LEDE}</p><p>Repairs would cost nine…</p><div class="paywall-offer"><p>Subscribe to keep reading. Four weeks for one crown.</p></div></article>',
            ld('{"@type":"NewsArticle","headline":"Port closes its oldest crane","isAccessibleForFree":"False"}'),
        ),
        must=(LEDE,),
        must_not=("Subscribe", "one crown"),
        fields={"partial": True},
    ),
    Case(
        "consent layer over an article",
        whole(
            f'<div id="cookie-banner" class="cookie-consent" role="dialog"><p>We use cookies and ask for your consent so that we and our 300 partners can measure how you read.</p></div><article><h1>{H}</h1>{P}</article>'
        ),
        must_not=("300 partners",),
    ),
    Case(
        "consent page",
        whole(
            "<h1>Before you go on</h1><p>We use cookies. Give your consent so that we and our partners can store data, or change your privacy settings.</p>",
            title="Your consent",
        ),
        rejected="consent-page",
    ),
    Case(
        "error page",
        whole("<h1>Page not found</h1><p>Error 404. The page that you look for has moved.</p>", title="Page not found"),
        rejected="error-page",
    ),
    Case(
        "challenge",
        whole("<p>Checking your browser before you can go on. This takes a few seconds.</p>", title="Just a moment..."),
        rejected="challenge-page",
    ),
    Case(
        "feed",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Northaven Times</title></channel></rss>',
        rejected="feed-not-page",
    ),
    Case("page made by scripts alone", whole('<div id="root"></div><script>render()</script>'), rejected="empty"),
    Case("page of one line", whole("<h1>Soon</h1><p>Back soon.</p>", title="Soon"), rejected="no-article"),
    Case(
        "reserved",
        whole(f"<article><h1>{H}</h1>{P}</article>", '<meta name="robots" content="noarchive">'),
        rejected="reserved",
    ),
    Case(
        "figure with caption and credit",
        whole(
            f'<article><h1>{H}</h1><figure><img src="/c.jpg"><figcaption>The crane in the fog. <span class="credit">Photo: Olle Berg</span></figcaption></figure>{P}</article>'
        ),
        must_not=("in the fog", "Olle Berg"),
        fields={"caption": "The crane in the fog.", "credit": "Olle Berg"},
    ),
    Case(
        "dateline of an agency",
        whole(f"<article><h1>{H}</h1><p>NORTHAVEN (Reuters) - {LEDE}</p>{P[len(f'<p>{LEDE}</p>') :]}</article>"),
        must_not=("NORTHAVEN (", "Reuters"),
        fields={"agency": "Reuters", "dateline": "NORTHAVEN (Reuters)"},
    ),
    Case(
        "correction note",
        whole(
            f"<article><h1>{H}</h1>{P}<p>Correction: An earlier version of this article gave the wrong number of legs.</p></article>"
        ),
        must_not=("wrong number",),
        fields={"corrections": ("Correction: An earlier version of this article gave the wrong number of legs.",)},
    ),
    Case(
        "opinion",
        whole(f"<article><h1>{H}</h1>{P}</article>", '<meta property="article:section" content="Opinion">'),
        fields={"kind": "opinion"},
    ),
    Case(
        "German page",
        whole(
            f"<article><h1>{H}</h1><p class='byline'>Von Jörg Vogt</p>{P}<p>Lesen Sie auch: Fähren werden teurer</p></article>",
            lang="de",
        ),
        must_not=("Fähren", "Jörg"),
        fields={"authors": ("Jörg Vogt",)},
    ),
    Case(
        "French page",
        whole(
            f"<article><h1>{H}</h1>{P}<p>À lire aussi : les ferrys plus chers</p><p>Abonnez-vous à notre lettre</p></article>"
        ),
        must_not=("ferrys", "Abonnez"),
    ),
    Case(
        "newsletter box in the midst",
        whole(
            f'<article><h1>{H}</h1><p>{LEDE}</p><p>{SECOND}</p><div class="newsletter-signup"><h4>The Morning Tide</h4><p>All that matters in the harbour, each morning at six in your inbox.</p></div><p>{THIRD}</p><p>{FOURTH}</p></article>'
        ),
        must_not=("Morning Tide", "in your inbox"),
    ),
    Case(
        "share bar",
        whole(
            f'<article><h1>{H}</h1><ul class="share-buttons"><li>Send by mail</li><li>Copy the link</li></ul>{P}</article>'
        ),
        must_not=("Send by mail",),
    ),
    Case(
        "comments",
        whole(
            f'<article><h1>{H}</h1>{P}</article><section id="comments"><h3>Comments</h3><div class="comment"><p>I for one will never miss that ugly crane, and neither will my late uncle who fell off it.</p></div></section>'
        ),
        must_not=("late uncle",),
    ),
    Case(
        "hidden terms",
        whole(
            f'<article><h1>{H}</h1>{P}</article><div style="display:none">{"<p>The reader agrees that these terms may change at any time without notice being given here.</p>" * 10}</div>'
        ),
        must_not=("these terms",),
    ),
    Case(
        "inline markup",
        whole(
            f'<article><h1>{H}</h1>{P}<p>The <b>c</b>rane was built <em>by</em> <a href="/k">Kvist</a>, a yard that closed in 1988<sup>.</sup></p></article>'
        ),
        must=(*TEXT, "The crane was built by Kvist, a yard that closed in 1988."),
        must_not=("c rane", "Kvist ,"),
    ),
    Case(
        "list",
        whole(
            f"<article><h1>{H}</h1>{P}<p>The board also decided three other matters on Tuesday evening:</p><ul><li>the fish quay gets lamps along its whole length</li><li>dogs may not run free on the outer mole in summer</li></ul></article>"
        ),
        must=(*TEXT, "the fish quay gets lamps", "dogs may not run free"),
    ),
    Case(
        "block quote",
        whole(
            f"<article><h1>{H}</h1>{P}<blockquote><p>The port has no money for a monument, and no wish to pretend that it has, the letter says.</p></blockquote><p>The letter was signed by all nine members of the board.</p></article>"
        ),
        must=(*TEXT, "no money for a monument"),
    ),
    Case(
        "microdata",
        whole(
            f'<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{H}</h1><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Signe Holm</span></span><time itemprop="datePublished" datetime="2026-03-04T07:30:00+01:00">4 March</time><div itemprop="articleBody">{P}</div></div>'
        ),
        fields={"authors": ("Signe Holm",), "published": "2026-03-04T07:30:00+01:00"},
    ),
    Case(
        "broken linked data",
        whole(
            f"<article><h1>{H}</h1>{P}</article>",
            ld(
                '{"@type":"NewsArticle","headline":"Port closes its oldest crane","author":[{"@type":"Person","name":"Signe Holm"},],"datePublished":"2026-03-04T07:30:00+01:00",};'
            ),
        ),
        fields={"authors": ("Signe Holm",), "published": "2026-03-04T07:30:00+01:00"},
    ),
    Case(
        "linked data in a graph",
        whole(
            f"<article><h1>{H}</h1>{P}</article>",
            ld(
                '{"@graph":[{"@type":"WebSite","name":"Northaven Times"},{"@type":["Article","NewsArticle"],"headline":"Port closes its oldest crane","author":{"@id":"#s"}},{"@type":"Person","@id":"#s","name":"Signe Holm"}]}'
            ),
        ),
        fields={"authors": ("Signe Holm",)},
    ),
    Case(
        "linked data in CDATA",
        whole(f"<article><h1>{H}</h1>{P}</article>", ld("//<![CDATA[\n" + NEWS % PERSON + "\n//]]>")),
        fields={"authors": ("Signe Holm",)},
    ),
    Case(
        "agency as the author",
        whole(f"<article><h1>{H}</h1>{P}</article>", ld(NEWS % '{"@type":"Organization","name":"dpa"}')),
        fields={"authors": ("dpa",)},
    ),
    Case(
        "video page with a text",
        whole(
            f'<article><h1>{H}</h1><div class="video-player"><video src="v.mp4"></video><p>Press play to watch this film of the crane in all its beauty and length</p></div>{P}</article>'
        ),
        must_not=("Press play",),
    ),
    Case(
        "unclosed markup",
        f"<html><head><title>{H}</title><body><article><h1>{H}</h1><p>{LEDE}<p>{SECOND}<div><p>{THIRD}<p>{FOURTH}",
    ),
]
