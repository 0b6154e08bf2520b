"""A whole edition as JSON and as Markdown: its briefs in their order, the lead first."""

from __future__ import annotations

import json
import re
from datetime import UTC
from typing import Any

from nutgraf.contract import brief_to_record
from nutgraf.model import Edition
from nutgraf.publications.markdown import as_markdown, escape
from nutgraf.publications.tongue import ENGLISH

EDITION_SCHEMA_VERSION = 1


def edition_to_record(edition: Edition) -> dict[str, Any]:
    """Return the published form of an edition (docs/edition.schema.json)."""
    return {
        "schema": EDITION_SCHEMA_VERSION,
        "day": edition.day.isoformat(),
        "slot": edition.slot or None,
        "zone": edition.zone or None,
        "made": edition.made.astimezone(UTC).isoformat() if edition.made else None,
        "lead": edition.briefs[0].id if edition.briefs else None,
        "briefs": [brief_to_record(brief) for brief in edition.briefs],
    }


def edition_as_json(edition: Edition) -> str:
    """Return the published form of an edition, indented; ends with a line break."""
    text = json.dumps(edition_to_record(edition), ensure_ascii=False, indent=2)
    return re.sub("[\ud800-\udfff]", "\ufffd", text) + "\n"  # half a character cannot be encoded


def edition_as_markdown(edition: Edition) -> str:
    """Return an edition as Markdown: a heading with day and slot, then each brief, a rule between two."""
    when = ENGLISH.weekday(edition.day) + (f", {edition.slot}" if edition.slot else "")
    zone = f" ({edition.zone})" if edition.zone else ""
    return "\n---\n\n".join([f"# {escape(when + zone)}\n", *(as_markdown(brief) for brief in edition.briefs)])
