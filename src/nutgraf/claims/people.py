"""People: who is mentioned where in an article, and whom "he", "Holm" or "the minister" stands for, if only one can."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from nutgraf.claims.grammar import Grammar
from nutgraf.claims.quotes import Quotation
from nutgraf.claims.words import (
    BODIES,
    CLOSE,
    HERS,
    HIS,
    KIN,
    NO_PERSON,
    OUTLETS,
    PERSON_NOUNS,
    PERSON_PRONOUNS,
    PLACES,
    TITLES,
)
from nutgraf.ports import Sentence, Token

_PARAGRAPH = re.compile(r"\n\s*\n")
_JOINING = frozenset(("de", "van", "von", "al", "bin", "der", "la", "-", "’s", "of"))
# Nobody is looked for further back than this many mentions; it keeps odd texts cheap.
_LOOKBACK = 60

MOST_TOLD = 800
"""Characters around one name that are remembered."""

_PARTY = re.compile(r"[RDIL]-\w")
_LABEL = re.compile(r"[^\n:.!?“\"]{3,60}:\s")
_AGE_BEHIND = re.compile(r",? (?:aged )?(\d{1,3})(?=[,.;) ]|$)(?! ?[a-z%])")
_YEARS = re.compile(r"(\d{1,3})-year-old ")
_OTHER = frozenset(("former", "deputy", "vice", "assistant", "acting", "ex", "previous", "late", "other", "second"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters that name or describe one person; ``who`` is the fullest name, or the words of the description."""

    start: int
    end: int
    who: str
    roles: frozenset[str] = frozenset()
    named: bool = True
    age: int | None = None


