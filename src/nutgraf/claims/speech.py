"""German and French: quotations and reported sentences with who says them, by rule alone, without a parse."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from nutgraf.claims.figures import find_figures
from nutgraf.claims.outlets import is_outlet
from nutgraf.claims.quotes import Quotation
from nutgraf.model import Article, Certainty, Claim, Link, Mode
from nutgraf.ports import Sentence

Range = tuple[int, int]
_Word = tuple[str, int, int]

LANGUAGES = ("de", "fr")

NAMED, REPORTED, PRONOUN = 0.75, 0.65, 0.45
"""Confidence of a quotation with its sayer, of a reported sentence, of a sayer known by a pronoun."""

FEWEST = 2
"""Words of a quotation that somebody says; a single one is a word at a distance."""

LOOKBACK = 40
"""How many sayers back a pronoun is looked for."""


def find_speech(
    article: Article, language: str, quotations: Sequence[Quotation], sentences: Sequence[Sentence]
) -> list[Claim]:
    """Return the claims of a German or French article whose sayer stands beside them, in text order.

    What nobody is named for is left to the caller. A pronoun stands for the one person who was named as sayer in its
    paragraph or the one before; a second one makes it unknown.
    """
    return list(_Reader(article, _style(language), quotations, sentences).claims())


@dataclass(frozen=True, slots=True)
class _Style:
    """What one language knows: its words and the patterns made of them."""

    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    language: str


_CAPITAL = "[A-ZÄÖÜÀÂÇÉÈÊËÎÏÔÛŒ]"


_HEDGES = ("accord", "closing", "reported", "possible", "conditional", "untrue")


@cache
def _style(language: str) -> _Style:
    table = tomllib.loads(resources.files("nutgraf.claims").joinpath("speech.toml").read_text(encoding="utf-8"))
    own: dict[str, str] = table[language]
    words = {key: frozenset(value.split()) for key, value in own.items() if key not in _HEDGES}
    found = {key: re.compile(rf"(?<!\w)(?:{own[key]})(?!\w)", re.IGNORECASE) for key in _HEDGES}
    verbs = "|".join(sorted(words["says"] | words["believes"] | words["denies"], key=len, reverse=True))
    auxiliary = {"de": "(?:hat |haben |habe )?", "fr": r"(?:(?:a|ont|avait|est)(?:[- ]t-(?:il|elle|on))?\s+)?"}[
        language
    ]
    inverted = "(?P<inverted>-(?:t-)?(?:il|elle|on|ils))?"
    found["verb"] = re.compile(rf"(?<![\w-])(?P<cue>{auxiliary}(?:{verbs})){inverted}(?![\w])")
    found["that"] = re.compile(rf"[, ]*\b(?:{'|'.join(words['that'])})\s+|[, ]*qu['’]")
    found["clause"] = re.compile(rf"[^,.;:]{{0,60}}?,?\s*(?:\b(?:{'|'.join(words['that'])})\s+|qu['’])")
    found["behind"] = re.compile(rf"\s+({'|'.join(words['behind']) or '(?!)'})\b")
    found["noun"] = re.compile(_german_noun(words) if language == "de" else _french_noun())
    outlet = rf"(?:(?:{'|'.join(words['outlet_nouns'])})\s+)?[\w’'-]+(?:\s+{_NAME}){{0,3}}"
    found["hearer"] = re.compile(rf"\s+(?:gegenüber\s+)?(?:der|dem|den|im|à l['’]|à la|au|aux|à)\s*({outlet})")
    return _Style(words, found, language)


_NAME = rf"{_CAPITAL}[\w’'-]*(?:\.(?=\s+{_CAPITAL}))?"


def _german_noun(words: Mapping[str, frozenset[str]]) -> str:
    """Return the pattern of a noun phrase: nouns are capital, so it ends at the first small word that joins none."""
    article = rf"(?:(?i:{'|'.join(sorted(words['articles']))})\s+(?:[a-zäöüß]+(?:e|er|en|es|em)\s+){{0,2}})?"
    joins = rf"(?:(?:{'|'.join(sorted(words['joins']))})\s+){{0,2}}"
    return rf"(?P<noun>(?:[Ee]r|[Ss]ie)\b|{article}{_NAME}(?:\s+{joins}{_NAME}){{0,6}})"


def _french_noun() -> str:
    """Return the pattern of a noun phrase: up to seven words, none that tells when or where."""
    stop = (
        "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|dans|lors|sur|devant|qui|en|ce|cette|après|avant"
        r"|que|et|à|au|aux)\b"
    )
    word = rf"(?!{stop})(?:[ld]['’])?(?:{_NAME}|[a-zàâçéèêëîïôûùœ-]+)"
    titled = rf"(?:M\.|Mme|Mgr|Me)\s+{_NAME}(?:\s+{_NAME}){{0,3}}"
    article = r"(?:(?i:le|la|les|une?|des)\s+|[Ll]['’])?"
    return rf"(?P<noun>(?:[Ii]l|[Ee]lle)\b|{titled}|{article}{word}(?:\s+{word}){{0,6}})"


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Who says it: the words, the name, what it is called, whether it is nobody's name, who heard it."""

    source: Range
    name: str | None
    role: str | None = None
    anonymous: bool = False
    pronoun: bool = False
    hearer: Range | None = None


