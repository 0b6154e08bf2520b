"""What stands at the end of a text and speaks of it, what stands bare between its paragraphs, and posts of other sites in it."""
# ruff: noqa: E501 - sentences of pages stay whole

import pytest
from lxml.html import document_fromstring

from nutgraf.articles.body import kept, pointers_in
from tests.articles.pages import PARAGRAPHS, page, read, story

WHOLE = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "note",
    [
        "Jonas Petrel is a senior transport correspondent for the Post.",
        "For more information about the new depot, visit depot.eastmere.example.",
        "Reporting by Jonas Petrel; editing by Ida Moor",
        "This article appeared in the Town section of the print edition.",
        "The conversation has been edited for length and clarity.",
        "More information: J. Petrel et al, On the wear of tram rails, Eastmere Letters (2023). DOI: 10.1000/182",
        "Weitere Informationen unter depot.example",
        "Dieser Artikel ist zuerst im Stadtboten erschienen.",
        "Pour plus d'informations, le site de la ville est ouvert.",
        "Para más información, la ciudad tiene una página.",
        "Este artigo foi publicado na edição de sábado.",
        "Questo articolo è apparso sul numero di maggio.",
        "Ten tekst ukazał się w majowym numerze.",
        "Эта статья впервые опубликована в майском номере.",
        "Daha fazla bilgi için belediyenin sayfasına bakılabilir.",
    ],
)
def test_a_note_on_the_text_at_its_end_stays_out(note: str) -> None:
    assert read(story(after=f"<p>{note}</p>")).text == WHOLE


def test_the_same_words_in_the_midst_of_a_text_stay() -> None:
    sentence = (
        "For more information about the plan, residents had to ask at the town hall, where nobody could tell them."
    )
    after = (
        f"<p>{sentence}</p><p>The council said on Friday that a notice would be put up at every stop of the line.</p>"
    )
    assert sentence in read(story(after=after)).text


def test_a_last_paragraph_in_italics_alone_stays_out() -> None:
    assert read(story(after="<p><em>The Post owns a share of the depot's café.</em></p>")).text == WHOLE


def test_a_text_mostly_in_italics_keeps_its_last_paragraph() -> None:
    body = "".join(f"<p><i>{text}</i></p>" for text in PARAGRAPHS)
    assert read(page(f"<article><h1>Tram depot to close</h1>{body}</article>")).text == WHOLE


def test_a_correction_in_italics_is_kept_as_a_correction() -> None:
    note = "Correction: An earlier version of this article gave the wrong year."
    article = read(story(after=f"<p><em>{note}</em></p>"))
    assert article.text == WHOLE
    assert article.corrections == (note,)


@pytest.mark.parametrize(
    "tail",
    [
        "<p>Related videos from the depot:</p>",
        "<p>See more from the council here.</p>",
        "<h2>Nutrition facts</h2><p>12 g of sugar, 3 g of salt and 40 g of flour are in every slice of the cake.</p>",
    ],
)
def test_a_label_or_an_appendix_at_the_end_stays_out(tail: str) -> None:
    assert read(story(after=tail)).text == WHOLE


@pytest.mark.parametrize("around", ["<p>{}</p>", "<li>{}</li>", "<h3><strong>{}</strong></h3>"])
def test_a_last_line_that_is_a_link_stays_out(around: str) -> None:
    line = "The old mill of Tarn, and why nobody wants to buy it this year"
    tree = document_fromstring(around.format(f'<a href="/mill">{line}</a>'))
    assert kept([*PARAGRAPHS, line], title="", captions=set(), pointers=pointers_in(tree)) == list(PARAGRAPHS)


def test_a_last_sentence_that_is_a_link_stays() -> None:
    last = "The plan of the new depot was put up in the town hall on Friday evening."
    assert kept([*PARAGRAPHS, last], title="", captions=set(), pointers={last})[-1] == last


def test_a_last_paragraph_that_tells_of_the_author_stays_out() -> None:
    byline, note = "<p class='byline'>By Ida Moor</p>", "<p>Ida Moor is a lawyer who lives in Tarn with two dogs.</p>"
    assert read(story(before=byline, after=note)).text == WHOLE


def test_a_last_paragraph_that_tells_of_somebody_else_stays() -> None:
    byline, last = "<p class='byline'>By Ida Moor</p>", "Ada Moor is a lawyer who lives in Tarn with two dogs."
    assert read(story(before=byline, after=f"<p>{last}</p>")).text.endswith(last)


@pytest.mark.parametrize(
    ("line", "agency", "authors"),
    [("—Coast News Wire", "Coast News Wire", ()), ("– Reuters", "Reuters", ()), ("— Ida Moor", None, ("Ida Moor",))],
)
def test_a_signature_behind_a_dash_is_a_field(line: str, agency: str | None, authors: tuple[str, ...]) -> None:
    article = read(story(after=f"<p>{line}</p>"))
    assert (article.text, article.agency, article.authors) == (WHOLE, agency, authors)


def test_a_list_of_short_items_at_the_end_stays() -> None:
    items = ["2021: Harbour line", "2020: Mill line", "2019: Hill line", "2018: Ring line", "2017: Park line"]
    listed = "".join(f"<li>{item}</li>" for item in items)
    text = read(story(after=f"<p>Lines closed before it</p><ul>{listed}</ul>")).text
    assert text.endswith("\n\n".join(items))


def test_a_post_embedded_from_another_site_stays_out() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>Nobody asked the drivers, and nobody will ask the riders either, will they?</p>'
        "&mdash; A rider (@rider) May 2, 2023</blockquote>"
    )
    assert read(
        story(before="", after=f"{post}<p>Work begins in the autumn, the council said on its page.</p>")
    ).text == (WHOLE + "\n\nWork begins in the autumn, the council said on its page.")


def test_prose_that_stands_bare_before_the_paragraphs_is_read_with_its_links() -> None:
    first = "The council of Eastmere voted on Monday night to close the <a href='/d'>old tram depot</a>, after four years of argument."
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
    text = read(
        page(f'<article><h1>Tram depot to close</h1><div class="meat"><img src="d.png"/>{first}{rest}</div></article>')
    ).text
    assert text.split("\n\n")[0] == (
        "The council of Eastmere voted on Monday night to close the old tram depot, after four years of argument."
    )
    assert text.split("\n\n")[1:] == list(PARAGRAPHS[1:])


def test_a_first_paragraph_marked_to_be_read_aloud_is_no_dek() -> None:
    first, *rest = PARAGRAPHS
    body = f'<p id="speakable-summary">{first}</p>' + "".join(f"<p>{text}</p>" for text in rest)
    assert read(page(f"<article><h1>Tram depot to close</h1>{body}</article>")).text == WHOLE


def test_prose_wrapped_as_the_text_is_comes_with_it() -> None:
    linked = "The plan names the <a href='/h'>harbour line</a> and the <a href='/m'>mill line</a> as the next to be closed, in that order."
    parts = "".join(
        f'<div class="part text"><p>{text}</p></div>' for text in (*PARAGRAPHS[:2], linked, *PARAGRAPHS[2:])
    )
    assert (
        "The plan names the harbour line" in read(page(f"<article><h1>Tram depot to close</h1>{parts}</article>")).text
    )