class People:
    """The people and bodies of one article, by place."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        quotations: Sequence[Quotation] = (),
        sentences: Sequence[Sentence] = (),
    ) -> None:
        self._text, self._tokens = text, tokens
        self.grammar = Grammar(text, tokens, sentences)
        self._breaks = [gap.end() for gap in _PARAGRAPH.finditer(text)]
        self._quotations = quotations
        self._quoted_starts = [quotation.start for quotation in quotations]
        self._roles_of: dict[str, set[str]] = {}
        self._told_of: dict[str, str] = {}
        self._ages: dict[str, int] = {}
        runs = list(_without_roles(list(_runs(text, tokens)), tokens))
        self._full = _full_names(run for run in runs if run.person)
        self.mentions = sorted(self._all(runs), key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self.mentions]
        self._unnamed = {mention.who for mention in self.mentions if not mention.named}
        self._acting = list(self._bodies_that_act(runs))
        self._bodies = [(run.start, text[run.start : run.end]) for run in runs if not run.person]
        self._called: dict[str, str] = {}
        self._note_pronouns()

    def full(self, name: str) -> str | None:
        """Return the full name that a name stands for, itself where none is known, ``None`` where several are."""
        known = self._full.get(name, set())
        return name if " " in name or not known else next(iter(known)) if len(known) == 1 else None

    def named_within(self, start: int, end: int) -> Iterator[Mention]:
        """Yield the people who are named in that stretch."""
        for number in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            if self.mentions[number].named and self.mentions[number].end <= end:
                yield self.mentions[number]

    def pronoun(self, word: str, at: int, *, but: Set[str] = frozenset()) -> str | None:
        """Return whom "he" or "she" at ``at`` stands for: the one person that fits in its paragraph or the one before.

        ``None`` where nobody fits, and where two do. ``but`` holds whom it cannot be.
        """
        for start, end in self._stretches(at):
            fitting: set[str] = set()
            for mention in self._backwards(start, end):
                if mention.who not in but and _fits(word, mention) and self._called.get(mention.who, word) == word:
                    fitting.add(mention.who)
                if len(fitting) > 1:
                    return None
            if fitting:
                return fitting.pop()
        return None

    def _note_pronouns(self) -> None:
        """Note who is called "he" and who "she" where one person alone fits: the other word is somebody else."""
        for token in self._tokens:
            word = token.text.lower()
            if word in PERSON_PRONOUNS and token.dep in ("nsubj", "nsubjpass") and not self._quoted(token.start):
                who = self.pronoun(word, token.start)
                if who is not None:
                    self._called.setdefault(who, word)

    def told_of(self, ranges: Sequence[tuple[int, int]]) -> frozenset[str]:
        """Return who is named in ranges of the article: whoever says "Aalto is tired" is not Aalto."""
        return frozenset(mention.who for start, end in ranges for mention in self.named_within(start, end))

    def described(self, words: Sequence[str], at: int) -> tuple[str | None, int]:
        """Return whom "the" ``words`` at ``at`` stand for ("police chief"), and how many it can be.

        What stands before the last word must not be against the one: "the former mayor" is not the mayor, and "the
        Velnian president" is the one whose country is told where he is named.
        """
        noun, before = words[-1], words[:-1]
        known = {mention.who for mention in self._earlier(at) if noun in mention.roles}
        known = {who for who in known if self._agrees(who, before)}
        bodies = BODIES.get(noun, frozenset())
        if bodies:
            last = bisect_left(self._bodies, (at, ""))
            known |= {
                name for _, name in self._bodies[max(0, last - _LOOKBACK) : last] if bodies & set(name.lower().split())
            }
        if not known and noun in TITLES and (labelled := self._in_label(at)):
            known = {labelled}
        return (next(iter(known)) if len(known) == 1 else None), len(known)

    def aged(self, years: int, at: int) -> str | None:
        """Return the one person of that age who was told of before; ``None`` where two were."""
        known = {mention.who for mention in self._earlier(at) if mention.age == years}
        return known.pop() if len(known) == 1 else None

    def body(self, at: int) -> str | None:
        """Return the one body that "it" at ``at`` can stand for: the only one that acts in its paragraph or before."""
        for start, end in self._stretches(at):
            acting = {name for place, name in self._acting if start <= place < end}
            if acting:
                return acting.pop() if len(acting) == 1 else None
        return None

    def is_unnamed(self, who: str) -> bool:
        """Tell whether somebody is only described in the whole article."""
        return who in self._unnamed

    def _earlier(self, at: int) -> Sequence[Mention]:
        return self.mentions[: bisect_left(self._starts, at)][-_LOOKBACK:]

    def _agrees(self, who: str, modifiers: Sequence[str]) -> bool:
        against = _OTHER & {word.lower() for word in modifiers}
        roles = self._roles_of.get(who, set())
        if against - roles:
            return False
        proper = [word for word in modifiers if word[:1].isupper()]
        return all(word[:4].lower() in self._told_of.get(who, "") for word in proper)

    def _in_label(self, at: int) -> str | None:
        """Return the one person whom the run-in label of a paragraph names: "Holm agreed: … the mayor said"."""
        number = bisect_right(self._breaks, at)
        opened = self._breaks[number - 1] if number else 0
        label = _LABEL.match(self._text, opened, at)
        if label is None:
            return None
        named = {self.full(m.who) for m in self.named_within(opened, label.end())}
        return named.pop() if len(named) == 1 else None

    def remember(self, who: str, start: int, end: int) -> None:
        """Note that the words from ``start`` to ``end`` stand for ``who``, for the pronouns after them."""
        number = bisect_left(self._starts, start)
        self.mentions.insert(number, Mention(start, end, who))
        self._starts.insert(number, start)

    def _stretches(self, at: int) -> list[tuple[int, int]]:
        number = bisect_right(self._breaks, at)
        opened = self._breaks[number - 1] if number else 0
        before = self._breaks[number - 2] if number > 1 else 0
        return [(opened, at), (before, opened)] if number else [(opened, at)]

    def _backwards(self, start: int, end: int) -> Iterator[Mention]:
        last = bisect_left(self._starts, end)
        for number in range(last - 1, max(-1, last - _LOOKBACK), -1):
            mention = self.mentions[number]
            if mention.start < start:
                return
            if mention.end <= end and not self._quoted(mention.start):
                yield mention

    def _quoted(self, at: int) -> bool:
        number = bisect_right(self._quoted_starts, at) - 1
        return number >= 0 and at < self._quotations[number].end

    def _all(self, runs: Sequence[_Run]) -> Iterator[Mention]:
        named = set[int]()
        for run in runs:
            who = (self.full(run.name) or run.name) if run.person else None
            if who:
                self._roles_of.setdefault(who, set()).update(_roles(self.grammar, run))
                self._note(who, run)
                named |= {run.first, run.last, self._tokens[run.last].head}
        for run in runs:
            if run.person:
                who = self.full(run.name) or run.name
                roles = frozenset(self._roles_of[who])
                yield Mention(run.start, run.end, who, roles, age=self._ages.get(who))
        for i, token in enumerate(self._tokens):
            if i not in named and token.tag == "NN" and (found := self._description(i)):
                yield found

    def _note(self, who: str, run: _Run) -> None:
        """Remember the words and the age that stand beside a name."""
        told = self._told_of.get(who, "")
        if len(told) < MOST_TOLD:
            behind_name = self._text[run.end : run.end + 80].split(". ")[0]
            self._told_of[who] = f"{told} {self._text[max(0, run.start - 60) : run.end].lower()}{behind_name.lower()}"
        behind = _AGE_BEHIND.match(self._text, run.end)
        before = _YEARS.search(self._text, max(0, run.start - 20), run.start)
        if behind or before:
            self._ages[who] = int((behind or before).group(1))  # type: ignore[union-attr]  # one of them is there

    def _bodies_that_act(self, runs: Sequence[_Run]) -> Iterator[tuple[int, str]]:
        """Yield the companies, ministries and countries that are subjects: "it" can stand for them."""
        runs_of = {run.last: run for run in runs}
        for i, token in enumerate(self._tokens):
            if token.dep not in ("nsubj", "nsubjpass") or self._quoted(token.start):
                continue
            run = runs_of.get(i)
            if run is not None and not run.person:
                yield run.start, self._text[run.start : run.end]
            elif run is None and token.lemma.lower() in BODIES and token.tag == "NN":
                start, end = self.grammar.phrase(i)
                yield start, self._text[start:end]

    def _description(self, i: int) -> Mention | None:
        """Return a person who is only described: "a fisherman" of "a fisherman from Velnia", "his mother"."""
        token = self._tokens[i]
        if not (token.lemma.lower() in PERSON_NOUNS or self._is_a_who(i)) or token.dep in ("appos", "attr", "compound"):
            return None
        owners = [self._tokens[child].tag for child in self.grammar.children[i] if self._tokens[child].dep == "poss"]
        if token.lemma.lower() in CLOSE and owners and owners[0] in ("PRP$", "NNP"):
            start, _ = self.grammar.phrase(i)
            who = self._text[start : token.end]
            return Mention(start, token.end, who, frozenset((token.lemma.lower(),)), named=False)
        first = i
        while first > 0 and self._tokens[first - 1].head == i and self._tokens[first - 1].dep != "punct":
            first -= 1
        if self._tokens[first].text.lower() not in ("a", "an", "one", "another"):
            return None
        start = self._tokens[first].start
        who = self._text[start : token.end]
        age = _YEARS.search(who)
        years = int(age.group(1)) if age else None
        return Mention(start, token.end, who, frozenset((token.lemma.lower(),)), named=False, age=years)

    def _is_a_who(self, i: int) -> bool:
        """Tell whether a clause that begins with "who" hangs on a noun: "a contractor who was on shift"."""
        clauses = (child for child in self.grammar.children[i] if self._tokens[child].dep == "relcl")
        return any(self._tokens[word].text.lower() == "who" for verb in clauses for word in self.grammar.children[verb])


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of proper nouns, its titles left out of ``name``."""

    first: int
    last: int
    start: int
    end: int
    name: str
    titles: frozenset[str]
    person: bool


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[_Run]:
    i = 0
    while i < len(tokens):
        if not _proper(tokens[i]):
            i += 1
            continue
        first = i
        while i + 1 < len(tokens) and (_proper(tokens[i + 1]) or _joins(tokens, i + 1) or tokens[i].text == "-"):
            i += 1
        yield _run(text, tokens, first, i)
        i += 1


