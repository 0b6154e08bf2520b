"""What a whole story carries, as other programs read it."""

import json

from tests.cli.commands import lines, nutgraf

TEXTS = {
    "a": "The Harrow mill has sold its land to Dunmore, Mayor Ada Holm said on Friday. The fire hurt 12 workers.",
    "b": "Holm said that the Harrow mill had sold land to Dunmore. The fire at the mill hurt 30 workers.",
    "c": "Dunmore denied that the Harrow mill had sold it any land. Dunmore has a fleet of boats.",
}
STORY = {
    "id": "mill",
    "articles": [
        {"id": key, "title": f"The mill {key}", "outlet": f"Outlet {key}", "text": text, "published": "2026-03-04"}
        for key, text in TEXTS.items()
    ],
}


def test_each_claim_comes_once_with_its_sayings_and_who_denies_it() -> None:
    done = nutgraf("claims", "--stories", "-", given=json.dumps(STORY) + "\n")
    (story,) = lines(done.stdout)
    first = story["claims"][0]
    assert done.returncode == 0, done.stderr
    assert [(one["article"], one["person"]) for one in first["sayings"]] == [("a", "Ada Holm"), ("b", "Ada Holm")]
    assert [one["article"] for one in first["denied_by"]] == ["c"]
    assert first["by_one_alone"] is False


def test_articles_and_stories_together_are_refused_with_the_next_step() -> None:
    done = nutgraf("claims", "articles.jsonl", "--stories", "stories.jsonl")
    assert done.returncode != 0
    assert "Name one file, or use --stories" in done.stderr
