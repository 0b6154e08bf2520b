"""The headline and the dek: the outlets' most central headline, or a line cut short; never surer than its ground."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from heapq import heappop, heappush
from itertools import count, islice

from nutgraf.briefs import words
from nutgraf.briefs.attributing import the, unattributed
from nutgraf.briefs.casing import Manner, is_title_case, sentence_case
from nutgraf.briefs.checking import is_hedged
from nutgraf.briefs.clauses import is_clause, is_sentence
from nutgraf.briefs.disputes import denies
from nutgraf.briefs.overtaken import Overtaken
from nutgraf.briefs.passages import Passage
from nutgraf.briefs.rules import ABOUT_AS_TOLD, ABOUT_IN_OTHER_WORDS
from nutgraf.briefs.shortening import keeps_its_grammar, shortened
from nutgraf.briefs.wording import ENGLISH, tongue_of, word
from nutgraf.model import Article, Certainty, Citation, Line
from nutgraf.ports import Language
from nutgraf.rarity import rarity, term_of, weight_of, words_of

LONGEST = 120
"""Characters of a headline: a line or two of a page. Outlets' own run to 110; a cut one loses its point."""

LONGEST_AS_TOLD = 150
"""Characters of one that names its outlet as well."""

LONGEST_CUT = 90
"""Characters of a line cut to serve as a headline."""

LONGEST_DEK = 140

MOST_CITED = 3
"""Passages that a headline may rest on."""

OPENING = 25
"""Passages of an article among which the ground of its headline is looked for; half as many of another's."""

OPENINGS = 4
"""Passages of an article of which a headline may be cut."""

LEAST_TEXT = 40

LEAST_PART = 5
"""Words of a part of a headline that can stand for it."""

CUT_FROM = 8
"""Lines and openings that a headline is cut from: those that tell most of what the headlines tell."""

LEDE = 1.5
"""How much more the lede counts than another line where a headline is cut."""

LEAST_GAIN = 2
"""Words that a second passage has to bring."""

OPENING_CHARACTERS = 800
"""How much of each article is its opening, which tells what a headline has to tell."""

SHORTER = 0.4
"""How much a short headline is better than a long one that tells as much: a power of its number of words."""

SHORT = 8
"""Words from which a headline is a short one no more; fewer are no gain, and are often a label."""

LESS = 0.7
"""What a headline is worth that no editor would put above a brief, beside one that only tells as much."""

LABEL = 4
"""Words under which a headline only names what the story is about ("Harbour fire")."""

NOTHING = Overtaken({})
"""A story without such a toll."""

UNSURE = frozenset(
    {Certainty.REPORTED, Certainty.BELIEVED, Certainty.POSSIBLE, Certainty.CONDITIONAL, Certainty.DENIED}
)

_PREFIX = re.compile(
    r"(?i)^(?:opinion|op-ed(?: columnist)?|editorial|analysis|commentary|video|watch|live(?: updates)?|"
    r"breaking(?: news)?|exclusive|"
    r"update(?:d)?|column|letters?|podcast|photos?)\s*[:|–—-]\s+"
)
_JOINTS = (
    r", according to |, per ",
    r", (?:\w+ ){1,4}(?:said|says|told|reports?|announced|confirmed)\b",
    r"; | [—–] | -- ",
    r", (?:who|which|where|when|while|as|after|but|and|with|including|because|following) ",
    r" (?:after|while|because|when|where|which|as|amid|following|during) ",
    r", ",
    r" (?:on|in|at|to|for|with|by|who|that|from|and) ",
)
"""Places where a sentence can end early and still say something true, the best first."""

_NEVER_LAST = words.table(
    "a an the and or but of to in on at by for with from who that which when where while as after into is are was "
    "were has have had be been being its his her their this these those than then if so not now soon "
    "also still already just even only yet"
)


_OWN_VOICE = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Yy]ou|[Mm]y|[Yy]our)\b")
_POINTING = re.compile(r"(?i)(?:how|why|what|here)\b")

_DENIAL_STEMS = frozenset(words.stem(word) for word in words.PLAIN_DENIALS)


