"""Chances weighed by the parse: what is told of a stretch, and what it makes of its chance."""

import copy
import json
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.claims.chances import LABELS, Chances, Stretch, best_apart
from nutgraf.claims.quotes import find_quotations
from nutgraf.claims.tagging import find_attributions
from nutgraf.claims.weighing import AMOUNTS, COLUMNS, FIXED, Parse, Weigher, kind_of, known_of, learnt, weights_from
from nutgraf.ports import Language, ScoredParagraph, Token

SENTENCE = "“Dams leak badly,” Ann said."
PARSE = (
    ("“", "``", "punct", 2), ("Dams", "NNS", "nsubj", 2), ("leak", "VBP", "ccomp", 7), ("badly", "RB", "advmod", 2),
    (",", ",", "punct", 7), ("”", "''", "punct", 7), ("Ann", "NNP", "nsubj", 7), ("said", "VBD", "ROOT", 7),
    (".", ".", "punct", 7),
)  # fmt: skip


def tokens_of(text: str, parse: tuple[tuple[str, str, str, int], ...]) -> list[Token]:
    found, at = [], 0
    for word, tag, dep, head in parse:
        at = text.index(word, at)
        found.append(Token(at, at + len(word), word, word.lower(), tag, dep, head, ""))
    return found


def held(words: list[tuple[int, int]], *able: Stretch, seed: int = 0) -> Chances:
    labels = np.random.default_rng(seed).dirichlet(np.ones(len(LABELS)), len(words))
    return Chances(ScoredParagraph(tuple(words), np.zeros((len(words), 1), np.float32)), list(able), labels)


def table() -> dict:
    return json.loads(resources.files("nutgraf.claims").joinpath("weights.json").read_text(encoding="utf-8"))


def told_by_name(text: str, tokens: list[Token], one: Chances) -> list[dict[str, str]]:
    values = {
        "tag": sorted({token.tag for token in tokens}),
        "dep": sorted({token.dep for token in tokens}),
        "lemma": ["dams", "leak", "said"],
    }
    names = {kind: ["", *names] for kind, names in {**FIXED, **values}.items()}
    told = Parse(tokens, find_quotations(text), known_of(values)).told([one])
    return [{name: names[kind_of(name)][i] for name, i in zip(COLUMNS, row, strict=True)} for row in told.values]


def test_what_is_told_of_a_stretch_is_what_the_parse_has_there() -> None:
    tokens = tokens_of(SENTENCE, PARSE)
    words = [(token.start, token.end) for token in tokens]
    [clause, part] = told_by_name(
        SENTENCE, tokens, held(words, Stretch("content", 1, 4, 0.5), Stretch("content", 1, 3, 0.3))
    )
    expected = {
        "two before tag": "", "before tag": "``", "first tag": "NNS", "first lemma": "dams", "first look": "title",
        "last tag": "RB", "last lemma": "", "last quoted": "quoted", "after tag": ",", "two after tag": "''",
        "first's ruler tag": "VBP", "first's ruler side": "inside", "top lemma": "leak", "top dep": "ccomp",
        "ruler lemma": "said", "ruler side": "behind", "whole tops": "1", "left size": "1", "right size": "0",
        "before tie": "ruled", "after tie": "none",
    }  # fmt: skip
    assert {name: clause[name] for name in expected} == expected
    # the shorter one leaves out a word that its verb rules
    assert (part["after tie"], part["right size"]) == ("ruled", "1")


def test_a_word_alone_is_told_by_its_own_ruler() -> None:
    tokens = tokens_of(SENTENCE, PARSE)
    [said] = told_by_name(
        SENTENCE, tokens, held([(token.start, token.end) for token in tokens], Stretch("cue", 7, 8, 0.9))
    )
    assert (said["top dep"], said["ruler tag"], said["ruler side"], said["before tie"]) == ("ROOT", "", "", "ruled")


