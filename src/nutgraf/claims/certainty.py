"""Certainty: how sure a claim is, and the words that make it so, from its cue, its content and the grammar of both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from nutgraf.claims.grammar import LONGEST_CLAUSE, Grammar, Phrase, Range
from nutgraf.claims.words import NO_PERSON, PERSON_NOUNS
from nutgraf.model import Certainty
from nutgraf.ports import Token

LONGEST_TEXT = 1_000
"""Characters of a content in which conditions and dates are looked for."""

NEAR = 6
"""Words before a cue that can turn it: "declined to", "no longer", "has yet to"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure a claim is, and the words that make it so: none where it is said as fact."""

    certainty: Certainty
    words: tuple[Range, ...] = ()


FACT = Verdict(Certainty.FACT)


def judge(grammar: Grammar, cue: Sequence[Range], content: Sequence[Range], source: Sequence[Range] = ()) -> Verdict:
    """Tell how sure a claim is: by its cue first (denied, open, believed, planned), then by its content's main clause.

    A negation turns what it stands before: who did not deny has left it open. What hedges only a part of the content,
    or the words around it, changes nothing.
    """
    said = _Said(grammar, cue, content, source)
    return _by_cue(said) or _by_content(said) or FACT


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("nutgraf.claims").joinpath("certainty.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """Return one of the sets of words that lie beside this module."""
    return frozenset(str(_table()[name]).split())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    patterns: Mapping[str, list[str]] = _table()["patterns"]
    return re.compile("|".join(patterns[name]), re.IGNORECASE)


def _any(name: str) -> str:
    listed = _table()[name]
    return "(?:" + "|".join(listed if isinstance(listed, list) else sorted(words(name))) + ")"


class _Said:
    """A claim's words by grammar: the zone around its cue, the main clause of its content."""

    def __init__(
        self, grammar: Grammar, cue: Sequence[Range], content: Sequence[Range], source: Sequence[Range]
    ) -> None:
        self.grammar, self.content, self.source = grammar, content, source
        taken = [grammar.within(part) for part in (*content, *source)]
        self.cue = [i for part in cue for i in grammar.within(part)]
        near = grammar.before(self.cue[0], NEAR) if self.cue else []
        while near and any(i in part for i in near for part in taken):
            near = near[1:]
        self.near = near[-2:]
        behind = self._behind(content)
        self.zone = Phrase(grammar, [*near, *self.cue, *behind])
        self.opening = grammar.within(content[0])[:LONGEST_CLAUSE]
        self.root = _beyond_doubt(grammar, grammar.root(content[0]))
        self.clause = grammar.clause(self.root) if self.root is not None else []

    def _behind(self, content: Sequence[Range]) -> list[int]:
        """Return the few words between cue and content: "ruled out", "poured cold water on"."""
        if not self.cue:
            return []
        following = self.grammar.within((self.grammar.tokens[self.cue[-1]].end, content[0][0]))
        return list(following) if 0 < len(following) <= 4 else []

    def first_word(self) -> str:
        """Return the first word of what is said."""
        tokens = self.grammar.tokens
        return next((tokens[i].text.lower() for i in self.opening if tokens[i].text[:1].isalnum()), "")

    def opens_a_question(self) -> bool:
        """Tell whether the content is an indirect question: "whether …", "how …"."""
        return self.first_word() in _WH or bool(self.cue) and self.grammar.tokens[self.cue[-1]].text.lower() in _WH

    def opening_words(self, pattern: str) -> Range | None:
        """Return the characters of the content's first stretch that match a pattern, as the text stands."""
        start, end = self.content[0]
        end = min(end, start + LONGEST_TEXT)
        match = _pattern(pattern).search(self.grammar.text[start:end])
        return (start + match.start(), start + match.end()) if match else None

    def is_dated(self) -> bool:
        """Tell whether the content names a time at which things are arranged."""
        return any(_pattern("when").search(self.grammar.text[s : min(e, s + LONGEST_TEXT)]) for s, e in self.content)

    def head_noun(self) -> str:
        """Return the base form of the noun that rules a content without a verb of its own, or ""."""
        if self.root is None or self.grammar.tokens[self.root].tag[:2] != "NN":
            return ""
        return self.grammar.tokens[self.root].lemma.lower()

    def is_clause(self) -> bool:
        """Tell whether the content has a verb that rules it."""
        return self.root is not None and self.grammar.tokens[self.root].tag[:1] in "VM"

    def is_infinitive(self) -> bool:
        """Tell whether the content is what somebody is to do: "to open", "opening"."""
        tokens = self.grammar.tokens
        if self.first_word() == "to" or (self.cue and tokens[self.cue[-1]].text.lower() == "to"):
            return True
        return (
            self.root is not None and tokens[self.root].tag == "VB" and self.grammar.child(self.root, "nsubj") is None
        )


