from hypothesis import given
from hypothesis import strategies as st

from nutgraf.store.fields import escape, unescape

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text


@given(ANY_TEXT)
def test_what_a_database_is_given_is_unicode_without_zero(text: str) -> None:
    assert "\x00" not in escape(text)
    escape(text).encode()


@given(ANY_TEXT, ANY_TEXT)
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert (escape(one) == escape(other)) == (one == other)


def test_plain_text_is_stored_as_it_is() -> None:
    assert escape("„Straße“ – 東京\n\n\tend") == "„Straße“ – 東京\n\n\tend"
