"""The site for programs."""

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from nutgraf.contract import brief_to_record
from nutgraf.web.serving import application
from tests.samples import CAUSEWAY, EDITION, SHELF
from tests.web.conftest import Client, settings_for

BASE = "/api/v1"
schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", application(SHELF, settings_for()))


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_its_description_says(case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def asked(client: Client, path: str) -> dict:
    answer = client.get(f"{BASE}{path}")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(answer.body)


def test_a_story_is_the_stored_brief_in_its_published_form(client: Client) -> None:
    assert asked(client, f"/stories/{CAUSEWAY.id}") == json.loads(json.dumps(brief_to_record(CAUSEWAY)))


def test_a_story_that_was_merged_gives_the_one_it_became_part_of(client: Client) -> None:
    assert asked(client, "/stories/old-causeway")["id"] == CAUSEWAY.id


def test_stories_are_leafed_through_without_loss_or_repeat(client: Client) -> None:
    seen, cursor = [], ""
    while True:
        page = asked(client, f"/stories?limit=1{cursor}")
        seen += [story["id"] for story in page["stories"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == len(asked(client, "/stories?limit=100")["stories"])


def test_an_edition_has_its_briefs_in_their_order(client: Client) -> None:
    found = asked(client, "/editions/latest")
    assert [story["id"] for story in found["stories"]] == [brief.id for brief in EDITION.briefs]


@pytest.mark.parametrize("path", ["/nope", "/editions/2020-01-01", "/stories/nope", ""])
def test_what_is_not_there_is_said_in_json_with_the_next_step(client: Client, path: str) -> None:
    answer = client.get(f"{BASE}{path}")
    assert answer.status == 404
    assert len(json.loads(answer.body)["detail"]) > 20


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    first = client.get(f"{BASE}/stories")
    assert client.get(f"{BASE}/stories", if_none_match=first.headers["ETag"]).status == 304


def test_the_form_of_a_brief_is_published_with_the_program() -> None:
    published = json.loads(Path("docs/brief.schema.json").read_text())
    assert set(published["required"]) <= set(brief_to_record(CAUSEWAY))
