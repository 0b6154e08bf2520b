"""Learn how grammar weighs the chances of spans (``nutgraf.claims.weighing``).

    python -m eval.train_weights SHARED --out src/nutgraf/claims/weights.json

Every stretch of the train part that the shipped tagger thinks possible is marked by whether the gold has it, and a
logistic model with the tagger's log-odds as given learns what each thing told of it is worth; one model a role. Adam,
six rounds, the mean of seeds 1 to 8, with a pull of all worths to nothing. Worths under .002 and words that stand fewer
than 60 times in the train part are left out. The tagger has learnt from the same articles, but does nearly as badly
there as elsewhere (exact F1 of contents .717 on the train part, .698 on dev, by its likeliest labels). Ten minutes of
one core, nearly all of them to tag and parse. On claims/dev, source, cue, content and link are .8215 / .7573 / .7124,
.7560 with what ships and .8203 / .7524 / .7015, .7515 without any weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from eval.claims_marks import articles, trimmed
from nutgraf.claims.chances import ROLES, Stretch, stretches
from nutgraf.claims.quotes import find_quotations
from nutgraf.claims.tagging import SETTINGS
from nutgraf.claims.weighing import AMOUNTS, COLUMNS, Known, Parse, kind_of, known_of, width
from nutgraf.nlp import open_language
from nutgraf.ports import Language, ScoredParagraph, Tagger, Token

FEWEST = 60
"""Times that a word has to stand in the train part to be known."""

LEAST = 0.002
"""The smallest worth that is kept."""

ROUNDS, BATCH, RATE = 6, 512, 3e-3

TURNS = 8
"""Times that it learns, each in another order; what ships is the mean, for one order or another is worth .002."""

PULL = 0.05
"""How strongly the worth of a value is pulled to nothing; amounts are pulled by a tenth of it."""

TRUST = {"source": 0.5, "cue": 1.0, "content": 1.0}
"""How much of what is learnt is kept: with all of it dev has fewer sources and links right."""

Values = dict[str, list[str]]
"""The values that are known of each kind."""


class Examples(NamedTuple):
    """Stretches with what is told of them, and whether the gold has them."""

    roles: np.ndarray
    values: np.ndarray
    amounts: np.ndarray
    right: np.ndarray


def known_values(parsed: Iterable[Sequence[Token]]) -> Values:
    """Return the tags, dependencies and words that are told apart, commonest first."""
    times: dict[str, Counter] = {"tag": Counter(), "dep": Counter(), "lemma": Counter()}
    for tokens in parsed:
        times["tag"].update(token.tag for token in tokens)
        times["dep"].update(token.dep for token in tokens)
        times["lemma"].update(token.lemma.lower() for token in tokens if not token.text.isspace())
    words = [word for word, often in times["lemma"].most_common() if often >= FEWEST]
    return {"tag": [*dict(times["tag"].most_common())], "dep": [*dict(times["dep"].most_common())], "lemma": words}


def examples(row: dict, tokens: Sequence[Token], tagger: Tagger, known: Known) -> Examples:
    """Return the stretches of an article."""
    gold = {(role, *trimmed(span, row["text"])) for one in row["attributions"] for role in ROLES for span in one[role]}
    held = list(stretches(tagger.read(row["text"]), tagger.labels, SETTINGS.possible))
    able = [(one.role, *trimmed(ends(paragraph, one), row["text"])) for paragraph, some, _ in held for one in some]
    if not able:
        return Examples(*(np.zeros(shape, int) for shape in (0, (0, len(COLUMNS)), (0, len(AMOUNTS)), 0)))
    told = Parse(tokens, find_quotations(row["text"]), known).told(held)
    roles, right = [ROLES.index(role) for role, _, _ in able], [one in gold for one in able]
    return Examples(np.array(roles), told.values, told.amounts.astype(np.float32), np.array(right))


def ends(paragraph: ScoredParagraph, one: Stretch) -> tuple[int, int]:
    """Return a stretch as characters."""
    return paragraph.words[one.start][0], paragraph.words[one.end - 1][1]


def read(shared: Path, language: Language) -> tuple[Examples, Values]:
    """Return the stretches of the train part, and the values known of what is told."""
    rows = articles(shared, "all")
    assert language.tagger is not None
    parsed = list(language.parse_many(row["text"] for row in rows))
    values = known_values(parsed)
    known = known_of(values)
    found = [examples(row, tokens, language.tagger, known) for row, tokens in zip(rows, parsed, strict=True)]
    return Examples(*(np.concatenate(part) for part in zip(*found, strict=True))), values


def fit(some: Examples, many: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the worths of one role: of values (columns, ``many``), and of amounts."""
    place = some.values.astype(np.int64) + many * np.arange(len(COLUMNS))
    odds = some.amounts[:, AMOUNTS.index("log odds")].astype(float)
    mean, spread = some.amounts.mean(0), some.amounts.std(0) + 1e-3
    scaled = np.concatenate([(some.amounts - mean) / spread, np.ones((len(odds), 1))], 1)
    size = len(COLUMNS) * many
    worth, slope_mean, slope_square = (np.zeros(size + scaled.shape[1]) for _ in range(3))
    for step, (few, rate) in enumerate(batches(len(odds), seed), 1):
        guess = odds[few] + worth[:size][place[few]].sum(1) + scaled[few] @ worth[size:]
        miss = 1 / (1 + np.exp(-guess)) - some.right[few]
        pulled = miss[:, None] + PULL * worth[:size][place[few]]
        of_values = np.bincount(place[few].ravel(), pulled.ravel(), size) / len(few)
        of_amounts = miss @ scaled[few] / len(few) + PULL / 10 * worth[size:]
        slope = np.concatenate([of_values, of_amounts])
        slope_mean, slope_square = 0.9 * slope_mean + 0.1 * slope, 0.999 * slope_square + 0.001 * slope**2
        worth -= rate * (slope_mean / (1 - 0.9**step)) / (np.sqrt(slope_square / (1 - 0.999**step)) + 1e-8)
    of_amounts = worth[size:-1] / spread
    of_amounts[AMOUNTS.index("constant")] = worth[-1] - mean[1:] @ of_amounts[1:]
    return worth[:size].reshape(len(COLUMNS), many), of_amounts


