"""The outlet named in the words of lines, once a brief."""

from dataclasses import replace

import pytest

from nutgraf.briefs.attributing import outlets_once, without_outlet
from nutgraf.model import Brief, Citation, CitedArticle, Coverage, Dispute, Line, Span

CITED = Citation(span=Span(article="a", start=0, end=4), passage="Pier")


def line(text: str, speaker: str | None, outlet: str = "Harbour Post") -> Line:
    return Line(text=text, citations=(CITED,), outlet=outlet, speaker=speaker)


FIRST = line("The pier fell, Ines Aalto said, per the Harbour Post.", "Ines Aalto")
AGAIN = line("Ines Aalto said that divers will come, the Harbour Post reports.", "Ines Aalto")
NOBODYS = line("The Harbour Post reports that the pier cost 12 crowns.", None)
OTHERS = line("Rolf Engen denied it, per The Ledger.", "Rolf Engen", "The Ledger")


LEDGER = CitedArticle(id="l", title="No", url=None, outlet="The Ledger", published=None, origin="l")


def brief_of(*lines: Line, disputes: tuple[Dispute, ...] = ()) -> Brief:
    return Brief(
        id="b",
        headline=line("Pier falls", None),
        dek=None,
        lines=lines,
        coverage=Coverage(outlets=2, origins=2),
        articles=(LEDGER,),
        disputes=disputes,
    )


def texts(*lines: Line) -> list[str]:
    return [one.text for one in outlets_once(brief_of(*lines)).lines]


def test_a_later_line_that_names_who_says_it_does_without_its_outlet():
    assert texts(FIRST, AGAIN) == [FIRST.text, "Ines Aalto said that divers will come."]


def test_a_later_line_that_names_nobody_keeps_its_outlet():
    assert texts(FIRST, NOBODYS) == [FIRST.text, NOBODYS.text]


def test_each_outlet_is_named_where_it_comes_first():
    assert texts(FIRST, OTHERS) == [FIRST.text, OTHERS.text]


def test_an_outlet_that_the_denial_of_the_lede_names_is_not_named_again():
    lede = replace(FIRST, text=f"{FIRST.text} Rolf Engen denied it, per the Ledger.")
    again = replace(OTHERS, text="Rolf Engen said that the pier was sound, according to the Ledger.")
    assert texts(lede, again)[1] == "Rolf Engen said that the pier was sound."


def test_a_dispute_shows_its_lines_as_the_brief_does():
    made = outlets_once(brief_of(FIRST, AGAIN, disputes=(Dispute(claim=FIRST, denial=AGAIN),)))
    assert made.disputes[0].denial == made.lines[1]


def test_a_disputed_line_that_carries_its_denial_is_shown_alike_in_both_places():
    carrying = replace(AGAIN, denied_by=(CITED,))
    made = outlets_once(brief_of(FIRST, carrying, disputes=(Dispute(claim=AGAIN, denial=OTHERS),)))
    assert made.disputes[0].claim.text == made.lines[1].text


@pytest.mark.parametrize("speaker", [None, "Rolf Engen"])
def test_a_speaker_whom_the_words_do_not_name_is_nobody(speaker):
    one = replace(AGAIN, speaker=speaker)
    assert without_outlet(one) == one


def test_a_speaker_within_quotation_marks_is_nobody():
    one = line("“Ines Aalto said no,” per the Harbour Post.", "Ines Aalto")
    assert without_outlet(one) == one


def test_a_speaker_who_is_called_by_the_last_name_is_named():
    one = line("Aalto said that divers will come, the Harbour Post reports.", "Ines Aalto")
    assert without_outlet(one).text == "Aalto said that divers will come."
