"""The words that a brief is judged by: doubts, denials, negations, words that lean; tables, and no news logic here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from functools import cache, lru_cache


def table(text: str) -> frozenset[str]:
    """Read a table of words that are written apart by spaces."""
    return frozenset(text.split())


LEANING = table("he she they it his her hers their theirs its him them this that these those such")
"""Words that point at something said before when they open a line."""

CONNECTORS = table(
    "but and so yet still also however meanwhile moreover furthermore additionally instead then otherwise "
    "nonetheless nevertheless plus thus therefore besides indeed similarly likewise"
)
"""Words that tie a sentence to the one before; a line does without them."""

OPENERS = table(
    "within earlier later calling amid among according although though unless despite without across along around "
    "following including citing speaking responding asked because since until toward towards beyond near inside "
    "outside yesterday today tomorrow last next early late nearly almost about roughly several many "
    "few another two three four five six seven eight nine ten dozens hundreds thousands millions police officials "
    "authorities investigators researchers scientists prosecutors lawmakers residents witnesses people"
)
"""Words that open sentences and are no names, beside those that carry no meaning."""

HEDGES = table(
    "may might could would possibly perhaps reportedly allegedly apparently likely unlikely probably presumably "
    "purportedly supposedly seemingly potentially alleged reported suspected believed believes believe thought "
    "thinks suspects suggests suggest suggested appears appear appeared seems seem seemed claims claimed claim "
    "rumored rumoured unconfirmed unverified estimated expected"
)
"""Words that take certainty away from a claim."""

STRONG_HEDGES = table(
    "may might could would possibly perhaps reportedly allegedly apparently probably presumably purportedly "
    "supposedly seemingly potentially alleged suspected believed believes rumored rumoured unconfirmed unverified"
)
"""Hedges that never stand for anything else: losing one is losing the doubt."""

NEGATIONS = table("not no never none nobody nothing neither nor without cannot")

DENIALS = table(
    "deny denies denied denying denial dismisses dismissed dismissing rejects rejected refutes refuted disputes "
    "disputed disavowed disavows"
)

PLAIN_DENIALS = table("deny denies denied denying refuted refutes disavowed")
"""Denials that stand for nothing else (a court dismisses, a body rejects tissue)."""

REFUSED = table(
    "bail access entry request requests permission parole visa visas service coverage care entrance boarding stay "
    "stays motion motions appeal appeals petition petitions application applications asylum relief injunction "
    "injunctions vote votes funding benefit benefits treatment justice right rights reparations citizenship admission"
)
"""What is denied to somebody, by a court or an office, where nothing that was said is denied."""

DENYING = DENIALS | table(
    "hoax hoaxes fake false untrue baseless unfounded groundless bogus debunked debunks debunking fabricated lie lies "
    "refuting rebuts rebutted rebuffs rebuffed contradicts contradicted"
)
"""Words by which a line says that something is not so."""

NUMBER_WORDS = table(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "dozen dozens hundreds thousands millions"
)

RANGE_ENDS = re.compile(
    r"\b(?:at least|at most|up to|as many as|as few as|more than|fewer than|less than|over|under|nearly|almost|about|"
    r"around|some|roughly|approximately)\s+$"
)
"""Words just before a number that make it another number, at the end of a text."""

OWN_WORDS = table("the a an according reports reported reportedly report says per tells notes in on of")
"""Words that a brief adds by itself when it names an outlet."""

ATTRIBUTIONS = table(
    "says said say reports reported report tells told according per claims claimed believes warns warned alleges "
    "alleged suggests adds added announces announced confirms confirmed insists insisted argues argued cites "
    "cited"
)

_ONE_TO_TWELVE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SMALL_NUMBERS = {word: number for number, word in enumerate(_ONE_TO_TWELVE, 1)}
"""Numbers that newsrooms write in words or in digits, by their house's style."""

SAME_NAMES = tuple(
    table(names)
    for names in (
        "us usa america american americans united-states",
        "uk britain british britons united-kingdom",
        "eu european-union",
        "un united-nations",
        "gop republican republicans",
        "dem dems democrat democrats democratic",
        "scotus supreme-court",
        "feds federal",
        "covid covid-19 coronavirus",
        "pm prime-minister",
        "gov governor",
        "sen senator",
        "rep representative",
        "dc washington",
    )
)
"""Short and long forms of names that headlines use for each other; a hyphen stands for the space."""

COMING = table("will shall going set due plan plans planned expected scheduled ll")
"""Words by which a passage says that something is to come."""

TOLLS = tuple(
    table(those)
    for those in (
        "killed kill kills killing dead died die dies dying death deaths toll",
        "injured injures injury injuries hurt wounded wounds",
        "missing unaccounted lost",
    )
)
"""Words for what has happened to those whom a figure counts."""

PREFIXES = table("ex anti pro non pre post self un re co mid")
"""Beginnings of words that are joined by a hyphen."""

BEFORE_AN_OUTLET = table("to per by from told with in of")
"""Words after which an outlet is named as the one who says it."""

OWN_VOICE = re.compile(r"\b(?=[IuwomyWOMY])(?:(?<!War )I|us|(?i:we|our|ours|my|me|you|your|yours))\b")
"""Words by which somebody speaks of himself, or to his reader."""

MONTHS_AND_DAYS = table(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec"
)

STOP = table(
    "a about above after again against all am an and any are as at be because been before being below between "
    "both but by can could did do does doing down during each few for from further had has have having he her "
    "here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only "
    "or other our out over own per said same say says she should so some such than that the their them then there "
    "these they this those through to too under until up very was we were what when where which while who whom "
    "why will with would you your s t also told according reports reported report may might us one two new mr mrs "
    "ms dr"
)

