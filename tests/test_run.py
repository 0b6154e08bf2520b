from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest

from nutgraf import run
from nutgraf.desk import Desk, init_desk, open_desk
from nutgraf.errors import FetchError, InputError, RefusedAddress
from nutgraf.model import Reason, SourceKind
from nutgraf.ports import Sentence, StoredPhoto
from tests.newsroom import FERRY, MAYOR, Clock, Outlets, PlainLanguage, page_of

TODAY = date(2026, 3, 14)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80\x00\x00\x01\xe0\x08\x02\x00\x00\x00"


@pytest.fixture
def outlets() -> Outlets:
    return Outlets()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, outlets: Outlets, clock: Clock) -> Iterator[Desk]:
    init_desk(tmp_path / "desk")
    with open_desk(tmp_path / "desk", environment={}, clock=clock, fetcher=outlets, language=PlainLanguage()) as desk:
        yield desk


def no_answer(address: str, *, status: int | None = None, retry_after: float | None = None) -> FetchError:
    return FetchError(address, "does not answer", "Try later", status=status, retry_after=retry_after)


def follow(desk: Desk, outlets: Outlets, outlet: str, *stories: tuple[str, str, str]) -> str:
    """Let an outlet publish articles (slug, title, text), and follow its feed; returns the feed's address."""
    entries = [(outlets.publish(outlet, slug, title, text), title) for slug, title, text in stories]
    feed = outlets.list_in_feed(outlet, *entries)
    run.add_source(desk, feed)
    return feed


FERRY_STORY = ("ferry", "Ferry with 212 aboard runs aground off Port Verran", FERRY)
MAYOR_STORY = ("mayor", "Oldmere mayor resigns over stadium money", MAYOR)


# adding


def test_a_feed_is_added_by_its_address(desk: Desk, outlets: Outlets) -> None:
    feed = follow(desk, outlets, "harbour", FERRY_STORY)
    (stored,) = desk.store.sources()
    assert (stored.source.kind, stored.source.address) == (SourceKind.FEED, feed)


def test_a_site_is_added_by_the_feed_that_it_names(desk: Desk, outlets: Outlets) -> None:
    feed = outlets.list_in_feed("harbour", ("https://harbour.example/1", "One"))
    link = f"<link rel='alternate' type='application/rss+xml' href='{feed}'>"
    outlets.pages["https://harbour.example"] = f"<html><head>{link}</head><body>Hello</body></html>".encode()
    (source,) = run.add_source(desk, "harbour.example")
    assert (source.kind, source.address) == (SourceKind.FEED, feed)


def test_a_subscription_list_adds_all_its_feeds(desk: Desk, tmp_path: Path) -> None:
    lines = "".join(f"<outline type='rss' text='S{n}' xmlUrl='https://s{n}.example/feed'/>" for n in range(3))
    (tmp_path / "list.opml").write_text(f"<opml version='2.0'><body>{lines}</body></opml>")
    assert len(run.add_source(desk, str(tmp_path / "list.opml"))) == 3
    assert desk.store.counts().sources == 3


def test_a_folder_and_an_archive_are_added_by_their_paths(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "day.warc.gz").write_bytes(b"")
    kinds = [run.add_source(desk, str(tmp_path / name))[0].kind for name in ("pages", "day.warc.gz")]
    assert kinds == [SourceKind.FOLDER, SourceKind.ARCHIVE]


@pytest.mark.parametrize("given", ["no/such/file", "./missing.opml", "nonsense"])
def test_what_is_neither_a_path_nor_an_address_is_refused(desk: Desk, given: str) -> None:
    with pytest.raises(InputError, match="no such file"):
        run.add_source(desk, given)


def test_a_page_that_is_no_source_is_refused_with_what_would_be(desk: Desk, outlets: Outlets) -> None:
    address = outlets.publish("harbour", "ferry", "Ferry aground", FERRY)
    with pytest.raises(InputError, match="section page"):
        run.add_source(desk, address)
    assert desk.store.counts().sources == 0


# polling