def _beyond_doubt(grammar: Grammar, root: int | None) -> int | None:
    """Return what there is "no doubt" of, where a clause says so; its own root otherwise."""
    if root is None or grammar.tokens[root].lemma != "be":
        return root
    doubt = grammar.child(root, "attr")
    if doubt is None or grammar.tokens[doubt].lemma != "doubt":
        return root
    return next((c for i in (doubt, root) if (c := grammar.child(i, "acl", "ccomp", "relcl")) is not None), root)


# by the cue

_WH = frozenset(["whether", "if", "when", "how", "why", "who", "what", "where", "which"])
_NOT = r"(?:not|never|neither)"


@cache
def _denying() -> re.Pattern[str]:
    return re.compile(rf"(?:\w+ly |again |have |be )*\b(?:{_any('deny')}|rule out|exclude)\b|\bplead not guilty\b")


@cache
def _rejecting() -> re.Pattern[str]:
    return re.compile(rf"(?:\w+ly |again |have )?\b{_any('reject')}(?=\b)")


def _by_cue(said: _Said) -> Verdict | None:
    zone = said.zone
    if not said.cue:
        return None
    if zone.find(_pattern("granted")):
        return FACT
    if open_ := zone.find(_pattern("open")):
        return Verdict(Certainty.POSSIBLE, (open_,))
    if said.opens_a_question() and (asking := zone.find(_pattern("asking"))) and not _is_plainly_said(said):
        return Verdict(Certainty.POSSIBLE, (asking,))
    return (
        _denied_by_cue(said)
        or _held_by_cue(said)
        or _believed_by_cue(said)
        or _planned_by_cue(said)
        or _rumoured_by_cue(said)
    )


def _is_plainly_said(said: _Said) -> bool:
    """Tell whether the question is answered or none: "said what he saw", "would consider what to do"."""
    words_of_cue = said.zone.line.split()
    whether = {"whether", "if"} & {said.first_word(), *words_of_cue[-1:]} and words_of_cue[-1:] != ["say"]
    return not whether and re.search(rf"\b(?:{_NOT}|decline|refuse)\b", said.zone.line) is None


def _denied_by_cue(said: _Said) -> Verdict | None:
    zone = said.zone
    if denying := zone.find(_denying()):
        return FACT if _is_refusal(said) else Verdict(Certainty.DENIED, (denying,))
    if rejecting := zone.find(_rejecting()):
        return Verdict(Certainty.DENIED, (rejecting,)) if _names_a_claim(said) else FACT
    if denial := zone.find(re.compile(r"\bdenials?\b|\bcontrary to\b")):
        return Verdict(Certainty.DENIED, (denial,))
    if said.cue and said.grammar.tokens[said.cue[-1]].lemma in words("calling"):
        return _called_untrue(said)
    return None


def _is_refusal(said: _Said) -> bool:
    """Tell whether something was denied to somebody: "denied a request", "was denied entry", "denied him bail"."""
    line = said.zone.line
    verb = next((i for i in said.cue[::-1] if said.grammar.tokens[i].tag[:1] == "V"), None)
    if "exclude" in line or "rule out" in line:
        return "exclude" in line and said.head_noun() not in words("claims") and _is_people(said)
    if verb is None or "deny" not in line:
        return "deny" not in line and not said.is_clause() and said.head_noun() in words("refusable")
    given = said.grammar.child(verb, "dative") is not None or _holds_two_objects(said, verb)
    return given or (not said.is_clause() and said.head_noun() in words("bids"))


