"""Planted faults: the check finds each one, and leaves the untouched brief alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from nutgraf.briefs import Fault, check
from nutgraf.model import (
    Brief,
    Certainty,
    Citation,
    CitedArticle,
    Coverage,
    Dispute,
    FigureDifference,
    Line,
    Saying,
    Span,
)

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
        ("leaning", "c", "flour and water.", "flour and water"),
        ("text", "c", "bakers in Sund", "bakers in <b>Sund</b>"),
        ("text", "c", "flour", "fl\u200bour"),
        ("swap", "a", "Captain Ines Aalto said on Monday", "Captain Monday said on Ines Aalto"),
        ("swap", "c", "The Valley Echo reports that bakers in Sund", "According to Sund, Valley Echo bakers"),
        ("outlet", "b", "per the Courier", "per the council"),
        ("outlet", "c", "The Valley Echo reports", "The council of Lund reports"),
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


def test_the_title_of_an_article_is_no_source_of_names():
    titled = line("c", "Bakers strike over the price of flour in Norvik.")
    made = brief(titled)
    renamed = replace(made, articles=tuple(replace(one, title="Bakers of Norvik strike") for one in made.articles))
    assert "name" in rules(renamed)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Pier may not open before 12 May", None),
        ("Aalto: pier may not open, Harbour Post reports", None),
        ("Pier may not open: what we know", None),
        ("Will pier open?", "certainty"),
        ("Aalto never saw the price of flour", "support"),
        ("Pier of Lund may not open before 12 May", "name"),
        ("Four pylons rotten, Engen denies", "number"),
        ("Rolf Aalto said that pier may not open", "swap"),
    ],
)
def test_a_headline_is_held_to_its_passages_in_other_words(text, rule):
    made = brief(line("b", GOOD["b"]), headline=line("a", text))
    found = {fault.rule for fault in check(made) if fault.place == "headline"}
    assert (rule in found) if rule else (found == set())


@pytest.mark.parametrize(
    ("text", "is_name"), [("Possible end of bakers' strike", False), ("Aalto ends bakers' strike", True)]
)
def test_the_capital_of_a_headlines_first_word_makes_no_name_of_a_common_word(text, is_name):
    made = brief(line("c", GOOD["c"]), headline=line("c", text))
    assert ("name" in {fault.rule for fault in check(made) if fault.place == "headline"}) is is_name


def test_a_headline_that_turns_its_passage_round_is_found():
    assert "negation" in rules(
        brief(line("c", GOOD["c"]), headline=line("c", "Bakers do not strike over price of flour"))
    )


def countries(headline: str) -> set[str]:
    passage = "Norvikian divers said on Monday that the Sundian ferry had been lost near the Storr Strait."
    known = CitedArticle(id="e", title="Lost", url=None, outlet="Courier", published=None, origin="e")
    made = brief(line("c", GOOD["c"]))
    cited = Line(text=headline, citations=(Citation(Span("e", 0, len(passage)), passage),), outlet="Courier")
    return rules(replace(made, articles=(*made.articles, known), headline=cited))


def test_a_country_may_stand_for_its_people_in_a_headline_and_no_other_may():
    assert countries("Norvik divers say Sund ferry lost near Storr Strait") == set()
    assert countries("Tarn divers say Sund ferry lost near Storr Strait") >= {"name"}


@pytest.mark.parametrize(
    ("headline", "rule"),
    [
        ("Norvik is sending pilots to Sund, officials say", set()),
        ("Sund is sending pilots to Norvik, officials say", {"swap"}),
        ("Pilots sent to Sund by Norvik, officials say", set()),
        ("Officials: Norvik supplies Sund with pilots", set()),
        ("Supply of pilots from Norvik to Sund begins", set()),
        ("Sund supply of pilots begins, Central Bank reports", {"name", "outlet"}),
    ],
)
def test_names_of_a_headline_stand_in_the_order_of_the_passage_that_it_tells(headline, rule):
    passage = "Norvik has begun to supply Sund with pilots as well as ferries, two officials said on Tuesday."
    cited = Line(text=headline, citations=(Citation(Span("d", 0, len(passage)), passage),), outlet="The Ledger")
    made = brief(line("c", GOOD["c"]), headline=cited)
    assert {fault.rule for fault in check(made) if fault.place == "headline"} == rule


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("The price of flour", False),
        ("The strike", False),
        ("The background", False),
        ("Bakers won the strike", True),
        ("The bakers in Sund who went on strike over the price of flour and of water", True),
        ("Bakers strike.", True),
    ],
)
def test_a_label_is_a_kind_of_content_or_in_words_of_its_line(label, found):
    assert ("label" in rules(brief(line("c", GOOD["c"], label=label)))) is found


def test_nobodys_i_becomes_the_writers_own():
    passage = "“I never saw the pier so full of our boats,” Meg Olsen of Lund said on Monday."

    def found(text: str) -> set[str]:
        cited = Line(text=text, citations=(Citation(Span("d", 0, len(passage)), passage),), outlet="The Ledger")
        return rules(brief(cited))

    assert found(passage) == set()
    assert found("I never saw the pier so full of our boats, Meg Olsen of Lund said on Monday.") == {"quote"}


def test_could_not_leaves_nothing_open_and_could_does():
    passage = "The council could not confirm the cracks, and the divers could return to the pylons on Friday."

    def found(text: str) -> set[str]:
        cited = Line(text=text, citations=(Citation(Span("d", 0, len(passage)), passage),), outlet="The Ledger")
        return rules(brief(cited))

    assert found("The council cannot confirm the cracks, and the divers could return to the pylons on Friday.") == set()
    assert found("The council could not confirm the cracks, and the divers return to the pylons on Friday.") >= {
        "certainty"
    }


def test_a_claim_that_is_denied_shows_a_denial():
    claim = replace(line("b", GOOD["b"]), denied_by=(cite("d"),))
    denial = line("d", PASSAGES["d"][2], denied=True)
    assert check(brief(claim, denial)) == ()
    assert Fault("denial", "line 1", "what it says is denied, and no line shows that") in check(brief(claim))


@pytest.mark.parametrize(
    ("told", "is_denial"),
    [
        ("The council of Lund is denying visas to divers of the pylons", False),
        ("The council of Lund denied the divers access to the pylons", False),
        ("The council of Lund denied that divers of the pylons came", True),
        ("The council of Lund denied votes were bought by divers of the pylons", True),
    ],
)
def test_what_is_refused_to_somebody_is_no_denial_that_a_line_has_to_tell(told, is_denial):
    passage = f"{told}, and the market stays shut."
    text = "Divers of the pylons and the council of Lund: the market stays shut."
    cited = Line(text=text, citations=(Citation(Span("d", 0, len(passage)), passage),), outlet="The Ledger")
    assert ("denial" in rules(brief(cited))) is is_denial


CRACKS = "Divers found at least 340 cracks in the pylons, Ines Aalto told the Courier."
FOUND = Citation(Span("b", 0, len(CRACKS)), CRACKS)
SAID = Saying("at least 340", "Courier", "Ines Aalto", datetime(2026, 3, 2, 9, tzinfo=UTC), FOUND)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (None, {}),
        ("number", {"words": "at least 430"}),
        ("certainty", {"words": "340"}),
        ("speaker", {"speaker": "Rolf Engen"}),
        ("outlet", {"outlet": "Harbour Post"}),
        ("time", {"when": datetime(2026, 3, 1, 9, tzinfo=UTC)}),
    ],
)
def test_a_figure_is_held_to_its_passage(rule, changes):
    made = brief(line("c", GOOD["c"]))
    dated = tuple(replace(one, published=datetime(2026, 3, 2, 8, tzinfo=UTC)) for one in made.articles)
    table = FigureDifference("cracks", (replace(SAID, **changes),))
    assert rules(replace(made, articles=dated, figures=(table,))) == ({rule} if rule else set())


def test_a_passage_that_tells_of_deaths_speaks_of_those_who_were_killed():
    passage = "At least 340 people died, Ines Aalto told the Courier."
    said = replace(SAID, citation=Citation(Span("b", 0, len(passage)), passage))
    made = brief(line("c", GOOD["c"]))
    assert "support" not in rules(replace(made, figures=(FigureDifference("killed", (said,)),)))
    assert "support" in rules(replace(made, figures=(FigureDifference("injured", (said,)),)))


def test_a_figure_of_what_no_passage_speaks_of_is_found():
    assert "support" in rules(replace(brief(line("c", GOOD["c"])), figures=(FigureDifference("ferries", (SAID,)),)))


def test_a_speaker_is_not_named_by_a_longer_name():
    passage = "Engen said that the pilots might turn to the Supreme Court."
    made = Line(text=passage, citations=(Citation(Span("c", 0, len(passage)), passage),), speaker="the court")
    assert "speaker" in rules(brief(made))
