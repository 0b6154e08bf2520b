from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.model import Article, Edition, Line, Reason, Rejected
from nutgraf.ports import PhotoSize, Question, StoredBriefs, StoredPhoto
from nutgraf.store.database import Store
from tests.store.examples import NOON, a_brief, an_article, placed, with_photo

DAY = date(2026, 3, 14)


def saved(store: Store, text: str = "The ferry ran aground.", *, page: int = 1, story: str = "ferry") -> Article:
    article = an_article(text, url=f"https://harbour.example/{page}")
    store.save_article(article, arrived=NOON)
    store.save_placements([placed(article, story)])
    return article


def test_the_store_is_what_readers_pages_ask_for(store: Store) -> None:
    briefs: StoredBriefs = store
    assert briefs.latest_edition() is None


def test_a_placed_article_is_not_placed_again(store: Store) -> None:
    article = an_article()
    store.save_article(article, arrived=NOON)
    assert [one.article for one in store.unplaced_articles()] == [article]
    store.save_placements([placed(article)])
    assert not store.unplaced_articles()
    assert store.placement_of(article.id) == placed(article)


def test_a_story_goes_by_the_name_that_it_was_merged_into(store: Store) -> None:
    article = saved(store, story="old")
    store.save_placements([placed(article, "middle")], {"old": "middle"})
    store.save_placements([placed(article, "new")], {"middle": "new"})
    assert [store.current_name(name) for name in ("old", "middle", "new", "unknown")] == ["new", "new", "new", None]


def test_the_brief_of_a_merged_story_is_history(store: Store) -> None:
    article = saved(store, story="old")
    store.save_brief(a_brief(article, story="old", topics=("Sea",)), composed=NOON, composed_from="1")
    store.save_placements([placed(article, "new")], {"old": "new"})
    assert store.topics(limit=9) == ()
    assert store.search(Question(topic="sea"), limit=9) == ()
    assert store.brief("old") is None
    assert len(store.brief_history("old")) == 1


def test_a_story_holds_the_newest_version_of_each_page(store: Store) -> None:
    first = saved(store)
    copy = saved(store, "The ferry ran aground. (Agency)", page=2)
    store.save_placements([placed(copy, origin=first.id)])
    second = saved(store, "The ferry is afloat.")
    store.save_placements([placed(second, origin=first.id)])
    placements = {one.placement.article: one.placement.origin for one in store.placed_in("ferry")}
    assert placements == {second.id: None, copy.id: second.id}


def test_a_story_left_with_replaced_versions_alone_leads_on(store: Store) -> None:
    saved(store, story="old")
    second = saved(store, "Something else.", story="new")
    assert store.left_behind({second.id: "new"}) == {"old": "new"}


def test_a_brief_that_says_the_same_is_not_stored_again(store: Store) -> None:
    brief = a_brief(saved(store))
    assert store.save_brief(brief, composed=NOON, composed_from="1")
    assert not store.save_brief(brief, composed=NOON, composed_from="2")
    assert len(store.brief_history("ferry")) == 1
    assert store.contents()["ferry"].composed_from == "2"


def test_the_history_of_a_brief_is_kept_the_newest_first(store: Store) -> None:
    first = a_brief(saved(store))
    second = a_brief(saved(store, "The ferry is afloat."))
    for brief in (first, second):
        store.save_brief(brief, composed=NOON, composed_from="")
    assert [one.brief for one in store.brief_history("ferry")] == [second, first]
    assert store.brief("ferry") == second


def test_a_brief_that_cannot_pass_keeps_the_last_good_one(store: Store) -> None:
    brief = a_brief(saved(store))
    store.save_brief(brief, composed=NOON, composed_from="1")
    why = Rejected(subject="ferry", reason=Reason.NOTHING_TO_SAY, detail="no line passes")
    store.keep_brief("ferry", why, composed=NOON, composed_from="2")
    assert store.brief("ferry") == brief
    assert store.rejections_of("ferry")[0].detail == "no line passes"


def test_an_edition_keeps_its_order_and_the_versions_of_its_briefs(store: Store) -> None:
    first = a_brief(saved(store))
    other = a_brief(saved(store, "The mayor resigns.", page=2, story="mayor"), story="mayor")
    for brief in (first, other):
        store.save_brief(brief, composed=NOON, composed_from="")
    numbers = {one.brief.id: one.number for one in store.briefs()}
    store.save_edition(DAY, [numbers["mayor"], numbers["ferry"]], made=NOON)
    store.save_brief(a_brief(saved(store, "The ferry is afloat.")), composed=NOON, composed_from="")
    assert store.latest_edition() == Edition(DAY, (other, first))
    assert store.edition(DAY + timedelta(days=1)) is None
    assert store.edition_days() == (DAY,)


