"""Whom a mention stands for, and that two candidates give nobody."""

import pytest

from nutgraf.claims import find_claims
from nutgraf.model import Article, Claim
from nutgraf.ports import Language
from tests.claims.gold_sets import faults


def claims_of(text: str, language: Language) -> tuple[Claim, ...]:
    return find_claims(Article(id="a", text=text), language)


def last_speaker(text: str, language: Language) -> str | None:
    return claims_of(text, language)[-1].speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Holm walked along the pier. She said it was safe.", "Ada Holm"),
        ("“It is grim,” sighed Ida Moss. She watched the boats. “Nobody warned us,” she added.", "Ida Moss"),
        ("Ada Holm walked along the pier.\n\nShe said it was safe.", "Ada Holm"),
        ("Ada Holm met Lena Ray at the pier. She said it was safe.", None),
        ("Ada Holm met Lena Ray at the pier.\n\nShe said it was safe.", None),
        ("Ada Holm met Lena Ray.\n\nThe rain fell on the empty stalls.\n\nShe said it was safe.", None),
        ("Ukraine said the pier was safe. He said it was closed.", None),
        ("Chairwoman Lena Holm met Ben Ray. He said it was safe.", "Ben Ray"),
        ("A teacher met Ada Holm. She said the pier was safe.", None),
        ("Jo Quist was to start on Monday. His mother, Ada, asked for calm. “I want the video,” she said.", None),
        ("Jo Quist was to start on Monday. His mother asked for calm. “I want the video,” she said.", None),
        ("Ada Holm left in May. She was tired.\n\nJo Ray met Ada Holm. He said the pier was safe.", "Jo Ray"),
        ("Jo Quist failed the test. Quist’s lawyer was not surprised. “It was a cream,” she said.", None),
    ],
)
def test_a_pronoun_stands_for_the_one_person_that_fits(text: str, speaker: str | None, language: Language) -> None:
    assert last_speaker(text, language) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Lena Ray met Ada Holm. She said Ada Holm was wrong.", "Lena Ray"),
        ("Ada Holm walked along the pier. “Holm has the votes,” she said.", None),
        ("Lena Ray came.\n\nAda Holm, she said, was the one to beat.", "Lena Ray"),
    ],
)
def test_who_names_somebody_is_somebody_else(text: str, speaker: str | None, language: Language) -> None:
    assert last_speaker(text, language) == speaker


def test_a_pronoun_is_less_sure_than_a_name(language: Language) -> None:
    named, pronoun = claims_of("“It is grim,” sighed Ida Moss. “Nobody warned us,” she added.", language)
    assert pronoun.confidence < named.confidence


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Holm came early. Holm said the pier was safe.", "Ada Holm"),
        ("Ada Holm came with Ben Holm. Holm said the pier was safe.", None),
        ("The mayor, Ada Holm, came early. The mayor said the pier was safe.", "Ada Holm"),
        ("Minister Ada Holm met Minister Ben Ray. The minister said the pier was safe.", None),
        ("The Ministry of Fisheries was closed. The ministry said the pier was safe.", "The Ministry of Fisheries"),
        ("A spokeswoman for Ada Holm said the pier was safe.", "A spokeswoman for Ada Holm"),
    ],
)
def test_a_part_of_a_name_or_a_role_stands_for_one_alone(text: str, speaker: str | None, language: Language) -> None:
    assert last_speaker(text, language) == speaker


def test_a_relative_who_is_its_noun(language: Language) -> None:
    (claim,) = claims_of("The council heard engineers who said that the pier was safe.", language)
    assert claim.speaker == "engineers"


def test_someone_who_only_stands_by_is_not_the_speaker(language: Language) -> None:
    text = "Amy Reed shook her head. “We still have the boats,” Beth Finn countered."
    assert last_speaker(text, language) == "Beth Finn"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Kofi Menz won the cup. Substitute Kofi Menz said it was late.", "Kofi Menz"),
        ("The cup was won. Manager Rob Calder said it was late.", "Rob Calder"),
        ("The cup was won. Anna Maria Holm said it was late.", "Anna Maria Holm"),
    ],
)
def test_a_role_with_a_capital_is_no_part_of_the_name(text: str, speaker: str, language: Language) -> None:
    assert last_speaker(text, language) == speaker


def test_a_role_stays_apart_from_the_name(language: Language) -> None:
    (claim,) = claims_of("“We knew,” wrote Dr. Iva Horn, head of the survey, in a letter.", language)
    assert (claim.speaker, claim.role) == ("Iva Horn", "Dr.")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Holm, 54, was fined. The 54-year-old said the pier was safe.", "Ada Holm"),
        ("Ada Holm, 54, met Lena Ray, 54. The 54-year-old said the pier was safe.", "The 54-year-old"),
        ("The town's new engineer is Ada Holm. The engineer said the pier was safe.", "Ada Holm"),
        ("Ada Holm and Lena Ray are nurses. The nurse said the pier was safe.", None),
        ("Police chief Ada Holm came early. The police chief said the pier was safe.", "Ada Holm"),
        ("Mayor Ada Holm came early. The former mayor said the pier was safe.", "The former mayor"),
        ("President Ada Holm came early. The Velnian president said the pier was safe.", "The Velnian president"),
        ("President Ada Holm of Velnia came early. The Velnian president said the pier was safe.", "Ada Holm"),
        ("Holm agreed: In a letter, the mayor said the pier was safe.", "Holm"),
        ("Dunmore Steel shut its pier. It said the pier was safe.", "Dunmore Steel"),
    ],
)
def test_an_age_a_role_or_a_label_leads_to_the_name(text: str, speaker: str | None, language: Language) -> None:
    assert last_speaker(text, language) == speaker


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("Minister Ada Holm left. A senior official, who asked not to be named, said the pier was safe.", True),
        ("A fisherman came by. He said the pier was safe.", True),
        ("Two people close to the talks said the pier was safe.", True),
        ("Engineers said the pier was safe.", False),
        ("Ada Holm, an official, said the pier was safe.", False),
        ("A spokesman for the port said the pier was safe.", False),
    ],
)
def test_who_is_only_described_stays_anonymous(text: str, anonymous: bool, language: Language) -> None:
    claim = claims_of(text, language)[-1]
    assert claim.anonymous is anonymous
    assert anonymous is False or "Holm" not in str(claim.speaker)


@pytest.mark.parametrize(("half", "floor"), [("build", 49), ("measure", 43)])
def test_the_gold_set_of_speakers_is_answered(half: str, floor: int) -> None:
    wrong, asked = faults("speakers", half)
    assert asked - len(wrong) >= floor
