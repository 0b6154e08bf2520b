"""Sentences with their offsets: sentencex finds the ends, and a pass over them mends quotations and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

PARAGRAPH_BREAK = re.compile(r"[^\S\n]*\n\s*\n\s*")

OPENING = "“„«‹‘‚"
CLOSING = "”“»›’\"')]"

# A full stop after one of these ends no sentence: titles, months, measures, what stands before names and numbers.
ABBREVIATIONS = frozenset(
    [
        "adm",
        "atty",
        "ave",
        "bldg",
        "blvd",
        "bros",
        "brig",
        "capt",
        "cmdr",
        "co",
        "col",
        "comdr",
        "corp",
        "cpl",
        "det",
        "dr",
        "drs",
        "esq",
        "fr",
        "gen",
        "gov",
        "govs",
        "hon",
        "inc",
        "insp",
        "jr",
        "lt",
        "ltd",
        "maj",
        "messrs",
        "mr",
        "mrs",
        "ms",
        "mt",
        "mx",
        "no",
        "nos",
        "pfc",
        "ph",
        "pres",
        "prof",
        "pvt",
        "rep",
        "reps",
        "rev",
        "sen",
        "sens",
        "sgt",
        "sr",
        "st",
        "supt",
        "vs",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "ala",
        "ariz",
        "ark",
        "calif",
        "colo",
        "conn",
        "del",
        "fla",
        "ga",
        "ill",
        "ind",
        "kan",
        "ky",
        "la",
        "md",
        "mass",
        "mich",
        "minn",
        "miss",
        "mo",
        "mont",
        "neb",
        "nev",
        "okla",
        "ore",
        "pa",
        "penn",
        "tenn",
        "tex",
        "va",
        "vt",
        "wash",
        "wis",
        "wyo",
        "approx",
        "dept",
        "est",
        "fig",
        "ft",
        "vol",
        "art",
        "abs",
        "bzw",
        "ca",
        "evtl",
        "ggf",
        "nr",
        "str",
        "tel",
        "usw",
        "vgl",
        "mme",
        "mlle",
    ]
)
# These may end a sentence: they join only what goes on in small letters or with a number.
MAY_END = frozenset(
    [
        "co",
        "corp",
        "inc",
        "ltd",
        "jr",
        "sr",
        "etc",
        "usw",
        "bros",
        "no",
        "mar",
        "sun",
        "sat",
        "may",
        "art",
        "la",
        "mass",
        "miss",
        "ill",
        "ind",
        "del",
    ]
)

_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.\W*$")
_INITIAL = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]\.)+$")
_DAY_TIME = re.compile(r"\b[ap]\.m\.$")
_WEEKDAY_OR_ZONE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|GMT|UTC|CET|BST)\b"
)
_ORDINAL = re.compile(r"(?i)\b(?:am|vom|zum|bis|der|dem|den|des|ab|seit|und|im|das|die|zur) \d{1,2}\.$")
_COUNTED = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|"
    r"Jahrestag|Geburtstag|Spieltag|Minute|Lebensjahr|Etage|Stock|Platz)"
)
"""What a German ordinal stands before: "vom 3. November", "im 19. Jahrhundert"."""

_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_MAY_CLOSE = re.compile(
    r"\b(?:U\.S|U\.K|U\.N|E\.U|D\.C|L\.A|N\.Y|N\.J|N\.H|N\.C|S\.C|N\.D|S\.D|N\.M|B\.C|A\.D|R\.I|W\.Va|M\.D|"
    r"P\.M|A\.M|U\.S\.A|U\.A\.E|U\.S\.S\.R|C\.I\.A|F\.B\.I|P\.S|I\.D|T\.V|M\.P|Q\.C|J\.R|I\.R\.A)\.$"
)
"""Letters with full stops that are no initials of a person, and may end a sentence."""

_OPENER = re.compile(
    r"(?:The|A|An|He|She|It|They|We|You|I|His|Her|Its|Their|Our|My|This|That|These|Those|There|In|On|At|By|For|From|With|"
    r"After|Before|But|And|Or|So|Yet|If|When|While|As|Since|Because|Although|Though|However|Now|Then|To|Not|No|What|Who|"
    r"How|Why|Where|Some|Many|Most|All|Both|Each|Every|One|Two|Three|Also|Still|Just|Only|Even|Under|Over|Last|Next|"
    r"Mr|Mrs|Ms|Dr)\b"
)
"""Words that open a sentence and are no surname."""

_STATES = re.compile(r"\b(?:U\.S|U\.N|U\.K|E\.U)\.$")
_BODY = re.compile(
    r"(?:Senat|House|Congress|Supreme|President|Vice|Secretary|Department|Rep\b|Reps\b|Sen\b|Sens\b|Attorney|"
    r"District|Circuit|Court|Army|Navy|Air|Marine|Embassy|Ambassador|Treasury|State|Capitol|Border|Customs|"
    r"Immigration|Agency|Food|Centers|Geological|Coast|Open\b|Steel|Democrat|Republican|Justice|Defense|Central|National|Federal|Bureau|"
    r"Citizenship|Forces|Postal|Census|Drug|Environmental|Homeland|Special|Government|Constitution|Trade|Chamber|"
    r"Olympic|Soccer|Fish|Forest|Energy|Election|Securities|General|Admiral|Security|Human|High|Charter|Climate|"
    r"Consul|Development|Military|Refugee|World|Office|Bank)"
)
"""What "U.S." stands before without ending a sentence: a body, an office or a party."""

_SPEECH_AFTER_QUOTE = re.compile(r"[,\s]*[a-zß-öø-ÿ]")
_QUOTE_END = re.compile(r"[?!.…,][”“»›’\"']\s*,?\s*$|[?!…]\s*[»“”]\s*,?\s*$")
_END_INSIDE = re.compile(r"(?<=[.!?…])([”»’\"]?)\s+(?=[“„«\"‘]?[A-ZÄÖÜÉÀ])")

LANGUAGES = ("en", "de", "fr")


def split(text: str, *, language: str = "en") -> list[tuple[int, int]]:
    """Return start and end of each sentence, in order, without the white space at their ends."""
    found: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        found += _split_paragraph(text[start:end], start, language)
    return found


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each stretch between empty lines, white space at the ends left out."""
    start = 0
    for gap in PARAGRAPH_BREAK.finditer(text):
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    if start < end:
        yield start, end


