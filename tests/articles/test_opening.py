"""What stands around the headline: section, dek, byline and time become fields and never stand in the text."""
# ruff: noqa: E501 - markup stays whole

import pytest

from tests.articles.pages import PARAGRAPHS, read, story

WHOLE = "\n\n".join(PARAGRAPHS)
DEK = "Four years of argument end with a vote on a rainy night."


@pytest.mark.parametrize(
    "mark", ["standfirst", "article__dek", "subtitle", "chapo", "entradilla", "vorspann", "sommario", "ArticleSummary"]
)
def test_a_line_marked_as_dek_under_the_headline_is_the_dek_and_no_text(mark: str) -> None:
    article = read(story(before=f'<p class="{mark}">{DEK}</p>'))
    assert article.dek == DEK
    assert article.text == WHOLE


def test_a_line_without_a_mark_is_text() -> None:
    article = read(story(before=f"<p>{DEK}</p>"))
    assert article.dek is None
    assert article.text == f"{DEK}\n\n{WHOLE}"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ida Brandt", ("Ida Brandt",)),
        ("Von Ida Brandt und Olaf Reh", ("Ida Brandt", "Olaf Reh")),
        ("Par Ida Brandt", ("Ida Brandt",)),
        ("Por Ida Brandt", ("Ida Brandt",)),
        ("Di Ida Brandt", ("Ida Brandt",)),
        ("By Ida Brandt, transport reporter", ("Ida Brandt",)),
    ],
)
def test_a_byline_is_known_by_its_shape_alone(line: str, authors: tuple[str, ...]) -> None:
    article = read(story(before=f"<p>{line}</p>"))
    assert article.authors == authors
    assert article.text == WHOLE


def test_a_sentence_that_begins_like_a_byline_is_text() -> None:
    sentence = "By Monday night the hall was full, and the doors had been shut on those who came late, which made some of them angry."
    assert read(story(before=f"<p>{sentence}</p>")).text.startswith(sentence)


def test_the_line_over_the_headline_is_the_section() -> None:
    body = story().replace(b"<h1>", b'<p class="kicker">Transport</p><h1>')
    article = read(body)
    assert article.section == "Transport"
    assert "Transport" not in article.text


def test_a_name_in_capitals_alone_before_the_text_is_the_author_where_no_other_is_named() -> None:
    article = read(story(before="<p><strong>IDA BRANDT</strong></p>"))
    assert article.authors == ("Ida Brandt",)
    assert article.text == WHOLE


def test_a_line_in_capitals_stays_text_where_an_author_is_named() -> None:
    head = '<meta name="author" content="Ida Brandt">'
    article = read(story(head=head, before="<p>By Ida Brandt</p><p>THE LAST TRAM</p>"))
    assert article.authors == ("Ida Brandt",)
    assert article.text.startswith("THE LAST TRAM")


def test_a_log_in_told_by_its_own_address_is_no_author() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tram depot to close",'
        '"author":{"@type":"Person","name":"Eastmere D","url":"https://eastmere.example/author/admin/"}}</script>'
    )
    article = read(story(head=head, before="<p>IDA BRANDT</p>", after="<p>Eastmere D</p>"))
    assert article.authors == ("Ida Brandt",)


@pytest.mark.parametrize("again", ["Tram depot to close", "Eastmere — Tram depot to close", "TRAM DEPOT TO CLOSE"])
def test_the_headline_once_more_before_the_text_stays_out(again: str) -> None:
    headline = "Tram depot to close in summer"
    again = again.replace("close", "close in summer").replace("CLOSE", "CLOSE IN SUMMER")
    assert read(story(headline=headline, before=f"<p>{again}</p>")).text == WHOLE


@pytest.mark.parametrize(
    "line", ["Photo: Ida Brandt", "Foto: Ida Brandt/Archiv", "(Photo by Ida Brandt)", "Recommended Videos"]
)
def test_a_credit_or_a_label_alone_stays_out(line: str) -> None:
    article = read(story(after=f"<p>{line}</p><p>Work begins in the autumn, the council said on its page.</p>"))
    assert line not in article.text
    assert article.text.endswith("on its page.")
