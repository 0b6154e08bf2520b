"""The interface in five languages: catalogues are whole, and days, times and numbers are those of each place."""

import string
from datetime import UTC, date, datetime

import pytest

from nutgraf.publications.tongue import ENGLISH, TONGUES, best_of, tongue, tongue_for
from tests.catalogues import catalogue, messages

OTHERS = [language for language in TONGUES if language != "en"]


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_interface_text_is_translated(language: str) -> None:
    known = {message.id: message for message in catalogue(language) if message.id}
    assert set(messages()) == set(known)
    untranslated = [
        key
        for key, message in known.items()
        if message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert untranslated == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_in_what_its_original_does(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        if isinstance(message.id, str):
            assert names(str(message.string)) == names(message.id), message.id
        else:
            wanted = names(message.id[1])
            assert all(wanted - {"n"} <= names(form) <= wanted for form in message.string), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_a_form_for_every_number(language: str) -> None:
    told = {tongue(language).count("{n} story", "{n} stories", number) for number in range(120)}
    assert all(told)
    assert len(told) > 100


@pytest.mark.parametrize(
    ("language", "day", "weekday", "clock", "number"),
    [
        ("en", "4 March 2026", "Wednesday, 4 March 2026", "15:05", "12,345"),
        ("de", "4. März 2026", "Mittwoch, 4. März 2026", "15:05", "12.345"),
        ("fr", "4 mars 2026", "mercredi 4 mars 2026", "15:05", "12\u202f345"),
        ("es", "4 de marzo de 2026", "miércoles, 4 de marzo de 2026", "15:05", "12.345"),
        ("ar", "4 مارس 2026", "الأربعاء، 4 مارس 2026", "3:05 م", "12,345"),
    ],
)
def test_days_times_and_numbers_are_those_of_the_place(
    language: str, day: str, weekday: str, clock: str, number: str
) -> None:
    one = tongue(language)
    assert one.day(date(2026, 3, 4)) == day
    assert one.weekday(date(2026, 3, 4)) == weekday
    assert one.clock(datetime(2026, 3, 4, 15, 5, tzinfo=UTC)) == clock
    assert one.number(12345) == number


def test_arabic_runs_from_the_right_and_has_its_dual() -> None:
    assert tongue("ar").direction == "rtl"
    assert tongue("ar").count("{n} story", "{n} stories", 2) == "خبران"


def test_a_tongue_is_found_by_the_first_wanted_language_that_there_is() -> None:
    assert best_of(["sv", "de-AT", "fr"]) == "de"
    assert best_of(["sv"]) is None
    assert tongue_for("pt") is ENGLISH
