"""What a source does to its entries from one poll to the next, and what becomes of the items."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from nutgraf import run
from nutgraf.desk import Desk
from nutgraf.store.health import Health, health_of, told
from tests.newsroom import FERRY, MAYOR, START, Clock, Outlets, page_of

FEED = "https://weir.example/feed.xml"
Entry = tuple[str, str]  # id and title


def feed_of(*entries: Entry, at: datetime = START, more: str = "") -> bytes:
    """Return a feed of entries a quarter of an hour apart, the newest first; each one's page is named by its id."""
    items = "".join(
        f"<item><guid>https://weir.example/{name}</guid><link>https://weir.example/{name}</link><title>{title}</title>"
        f"<pubDate>{format_datetime(at - number * timedelta(minutes=15))}</pubDate></item>"
        for number, (name, title) in enumerate(entries)
    )
    return f"<rss version='2.0'><channel><title>Weir</title>{more}{items}</channel></rss>".encode()


def follow(desk: Desk, outlets: Outlets, body: bytes) -> None:
    outlets.pages[FEED] = body
    run.add_source(desk, FEED)
    run.poll(desk)


def poll_later(desk: Desk, clock: Clock, outlets: Outlets, body: bytes) -> run.PollReport:
    outlets.pages[FEED] = body
    clock.turn(days=1)
    return run.poll(desk)


FOUR = (("a-weirs", "Basics of weirs"), ("b-ropes", "Care of ropes"), ("c-knots", "On knots"), ("d-oars", "New oars"))


def moved(entries: tuple[Entry, ...]) -> list[Entry]:
    return [(f"archive/{number}", title) for number, (_, title) in enumerate(entries)]