def _holds_two_objects(said: _Said, verb: int) -> bool:
    objects = [c for c in said.grammar.children[verb] if said.grammar.tokens[c].dep in ("dobj", "dative")]
    return len(objects) > 1 or any(said.grammar.tokens[i].lemma.lower() in words("bids") for i in _flat(said)[:4])


def _flat(said: _Said) -> list[int]:
    """Return the tokens of a content that is a noun phrase alone."""
    return [] if said.is_clause() else list(said.opening)


def _is_people(said: _Said) -> bool:
    return said.first_word() in ("anyone", "everyone", "those", "people", "children", "women", "men")


def _names_a_claim(said: _Said) -> bool:
    """Tell whether what is rejected is something that was said, and not an offer, a case or a person."""
    noun = said.head_noun()
    if noun in words("refusable") or noun in words("bids"):
        return False
    if noun in words("claims") or _called_untrue(said):
        return True
    return said.first_word() in ("that", "as") or (said.is_clause() and not said.is_infinitive())


def _untrue(token: Token) -> bool:
    return not words("untrue").isdisjoint((token.lemma.lower(), token.text.lower()))


def _called_untrue(said: _Said) -> Verdict | None:
    """Return a denial where the content calls something a lie: "the story a lie", "the accusation as baseless"."""
    for part in said.content:
        for i in said.grammar.within(part)[-8:]:
            if _untrue(said.grammar.tokens[i]):
                return Verdict(Certainty.DENIED, (said.grammar.chars([i]),))
    return None


def _held_by_cue(said: _Said) -> Verdict | None:
    """Judge "is believed", "is rumoured" and "is expected", of which nobody is the source."""
    if said.source:
        return None
    tokens = said.grammar.tokens
    for i in said.cue:
        if tokens[i].tag != "VBN" or not (said.grammar.child(i, "auxpass") is not None or len(said.cue) > 1):
            continue
        lemma, span = tokens[i].lemma.lower(), (said.grammar.chars([i]),)
        if lemma == "expect" and said.is_dated():
            return Verdict(Certainty.PLANNED, span)
        if lemma in words("held"):
            return Verdict(Certainty.BELIEVED, span)
        if lemma in words("told"):
            return Verdict(Certainty.REPORTED, span)
    return None


def _believed_by_cue(said: _Said) -> Verdict | None:
    tokens = said.grammar.tokens
    for i in said.cue[::-1]:
        lemma = tokens[i].lemma.lower()
        if lemma in words("believe") and tokens[i].tag[:1] == "V":
            if lemma in words("plan") and said.is_infinitive() and not _has_own_subject(said):
                return Verdict(Certainty.PLANNED, (said.grammar.chars([i]),))
            return Verdict(Certainty.BELIEVED, (said.grammar.chars(said.cue),))
        if lemma in words("believe_nouns") or (lemma == "convinced" or tokens[i].text.lower() == "convinced"):
            return Verdict(Certainty.BELIEVED, (said.grammar.chars([i]),))
    return None


def _has_own_subject(said: _Said) -> bool:
    return said.root is not None and said.grammar.child(said.root, "nsubj", "nsubjpass") is not None


def _planned_by_cue(said: _Said) -> Verdict | None:
    tokens = said.grammar.tokens
    line = said.zone.line
    if re.search(r"\b(?:refuse|decline|fail|not|never)\b", line):
        return None
    for i in said.cue[::-1]:
        lemma = tokens[i].lemma.lower()
        intends = (
            lemma in words("plan") and tokens[i].tag[:1] == "V" and (lemma != "consider" or tokens[i].tag == "VBG")
        )
        if intends and (said.is_infinitive() or (lemma not in ("agree", "decide", "mean") and not said.is_clause())):
            whole = said.grammar.chars(said.cue)
            return None if _is_past_plan(said, i) else Verdict(Certainty.PLANNED, (whole,))
        if lemma in words("plan_nouns") and tokens[i].tag[:2] == "NN":
            return Verdict(Certainty.PLANNED, (said.grammar.chars([i]),))
    return None


