"""What editors decided holds, whatever the words say."""

from datetime import date

from nutgraf.model import Article, Ruling
from nutgraf.stories import Grouping, Rulings

DAY = date(2026, 3, 3)
FERRY = (
    "A ferry, the Linda Rose, capsized off Karsa on Tuesday with 112 aboard. The coast guard pulled 70 from the bay."
)
STRIKE = (
    "Teachers in Arlen ended a six-week strike on Sunday after the city offered 7%. Rosa Timm called the deal fair."
)


def article(key: str, text: str) -> Article:
    return Article(id=key, title=text.split(".")[0], text=f"{text} ({key})", published=DAY)


FOUR = [article("a", FERRY), article("b", FERRY), article("c", FERRY), article("d", STRIKE)]


def stories(grouping: Grouping) -> set[str]:
    found: dict[str, str] = {}
    for placement in grouping.placements():
        found[placement.story] = found.get(placement.story, "") + placement.article
    return set(found.values())


def ruled(*made: Ruling) -> Grouping:
    grouping = Grouping()
    grouping.rule(Rulings(made))
    for one in FOUR:
        grouping.place(one)
    return grouping


def test_without_a_ruling_the_words_decide() -> None:
    assert stories(ruled()) == {"abc", "d"}


def test_a_split_holds_as_later_articles_come() -> None:
    grouping = ruled(Ruling(together=False, one=("b",), other=("a", "c")))
    assert {"b", "d"} <= stories(grouping)
    grouping.place(article("e", FERRY))
    assert not {"ab", "abce", "abe"} & stories(grouping)
    assert not any("a" in story and "b" in story for story in stories(grouping))


def test_a_merge_joins_what_has_no_word_in_common() -> None:
    assert stories(ruled(Ruling(together=True, one=("a",), other=("d",)))) == {"abcd"}


def test_a_later_ruling_goes_before_an_earlier_one() -> None:
    merge, split = Ruling(together=True, one=("a",), other=("d",)), Ruling(together=False, one=("d",), other=("a",))
    assert stories(ruled(merge, split)) == {"abc", "d"}
    assert stories(ruled(split, merge)) == {"abcd"}


def test_the_grounds_name_the_editor() -> None:
    grouping = ruled(Ruling(together=True, one=("a",), other=("d",)))
    assert "an editor put it here" in grouping.placement("d").grounds


def test_a_ruling_made_later_is_heeded_when_stories_are_formed_anew() -> None:
    grouping = ruled()
    grouping.moved()
    grouping.rule(Rulings([Ruling(together=False, one=("a",), other=("b", "c"))]))
    grouping.regroup(["a", "b", "c"])
    assert stories(grouping) == {"a", "bc", "d"}
    assert grouping.moved()