def test_an_address_that_follows_its_corrected_headline_is_another_version_of_one_article(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    old, new = ("ferry-runs-agruond", "Ferry runs agruond"), ("ferry-runs-aground", "Ferry runs aground")
    for slug, title in (old, new):
        outlets.publish("weir", slug, title, FERRY)
    follow(desk, outlets, feed_of(old))
    run.read_items(desk)
    report = poll_later(desk, clock, outlets, feed_of(new))
    assert (report.new_items, report.changed_items) == (0, 1)
    assert run.read_items(desk).versions == 1
    for slug, _ in (old, new):
        versions = desk.store.versions(f"https://weir.example/{slug}")
        assert [one.article.title for one in versions] == [old[1], new[1]]
    assert [one.newest for one in desk.store.articles()].count(True) == 1


def test_a_source_that_renames_everything_brings_only_what_is_new(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, feed_of(*FOUR))
    report = poll_later(desk, clock, outlets, feed_of(("fresh", "A new report"), *moved(FOUR)))
    assert report.new_items == 1


def test_new_names_are_remembered_for_as_long_as_they_are_listed(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, feed_of(*FOUR))
    renamed = moved(FOUR)
    poll_later(desk, clock, outlets, feed_of(*renamed))
    # One after the other the old entries leave the feed: too few are left to tell that all were renamed.
    for gone in range(1, 4):
        fresh = [(f"archive/new{number}", f"Report {number}") for number in range(gone)]
        assert poll_later(desk, clock, outlets, feed_of(*fresh, *renamed[:-gone])).new_items == 1


def test_a_reading_without_entries_does_not_make_a_source_forget_its_names(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    follow(desk, outlets, feed_of(*FOUR))
    poll_later(desk, clock, outlets, feed_of())
    assert poll_later(desk, clock, outlets, feed_of(*moved(FOUR))).new_items == 0


def test_the_same_text_at_another_address_is_no_new_article(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    for entries in (FOUR, moved(FOUR)):
        for number, (slug, title) in enumerate(entries):
            outlets.publish("weir", slug, title, FERRY if number % 2 else MAYOR)
    follow(desk, outlets, feed_of(*FOUR))
    run.read_items(desk)
    poll_later(desk, clock, outlets, feed_of(*moved(FOUR)))
    read = run.read_items(desk)
    assert (read.new, read.versions, read.same) == (0, 0, 4)


def test_the_same_bytes_are_not_read_again(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, feed_of(*FOUR))
    assert poll_later(desk, clock, outlets, feed_of(*FOUR)).unchanged == 1


def test_an_entry_of_the_future_is_of_the_moment_it_came(desk: Desk, outlets: Outlets) -> None:
    follow(desk, outlets, feed_of(("later", "Sale of the year"), at=START + timedelta(days=300)))
    outlets.publish("weir", "later", "Sale of the year", FERRY, at=START + timedelta(days=300))
    run.read_items(desk)
    (stored,) = desk.store.articles()
    assert stored.moment == stored.arrived == START
    assert desk.store.sources()[0].newest == START


def updated(moment: datetime) -> bytes:
    entry = (
        "<entry><id>tag:1</id><link href='https://weir.example/ferry'/><title>Ferry aground</title>"
        f"<published>{START.isoformat()}</published><updated>{moment.isoformat()}</updated></entry>"
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Weir</title>{entry}</feed>".encode()


def test_a_page_that_is_called_updated_at_every_poll_is_read_less_and_less(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    page = outlets.publish("weir", "ferry", "Ferry aground", FERRY)
    follow(desk, outlets, updated(START))
    for _ in range(2 * 24):
        run.read_items(desk)
        clock.turn(minutes=30)
        outlets.pages[FEED] = updated(clock())
        run.poll(desk)
    assert outlets.asked[page] <= 8  # at once, then after 1, 2, 4, 8 … hours


def test_a_page_whose_text_did_change_is_read_at_once_the_next_time(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    page = outlets.publish("weir", "ferry", "Ferry aground", FERRY)
    follow(desk, outlets, updated(START))
    for people in ("212 people", "208 people", "205 people"):
        outlets.pages[page] = page_of("weir", "Ferry aground", FERRY.replace("212 people", people))
        clock.turn(minutes=30)
        outlets.pages[FEED] = updated(clock())
        run.poll(desk)
        run.read_items(desk)
    assert len(desk.store.versions(page)) == 3


@pytest.mark.parametrize("name", ["guid", "link"])
def test_entries_in_another_order_with_other_trackers_change_nothing(
    desk: Desk, outlets: Outlets, clock: Clock, name: str
) -> None:
    def listed(slugs: str, number: int) -> bytes:
        items = "".join(
            f"<item><title>Report {slug}</title><link>https://weir.example/{slug}?mod=rss_{number}</link>"
            + (f"<guid>https://weir.example/{slug}?mod=rss_{number}</guid>" if name == "guid" else "")
            + f"<pubDate>{format_datetime(START)}</pubDate></item>"
            for slug in slugs
        )
        return f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>".encode()

    follow(desk, outlets, listed("abc", 1))
    for number, slugs in enumerate(("cba", "bca", "acb"), start=2):
        report = poll_later(desk, clock, outlets, listed(slugs, number))
        assert (report.new_items, report.changed_items) == (0, 0)
    assert desk.store.counts().items == 3


def test_an_id_that_changes_its_scheme_or_loses_its_host_stays_one_item(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    def spelled(link: str, guid: str) -> bytes:
        entry = f"<item><title>Gauge</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid></item>"
        head = "<title>W</title><link>https://weir.example/</link>"
        return f"<rss version='2.0'><channel>{head}{entry}</channel></rss>".encode()

    here = "https://weir.example/p/8"
    follow(desk, outlets, spelled(here, here))
    for link, guid in (
        (here.replace("https", "http"), here.replace("https", "http")),
        (here, "/p/8"),
        (here, "https://www.weir.example/p/8/"),
    ):
        report = poll_later(desk, clock, outlets, spelled(link, guid))
        assert (report.new_items, report.changed_items) == (0, 0)
    assert [item.address for item, _ in desk.store.last_reading(desk.store.sources()[0].source.id).items] == [here]


def test_a_feed_that_is_no_xml_is_marked_as_repaired_and_not_as_failed(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    broken = feed_of(("a", "Brick\x08layers & masons &ecirc;"), ("b", "Second"))
    outlets.etags[FEED] = '"1"'
    follow(desk, outlets, broken)
    for _ in range(3):  # read, then not changed, then the same bytes again
        (source,) = desk.store.sources()
        assert (source.error, source.failures, source.reason, source.lists) == (None, 0, "repaired", 2)
        assert health_of(source, now=clock()) is Health.HEALTHY
        assert "read all the same" in told(source, now=clock())
        assert run.poll(desk).failed == ()
        clock.turn(hours=10)
        outlets.etags.clear()
    poll_later(desk, clock, outlets, feed_of(("a", "Bricklayers"), ("b", "Second")))
    assert desk.store.sources()[0].reason is None


# when


@pytest.mark.parametrize(("apart", "minutes"), [(1, 10), (60, 30), (6 * 60, 180), (10 * 24 * 60, 24 * 60)], ids=str)
def test_a_source_is_asked_twice_as_often_as_it_brings_something(
    desk: Desk, outlets: Outlets, clock: Clock, apart: int, minutes: int
) -> None:
    entries = "".join(
        f"<item><guid>{n}</guid><title>Report {n}</title>"
        f"<pubDate>{format_datetime(START - timedelta(minutes=apart * n))}</pubDate></item>"
        for n in range(12)
    )
    follow(desk, outlets, f"<rss version='2.0'><channel><title>W</title>{entries}</channel></rss>".encode())
    assert desk.store.sources()[0].next_due - clock() == timedelta(minutes=minutes)


def test_what_a_feed_asks_for_holds_also_when_it_has_not_changed(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    outlets.etags[FEED] = '"1"'
    follow(desk, outlets, feed_of(*FOUR, more="<ttl>300</ttl>"))
    for _ in range(2):
        assert desk.store.sources()[0].next_due - clock() == timedelta(hours=5)
        clock.turn(hours=5)
        run.poll(desk)


def test_a_source_that_fell_quiet_is_asked_more_rarely(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    follow(desk, outlets, feed_of(*FOUR))
    clock.turn(days=3)
    run.poll(desk)
    assert desk.store.sources()[0].next_due - clock() > timedelta(hours=8)


# sources without a feed


def sitemap_of(*slugs: str) -> bytes:
    urls = "".join(
        f"<url><loc>https://weir.example/{slug}</loc><news><title>Report {slug}</title></news></url>" for slug in slugs
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def index_of(*names: str) -> bytes:
    maps = "".join(f"<sitemap><loc>https://weir.example/{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex>{maps}</sitemapindex>".encode()


def test_a_site_without_feeds_is_followed_by_the_news_sitemap_of_its_robots_txt(desk: Desk, outlets: Outlets) -> None:
    outlets.pages["https://weir.example/"] = b"<html><body>Hello</body></html>"
    outlets.pages["https://weir.example/robots.txt"] = b"Sitemap: /all.xml\nSitemap: /news.xml"
    outlets.pages["https://weir.example/all.xml"] = sitemap_of("old")
    outlets.pages["https://weir.example/news.xml"] = sitemap_of("a", "b")
    (source,) = run.add_source(desk, "https://weir.example/")
    assert source.address == "https://weir.example/news.xml"
    assert run.poll(desk).new_items == 2


def test_an_index_is_read_through_its_sitemaps_and_one_that_fails_stops_no_other(
    desk: Desk, outlets: Outlets, clock: Clock
) -> None:
    outlets.pages["https://weir.example/index.xml"] = index_of("news-1.xml", "news-2.xml")
    outlets.pages["https://weir.example/news-2.xml"] = sitemap_of("a", "b")
    run.add_source(desk, "https://weir.example/index.xml")
    assert run.poll(desk).new_items == 2
    clock.turn(hours=1)
    assert run.poll(desk).unchanged == 1
    outlets.pages["https://weir.example/news-2.xml"] = sitemap_of("a", "b", "c")
    clock.turn(hours=1)
    assert run.poll(desk).new_items == 1


def test_a_section_page_brings_the_articles_that_it_links_to(desk: Desk, outlets: Outlets) -> None:
    links = "".join(f"<a href='/2026/03/14/report-of-day-{n}.html'>What was said on day {n}</a>" for n in range(4))
    outlets.pages["https://weir.example/harbour"] = f"<html><body><main>{links}</main></body></html>".encode()
    run.add_source(desk, "https://weir.example/harbour")
    assert run.poll(desk).new_items == 4


def test_a_section_page_learns_from_what_its_links_led_to(desk: Desk, outlets: Outlets, clock: Clock) -> None:
    def section(*links: str) -> bytes:
        listed = "".join(f"<h2><a href='/{one}'>What {one} says of the day</a></h2>" for one in links)
        return f"<html><body><main>{listed}</main></body></html>".encode()

    reports = [f"2026/03/14/report-of-day-{n}" for n in range(4)]
    galleries = [f"photos/week-of-rain-{n}0000" for n in range(4)]
    for slug in reports:
        outlets.publish("weir", slug, f"Report {slug}", f"{slug}. {FERRY}")
    for slug in galleries:
        outlets.pages[f"https://weir.example/{slug}"] = b"<html><body><p>Pictures only.</p></body></html>"
    outlets.pages["https://weir.example/harbour"] = section(*reports, *galleries)
    run.add_source(desk, "https://weir.example/harbour")
    assert run.poll(desk).new_items == 8
    assert run.read_items(desk).rejected == 4
    outlets.pages["https://weir.example/harbour"] = section(
        "2026/03/15/another-report", "photos/week-of-sun-70000", *reports
    )
    clock.turn(days=1)
    assert run.poll(desk).new_items == 1


def test_the_newsletters_of_a_mailbox_become_articles_once(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    letter = "From weir@mail.example Sat Mar 14 07:00:00 2026\nSubject: Ferry aground\nFrom: Weir <w@mail.example>\n"
    (tmp_path / "letters.mbox").write_text(
        f"{letter}Message-ID: <1@w>\n\n{FERRY}\n\n{letter}Message-ID: <2@w>\n\n{MAYOR}\n"
    )
    run.add_source(desk, str(tmp_path / "letters.mbox"))
    run.poll(desk)
    assert sorted(one.article.text for one in desk.store.articles()) == sorted([FERRY, MAYOR])
    assert {one.article.outlet for one in desk.store.articles()} == {"Weir"}
    clock.turn(hours=1)
    assert run.poll(desk).unchanged == 1
