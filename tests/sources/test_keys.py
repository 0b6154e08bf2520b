"""Items that their source renames keep their keys."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nutgraf.model import Item
from nutgraf.sources import keep_addresses, keep_keys
from nutgraf.sources.keys import Identity, keys_for

MORNING = datetime(2026, 3, 4, 7, tzinfo=UTC)


def item(key: str, title: str, *, hours: int = 0, summary: str = "Five steps and a drawing.") -> Item:
    return Item(
        source="s", key=key, address=None, title=title, summary=summary, published=MORNING + timedelta(hours=hours)
    )


def keys(items: tuple[Item, ...]) -> list[str]:
    return [item.key for item in items]


def test_a_corrected_headline_whose_id_follows_it_is_the_same_item() -> None:
    old, new = item("a", "Build a your own mill wheel"), item("b", "Build your own mill wheel")
    assert keep_keys([new], [old]) == (replace(new, key="a"),)


def test_another_item_of_the_same_hour_is_another_one() -> None:
    old = item("a", "Build your own mill wheel")
    assert keys(keep_keys([item("b", "Council votes on the weir")], [old])) == ["b"]
    assert keys(keep_keys([item("b", "Build your own mill wheels", hours=1)], [old])) == ["b"]
    assert keys(keep_keys([item("b", "Build your own mill wheels", summary="Other.")], [old])) == ["b"]
    assert keys(keep_keys([item("b", "Build your own mill wheels"), old], [old])) == ["b", "a"]


def test_a_source_that_changes_all_of_its_ids_brings_only_what_is_new() -> None:
    titles = ["Basics of weirs", "Care of ropes", "On knots"]
    old = [item(f"t{n}", title, hours=n) for n, title in enumerate(titles)]
    new = [item(f"u{n}", title, hours=n + 9) for n, title in enumerate([*titles, "A new report"])]
    assert keys(keep_keys(new, old)) == ["t0", "t1", "t2", "u3"]


def test_titles_that_stand_twice_prove_nothing() -> None:
    old = [item(f"t{n}", "Weather", hours=n) for n in range(4)]
    new = [item(f"u{n}", "Weather", hours=n + 9) for n in range(4)]
    assert keys(keep_keys(new, old)) == ["u0", "u1", "u2", "u3"]


def test_an_address_that_changed_in_scheme_or_trackers_alone_is_the_known_one() -> None:
    old = replace(item("a", "Mill"), address="https://www.mill.example/a?id=1&utm_source=x")
    for same in ("http://mill.example/a/?id=1", "https://mill.example/a?mod=rss_7&id=1"):
        (kept,) = keep_addresses([replace(old, address=same)], [old])
        assert kept.address == old.address
    for other in (
        "https://mill.example/a?id=2",
        "https://mill.example/b?id=1",
        "https://elsewhere.example/a?id=1",
        None,
    ):
        (kept,) = keep_addresses([replace(old, address=other)], [old])
        assert kept.address == other


ONE_ARTICLE = [
    "https://mill.example/story/118/7?from=list_2",
    "https://mill.example/story/118/7?from=list_1",
    "http://www.mill.example/story/118/7/",
    "https://MILL.example/story/118/7?utm_source=rss&utm_medium=feed#top",
    "https://mill.example:443/story/118/7?fbclid=x&amp",
]


@pytest.mark.parametrize("link", ONE_ARTICLE)
def test_an_entry_is_the_same_by_whatever_way_its_address_is_written(link: str) -> None:
    written = [Identity(guid="", link=one, title="Mill", moment="") for one in (ONE_ARTICLE[0], link)]
    assert keys_for(written[:1], base="") == keys_for(written[1:], base="")


def test_a_number_in_the_query_tells_two_articles_apart() -> None:
    one, other = (
        Identity(guid="", link=f"https://mill.example/info.php?Serial={n}", title="Mill", moment="") for n in (71, 72)
    )
    assert keys_for([one], base="") != keys_for([other], base="")