def _is_past_plan(said: _Said, verb: int) -> bool:
    """Tell whether a plan is told as a past activity: a noun is planned, and not to be done."""
    return (
        said.grammar.tokens[verb].tag == "VBD"
        and said.grammar.tokens[verb].lemma == "plan"
        and not said.is_infinitive()
    )


def _rumoured_by_cue(said: _Said) -> Verdict | None:
    tokens = said.grammar.tokens
    nouns = [i for i in said.cue if tokens[i].tag[:2] == "NN" and tokens[i].lemma.lower() in words("rumours")]
    if nouns:
        return Verdict(Certainty.REPORTED, (said.grammar.chars(nouns),))
    hedges = [i for i in (*said.near, *said.cue) if tokens[i].text.lower() in words("reported")]
    if hedges:
        return Verdict(Certainty.REPORTED, (said.grammar.chars(hedges[:1]),))
    named = [*said.cue, *(i for part in said.source for i in said.grammar.within(part))]
    loose = [i for i in named if tokens[i].lemma.lower() in ("rumour", "rumor", "gossip", "hearsay", "unconfirmed")]
    return Verdict(Certainty.REPORTED, (said.grammar.chars(loose),)) if loose else None


# by the content


def _by_content(said: _Said) -> Verdict | None:
    if said.root is None:
        return None
    clause = Phrase(said.grammar, said.clause)
    whole = Phrase(said.grammar, said.opening)
    return (
        _open_content(said, whole)
        or _denied_content(said, clause, whole)
        or _held_content(said, clause)
        or _hedged(said)
        or _conditional(said, clause)
        or _intended(said, clause)
    )


def _open_content(said: _Said, whole: Phrase) -> Verdict | None:
    unknown = whole.find(_pattern("unknown"))
    main = unknown is not None and any(i in said.clause for i in said.grammar.within(unknown))
    if unknown and main and unknown[0] - said.content[0][0] < 60:
        return Verdict(Certainty.POSSIBLE, (unknown,))
    return None


def _denied_content(said: _Said, clause: Phrase, whole: Phrase) -> Verdict | None:
    if (none := clause.find(_pattern("no_truth"))) and not _is_question_of_doubt(clause):
        return Verdict(Certainty.DENIED, (none,))
    assert said.root is not None
    tokens = said.grammar.tokens
    deps = ("attr", "acomp", "oprd")
    predicate = [i for i in said.clause if tokens[i].dep in deps and _untrue(tokens[i])]
    if _untrue(tokens[said.root]) and _is_untrue_root(said):
        predicate.append(said.root)
    if predicate:
        return Verdict(Certainty.DENIED, (said.grammar.chars(predicate[:1]),))
    return _answers_a_charge(said, clause)


def _is_untrue_root(said: _Said) -> bool:
    """Tell whether the ruling word itself says untrue: "was fabricated", or "Nonsense" standing alone."""
    assert said.root is not None
    token = said.grammar.tokens[said.root]
    if token.tag[:1] == "V":
        return said.grammar.child(said.root, "auxpass") is not None
    return len([i for i in said.opening if said.grammar.tokens[i].text[:1].isalnum()]) <= 3


def _is_question_of_doubt(clause: Phrase) -> bool:
    return "no doubt" in clause.line


def _answers_a_charge(said: _Said, clause: Phrase) -> Verdict | None:
    """Return a denial where a plain "not" answers what the sentence says is claimed."""
    negation = clause.find(re.compile(r"\b(?:not|never|no)\b"))
    if negation is None:
        return None
    end = said.content[-1][1]
    around = said.grammar.text[said.content[0][0] : end + 100].split("\n")[0]
    firm = said.first_word() in ("that", "this") and "never" in clause.line
    modal = any(said.grammar.tokens[i].tag == "MD" for i in said.clause)
    firm = firm or (not modal and any(said.grammar.tokens[i].lemma in ("insist", "maintain") for i in said.cue))
    return Verdict(Certainty.DENIED, (negation,)) if firm or _pattern("denied_answer").search(around) else None