def clean_title(article: Article) -> str:
    """Return an article's headline without the outlet's name, a column's name or "Opinion |"."""
    title = _PREFIX.sub("", " ".join(article.title.split()))
    parts = re.split(r"\s+[|–—-]\s+|\s+::\s+|\s*\|\s*", title)
    if len(parts) > 1 and (_is_outlet(parts[-1], article) or (len(parts[-1].split()) <= 4 and "|" in title)):
        title = title[: title.rfind(parts[-1])].rstrip(" |–—-:")
    return _without_kicker(title)


def _without_kicker(title: str) -> str:
    """Leave out what stands before the first of two colons: "Floods: After the breach: Town counts its losses"."""
    first, colon, rest = title.partition(": ")
    return rest if colon and ": " in rest and not re.search(r"[\"“„«]", first) else title


def _is_outlet(text: str, article: Article) -> bool:
    letters = re.sub(r"\W|^the ", "", text.casefold())
    outlet = re.sub(r"\W|^the ", "", (article.outlet or "").casefold())
    address = re.sub(r"\W", "", article.url or "")
    return bool(letters) and (letters in outlet or bool(outlet) and outlet in letters or letters in address)


def titles_by_centrality(articles: Sequence[Article]) -> list[Article]:
    """Return the articles whose headline can serve, the one that says most of what the story's openings say first.

    Every word counts by how much it tells and by how many openings and other headlines have it. What an editor would
    not take over counts less: a question, a denial (it comes after what it denies), the writer's or the speaker's own
    voice, and what only points at the story ("How the deal fell apart").
    """
    titles = {article.id: clean_title(article) for article in articles}
    titled = [article for article in articles if len(titles[article.id].split()) >= 3]
    if not titled:
        return []
    tells = {article.id: _tells(titles[article.id]) for article in titled}
    shared = Counter(term for article in articles for term in _tells(article.text[:OPENING_CHARACTERS]))
    shared.update(term for terms in tells.values() for term in terms)

    def centrality(article: Article) -> float:
        title = titles[article.id]
        told = sum((shared[term] - 1) * rarity(term) for term in tells[article.id])
        score: float = told / max(SHORT, len(title.split())) ** SHORTER
        for is_so in (_asks, _denies, _has_a_voice, _points):
            score *= LESS if is_so(title) else 1.0
        return score * (LESS if len(title) > LONGEST else 1.0)

    order = {article.id: place for place, article in enumerate(articles)}
    return sorted(titled, key=lambda article: (-centrality(article), order[article.id]))


def _tells(text: str) -> frozenset[str]:
    return frozenset(term_of(word) for word in words_of(text) if weight_of(word) > 0)


def _is_label(title: str) -> bool:
    return len(title.split()) < LABEL


def _asks(title: str) -> bool:
    return title.endswith("?")


def _denies(title: str) -> bool:
    return bool(set(words.content_words(title)) & _DENIAL_STEMS)


def _has_a_voice(title: str) -> bool:
    return title[:1] in "'\"‘“„«" or _OWN_VOICE.search(title) is not None


def _points(title: str) -> bool:
    return _POINTING.match(title) is not None


def headlines(
    articles: Sequence[Article],
    passages: Mapping[str, Sequence[Passage]],
    lines: Sequence[Line],
    manner: Callable[[], Manner],
    language: Language,
    *,
    origins: int,
    overtaken: Overtaken = NOTHING,
) -> Iterator[Line]:
    """Yield what may stand above the brief, the best first: articles' headlines, then its lines cut; hedged.

    One that only names its subject, or tells a toll that a later report has ``overtaken``, comes after the lede's cuts.
    A headline that may be surer than the lines comes twice, as it is and as its outlet's word; one of which the
    passages say less comes as its outlet's word alone.
    """
    titled = titles_by_centrality(articles)
    late = [article for article in titled if _is_label(clean_title(article)) or overtaken.in_headline(article)]
    first = [article for article in titled if not any(article is one for one in late)]
    ground = partial(_of_titles, passages=passages, lede=lines[0], manner=manner, language=language, origins=origins)
    yield from ground(first)
    if late:
        yield from (one for one in _cut_lines(lines[:1], articles, language) if len(one.text) <= LONGEST)
        yield from ground(late)
    yield from _cut_lines([*lines, *_openings(articles, passages)], articles, language)