class _Reader:
    def __init__(
        self, article: Article, style: _Style, quotations: Sequence[Quotation], sentences: Sequence[Sentence]
    ) -> None:
        self.article, self.style, self.quotations, self.sentences = article, style, quotations, sentences
        self.text = article.text
        self._opened = [start for start, _ in sentences]
        self._quoted = [quotation.start for quotation in quotations]
        self._breaks = [gap.end() for gap in re.finditer(r"\n\s*\n", self.text)]
        self._sayers: list[tuple[int, str, str]] = []
        self._fulls: dict[str, str | None] = {}
        self._titles: dict[str, str | None] = {}

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, quotations and reported sentences, in text order."""
        for start, end in self.sentences:
            inside = self._quotations_of(start, end)
            if inside:
                yield from self._quoting(start, end, inside)
            else:
                yield from self._reporting(start, end)

    def _quotations_of(self, start: int, end: int) -> Sequence[Quotation]:
        first = bisect_left(self._quoted, start)
        return self.quotations[first : bisect_left(self._quoted, end)]

    def _outside(self, at: int) -> bool:
        number = bisect_right(self._quoted, at) - 1
        return number < 0 or at >= self.quotations[number].end

    # quotations

    def _quoting(self, start: int, end: int, inside: Sequence[Quotation]) -> Iterator[Claim]:
        last = max(end, inside[-1].end)
        found = self._cue(start, last, inside)
        if found is None:
            return
        cue, sayer = found
        parts = [(q.start, q.end) for q in inside if len(self.text[q.start : q.end].split()) >= FEWEST]
        whole = self._reported_part(start, last, cue, sayer, inside)
        content = whole or parts
        if content:
            yield self._claim(cue, sayer, content, quoted=not whole)

    def _reported_part(
        self, start: int, end: int, cue: Range, sayer: _Sayer, inside: Sequence[Quotation]
    ) -> list[Range]:
        """Return what is said where only a part of it stands in marks: "said that the pier was “rotten”"."""
        begins = max(cue[1], sayer.source[1])
        match = self.style.patterns["that"].match(self.text, begins, end)
        if match is None or not inside or inside[0].start < match.end():
            return []
        stop = end
        while stop > match.end() and (self.text[stop - 1].isspace() or self.text[stop - 1] in ".,"):
            stop -= 1
        return [(match.end(), stop)]

    def _cue(self, start: int, end: int, inside: Sequence[Quotation]) -> tuple[Range, _Sayer] | None:
        """Return cue and sayer: behind a quotation first, then between two, then before the first."""
        gaps = [(q.end, n.start) for q, n in zip(inside, inside[1:], strict=False)]
        gaps = [*([(inside[-1].end, self._clause_end(inside[-1].end))] if inside else []), *gaps]
        for opened, closed in (*gaps, (start, inside[0].start)):
            found = self._in_gap(opened, closed, before=closed == inside[0].start)
            if found is not None:
                return found
        return None

    def _clause_end(self, at: int) -> int:
        """Return the end of the sentence that goes on behind a quotation."""
        number = bisect_right(self._opened, at) - 1
        end = self.sentences[number][1] if number >= 0 else at
        if (
            end <= at + 1
            and re.match(r"\s*[,–-]?\s*[a-zäöüàâéèê]", self.text[at : at + 12])
            and number + 1 < len(self.sentences)
        ):
            end = self.sentences[number + 1][1]
        return max(at, end)

    def _in_gap(self, start: int, end: int, *, before: bool) -> tuple[Range, _Sayer] | None:
        verb = self._verb(start, end)
        if verb is not None:
            return verb
        accord = self.style.patterns["accord"].search(self.text, start, end)
        if accord is None or not (before or accord.start() - start < 40):
            near = min(end, start + 8)
            accord = None if before else self.style.patterns["closing"].search(self.text, start, near)
        sayer = self._sayer(accord.end(), end) if accord is not None else None
        return (accord.span(), sayer) if accord is not None and sayer is not None else None

    def _verb(self, start: int, end: int) -> tuple[Range, _Sayer] | None:
        for verb in self.style.patterns["verb"].finditer(self.text, start, end):
            if inverted := verb.group("inverted"):
                at = verb.start("inverted") + inverted.rfind("-") + 1
                return verb.span("cue"), self._pronoun((at, verb.end("inverted")))
            inside = re.search(r"-t-(il|elle)\b", verb.group("cue"))
            if inside:
                at = verb.start("cue") + inside.start(1)
                return verb.span("cue"), self._pronoun((at, at + len(inside.group(1))))
            before = self._before(start, verb.start())
            sayer = before or self._sayer(verb.end(), end)
            if sayer is not None:
                return verb.span("cue"), sayer
        return None

    def _before(self, start: int, end: int) -> _Sayer | None:
        """Return the sayer that stands right before a verb, from the last comma or the sentence's start on."""
        opened = max(start, *(self.text.rfind(sign, start, end) + 1 for sign in ",;:"))
        while opened < end and not (self.text[opened].isalnum()):
            opened += 1
        stretch = self.text[opened:end].rstrip()
        match = self.style.patterns["noun"].match(self.text, opened, opened + len(stretch)) if stretch else None
        if match is None or match.end() != opened + len(stretch):
            return None
        return self._who((opened, opened + len(stretch)))

    def _sayer(self, start: int, end: int) -> _Sayer | None:
        """Return who is named behind a cue, an outlet that heard it passed over."""
        heard = self._hearer(start, end)
        gap = _SPACE.match(self.text, heard[1] if heard else start, end)
        noun = self.style.patterns["noun"].match(self.text, gap.end(), end) if gap else None
        sayer = self._who(noun.span()) if noun is not None else None
        if sayer is None:
            return None
        heard = heard or sayer.hearer or self._hearer(sayer.source[1], end)
        return replace(sayer, hearer=heard)

    def _hearer(self, start: int, end: int) -> Range | None:
        """Return the outlet to which it was said: "sagte Lund der Zeitung", "a confié au journal"."""
        match = self.style.patterns["hearer"].match(self.text, start, end)
        if match is None:
            return None
        words = match.group(1).split()
        named = words[0].lower() in self.style.words["outlet_nouns"] or is_outlet(match.group(1), heard=True)
        return match.span(1) if named else None

    # who

    def _pronoun(self, source: Range) -> _Sayer:
        number = bisect_right(self._breaks, source[0])
        since = self._breaks[number - 2] if number > 1 else 0
        gender = _GENDER[self.text[slice(*source)].lower()]
        named = {name for at, name, other in self._sayers[-LOOKBACK:] if at >= since and other in ("", gender)}
        return _Sayer(source, named.pop() if len(named) == 1 else None, pronoun=True)

    def _who(self, source: Range) -> _Sayer | None:
        words = [
            (m.group(), m.start() + source[0], m.end() + source[0]) for m in _WORDS.finditer(self.text[slice(*source)])
        ]
        if not words:
            return None
        if len(words) == 1 and words[0][0].lower() in self.style.words["pronouns"]:
            return self._pronoun(source)
        words, hearer = self._without_hearer(words)
        bare = words[bool(words) and words[0][0].lower() in self.style.words["articles"] :]
        if not bare:  # "die" alone, "der Zeitung" as the hearer: nobody is named
            return None
        source = words[0][1], words[-1][2]
        name = bare[self._leading_titles(bare) :]
        if self._is_name(name, titled=len(name) < len(bare), bare=len(bare) == len(words)):
            role = self.text[bare[0][1] : name[0][1]].strip() or self._role_behind(source[1])
            return replace(self._named(source, (name[0][1], name[-1][2]), role), hearer=hearer)
        beside = _BESIDE.match(self.text, source[1])
        if beside is not None and self._is_title(bare[0][0]):
            named = self._named((source[0], beside.end(1)), beside.span(1), self.text[bare[0][1] : source[1]])
            return replace(named, hearer=hearer)
        return replace(self._described(source, words, bare), hearer=hearer)

    def _is_name(self, words: Sequence[_Word], *, titled: bool, bare: bool) -> bool:
        """Tell whether words are a person's name: capital, few, no body, behind a title or without an article."""
        capital = bool(words) and all(word[0][:1].isupper() for word in words)
        body = any(word[0].lower() in self.style.words["bodies"] for word in words)
        return capital and not body and len(words) <= 4 and (titled or bare)

    def _named(self, source: Range, name: Range, role: str | None) -> _Sayer:
        full = self._full(self.text[slice(*name)])
        if full is not None:
            self._sayers.append((source[0], full, self._gender(source, role)))
        return _Sayer(source, full, role)

    def _gender(self, source: Range, role: str | None) -> str:
        """Return "f" or "m" where a title or an article tells it, else ""."""
        first = self.text[slice(*source)].lower().split()[0]
        if self.style.language == "fr":
            return {"la": "f", "mme": "f", "le": "m", "m.": "m", "m": "m"}.get(first, "")
        titles = [word for word in (role or "").split() if self._is_title(word)]
        if not titles or titles[0].lower().startswith(("dr", "prof")):
            return ""
        return "f" if titles[0].endswith("in") or titles[0] == "Frau" else "m"

    def _described(self, source: Range, words: Sequence[_Word], bare: Sequence[_Word]) -> _Sayer:
        """Return who is only described: the one whose title it is, if one alone has it; else the words themselves."""
        unnamed = words[0][0].lower() in ("ein", "eine", "einer", "un", "une", "des") or len(bare) == len(words)
        if not unnamed and len(bare) == 1 and self._is_title(bare[0][0]) and (name := self._titled(bare[0][0])):
            return _Sayer(source, name, self.text[slice(*source)], pronoun=True)
        lowered = {word[0].lower() for word in words}
        anonymous = unnamed and (not lowered.isdisjoint(self.style.words["anonymous"]) or self._is_title(bare[0][0]))
        definite = self.style.language == "de" and len(bare) < len(words) and not unnamed
        return _Sayer(source, self.text[bare[0][1] if definite else source[0] : source[1]], None, anonymous)

    def _titled(self, title: str) -> str | None:
        """Return the one person who has a title in the article: "Bürgermeisterin Ida Holm", "le maire, Jean Morel"."""
        if title not in self._titles:
            called = re.escape(title)
            full = rf"{_NAME}(?:\s+{_NAME})+"
            titled = rf"(?<!\w){called}(?:\s+d[eu]s?\s[^,.\n]{{2,30}}?)?,?\s+({full})"
            pattern = rf"{titled}|({full}), (?:[^\W\d_]+ )?{called}(?!\w)"
            found = {match.group(1) or match.group(2) for match in re.finditer(pattern, self.text)}
            self._titles[title] = found.pop() if len(found) == 1 else None
        return self._titles[title]

    def _without_hearer(self, words: list[_Word]) -> tuple[list[_Word], Range | None]:
        """Part the one who speaks from the one who is spoken to: "sagte Lund der Zeitung"."""
        for n in range(1, len(words) - 1):
            if words[n][0].lower() not in self.style.words["hearer"] or self._is_title(words[n - 1][0]):
                continue
            told = words[n + 1][1], words[-1][2]
            noun = words[n + 1][0].lower() in self.style.words["outlet_nouns"]
            if noun or is_outlet(self.text[slice(*told)], heard=True):
                return words[:n], told
        return words, None

    def _leading_titles(self, words: Sequence[_Word]) -> int:
        count = 0
        while count < len(words) - 1 and self._is_title(words[count][0]):
            count += 1
        return count

    def _is_title(self, word: str) -> bool:
        lowered = word.lower().strip(".")
        if lowered in self.style.words["titles"]:
            return True
        if self.style.language == "fr":
            return False
        base = lowered.removesuffix("in").removesuffix("s").removesuffix("n")
        return any(
            lowered.endswith(title) or base.endswith(title) for title in self.style.words["titles"] if len(title) > 3
        )

    def _role_behind(self, at: int) -> str | None:
        """Return the role that follows a name behind a comma."""
        match = re.compile(r",\s+((?:[^\s,.;:„“»«\n]+ ?){1,8})(?=[,.;:\n]|$)").match(self.text, at)
        if match is None:
            return None
        words = match.group(1).split()
        titled = [w for w in words[:2] if self._is_title(w)]
        return match.group(1).strip() if titled else None

    def _full(self, name: str) -> str | None:
        """Return the full name that ends in a last name, the name itself where none does, ``None`` where two do."""
        if " " in name:
            return name
        if name not in self._fulls:
            ending = re.compile(rf"(?<!\w)((?:{_CAPITAL}[\w’'-]+\s+){{1,3}}){re.escape(name)}(?!\w)")
            fulls = set()
            for match in ending.finditer(self.text):
                first = [word for word in match.group(1).split() if not self._is_no_name(word)]
                if first:
                    fulls.add(" ".join((*first[-2:], name)))
            self._fulls[name] = fulls.pop() if len(fulls) == 1 else name if not fulls else None
        return self._fulls[name]

    def _is_no_name(self, word: str) -> bool:
        lowered = word.lower()
        return (
            self._is_title(word)
            or lowered in self.style.words["articles"]
            or bool(self.style.patterns["accord"].match(word))
        )

    # reported sentences

    def _reporting(self, start: int, end: int) -> Iterator[Claim]:
        accord = self.style.patterns["accord"].search(self.text, start, end)
        if accord is not None and not accord.group().lower().startswith("heißt"):
            sayer = self._sayer(accord.end(), end)
            if sayer is not None and not sayer.pronoun:
                content = self._around(start, end, accord.start(), max(accord.end(), sayer.source[1]))
                if content:
                    yield self._claim(accord.span(), sayer, content, quoted=False)
                return
        behind = self.style.patterns["behind"].search(self.text, start, end)
        sayer = self._before(start, behind.start()) if behind else None
        if behind and sayer:
            content = self._around(start, end, sayer.source[0], behind.end())
            if content:
                yield self._claim(behind.span(1), sayer, content, quoted=False)
            return
        yield from self._saying(start, end)

    def _saying(self, start: int, end: int) -> Iterator[Claim]:
        """Yield "X said that …", and "…, said X" at a sentence's end."""
        found = self._verb(start, end)
        if found is None or not self._outside(found[0][0]):
            return
        cue, sayer = found
        clause = self.style.patterns["clause"].match(self.text, max(cue[1], sayer.source[1]), end)
        content: Range | None = None
        if clause is not None and clause.end() < end:
            content = self._trimmed(clause.end(), end)
        elif cue[0] > start and sayer.source[0] > cue[0] and self.text[start : cue[0]].rstrip().endswith(","):
            content = self._trimmed(start, cue[0])
        if content is not None and any(c.isalnum() for c in self.text[slice(*content)]):
            yield self._claim(cue, sayer, [content], quoted=False)

    def _trimmed(self, start: int, end: int) -> Range:
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in ",.;:"):
            end -= 1
        while start < end and (self.text[start].isspace() or self.text[start] in ",;:"):
            start += 1
        return start, end

    def _around(self, start: int, end: int, first: int, last: int) -> list[Range]:
        parts = [self._trimmed(start, first), self._trimmed(last, end)]
        return [(s, e) for s, e in parts if sum(c.isalnum() for c in self.text[s:e]) >= 3]

    # claims

    def _claim(self, cue: Range, sayer: _Sayer, content: Sequence[Range], *, quoted: bool) -> Claim:
        article = self.article
        certainty, word = self._certainty(cue, content, quoted)
        links = [*([Link(self.text[slice(*sayer.hearer)], article.span(*sayer.hearer))] if sayer.hearer else [])]
        links += [Link(sayer.name, article.span(*sayer.source))] if sayer.name else []
        spans = tuple(article.span(*part) for part in content)
        marks = any(sign in self.text[s:e] for s, e in content for sign in '„“»«"')
        return Claim(
            article=article.id,
            source=(article.span(*sayer.source),),
            cue=(article.span(*cue),),
            content=spans,
            speaker=sayer.name,
            role=sayer.role,
            anonymous=sayer.anonymous,
            mode=Mode.QUOTE if quoted else Mode.MIXED if marks else Mode.PARAPHRASE,
            certainty=certainty,
            certainty_words=(article.span(*word),) if word else (),
            denied=certainty is Certainty.DENIED,
            chain=tuple(links),
            figures=tuple(
                figure
                for span in spans
                for figure in find_figures(
                    self.text, article=article.id, start=span.start, end=span.end, language=self.style.language
                )
            ),
            confidence=PRONOUN if sayer.pronoun else NAMED if quoted else REPORTED,
        )

    def _certainty(self, cue: Range, content: Sequence[Range], quoted: bool) -> tuple[Certainty, Range | None]:
        said = self.text[slice(*cue)].lower().split()[-1:]
        for name, kind in (("denies", Certainty.DENIED), ("believes", Certainty.BELIEVED)):
            if said and said[0] in self.style.words[name]:
                return kind, cue
        hedges = [("untrue", Certainty.DENIED), ("possible", Certainty.POSSIBLE)]
        hedges += [] if quoted else [("reported", Certainty.REPORTED)]
        for name, kind in (*hedges, ("conditional", Certainty.CONDITIONAL)):
            if match := self.style.patterns[name].search(self.text, *content[0]):
                return kind, match.span()
        return Certainty.FACT, None


_GENDER = {"er": "m", "sie": "f", "il": "m", "elle": "f", "on": "?", "ils": "?"}
_SMALL = re.compile(r"\s*[,–-]?\s*[a-zäöüàâéèê]")
_SPACE = re.compile(r"\s+")
_BESIDE = re.compile(rf",\s+({_NAME}(?:\s+{_NAME}){{1,3}})(?!\w)")
_WORDS = re.compile(r"[^\W\d_][\w.’'-]*")
