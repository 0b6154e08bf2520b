"""German and French: who says what, by rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.claims import find_claims
from nutgraf.model import Article, Certainty, Claim
from nutgraf.nlp import open_language
from nutgraf.ports import Language


def claims_of(text: str, spoken: str, language: Language) -> tuple[Claim, ...]:
    return find_claims(Article(id="a", text=text, language=spoken), language)


def told(text: str, claim: Claim) -> str:
    return " … ".join(span.of(text) for span in claim.content)


@pytest.mark.parametrize(
    ("text", "speaker", "role", "content"),
    [
        ("„Das Wehr hält“, sagte Ratsherrin Ida Holm leise.", "Ida Holm", "Ratsherrin", "„Das Wehr hält“"),
        ("Ida Holm sagte am Freitag: „Das Wehr hält.“", "Ida Holm", None, "„Das Wehr hält.“"),
        ("»Das Wehr hält«, so Jan Moor, Leiter der Werft.", "Jan Moor", "Leiter der Werft", "»Das Wehr hält«"),
        ("Laut Polizei hält das Wehr.", "Polizei", None, "hält das Wehr"),
        ("Nach Angaben der Feuerwehr hält das Wehr.", "Feuerwehr", None, "hält das Wehr"),
        ("Dem Ministerium zufolge hält das Wehr.", "Ministerium", None, "hält das Wehr"),
        ("Die Polizei teilte mit, dass das Wehr hält.", "Polizei", None, "das Wehr hält"),
        ("Das Wehr hält, sagte Jan Moor.", "Jan Moor", None, "Das Wehr hält"),
    ],
)
def test_german_is_read_by_its_shapes(
    text: str, speaker: str, role: str | None, content: str, language: Language
) -> None:
    (claim,) = claims_of(text, "de", language)
    assert (claim.speaker, claim.role, told(text, claim)) == (speaker, role, content)


@pytest.mark.parametrize(
    ("text", "speaker", "role", "content"),
    [
        ("« Le barrage tient ! », a déclaré Anne Roux.", "Anne Roux", None, "« Le barrage tient ! »"),
        ("La maire Anne Roux a dit : « Le barrage tient. »", "Anne Roux", "maire", "« Le barrage tient. »"),
        ("Selon la police, le barrage tient.", "la police", None, "le barrage tient"),
        ("D’après Anne Roux, le barrage tient.", "Anne Roux", None, "le barrage tient"),
        ("Anne Roux a affirmé que le barrage tient.", "Anne Roux", None, "le barrage tient"),
        ("« Le barrage tient », assure le préfet, Jean Morel.", "Jean Morel", "préfet", "« Le barrage tient »"),
    ],
)
def test_french_is_read_by_its_shapes(
    text: str, speaker: str, role: str | None, content: str, language: Language
) -> None:
    (claim,) = claims_of(text, "fr", language)
    assert (claim.speaker, claim.role, told(text, claim)) == (speaker, role, content)


@pytest.mark.parametrize(
    ("spoken", "text", "speaker"),
    [
        ("de", "„Es hält“, sagte Ratsherrin Ida Holm. „Noch“, sagte sie. „Noch lange“, sagte sie.", "Ida Holm"),
        ("de", "„Es hält“, sagte Ratsherrin Ida Holm. „Noch lange“, sagte er.", None),
        ("de", "„Es hält“, sagte Ida Holm. „Nein“, sagte Lena Ray. „Noch lange“, sagte sie.", None),
        ("fr", "« Il tient bien », dit Anne Roux. « Encore un peu », ajoute-t-elle.", "Anne Roux"),
        ("fr", "« Il tient bien », dit la maire Anne Roux. « Encore un peu », a-t-il ajouté.", None),
        ("de", "Ida Holm ist da. „Wir warten“, sagte Holm.", "Ida Holm"),
        ("fr", "La maire, Anne Roux, est là. « Il tient bien », dit la maire.", "Anne Roux"),
    ],
)
def test_pronouns_and_titles_stand_for_one_alone(
    spoken: str, text: str, speaker: str | None, language: Language
) -> None:
    assert claims_of(text, spoken, language)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("spoken", "text", "certainty"),
    [
        ("de", "Der Minister bestreitet, dass das Wehr bricht.", Certainty.DENIED),
        ("de", "Laut Polizei könnte das Wehr brechen.", Certainty.POSSIBLE),
        ("de", "Laut Polizei soll das Wehr gebrochen sein.", Certainty.REPORTED),
        ("fr", "Selon la police, le barrage aurait cédé.", Certainty.REPORTED),
        ("fr", "Selon la police, le barrage pourrait céder.", Certainty.POSSIBLE),
        ("fr", "La maire estime que le barrage tient.", Certainty.BELIEVED),
        ("fr", "Selon la police, le barrage tient.", Certainty.FACT),
    ],
)
def test_certainty_is_told_by_mood_and_verb(spoken: str, text: str, certainty: Certainty, language: Language) -> None:
    assert claims_of(text, spoken, language)[0].certainty is certainty


@pytest.mark.parametrize(
    ("spoken", "text", "chain"),
    [
        ("de", "„Wir warten“, sagte Holm der dpa.", ["dpa", "Holm"]),
        ("fr", "« On verra bien », a confié Anne Roux au Monde.", ["Monde", "Anne Roux"]),
    ],
)
def test_the_outlet_that_heard_it_is_a_link(spoken: str, text: str, chain: list[str], language: Language) -> None:
    assert [link.name for link in claims_of(text, spoken, language)[0].chain] == chain


_PIECES = st.sampled_from(
    [
        *(
            "„",
            "“",
            "»",
            "«",
            "« ",
            " »",
            "sagte ",
            "laut ",
            "selon ",
            "Ida Holm",
            "er ",
            "-t-il ",
            "a déclaré ",
            "que ",
        ),
        *("dass ", "der ", "la ", ", ", ". ", ": ", "\n\n", "Polizei ", "zufolge ", "M. ", "d’", "maire ", "Zeitung "),
    ]
)
_LANGUAGE = open_language()


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from(["de", "fr"]))
def test_spans_lie_inside_the_text_whatever_it_is(text: str, spoken: str) -> None:
    for claim in find_claims(Article(id="a", text=text, language=spoken), _LANGUAGE):
        for span in (*claim.source, *claim.cue, *claim.content):
            assert span.of(text).strip()
