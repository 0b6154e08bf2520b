"""The contract's shapes: what is written is read back the same, and what breaks the contract is named."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.contract import (
    article_from_record,
    article_to_record,
    brief_from_record,
    brief_to_record,
    claim_from_record,
    claim_to_record,
)
from nutgraf.errors import InputError
from nutgraf.model import (
    Article,
    Brief,
    Certainty,
    Citation,
    CitedArticle,
    Claim,
    Coverage,
    Dispute,
    Figure,
    FigureDifference,
    Image,
    Line,
    Link,
    Photo,
    Saying,
    Span,
)

TEXTS = st.text(min_size=1).filter(lambda text: text.strip())


def through_json(value: object) -> dict[str, object]:
    record = json.loads(json.dumps(value))
    assert isinstance(record, dict)
    return record


@given(text=st.text(), title=st.text(), topics=st.lists(st.text()), day=st.none() | st.dates() | st.datetimes())
def test_an_article_is_read_back_as_it_was_written(text: str, title: str, topics: list[str], day: date | None) -> None:
    article = Article(
        id="a1",
        text=text,
        title=title,
        topics=tuple(topics),
        published=day,
        images=(Image("https://courier.example/p.jpg", "The mill", None),),
        partial=True,
    )
    assert article_from_record(through_json(article_to_record(article))) == article


def test_an_article_needs_only_an_id_and_a_text() -> None:
    assert article_from_record({"id": "a1", "text": ""}) == Article(id="a1", text="")


@pytest.mark.parametrize(
    "record", [{"text": "x"}, {"id": "a1"}, {"id": "a1", "text": 3}, {"id": "a1", "text": "x", "title": ["x"]}]
)
def test_a_broken_article_is_named(record: dict[str, object]) -> None:
    with pytest.raises(InputError, match="list.jsonl, line 4"):
        article_from_record(record, name="list.jsonl, line 4")


def test_a_claim_is_read_back_as_it_was_written() -> None:
    span = Span("a1", 0, 9)
    claim = Claim(
        article="a1",
        source=(span,),
        cue=(Span("a1", 10, 14),),
        content=(Span("a1", 15, 40),),
        speaker="Ida Holm",
        role="mayor",
        certainty=Certainty.DENIED,
        certainty_words=(Span("a1", 10, 14),),
        denied=True,
        chain=(Link("the Courier", span), Link("Ida Holm")),
        figures=(Figure(text="about 40", span=Span("a1", 20, 28), low=40.0, high=None, counts="beds"),),
        confidence=0.5,
    )
    assert claim_from_record(through_json(claim_to_record(claim)), article="a1") == claim


@given(text=TEXTS, passage=TEXTS, topic=st.text())
def test_a_brief_is_read_back_as_it_was_written(text: str, passage: str, topic: str) -> None:
    citation = Citation(Span("a1", 3, 3 + len(passage)), passage)
    line = Line(text=text, citations=(citation,), label="The scope", outlet="Courier", chain=("Ida Holm",))
    brief = Brief(
        id="s1",
        headline=line,
        dek=line,
        lines=(line, line),
        coverage=Coverage(2, 1),
        articles=(CitedArticle(id="a1", title="T", url=None, outlet=None, published=date(2026, 3, 1), origin="a1"),),
        disputes=(Dispute(line, line),),
        figures=(FigureDifference("beds", (Saying("40", "Courier", None, date(2026, 3, 1), citation),)),),
        photo=Photo(url="https://courier.example/p.jpg", article="a1", credit="K. Ode"),
        topics=(topic,),
        updated=date(2026, 3, 2),
    )
    assert brief_from_record(through_json(brief_to_record(brief))) == brief


@pytest.mark.parametrize("record", [{}, {"schema": 99}, {"schema": 1, "id": "s1"}])
def test_what_is_no_brief_is_refused_with_the_schema_to_look_at(record: dict[str, object]) -> None:
    with pytest.raises(InputError, match="is not a brief.*brief.schema.json"):
        brief_from_record(record)