@given(st.data())
def test_the_highest_word_and_those_ruled_from_outside_are_found_in_any_parse(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    heads = [data.draw(st.integers(0, i)) for i in range(size)]  # each ruled by one before it, or a root
    order = data.draw(st.permutations(range(size)))
    heads = [order[heads[order.index(i)]] for i in range(size)]
    tokens = [Token(2 * i, 2 * i + 1, "a", "a", "NN", "dep", head, "") for i, head in enumerate(heads)]
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    [told] = told_by_name(
        "a " * size, tokens, held([(2 * i, 2 * i + 1) for i in range(size)], Stretch("cue", start, end, 0.5))
    )

    def depth(i: int) -> int:
        return 0 if heads[i] == i else 1 + depth(heads[i])

    top = min(range(start, end), key=depth)
    outside = sum(not start <= heads[i] < end or heads[i] == i for i in range(start, end))
    assert told["whole tops"] == str(min(outside, 4))
    side = "" if heads[top] == top else "before" if heads[top] < top else "behind"
    assert told["ruler side"] == side


def test_each_paragraph_is_told_of_as_if_it_stood_alone() -> None:
    text = f"{SENTENCE}\n\n{SENTENCE}"
    tokens = tokens_of(SENTENCE, PARSE)
    later = len(SENTENCE) + 2
    both = tokens + [
        Token(one.start + later, one.end + later, one.text, one.lemma, one.tag, one.dep, one.head + len(tokens), "")
        for one in tokens
    ]
    able = (Stretch("content", 1, 4, 0.5), Stretch("content", 0, 3, 0.3), Stretch("source", 6, 7, 0.8))
    first = held([(one.start, one.end) for one in tokens], *able, seed=1)
    second = held([(one.start + later, one.end + later) for one in tokens], *able[:2], seed=2)
    empty = held([(0, 1)], seed=3)
    parse = Parse(both, find_quotations(text), learnt().known)
    together = parse.told([first, empty, second])
    apart = [parse.told([first]), parse.told([second])]
    assert (together.values == np.concatenate([one.values for one in apart])).all()
    assert together.amounts == pytest.approx(np.concatenate([one.amounts for one in apart]))
    # the neighbour paragraph's words are not told of
    assert together.values[3, COLUMNS.index("two before tag")] == 0


def test_the_amounts_tell_of_the_best_rivals() -> None:
    words = [(i, i + 1) for i in range(4)]
    tokens = [Token(i, i + 1, "a", "a", "NN", "dep", i, "") for i in range(4)]
    able = (
        Stretch("cue", 1, 3, 0.5), Stretch("cue", 1, 2, 0.2), Stretch("cue", 0, 4, 0.1),
        Stretch("source", 2, 4, 0.3), Stretch("cue", 3, 4, 0.9),
    )  # fmt: skip
    told = Parse(tokens, [], learnt().known).told([held(words, *able)])
    one = dict(zip(AMOUNTS, told.amounts[0].tolist(), strict=True))
    assert one["log odds"] == pytest.approx(0)
    others = [one[name] for name in AMOUNTS[AMOUNTS.index("best over it") :]]
    assert others == pytest.approx([0.2, 0.3, 0.2, 0, 0.1, 0.3])


def test_the_weights_that_are_shipped_are_of_what_the_code_tells() -> None:
    weights = weights_from(table())
    assert set(weights.tables) == set(weights.amounts) == {"source", "cue", "content"}
    assert all(np.isfinite(part).all() and part.any() for part in (*weights.tables.values(), *weights.amounts.values()))


@pytest.mark.parametrize("part", ["worth", "amounts"])
def test_weights_of_other_features_are_refused(part: str) -> None:
    other = copy.deepcopy(table())
    other[part]["cue"] = {f"{name}s": worth for name, worth in other[part]["cue"].items()}
    with pytest.raises(ValueError, match=r"other features: run eval/train_weights\.py"):
        weights_from(other)


def test_a_text_without_stretches_stays_as_it_is() -> None:
    assert Weigher([], [])([]) == []
    nothing = held([(0, 1)])
    assert Weigher(tokens_of(SENTENCE, PARSE), [])([nothing]) == [nothing]


def test_a_clause_that_is_whole_gains_on_one_that_is_cut_off() -> None:
    text = "Ann said the old dams leak badly in the spring."
    parse = (
        ("Ann", "NNP", "nsubj", 1), ("said", "VBD", "ROOT", 1), ("the", "DT", "det", 4), ("old", "JJ", "amod", 4),
        ("dams", "NNS", "nsubj", 5), ("leak", "VBP", "ccomp", 1), ("badly", "RB", "advmod", 5),
        ("in", "IN", "prep", 5), ("the", "DT", "det", 9), ("spring", "NN", "pobj", 7), (".", ".", "punct", 1),
    )  # fmt: skip
    tokens = tokens_of(text, parse)
    labels = np.full((len(tokens), len(LABELS)), 0.01)
    for i, label in enumerate([1, 3, 5, *[6] * 7, 0]):
        labels[i, label] = 0.94
    whole, cut = Stretch("content", 2, 10, 0.4), Stretch("content", 3, 10, 0.45)
    words = tuple((token.start, token.end) for token in tokens)
    paragraph = Chances(ScoredParagraph(words, np.zeros((len(words), 1), np.float32)), [whole, cut], labels)
    [weighed] = Weigher(tokens, [])([paragraph])
    assert weighed.stretches[0].chance > weighed.stretches[1].chance
    assert [(one.start, one.end) for one in best_apart(weighed.stretches, 0.2)] == [(2, 10)]
    assert best_apart([whole, cut], 0.2) == [cut]


@pytest.mark.parametrize("text", ["SAID " * 400, "“" * 300, "a" * 5000, "Ann said so. " * 50, "Ann\u00a0said\u2028so"])
def test_odd_texts_are_weighed_to_chances(language: Language, text: str) -> None:
    assert language.tagger is not None
    weigh = Weigher(language.parse(text), find_quotations(text))
    for one in find_attributions(text, language.tagger, weigh):
        assert 0 <= one.confidence <= 1
        assert all(0 <= start < end <= len(text) for start, end in (*one.source, *one.cue, *one.content))