def _without_roles(runs: Sequence[_Run], tokens: Sequence[Token]) -> Iterator[_Run]:
    """Take a role at the beginning of a sentence off the name behind it: "Substitute Kofi Mensah", "Manager Rob Low".

    It is one where it is a person's noun, or where the article has the name without it too.
    """
    names = {run.name for run in runs}
    for run in runs:
        role, _, rest = run.name.partition(" ")
        named = run.person and " " in rest and rest[:1].isupper() and tokens[run.first].text == role
        if named and (role.lower() in PERSON_NOUNS or rest in names):
            start = tokens[run.first + 1].start
            titles = run.titles | {role.lower()}
            yield replace(run, first=run.first + 1, start=start, name=rest, titles=titles)
        else:
            yield run


def _proper(token: Token) -> bool:
    return token.tag[:3] == "NNP" and token.text[:1].isalpha() and token.text[:1].isupper()


def _joins(tokens: Sequence[Token], i: int) -> bool:
    inner = tokens[i].text
    if i + 1 >= len(tokens) or inner not in _JOINING:
        return False
    if inner == "-":
        return (
            tokens[i - 1].end == tokens[i].start
            and tokens[i].end == tokens[i + 1].start
            and len(tokens[i + 1].text) > 1
        )
    return _proper(tokens[i + 1])