def batches(number: int, seed: int) -> Iterator[tuple[np.ndarray, float]]:
    """Yield the indexes of some examples at a time, in all rounds, and how far to step, less and less."""
    dice, done, all_of_them = np.random.default_rng(seed), 0, ROUNDS * number
    for _ in range(ROUNDS):
        order = dice.permutation(number)
        for start in range(0, number, BATCH):
            few = order[start : start + BATCH]
            yield few, RATE * max(0.02, 1 - done / all_of_them)
            done += len(few)


def learn(some: Examples, values: Values, seed: int) -> dict:
    """Return the weights as they are written."""
    known = known_of(values)
    worth, amounts = {}, {}
    for number, role in enumerate(ROLES):
        here = Examples(*(part[some.roles == number] for part in some))
        found = [fit(here, width(known), seed + turn) for turn in range(TURNS)]
        of_values, of_amounts = (TRUST[role] * np.mean(part, 0) for part in zip(*found, strict=True))
        worth[role] = {name: by_name(row, known[kind_of(name)]) for name, row in zip(COLUMNS, of_values, strict=True)}
        amounts[role] = {name: float(f"{one:.4g}") for name, one in zip(AMOUNTS, of_amounts.tolist(), strict=True)}
    return {"values": values, "worth": worth, "amounts": amounts}


def by_name(row: np.ndarray, known: Mapping[str, int]) -> dict[str, float]:
    """Return the worths of one column that are not small; of nothing under an empty name."""
    names = {"": 0, **known}
    return {name: round(float(row[i]), 3) for name, i in names.items() if abs(row[i]) >= LEAST}


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    weights = learn(*read(options.shared, open_language()), options.seed)
    options.out.write_text(json.dumps(weights, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