WORD = re.compile(r"\w+(?:['’]\w+)?")
NUMBER = re.compile(r"\d(?<![\w.].)[\d,]*(?:\.\d+)?")
QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
NAME = re.compile(r"[A-Z](?<!\w.)(?<!^.)(?<![.!?:“\"] .)[\w’'-]+")
"""The first letter goes before what looks back from it, here and in ``NUMBER``: one that opens with a letter is looked
for three times as fast."""

DATELINE = re.compile(
    r"""(?x)^(?:
        [A-Z][\w.’'-]*(?:[ ,]+[\w.’'-]+){0,5}\s*\((?:[A-Z][\w. /’'-]{1,30})\)\s*[-–—]*\s*(?=["“A-Z])
      | (?:[A-Z][A-Z.’'-]+[ ,]*){1,5}(?:[A-Z][\w.]*[ ,]*){0,3}(?:\([^)]{2,40}\)\s*)?\s*[-–—]+\s*(?=["“A-Z])
      | \((?:[A-Z][\w. /’'-]{1,30})\)\s*[-–—]*\s*(?=["“A-Z])
    )"""
)
"""The place and the agency that open an agency's report."""

_FOLD = tuple(zip("‘’‚“”„«»–—\u00a0\u202f\u2011", '\'\'\'"""""--  -', strict=True))


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """Return ``text`` with one kind of quotation mark, dash and space, "U.S." as "US", so that wording alone counts."""
    if not text.isascii():
        for mark, plain in _FOLD:  # a fifth of the time that "translate" takes
            text = text.replace(mark, plain)
    text = " ".join(text.split())
    return _INITIALS.sub(lambda found: found.group().replace(".", ""), text) if text.count(".") > 1 else text


_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}(?=[\s,;:'\"?!)-]|$)")


def other_names(word: str, text: str) -> bool:
    """Tell whether folded ``text``, all small, has another form of the name that ``word`` is."""
    return any(
        word in names and any(re.search(rf"\b{other.replace('-', '[ -]')}\b", text) for other in names)
        for names in SAME_NAMES
    )


@lru_cache(maxsize=1 << 12)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of ``text``, case folded, contractions of "not" taken apart."""
    flat = fold(text).casefold().replace("cannot", "can not")
    if "n't" in flat:
        flat = _WONT.sub("will not", _CANT.sub("can not", flat)).replace("n't", " not")
    if "'" not in flat:
        return tuple(_RUN.findall(flat))
    return tuple(map(without_possessive, WORD.findall(flat)))


_CANT, _WONT = re.compile(r"\bcan't\b"), re.compile(r"\bwon't\b")


def without_possessive(word: str) -> str:
    """Return a folded word without the ending of its possessive: "mayor's", "mayors'"."""
    if "'" not in word[-2:]:
        return word
    return word.removesuffix("'s") if word.endswith("'s") else word.removesuffix("'")


@lru_cache(maxsize=1 << 12)
def count_words(text: str) -> int:
    """Count words the way a brief's length is measured: runs of letters and digits."""
    return len(_RUN.findall(text))


_RUN = re.compile(r"\w+")


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Cut the endings that English inflection adds; rough, and the same for the same word."""
    for ending in ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
    return word


def is_number(word: str) -> bool:
    """Tell whether a word, case folded, is a number, in digits or in words."""
    return word[:1].isdigit() or word in NUMBER_WORDS


def root(name: str) -> str:
    """Cut the endings by which countries and their peoples differ: the same for "korea" and "korean"."""
    for ending in ("ian", "ean", "ese", "ish", "an", "ia", "a", "e", "i", "n"):
        if name.endswith(ending) and len(name) - len(ending) >= 4:
            return name[: -len(ending)]
    return name


@lru_cache(maxsize=1 << 12)
@cache
def _tolls() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(stem, those)) for those in TOLLS)


def same_toll(stems: Set[str]) -> frozenset[str]:
    """Return the stems that tell the same toll as one of ``stems``: those of "died" for that of "killed"."""
    return frozenset().union(*(those for those in _tolls() if not those.isdisjoint(stems)))


def content_words(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in order."""
    return tuple([stem(word) for word in plain_words(text) if word not in STOP and len(word) > 1])


_ANSWERS = re.compile(r"(?:Well|Yes|No|Sure|Look|OK|Okay|Right|Oh|Ah|Alas|Indeed|Exactly|Perhaps not|Not so)[,.!] ")
"""Openings by which a writer answers what was said before."""


def opens_leaning(text: str) -> bool:
    """Tell whether the first word of ``text`` leans on something before it; so does a text without words."""
    first = _FIRST.match(text)
    return first is None or first.group(1).casefold() in _TIED or _ANSWERS.match(text) is not None


_FIRST = re.compile(r"\W*([^\W\d_]+|\w+)")
_TIED = LEANING | CONNECTORS


def names_in(text: str) -> Iterator[str]:
    """Yield each capitalised word that does not open a sentence, without a possessive ending."""
    for match in NAME.finditer(text):
        yield _POSSESSIVE.sub("", match.group())


_POSSESSIVE = re.compile(r"['’]s?$")


def has_hidden_characters(text: str) -> bool:
    """Tell whether ``text`` holds characters a reader cannot see: controls, direction overrides, tags."""
    if text.isprintable():
        return False
    return any(unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs") for char in text if char not in "\n\t\u00ad")
