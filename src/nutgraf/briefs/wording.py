"""From a passage to the words of a line that stands alone: no dateline, names for pronouns, the outlet named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nutgraf.briefs import words
from nutgraf.briefs.passages import Passage, has_open_quotation
from nutgraf.model import Article, Citation, Claim, Span

_BULLET = re.compile(r"^(?:[-–—•·*▪■►]+\s+)+(?=[\w“\"])")
"""The mark of a list that a sentence opens with."""

_CLOCK = re.compile(r"^\d{1,2}(?:[:.]\d\d ?[ap]\.?m\.?|:\d\d| ?[ap]\.?m\.?)(?: [A-Z]{2,4}\b)? *[-–—:]? +(?=[A-Z“\"])")
"""The time of an entry of a live blog."""

_CONNECTOR_ALONE = words.table(
    "but and meanwhile however moreover furthermore additionally nonetheless nevertheless plus"
)
_OPENING = re.compile(r"^([A-Za-z]+)(,?)\s+")
_OPENING_PHRASE = re.compile(
    r"(?i)^(?:in addition|at the same time|for (?:his|her|its|their) part|for example|for instance|in fact|"
    r"of course|as a result|"
    r"on the other hand|in other words|even so|by contrast|in turn|that said|to be sure|in the meantime|"
    r"as for that|now|ultimately|just like that|not surprisingly|unsurprisingly|interestingly|notably|importantly|"
    r"in short|after all|in the end|in the interview|with (?:those|these) words), "
)
_RUN_IN = re.compile(
    r"^(?:Why it matters|The big picture|Driving the news|What[’']s (?:next|new|happening)|What to (?:watch|know)|"
    r"What (?:we know|they[’']re saying|happened)|State of play|The (?:bottom line|latest|context|intrigue|details|"
    r"backstory|other side|background|backdrop|catch|upshot|takeaway|numbers|state of play)|"
    r"Between the lines|By the numbers|Zoom (?:in|out)|Yes,? but|Worth noting|Of note|Flashback|Go deeper|"
    r"Reality check|Be smart|How it works|Context|Background|Details|Catch up quick|Quick take|"
    r"Here[’']s (?:the|what|why|how)[\w ]{0,30}|One (?:big )?thing|(?:Key )?(?:point|takeaway)s?|Bottom line|"
    r"Quote of the day|Threat level|Our thought bubble): +(?=[“\"A-Z])"
)
"""Run-in labels that an outlet opens its paragraphs with: a brief has its own."""

_PRONOUNS = words.table("he she they it")
SPEECH = (
    r"(?:said|says|say|added|adds|told|tells|explained|continued|wrote|tweeted|noted|recalled|asked|insisted|"
    r"argued|concluded|"
    r"joked|replied|responded|stated|testified|warned|admitted|acknowledged|called|described)"
)
_PRONOUN_SPEAKS = re.compile(
    rf"(?i)\b(?:(?:he|she|they) (?:\w+ )?{SPEECH}|(?=\w+ (?:he|she|they)\b){SPEECH} (?:he|she|they))\b"
)
_OF_ANOTHER = re.compile(r"(?:[A-Z][\w.’'-]* ){0,3}[A-Z][\w.’'-]*, (?:its|his|her|their) ")
""""Ines Aalto, its captain, …": whose, the sentence before tells."""

_SAID_ASIDE = re.compile(rf", (?:he|she|they) (?:\w+ )?{SPEECH}(?: \w+)?,")
"""", she said,": by whom, the sentence before tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a line made of ``passage`` says.

    ``leans`` tells that it needs the passage before it; ``own_voice`` that the article speaks of itself ("we", "you")
    outside quotation marks. ``lent`` are citations of names brought in.
    ``opening`` is the length of the first sentence of two.
    """

    passage: Passage
    text: str
    leans: bool = False
    own_voice: bool = False
    speaker: str | None = None
    lent: tuple[Citation, ...] = field(default=())
    opening: int | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The passage, then what names were taken from elsewhere in the article."""
        return (self.passage.citation, *self.lent)


def word(passage: Passage) -> Wording:
    """Return the words of a passage, changed only outside quotation marks."""
    text, speaker, lent = _name_pronouns(passage)
    text = _RUN_IN.sub("", words.DATELINE.sub("", _CLOCK.sub("", _BULLET.sub("", text))))
    text = _without_opening(text)
    return Wording(
        passage=passage,
        text=text,
        leans=_leans(text),
        own_voice=bool(words.OWN_VOICE.search(outside_quotations(text))),
        speaker=speaker or _speaker_named(text, passage.claims),
        lent=lent,
    )


def outside_quotations(text: str) -> str:
    """Return ``text`` with each quotation reduced to a pair of marks."""
    return _QUOTATION.sub("“”", text)


_QUOTATION = re.compile(r"[“\"][^“”\"]*[”\"]")


def _speaker_named(text: str, claims: Sequence[Claim]) -> str | None:
    """Return the speaker whom the words name, in full or by the last name."""
    for claim in claims:
        if claim.speaker and claim.speaker in text:
            return claim.speaker
    last = [claim.speaker.split()[-1] for claim in claims if claim.speaker]
    return next((name for name in last if name[:1].isupper() and re.search(rf"\b{re.escape(name)}\b", text)), None)


