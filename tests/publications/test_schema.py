"""The published schema of a brief agrees with what is written, property by property.

A small checker of the few keywords that the schema uses; it refuses any other, so that none can go unchecked.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nutgraf.contract import BRIEF_SCHEMA_VERSION, brief_from_record
from nutgraf.model import Certainty
from nutgraf.publications import as_json
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import ARABIC, CAUSEWAY, COMET, STRIKE

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "docs" / "brief.schema.json").read_text(encoding="utf-8")
)
SAID_ONLY = {"$schema", "$id", "$defs", "title", "description"}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, schema: dict[str, Any], where: str = "") -> list[str]:
    if "type" in schema and (wrong := has_type(value, schema["type"])):
        return [f"{where}: {fault}" for fault in wrong]
    found: list[str] = []
    for keyword, demand in schema.items():
        if keyword in SAID_ONLY:
            continue
        check = CHECKS[keyword]
        found += [f"{where}: {fault}" for fault in check(value, demand, schema, where)]
    return found


def has_type(value: Any, names: Any, *_: Any) -> list[str]:
    kinds = tuple(kind for name in ([names] if isinstance(names, str) else names) for kind in TYPES[name])
    right = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
    return [] if right else [f"{value!r} is no {names}"]


def each_property(value: Any, demand: Any, schema: Any, where: str) -> list[str]:
    return [
        fault
        for name, part in demand.items()
        if name in value
        for fault in faults(value[name], part, f"{where}/{name}")
    ]


CHECKS: dict[str, Any] = {
    "type": has_type,
    "const": lambda value, demand, *_: [] if value == demand else [f"is not {demand}"],
    "enum": lambda value, demand, *_: [] if value in demand else [f"{value!r} is not one of {demand}"],
    "required": lambda value, demand, *_: [f"has no {name}" for name in demand if name not in value],
    "additionalProperties": lambda value, demand, schema, _: [
        f"has {name}" for name in value if name not in schema["properties"]
    ],
    "properties": each_property,
    "items": lambda value, demand, _, where: [
        f for i, v in enumerate(value) for f in faults(v, demand, f"{where}/{i}")
    ],
    "minItems": lambda value, demand, *_: [] if len(value) >= demand else ["has too few"],
    "minLength": lambda value, demand, *_: [] if len(value) >= demand else ["is too short"],
    "minimum": lambda value, demand, *_: [] if value >= demand else ["is too small"],
    "pattern": lambda value, demand, *_: (
        [] if value is None or re.search(demand, value) else [f"{value!r} is misshaped"]
    ),
    "$ref": lambda value, demand, _, where: faults(value, SCHEMA["$defs"][demand.removeprefix("#/$defs/")], where),
    "anyOf": lambda value, demand, _, where: (
        [] if any(not faults(value, part, where) for part in demand) else ["fits no part"]
    ),
}


@pytest.mark.parametrize("brief", [CAUSEWAY, ARABIC, COMET, STRIKE], ids=lambda brief: brief.id)
def test_a_brief_is_written_as_the_schema_says(brief: Any) -> None:
    assert faults(json.loads(as_json(brief)), SCHEMA) == []


def test_a_written_brief_is_read_back_the_same() -> None:
    assert brief_from_record(json.loads(as_json(CAUSEWAY))) == CAUSEWAY


@pytest.mark.parametrize("payload", PAYLOADS)
def test_any_text_can_be_written(payload: str) -> None:
    text = as_json(hostile_brief(payload))
    text.encode()
    assert faults(json.loads(text), SCHEMA) == []


def test_a_record_that_is_wrong_is_found_wrong() -> None:
    record = json.loads(as_json(CAUSEWAY))
    record["lines"][0]["certainty"] = "sure"
    record["coverage"]["outlets"] = "5"
    del record["topics"]
    record["more"] = 1
    assert len(faults(record, SCHEMA)) == 4


def test_the_schema_has_the_version_and_the_certainties_of_the_model() -> None:
    assert SCHEMA["properties"]["schema"]["const"] == BRIEF_SCHEMA_VERSION
    assert SCHEMA["$defs"]["line"]["properties"]["certainty"]["enum"] == [certainty.value for certainty in Certainty]
