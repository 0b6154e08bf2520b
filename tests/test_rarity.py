"""How much a word tells, and which words the news writes small."""

import pytest

from nutgraf.rarity import is_common, rarity, stop_words, weight_of, words_of


@pytest.mark.parametrize("word", ["light", "halts", "Blast", "about", "Mess"])
def test_a_word_that_the_news_writes_small_is_common(word):
    assert is_common(word)


@pytest.mark.parametrize("word", ["Trump", "white", "Green", "Texas", "Quixmoor"])
def test_a_word_that_may_be_a_name_or_is_unknown_is_not_common(word):
    assert not is_common(word)


def test_a_rare_word_tells_more_than_a_frequent_one_and_a_stop_word_nothing():
    assert rarity("stevedore") > rarity("president") > rarity("the") == 0.0


def test_a_stop_word_stays_one_where_its_ending_is_lost():
    assert "après" in stop_words()
    assert weight_of("Après") == 0.0


@pytest.mark.parametrize("text", ["rock'n'roll isn’t ''over''", "中'b文 ที่’นี่ a中", "l’été_1.234,5 — “Ωmega”"])
def test_each_word_of_a_text_is_the_one_word_of_itself(text):
    assert words_of(text)
    assert all(words_of(word) == [word] for word in words_of(text))
