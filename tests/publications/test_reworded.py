"""A line that a language model reworded is marked as such everywhere, and the composed wording can be reached."""

import json
from dataclasses import replace

from lxml import html

from nutgraf.contract import brief_from_record
from nutgraf.model import Brief, Composed
from nutgraf.publications import as_html, as_json, as_markdown, as_terminal
from nutgraf.publications.layout import lay_out
from nutgraf.publications.tongue import TONGUES, tongue
from tests.publications.test_mail import letter_of
from tests.samples import CAUSEWAY

SHORTER = "Mayor Ilse Tammer says forty families were moved to the school “in under three hours”."
COMPOSED = CAUSEWAY.lines[1].text


def reworded(brief: Brief = CAUSEWAY) -> Brief:
    line = replace(brief.lines[1], text=SHORTER, label="The school", composed=Composed(COMPOSED, "On the island"))
    headline = replace(brief.headline, text="Causeway may stay shut", composed=Composed(brief.headline.text))
    return replace(brief, headline=headline, lines=(brief.lines[0], line, *brief.lines[2:]))


def test_the_page_marks_the_line_and_opens_on_what_was_composed() -> None:
    page = html.fromstring(as_html(reworded()))
    assert [mark.text_content() for mark in page.find_class("reworded")] == ["reworded"] * 2
    shown = [" ".join(one.text_content().split()) for one in page.find_class("composed")]
    assert shown[0].endswith(f"As it was composed from the passages: {CAUSEWAY.headline.text}")
    assert shown[1].endswith(f"On the island: {COMPOSED}")


def test_a_brief_that_no_model_touched_has_no_mark() -> None:
    assert not html.fromstring(as_html(CAUSEWAY)).find_class("reworded")
    assert "eworded" not in as_markdown(CAUSEWAY) + as_terminal(CAUSEWAY, width=80, colour=False)
    assert '"composed"' not in as_json(CAUSEWAY)


def test_markdown_and_terminal_say_both_wordings() -> None:
    for text in (as_markdown(reworded()), as_terminal(reworded(), width=500, colour=False)):
        assert SHORTER in text
        assert f"On the island: {COMPOSED}" in text
        assert CAUSEWAY.headline.text in text
        assert text.lower().count("reworded by a language model") == 2


def test_json_holds_both_wordings_and_is_read_back() -> None:
    record = json.loads(as_json(reworded()))
    assert record["lines"][1]["composed"] == {"text": COMPOSED, "label": "On the island"}
    assert record["headline_line"]["composed"] == {"text": CAUSEWAY.headline.text, "label": None}
    assert brief_from_record(record) == reworded()


def test_the_mail_marks_the_line() -> None:
    made = letter_of(reworded())
    assert "(reworded)" in made.html
    assert "(reworded by a language model)" in made.text


def test_the_mark_is_said_in_every_tongue() -> None:
    said = {lay_out(reworded(), tongue=tongue(name)).tongue.say("reworded") for name in TONGUES}
    assert len(said) == len(TONGUES)
