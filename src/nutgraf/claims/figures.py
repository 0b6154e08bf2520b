"""Figures: numbers in a text with their bounds, unit and what they count, and whether two of them agree."""

from __future__ import annotations

import re
from functools import cache

from nutgraf.claims.numbers import (
    LANGUAGES,
    Amount,
    Lexicon,
    Reader,
    Token,
    guess_language,
    lexicon,
    tables,
    times,
    tokens_of,
)
from nutgraf.model import Figure, Span

ABOUT = 0.1
"""Share of its value by which an "about" may miss, and a "nearly" fall short."""

ROUNDING = 0.05
"""Share of its value that a round number ("3,000", "1.2 billion") may have been rounded by, at most."""

REACH = 2.0
"""How far an open side speaks: "at least 14" says nothing against 20, but 40 dead are another toll."""

CEILING = 0.75
"""Share of an "as many as" below which an estimate is another one."""

CHAINED = 3
"""Range words that may follow each other ("possibly at least about"); a bound, so that time stays linear."""

_ENDLESS = float("inf")


def find_figures(
    text: str, *, article: str, start: int = 0, end: int | None = None, language: str | None = None
) -> tuple[Figure, ...]:
    """Return the figures in ``text[start:end]``, in text order, their spans apart and inside that stretch.

    Years, dates, clock times, ages, ordinals, scores and numbers in names are none. ``language`` is "en", "de" or
    "fr"; any other is guessed from the words around.
    """
    end = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    known = (language,) if language in LANGUAGES else LANGUAGES
    if not any(lexicon(one).may_hold(text[start:end]) for one in known):
        return ()
    name = language if language in LANGUAGES else guess_language(text, start, end)
    return tuple(_Finder(text, article, tokens_of(text, start, end, name), lexicon(name)).figures())


def comparable(a: Figure, b: Figure) -> bool:
    """Tell whether two figures count the same thing in units that can be compared.

    Figures with a unit ("5%", "$3m") that do not say what they count compare by their unit alone.
    """
    if _dimension(a)[0] != _dimension(b)[0]:
        return False
    if a.unit is not None and (a.counts is None or b.counts is None):
        return True
    return a.counts is not None and b.counts is not None and _same_thing(a.counts, b.counts)


def agree(a: Figure, b: Figure) -> bool:
    """Tell whether two comparable figures can both be right: their ranges meet, rounding allowed for."""
    (low, high), (other_low, other_high) = _reach(a), _reach(b)
    return low <= other_high and other_low <= high


def kind_of(figure: Figure) -> tuple[str | None, str | None]:
    """Return what buckets a figure: its unit's dimension and what it counts, reduced to what must be equal."""
    counts = _noun_and_toll(figure.counts) if figure.counts else None
    return _dimension(figure)[0], (counts[1] or counts[0]) if counts else None


def toll_of(figure: Figure) -> str | None:
    """Return what has happened to those whom a figure counts, where it can be all of them: "killed", "missing".

    A part of them ("children") has a toll of its own, and things have none.
    """
    noun, toll = _noun_and_toll(figure.counts) if figure.counts else (None, None)
    common = tables()["common"]
    return toll if toll in common["tolls"][:3] and noun not in {*common["parts"], *common["things"]} else None


# comparing


def _dimension(figure: Figure) -> tuple[str | None, float]:
    name, factor = tables()["common"]["dimensions"].get(figure.unit, (figure.unit, 1.0))
    return name, factor


def _same_thing(one: str, other: str) -> bool:
    (noun, toll), (other_noun, other_toll) = _noun_and_toll(one), _noun_and_toll(other)
    if toll != other_toll:
        return False
    if noun == other_noun:
        return True
    parts = tables()["common"]["parts"]
    return toll is not None and "people" in (noun, other_noun) and not {noun, other_noun} & set(parts)


def _noun_and_toll(counts: str) -> tuple[str, str | None]:
    *nouns, last = [canonical(word) for word in counts.split()]
    if last in tables()["common"]["tolls"]:
        return (nouns[-1] if nouns else "people"), last
    return _singular(last), None


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _reach(figure: Figure) -> tuple[float, float]:
    factor = _dimension(figure)[1]
    low, high = figure.low, figure.high
    if low is None and high is None:
        return -_ENDLESS, _ENDLESS
    if low is None:
        assert high is not None
        return (high * CEILING if _is_ceiling(figure) else -_ENDLESS) * factor, high * factor
    if high is None:
        return low * factor, low * REACH * factor
    slack = _rounding(low, figure.unit) if low == high else 0.0
    return (low - slack) * factor, (high + slack) * factor


