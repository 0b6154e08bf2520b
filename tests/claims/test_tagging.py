import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.claims.attribution import Attribution
from nutgraf.claims.chances import LABELS
from nutgraf.claims.tagging import Settings, decode, distances, find_attributions, with_marks
from nutgraf.ports import ScoredParagraph
from tests.claims.labels import plain_labels, random_labels

WIDTH = 2
OUTPUTS = len(LABELS) + 4 * WIDTH + 2


def paragraph_of(text: str, marks: str, at: int = 0) -> ScoredParagraph:
    """A paragraph of words parted by spaces; ``marks`` has a letter a word: s, c, t begin a span, S, C, T go on."""
    words, here = [], at
    for word in text[at:].split(" "):
        words.append((here, here + len(word)))
        here += len(word) + 1
    scores = np.zeros((len(words), OUTPUTS), np.float32)
    scores[:, -2:] = -5  # to have no partner is unlikely
    for row, mark in zip(scores, marks, strict=True):
        row[".sScCtT".index(mark)] = 8
    return ScoredParagraph(tuple(words), scores)


def found(text: str, marks: str) -> list[tuple[list[str], list[str], list[str]]]:
    attributions = decode(text, [paragraph_of(text, marks)], plain_labels())
    return [tuple([text[a:b] for a, b in role] for role in (one.source, one.cue, one.content)) for one in attributions]


def test_a_content_gets_its_cue_and_the_cue_its_source() -> None:
    assert found("Ann Lee said dams leak", "sSctT") == [(["Ann Lee"], ["said"], ["dams leak"])]


def test_a_content_in_two_parts_is_one_attribution() -> None:
    assert found("Dams Ann said leak", "tsct") == [(["Ann"], ["said"], ["Dams", "leak"])]


def test_a_cue_without_content_is_no_attribution() -> None:
    assert found("Ann said so", "sc.") == []


def test_a_content_without_cue_stands_alone() -> None:
    assert found("So dams leak", ".tT") == [([], [], ["dams leak"])]


def test_two_spans_of_a_role_side_by_side_stay_two() -> None:
    assert found("Ann said dams leak", "sctt") == [(["Ann"], ["said"], ["dams", "leak"])]


def test_one_source_may_have_two_cues() -> None:
    text = "Ann said dams leak and feared floods"
    paragraph = paragraph_of(text, "sctT.ct")
    # the vectors that link: "said" and "feared" differ, and each content points at its own cue
    at = len(LABELS)
    paragraph.scores[2:4, at] = paragraph.scores[1, at + WIDTH] = 3
    paragraph.scores[6, at + 1] = paragraph.scores[5, at + WIDTH + 1] = 6
    attributions = decode(text, [paragraph], plain_labels())
    assert [(text[a.source[0][0] : a.source[0][1]], text[a.cue[0][0] : a.cue[0][1]]) for a in attributions] == [
        ("Ann", "said"),
        ("Ann", "feared"),
    ]


def test_a_cue_whose_best_partner_is_nobody_has_no_source() -> None:
    text = "Ann ate dams leak feared"
    paragraph = paragraph_of(text, "s.tTc")
    paragraph.scores[4, -1] = 9
    [one] = decode(text, [paragraph], plain_labels())
    assert (one.source, one.cue) == ((), ((18, 24),))


def test_confidence_is_that_of_the_least_sure_part() -> None:
    text = "Ann said dams leak"
    sure, unsure = paragraph_of(text, "sctT"), paragraph_of(text, "sctT")
    unsure.scores[0, 0] = 7.5
    [one], [other] = (decode(text, [paragraph], plain_labels()) for paragraph in (sure, unsure))
    assert 0 < other.confidence < one.confidence <= 1


def test_what_is_less_sure_than_asked_is_left_out() -> None:
    text = "Ann said dams leak"
    paragraph = paragraph_of(text, "sctT")
    paragraph.scores[:, 0] = 7
    assert decode(text, [paragraph], plain_labels()) != ()
    assert decode(text, [paragraph], plain_labels(), Settings(fair=0.9)) == ()