def _of_titles(
    titled: Sequence[Article],
    *,
    passages: Mapping[str, Sequence[Passage]],
    lede: Line,
    manner: Callable[[], Manner],
    language: Language,
    origins: int,
) -> Iterator[Line]:
    """Yield articles' headlines, each as it is and as its outlet's word, and then those that little bears out."""
    for article in titled:
        for title in whole_and_parts(_titled(article, manner, language), article, language):
            ground = ground_of(title, article, passages)
            if not ground or len(title) > LONGEST or not _visible(title):
                continue
            doubt = _certainty(title, ground, lede)
            unsure = doubt is not Certainty.FACT
            for text in dict.fromkeys(
                (
                    _as_told(title, article, unsure=unsure, lone=origins == 1),
                    _as_told(title, article, unsure=True, lone=False),
                )
            ):
                yield Line(text=text, citations=_cited(ground), outlet=_outlet_of(ground, article), certainty=doubt)
    for article in titled:
        title = _titled(article, manner, language)
        ground = ground_of(title, article, passages, least=ABOUT_AS_TOLD)
        text = _as_told(title, article, unsure=True, lone=False, longest=LONGEST_AS_TOLD)
        if ground and text.endswith(" reports") and _visible(title):
            doubt = _certainty(title, ground, lede)
            yield Line(text=text, citations=_cited(ground), outlet=article.outlet, certainty=doubt)


def whole_and_parts(title: str, article: Article, language: Language) -> Iterator[str]:
    """Yield a headline, then what stands before a semicolon or after a colon in it where that is a sentence."""
    yield title
    if tongue_of(article.language) != ENGLISH:
        return
    before, semicolon, _ = title.partition("; ")
    _, colon, after = title.partition(": ")
    for part in ([before] if semicolon else []) + ([after] if colon else []):
        if len(part.split()) >= LEAST_PART and is_sentence(language.parse(f"{part}.")):
            yield part[:1].upper() + part[1:]


def _openings(articles: Sequence[Article], passages: Mapping[str, Sequence[Passage]]) -> Iterator[Line]:
    """Yield the articles' opening sentences that stand alone, as lines: a headline may be cut from one not chosen."""
    for article in articles:
        for passage in passages.get(article.id, ())[:OPENINGS]:
            wording = word(passage)
            if wording.leans or wording.own_voice or len(wording.text) < LEAST_TEXT:
                continue
            doubts = [claim.certainty for claim in passage.claims if claim.certainty in UNSURE]
            yield Line(
                text=wording.text,
                citations=wording.citations,
                outlet=article.outlet,
                certainty=doubts[0] if doubts else Certainty.FACT,
                denied=denies(wording),
            )


def _as_told(title: str, article: Article, *, unsure: bool, lone: bool, longest: int = LONGEST) -> str:
    if tongue_of(article.language) == ENGLISH:
        return _hedged(title, article.outlet, unsure=unsure, lone=lone, longest=longest)
    return f"{article.outlet}: {title}" if unsure and article.outlet else title


