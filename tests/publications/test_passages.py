"""Links to the very passage."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.publications import passage_link, safe_link
from tests.hostile import LINKS

URL = "https://ledger.example/a"


def test_a_short_passage_is_given_whole_and_escaped() -> None:
    link = passage_link(URL, "Well-known, he & she said")
    assert link == f"{URL}#:~:text=Well%2Dknown%2C%20he%20%26%20she%20said"


def test_a_long_passage_is_given_by_its_first_and_last_words() -> None:
    passage = " ".join(f"word{number}" for number in range(40))
    start = "%20".join(f"word{number}" for number in range(5))
    end = "%20".join(f"word{number}" for number in range(35, 40))
    assert passage_link(URL, passage) == f"{URL}#:~:text={start},{end}"


def test_no_end_of_a_range_reaches_over_a_paragraph_break() -> None:
    assert passage_link(URL, "One two.\n\nThree four five.") == f"{URL}#:~:text=One%20two.,Three%20four%20five."


def test_a_line_break_inside_a_paragraph_counts_as_a_blank() -> None:
    assert passage_link(URL, "One\ntwo") == f"{URL}#:~:text=One%20two"


def test_a_fragment_that_is_there_stays_in_front() -> None:
    assert passage_link(f"{URL}#comments", "One") == f"{URL}#comments:~:text=One"


def test_a_directive_that_is_there_gives_way() -> None:
    assert passage_link(f"{URL}#top:~:text=old", "One") == f"{URL}#top:~:text=One"


def test_a_passage_of_blanks_leaves_the_address_alone() -> None:
    assert passage_link(f"{URL}#top", " \n ") == f"{URL}#top"
    assert passage_link(URL, "") == URL


def test_a_long_passage_without_blanks_is_given_whole() -> None:
    assert "," not in passage_link(URL, "汉" * 150).partition("#")[2]


@given(st.text(min_size=1))
def test_whatever_the_passage_the_directive_holds_only_its_own_syntax(passage: str) -> None:
    _, _, directive = passage_link(URL, passage).partition(":~:text=")
    assert directive.isascii()
    assert not set(directive) & set("-&#\"'<> \n")
    ends = [unquote(end) for end in directive.split(",")]
    assert len(ends) <= 2
    assert " ".join(passage.split()).startswith(ends[0]) or "\ufffd" in ends[0] or "?" in ends[0]


@pytest.mark.parametrize("link", LINKS)
def test_only_addresses_of_the_web_are_links(link: str) -> None:
    assert safe_link(link) is None


def test_what_may_not_stand_in_an_address_is_escaped() -> None:
    assert safe_link(' https://a.example/x y"<z> ') == "https://a.example/x%20y%22%3Cz%3E"


def test_an_address_as_it_should_be_stays_as_it_is() -> None:
    for url in ("https://a.example/ä?b=c&d=%20#e", "http://user@host.example:8080/(x)"):
        assert safe_link(url) == url
