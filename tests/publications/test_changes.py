"""What changed since the last edition, and what only one outlet has, wherever a brief is shown."""

import json
from dataclasses import replace
from datetime import date

from lxml import html

from nutgraf.contract import brief_from_record
from nutgraf.model import Brief, Changes, FigureChange, Saying
from nutgraf.publications import as_html, as_json, as_markdown, as_terminal
from nutgraf.publications.muting import Muted, without_muted
from tests.samples import CAUSEWAY

BEFORE = Saying("2.31 metres", "Radio North", None, None, CAUSEWAY.lines[2].citations[0])
NOW = Saying("2.6 metres", "The City Post", None, None, CAUSEWAY.lines[2].citations[1])


def changed() -> Brief:
    lines = (
        CAUSEWAY.lines[0],
        replace(CAUSEWAY.lines[1], new=True, denied=True),
        replace(CAUSEWAY.lines[2], sole=True),
        *CAUSEWAY.lines[3:],
    )
    return replace(CAUSEWAY, lines=lines, changes=Changes(date(2026, 3, 3), (FigureChange(BEFORE, NOW),)))


def words(text: str) -> str:
    return " ".join(text.split())


SAID = (
    "Since the edition of 3 March 2026: 1 new line. Now denied by Ilse Tammer. “2.6 metres” (The City Post), where it "
    "was “2.31 metres”."
)


def test_the_page_says_what_changed_and_marks_the_lines() -> None:
    page = html.fromstring(as_html(changed()))
    (section,) = page.find_class("changes")
    assert words(section.text_content()) == SAID
    assert [mark.text_content() for mark in page.find_class("mark")] == ["new", "this outlet alone"]


def test_the_page_speaks_the_tongue_of_its_brief() -> None:
    page = html.fromstring(as_html(replace(changed(), language="de")))
    assert "Jetzt bestritten von Ilse Tammer." in words(page.find_class("changes")[0].text_content())


def test_markdown_and_terminal_say_it_too() -> None:
    for text in (as_markdown(changed()), as_terminal(changed(), width=500, colour=False)):
        assert SAID in text
        assert text.count("New.") == 1
        assert text.count("No other outlet has it.") == 1


def test_a_brief_without_changes_says_nothing_of_them() -> None:
    assert not html.fromstring(as_html(CAUSEWAY)).find_class("changes")
    assert "Since the edition" not in as_markdown(CAUSEWAY) + as_terminal(CAUSEWAY, width=80, colour=False)
    assert '"changes"' not in as_json(CAUSEWAY)


def test_json_holds_it_and_is_read_back() -> None:
    record = json.loads(as_json(changed()))
    assert record["changes"]["since"] == "2026-03-03"
    assert record["changes"]["figures"][0]["now"]["words"] == "2.6 metres"
    assert [(line.get("new"), line.get("sole")) for line in record["lines"][1:3]] == [(True, None), (None, True)]
    assert brief_from_record(record) == changed()


def test_what_a_muted_outlet_said_leaves_what_changed() -> None:
    kept = without_muted(changed(), Muted(outlets=("The City Post",)))
    assert kept is not None
    assert kept.changes == Changes(date(2026, 3, 3))
