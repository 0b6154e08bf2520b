"""A brief at a terminal."""

import re

import pytest

from nutgraf.publications import as_terminal
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\")


def test_the_anatomy_of_a_brief_is_there_in_order() -> None:
    text = as_terminal(CAUSEWAY, width=120, colour=False)
    order = [
        "Flooded Causeway May Stay Shut",
        "Harbour authority blames",
        "5 outlets, 4 origins",
        "(Mara Lind/Harbour Ledger)",
        "The only road to Sel Island",
        "• On the island: Mayor",
        "In dispute",
        "• Denial: Brandt & Sohn",
        "Figures differ: height of the water at Sel",
        "Northwire (same report: The City Post)",
        "Topics: Sel Island, Weather",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [40, 72, 120])
def test_all_but_addresses_fits_the_width(width: int) -> None:
    lines = as_terminal(CAUSEWAY, width=width, colour=False).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= width


def test_an_address_stays_whole_on_its_line() -> None:
    lines = as_terminal(CAUSEWAY, width=40, colour=False).splitlines()
    assert "  https://northwire.example/story/881#:~:text=The%20harbour%20authority%20spoke%20of," in "\n".join(lines)
    assert all(line.strip().startswith("https://") for line in lines if "https://" in line)


def test_a_long_passage_is_shortened_and_says_so() -> None:
    text = as_terminal(CAUSEWAY, width=200, colour=False)
    assert "food and fuel to the …" in text


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in as_terminal(CAUSEWAY, width=80, colour=False)


def test_colour_changes_no_word_but_shortens_addresses() -> None:
    coloured = LINK.sub("", COLOUR.sub("", as_terminal(CAUSEWAY, width=80, colour=True)))
    plain = re.sub(r"#:~:\S+", "", as_terminal(CAUSEWAY, width=80, colour=False))
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


def test_on_a_terminal_an_outlet_leads_to_the_passage() -> None:
    led = LINK.findall(as_terminal(CAUSEWAY, width=80, colour=True))
    assert any(link.startswith("https://northwire.example/story/881#:~:text=") for link in led)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("colour", [True, False])
def test_no_text_can_steer_the_terminal(payload: str, colour: bool) -> None:
    text = COLOUR.sub("", as_terminal(hostile_brief(payload), width=80, colour=colour))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    text.encode()


def test_square_brackets_are_words() -> None:
    assert "[bold red]rich markup[/bold red] :bomb:" in as_terminal(hostile_brief(PAYLOADS[-2]), width=200, colour=True)
