"""The run-in label of a bullet, drawn from what it says: whose word, what kind of thing, its own noun."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from nutgraf.briefs import words
from nutgraf.briefs.ordering import LONG_AGO
from nutgraf.briefs.phrases import Phrase, is_person
from nutgraf.model import Certainty
from nutgraf.rarity import is_common


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What of a line its label is drawn from: ``text`` without the outlet's name, and ``phrases``, the best first.

    ``main`` is its text without the clauses that hang on a noun or on another clause; ``verbs`` are the lemmas of what
    happens in it, the main verb first; ``to_come`` tells that it says what is to be done (``ordering.comes_next``).
    """

    text: str
    main: str | None = None
    verbs: Sequence[str] = ()
    speaker: str | None = None
    certainty: Certainty = Certainty.FACT
    denied: bool = False
    to_come: bool = False
    phrases: Sequence[Phrase] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content: the words that show it outside quotation marks, and its label."""

    pattern: re.Pattern[str]
    label: str


def _kind(pattern: str, label: str) -> Kind:
    return Kind(re.compile(rf"(?ix) {pattern}"), label)


_COUNT = r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds|thousands)\b)"

SURE = (
    _kind(
        rf"{_COUNT}[^.;]{{0,40}}\b(?:killed|dead|died|dies|deaths|injured|wounded|hurt|missing)\b"
        rf"|\bdeath\ toll\b|\b(?:killed|killing|injured|injuring|wounded|wounding)\ [^.;]{{0,20}}{_COUNT}",
        "The toll",
    ),
    _kind(
        r"\b(?:as\ many\ as|at\ least|up\ to|about|some|more\ than|several|tens\ of|hundreds\ of)\ "
        r"(?:[\d,.]+|thousands?|hundreds?|dozens?)\ (?!percent|per\ cent|years?|days?|hours?|minutes?|miles?|"
        r"kilomet|met(?:er|re)s?|dollars|euros|pounds|million|billion|o'clock)\w+",
        "The scope",
    ),
    _kind(
        r"\bdeclined?\ (?:to\ comment|comment)\b|\bdid\ not\ (?:\w+\ )?(?:respond|reply)\b"
        r"|\b(?:would\ not|refused\ to)\ comment\b",
        "No comment",
    ),
    _kind(r"\b(?:pleaded|indicted|convicted|sentenced|charged\ with)\b", "The charges"),
    _kind(r"\b(?:cost|costs|costing)\ (?:\w+\ ){0,3}[$€£\d]", "The cost"),
    _kind(
        r"\b(?:years?\ ago|decades?\ ago|since\ (?:19|20)\d\d|previously|centur(?:y|ies)|for\ more\ than\ a\ year)\b",
        "The background",
    ),
)
"""Kinds whose words leave little doubt; a label of these comes before a noun of the line."""

LIKELY = (
    _kind(r"[$€£]\s?\d | \b(?:dollars|euros)\b", "The money"),
    _kind(r"\b(?:caused\ by|blam\w+|triggered\ by)\b", "The cause"),
    _kind(r"\b(?:investigat\w+|inquiry|detectives)\b", "The investigation"),
    _kind(r"\b(?:condemn\w+|prais\w+|critici[sz]\w+|outrage\w*|slammed|apologi[sz]\w+|backlash|protest\w*)\b",
          "The reaction"),
    _kind(r"\b(?:stud(?:y|ies)|survey|poll|researchers)\b", "The research"),
    _kind(r"\b(?:19|20)\d\d\b", "The history"),
    _kind(r"\d[\d,.]*\ ?(?:%|per\ ?cent\b|million|billion)|\b\d[\d,.]*\b\D+\b\d[\d,.]*\b"
          r"|\b(?:at\ least|at\ most|more\ than|up\ to|as\ many\ as)\ \d", "The figures"),
)  # fmt: skip
"""Kinds that a line may be of, for one without a noun of its own."""

BY_CERTAINTY = {
    Certainty.BELIEVED: _kind(r"\b(?:believ|think|thought|suspect|expect|presum)\w*", "The thinking"),
    Certainty.CONDITIONAL: _kind(
        r"\b(?:would|could)\ \w+.*\bif\b|\bif\b.*\b(?:would|could)\b|\bwould\ mean\b", "What it would mean"
    ),
}
"""Kinds of a line that is not sure, where its words outside quotation marks show why."""

NEXT = "What's next"
"""The label of what is to be done."""

EVENTS = {
    lemma: name
    for name, lemmas in {
        "The arrest": "arrest detain apprehend",
        "The indictment": "indict",
        "The lawsuit": "sue",
        "The conviction": "convict",
        "The acquittal": "acquit exonerate",
        "The ruling": "rule overturn uphold",
        "The appeal": "appeal",
        "The plea": "plead",
        "The testimony": "testify",
        "The settlement": "settle",
        "The resignation": "resign",
        "The appointment": "appoint",
        "The nomination": "nominate",
        "The retirement": "retire",
        "The vote": "vote",
        "The apology": "apologize apologise",
        "The warning": "warn",
        "The threat": "threaten",
        "The ban": "ban outlaw",
        "The approval": "approve",
        "The veto": "veto",
        "The recall": "recall",
        "The launch": "launch unveil",
        "The crash": "crash",
        "The explosion": "explode",
        "The collapse": "collapse",
        "The evacuation": "evacuate",
        "The rescue": "rescue",
        "The closure": "close shutter",
        "The reopening": "reopen",
        "The delay": "delay postpone",
        "The cancellation": "cancel",
        "The raid": "raid",
        "The seizure": "seize confiscate",
        "The sale": "sell",
        "The purchase": "buy purchase acquire",
        "The merger": "merge",
        "The donation": "donate",
        "The death": "die",
        "The shooting": "shoot",
        "The stabbing": "stab",
        "The attack": "attack ambush",
        "The bombing": "bomb",
        "The wedding": "marry wed",
        "The divorce": "divorce",
        "The discovery": "discover unearth",
        "The rise": "rise increase soar surge",
        "The drop": "plunge plummet shrink dwindle",
        "The visit": "visit",
        "The agreement": "agree",
        "The proposal": "propose",
        "The criticism": "criticize criticise",
        "The condemnation": "condemn denounce",
        "The escape": "escape flee",
        "The disappearance": "disappear vanish",
        "The confession": "confess",
        "The hiring": "hire",
        "The firing": "sack oust",
        "The suspension": "suspend",
        "The pardon": "pardon",
        "The investigation": "investigate probe",
        "The comparison": "compare",
        "The diagnosis": "diagnose",
        "The promise": "promise vow pledge",
        "The call": "urge",
        "The regret": "regret lament",
        "The doubt": "doubt",
    }.items()
    for lemma in lemmas.split()
}
"""What a verb's doing is called, for verbs whose noun is not in doubt."""

