"""Planted faults: the check finds each one, and leaves the untouched brief alone."""

from dataclasses import replace

import pytest

from nutgraf.briefs import Fault, check
from nutgraf.model import Brief, Certainty, Citation, CitedArticle, Coverage, Dispute, Line, Span

PASSAGES = {
    "a": (
        "Harbour Post",
        "Pier shut in Lund",
        (
            "Captain Ines Aalto said on Monday that the pier may not open before 12 May, while Rolf Engen denied that "
            "three pylons are “rotten to the core.”"
        ),
    ),
    "b": (
        "Courier",
        "Divers in Lund",
        "Divers are believed to have found 340 cracks in the pylons, but the council of Lund did not close the market.",
    ),
    "c": ("Valley Echo", "Bakers strike", "Bakers in Sund went on strike over the price of flour and water."),
    "d": ("The Ledger", "Council denies", "The council denied that the pylons had any cracks, Meg Olsen wrote."),
}


def cite(key: str) -> Citation:
    passage = PASSAGES[key][2]
    return Citation(Span(key, 0, len(passage)), passage)


def line(key: str, text: str, **fields: object) -> Line:
    return Line(text=text, citations=(cite(key),), outlet=PASSAGES[key][0], **fields)


def brief(*lines: Line, headline: Line | None = None, disputes: tuple[Dispute, ...] = ()) -> Brief:
    return Brief(
        id="pier",
        headline=headline or line("a", "Pier may not open before 12 May"),
        dek=None,
        lines=lines,
        coverage=Coverage(4, 4),
        disputes=disputes,
        articles=tuple(
            CitedArticle(id=key, title=title, url=None, outlet=outlet, published=None, origin=key)
            for key, (outlet, title, _) in PASSAGES.items()
        ),
    )


def rules(made: Brief) -> set[str]:
    return {fault.rule for fault in check(made)}


GOOD = {
    "a": PASSAGES["a"][2],
    "b": PASSAGES["b"][2].replace("market.", "market, per the Courier."),
    "c": "The Valley Echo reports that bakers in Sund went on strike over the price of flour and water.",
}


@pytest.mark.parametrize("key", GOOD)
def test_an_honest_line_has_no_fault(key):
    assert check(brief(line(key, GOOD[key]))) == ()


@pytest.mark.parametrize(
    ("rule", "key", "true", "false"),
    [
        ("number", "a", "12 May", "13 May"),
        ("number", "b", "340", "34"),
        ("number", "a", "three", "four"),
        ("swap", "a", "Captain Ines Aalto said on Monday", "Captain Rolf Engen said on Monday"),
        ("swap", "a", "Rolf Engen denied", "Ines Aalto denied"),
        ("name", "a", "Rolf Engen denied", "Jo Harrow denied"),
        ("negation", "a", "may not open", "may open"),
        ("negation", "b", "did not close", "did close"),
        ("negation", "c", "went on strike", "never went on strike"),
        ("certainty", "a", "may not open", "will not open"),
        ("certainty", "b", "are believed to have found", "have found"),
        ("quote", "a", "rotten to the core", "rotten to the bone"),
        ("quote", "c", "the price of flour", "“the cost of flour”"),
        ("quote", "a", "core.”", "core."),
        ("name", "b", "per the Courier", "per the Ledger"),
        ("denial", "a", ", while Rolf Engen denied that three pylons are “rotten to the core.”", "."),
        ("leaning", "c", "The Valley Echo reports that bakers", "But bakers"),
        ("text", "c", "bakers in Sund", "bakers in <b>Sund</b>"),
        ("text", "c", "flour", "fl\u200bour"),
    ],
)
def test_a_planted_fault_is_found(rule, key, true, false):
    assert true in GOOD[key]
    assert rule in rules(brief(line(key, GOOD[key].replace(true, false))))


def test_a_citation_beside_the_point_is_found():
    assert "support" in rules(brief(replace(line("c", GOOD["c"]), citations=(cite("b"),))))


def test_an_invented_biography_is_found():
    made = line(
        "a", "Captain Ines Aalto, a graduate of Northaven Tech, said the pier may not open; Rolf Engen denied it."
    )
    assert {"name"} <= rules(brief(made))


def test_a_speaker_or_an_outlet_of_no_cited_article_is_found():
    assert "speaker" in rules(brief(line("c", GOOD["c"], speaker="Jo Harrow")))
    assert "outlet" in rules(brief(replace(line("c", GOOD["c"]), outlet="Courier")))


def test_a_citation_of_an_article_that_the_brief_does_not_know_is_found():
    stray = Citation(Span("z", 0, 4), "Sund")
    assert "citation" in rules(brief(replace(line("c", GOOD["c"]), citations=(cite("c"), stray))))


def test_a_headline_surer_than_the_line_it_rests_on_is_found():
    believed = line("b", GOOD["b"], certainty=Certainty.BELIEVED)
    sure = line("b", "Divers find cracks in pylons")
    hedged = line("b", "Divers reportedly find cracks in pylons")
    assert "certainty" in rules(brief(believed, headline=sure))
    assert rules(brief(believed, headline=hedged)) == set()


def test_a_disputed_claim_without_its_denial_is_found():
    claim = line("b", GOOD["b"])
    denial = line("d", PASSAGES["d"][2], denied=True)
    dispute = Dispute(claim, denial)
    assert check(brief(claim, denial, disputes=(dispute,))) == ()
    assert Fault("denial", "dispute 1", "no line shows the denial") in check(brief(claim, disputes=(dispute,)))


def test_a_label_may_name_only_who_is_cited():
    assert "name" in rules(brief(line("a", GOOD["a"]), line("c", GOOD["c"], label="Harrow's view")))
    assert rules(brief(line("a", GOOD["a"]), line("c", GOOD["c"], label="In Sund"))) == set()


def test_a_name_cited_from_elsewhere_in_the_article_may_stand_for_a_pronoun():
    text = "Jo Harrow keeps the pier. He said that the pylons may last ten years."
    citations = (Citation(Span("c", 26, 69), text[26:69]), Citation(Span("c", 0, 25), text[:25]))
    made = Line(text="Jo Harrow said that the pylons may last ten years.", citations=citations, speaker="Jo Harrow")
    assert rules(brief(made)) == set()
