"""Tables of results stay readable: a row is a line; what only lays out a page is read as if it were no table."""

from tests.articles.pages import BODY, PARAGRAPHS, page, read

MEDALS = (
    "<table><thead><tr><th>Town</th><th>Gold</th><th>Silver</th></tr></thead><tbody>"
    "<tr><td>Eastmere</td><td>12</td><td>3</td></tr><tr><td>Tarn</td><td>9</td><td>3</td></tr>"
    "<tr><td>Sel</td><td></td><td>3</td></tr></tbody></table>"
)


def text_with(table: str, *, after: str = "") -> list[str]:
    return read(page(f"<article><h1>Tram depot to close</h1>{BODY}{table}{after}</article>")).text.split("\n\n")


def test_a_row_is_a_line_under_the_names_of_its_columns() -> None:
    found = text_with(
        MEDALS, after="<p>The games go on in Tarn next summer, their organisers said on Monday night.</p>"
    )
    assert found[4:8] == ["Town, Gold, Silver", "Eastmere, 12, 3", "Tarn, 9, 3", "Sel, 3"]
    assert found[8].startswith("The games go on")


def test_a_table_that_ends_an_article_stays() -> None:
    assert text_with(MEDALS)[4:] == ["Town, Gold, Silver", "Eastmere, 12, 3", "Tarn, 9, 3", "Sel, 3"]


def test_a_label_and_its_value_are_parted_by_a_colon() -> None:
    rows = "<tr><th>Weight:</th><td>221 g</td></tr><tr><th>Range</th><td>40 km</td></tr>"
    assert text_with(f"<table>{rows}</table>")[4:] == ["Weight: 221 g", "Range: 40 km"]


def test_a_table_that_lays_out_prose_gives_its_paragraphs() -> None:
    one, two = PARAGRAPHS[:2]
    rows = f"<tr><td><p>{one}</p></td><td><p>{two}</p></td></tr><tr><td>Mill</td><td>Pier</td></tr>"
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    text = read(page(f"<article><h1>Tram depot to close</h1><table>{rows}</table>{body}</article>")).text
    assert text.split("\n\n")[:2] == [one, two]
