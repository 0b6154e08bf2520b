"""Odd texts: nothing raises, spans lie inside the text, time grows with length alone."""

import gc
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nutgraf.claims import find_claims
from nutgraf.claims.quotes import find_quotations
from nutgraf.model import Article
from nutgraf.nlp import open_language

LANGUAGE = open_language()

TRANSCRIPT = "HOLM: We open in May.\nRAY: (laughs) You said that last year.\nHOLM: “I did.”\n\n"
POEM = "O pier, my pier,\n  said I to the grey\nand the grey said—nothing,\n  “nothing”\n\n"
LIST = "* nets, said to be old\n* 3 buoys\n1. “rope”\n2. according to:\n\n"
CAPITALS = "THE MAYOR SAID THE PIER WAS SHUT. “IT LEAKS,” SHE SAID.\n\n"
UNCLOSED = "“The pier is shut, Ada Holm said. ‘It leaks, she added. „Es leckt, sagte sie. « Il fuit, dit-elle.\n\n"


def spans_of(text: str, spoken: str) -> list[str]:
    claims = find_claims(Article(id="a", text=text, language=spoken), LANGUAGE)
    spans = [span for claim in claims for span in (*claim.source, *claim.cue, *claim.content, *claim.certainty_words)]
    spans += [link.span for claim in claims for link in claim.chain if link.span]
    spans += [figure.span for claim in claims for figure in claim.figures]
    return [span.of(text) for span in spans]


@pytest.mark.parametrize("spoken", ["en", "de", "fr", "it"])
@pytest.mark.parametrize("text", [TRANSCRIPT, POEM, LIST, CAPITALS, UNCLOSED])
def test_texts_of_every_form_give_spans_with_words(text: str, spoken: str) -> None:
    assert all(passage.strip() for passage in spans_of(text * 2, spoken))


_PIECES = st.sampled_from(
    [
        *("“", "”", '"', "‘", "’", "„", "«", "»", "'", "—", ": ", ", ", ". ", "\n", "\n\n", "(", ")", "- "),
        *("said ", "told the Herald ", "according to ", "denied that ", "it is believed that ", "or so believes "),
        *(
            "the claim that ",
            "Ada Holm ",
            "Holm, 54, ",
            "she ",
            "the mayor ",
            "the paper ",
            "who ",
            "citing ",
            "as saying ",
        ),
        *("may ", "would ", "if ", "not ", "3,000 ", "IT LEAKS ", "the pier was shut ", "\u00a0", "\u200b", "é"),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=30).map("".join)))
def test_spans_lie_inside_the_text_whatever_it_is(text: str) -> None:
    spans_of(text, "en")


@pytest.mark.parametrize("piece", ["‘", "“", "« ", "» ", '"', "''", "’s ", "“a b”", "‘a b c\n\n"])
def test_quotations_take_time_with_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        taken = []
        gc.disable()  # what other tests hold would be looked through anew as the quotations grow in number
        for _ in range(3):  # the quickest: a busy machine only ever adds
            started = time.process_time()
            find_quotations(text)
            taken.append(time.process_time() - started)
        gc.enable()
        return min(taken)

    assert seconds(200_000) < 12 * max(seconds(50_000), 0.06)


@pytest.mark.parametrize("piece", ["told the paper ", "the Herald reported, citing Ada Holm, ", "it is believed that "])
def test_claims_take_time_with_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        article = Article(id="a", text=piece * (size // len(piece)), language="en")
        started = time.process_time()
        find_claims(article, LANGUAGE)
        return time.process_time() - started

    seconds(500)
    assert seconds(12_000) < 12 * max(seconds(3_000), 0.1)


_FOREIGN = st.lists(
    st.sampled_from(
        [
            *(
                "die ",
                "der ",
                "eine ",
                "sagte ",
                "erklärte ",
                "laut ",
                "zufolge ",
                "dass ",
                "er ",
                "Frau ",
                "Ida Holm ",
                ", ",
            ),
            *(
                "„",
                "“",
                "«\u00a0",
                "\u00a0»",
                ". ",
                "\n\n",
                ": ",
                "le ",
                "la ",
                "a dit ",
                "a déclaré ",
                "selon ",
                "que ",
                "il ",
            ),
            *("M. ", "maire ", "Bürgermeisterin ", "der Zeitung ", "au journal ", "Es regnet ", "il pleut ", "’"),
        ]
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("language", ["de", "fr"])
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_FOREIGN)
def test_german_and_french_of_any_shape_are_read(language: str, text: str) -> None:
    spans_of(text, language)


def test_an_article_without_its_noun_names_nobody() -> None:
    text = "Kommt der Zug? Das vermutete zumindest der Fahrer Jan Voss, gestützt auf alte Pläne."
    assert "Das" not in spans_of(text, "de")
