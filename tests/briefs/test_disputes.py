"""Which words deny, and figures that differ."""

import pytest

from nutgraf.briefs.context import figure_differences
from nutgraf.briefs.disputes import denies
from nutgraf.briefs.passages import passages_of
from nutgraf.briefs.wording import word
from nutgraf.model import Article, Claim, Figure, Origin, Story
from tests.briefs.newsroom import LANGUAGE


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("The council of Lund denied that the pier fell.", True),
        ("The council of Lund dismissed the reports as idle.", True),
        ("The captain of Lund was denied entry to the port.", False),
        ("The court of Lund denied bail to the captain.", False),
        ("“I denied it,” the captain of Lund wrote home.", False),
        ("The council of Lund rejected a new pier.", False),
        ("A jury in Lund rejected the claims of the captain.", False),
    ],
)
def test_a_denial_is_told_from_a_refusal(text, does):
    assert denies(word(passages_of(Article(id="a", text=text), (), LANGUAGE)[0])) is does


def test_a_passage_whose_claim_denies_is_a_denial_only_where_its_words_say_no():
    def denied(text):
        article = Article(id="a", text=text)
        whole = (article.span(0, len(text)),)
        claim = Claim(article="a", source=(), cue=(), content=whole, denied=True)
        return denies(word(passages_of(article, (claim,), LANGUAGE)[0]))

    assert denied("The council of Lund said that the pier had not fallen.")
    assert not denied("The council of Lund called the tale of the pier idle.")


def story_of(*figures: tuple[str, float, float]) -> tuple[Story, dict[str, Article], dict[str, list[Claim]]]:
    articles, claims = {}, {}
    for number, (text, low, high) in enumerate(figures):
        key = f"a{number}"
        article = Article(id=key, text=text, outlet=f"Outlet {number}")
        figure = Figure(text=text.split()[0], span=article.span(0, 2), low=low, high=high, counts="ferries")
        claims[key] = [Claim(article=key, source=(), cue=(), content=(article.span(0, len(text)),), figures=(figure,))]
        articles[key] = article
    return Story(id="s", articles=tuple(articles), origins=tuple(Origin((key,)) for key in articles)), articles, claims


def test_figures_that_overlap_agree():
    assert (
        figure_differences(*story_of(("12 grey ferries sailed", 12, 12), ("10 to 15 grey ferries sailed", 10, 15)))
        == ()
    )


def test_figures_of_different_things_are_not_compared():
    found = figure_differences(*story_of(("12 grey ferries sailed", 12, 12), ("20 ferries burned at Tarn", 20, 20)))
    assert found == ()


def test_figures_that_do_not_agree_are_a_table():
    [table] = figure_differences(*story_of(("12 grey ferries sailed", 12, 12), ("20 grey ferries sailed", 20, 20)))
    assert [saying.outlet for saying in table.sayings] == ["Outlet 0", "Outlet 1"]