def test_topics_count_stories_by_their_newest_brief(store: Store) -> None:
    article = saved(store)
    store.save_brief(a_brief(article, topics=("Sea", "Law", "Sea")), composed=NOON, composed_from="")
    store.save_brief(a_brief(article, topics=("Sea",)), composed=NOON, composed_from="")
    mayor = a_brief(saved(store, "The mayor resigns.", page=2, story="mayor"), story="mayor", topics=("Law", "Sea"))
    store.save_brief(mayor, composed=NOON, composed_from="")
    assert store.topics(limit=9) == (("Sea", 2), ("Law", 1))
    assert store.topics(limit=1) == (("Sea", 2),)
    assert [brief for _, brief in store.search(Question(topic="law"), limit=9)] == [mayor]


def test_a_photo_is_wanted_until_it_is_stored(store: Store) -> None:
    url = "https://harbour.example/1.jpg"
    store.save_brief(with_photo(a_brief(saved(store)), url), composed=NOON, composed_from="")
    assert store.photos_wanted(rejected_before=NOON) == (url,)
    photo = StoredPhoto(b"\x00\xff", "image/png", 3, 2)
    store.save_photo(url, photo)
    assert store.photo(url) == photo
    assert store.photos_wanted(rejected_before=NOON) == ()


def test_a_rejected_photo_is_wanted_again_later(store: Store) -> None:
    url = "https://harbour.example/1.jpg"
    store.save_brief(with_photo(a_brief(saved(store)), url), composed=NOON, composed_from="")
    store.save_rejection(Rejected(subject=url, reason=Reason.UNREADABLE, detail="no answer"), moment=NOON)
    assert store.photos_wanted(rejected_before=NOON - timedelta(days=1)) == ()
    assert store.photos_wanted(rejected_before=NOON) == (url,)


def test_stories_are_listed_with_their_headline_the_latest_first(store: Store) -> None:
    store.save_brief(a_brief(saved(store)), composed=NOON, composed_from="")
    saved(store, "The mayor resigns.", page=2, story="empty of briefs")
    listed = {one.id: (one.articles, one.headline) for one in store.stories()}
    assert listed == {"ferry": (1, "The ferry ran aground."), "empty of briefs": (1, None)}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=60).filter(str.strip))
def test_any_text_of_a_brief_comes_back_as_it_was(store: Store, text: str) -> None:
    article = replace(an_article("x"), text=text, title=text)
    brief = a_brief(article, topics=(text,))
    brief = replace(brief, headline=Line(text=text, citations=brief.lines[0].citations, speaker=text, chain=(text,)))
    store.save_brief(brief, composed=NOON, composed_from="")
    assert store.brief("ferry") == brief
    assert store.topics(limit=9) == ((text, 1),)


def test_the_sizes_of_pictures_are_told_without_the_pictures(store: Store) -> None:
    store.save_photo("https://x.example/a.png", StoredPhoto(b"a", "image/png", 3, 2))
    store.save_photo("https://x.example/b.png", StoredPhoto(b"b", "image/webp", 5, 4))
    told = store.photo_sizes(["https://x.example/b.png", "https://x.example/none.png"])
    assert told == {"https://x.example/b.png": PhotoSize("image/webp", 5, 4)}
    assert store.photo_sizes([]) == {}


def test_corrected_reports_are_told_with_the_story_that_rests_on_them(store: Store) -> None:
    notes = ('Correction: it was "Monday", not Tuesday.',)
    plain = saved(store, "The pier closed.", page=2, story="pier")
    corrected = replace(an_article(), corrections=notes, language="en")
    store.save_article(corrected, arrived=NOON)
    store.save_placements([placed(corrected)])
    assert store.corrected(since=NOON - timedelta(days=1), limit=9) == ()
    for article, story in ((plain, "pier"), (corrected, "ferry")):
        store.save_brief(a_brief(article, story=story), composed=NOON, composed_from=story)
    (told,) = store.corrected(since=NOON - timedelta(days=1), limit=9)
    assert store.corrected(story="ferry", limit=9) == (told,)
    assert store.corrected(story="pier", limit=9) == ()
    assert (told.story, told.notes, told.outlet, told.language) == ("ferry", notes, "Harbour Post", "en")
    assert told.headline == "The ferry ran aground."
    assert store.corrected(since=NOON + timedelta(days=1), limit=9) == ()
