"""What a reader types, as a question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.ports import Question
from nutgraf.web.asking import read_question


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("", Question()),
        ("pier storm", Question(words=("pier", "storm"))),
        ('"fell into the sea"', Question(phrases=("fell into the sea",))),
        ("“fell into”", Question(phrases=("fell into",))),
        ('"never closed', Question(phrases=("never closed",))),
        ("harb*", Question(beginnings=("harb*",))),
        ("pier -storm", Question(words=("pier",), without=("storm",))),
        ('outlet:"Harbour Post" person:Aalto', Question(outlet="Harbour Post", person="Aalto")),
        ("since:2026-03-01 until:2026-03-14", Question(since=date(2026, 3, 1), until=date(2026, 3, 14))),
        ("colour:red", Question(words=("colour red",))),
        ("--- !!! :", Question()),
    ],
)
def test_what_is_typed_is_understood(typed, question):
    assert read_question(typed).question == question


def test_what_is_not_understood_is_said_and_the_rest_holds():
    asked = read_question("pier since:yesterday")
    assert asked.question == Question(words=("pier",))
    assert asked.notes[0].values["part"] == "since:yesterday"


@given(st.text(max_size=400))
def test_any_text_is_a_question(text):
    assert len(read_question(text).question.words) <= 24
