"""Markdown, read back with a CommonMark parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from nutgraf.publications import as_markdown
from nutgraf.publications.layout import one_line
from nutgraf.publications.markdown import escape
from tests.hostile import PAYLOADS, hostile_brief
from tests.samples import CAUSEWAY

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"text", "softbreak", "link_open", "link_close", "strong_open", "strong_close", "em_open", "em_close"}


def shown(markdown: str) -> str:
    (inline,) = [token for token in READER.parse(markdown) if token.type == "inline"]
    assert {child.type for child in inline.children or ()} <= {"text"}
    return "".join(child.content for child in inline.children or ())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_is_shown_as_it_is_in_a_paragraph(payload: str) -> None:
    assert shown(escape(payload)) == one_line(payload)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    if one_line(text):
        assert shown(escape(text)) == one_line(text)
        assert shown("# " + escape(text)) == one_line(text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_brief_becomes_markup(payload: str) -> None:
    tokens = READER.parse(as_markdown(hostile_brief(payload)))
    inline = {child.type for token in tokens for child in token.children or ()}
    blocks = {token.type for token in tokens}
    assert inline <= OURS
    assert not blocks & {"html_block", "code_block", "fence", "blockquote_open", "hr", "ordered_list_open"}


def test_each_line_is_followed_by_links_to_its_passages() -> None:
    tokens = READER.parse(as_markdown(CAUSEWAY))
    links = [
        str(child.attrs["href"])
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open" and ":~:text=" in str(child.attrs["href"])
    ]
    cited = sum(len(line.citations) for line in CAUSEWAY.lines)
    assert len(links) == cited + 3 + 2  # the dispute's three, the figures' two


def test_a_bullet_opens_with_its_label() -> None:
    assert "\n- **On the island:** Mayor Ilse Tammer" in as_markdown(CAUSEWAY)
