"""Noun phrases of a line, from its parse: those that say what this line has and the others have not come first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nutgraf.briefs import words
from nutgraf.ports import Token

LONGEST = 4
"""Words of a phrase with its article; a longer one is no label."""

_HEADS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_INSIDE = frozenset({"det", "amod", "compound", "nn", "poss", "case"})
_TIMES = words.table("minute hour day week month year moment second")
"""Measures of time, which a parse can take for the head of the noun before them ("a slow rudder minutes before")."""

_DULL = words.MONTHS_AND_DAYS | words.table(
    "company companies people person man woman men women thing things way ways time times day days week weeks month "
    "months year years hour hours minute minutes morning evening afternoon night today yesterday tomorrow number "
    "part kind sort lot bit more most other others one ones official officials spokesman spokeswoman spokesperson "
    "report reports statement interview conference reporters source sources news agency percent cent half quarter "
    "dollar dollars euro euros million billion thousand hundred end start beginning place case fact point reason "
    "result someone something anyone everybody everyone nobody nothing anything everything decade decades century "
    "event events account words word step sign idea question group court "
    "police government state country city town place world area center centre law newspaper paper radio "
    "look following member leader face author president vice period version majority variety series back front side "
    "police perspective use lack "
    "summer winter spring autumn fall season weekend "
    "reporters journalists analysts investors supporters viewers readers parliament lawmakers briefing call post "
    "letter email e-mail tweet message telephone phone interviewer request comment audience "
    "figure figures lines list table "
    "mile miles mph kilometre kilometres kilometer kilometers metre metres meter meters millimetres centimetres acre "
    "acres hectare hectares tonne tonnes ton tons kilo kilos pound pounds whole rest opening closing"
)
"""Heads that say nothing of what a line is about."""

_PERSONAL = words.table("his her its their my your our whose this that these those some any no every each all both")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as it stands in a line, with the place of its head in the sentence's grammar.

    ``quoted`` tells that it stands in a quotation: it is the speaker's word, not the line's; ``aside`` that it stands
    in a clause that hangs on another; ``shared`` that another line has its head too.
    """

    text: str
    head: str
    dep: str
    start: int
    named: bool
    quoted: bool = False
    aside: bool = False
    shared: bool = False