_MANY = words.table("police authorities officials prosecutors people statement complaint report")
"""Speakers that take no possessive, or are no speakers."""

LONGEST_NAME = 4
"""Words of a speaker's name in a label."""


def _outside(text: str) -> str:
    return re.sub(r"[“\"»][^“”\"«»]*[”\"«]", "“”", text)


def label(line: Labelled, *, used: Collection[str]) -> str | None:
    """Return the first label that fits the line and is not ``used``; ``None`` where nothing is left to say.

    Every name in it stands in the line. Two labels that differ in "a" and "the" alone count as one.
    """
    taken = {_bare(name) for name in used}
    return next((name for name in _choices(line) if _bare(name) not in taken), None)


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", name.casefold())


WORDS_OF_OTHERS = {
    "de": (
        _kind(r"[„»“\"].+\b(?:sagte|sagt|erklärte)\b|\b(?:sagte|sagt|erklärte)\b.+[„»“\"]", "Im Wortlaut"),
        _kind(r"\b(?:wies|weist|wiesen)\b.+\bzurück\b|\b(?:bestritt|dementier\w+|widersprach\w*)\b", "Der Widerspruch"),
        _kind(r"\b(?:tote[rn]?|verletzte[rn]?|getötet|starb(?:en)?|ums\ leben)\b", "Die Opfer"),
        _kind(r"\b(?:kritisiert\w*|vorwurf|vorwürfe)\b", "Die Kritik"),
        _kind(r"\b(?:euro|kosten|schaden)\b", "Die Kosten"),
        _kind(r"\b(?:wird|werden|soll|sollen|will|wollen|geplant)\b", "Wie es weitergeht"),
        _kind(r"\b(?:wurde|seit|jahren|jahrhundert)\b.*\b(?:1[5-9]\d\d|20\d\d|jahr\w*)\b", "Zur Vorgeschichte"),
        _kind(r"\d", "Die Zahlen"),
    ),
    "fr": (
        _kind(r"[«“\"].+\b(?:dit|déclaré|affirmé|expliqué)\b|\b(?:dit|déclaré|affirmé)\b.+[«“\"]", "Dans le texte"),
        _kind(r"\b(?:dément\w*|nie|nié|nient|conteste\w*)\b", "Le démenti"),
        _kind(r"\b(?:morts?|blessée?s?|tuée?s?|victimes?)\b", "Le bilan"),
        _kind(r"\b(?:critiqu\w+|dénonc\w+)\b", "La critique"),
        _kind(r"\b(?:euros?|coûts?)\b", "Le coût"),
        _kind(r"\b(?:sera|seront|devrait|devraient|doit|doivent|prévu\w*)\b", "La suite"),
        _kind(r"\b(?:depuis|siècles?|il\ y\ a)\b", "Le contexte"),
        _kind(r"\d", "Les chiffres"),
    ),
}  # fmt: skip
"""Kinds of content in other languages; in a language without a table bullets have no label."""