def test_a_poll_stores_the_items_and_when_the_next_is_due(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
    report = run.poll(desk)
    assert (report.asked, report.answered, report.new_items, report.failed) == (1, 1, 2, ())
    assert run.poll(desk).asked == 0
    clock.turn(minutes=30)
    assert run.poll(desk).asked == 1


def test_a_bad_source_stops_no_other(desk: Desk, outlets: Outlets) -> None:
    bad = follow(desk, outlets, "bad", FERRY_STORY)
    strange = follow(desk, outlets, "strange", FERRY_STORY)
    follow(desk, outlets, "harbour", FERRY_STORY)
    outlets.pages[bad] = no_answer(bad)
    outlets.pages[strange] = RuntimeError("a fault of ours")
    report = run.poll(desk)
    assert (report.answered, report.new_items) == (1, 1)
    assert [failure.address for failure in report.failed] == [bad, strange]
    reasons = {one.source.address: one.reason for one in desk.store.sources()}
    assert (reasons[bad], reasons[strange]) == ("no-answer", "fault")


def test_a_feed_that_became_a_page_is_a_failure_and_keeps_its_items(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    feed = follow(desk, outlets, "harbour", FERRY_STORY)
    run.poll(desk)
    outlets.pages[feed] = b"<html><body>Down for maintenance</body></html>"
    clock.turn(minutes=30)
    assert len(run.poll(desk).failed) == 1
    (stored,) = desk.store.sources()
    assert (stored.items, stored.failures) == (1, 1)


def test_an_unchanged_feed_is_asked_with_its_validators(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    feed = follow(desk, outlets, "harbour", FERRY_STORY)
    outlets.etags[feed] = '"one"'
    run.poll(desk)
    clock.turn(minutes=30)
    assert run.poll(desk).unchanged == 1


def test_failures_are_tried_again_later_and_later(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    feed = follow(desk, outlets, "harbour", FERRY_STORY)
    outlets.pages[feed] = no_answer(feed, status=500)
    waits = []
    for _ in range(9):
        run.poll(desk)
        (stored,) = desk.store.sources()
        waits.append((stored.next_due - clock.now) / timedelta(minutes=30))
        clock.now = stored.next_due
    assert waits == [1, 2, 4, 8, 16, 32, 48, 48, 48]


@pytest.mark.parametrize(
    ("retry_after", "hours"), [(4 * 3600.0, 4), (-5.0, 0.5), (float("nan"), 0.5), (10.0**9, 24), (None, 0.5)]
)
def test_a_host_that_asks_to_wait_is_left_alone(
    desk: Desk, outlets: Outlets, clock: Clock, retry_after: float | None, hours: float
) -> None:
    feed = follow(desk, outlets, "harbour", FERRY_STORY)
    outlets.pages[feed] = no_answer(feed, status=429, retry_after=retry_after)
    run.poll(desk)
    asked = outlets.asked[feed]
    clock.turn(hours=hours, seconds=-1)
    report = run.poll(desk, only_due=False)
    assert (report.asked, report.spared, outlets.asked[feed]) == (0, 1, asked)
    clock.turn(seconds=1)
    assert run.poll(desk).asked == 1


def test_a_feed_that_is_gone_is_not_asked_again(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    feed = follow(desk, outlets, "harbour", FERRY_STORY)
    outlets.pages[feed] = no_answer(feed, status=410)
    run.poll(desk)
    clock.turn(days=30)
    assert run.poll(desk, only_due=False).asked == 0


# reading


def test_items_become_articles(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    run.poll(desk)
    assert run.read_items(desk).new == 1
    (stored,) = desk.store.articles()
    assert stored.article.text == FERRY
    assert run.read_items(desk) == run.ReadReport()


def test_a_page_that_two_sources_list_is_fetched_once(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    page = "https://harbour.example/ferry"
    for other in ("agency", "digest"):
        run.add_source(desk, outlets.list_in_feed(other, (page, "Ferry")))
        run.poll(desk)
        run.read_items(desk)
    assert outlets.asked[page] == 1


def test_the_same_text_again_is_nothing_new(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    run.poll(desk)
    run.read_items(desk)
    outlets.list_in_feed("harbour", ("https://harbour.example/ferry", "Edited headline of the feed"))
    clock.turn(minutes=30)
    assert run.poll(desk).changed_items == 1
    assert run.read_items(desk).same == 1


def test_a_changed_text_is_a_new_version(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    run.poll(desk)
    run.read_items(desk)
    address = outlets.publish("harbour", *FERRY_STORY[:2], FERRY.replace("212 people", "208 people"))
    outlets.list_in_feed("harbour", (address, "Ferry: correction"))
    clock.turn(minutes=30)
    run.poll(desk)
    assert run.read_items(desk).versions == 1
    assert len(desk.store.versions(address)) == 2


def test_a_page_that_is_no_article_is_rejected_once(desk: Desk, outlets: Outlets) -> None:
    outlets.pages["https://harbour.example/empty"] = b""
    run.add_source(desk, outlets.list_in_feed("harbour", ("https://harbour.example/empty", "Nothing")))
    run.poll(desk)
    assert run.read_items(desk).rejected == 1
    assert desk.store.rejections_of("https://harbour.example/empty")[0].reason is Reason.EMPTY
    assert run.read_items(desk) == run.ReadReport()


def test_a_page_that_does_not_answer_is_tried_again_and_given_up_in_the_end(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    address = "https://harbour.example/slow"
    outlets.pages[address] = no_answer(address)
    run.add_source(desk, outlets.list_in_feed("harbour", (address, "Slow")))
    run.poll(desk)
    reports = []
    for _ in range(6):
        reports.append(run.read_items(desk))
        clock.turn(hours=24)
    assert [one.put_off for one in reports] == [1, 1, 1, 1, 0, 0]
    assert [one.rejected for one in reports] == [0, 0, 0, 0, 1, 0]


def test_a_page_that_the_outlet_reserves_says_so(desk: Desk, outlets: Outlets) -> None:
    address = "https://harbour.example/private"
    outlets.pages[address] = RefusedAddress(
        address, "its outlet's robots.txt asks us not to read it", "It stays unread"
    )
    run.add_source(desk, outlets.list_in_feed("harbour", (address, "Private")))
    run.poll(desk)
    run.read_items(desk)
    assert desk.store.rejections_of(address)[0].reason is Reason.RESERVED


def test_a_folder_of_pages_is_read_once_and_again_when_it_changes(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "ferry.html").write_bytes(page_of("harbour", *FERRY_STORY[1:]))
    (folder / "none.html").write_bytes(b"")
    run.add_source(desk, str(folder))
    run.poll(desk)
    assert desk.store.counts().articles == 1
    assert len(desk.store.rejections()) == 1
    clock.turn(hours=1)
    assert run.poll(desk).unchanged == 1
    (folder / "mayor.html").write_bytes(page_of("harbour", *MAYOR_STORY[1:]))
    clock.turn(hours=1)
    run.poll(desk)
    assert desk.store.counts().articles == 2


def warc_record(slug: str, body: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/{slug}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nWARC-Date: 2026-03-14T09:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_an_archive_is_read_page_by_page(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "day.warc"
    path.write_bytes(
        b"".join(warc_record(slug, page_of("harbour", *rest)) for slug, *rest in (FERRY_STORY, MAYOR_STORY))
    )
    run.add_source(desk, str(path))
    run.poll(desk)
    assert {one.article.url for one in desk.store.articles()} == {
        "https://harbour.example/ferry",
        "https://harbour.example/mayor",
    }
    clock.turn(hours=1)
    assert run.poll(desk).unchanged == 1


def test_a_folder_that_went_away_is_a_failure(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    run.add_source(desk, str(folder))
    folder.rmdir()
    assert "No such file" in run.poll(desk).failed[0].problem


# stories, briefs, editions


def up_to_stories(desk: Desk) -> run.GroupReport:
    run.poll(desk)
    run.read_items(desk)
    return run.group(desk)


def test_articles_of_one_event_become_one_story(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
    follow(
        desk, outlets, "coast", ("aground", "Ferry Marisol aground near Port Verran", FERRY.replace("people", "souls"))
    )
    assert up_to_stories(desk).placed == 3
    assert sorted(one.articles for one in desk.store.stories()) == [1, 2]


def test_grouping_in_two_runs_gives_the_same_stories_as_in_one(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    up_to_stories(desk)
    names = {one.id for one in desk.store.stories()}
    clock.turn(minutes=30)
    follow(
        desk, outlets, "coast", ("aground", "Ferry Marisol aground near Port Verran", FERRY.replace("people", "souls"))
    )
    up_to_stories(desk)
    assert {one.id: one.articles for one in desk.store.stories()} == dict.fromkeys(names, 2)


def test_only_stories_that_changed_are_composed(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
    up_to_stories(desk)
    assert run.compose(desk).composed == 2
    assert run.compose(desk) == run.ComposeReport()
    follow(
        desk, outlets, "coast", ("aground", "Ferry Marisol aground near Port Verran", FERRY.replace("people", "souls"))
    )
    up_to_stories(desk)
    assert run.compose(desk).composed == 1


def test_a_corrected_page_gives_its_story_a_new_brief_under_the_same_name(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    up_to_stories(desk)
    run.compose(desk)
    (name,) = [one.id for one in desk.store.stories()]
    clock.turn(minutes=30)
    address = outlets.publish("harbour", *FERRY_STORY[:2], FERRY.replace("212 people", "208 people"))
    outlets.list_in_feed("harbour", (address, "Ferry: correction"))
    up_to_stories(desk)
    run.compose(desk)
    new, old = desk.store.brief_history(name)
    assert "208" in new.brief.lines[0].text
    assert "212" in old.brief.lines[0].text
    assert new.brief.coverage.outlets == 1


def test_stories_of_one_outlet_can_be_left_out(desk: Desk, outlets: Outlets) -> None:
    desk.settings = replace(desk.settings, single_outlet=False)
    follow(desk, outlets, "harbour", FERRY_STORY)
    up_to_stories(desk)
    assert run.compose(desk).kept == 1
    assert "single_outlet" in desk.store.rejections()[0].detail


def test_an_edition_has_the_stories_of_its_day_the_widest_first(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
    follow(
        desk, outlets, "coast", ("aground", "Ferry Marisol aground near Port Verran", FERRY.replace("people", "souls"))
    )
    up_to_stories(desk)
    assert run.compose(desk).days == (TODAY,)
    assert run.make_edition(desk, TODAY) == 2
    edition = desk.store.latest_edition()
    assert edition is not None
    assert [brief.coverage.outlets for brief in edition.briefs] == [2, 1]
    assert run.make_edition(desk, TODAY + timedelta(days=1)) == 0
    assert desk.store.edition_days() == (TODAY,)


def test_a_correction_brings_its_story_back_on_the_day_on_which_it_came(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    up_to_stories(desk)
    run.make_editions(desk, run.compose(desk))
    clock.turn(days=1)
    address = outlets.publish("harbour", *FERRY_STORY[:2], FERRY.replace("212 people", "208 people"))
    outlets.list_in_feed("harbour", (address, "Ferry: correction"))
    up_to_stories(desk)
    run.make_editions(desk, run.compose(desk))
    edition = desk.store.edition(TODAY + timedelta(days=1))
    assert edition is not None
    assert "208" in edition.briefs[0].lines[0].text


def test_a_story_without_news_is_not_in_the_next_days_edition(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    up_to_stories(desk)
    run.make_editions(desk, run.compose(desk))
    clock.turn(days=1)
    follow(desk, outlets, "coast", MAYOR_STORY)
    outlets.publish("coast", *MAYOR_STORY, at=clock.now)
    up_to_stories(desk)
    run.make_editions(desk, run.compose(desk))
    editions = {day: len(edition.briefs) for day in desk.store.edition_days() if (edition := desk.store.edition(day))}
    assert editions == {TODAY: 1, TODAY + timedelta(days=1): 1}


# photos


def with_photo(desk: Desk, outlets: Outlets, body: bytes | Exception) -> str:
    """Let a story have a picture; returns its address."""
    url = "https://harbour.example/ferry.jpg"
    address = outlets.publish("harbour", *FERRY_STORY)
    caption = "The Marisol on the sandbank. Photo: Ida Brenn"
    figure = f"<figure><img src='{url}' width='800' height='600'><figcaption>{caption}</figcaption></figure>"
    page = outlets.pages[address]
    assert isinstance(page, bytes)
    outlets.pages[address] = page.replace(b"</h1>", f"</h1>{figure}".encode())
    outlets.pages[url] = body
    run.add_source(desk, outlets.list_in_feed("harbour", (address, FERRY_STORY[1])))
    up_to_stories(desk)
    run.compose(desk)
    return url


def test_the_picture_of_a_brief_is_stored_under_its_true_type(desk: Desk, outlets: Outlets) -> None:
    url = with_photo(desk, outlets, PNG)
    assert run.fetch_photos(desk) == 1
    assert desk.store.photo(url) == StoredPhoto(PNG, "image/png", 640, 480)
    assert run.fetch_photos(desk) == 0


@pytest.mark.parametrize("body", [b"<svg onload='alert(1)'/>", FetchError("x", "does not answer", "Try later")])
def test_what_is_no_picture_is_a_rejection_and_tried_again_after_a_day(
    desk: Desk, outlets: Outlets, clock: Clock, body: bytes | Exception
) -> None:
    url = with_photo(desk, outlets, body)
    assert (run.fetch_photos(desk), len(desk.store.rejections_of(url))) == (0, 1)
    run.fetch_photos(desk)
    assert outlets.asked[url] == 1
    clock.turn(days=1, seconds=1)
    outlets.pages[url] = PNG
    assert run.fetch_photos(desk) == 1
    assert not desk.store.rejections_of(url)


# why


def test_why_knows_an_article_by_id_and_by_address(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    up_to_stories(desk)
    run.compose(desk)
    (stored,) = desk.store.articles()
    by_id, by_address = run.why(desk, stored.article.id), run.why(desk, "https://harbour.example/ferry")
    assert by_id.article is not None
    assert by_id.article == by_address.article
    assert by_id.article.cited_by
    assert [state for _, state in by_id.items] == ["read"]


def test_why_knows_a_story_and_its_origins(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    follow(desk, outlets, "coast", ("copy", FERRY_STORY[1], FERRY))
    up_to_stories(desk)
    (story,) = desk.store.stories()
    found = run.why(desk, story.id).story
    assert found is not None
    assert [len(origin.articles) for origin in found.origins] == [2]


def test_why_knows_what_was_dropped_and_what_it_never_saw(desk: Desk, outlets: Outlets) -> None:
    outlets.pages["https://harbour.example/empty"] = b""
    run.add_source(desk, outlets.list_in_feed("harbour", ("https://harbour.example/empty", "Nothing")))
    up_to_stories(desk)
    assert run.why(desk, "https://harbour.example/empty").rejections
    assert not run.why(desk, "https://harbour.example/never")


# the whole way


def test_a_cycle_goes_the_whole_way_and_a_second_one_changes_nothing(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
    steps = set()
    first = run.cycle(desk, progress=lambda step, done, total, subject: steps.add(step))
    assert (first.read.new, first.grouped.placed, first.composed.composed) == (2, 2, 2)
    assert steps == {"poll", "read", "group", "claims", "compose"}
    assert desk.store.rejections() == ()
    before = desk.store.counts()
    second = run.cycle(desk, only_due=False)
    assert (second.read, second.composed) == (run.ReadReport(), run.ComposeReport())
    assert desk.store.counts() == before


def test_a_run_that_was_ended_anywhere_is_taken_up_without_loss(tmp_path: Path) -> None:
    def briefs_of(name: str, *, end_after: int) -> tuple[object, object]:
        outlets, told = Outlets(), [0]

        def progress(step: str, done: int, total: int, subject: str) -> None:
            told[0] += 1
            if told[0] == end_after:
                raise KeyboardInterrupt

        init_desk(tmp_path / name)
        with open_desk(
            tmp_path / name, environment={}, clock=Clock(), fetcher=outlets, language=PlainLanguage()
        ) as desk:
            follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
            follow(desk, outlets, "coast", FERRY_STORY)
            with suppress(KeyboardInterrupt):
                run.cycle(desk, progress=progress)
            run.cycle(desk)
            return desk.store.counts(), desk.store.latest_edition()

    whole = briefs_of("whole", end_after=0)
    for number in range(1, 11):
        assert briefs_of(f"ended-{number}", end_after=number) == whole


def test_a_story_that_cannot_be_composed_stops_no_other(desk: Desk, outlets: Outlets) -> None:
    class Stumbling(PlainLanguage):
        def sentences(self, text: str) -> Sequence[Sentence]:
            if "ferry" in text:
                raise RuntimeError("a fault of ours")
            return super().sentences(text)

    desk = Desk(desk.folder, desk.settings, desk.store, clock=desk.clock, fetcher=outlets, language=Stumbling())
    follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
    up_to_stories(desk)
    report = run.compose(desk)
    assert (report.composed, report.kept) == (1, 1)
    assert "a fault of ours" in desk.store.rejections()[0].detail


def test_running_ends_when_it_is_told_to(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY)
    stop, reports = Event(), []

    def report(one: run.CycleReport) -> None:
        reports.append(one)
        stop.set()

    run.keep_running(desk, stop=stop, report=report)
    assert len(reports) == 1


def test_running_ends_in_the_middle_of_a_round_and_loses_nothing(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, "harbour", FERRY_STORY, MAYOR_STORY)
    stop, reports = Event(), []
    run.keep_running(desk, stop=stop, progress=lambda *_: stop.set(), report=reports.append)
    assert reports == []
    assert desk.store.counts().articles == 0
    assert run.cycle(desk).read.new == 2


def test_the_same_input_gives_the_same_briefs(tmp_path: Path) -> None:
    briefs = []
    for name in ("one", "other"):
        outlets = Outlets()
        init_desk(tmp_path / name)
        with open_desk(
            tmp_path / name, environment={}, clock=Clock(), fetcher=outlets, language=PlainLanguage()
        ) as desk:
            for outlet in ("harbour", "coast", "agency"):
                follow(desk, outlets, outlet, FERRY_STORY, MAYOR_STORY)
            run.cycle(desk)
            edition = desk.store.latest_edition()
            briefs.append(edition)
    assert briefs[0] == briefs[1]
