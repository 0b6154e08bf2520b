"""``python -m eval.rewordings --folder FOLDER [--url URL] [--demo] [--multinews N]``: a real model as the writer.

Composes briefs, asks the model that listens at URL (an OpenAI-compatible server), and judges each text that it offers
twice: by the check alone, and by what a rewording must keep besides. FOLDER keeps answers (nothing is asked twice)
and ``offers.jsonl``, one offer a line with both verdicts, to be read by a person. Without ``--url`` the kept answers
are judged again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from eval.demo import demo_stories
from eval.measures import read_gold, shared_folder
from nutgraf.briefs.checking import check
from nutgraf.briefs.rewriting import Item, items_of, lost_in, prompt_of, put, read_answer
from nutgraf.cli.composing import brief_of
from nutgraf.cli.inputs import StoryArticles
from nutgraf.config import load_settings
from nutgraf.contract import article_from_record
from nutgraf.errors import WriterError
from nutgraf.model import Brief
from nutgraf.net.writer import open_writer
from nutgraf.nlp import open_language
from nutgraf.ports import Language
from nutgraf.run.writing import key_of

TIMEOUT = 900.0  # seconds; a small model on a busy machine is slow


def multinews_stories(limit: int) -> Iterator[StoryArticles]:
    """Yield the first stories of briefs/multinews."""
    shared = shared_folder()
    assert shared is not None, "no evaluation data: name its folder in $NUTGRAF_SHARED"
    for row in read_gold(shared / "data" / "briefs" / "multinews.jsonl.gz", limit):
        yield StoryArticles(row["id"], tuple(article_from_record(one) for one in row["articles"]))


def verdicts(brief: Brief, item: Item, text: str, language: Language) -> dict[str, Any]:
    """Return what the check alone and what keeping says of one offer, each by its first rule or ``None``."""
    faults = check(put(brief, item, text))
    lost = list(lost_in(brief, item, text, language))
    return {
        "check": f"{faults[0].rule}: {faults[0].message}" if faults else None,
        "keeping": f"{lost[0].rule}: {lost[0].message}" if lost else None,
    }


def offers_of(brief: Brief, answer: str, language: Language) -> Iterator[dict[str, Any]]:
    """Yield each changed text of an answer with what it was to reword and its verdicts."""
    items = items_of(brief)
    offered = read_answer(answer, items)
    for item in items:
        text = offered.get(item.number)
        if text is None or text == item.text:
            continue
        line = brief.headline if item.line is None else brief.lines[item.line - 1]
        yield {
            "story": brief.id,
            "place": item.place,
            "composed": item.text,
            "offered": text,
            "passages": [citation.passage for citation in line.citations],
            **verdicts(brief, item, text, language),
        }


def main() -> int:
    """Ask, judge, count."""
    parser = argparse.ArgumentParser(prog="python -m eval.rewordings", description=__doc__)
    parser.add_argument("--url", default="")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--multinews", type=int, default=0)
    parser.add_argument("--words", type=int, default=230)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    kept = given.folder / "answers.json"
    answers: dict[str, str] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    settings = replace(load_settings(given.folder, {}), writer_timeout=TIMEOUT)
    writer = open_writer(settings, given.folder, environment={}, url=given.url) if given.url else None
    language = open_language()
    own = [StoryArticles(name, articles) for name, articles in demo_stories().items()] if given.demo else []
    stories = [*own, *multinews_stories(given.multinews)]
    found: list[dict[str, Any]] = []
    asked = 0
    for story in stories:
        brief = brief_of(story, language, words=given.words)
        if not isinstance(brief, Brief) or (brief.language or "en") != "en":
            continue
        prompt = prompt_of(brief)
        key = key_of("", prompt)
        if key not in answers and writer is not None:
            began = time.monotonic()
            try:
                answers[key] = writer.answer(prompt).text
            except WriterError as error:
                print(error, file=sys.stderr)
                continue
            kept.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
            print(f"{brief.id}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        if key in answers:
            asked += 1
            found += offers_of(brief, answers[key], language)
    with (given.folder / "offers.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    report(found, asked)
    return 0


def report(found: list[dict[str, Any]], asked: int) -> None:
    """Print how many offers each judge takes, and by which rule it refuses the others."""
    print(f"{asked} briefs answered, {len(found)} texts offered that differ")
    for judge in ("check", "keeping"):
        rules = Counter(one[judge].partition(":")[0] if one[judge] else "taken" for one in found)
        print(f"  {judge}: " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))
    print(f"  both: taken {sum(not one['check'] and not one['keeping'] for one in found)}")


if __name__ == "__main__":
    sys.exit(main())