def _cut_lines(lines: Sequence[Line], articles: Sequence[Article], language: Language) -> Iterator[Line]:
    """Yield lines cut to whole clauses, first those that say what the headlines say, then whole lines, the short first.

    What a cut leaves is parsed, which is possible in English alone: half a clause is no headline.
    """
    tongues = {article.id: tongue_of(article.language) for article in articles}
    bags = [set(words.content_words(clean_title(article) or article.text[:600])) for article in articles]
    shared = Counter(word for bag in bags for word in bag)
    titled = any(clean_title(article) for article in articles)

    def of_what_headlines_tell(text: str, line: Line) -> float:
        told = sum(shared[word] for word in set(words.content_words(text)))
        return told * (LEDE if line is lines[0] else 1.0)

    def cuts_of(line: Line) -> Iterator[str]:
        if all(tongues.get(citation.span.article) == ENGLISH for citation in line.citations):
            text = _first_sentence(line, language)
            cuts = [cut(text, longest) for longest in (LONGEST_CUT, LONGEST)]
            cuts += [one or "" for one in shortened(text, language.parse(text), (LONGEST_CUT, LONGEST))]
            yield from (one for one in dict.fromkeys(cuts) if len(one) >= LEAST_TEXT)

    def candidates() -> Iterator[tuple[float, str, Line]]:
        """Yield the cuts, the best first; no line is cut before it could give the best: a cut tells no more than it."""
        found: list[tuple[float, int, str, Line]] = []
        places = count()
        rated = [(of_what_headlines_tell(line.text, line), line) for line in lines]
        for most, line in sorted(rated, key=lambda one: -one[0])[:CUT_FROM]:
            while found and -found[0][0] >= most:
                told, _, text, of = heappop(found)
                yield -told, text, of
            for text in cuts_of(line):
                heappush(found, (-of_what_headlines_tell(text, line), next(places), text, line))
        yield from ((-told, text, of) for told, _, text, of in sorted(found, key=lambda one: one[:2]))

    for told, text, line in candidates():
        if titled and told < LEAST_GAIN and line is not lines[0]:
            continue  # a sentence on something else
        bare = _first_sentence(line, language)
        if _stands(text, bare, language):
            yield _as_headline(text, line)
    for line in sorted(lines, key=lambda line: len(line.text)):
        text = line.text if line.certainty in UNSURE else unattributed(line.text, line.outlet)
        text = text.rstrip(".") if text.count(". ") == 0 else text
        yield replace(line, text=text, label=None, speaker=None, denied=False)


def _first_sentence(line: Line, language: Language) -> str:
    whole = unattributed(line.text, line.outlet)
    return whole[slice(*next(iter(language.sentences(whole)), (0, None)))]


def _stands(core: str, sentence: str, language: Language) -> bool:
    """Tell whether what a cut leaves of a sentence is one: whole, a clause that opens it, or by its own grammar."""
    if core == sentence.rstrip(".") or is_clause(core, sentence, language):
        return True
    if sentence.startswith(core):
        return False
    tokens = language.parse(core)
    return is_sentence(tokens) and keeps_its_grammar(tokens, language.parse(sentence))


def cut_line(line: Line, longest: int = LONGEST_CUT) -> Line:
    """Return the opening of a line as a headline."""
    return _as_headline(cut(line.text, longest), line)


def _as_headline(text: str, line: Line) -> Line:
    text = _hedged(text, line.outlet, unsure=line.certainty in UNSURE or line.denied, lone=False)
    return replace(line, text=text, label=None, speaker=None, denied=False)


def _visible(title: str) -> bool:
    return not words.has_hidden_characters(title) and not re.search(r"https?://|[<>{}\[\]]", title)


def _titled(article: Article, manner: Callable[[], Manner], language: Language) -> str:
    """Return an article's headline, an English one in sentence case."""
    title = clean_title(article)
    if tongue_of(article.language) != ENGLISH or not is_title_case(title):
        return title
    return sentence_case(title, manner(), language.parse)