def _held_content(said: _Said, clause: Phrase) -> Verdict | None:
    """Judge what is believed or told by nobody named: "is believed to", "it is reported that", "appears to"."""
    assert said.root is not None
    token = said.grammar.tokens[said.root]
    lemma = token.lemma.lower()
    span = (said.grammar.chars([said.root]),)
    if lemma in words("seeming"):
        return Verdict(Certainty.BELIEVED, span)
    passive = said.grammar.child(said.root, "auxpass") is not None or (token.tag == "VBN" and lemma in words("held"))
    if passive and lemma == "schedule":
        return Verdict(Certainty.PLANNED, span)
    if passive and lemma in words("told") and _carries_on(said):
        return Verdict(Certainty.REPORTED, span)
    if passive and lemma in words("held"):
        dated = (
            lemma == "expect"
            and _carries_on(said)
            and _pattern("when").search(said.grammar.text[slice(*said.content[0])])
        )
        return Verdict(Certainty.PLANNED if dated else Certainty.BELIEVED, span)
    if clause.find(re.compile(r"^there be (?:\w+ )?(?:report|rumou?r)")):
        nouns = [i for i in said.clause if said.grammar.tokens[i].lemma.lower() in words("rumours")]
        return Verdict(Certainty.REPORTED, (said.grammar.chars(nouns[:1]),))
    view = clause.find(re.compile(r"\bin (?:my|his|her|their|our) (?:view|opinion)\b|\bas far as (?:we|i) know\b"))
    if view or (view := Phrase(said.grammar, said.opening).find(re.compile(r"\bas far as (?:we|i) know\b"))):
        return Verdict(Certainty.BELIEVED, (view,))
    if (
        lemma in ("believe", "think", "suspect", "reckon", "guess")
        and said.grammar.child(said.root, "nsubj") is not None
    ):
        return Verdict(Certainty.BELIEVED, span)
    return None


def _carries_on(said: _Said) -> bool:
    """Tell whether a passive verb of saying has the claim for its complement."""
    assert said.root is not None
    tokens = said.grammar.tokens
    return any(tokens[c].dep in ("xcomp", "ccomp") for c in said.grammar.children[said.root])


_ADVERBS = (("reported", Certainty.REPORTED), ("believed", Certainty.BELIEVED), ("possible", Certainty.POSSIBLE))


def _hedged(said: _Said) -> Verdict | None:
    """Judge adverbs and modals of the main clause."""
    tokens = said.grammar.tokens
    for i in said.clause:
        lowered = tokens[i].text.lower()
        for name, kind in _ADVERBS:
            if lowered in words(name) and not (name == "possible" and tokens[i].dep == "amod"):  # "likely voters"
                return Verdict(kind, (said.grammar.chars([i]),))
    modal = next((i for i in said.clause if tokens[i].tag == "MD"), None)
    if modal is None:
        return None
    lowered = tokens[modal].text.lower()
    if lowered in ("may", "might") or (lowered == "could" and not _is_able(said) and not _had_been(said)):
        return Verdict(Certainty.POSSIBLE, (said.grammar.chars([modal]),))
    return None


def _is_able(said: _Said) -> bool:
    """Tell whether "could" means being able: "could see"."""
    assert said.root is not None
    lemmas = {said.grammar.tokens[i].lemma.lower() for i in said.clause if said.grammar.tokens[i].tag == "VB"}
    return bool(lemmas & words("perceive"))


def _had_been(said: _Said) -> bool:
    """Tell whether "could have" is bound to a condition that did not come true."""
    return said.opening_words("condition") is not None


def _conditional(said: _Said, clause: Phrase) -> Verdict | None:
    condition = said.opening_words("condition")
    would = _modal(said, "would", "could", "'d", "’d") if condition else _modal(said, "would", "'d", "’d")
    if condition and not _is_asked(said, condition[0]):
        modal = (said.grammar.chars([would]),) if would is not None else ()
        return Verdict(Certainty.CONDITIONAL, (*modal, condition))
    if would is None or re.search(r"\bwould (?:often|always|sometimes|usually|regularly)\b", clause.line):
        return None
    past = re.search(r"\b(?:would|could) (?:not )?have\b", clause.line) is not None
    planned = not past and (_is_intended(said) or _is_announced(said))
    return Verdict(Certainty.PLANNED if planned else Certainty.CONDITIONAL, (said.grammar.chars([would]),))


