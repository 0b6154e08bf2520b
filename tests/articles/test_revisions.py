"""Two versions of one article, and the notes by which an outlet corrects itself."""
# ruff: noqa: E501 - sentences of pages stay whole

from dataclasses import replace

import pytest

from nutgraf.articles.revisions import ChangeKind, compare_versions, is_note
from tests.articles.pages import PARAGRAPHS, read, story

BEFORE = read(story())


def test_the_same_page_fetched_again_is_no_new_version() -> None:
    assert compare_versions(BEFORE, read(story())) is None


def test_another_photo_host_a_counter_and_lazy_loading_are_no_new_version() -> None:
    older = read(story(before='<figure><img src="https://cdn0.eastmere.example/a.jpg"></figure>'))
    newer = read(
        story(
            before='<figure><img loading="lazy" src="https://cdn7.eastmere.example/a.jpg"></figure>',
            after="<span class='count'>1,204 views</span>",
        )
    )
    assert compare_versions(older, newer) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“closed”", '"closed"'),
        ("four–year", "four-year"),
        ("so   far", "so far"),
        ("The Council", "The council"),
        ("’", "'"),
    ],
)
def test_signs_spaces_and_case_make_no_new_version(one: str, other: str) -> None:
    older, newer = (replace(BEFORE, text=f"{PARAGRAPHS[0]} Note {sign} it.") for sign in (one, other))
    assert compare_versions(older, newer) is None


def test_a_changed_number_is_a_reworded_paragraph() -> None:
    newer = replace(BEFORE, id="later", text=BEFORE.text.replace("two hundred", "three hundred"))
    revision = compare_versions(BEFORE, newer)
    assert revision is not None
    assert [change.kind for change in revision.changes] == [ChangeKind.REWORDED]
    assert "two hundred" in revision.changes[0].before
    assert "three hundred" in revision.changes[0].after
    assert (revision.before, revision.after) == (BEFORE.id, "later")


def test_an_added_and_a_removed_paragraph_are_told_apart() -> None:
    extra = "The vote was taken by roll call, and the clerk read out every name twice before the count."
    came = compare_versions(BEFORE, replace(BEFORE, text=BEFORE.text + "\n\n" + extra))
    went = compare_versions(BEFORE, replace(BEFORE, text="\n\n".join(PARAGRAPHS[:3])))
    assert came is not None
    assert went is not None
    assert [(change.kind, change.after) for change in came.changes] == [(ChangeKind.ADDED, extra)]
    assert [(change.kind, change.before) for change in went.changes] == [(ChangeKind.REMOVED, PARAGRAPHS[3])]


def test_a_paragraph_at_another_place_was_moved() -> None:
    newer = replace(BEFORE, text="\n\n".join((PARAGRAPHS[3], *PARAGRAPHS[:3])))
    revision = compare_versions(BEFORE, newer)
    assert revision is not None
    assert {change.kind for change in revision.changes} == {ChangeKind.MOVED}


def test_a_new_headline_is_a_new_version() -> None:
    revision = compare_versions(BEFORE, replace(BEFORE, title="Tram depot may close"))
    assert revision is not None
    assert revision.title is not None
    assert (revision.title.before, revision.title.after) == (BEFORE.title, "Tram depot may close")


def test_a_correction_note_is_kept_beside_the_text_and_told_as_new() -> None:
    note = "Correction: An earlier version of this article gave the wrong year in which the depot was built."
    newer = read(story(after=f"<p>{note}</p>"))
    assert newer.corrections == (note,)
    assert note not in newer.text
    revision = compare_versions(BEFORE, newer)
    assert revision is not None
    assert revision.notes == (note,)
    assert revision.changes == ()


def test_a_note_that_both_versions_have_is_not_told_again() -> None:
    note = "Correction: The depot was built in 1911, not in 1912."
    older, newer = replace(BEFORE, corrections=(note,)), replace(BEFORE, corrections=(note,))
    assert compare_versions(older, newer) is None


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The depot was built in 1911.",
        "Correction, March 3: The depot was built in 1911.",
        "This article has been amended to give the right year.",
        "An earlier version of this story misspelled the mayor's name.",
        "Korrektur: Das Depot wurde 1911 gebaut.",
        "In einer früheren Version stand, das Depot sei 1912 gebaut worden.",
        "Rectificatif : le dépôt date de 1911.",
        "Fe de erratas: el depósito es de 1911.",
        "Errata: o depósito é de 1911.",
        "Errata corrige: il deposito è del 1911.",
        "Sprostowanie: zajezdnię zbudowano w 1911 roku.",
        "Исправление: депо построено в 1911 году.",
        "Düzeltme: depo 1911'de yapıldı.",
    ],
)
def test_a_note_is_known_in_each_language(note: str) -> None:
    assert is_note(note)


@pytest.mark.parametrize(
    "sentence",
    [
        "Correction officers at the county jail went on strike on Monday over unpaid hours.",
        "Corrections made to the plan last year have raised its cost by a third.",
        "The correction of the river took eleven years and cost the town its mill.",
        "Korrekturen am Plan haben die Kosten um ein Drittel erhöht.",
        "Clarification was what the judge asked for, and what she did not get.",
        "An earlier version of the bill had been rejected by the upper house.",
    ],
)
def test_a_sentence_about_corrections_is_no_note(sentence: str) -> None:
    assert not is_note(sentence)
