"""Which words deny, and figures that differ."""

from dataclasses import replace

import pytest

from nutgraf.briefs.context import figure_differences
from nutgraf.briefs.disputes import answers, denies, disputes_among, each_denial_once, says_the_same, with_denials
from nutgraf.briefs.passages import passages_of
from nutgraf.briefs.wording import word
from nutgraf.briefs.words import content_words
from nutgraf.model import Article, Citation, Claim, Dispute, Figure, Line, Origin, Span, Story
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
        ("Pilots without papers will be denied the pier of Lund.", False),
        ("The council would deny the stay that pilots of Lund had sought.", False),
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


@pytest.mark.parametrize(
    ("denial", "claim", "does"),
    [
        ("The port denied that an alarm was switched off.", "Inspectors ask whether an alarm was disabled.", True),
        ("The port denied any breach of safety rules.", "Nine divers were lifted out of the port alive.", False),
        ("Jo Harrow denied that he had read the memo.", "A memo had warned his office in March.", True),
        ("Jo Harrow's lawyer denied that he had spoken of meat.", "Jo Harrow failed a second test.", False),
        ("The port denied the allegations.", "The pier of Lund fell on Monday.", True),
        ("Sund denied that Norvik had ferries.", "Norvik's ferries were painted grey.", True),
        ("Jo Harrow denied that ten minutes of the film were made so.", "A rival's film was better, she said.", False),
    ],
)
def test_a_denial_answers_what_it_says_is_not_so(denial, claim, does):
    assert answers(denial, frozenset(content_words(claim))) is does


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The council called the tales of cracks a hoax.", "The council denied the reports, a “hoax”.", True),
        ("The council of Lund denied the reports.", "Captain Aalto denied that her divers had seen cracks.", True),
        (
            "The council of Lund denied that the pier had cracks.",
            "Captain Aalto of the port denied that any ferry had been sold to Norvik.",
            False,
        ),
    ],
)
def test_a_denial_that_adds_nothing_is_told_from_another(one, other, same):
    first, second = (
        word(passages_of(Article(id=key, text=text), (), LANGUAGE)[0]) for key, text in (("a", one), ("b", other))
    )
    assert says_the_same(first, second) is same


def told(key: str, text: str) -> Line:
    return Line(text=text, citations=(Citation(Span(key, 0, len(text)), text),))


CRACKS, FERRY = told("a", "Divers found cracks in the pier."), told("b", "A grey ferry was sold to Norvik.")
DENIAL = told("c", "The council denied that the pier had cracks.")


def test_a_denial_stands_in_one_dispute_with_the_claim_that_it_shares_most_with():
    assert each_denial_once([Dispute(FERRY, DENIAL), Dispute(CRACKS, DENIAL)]) == (Dispute(CRACKS, DENIAL),)


def test_a_denied_line_keeps_where_it_is_denied():
    lines = with_denials([CRACKS, FERRY], [Dispute(CRACKS, DENIAL)])
    assert [line.denied_by for line in lines] == [DENIAL.citations, ()]


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


def test_envoys_of_two_countries_are_no_table():
    two = ("12 Velnia ferries sailed to the old pier", 12, 12), ("20 Sund ferries sailed to the old pier", 20, 20)
    assert figure_differences(*story_of(*two)) == ()
    assert figure_differences(*story_of(*((text.replace("Sund", "Velnia"), low, high) for text, low, high in two)))


def test_figures_that_do_not_agree_are_a_table():
    [table] = figure_differences(*story_of(("12 grey ferries sailed", 12, 12), ("20 grey ferries sailed", 20, 20)))
    assert [saying.outlet for saying in table.sayings] == ["Outlet 0", "Outlet 1"]


def test_one_word_of_many_is_enough_where_the_denial_stands_close_behind():
    denial = "The port denied that it had received complaints on that section of line."
    told = frozenset(content_words("The line sparked."))
    assert answers(denial, told, close=True)
    assert not answers(denial, told)


def test_a_line_that_has_its_own_denial_is_not_what_another_denies():
    own = told("a", "Ines Aalto praised the draft deal. Her spokesman had denied the draft deal.")
    denial = replace(told("b", "A spokesman denied that there was any draft deal for Aalto."), denied=True)
    assert disputes_among([own, denial], [denial]) == ()
    assert disputes_among([told("a", "Ines Aalto praised the draft deal of the spokesman."), denial], [denial])