def test_a_content_without_cue_is_left_out_where_it_is_likelier_none() -> None:
    text = "So dams leak"
    paragraph = paragraph_of(text, ".tT")
    paragraph.scores[1:, 0] = 8.4
    assert decode(text, [paragraph], plain_labels()) == ()
    assert decode(text, [paragraph], plain_labels(), Settings(alone=0.3)) != ()


def unsure_of_the_end(text: str, marks: str) -> ScoredParagraph:
    """A paragraph of whose last words none is surely inside of the span that begins before them."""
    paragraph = paragraph_of(text, marks)
    paragraph.scores[-4:, 0] = paragraph.scores[-4:, LABELS.index("I-content")] = 8
    return paragraph


def test_a_saying_whose_words_have_no_sure_end_is_kept_for_its_sure_source_and_cue() -> None:
    text = "Ann said dams leak now and then"
    [one] = decode(text, [unsure_of_the_end(text, "sctTTTT")], plain_labels())
    assert [text[a:b] for a, b in (*one.source, *one.cue)] == ["Ann", "said"]
    assert text[slice(*one.content[0])].startswith("dams")
    assert one.confidence < 0.5


def test_a_second_content_of_a_cue_has_to_be_likely_by_itself() -> None:
    text = "Dams Ann said leak now and then"
    [one] = decode(text, [unsure_of_the_end(text, "tsctTTT")], plain_labels())
    assert [text[a:b] for a, b in one.content] == ["Dams"]


@pytest.mark.parametrize(
    ("text", "inner", "whole"),
    [
        ("He said “dams leak.” Then", "dams leak", "“dams leak.”"),
        ("“Dams leak,” he said", "Dams leak", "“Dams leak,”"),
        ('"Dams leak," he said', "Dams leak", '"Dams leak,"'),
        ("'Dams leak,' he said", "Dams leak", "'Dams leak,'"),
        ("He said dams “leak” often", "dams “leak", "dams “leak”"),
        ("He said dams leak.", "dams leak", "dams leak"),
        ("the “old” dams leak” he", "“old” dams leak", "“old” dams leak"),
    ],
)
def test_quotation_marks_belong_to_what_is_said(text: str, inner: str, whole: str) -> None:
    start = text.index(inner)
    a, b = with_marks(text, start, start + len(inner))
    assert text[a:b] == whole


def test_distance_tells_how_far_and_to_which_side() -> None:
    left, right = np.array([[5, 7]]), np.array([[0, 5], [8, 9], [7, 8], [200, 201]])
    assert distances(left, right).tolist() == [[8, 1, 0, 7]]


def test_no_text_has_no_attribution() -> None:
    assert decode("", [], plain_labels()) == ()


class Dice:
    """A tagger that knows nothing: random scores for the words of a text parted by spaces."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.labels = random_labels(np.random.default_rng(seed))

    def read(self, text: str) -> list[ScoredParagraph]:
        dice, found, at = np.random.default_rng(self.seed), [], 0
        for part in text.split("\n\n"):
            words, here = [], at
            for word in part.split(" "):
                words.append((here, here + len(word)))
                here += len(word) + 1
            words = [(a, b) for a, b in words if a < b]
            found.append(ScoredParagraph(tuple(words), dice.normal(size=(len(words), OUTPUTS)).astype(np.float32) * 3))
            at += len(part) + 2
        return found


@given(st.lists(st.text("ab “”.'", max_size=30), max_size=4), st.integers(0, 2**32))
def test_whatever_the_scores_all_ranges_lie_inside_one_paragraph_of_the_text(parts: list[str], seed: int) -> None:
    text = "\n\n".join(parts)
    attributions = find_attributions(text, Dice(seed))
    for one in attributions:
        assert isinstance(one, Attribution)
        inside = [*one.source, *one.cue, *one.content]
        assert max(b for _, b in inside) <= len(text)
        assert len({text[:a].count("\n\n") for a, _ in inside}) == 1
    assert attributions == find_attributions(text, Dice(seed))
