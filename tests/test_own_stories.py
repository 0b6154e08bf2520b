"""The made-up stories that briefs are read beside."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from eval.own_stories import own_stories
from eval.side_by_side import forty

from nutgraf.contract import is_normal

STORIES = own_stories()


def test_there_are_forty_stories_with_those_of_the_demo() -> None:
    assert len(STORIES) == 30
    assert len(forty()) == 40


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_told_by_two_outlets_at_least_at_known_times(name: str) -> None:
    articles = STORIES[name]
    assert len({article.outlet for article in articles}) >= 2
    assert all(article.published and article.title and len(article.text.split()) > 60 for article in articles)


@pytest.mark.parametrize("name", STORIES)
def test_no_outlet_of_a_story_has_an_address_that_can_exist(name: str) -> None:
    for article in STORIES[name]:
        assert (urlsplit(article.url or "").hostname or "").endswith(".example")
        assert is_normal(article.text)


def test_no_text_stands_twice() -> None:
    texts = Counter(article.text for articles in STORIES.values() for article in articles)
    assert set(texts.values()) == {1}
