from hypothesis import given
from hypothesis import strategies as st

from nutgraf.nlp.windows import EDGE, pack, parts, read
from nutgraf.nlp.wordpiece import BREAK, FIRST, UNKNOWN, WordPieces

PIECES = [
    "[PAD]",
    *(f"[unused{i}]" for i in range(99)),
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "dam",
    "##s",
    "leak",
    "a",
    ".",
]
CUT = WordPieces(PIECES)


def test_a_word_is_cut_longest_piece_first() -> None:
    assert [PIECES[number] for number in CUT("Dams")] == ["dam", "##s"]


def test_accents_and_capitals_do_not_matter() -> None:
    assert CUT("LÉAK") == CUT("leak")


def test_a_word_that_no_pieces_make_up_is_unknown() -> None:
    assert CUT("damx") == CUT("x" * 500) == (UNKNOWN,)


def test_a_window_holds_whole_paragraphs_with_breaks_between() -> None:
    [window] = pack(read("Dams leak.\n\nA dam", CUT, limit=20), limit=20)
    assert [PIECES[number] for number in window.pieces] == [
        *("[CLS]", "dam", "##s", "leak", ".", "[SEP]", "a", "dam", "[SEP]"),
    ]
    assert window.firsts == [[1, 3, 4], [6, 7]]
    assert [i for i, look in enumerate(window.looks) if look == EDGE] == [0, 5, 8]


def test_a_paragraph_that_does_not_fit_begins_a_window() -> None:
    windows = pack(read("Dams leak.\n\nA dam", CUT, limit=6), limit=6)
    assert [len(window.paragraphs) for window in windows] == [1, 1]


def test_the_first_window_may_be_shorter() -> None:
    windows = pack(read("a\n\na\n\na\n\na", CUT, limit=20), limit=9, first=3)
    assert [len(window.paragraphs) for window in windows] == [1, 3]


@given(st.lists(st.integers(1, 9), max_size=30), st.integers(9, 20))
def test_parts_cover_all_in_order_and_keep_the_limit(sizes: list[int], limit: int) -> None:
    cuts = list(parts(sizes, limit))
    assert [i for start, end in cuts for i in range(start, end)] == list(range(len(sizes)))
    assert all(sum(sizes[start:end]) <= limit for start, end in cuts)


@given(st.text("dams leak.\n\n'", max_size=300), st.integers(30, 60))
def test_windows_hold_every_word_once_and_keep_the_limit(text: str, limit: int) -> None:
    windows = pack(read(text, CUT, limit=limit - 2), limit=limit)
    starts = [word.start for window in windows for paragraph in window.paragraphs for word in paragraph.words]
    assert starts == sorted(set(starts))
    for window in windows:
        assert window.pieces[0] == FIRST
        assert window.pieces[-1] == BREAK
        assert len(window.pieces) == len(window.looks) <= limit
        for paragraph, firsts in zip(window.paragraphs, window.firsts, strict=True):
            assert [window.pieces[at] for at in firsts] == [pieces[0] for pieces in paragraph.pieces]