OWN = frozenset(kind.label for kinds in WORDS_OF_OTHERS.values() for kind in kinds)
"""Labels with capitals that stand for no name."""


LONGEST = 70
"""Characters of a label."""

_KINDS = frozenset(
    {kind.label for kinds in (SURE, LIKELY) for kind in kinds}
    | {kind.label for kind in BY_CERTAINTY.values()}
    | {*EVENTS.values(), "The denial", "The rebuttal", NEXT}
)
"""Labels that name a kind of content in words of their own."""


def is_of(name: str, text: str) -> bool:
    """Tell whether a label is one of a line: short, and a kind of content or in words of the line."""
    if len(name) > LONGEST or re.search(r"[.!?]$", name):
        return False
    if name in OWN or name in _KINDS:
        return True
    told = {words.stem(word) for word in words.plain_words(text)} | _BESIDE
    return all(words.stem(word) in told for word in words.plain_words(name))


_BESIDE = words.table("denial figure figures words in on the a an")
"""What a label may say beside the words of its line."""


def label_in(language: str, text: str, *, used: Collection[str]) -> str | None:
    """Return the first label of that language's table that fits a line and is not ``used``."""
    kinds = WORDS_OF_OTHERS.get(language, ())
    return next((kind.label for kind in kinds if kind.label not in used and kind.pattern.search(text)), None)


def _choices(line: Labelled) -> Iterator[str]:
    plain = _outside(line.text)
    main = _outside(line.main or line.text)
    whose = possessive(line.speaker, line.text)
    if line.denied:
        yield from (f"{whose} denial",) if whose else ()
        yield from ("The denial", "The rebuttal")
    sure = [kind.label for kind in SURE if kind.pattern.search(main)]
    if "The toll" in sure and LONG_AGO.search(plain):
        sure.remove("The toll")  # of another event
    if whose and "The scope" in sure:
        yield f"{whose} figure"
    who = _who_is_named(line.speaker, line.text)
    common = [phrase for phrase in line.phrases if not phrase.named]
    about = [f"{who} on {_after_on(phrase.text)}" for phrase in common if phrase.shared] if who else []
    if words.QUOTED.search(line.text):
        yield from about[:2]
    yield from sure
    yield from (NEXT,) if line.to_come else ()
    best = [_as_label(phrase.text) for phrase in common if not phrase.quoted]
    yield from best[:1]
    yield from (EVENTS[verb] for verb in line.verbs if verb in EVENTS)
    if is_person(line.speaker or ""):
        yield from about[:1]
    yield from best[1:3]
    yield from (kind.label for kind in LIKELY if kind.pattern.search(plain))
    yield from best[3:]
    unsure = BY_CERTAINTY.get(line.certainty)
    yield from (unsure.label,) if unsure and unsure.pattern.search(main) else ()
    yield from about[2:]
    if whose and words.QUOTED.search(line.text):
        yield f"In {whose} words"


def _after_on(phrase: str) -> str:
    """Return a phrase as it stands after "on": "the pier" for "a pier", as the line has told which."""
    return re.sub(r"^(?:[Aa]n?|The) ", "the ", phrase)


def possessive(speaker: str | None, text: str) -> str | None:
    """Return the short name of a speaker who is named in the line, with its ending: "Rovers'", "The diplomat's"."""
    name = short_name(speaker, text)
    return name and name + ("'" if name.endswith("s") else "'s")


def short_name(speaker: str | None, text: str) -> str | None:
    """Return the short name of a speaker who is named in the line: "Rovers", "The diplomat"."""
    if not speaker or speaker not in text:
        return None
    titled = re.match(r"(?:[A-Za-z]?[a-z]+ )+(?=[A-Z]\w+ [A-Z])", speaker)
    if titled and is_person(speaker[titled.end() :]):
        speaker = speaker[titled.end() :]
    parts = re.sub(r"^an? ", "", speaker, flags=re.IGNORECASE).split()
    if not parts or len(parts) > LONGEST_NAME or not parts[-1][:1].isalpha():
        return None
    if parts[-1].casefold() in _MANY or _PART_OF.search(speaker):
        return None
    return _as_label(parts[-1] if is_person(speaker) else " ".join(parts))


def _who_is_named(speaker: str | None, text: str) -> str | None:
    """Return the short name of a speaker who has a name of his own; "a spokeswoman", "documents" have none."""
    name = short_name(speaker, text)
    if name is None or is_person(speaker or ""):
        return name
    return None if any(is_common(part) for part in name.split()) else name


_PART_OF = re.compile(r"['’]s\b| (?:for|of|at|in|from) ")
"""In a description of a speaker that is too long for a label: "spokesman for Marrow's president"."""


def _as_label(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