def _name_pronouns(passage: Passage) -> tuple[str, str | None, tuple[Citation, ...]]:
    """Put the speaker's name for a pronoun that is the source of a claim, and cite where the name stands."""
    article, span = passage.article, passage.span
    raw, shift, speaker, lent = span.of(article.text), 0, None, []
    for claim in sorted(passage.claims, key=lambda claim: claim.source):
        if len(claim.source) != 1 or not claim.speaker or not span.holds(claim.source[0]):
            continue
        source = claim.source[0]
        if source.of(article.text).casefold() not in _PRONOUNS or speaker == claim.speaker:
            continue
        if re.search(rf"\b{re.escape(claim.speaker.split()[-1])}\b", span.of(article.text)):
            continue  # "When Aalto came, she said": it is told; "Aalto, she said, is": somebody else
        if has_open_quotation(article.text[span.start : source.start]):
            continue  # said by the one quoted, and not to be changed
        mention = mention_of(article, claim.speaker, before=source.start)
        if mention is None:
            continue
        start, end = source.start - span.start + shift, source.end - span.start + shift
        name = _in_place(claim.speaker, raw[:start], article)
        raw = raw[:start] + name + raw[end:]
        shift += len(name) - (source.end - source.start)
        speaker = claim.speaker
        lent.append(article.cite(mention))
    return " ".join(raw.split()), speaker, tuple(lent)


def _in_place(speaker: str, before: str, article: Article) -> str:
    """Return a speaker as he is named after ``before``: "The spokesman" at a beginning, "the spokesman" elsewhere.

    Whom the article brought in as "a spokesman" is known by then.
    """
    name = re.sub(r"^[Aa]n? ", "the ", speaker)
    if not before.strip() or _BEGINS.search(before):
        return capital(name)
    return small_start(name, article)


_BEGINS = re.compile(r"[.!?:][”\"’']?\s+[“\"]?$|^[“\"]$")


def mention_of(article: Article, name: str, *, before: int) -> Span | None:
    """Return the sentence in which ``name`` last stands before a place, or else first stands at all."""
    at = article.text.rfind(name, 0, before)
    if at < 0:
        at = article.text.find(name)
    if at < 0:
        return None
    return sentence_round(article, at, at + len(name))


def sentence_round(article: Article, start: int, end: int) -> Span:
    """Return the sentence, or sentences, that a range of an article stands in."""
    text = article.text
    line = text.rfind("\n", 0, start) + 1
    opening = max((match.end() for match in _GAP.finditer(text, line, start)), default=line)
    closing = _CLOSING.search(text, end)
    stop = closing.end() if closing else len(text)
    passage = text[opening:stop]
    left = len(passage) - len(passage.lstrip())
    return article.span(opening + left, opening + len(passage.rstrip()))


_GAP = re.compile(r"[.!?][”\"’']?\s+")
_CLOSING = re.compile(r"[.!?][”\"’']?(?=\s|$)|\n")


def _without_opening(text: str) -> str:
    """Take off words that tie the sentence to one before it, as long as nothing else changes."""
    for _ in range(2):
        phrase = _OPENING_PHRASE.match(text)
        opening = _OPENING.match(text)
        if phrase:
            text = capital(text[phrase.end() :])
        elif opening and (
            (opening.group(2) and opening.group(1).casefold() in words.CONNECTORS)
            or opening.group(1).casefold() in _CONNECTOR_ALONE
        ):
            text = capital(text[opening.end() :])
    return text


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


_ECHOES = re.compile(
    r"(?i)\b(?:said|says|say|did|does|do|thought|thinks|argued) (?:much |almost )?"
    r"(?:the (?:same|opposite)|likewise|so too)\b"
)
""""Lund said the same of Sund": the same as what, the sentence before tells."""


def _leans(text: str) -> bool:
    """Tell whether a sentence cannot be read without the one before it."""
    if words.opens_leaning(text):
        return True
    bare = outside_quotations(text)
    if _ECHOES.search(bare):
        return True
    if _OF_ANOTHER.match(bare) or _SAID_ASIDE.search(bare):
        return True
    if _PRONOUN_SPEAKS.search(bare) and not list(words.names_in("x " + bare)):
        return True
    if bare.startswith("“”") and _PRONOUN_SPEAKS.search(bare[:40]):
        return True
    return len(words.content_words(bare)) < 3 and "“" in bare and not list(words.names_in("x " + bare))


ENGLISH = "en"


def tongue_of(language: str | None) -> str:
    """Return the plain code of a language, English where it is not known: "de" for "de-AT"."""
    return re.split(r"[-_]", language)[0].casefold() if language else ENGLISH


def small_start(text: str, article: Article, tag: str | None = None) -> str:
    """Begin with a small letter where the word is no name, by its grammar or by how the article writes it elsewhere."""
    first = re.match(r"[A-Z][a-z’']*\b(?!\.)", text)
    if first is None:
        return text
    word = first.group().lower()
    plain = tag in _PLAIN and not _is_name(first.group(), article.text)
    plain = plain or word in words.OPENERS or f" {word} " in article.text
    if word in words.STOP or (plain and not _TITLED.match(text)):
        return text[0].lower() + text[1:]
    return text


_PLAIN = frozenset({"NN", "NNS", "VBG", "VBN", "RB", "IN", "DT", "CD", "JJR", "JJS", "PDT", "WDT", "WRB"})
"""Parts of speech of words that have no capital in mid-sentence; adjectives can be of a people."""

_TITLED = re.compile(r"\w+ [A-Z]")
"""A first word before another capital: "Transport Minister Karin Voss"."""


def _is_name(word: str, text: str) -> bool:
    """Tell whether a text writes a word with its capital in mid-sentence."""
    return re.search(rf"[\w,;] {re.escape(word)}\b", text) is not None


def joined(first: Wording, second: Wording) -> Wording:
    """Return one wording of two: ``second`` follows ``first`` in one line."""
    return replace(
        first,
        text=f"{first.text} {second.text}",
        opening=first.opening or len(first.text),
        lent=(*first.lent, *second.citations),
        speaker=first.speaker or second.speaker,
    )
