"""``python -m bench.briefs [--stories N] [--words N]``: briefs a second on one core, from claims that are stored.

Claims and analyses (parses, sentences, figures) of stories of briefs/multinews are found beforehand, packed as the
store keeps them and read back. The clock runs while the claims of a story are related and its brief is chosen,
composed and checked, story after story, each once; some other stories come first, as in a desk that has been running.
``./dev bench briefs`` runs it in one thread, as the commands run.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.measures import WORK, read_gold, shared_folder

from nutgraf.analysis import Analysis, analysis_from
from nutgraf.briefs import compose
from nutgraf.claims.relations import relate_claims
from nutgraf.cli.claiming import analysed_claims
from nutgraf.cli.inputs import StoryArticles, whole_stories
from nutgraf.model import Article, Claim, Story
from nutgraf.nlp import open_language
from nutgraf.ports import Language
from nutgraf.stories import story_of

FIRST = 5
"""Stories composed before the clock runs."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A story with all that the store has of it when its brief is due."""

    story: Story
    articles: Mapping[str, Article]
    claims: Mapping[str, tuple[Claim, ...]]
    analyses: Mapping[str, Analysis]


def stored(given: StoryArticles, language: Language) -> Stored:
    """Find what is stored before a brief is composed."""
    articles = {article.id: article for article in given.articles}
    claims, found = analysed_claims(given.articles, language)
    analyses = {key: analysis_from(one.to_bytes(), article=key, text=articles[key].text) for key, one in found.items()}
    return Stored(story_of(given.id, given.articles), articles, claims, analyses)


def compose_one(one: Stored, language: Language, words: int) -> float:
    """Relate the claims of a story and compose its brief; returns the processor seconds that it took."""
    started = time.process_time()
    relations = relate_claims(
        [claim for key in one.story.articles for claim in one.claims[key]],
        {key: one.articles[key].text for key in one.story.articles},
        one.analyses,
    )
    compose(
        one.story,
        one.articles,
        one.claims,
        language,
        words=words,
        relations=relations,
        analyses=one.analyses,
    )
    return time.process_time() - started


def stories(data: Path, count: int) -> Iterator[StoryArticles]:
    """Yield stories of the evaluation as they are given to ``nutgraf brief --stories``."""
    given = WORK / "bench-stories-given.jsonl"
    rows = read_gold(data / "briefs" / "multinews.jsonl.gz", count)
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return (one for one in whole_stories(str(given)) if isinstance(one, StoryArticles))


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.briefs", description=__doc__)
    parser.add_argument("--stories", type=int, default=30)
    parser.add_argument("--words", type=int, default=230)
    given = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        print("No evaluation data: skipped. Put it in ../shared, or name its folder in $NUTGRAF_SHARED.")
        return 0
    WORK.mkdir(exist_ok=True)
    language = open_language()
    every = [stored(one, language) for one in stories(shared / "data", given.stories + FIRST)]
    for one in every[given.stories :]:
        compose_one(one, language, given.words)
    gc.collect()
    took = sorted(compose_one(one, language, given.words) for one in every[: given.stories])
    mean = sum(took) / len(took)
    print(
        f"{len(took)} briefs of {given.words} words: {1 / mean:.1f} a second, "
        f"{1000 * mean:.1f} ms each ({1000 * took[len(took) // 2]:.1f} in the middle, {1000 * took[-1]:.1f} at most)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
