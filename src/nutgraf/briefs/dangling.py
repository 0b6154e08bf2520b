"""Whether an English sentence points at something that it does not name, by its grammar."""

from __future__ import annotations

from collections.abc import Sequence

from nutgraf.briefs import words
from nutgraf.ports import Token

_THINGS = words.table("it its itself")
_PERSONS = words.table("he she him her his hers himself herself")
_MANY = words.table("they them their theirs themselves")
_PRONOUNS = _THINGS | _PERSONS | _MANY
_POINTING = words.table("this that these those")

_TIMES = words.table(
    "time times moment day days night nights morning mornings afternoon evening week weeks weekend month months year "
    "years summer winter spring autumn fall season decade century term point stage"
)
"""What "that night" or "this year" tells without a word before it."""

_JUDGING = words.table("call describe dub brand dismiss denounce hail label")
"""Verbs of judging: "Stokes, who leads the opposition, called it a disgrace" judges nothing that tells who she is."""

_NOBODY = words.MONTHS_AND_DAYS | _TIMES
"""What no pronoun stands for."""

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis"})


def dangles(text: str, tokens: Sequence[Token]) -> str | None:
    """Return a word of a sentence that points at something outside of it; ``None`` where there is none.

    Quotations are the speaker's own and not looked at. A pronoun is at home where a noun that it can stand for comes
    before it, or where it opens a clause that the one it stands for follows ("When he left, Aalto said").
    """
    quoted = _quoted(text, tokens)
    for place, token in enumerate(tokens):
        if quoted[place]:
            continue
        is_pronoun = token.tag in ("PRP", "PRP$") and token.text.casefold() in _PRONOUNS
        if is_pronoun and not _is_at_home(tokens, place, [n for n in range(place) if not quoted[n]]):
            return token.text
        if _points(tokens, place) or _counts_nothing_named(tokens, place):
            return token.text
    return None


def _quoted(text: str, tokens: Sequence[Token]) -> list[bool]:
    inside = [match.span() for match in words.QUOTED.finditer(text)]
    return [any(start <= token.start < end for start, end in inside) for token in tokens]


def _is_at_home(tokens: Sequence[Token], place: int, before: Sequence[int]) -> bool:
    """Tell whether a pronoun has something to stand for in the sentence; ``before`` are the words to look at first."""
    token = tokens[place]
    if token.text.casefold() == "it" and (token.dep in ("expl", "nsubj", "nsubjpass") or _is_filler(tokens, place)):
        return any(tokens[n].tag in _NOUNS for n in before) or _is_filler(tokens, place)
    fits = [n for n in before if _can_be_meant(tokens, n, token)]
    if token.dep in _OBJECTS:  # "the judge did not believe him": not himself
        own = _clause_of(tokens, place)
        fits = [n for n in fits if _verb_of_subject(tokens, n) != own]
        if tokens[own].lemma in _JUDGING:
            fits = [n for n in fits if not _is_under_subject(tokens, n, own)]
    return bool(fits) or _comes_after(tokens, place)


def _is_filler(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether an "it" stands for what follows: "it is understood that", "said it would", "make it clear"."""
    return tokens[place].dep == "expl" or any(
        other.head == tokens[place].head and other.dep in ("ccomp", "csubj", "xcomp", "acomp") and n > place
        for n, other in enumerate(tokens)
    )


def _can_be_meant(tokens: Sequence[Token], place: int, pronoun: Token) -> bool:
    other, word = tokens[place], pronoun.text.casefold()
    if other.tag not in _NOUNS or other.text.casefold() in _NOBODY:
        return False
    if word in _PERSONS:
        return other.tag in ("NNP", "NN", "NNPS")
    return other.tag != "CD" or word in _MANY


def _clause_of(tokens: Sequence[Token], place: int) -> int:
    """Return the verb of the clause that a word stands in."""
    for _ in range(len(tokens)):
        above = tokens[place].head
        if above == place or tokens[place].dep in _CLAUSES:
            return place
        place = above
    return place


def _verb_of_subject(tokens: Sequence[Token], place: int) -> int:
    """Return the subject's verb where a word is part of a subject; -1 elsewhere."""
    for _ in range(len(tokens)):
        if tokens[place].dep in _SUBJECTS:
            return tokens[place].head
        if tokens[place].head == place or tokens[place].dep in _CLAUSES:
            return -1
        place = tokens[place].head
    return -1


def _is_under_subject(tokens: Sequence[Token], place: int, verb: int) -> bool:
    """Tell whether a word stands anywhere in the subject of a verb, in a clause that hangs on it too."""
    for _ in range(len(tokens)):
        token = tokens[place]
        if token.head == place or place == verb:
            return False
        if token.dep in _SUBJECTS and token.head == verb:
            return True
        place = token.head
    return False


def _comes_after(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a pronoun stands in what comes before the main subject, and that is a name or a noun."""
    root = next((n for n, token in enumerate(tokens) if token.head == n), None)
    of_root = tokens[place].tag == "PRP" and _clause_of(tokens, place) == root  # "In it a man turns to run"
    if root is None or place > root or of_root:
        return False
    subject = next((n for n, t in enumerate(tokens) if t.head == root and t.dep in ("nsubj", "nsubjpass")), None)
    return subject is not None and place < subject and _can_be_meant(tokens, subject, tokens[place])


def _points(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether "that bus" or "on that" points at what no word before names."""
    token = tokens[place]
    word = token.text.casefold()
    if token.tag != "DT" or word not in _POINTING:
        return False
    if word == "that" and place and tokens[place - 1].tag[:1] == "V" and tokens[token.head].dep in _SUBJECTS:
        return False  # "denied that cost had been": no pointing, whatever the parse says
    if token.dep in _OBJECTS:
        ends = all(other.dep == "punct" for other in tokens[place + 1 :])
        return (
            word == "this"
            or ends
            or not any(other.tag.startswith("V") for other in tokens[:place] if other.tag != "VB")
        )
    head = tokens[token.head]
    if token.dep != "det" or head.lemma.casefold() in _TIMES or head.dep == "npadvmod":
        return False
    before = {other.lemma.casefold() for other in tokens[:place]}
    follows = any(
        other.head == token.head and other.dep in ("relcl", "acl", "prep") for other in tokens[token.head + 1 :]
    )
    return head.lemma.casefold() not in before and not follows


def _counts_nothing_named(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether "all seven" or "the two" counts what no word before names."""
    token = tokens[place]
    if token.tag != "CD" or token.dep not in ("nsubj", "nsubjpass") or not place:
        return False
    before, after = tokens[place - 1], tokens[place + 1] if place + 1 < len(tokens) else token
    named = any(other.tag in ("NNS", "NNP", "NNPS") for other in tokens[: place - 1])
    follows = any(other.head == place and other.dep in ("prep", "relcl", "acl") for other in tokens)
    bare = before.text.casefold() in ("all", "both", "the") and after.tag[:1] in ("V", "M")
    return bare and not named and not follows
