"""``python -m eval.side_by_side [--words N] [--json] [NAME…]``: the briefs of our own stories and of the demo's.

They are for reading beside their articles; what they were read to be stands in docs/side-by-side.md.
"""

from __future__ import annotations

import argparse
import json
import sys

from eval.demo import demo_stories
from eval.own_stories import own_stories
from nutgraf.cli.composing import brief_of
from nutgraf.cli.inputs import StoryArticles
from nutgraf.contract import brief_to_record
from nutgraf.model import Article, Brief, Line, Rejected
from nutgraf.nlp import open_language

WORDS = 230
"""The length of a brief where nobody asks for another."""


def forty() -> dict[str, tuple[Article, ...]]:
    """Return the articles of every story: thirty of our own, ten of the demo's."""
    return {**own_stories(), **demo_stories()}


def main() -> int:
    """Print the briefs of the stories that are named, of all by default."""
    parser = argparse.ArgumentParser(prog="python -m eval.side_by_side", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="stories to show")
    parser.add_argument("--words", type=int, default=WORDS, help=f"a brief's length in words ({WORDS})")
    parser.add_argument("--json", action="store_true", help="a brief a line, as the contract has it")
    given = parser.parse_args()
    language = open_language()
    for name, told in forty().items():
        if not given.names or name in given.names:
            brief = brief_of(StoryArticles(name, told), language, words=given.words)
            if given.json and isinstance(brief, Brief):
                print(json.dumps(brief_to_record(brief), ensure_ascii=False))
            else:
                print(shown(name, brief), end="\n\n\n")
            sys.stdout.flush()
    return 0


def shown(name: str, brief: Brief | Rejected) -> str:
    """Return a brief as plain text with the outlets that each line rests on, or why there is none."""
    if isinstance(brief, Rejected):
        return f"## {name}\n\nNo brief: {brief.detail}"
    head = [f"## {name}", "", brief.headline.text, *([brief.dek.text] if brief.dek else []), ""]
    lines = [
        f"- {line.label + ': ' if line.label else ''}{line.text}  [{_outlets(brief, line)}]" for line in brief.lines
    ]
    return "\n".join([*head, *lines, *_tables(brief), "", _coverage(brief)])


def _outlets(brief: Brief, line: Line) -> str:
    return ", ".join(dict.fromkeys(str(brief.article(one.span.article).outlet) for one in line.citations))


def _tables(brief: Brief) -> list[str]:
    disputes = [f"Dispute: {one.claim.text} // {one.denial.text}" for one in brief.disputes]
    figures = [
        "Figures: " + " | ".join(f"{saying.words} ({saying.outlet}, {saying.speaker})" for saying in one.sayings)
        for one in brief.figures
    ]
    return ["", *disputes, *figures] if disputes or figures else []


def _coverage(brief: Brief) -> str:
    return f"{brief.coverage.outlets} outlets, {brief.coverage.origins} origins"


if __name__ == "__main__":
    sys.exit(main())