def _split_paragraph(text: str, offset: int, language: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    for boundary in get_sentence_boundaries(language, text):
        for start, end in _cut_runs(text, boundary["start_index"], boundary["end_index"]):
            if pieces and _goes_on(text, pieces[-1], start):
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((start, end))
    return [(offset + start, offset + end) for a, b in pieces for start, end in _trimmed(text, a, b)]


def _cut_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what the splitter left whole because it stands in quotation marks."""
    for inner in _END_INSIDE.finditer(text, start, end):
        yield start, inner.end()
        start = inner.end()
    if start < end:
        yield start, end


def _goes_on(text: str, before: tuple[int, int], start: int) -> bool:
    """Tell whether the piece that opens at ``start`` belongs to the sentence before it."""
    left, right = text[max(before[0], before[1] - 40) : before[1]].rstrip(), text[start : start + 40]
    if "\n" in text[before[1] - 1 : start + 1] or text[before[1] - 1 : before[1]] == "\n":
        return False
    if not right.strip() or right.lstrip()[0] in CLOSING and not _opens(right.lstrip()):
        return True
    if _QUOTE_END.search(left) and _SPEECH_AFTER_QUOTE.match(right.lstrip()):
        return True
    if _ORDINAL.search(left) and _COUNTED.match(right) or _STATES.search(left) and _BODY.match(right):
        return True
    if _DAY_TIME.search(left):
        return bool(_WEEKDAY_OR_ZONE.match(right))
    return _ends_in_abbreviation(left, right)


def _opens(right: str) -> bool:
    """Tell whether a mark that can also close stands before a word, as an opening one does."""
    return right[0] in "\"'“‘’»›" and right[1:2].isalnum()


def _ends_in_abbreviation(left: str, right: str) -> bool:
    if _INITIAL.search(left):
        if not re.match(r"[^\W\d_]", right):
            return False
        if len(left) < 3 or not _INITIALS.search(left) or right[0].islower():
            return True
        return not _MAY_CLOSE.search(left) and not _OPENER.match(right)  # "O.J. Simpson"
    word = _WORD_BEFORE.search(left)
    if not word:
        return False
    name = word.group(1).lower()
    if name not in ABBREVIATIONS:
        return right[:1].islower() and "." in name
    return name not in MAY_END or right[:1].islower() or (name == "no" and right[:1].isdigit())
