"""Headlines as vectors: near where they mean the like, and a clear word where there can be none."""

from pathlib import Path

import numpy as np
import pytest

from nutgraf.errors import LanguageError
from nutgraf.nlp.vectors import LONGEST, SIZE, Headlines, pieces_of

FERRY = "Ferry capsizes off Karsa, forty missing"
SHIP = "Dozens feared drowned as ship sinks in the bay"
RATE = "Central bank raises interest rate to 4.25%"


@pytest.fixture(scope="module")
def headlines() -> Headlines:
    return Headlines()


def test_headlines_of_one_event_are_nearer_than_those_of_two(headlines: Headlines) -> None:
    ferry, ship, rate = headlines.vectors([FERRY, SHIP, RATE])
    assert ferry @ ship > 3 * abs(ferry @ rate)


def test_vectors_have_length_one(headlines: Headlines) -> None:
    found = headlines.vectors([FERRY, RATE])
    assert found.shape == (2, SIZE)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_a_headline_means_the_same_in_any_company(headlines: Headlines) -> None:
    alone = headlines.vectors([FERRY])[0]
    among = headlines.vectors([RATE * 4, FERRY, *[SHIP] * 20])[1]
    assert np.allclose(alone, among, atol=1e-5)


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_text_without_words_is_a_vector_of_zeros(headlines: Headlines, text: str) -> None:
    assert not headlines.vectors([text]).any()


def test_no_texts_are_no_vectors(headlines: Headlines) -> None:
    assert headlines.vectors([]).shape == (0, SIZE)


def test_a_long_text_is_read_at_its_start_alone() -> None:
    assert len(pieces_of("word " * 10_000)) == LONGEST


@pytest.mark.parametrize("text", ["\x00\ufffd", "渡轮倾覆", "عبّارة", "🙂" * 30, "a" * 5_000])
def test_any_script_has_a_vector(headlines: Headlines, text: str) -> None:
    assert np.isfinite(headlines.vectors([text])).all()


def test_other_weights_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"other weights")
    with pytest.raises(LanguageError, match=r"model\.onnx: is not the file .* vectors = false"):
        Headlines(lambda: path).vectors([FERRY])


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="cannot be read"):
        Headlines(lambda: tmp_path / "none.onnx").vectors([FERRY])
