"""The server for assistants, asked by the protocol's own client, over a pipe and over a real process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from nutgraf.contract import brief_to_record
from nutgraf.desk import init_desk, open_desk
from nutgraf.web.assistants import assistant_server
from tests.samples import CAUSEWAY, EDITION, SHELF
from tests.store.examples import NOON
from tests.web.conftest import settings_for

ROOT = Path(__file__).parents[2]
Talk = Callable[[Client], Coroutine[Any, Any, Any]]


def ask(talk: Talk, server: Any = None) -> Any:
    async def main() -> Any:
        async with Client(server or assistant_server(SHELF, settings_for(address="https://briefs.example"))) as client:
            return await talk(client)

    return anyio.run(main)


def call(tool: str, **values: Any) -> Any:
    async def talk(client: Client) -> Any:
        return await client.call_tool(tool, values)

    return ask(talk)


def test_every_tool_says_what_it_does_and_that_it_only_reads() -> None:
    async def talk(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in ask(talk)}
    assert set(tools) == {"list_stories", "get_brief", "find_claims", "search"}
    for tool in tools.values():
        assert tool.description
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert "self" not in tool.input_schema.get("properties", {})


def test_the_latest_stories_are_listed_in_their_order() -> None:
    found = call("list_stories").structured_content
    assert [one["story"] for one in found["stories"]] == [brief.id for brief in EDITION.briefs]
    assert found["stories"][0]["address"] == f"https://briefs.example/story/{CAUSEWAY.id}/"


def test_a_brief_is_the_stored_one_and_nothing_else() -> None:
    assert call("get_brief", story=CAUSEWAY.id).structured_content["brief"] == brief_to_record(CAUSEWAY)


def test_claims_are_found_by_a_part_of_the_speakers_name_with_certainty_and_passages() -> None:
    (claim,) = call("find_claims", speaker="tammer").structured_content["claims"]
    assert (claim["speaker"], claim["outlet"]) == ("Ilse Tammer", "Harbour Ledger")
    assert [one["passage"] for one in claim["passages"]] == [c.passage for c in CAUSEWAY.lines[1].citations]
    assert "#:~:text=" in claim["passages"][0]["link"]
    denied = call("find_claims", speaker="Brandt & Sohn").structured_content["claims"]
    assert {one["certainty"] for one in denied} == {"denied"}


def test_a_search_is_that_of_the_site() -> None:
    found = call("search", question="causeway since:never").structured_content
    assert CAUSEWAY.id in [one["story"] for one in found["stories"]]
    assert found["notes"]


@pytest.mark.parametrize(
    ("tool", "values", "told"),
    [
        ("list_stories", {"day": "yesterday"}, "2026-03-14"),
        ("list_stories", {"day": "1999-01-01"}, "no edition"),
        ("get_brief", {"story": "nope"}, "no such story"),
        ("find_claims", {"speaker": "…"}, "in letters"),
        ("search", {"question": "x", "limit": 5000}, "limit"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_in_words(tool: str, values: dict[str, Any], told: str) -> None:
    answer = call(tool, **values)
    assert answer.is_error
    assert told in answer.content[0].text


def test_the_command_serves_a_desk_over_standard_input_and_output(tmp_path: Path) -> None:
    init_desk(tmp_path)
    with open_desk(tmp_path, environment={}) as desk:
        desk.store.save_brief(CAUSEWAY, composed=NOON, composed_from="1")
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "nutgraf", "mcp", "--folder", str(tmp_path)],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]},
    )

    async def talk(client: Client) -> Any:
        return await client.call_tool("search", {"question": "causeway"})

    found = ask(talk, server).structured_content
    assert [one["story"] for one in found["stories"]] == [CAUSEWAY.id]