def phrases_of(text: str, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """Yield the short noun phrases, in order."""
    quoted = [match.span() for match in re.finditer(r"[“\"»„][^“”\"«»„]*[”\"«“]", text)]
    for place, token in enumerate(tokens):
        inner_part = token.dep in ("compound", "nn", "poss") and tokens[token.head].lemma not in _TIMES
        if token.tag not in _HEADS or inner_part or not token.text[:1].isalpha():
            continue
        first = _first(tokens, place)
        start = tokens[first].start
        inner = tokens[first : place + 1]
        is_quoted = any(low <= start < high for low, high in quoted)
        is_somebody = token.dep == "appos" or any(
            other.dep == "appos" and other.head == place and other.tag == "NNP" for other in tokens
        )
        is_somebody |= token.tag[:3] != "NNP" and place + 1 < len(tokens) and tokens[place + 1].tag == "NNP"
        if len(inner) > LONGEST or is_somebody:  # what somebody is, not what the line is about
            continue
        bare = len(inner) == 1 and token.dep not in ("nsubj", "nsubjpass") and token.tag != "NNS"
        after_owner = first > 0 and (tokens[first - 1].tag in ("PRP$", "POS") or text[start - 1] in "-–'’.")
        if (
            bare
            or after_owner
            or inner[0].text.casefold() in _PERSONAL
            or any(t.tag in ("CD", "PRP", "PRP$", "WP$") for t in inner)
        ):
            continue
        phrase = text[start : token.end]
        opens = first == 0 or text[start - 1] in '“"„»'
        if opens and not tokens[first].tag.startswith("NNP"):
            phrase = phrase[0].lower() + phrase[1:]  # the capital is the sentence's
        if re.search(r"[^\w\s’'&-]", phrase) is None:
            named = token.tag.startswith("NNP")
            yield Phrase(phrase, token.lemma.casefold(), token.dep, start, named, is_quoted, hangs(tokens, place))


def _first(tokens: Sequence[Token], place: int) -> int:
    """Return where the phrase of a head begins: as far left as what depends on it runs without a gap."""
    first = place
    while first > 0 and _belongs(tokens, first - 1, place):
        first -= 1
    return first


def _belongs(tokens: Sequence[Token], index: int, head: int) -> bool:
    """Tell whether a word stands inside the phrase of a head, directly or under a word that does."""
    for _ in range(LONGEST):
        if tokens[index].dep not in _INSIDE:
            return False
        above = tokens[index].head
        if above == head:
            return True
        if not index < above < head:
            return False
        index = above
    return False


_BODIES = words.table(
    "agency airlines association authority bank board bureau china church club college commission committee company "
    "congress corp corps council court department district echo fund foundation group guard hospital house inc "
    "institute intelligence international kingdom korea league line lines ltd marine mining ministry museum nations "
    "news office organization organisation parliament party police post press radio school senate service services "
    "society states street team times tribune trust union university works journal ledger guardian herald zealand "
    "america africa city county island islands center centre fire energy motors systems research alliance coalition "
    "grid forum homes wire league union guild bureau council embassy airport festival zoo clinic laboratory labs"
)
"""Last words of names that are no person's."""


def is_person(name: str) -> bool:
    """Tell whether a name looks like a person's first and last name."""
    parts = name.split()
    if parts[:1] and parts[0].casefold() in ("the", "a", "an"):
        return False
    return 2 <= len(parts) <= 4 and all(p[:1].isupper() for p in parts) and parts[-1].casefold() not in _BODIES


def as_named(speaker: str, text: str) -> str:
    """Return a speaker as a text names him: a person whom it calls by the last name alone by that."""
    last = speaker.split()[-1] if is_person(speaker) else speaker
    return last if speaker not in text and last in text else speaker


def whole_name(speaker: str, text: str, tokens: Sequence[Token]) -> str:
    """Return a speaker as the line names it, "the" before and a noun after included; "" for a part of a name."""
    start = text.find(speaker)
    inside = [place for place, t in enumerate(tokens) if start <= t.start and t.end <= start + len(speaker)]
    if start < 0 or not inside:
        return speaker
    last = inside[-1]
    while tokens[last].head > last and tokens[last].dep in ("compound", "amod", "nn") and tokens[last].head - last < 3:
        if tokens[tokens[last].head].text.casefold() in words.DENIALS | words.ATTRIBUTIONS:
            break  # "Coastline disputes that": a verb, whatever the parse says
        last = tokens[last].head
    before = tokens[inside[0] - 1] if inside[0] else None
    if before is not None and before.tag == "IN" and before.text.casefold() in ("of", "for", "in", "at"):
        return ""  # a part of a longer name
    if before is not None and before.text.casefold() == "the" and last == inside[-1]:
        start = before.start
    return text[start : tokens[last].end]


_HANGS = frozenset({"relcl", "advcl", "acl", "appos"})
"""Clauses that hang on a noun or another clause: what they tell is not what the sentence is about."""

SAYS = words.table("say tell add report note explain write tweet announce state claim believe think")
"""Verbs whose clause is what a line is about."""


def main_clause(text: str, tokens: Sequence[Token]) -> str:
    """Return the words of a text without the clauses that hang on a noun or on another clause."""
    return " ".join(token.text for place, token in enumerate(tokens) if not hangs(tokens, place)) or text


def hangs(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word stands in a clause that hangs on a noun or on another clause."""
    for _ in range(len(tokens)):
        if tokens[place].dep in _HANGS:
            return True
        if tokens[place].head == place:
            return False
        place = tokens[place].head
    return False


def main_verbs(tokens: Sequence[Token]) -> list[str]:
    """Return the lemmas of the main verbs: those of a sentence, then those of what is said in it."""
    roots = [place for place, token in enumerate(tokens) if token.head == place and token.tag.startswith("V")]
    said = [
        place
        for place, token in enumerate(tokens)
        if token.dep == "ccomp" and token.head in roots and tokens[token.head].lemma in SAYS
    ]
    return [tokens[place].lemma.casefold() for place in (*roots, *said)]


LEAST_NEW = 0.5
"""A word that one other line has too is half new; a phrase of less comes after all others."""

_WEIGHT = {"dobj": 1.0, "attr": 1.0, "nsubjpass": 0.9, "nsubj": 0.8, "pobj": 0.5, "conj": 0.4}


def best_phrases(phrases: Collection[Phrase], elsewhere: Mapping[str, int], *, but: str = "") -> list[Phrase]:
    """Return the phrases that can stand as a label, the most telling first.

    ``elsewhere`` says in how many other lines each stem stands; a phrase that stands in the speaker's name, or has it,
    is left out (``but``).
    """
    rated = []
    names = set(words.content_words(but))
    for phrase in phrases:
        stems = set(words.content_words(phrase.text))
        heads = {phrase.head, phrase.text.split()[-1].casefold()}
        if not stems or not heads.isdisjoint(_DULL) or stems & names:
            continue
        shared = bool(elsewhere.get(words.stem(phrase.text.split()[-1].casefold())))
        if phrase.quoted and not shared:
            continue  # a figure of speech ("you can only sell a used car") is not what the speaker speaks of
        if not shared and (phrase.aside or phrase.dep == "pobj" and len(stems) == 1):
            continue  # where something happened, or what is told by the way
        new = sum(1 / (1 + elsewhere.get(stem, 0)) for stem in stems) / len(stems)
        two = 0.35 if len(stems) > 1 else -2.0 if new < LEAST_NEW else 0.0
        two -= 2.0 if new < LEAST_NEW and len(stems) > 1 else 0.0
        said = new + two + _WEIGHT.get(phrase.dep, 0.2)
        said -= (0.6 if phrase.named else 0.0) + (0.7 if phrase.quoted else 0.0)
        rated.append((said, -phrase.start, replace(phrase, shared=shared)))
    return [phrase for _, _, phrase in sorted(rated, key=lambda rated: rated[:2], reverse=True)]
