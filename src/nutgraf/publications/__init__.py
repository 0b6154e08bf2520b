"""Publications: a stored brief as page, feed, Markdown, JSON and for the terminal; nothing is composed here."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nutgraf.contract import brief_to_record
from nutgraf.model import Brief
from nutgraf.on_demand import on_demand

if TYPE_CHECKING:
    from nutgraf.publications.editions import edition_as_json, edition_as_markdown
    from nutgraf.publications.feed import as_feed
    from nutgraf.publications.markdown import as_markdown
    from nutgraf.publications.page import as_html
    from nutgraf.publications.passages import passage_link, safe_link
    from nutgraf.publications.terminal import as_terminal
else:
    __getattr__ = on_demand(
        __name__,
        {
            "editions": "edition_as_json edition_as_markdown",
            "feed": "as_feed",
            "markdown": "as_markdown",
            "page": "as_html",
            "passages": "passage_link safe_link",
            "terminal": "as_terminal",
        },
    )

__all__ = [
    "as_feed",
    "as_html",
    "as_json",
    "as_markdown",
    "as_terminal",
    "edition_as_json",
    "edition_as_markdown",
    "passage_link",
    "safe_link",
]


def as_json(brief: Brief) -> str:
    """Return the published form of a brief (docs/brief.schema.json), indented; ends with a line break."""
    text = json.dumps(brief_to_record(brief), ensure_ascii=False, indent=2)
    return re.sub("[\ud800-\udfff]", "\ufffd", text) + "\n"  # half a character cannot be encoded
