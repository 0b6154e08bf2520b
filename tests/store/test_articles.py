from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.analysis import analysis_of
from nutgraf.model import Article, Claim, Image, Reason, Rejected, article_id
from nutgraf.ports import Token
from nutgraf.store.database import Store
from nutgraf.store.shelf import moment_of
from nutgraf.store.values import Kept
from tests.store.examples import FEED, NOON, an_article, an_item, placed

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)
ANY_DAY = st.one_of(st.none(), st.dates(), st.datetimes(timezones=st.just(timezone(timedelta(hours=-5)))))


@st.composite
def any_article(draw: st.DrawFn) -> Article:
    text, title = draw(ANY_TEXT), draw(ANY_TEXT)
    return Article(
        id=article_id(None, title.encode("utf-8", "replace").decode(), text.encode("utf-8", "replace").decode()),
        text=text,
        title=title,
        url=draw(st.one_of(st.none(), ANY_TEXT)),
        outlet=draw(st.one_of(st.none(), ANY_TEXT)),
        authors=tuple(draw(st.lists(ANY_TEXT, max_size=2))),
        published=draw(ANY_DAY),
        images=(Image("https://harbour.example/1.jpg", draw(ANY_TEXT), None),),
        partial=draw(st.booleans()),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(article=any_article())
def test_any_article_comes_back_as_it_was(store: Store, article: Article) -> None:
    article = replace(article, id=f"{store.counts().articles}-{article.id}")
    store.save_article(article, arrived=NOON)
    stored = store.article(article.id)
    assert stored is not None
    assert stored.article == article


def test_an_article_that_is_stored_already_changes_nothing(store: Store) -> None:
    assert store.save_article(an_article(), arrived=NOON) is Kept.NEW
    assert store.save_article(an_article(), arrived=NOON + timedelta(days=1)) is Kept.SAME
    (stored,) = store.articles()
    assert stored.arrived == NOON


def test_a_revised_page_is_another_version_of_it(store: Store) -> None:
    first, second = an_article(), an_article("The ferry is afloat.")
    store.save_article(first, arrived=NOON)
    assert store.save_article(second, arrived=NOON) is Kept.VERSION
    assert [one.article for one in store.versions("https://harbour.example/1#top")] == [first, second]
    assert [one.newest for one in store.versions("https://harbour.example/1")] == [False, True]


def test_a_page_that_goes_back_to_an_earlier_text_has_that_as_its_newest_version(store: Store) -> None:
    first, second = an_article(), an_article("The ferry is afloat.")
    for article in (first, second, first):
        store.save_article(article, arrived=NOON)
    assert [one.article for one in store.unplaced_articles()] == [first]


def test_articles_without_an_address_are_no_versions_of_each_other(store: Store) -> None:
    store.save_article(an_article("One.", url=None), arrived=NOON)
    assert store.save_article(an_article("Two.", url=None), arrived=NOON) is Kept.NEW


def test_a_rejected_item_is_settled_and_says_why(store: Store) -> None:
    store.add_sources([FEED], now=NOON)
    store.save_items(FEED.id, [an_item()], arrived=NOON)
    (waiting,) = store.waiting_items(now=NOON)
    why = Rejected(subject="https://harbour.example/1", reason=Reason.CONSENT_PAGE, detail="asks for cookies")
    store.reject_items(why, [waiting.number], moment=NOON, source=FEED.id)
    assert not store.waiting_items(now=NOON)
    (stored,) = store.rejections_of("https://harbour.example/1")
    assert (stored.reason, stored.source) == (Reason.CONSENT_PAGE, FEED.id)


def test_a_page_that_is_an_article_after_all_is_no_rejection_any_more(store: Store) -> None:
    store.save_rejection(Rejected(subject="https://harbour.example/1", reason=Reason.EMPTY, detail=""), moment=NOON)
    store.save_article(an_article(), arrived=NOON)
    assert not store.rejections()


def test_one_subject_is_rejected_once_for_one_reason(store: Store) -> None:
    for _ in range(3):
        store.save_rejection(Rejected(subject="x", reason=Reason.EMPTY, detail="no text"), moment=NOON)
    store.save_rejection(Rejected(subject="x", reason=Reason.BINARY, detail="a picture"), moment=NOON)
    assert [one.reason for one in store.rejections()] == [Reason.BINARY, Reason.EMPTY]


def test_bytes_that_were_dealt_with_are_known_until_they_change(store: Store) -> None:
    store.add_sources([FEED], now=NOON)
    store.save_page_article(an_article(), an_item(), "a1", arrived=NOON)
    assert store.page_known(FEED.id, an_item().key, "a1")
    assert not store.page_known(FEED.id, an_item().key, "b2")


def test_claims_are_looked_for_once(store: Store) -> None:
    article = an_article()
    store.save_article(article, arrived=NOON)
    assert not store.articles_without_claims()
    store.save_placements([placed(article)])
    assert store.articles_without_claims() == (article,)
    store.save_claims({article.id: []})
    assert not store.articles_without_claims()


def test_claims_come_back_as_they_were(store: Store) -> None:
    article = an_article()
    store.save_article(article, arrived=NOON)
    claim = Claim(article=article.id, source=(article.span(0, 9),), cue=(), content=(article.span(10, 13),))
    store.save_claims({article.id: [claim]})
    assert store.claims_of([article.id, "unknown"]) == (claim,)


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        (None, NOON),
        (date(2026, 3, 13), datetime(2026, 3, 13, 12, tzinfo=UTC)),
        (date(2026, 3, 15), NOON),
        (datetime(2026, 3, 14, 10, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 3, 14, 8, tzinfo=UTC)),
        (datetime(2031, 1, 1, tzinfo=UTC), NOON),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9))), NOON),
    ],
)
def test_an_article_is_of_the_moment_it_gives_but_never_of_the_future(published: date | None, moment: datetime) -> None:
    assert moment_of(published, NOON) == moment


def test_what_was_learnt_of_a_text_comes_back_with_its_claims(store: Store) -> None:
    article = an_article()
    store.save_article(article, arrived=NOON)
    token = Token(0, len(article.text), article.text, article.text, "NNP", "ROOT", 0, "")
    analysis = analysis_of(article.text, [token], [(0, len(article.text))])
    store.save_claims({article.id: []}, {article.id: analysis})
    assert store.analyses_of([article.id, "unknown"]) == {article.id: analysis}


def test_claims_that_were_stored_alone_have_no_analysis(store: Store) -> None:
    article = an_article()
    store.save_article(article, arrived=NOON)
    store.save_claims({article.id: []})
    assert store.analyses_of([article.id]) == {}