def _is_asked(said: _Said, at: int) -> bool:
    """Tell whether an "if" means whether: "asked if"."""
    words_before = said.grammar.text[max(0, at - 20) : at].split()
    return bool(words_before) and words_before[-1].lower() in (
        "ask",
        "asked",
        "see",
        "know",
        "wonder",
        "wondered",
        "even",
    )


def _modal(said: _Said, *forms: str) -> int | None:
    tokens = said.grammar.tokens
    return next((i for i in said.clause if tokens[i].tag == "MD" and tokens[i].text.lower() in forms), None)


_OWN = frozenset(["we", "i", "it", "he", "she", "they"])


def _is_intended(said: _Said) -> bool:
    """Tell whether the content's subject speaks of itself, or a date is set: then it is a plan, and no forecast."""
    assert said.root is not None
    tokens, grammar = said.grammar.tokens, said.grammar
    subject = grammar.child(said.root, "nsubj", "nsubjpass")
    if subject is not None and tokens[subject].text.lower() in _OWN:
        return tokens[subject].text.lower() != "it" or not _is_personal(said)
    return said.is_dated() and _is_arranged(said)


def _is_personal(said: _Said) -> bool:
    """Tell whether the source is a person by its words, so that "it" is something else."""
    tokens = said.grammar.tokens
    source = [tokens[i] for part in said.source for i in said.grammar.within(part)]
    if any(token.text.lower() in PERSON_NOUNS | {"he", "she", "i", "mr.", "ms.", "mrs."} for token in source):
        return True
    names = [token for token in source if token.tag == "NNP"]
    return len(names) >= 2 and not any(token.text.lower() in {"the"} | NO_PERSON for token in source)


def _is_arranged(said: _Said) -> bool:
    """Tell whether the verb is of things that are arranged: done to something, or opening, beginning, meeting."""
    assert said.root is not None
    passive = said.grammar.child(said.root, "auxpass") is not None
    arranged = (
        "open reopen close shut begin start end meet visit resume return leave arrive vote hold launch take move go"
    )
    return passive or said.grammar.tokens[said.root].lemma in arranged.split()


def _intended(said: _Said, clause: Phrase) -> Verdict | None:
    planned = clause.find(_pattern("planned"))
    going = planned is not None and said.grammar.text[slice(*planned)].lower().endswith("going to")
    if planned is not None and (not going or _is_intended(said)):
        return Verdict(Certainty.PLANNED, (planned,))
    if to_be := _is_to(said):
        return Verdict(Certainty.PLANNED, (to_be,))
    will = _modal(said, "will", "shall", "'ll", "’ll", "wo")
    if will is not None and (_is_intended(said) or _is_announced(said)):
        return Verdict(Certainty.PLANNED, (said.grammar.chars([will]),))
    return None


def _is_to(said: _Said) -> Range | None:
    """Return the words of "is to be opened", "was to meet"."""
    tokens, root = said.grammar.tokens, said.root
    assert root is not None
    if tokens[root].lemma == "be" and said.grammar.child(root, "acomp", "attr") is None:
        then = said.grammar.child(root, "xcomp")
        if then is not None and (to := said.grammar.child(then, "aux")) is not None and tokens[to].text.lower() == "to":
            return said.grammar.chars([root, to])
    first = list(said.opening)[:1]
    before = said.grammar.before(first[0], 2) if first and not said.source else []
    if said.cue and tokens[said.cue[-1]].text.lower() == "to" and before:
        return said.grammar.chars([said.cue[-1]])
    if said.cue and tokens[said.cue[-1]].text.lower() == "to" and said.zone.line in ("be to", "to"):
        return said.grammar.chars([said.cue[-1]])
    return None


def _is_announced(said: _Said) -> bool:
    return any(said.grammar.tokens[i].lemma in words("announce") for i in said.cue)