def _is_ceiling(figure: Figure) -> bool:
    return any(word in figure.text.lower() for word in _ceilings())


@cache
def _ceilings() -> tuple[str, ...]:
    return tuple(h for name in ("en", "de", "fr") for h, effect in tables()[name]["hedges"].items() if effect == "most")


def _rounding(value: float, unit: str | None) -> float:
    """Return how much a number may have been rounded by: half its last place, less for numbers of people."""
    digits = f"{value:.12g}"
    if "e" in digits:
        digits = f"{value:.0f}"
    if "." in digits:
        place = 10.0 ** -len(digits.partition(".")[2])
    else:
        zeros = len(digits) - len(digits.rstrip("0"))
        place = 10.0**zeros if zeros >= 2 else 1.0
        if place == 1.0 and unit is None:
            return 0.0
    return min(place / 2, abs(value) * ROUNDING)


# finding


@cache
def _canon() -> dict[str, str]:
    return {word: group[0] for group in tables()["common"]["same"] for word in group}


def canonical(word: str) -> str:
    """Return the word that stands for all that count the same thing: "troops" → "soldiers"."""
    return _canon().get(word.lower(), word.lower())


class _Finder:
    """Finds the figures of one list of tokens, from left to right."""

    def __init__(self, text: str, article: str, tokens: list[Token], words: Lexicon) -> None:
        self._text = text
        self._article = article
        self._tokens = tokens
        self._words = words
        self._reader = Reader(text, tokens, words)

    def figures(self) -> list[Figure]:
        found: list[Figure] = []
        place, previous_end = 0, 0
        while place < len(self._tokens):
            if not self._words.may_open(self._tokens[place]):
                place += 1
                continue
            read = self._read(place)
            if read is None:
                skipped = self._reader.amount(place)
                place = skipped.last if skipped else place + 1
                continue
            first, amount, low, high, last = read
            counts = self._counts(first, amount, last, found, previous_end)
            found.append(self._figure(first, last, low, high, amount.unit, counts))
            place = previous_end = last
        return found

    def _figure(
        self, first: int, last: int, low: float | None, high: float | None, unit: str | None, counts: str | None
    ) -> Figure:
        span = Span(self._article, self._tokens[first].start, self._tokens[last - 1].end)
        return Figure(text=span.of(self._text), span=span, low=low, high=high, unit=unit, counts=counts)

    def _read(self, place: int) -> tuple[int, Amount, float | None, float | None, int] | None:
        """Read a whole figure at a token: hedge, amount or range, what is added after it."""
        if fraction := self._words.match("fractions", self._tokens, place):
            last, share = fraction[0], float(fraction[1])
            return place, Amount(share, share, "%", place, last - 1, False), share, share, last - 1
        hedge, after_hedge = self._hedges(place)
        amount = self._range(after_hedge) or self._reader.amount(after_hedge)
        if amount is None or self._is_no_figure(amount, hedged=hedge is not None):
            return None
        last = amount.last
        if after := self._words.match("after_hedges", self._tokens, last):
            hedge, last = hedge or str(after[1]), after[0]
        low, high = _bounds(amount, hedge)
        return place, amount, low, high, last

    def _hedges(self, place: int) -> tuple[str | None, int]:
        hedge = None
        for _ in range(CHAINED):
            match = self._words.match("hedges", self._tokens, place)
            if match is None:
                break
            hedge, place = hedge or str(match[1]), match[0]
        return hedge, place

    def _range(self, place: int) -> Amount | None:
        """Read "between 20 and 30", "20 to 30 percent", "20-30", "$2-3 million" as one amount."""
        opened = self._is(place, "range_from")
        one = self._reader.amount(place + opened)
        if one is None or not one.exact:
            return None
        links = "range_and" if opened else "range_to"
        dash = (
            self._token(one.last) in ("-", "–", "—") and self._tokens[one.last].start == self._tokens[one.last - 1].end
        )
        if not dash and not self._is(one.last, links):
            return None
        if not opened and self._is(place - 1, "range_from_to") and self._words.language == "en":
            return None
        other = self._reader.amount(one.last + 1)
        if other is None or not other.exact:
            return None
        return self._joined(place, one, other)

    def _joined(self, place: int, one: Amount, other: Amount) -> Amount | None:
        factor = 1.0
        if one.low < 1000 <= other.low and self._kind(one.last - 1) == "num" and self._kind(other.last - 1) == "word":
            factor = next((f for f in (1e9, 1e6, 1e3) if other.low >= f), 1.0)
        low = one.low * factor if one.low * factor < other.low else one.low
        if not low < other.low or (one.unit and other.unit and one.unit != other.unit):
            return None
        return Amount(low, other.low, other.unit or one.unit, place, other.last, one.bare and other.bare)

    # what is no figure

    def _is_no_figure(self, amount: Amount, *, hedged: bool) -> bool:
        first, last = amount.first, amount.last
        if self._is_age(first, last):
            return True
        if self._is_one(amount, hedged):
            return True
        if amount.unit is not None:
            return False
        if self._is_date(first, last) or self._is(last, "clock") or self._is_score(first, last):
            return True
        return amount.bare and (
            self._is_year(amount) or self._is_label(first, last, hedged) or self._is_item(first, last)
        )

    def _is_one(self, amount: Amount, hedged: bool) -> bool:
        """Tell whether a "one" counts nothing: "one of the", "one day", "one another"."""
        if hedged or amount.last - amount.first > 1 + (amount.unit is not None) or amount.low != 1 or amount.high != 1:
            return False
        if self._token(amount.first) not in self._words.words["ones"]:
            return False
        return self._token(amount.last) not in _canon() or amount.unit is not None

    def _is_age(self, first: int, last: int) -> bool:
        if any(self._words.match("ages_before", self._tokens, first - back) for back in (1, 2)):
            before = [self._words.match("ages_before", self._tokens, first - back) for back in (1, 2)]
            if any(match and match[0] == first for match in before):
                return True
        starts = [start for start in range(max(first, last - 2), last + 2) if start > first]
        if any(self._words.match("ages_after", self._tokens, start) for start in starts):
            return True
        if self._token(first - 1) != "," or self._token(last) not in (",", ".", ")"):
            return False
        before_comma = self._tokens[first - 2] if first >= 2 else None
        return last == first + 1 and before_comma is not None and self._text[before_comma.start].isupper()

    def _is_date(self, first: int, last: int) -> bool:
        months = self._words.words["months"]
        before = self._token(first - 2) if self._token(first - 1) == "." else self._token(first - 1)
        if before in months and self._is_capital(first - 1 - (self._token(first - 1) == ".")):
            return True
        after = last + (self._token(last) == ".") + (self._token(last) == "of")
        following = self._token(after)
        return following in months and (self._words.language == "fr" or self._is_capital(after))

    def _is_capital(self, place: int) -> bool:
        if not 0 <= place < len(self._tokens):
            return False
        return self._words.language == "fr" or self._text[self._tokens[place].start].isupper()

    def _is_score(self, first: int, last: int) -> bool:
        """Tell whether two small numbers around a dash are a score or a vote: "won 3-1", "a 6-3 ruling"."""
        dash = ("-", "–")
        if (
            self._token(last) in dash
            and self._kind(last + 1) == "num"
            and self._tokens[last].end == self._tokens[last + 1].start
        ):
            return True
        if self._token(first - 1) in dash and self._kind(first - 2) == "num":
            return True
        around = {self._token(place) for place in range(first - 3, first)}
        return "-" in {self._token(place) for place in range(first, last)} and bool(
            around & self._words.words["sports"]
        )

    def _is_year(self, amount: Amount) -> bool:
        following = self._token(amount.last)
        if 1900 <= amount.low <= 2099 and 1900 <= amount.high <= 2099:
            return following not in _canon() or _canon()[following] in ("rise", "fall", "police")
        if 1500 <= amount.low < 1900:
            return not (self._kind(amount.last) == "word" and following.endswith("s"))
        return 1900 <= amount.low <= 2099 and amount.high < 100

    def _is_label(self, first: int, last: int, hedged: bool) -> bool:
        """Tell whether a number is part of a name: "No. 10", "Apollo 11", "12 Main Street"."""
        if hedged:
            return False
        before = first - 1 - (self._token(first - 1) == ".")
        if self._token(before) in self._words.words["labels"] and self._token(before) not in ("", None):
            return self._kind(before) == "word"
        if any(self._token(place) in self._words.words["streets"] for place in (last, last + 1)) and self._is_capital(
            last
        ):
            return True
        sentence_start = before < 1 or self._token(before - 1) in (".", "!", "?", "“", '"', ":")
        named = (
            self._kind(before) == "word" and before == first - 1 and self._text[self._tokens[before].start].isupper()
        )
        in_name = self._words.language == "en" and named and not sentence_start
        return in_name and self._token(before) not in _DAYS and self._token(last) not in _canon()

    def _is_item(self, first: int, last: int) -> bool:
        """Tell whether a number opens a list's item: "1." or "2)" at the start of a line."""
        opens = first == 0 or "\n" in self._text[self._tokens[first - 1].end : self._tokens[first].start]
        opens = opens or self._token(first - 1).startswith("\n")
        return opens and self._token(last) in (".", ")")

    # what is counted

    def _counts(self, first: int, amount: Amount, last: int, found: list[Figure], previous_end: int) -> str | None:
        run, end = self._noun_run(last, amount.unit)
        noun = self._head(run, amount)
        if amount.unit is None and noun is not None and _is_toll(noun):
            return noun
        happened = self._before(first, amount.unit) or self._after(last, amount.unit)
        if happened is None and end is not None and (run or amount.unit is None):
            happened = self._after(end, amount.unit)
        goes_on = found and amount.unit is None and noun not in tables()["common"]["things"]
        if happened is None and goes_on and self._continues(first, previous_end):
            happened = _toll_of(found[-1].counts)
        if happened is None:
            return noun
        if noun is None or noun in ("people", happened):
            return happened
        return happened if amount.unit is not None else f"{noun} {happened}"

    def _continues(self, first: int, previous_end: int) -> bool:
        """Tell whether a figure goes on where one ended: "killed 14 soldiers and three civilians"."""
        between = range(previous_end, first)
        return 0 < len(between) <= 4 and any(self._is(place, "joins") for place in between[-2:])

    def _noun_run(self, place: int, unit: str | None) -> tuple[list[int], int]:
        """Return the words after a figure up to the first that cannot belong to its noun, and where they end."""
        if unit is not None:
            if not (
                self._is(place, "of") or self._token(place) == "in" and unit not in ("day", "year", "month", "week")
            ):
                return ([place], place + 1) if self._token(place) in _canon() else ([], place)
            place += 1
        while self._is(place, "of") or self._is(place, "skip_after") or self._token(place) in ('"', "”", "»", "'"):
            place += 1
        run: list[int] = []
        stop = self._words.words["stop"]
        while len(run) < 6 and (self._kind(place) == "word" or self._token(place) == "-"):
            token = self._token(place)
            if token in stop or (run and _is_toll(token) and not self._is_people(place)):
                break
            if token != "-":
                run.append(place)
            place += 1
        return run, place

    def _is_people(self, place: int) -> bool:
        return canonical(self._token(place)) == "people"

    def _head(self, run: list[int], amount: Amount) -> str | None:
        """Return the noun among the words of a run, by the word that stands for it."""
        if not run:
            return None
        language = self._words.language
        texts = [self._tokens[place] for place in run]
        if language == "de":
            named = [t for t in texts if self._text[t.start].isupper()]
            return (
                canonical(named[0].text) if named else (canonical(texts[0].text) if texts[0].text in _canon() else None)
            )
        if language == "fr":
            return canonical(texts[0].text)
        known = [t for t in texts if t.text in _canon() and canonical(t.text) not in tables()["common"]["changes"]]
        plural = [t for t in texts if self._is_plural(t)]
        if known and (not plural or known[0].start <= plural[0].start):
            return canonical(known[0].text)
        if plural:
            return canonical(plural[0].text)
        return (
            canonical(texts[-1 if len(texts) <= 2 else 0].text)
            if amount.unit is None or len(texts) == 1
            else canonical(texts[-1].text)
        )

    def _is_plural(self, token: Token) -> bool:
        if token.text in self._words.words["plural_words"]:
            return True
        text = token.text
        capital = self._text[token.start].isupper()
        return len(text) > 3 and text.endswith("s") and not text.endswith(("ss", "us", "is", "'s")) and not capital

    def _before(self, first: int, unit: str | None) -> str | None:
        """Return what happened to those counted, said before the number: "killed 14", "a death toll of 14"."""
        place = first - 1
        while first - place <= 3 and (self._is(place, "skip_before") or self._token(place) in ('"', "“")):
            place -= 1
        word = canonical(self._token(place))
        if word in (tables()["common"]["tolls"] if unit is None else tables()["common"]["changes"]):
            return None if self._is(place - 1, "articles") else word
        return (self._toll_noun(first) or self._number_of(first)) if unit is None else None

    def _number_of(self, first: int) -> str | None:
        """Read "the number of people known to have died in the flood rose to 14"."""
        if self._words.language != "en" or first >= len(self._tokens):
            return None
        at = self._tokens[first].start
        told = _NUMBER_OF.search(self._text, max(0, at - LONGEST_NUMBER_OF), at)
        return canonical(told.group(1).lower()) if told else None

    def _toll_noun(self, first: int) -> str | None:
        """Read "the death toll has risen to 14" and "the number of dead rose to 14"."""
        place, dead = first - 1, None
        while first - place <= 9 and self._kind(place) == "word":
            word = self._token(place)
            dead = canonical(word) if _is_toll(word) else dead
            place = self._before_place(place)
            word = self._token(place)
            if counted := self._counted_number(place, first):
                return counted
            if word in self._words.words["toll_nouns"]:
                before = canonical(self._token(place - 1))
                return dead or (before if _is_toll(before) else ("killed" if word in ("toll", "bilan") else None))
            if word not in self._words.words["toll_links"] and not _is_toll(word):
                return None
            place -= 1
        return None

    def _before_place(self, place: int) -> int:
        """Return the word before "in Corvo" or "from the Harrow flood", if such words end here; else the same."""
        here = place
        while place > 0 and here - place < 3 and self._is_capital(place):
            place -= 1
        return place - 1 if place < here and self._token(place) in ("in", "from", "at", "on", "of") else here

    def _counted_number(self, place: int, first: int) -> str | None:
        """Return what "the number of troops" or "a force of" counts."""
        if self._token(place) in ("force", "contingent") and self._token(place + 1) == "of" and place + 2 == first:
            return "soldiers"
        if self._token(place - 1) == "of" and self._token(place - 2) in ("number", "numbers", "zahl", "nombre"):
            return canonical(self._token(place))
        return None

    def _after(self, place: int, unit: str | None) -> str | None:
        """Return what happened to those counted, said after them: "14 people were killed", "left 14 dead"."""
        for ahead in range(place, place + 6):
            word = self._token(ahead)
            if unit is None and _is_toll(word):
                return canonical(word)
            if unit is not None:
                return canonical(word) if canonical(word) in tables()["common"]["changes"] else None
            if not (self._is(ahead, "auxiliary") or self._is_people(ahead)):
                return None
        return None

    # tokens

    def _token(self, place: int) -> str:
        return self._tokens[place].text if 0 <= place < len(self._tokens) else ""

    def _kind(self, place: int) -> str:
        return self._tokens[place].kind if 0 <= place < len(self._tokens) else ""

    def _is(self, place: int, key: str) -> bool:
        return self._token(place) in self._words.words[key]


LONGEST_NUMBER_OF = 120
"""Characters from "the number of" to its figure."""

_NUMBER_OF = re.compile(
    r"(?i)\bnumber of (?:people |those )?(?:\w+ ){0,4}?(died|killed|dead|injured|hurt|missing)\b[^.;]*"
    r"\b(?:rose|risen|rises|climbed|climbs|stands|stood|grew|grown)(?: to| at)(?: at least| more than| about)? $"
)

_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def _is_toll(word: str) -> bool:
    return canonical(word) in tables()["common"]["tolls"]


def _toll_of(counts: str | None) -> str | None:
    return counts.split()[-1] if counts and _is_toll(counts.split()[-1]) else None


def _bounds(amount: Amount, hedge: str | None) -> tuple[float | None, float | None]:
    """Return the bounds that a range word makes of an amount's own."""
    low, high = amount.low, amount.high
    if hedge in ("least", "over"):
        return low, (None if hedge == "least" else times(high, 1 + ABOUT))
    if hedge in ("most", "below"):
        return None, high
    if hedge == "nearly":
        return times(low, 1 - ABOUT), high
    if hedge == "about" and amount.exact:
        return times(low, 1 - ABOUT), times(high, 1 + ABOUT)
    return low, high
