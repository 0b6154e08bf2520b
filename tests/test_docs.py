"""The documents say what the program does."""

import re
from pathlib import Path

import pytest

from nutgraf.config import TABLE
from nutgraf.model import Reason

DOCS = Path(__file__).parent.parent / "docs"
ROOT = DOCS.parent


def first_cells(text: str) -> set[str]:
    return set(re.findall(r"^\| `?([\w.-]+)`? \|", text, flags=re.M))


def test_every_reason_to_drop_something_is_documented() -> None:
    documented = first_cells((DOCS / "rejections.md").read_text(encoding="utf-8")) - {"reason"}
    assert documented - {"---"} == {reason.value for reason in Reason}


def test_every_setting_is_documented_with_its_help() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert first_cells(text) - {"setting", "---"} == {setting.name for setting in TABLE}
    assert [setting.name for setting in TABLE if setting.help not in text] == []


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
