"""Runs the commands as a person does: real processes, real files, real addresses of this machine."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent

PAGE = """<!doctype html><html lang="en"><head><title>{title} - {outlet}</title>
<meta property="og:site_name" content="{outlet}"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2026-03-04T0{hour}:15:00+01:00">
<link rel="canonical" href="https://{host}.example/{hour}"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>{title}</h1>{paragraphs}</article>
<footer>Sign up for our newsletter</footer></body></html>"""

Report = tuple[str, str, str, tuple[str, ...]]
"""An outlet, the first label of its host, a headline, and paragraphs."""

BRIDGE: tuple[Report, ...] = (
    (
        "Harbour Ledger",
        "ledger",
        "Bridge at Sel may stay shut for weeks",
        (
            (
                "The bridge to Sel Island may stay shut for weeks after a barge struck a pier on Tuesday, the "
                "harbour authority said."
            ),
            (
                "“We cannot open it before divers have seen the pier,” said Mara Lind, the authority's director. She "
                "said that about 40 families had been moved to the school."
            ),
            "Ferries will carry food and fuel to the island from Thursday, the town council announced.",
        ),
    ),
    (
        "Evening Courier",
        "courier",
        "Barge owner rejects blame for Sel bridge",
        (
            "The owner of the barge that hit the Sel Island bridge denied on Wednesday that its crew had been drunk.",
            (
                "“That is simply untrue,” said Tom Brandt, who runs Brandt and Sons. He said that a lamp on it had "
                "been dark for a month."
            ),
            "The harbour authority has said that at least 55 families had to leave their homes on Sel Island.",
        ),
    ),
)

FAIR: Report = (
    "Northwire",
    "northwire",
    "Apple fair in Tarn draws record crowd",
    (
        "The apple fair in Tarn drew a record 9,000 visitors over the weekend, its organisers said on Monday.",
        "Growers from eleven valleys showed two hundred old kinds of apple, and a pie of four metres was shared out.",
        "“Next year we shall need a bigger meadow,” said Ines Falk, who has run the fair since 2011.",
    ),
)


def page(report: Report, hour: int = 6) -> str:
    """Return one report as a page of its outlet."""
    outlet, host, title, paragraphs = report
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return PAGE.format(title=title, outlet=outlet, host=host, hour=hour, paragraphs=body)


def nutgraf(*arguments: str, given: str = "", folder: Path | None = None, **variables: str) -> Any:
    """Run a command to its end; its output is text."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NUTGRAF_")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", **variables}
    return subprocess.run(
        [sys.executable, "-m", "nutgraf", *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment,
        timeout=120,
        check=False,
    )


def lines(output: str) -> list[dict[str, Any]]:
    """Read JSON lines."""
    return [json.loads(line) for line in output.splitlines()]
