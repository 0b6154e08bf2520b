"""The denial beside its claim."""

import pytest

from nutgraf.briefs import compose
from nutgraf.briefs.answers import Answers
from nutgraf.briefs.disputes import denies, near_answers
from nutgraf.briefs.passages import passages_of
from nutgraf.briefs.related import Known
from nutgraf.briefs.wording import word
from nutgraf.claims import find_claims
from nutgraf.model import Article, Brief
from nutgraf.nlp import open_language
from tests.briefs.newsroom import lone_story

LANGUAGE = open_language()


def wordings(text):
    """Return the wordings of an article with its claims."""
    article = Article(id="a", text=text, language="en", outlet="Harbour Post")
    return [word(passage) for passage in passages_of(article, find_claims(article, LANGUAGE), LANGUAGE)]


LEDE = "The old pier of Lund fell into the sea on Monday, and the port was closed.\n\n"


@pytest.mark.parametrize(
    "answered",
    [
        "Residents say the power line had been sparking for weeks. The utility denied any complaints about that line.",
        "The haulier said the limit had not been signposted since the roadworks. The roads agency denied that.",
        "The contract was changed to save money, two people said. The board denied that cost had been decisive.",
        "Jo Harrow accuses the Coast Line of greed.\n\nThe Coast Line denied being involved in any sale of stones.",
    ],
)
def test_a_denial_answers_what_somebody_else_has_said_just_before(answered):
    assert near_answers(wordings(LEDE + answered)) == {1: 2}


@pytest.mark.parametrize(
    "text",
    [
        "Jo Harrow said the pier was sound. Jo Harrow denied that any stones had been sold.",
        "Jo Harrow said the ferry was late.\n\nThe ministry of Sund denied that taxes would rise.",
        "The Harbour Post could not verify the accounts. The ministry of Sund denied the accounts.",
        "Two boats sank with all their nets. The ministry of Sund denied that.",
        "Jo Harrow said the ferry was late. Manager Rolf Engen said that the goal should not have stood.",
    ],
)
def test_no_denial_of_ones_own_word_of_another_matter_or_of_what_nobody_has_said(text):
    assert near_answers(wordings(LEDE + text)) == {}


def answers(text, budget=100):
    """Return the denials of an article's wordings, and these."""
    told = wordings(text)
    denying = [one for one in told if denies(one) and not one.leans]
    return told, Answers(
        wordings=told,
        near=near_answers(told),
        denying=[one for one in denying if not one.text.endswith("denied that.")],
        relations=Known(),
        is_whole=lambda wording: not wording.text.endswith("denied that."),
        budget=budget,
    )


LEANING = "The haulier said the limit had not been signposted since the roadworks. The roads agency denied that."


def test_a_denial_that_points_back_follows_its_claim_in_one_bullet():
    (lede, claim, _), known = answers(LEDE + LEANING)
    [bullet] = known.beside(lede, [claim]).bullets
    assert bullet.text == LEANING
    assert not denies(bullet)  # it is the haulier's


STANDING = "Residents say the power line had been sparking. The utility denied any complaints about the power line."


def test_the_denial_of_a_bullet_is_put_in_beside_it():
    (lede, claim, denial), known = answers(LEDE + STANDING)
    answered = known.beside(lede, [claim])
    assert answered.bullets == [claim, denial]
    assert answered.answers == {id(claim): denial}


def test_what_a_denial_among_the_bullets_denies_is_put_in():
    (lede, claim, denial), known = answers(LEDE + STANDING)
    answered = known.beside(lede, [denial])
    assert claim in answered.bullets
    assert answered.answers == {id(claim): denial}


def test_a_bullet_makes_room_for_a_denial_but_never_the_one_that_is_denied():
    (lede, other, claim, denial), known = answers(f"{LEDE}Two boats sank with nets. {STANDING}", budget=18)
    assert known.beside(lede, [other, claim]).bullets == [claim, denial]


def test_a_brief_shows_the_agencys_answer_beside_the_hauliers_charge():
    story, articles = lone_story(LEDE + LEANING, outlet="Harbour Post", language="en")
    made = compose(story, articles, {"one": find_claims(articles["one"], LANGUAGE)}, LANGUAGE)
    assert isinstance(made, Brief)
    assert any(LEANING in line.text for line in made.lines)
