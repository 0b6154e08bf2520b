"""What a reader muted leaves, in whole lines, and what stays holds."""

from dataclasses import replace

import pytest

from nutgraf.briefs import check
from nutgraf.briefs import compose as composed
from nutgraf.model import Brief, Dispute
from nutgraf.publications.muting import Muted, is_left_out, without_muted
from tests.briefs.newsroom import ARTICLES, CLAIMS, LANGUAGE, STORY
from tests.samples import CAUSEWAY, CLAIM, DENIAL, STRIKE, cited, line

OUTLETS = [article.outlet for article in CAUSEWAY.articles]


def texts_of(brief: Brief) -> list[str]:
    heads = [brief.headline, *([brief.dek] if brief.dek else []), *brief.lines]
    return [one.text for one in (*heads, *(side for pair in brief.disputes for side in (pair.claim, pair.denial)))]


def passages_of(brief: Brief) -> set[str]:
    heads = [brief.headline, *([brief.dek] if brief.dek else []), *brief.lines]
    sides = [side for pair in brief.disputes for side in (pair.claim, pair.denial)]
    return {citation.span.article for one in (*heads, *sides) for citation in one.citations}


@pytest.mark.parametrize("outlet", OUTLETS)
def test_nothing_of_a_muted_outlet_is_cited_counted_or_listed(outlet: str) -> None:
    left = without_muted(CAUSEWAY, Muted(outlets=(outlet.upper(),)))
    assert left is not None
    gone = {article.id for article in CAUSEWAY.articles if article.outlet == outlet}
    assert not passages_of(left) & gone
    assert not {article.id for article in left.articles} & gone
    assert left.coverage.outlets == CAUSEWAY.coverage.outlets - 1
    assert all(saying.citation.span.article not in gone for figure in left.figures for saying in figure.sayings)


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_line_that_stays_stood_there_before(outlet: str) -> None:
    left = without_muted(CAUSEWAY, Muted(outlets=(outlet,)))
    assert left is not None
    assert set(texts_of(left)) <= set(texts_of(CAUSEWAY))
    assert left.lines[0].label is None


def test_what_stays_of_a_composed_brief_passes_the_check_whoever_is_muted() -> None:
    brief = composed(STORY, ARTICLES, CLAIMS, LANGUAGE)
    assert isinstance(brief, Brief)
    assert check(brief) == ()
    for article in brief.articles:
        left = without_muted(brief, Muted(outlets=(article.outlet or "",)))
        assert left is None or check(left) == ()


def test_a_claim_leaves_with_its_denial_and_so_does_the_line_that_makes_it() -> None:
    brief = replace(CAUSEWAY, lines=(*CAUSEWAY.lines, replace(CLAIM, label="The drains")))
    left = without_muted(brief, Muted(outlets=("Evening Courier",)))
    assert left is not None
    assert left.disputes == ()
    assert CLAIM.text not in texts_of(left)
    assert CAUSEWAY.lines[0] in left.lines


def test_a_denial_does_not_outlive_its_claim() -> None:
    left = without_muted(CAUSEWAY, Muted(outlets=("Harbour Ledger",)))
    assert left is not None
    assert DENIAL.text not in texts_of(left)


def test_a_muted_persons_claims_leave_and_the_outlets_that_quote_her_stay() -> None:
    left = without_muted(CAUSEWAY, Muted(persons=("ilse tammer",)))
    assert left is not None
    assert len(left.lines) == len(CAUSEWAY.lines) - 1
    assert left.coverage == CAUSEWAY.coverage


def test_what_another_outlet_cites_of_a_muted_one_leaves_too() -> None:
    second = line(
        "The Post, citing Northwire, gives more.", cited("c3post", "More, Northwire reported."), chain=("Northwire",)
    )
    left = without_muted(replace(CAUSEWAY, lines=(*CAUSEWAY.lines, second)), Muted(outlets=("Northwire",)))
    assert left is not None
    assert second.text not in texts_of(left)


def test_a_headline_that_leaves_gives_way_to_what_stays() -> None:
    left = without_muted(CAUSEWAY, Muted(outlets=("Harbour Ledger",)))
    assert left is not None
    assert left.headline == CAUSEWAY.dek
    assert left.dek is None


def test_figures_that_no_longer_differ_leave() -> None:
    left = without_muted(CAUSEWAY, Muted(outlets=("Radio North",)))
    assert left is not None
    assert left.figures == ()


def test_a_brief_of_a_muted_outlet_alone_is_not_shown() -> None:
    assert without_muted(STRIKE, Muted(outlets=("The City Post",))) is None


def test_nothing_muted_changes_nothing() -> None:
    assert without_muted(CAUSEWAY, Muted(words=("storm",), topics=("weather",))) is CAUSEWAY
    assert not Muted()


@pytest.mark.parametrize(
    ("muted", "out"),
    [
        (Muted(topics=("WEATHER",)), True),
        (Muted(topics=("Wea",)), False),
        (Muted(words=("flooded",)), True),
        (Muted(words=("flood",)), False),
        (Muted(words=("sel island",)), True),
        (Muted(words=(" ",)), False),
        (Muted(words=("(.*",)), False),
    ],
)
def test_a_story_is_left_out_by_topic_and_by_whole_words_of_its_head(muted: Muted, out: bool) -> None:
    assert is_left_out(CAUSEWAY, muted) is out


def test_sides_of_a_dispute_are_known_by_what_they_cite() -> None:
    other = replace(CLAIM, text="The Ledger says the drains were never cleared.")
    brief = replace(CAUSEWAY, lines=(*CAUSEWAY.lines, other), disputes=(Dispute(CLAIM, DENIAL),))
    left = without_muted(brief, Muted(outlets=("Evening Courier",)))
    assert left is not None
    assert other not in left.lines