def ground_of(
    title: str,
    article: Article,
    passages: Mapping[str, Sequence[Passage]],
    *,
    least: float = ABOUT_IN_OTHER_WORDS,
) -> list[Passage]:
    """Return the fewest passages that say what a title says, at most ``MOST_CITED``; its own article's before others'.

    Names and numbers weigh more, since each of them has to be found; empty where the passages say too little of it.
    """
    wanted = _told(title)
    heavy = {words.stem(name.casefold()) for name in words.names_in(f"x {title}")} | set(words.NUMBER.findall(title))
    own = [p for p in passages.get(article.id, ()) if p.place < OPENING]
    others = [p for key, its in passages.items() if key != article.id for p in its if p.place < OPENING // 2]
    ground: list[Passage] = []
    missing = set(wanted)
    for pool in (own, others):
        bags = [(_told(p.text), p) for p in pool]
        while missing and len(ground) < MOST_CITED:
            rated = [
                (sum(3 if w in heavy else 1 for w in bag & missing), -p.place, -n) for n, (bag, p) in enumerate(bags)
            ]
            best = max(rated, default=(0, 0, 0))
            if best[0] < (LEAST_GAIN if ground else 1):
                break
            bag, passage = bags[-best[2]]
            ground.append(passage)
            missing -= bag
        if not missing & heavy and len(missing) <= (1 - least) * len(wanted):
            break
    return ground if len(missing) <= (1 - least) * len(wanted) else []


def _told(text: str) -> set[str]:
    return set(words.content_words(text)) | set(words.NUMBER.findall(text))


def _cited(ground: Sequence[Passage]) -> tuple[Citation, ...]:
    return tuple(passage.citation for passage in ground)


def _outlet_of(ground: Sequence[Passage], article: Article) -> str | None:
    """Return the outlet of a headline's article, or of another that its ground is found in alone."""
    cited = [passage.article for passage in ground]
    return article.outlet if article.id in {one.id for one in cited} else cited[0].outlet


def _certainty(title: str, ground: Sequence[Passage], lede: Line) -> Certainty:
    """Return how sure the claims that a title repeats are."""
    bag = set(words.content_words(title))
    for passage, claim in ((one, claim) for one in ground for claim in one.claims):
        told = set(words.content_words(" ".join(span.of(passage.article.text) for span in claim.content)))
        if len(bag & told) < 0.4 * len(bag):
            continue
        if claim.denied:
            return Certainty.DENIED
        if claim.certainty in UNSURE:
            return claim.certainty
    cited = [citation.span for citation in lede.citations]
    if lede.certainty in UNSURE and any(passage.span.overlaps(span) for passage in ground for span in cited):
        return lede.certainty
    return Certainty.FACT


def _hedged(title: str, outlet: str | None, *, unsure: bool, lone: bool, longest: int = LONGEST) -> str:
    """Say whose word a headline is, where it is unsure or one origin's alone and does not say so itself."""
    if not (unsure or lone) or is_hedged(title):
        return title
    by_outlet = f"{title}, {the(outlet).removeprefix('the ')} reports" if outlet and _latin(outlet) else title
    if by_outlet != title and len(by_outlet) <= longest and not title.endswith(("?", "!")):
        return by_outlet
    return f"{title.rstrip('?!')}: Report" if unsure else title


def _latin(name: str) -> bool:
    return re.search(r"[A-Za-z]", name) is not None


def cut(text: str, longest: int) -> str:
    """Return the opening of a sentence as a headline, cut at a joint of its grammar, without a full stop."""
    text = re.split(r"(?<=[a-z\d”\"])[.!?] (?=[A-Z“\"])", text)[0].rstrip(".")
    text = re.sub(r"\s*\([^)]*\)", "", text)
    ends = (_last_joint(text, joint, longest) for joint in _JOINTS)
    if len(text) <= longest:
        end = next((end for end in islice(ends, 2) if end), len(text))
    else:
        end = next((end for end in ends if end), text.rfind(" ", 0, longest))
    words_left = text[:end].split()
    while len(words_left) > 3 and words_left[-1].casefold().strip(",") in _NEVER_LAST:
        words_left.pop()
    return " ".join(words_left).rstrip(" ,;:–—-")


def _last_joint(text: str, joint: str, longest: int) -> int:
    places = [match.start() for match in re.finditer(joint, text) if 30 <= match.start() <= longest]
    return max((place for place in places if not _splits_quotation(text[:place])), default=0)


def _splits_quotation(text: str) -> bool:
    return text.count("“") != text.count("”") or text.count('"') % 2 == 1


def deks(
    articles: Sequence[Article],
    passages: Mapping[str, Sequence[Passage]],
    headline: Line,
    lede: Line,
    manner: Callable[[], Manner],
    language: Language,
    overtaken: Overtaken = NOTHING,
) -> Iterator[Line]:
    """Yield other articles' headlines that add to the first and are no surer than their ground, the best first.

    None tells a toll that a later report has overtaken.
    """
    taken = {citation.span.article for citation in headline.citations}
    told = set(words.content_words(headline.text))
    for article in titles_by_centrality(articles):
        title = _titled(article, manner, language)
        bag = set(words.content_words(title))
        if article.id in taken or len(title) > LONGEST_DEK or not _visible(title) or overtaken.in_headline(article):
            continue
        if len(bag - told) < 0.4 * len(bag) or title.endswith("?"):
            continue
        ground = ground_of(title, article, passages)
        unsure = _certainty(title, ground, lede)
        if not ground or (unsure is not Certainty.FACT and not is_hedged(title)):
            continue
        yield Line(text=title, citations=_cited(ground), outlet=_outlet_of(ground, article), certainty=unsure)