def _run(text: str, tokens: Sequence[Token], first: int, last: int) -> _Run:
    words = [tokens[i].text.lower().rstrip(".") for i in range(first, last + 1)]
    opens = first + max((n + 1 for n, word in enumerate(words[:-1]) if word in TITLES), default=0)
    while opens > first and not tokens[opens].text[:1].isupper():  # "President of Velnia" leaves no name
        opens -= 1
    start, end = tokens[opens].start, tokens[last].end
    name = " ".join(text[start:end].split())
    titles = {word for word in words[: opens - first] if word in PERSON_NOUNS or word in TITLES}
    if first and tokens[first - 1].lemma.lower() in PERSON_NOUNS and tokens[first - 1].dep in ("compound", "nmod"):
        titles.add(tokens[first - 1].lemma.lower())
    whose = tokens[tokens[last].head].lemma.lower() if tokens[last].dep == "appos" else ""  # "his mother, Ada"
    person = _is_person(name, titled=bool(titles) or whose in KIN, token=tokens[last])
    if person and " of " in name:  # "Holm of Velnia" is Holm
        last = next(i for i in range(opens, last) if tokens[i].text == "of") - 1
        end = tokens[last].end
        name = " ".join(text[start:end].split())
    if not person:
        start = tokens[first - (first > 0 and tokens[first - 1].text.lower() == "the")].start
    return _Run(first, last, start, end, name, frozenset(titles), person)


def _is_person(name: str, *, titled: bool, token: Token) -> bool:
    words = name.lower().replace("-", " ").split()
    if (
        _PARTY.match(name)
        or set(words) & (OUTLETS | NO_PERSON)
        or set(words) <= TITLES
        or name.lower() in PLACES
        or len(words) > 5
    ):
        return False
    return titled or len(words) > 1 or (token.dep == "nsubj" and len(name) > 2 and not name.isupper())


def _full_names(runs: Iterator[_Run]) -> dict[str, set[str]]:
    """Map the first and the last word of each full name to the full names that have it."""
    full: dict[str, set[str]] = {}
    for run in runs:
        words = run.name.split()
        if len(words) > 1:
            for word in {words[0], words[-1]}:
                full.setdefault(word, set()).add(run.name)
    return full


def _roles(grammar: Grammar, run: _Run) -> set[str]:
    """Return what one is called beside the name: "Mayor Holm", "Holm, the mayor of Velnia", "Holm became mayor"."""
    tokens, last = grammar.tokens, run.last
    found = set(run.titles)
    head = tokens[last].head
    if tokens[last].dep == "appos":
        found |= _called(grammar, head)
    for i in range(last + 1, min(last + 12, len(tokens))):
        if tokens[i].head == last and tokens[i].dep == "appos":
            found |= _called(grammar, i)
    top = head if tokens[last].dep == "conj" else last  # "Holm and Ray are nurses"
    verb = tokens[top].head
    if tokens[top].dep in ("nsubj", "attr") and tokens[verb].lemma in ("be", "become", "remain"):
        other = grammar.child(verb, "attr" if tokens[top].dep == "nsubj" else "nsubj")
        found |= _called(grammar, other) if other is not None else set()
    return found | {_SPELT[word] for word in found & _SPELT.keys()}


def _called(grammar: Grammar, noun: int) -> set[str]:
    """Return a noun and the titles that make it more exact: "deputy mayor"."""
    more = [c for c in grammar.children[noun] if grammar.tokens[c].dep in ("compound", "amod", "nmod")]
    exact = {grammar.tokens[i].lemma.lower() for i in more} & (TITLES | _OTHER)
    return {grammar.tokens[noun].lemma.lower()} | exact


_SPELT = {"dr": "doctor", "sen": "senator", "rep": "representative", "gov": "governor", "prof": "professor",
          "gen": "general", "col": "colonel", "sgt": "sergeant", "lt": "lieutenant", "capt": "captain",
          "rev": "reverend", "spokesperson": "spokesman"}  # fmt: skip


def _fits(word: str, mention: Mention) -> bool:
    against = HERS if word == "he" else HIS
    return not mention.roles & against
