"""What is in an article's text, and what never is."""
# ruff: noqa: E501 - sentences of pages stay whole

import pytest

from tests.articles.pages import BODY, PARAGRAPHS, page, read, story

WHOLE = "\n\n".join(PARAGRAPHS)


def test_paragraphs_stand_apart_by_one_empty_line() -> None:
    assert read(story()).text == WHOLE


def test_an_article_inside_an_aside_is_read_and_the_consent_layer_is_not() -> None:
    layer = (
        '<div id="cookie-consent" role="dialog"><p>We and our 90 partners keep cookies on your device, with your consent, '
        "to measure how pages are read and to choose advertising.</p></div>"
    )
    article = read(page(f"{layer}<aside><h1>Tram depot to close</h1>{BODY}</aside>"))
    assert article.text == WHOLE


def test_a_mark_of_furniture_on_the_articles_own_container_costs_nothing() -> None:
    body = f'<div class="widget newsletter author-bio"><h1>Tram depot to close</h1>{BODY}<div class="newsletter-box"><p>Get our letter.</p></div></div>'
    assert read(page(body)).text == WHOLE


@pytest.mark.parametrize(
    "tail",
    [
        '<h3>Related stories</h3><ul><li><a href="/a">Bridge shut for a week</a></li><li><a href="/b">Mill to be sold</a></li></ul>',
        '<p><a href="/c">Read next: Bridge shut for a week</a></p>',
        "<p>Sign up for our morning newsletter</p>",
        "<p>Lesen Sie auch: Die Brücke ist gesperrt</p>",
        "<p>À lire aussi : le pont est fermé</p>",
        "<p>Lee también: El puente está cerrado</p>",
        "<p>Leia também: a ponte está fechada</p>",
        "<p>Leggi anche: il ponte è chiuso</p>",
        "<p>Czytaj także: most zamknięty</p>",
        "<p>Читайте также: мост закрыт</p>",
        "<p>İlgili haberler</p>",
        "<p>Get the news faster.</p><p>Install our app:</p><p>1. Tap the sign</p>",
    ],
)
def test_what_follows_the_article_stays_out(tail: str) -> None:
    assert read(story(after=tail)).text == WHOLE


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more books, the minister told pupils in a speech that lasted nearly an hour and drew laughter.",
        "More than 300 people shared the cost of the repairs, which the parish had put off since the last storm.",
        "The newsletter of the union, sent to 4,000 homes in March, had called the plan a disgrace to the town.",
        "Related to the inquiry is a second case, in which two builders are accused of paying a clerk for permits.",
        "Cookies were sold at the gate by children of the parish school, who raised 210 crowns for the choir.",
        "Follow-up checks in May showed that nine of the twelve bridges had been repaired as the office promised.",
    ],
)
def test_a_sentence_that_looks_like_furniture_stays(sentence: str) -> None:
    assert (
        sentence
        in read(story(after=f"<p>{sentence}</p><p>Work begins in the autumn, the council said on its page.</p>")).text
    )


@pytest.mark.parametrize(
    "how",
    [
        'style="display:none"',
        "hidden",
        'style="position:absolute; left:-9999px"',
        'style="visibility: hidden"',
        'style="font-size:0"',
    ],
)
def test_hidden_text_stays_out(how: str) -> None:
    assert (
        "secret"
        not in read(
            story(after=f"<div {how}><p>This secret sentence is written for machines alone, not for readers.</p></div>")
        ).text
    )


def test_a_hidden_dialog_longer_than_the_article_stays_out() -> None:
    terms = (
        "<p>The reader accepts that everything here is offered without any promise and can be changed at any time.</p>"
        * 12
    )
    assert read(story(after=f'<div class="modal" style="display:none">{terms}</div>')).text == WHOLE


def test_a_caption_and_its_credit_never_enter_the_text() -> None:
    figure = '<figure><img src="/d.jpg"><figcaption>The depot in May. Photo: P. Brandt</figcaption></figure>'
    loose = '<p class="photo-credit-wrap"><span class="caption">Trams in a row.</span> <span class="credit">(Photo: P. Brandt)</span></p>'
    article = read(story(before=figure + loose))
    assert article.text == WHOLE
    assert article.images[0].caption == "The depot in May."
    assert article.images[0].credit == "P. Brandt"


FIGURE = '<figure><img src="d.jpg"><figcaption>The depot in May. Photo: P. Brandt</figcaption></figure>'


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", "d.jpg"),
        ('<base href="https://cdn.eastmere.example/may/">', "https://cdn.eastmere.example/may/d.jpg"),
        ('<link rel="canonical" href="https://eastmere.example/news/depot">', "https://eastmere.example/news/d.jpg"),
    ],
)
def test_a_saved_page_whose_address_nobody_knows_keeps_its_captions(head: str, url: str) -> None:
    article = read(story(before=FIGURE, head=head), address=None)
    assert [(image.url, image.caption, image.credit) for image in article.images] == [
        (url, "The depot in May.", "P. Brandt")
    ]


def test_markup_inside_a_line_neither_glues_nor_splits_words() -> None:
    text = read(
        page(
            f"<main><h1>Tram depot to close</h1>{BODY}<div><h4>A subhead</h4><p>The <em>old</em> depot is <b>shut</b><span>.</span></p></div></main>"
        )
    ).text
    assert text.endswith("A subhead\n\nThe old depot is shut.")


def test_text_that_stands_bare_beside_headings_is_neither_glued_to_them_nor_told_twice() -> None:
    bare = "<p>Two parts remain.</p>Bare before<div><h4>Old rails</h4><p>They go to a mill.</p>Bare between</div><div><h4>New rails</h4><p>They come in May.</p></div>"
    text = read(
        page(
            f"<main><h1>Tram depot to close</h1>{BODY}{bare}<p>That is <i>all</i>, <span>she said</span><span>.</span></p></main>"
        )
    ).text
    told = [
        "Two parts remain.",
        "Bare before",
        "Old rails",
        "They go to a mill.",
        "Bare between",
        "New rails",
        "They come in May.",
    ]
    assert text.split("\n\n")[len(PARAGRAPHS) :] == [*told, "That is all, she said."]


def test_a_dateline_is_no_byline_and_a_byline_no_dateline() -> None:
    body = BODY.replace("The council", "EASTMERE, March 3 (Coast Wire) — The council", 1)
    article = read(page(f"<article><h1>Tram depot to close</h1><p class='byline'>By Ida Brandt</p>{body}</article>"))
    assert article.authors == ("Ida Brandt",)
    assert (article.dateline, article.agency) == ("EASTMERE, March 3 (Coast Wire)", "Coast Wire")
    assert article.text == WHOLE


def test_a_dateline_and_a_signature_become_fields() -> None:
    body = BODY.replace("The council", "EASTMERE, March 3 (Coast Wire) — The council", 1) + "<p>dpa/ij</p>"
    article = read(page(f"<article><h1>Tram depot to close</h1>{body}</article>"))
    assert article.text == WHOLE
    assert article.dateline == "EASTMERE, March 3 (Coast Wire)"


def test_a_teaser_is_partial_and_its_cut_sentence_is_left_out() -> None:
    ld = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    article = read(
        page(
            f"<article><h1>Tram depot to close</h1><p>{PARAGRAPHS[0]}</p><p>The treasurer, who once said that...</p><div class='offer'><p>Subscribe to keep reading.</p></div></article>",
            head=ld,
        )
    )
    assert article.partial
    assert article.text == PARAGRAPHS[0]


def test_a_whole_article_is_not_partial() -> None:
    assert not read(story()).partial
