"""The headline and the dek: the outlets' most central headline, or a line cut short; never surer than its ground."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nutgraf.briefs import words
from nutgraf.briefs.checking import is_hedged
from nutgraf.briefs.passages import Passage
from nutgraf.briefs.wording import ENGLISH, the, tongue_of
from nutgraf.model import Article, Certainty, Line

LONGEST = 90
"""Characters of a headline: one line of a page."""

LONGEST_DEK = 140

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
    "were has have had be been being its his her their this these those than then if so not"
)


_DENIAL_STEMS = frozenset(words.stem(word) for word in words.PLAIN_DENIALS)


def clean_title(article: Article) -> str:
    """Return an article's headline without the outlet's name, a column's name or "Opinion |"."""
    title = _PREFIX.sub("", " ".join(article.title.split()))
    parts = re.split(r"\s+[|–—-]\s+|\s+::\s+|\s*\|\s*", title)
    if len(parts) > 1 and (_is_outlet(parts[-1], article) or (len(parts[-1].split()) <= 4 and "|" in title)):
        title = title[: title.rfind(parts[-1])].rstrip(" |–—-:")
    return title


def _is_outlet(text: str, article: Article) -> bool:
    letters = re.sub(r"\W|^the ", "", text.casefold())
    outlet = re.sub(r"\W|^the ", "", (article.outlet or "").casefold())
    address = re.sub(r"\W", "", article.url or "")
    return bool(letters) and (letters in outlet or bool(outlet) and outlet in letters or letters in address)


def titles_by_centrality(articles: Sequence[Article]) -> list[Article]:
    """Return the articles whose headline can serve, the one that says most of what the others say first."""
    titled = [article for article in articles if len(clean_title(article).split()) >= 3]
    bags = {article.id: set(words.content_words(clean_title(article))) for article in titled}
    leads = {article.id: set(words.content_words(article.text[:600])) for article in articles}
    shared = Counter(word for bag in bags.values() for word in bag)
    led = Counter(word for bag in leads.values() for word in bag)

    def centrality(article: Article) -> float:
        bag = bags[article.id]
        score = sum(shared[word] - 1 + 0.5 * led[word] for word in bag) / math.sqrt(max(1, len(bag)))
        title = clean_title(article)
        if title.endswith("?") or bag & _DENIAL_STEMS:
            score *= 0.6  # a question says nothing; a denial comes after what it denies
        return score * (0.7 if len(title) > LONGEST else 1.0)

    order = {article.id: place for place, article in enumerate(articles)}
    return sorted(titled, key=lambda article: (-centrality(article), order[article.id]))


def headlines(
    articles: Sequence[Article], passages: Mapping[str, Sequence[Passage]], lines: Sequence[Line], *, origins: int
) -> Iterator[Line]:
    """Yield what may stand above the brief, the best first: articles' headlines, then its lines cut; hedged."""
    for article in titles_by_centrality(articles):
        title = clean_title(article)
        support = _support(title, passages.get(article.id, ()))
        if support is None or len(title) > LONGEST or not _visible(title):
            continue
        doubt = _certainty(title, support, lines[0])
        unsure = doubt is not Certainty.FACT
        if tongue_of(article.language) == ENGLISH:
            text = _hedged(title, article.outlet, unsure=unsure, lone=origins == 1)
        else:
            text = f"{article.outlet}: {title}" if unsure and article.outlet else title
        yield Line(text=text, citations=(support.citation,), outlet=article.outlet, certainty=doubt)
    yield from map(cut_line, lines)


def cut_line(line: Line) -> Line:
    """Return the opening of a line as a headline."""
    text = cut(line.text, LONGEST)
    text = _hedged(text, line.outlet, unsure=line.certainty in UNSURE or line.denied, lone=False)
    return replace(line, text=text, label=None, speaker=None, denied=False)


def _visible(title: str) -> bool:
    return not words.has_hidden_characters(title) and not re.search(r"https?://|[<>{}\[\]]", title)


def _support(title: str, passages: Sequence[Passage]) -> Passage | None:
    """Return the passage that says most of a title, the earlier of two."""
    bag = set(words.content_words(title))
    rated = [(len(bag & set(words.content_words(p.text))), -p.place, p) for p in passages if p.place < 25]
    best = max(rated, key=lambda rated: rated[:2], default=None)
    return best[2] if best and best[0] >= min(2, len(bag)) else None


def _certainty(title: str, support: Passage, lede: Line) -> Certainty:
    """Return how sure the claims that a title repeats are."""
    bag = set(words.content_words(title))
    for claim in support.claims:
        told = set(words.content_words(" ".join(span.of(support.article.text) for span in claim.content)))
        if len(bag & told) < 0.4 * len(bag):
            continue
        if claim.denied:
            return Certainty.DENIED
        if claim.certainty in UNSURE:
            return claim.certainty
    if lede.certainty in UNSURE and any(support.span.overlaps(citation.span) for citation in lede.citations):
        return lede.certainty
    return Certainty.FACT


def _hedged(title: str, outlet: str | None, *, unsure: bool, lone: bool) -> str:
    """Say whose word a headline is, where it is unsure or one origin's alone and does not say so itself."""
    if not (unsure or lone) or is_hedged(title):
        return title
    by_outlet = f"{title}, {the(outlet).removeprefix('the ')} Reports" if outlet else title
    if by_outlet != title and len(by_outlet) <= LONGEST and not title.endswith(("?", "!")):
        return by_outlet
    return f"{title.rstrip('?!')}: Report" if unsure else title


def cut(text: str, longest: int) -> str:
    """Return the opening of a sentence as a headline, cut at a joint of its grammar, without a full stop."""
    text = re.split(r"(?<=[a-z\d”\"])[.!?] (?=[A-Z“\"])", text)[0].rstrip(".")
    text = re.sub(r"\s*\([^)]*\)", "", text)
    ends = [_last_joint(text, joint, longest) for joint in _JOINTS]
    if len(text) <= longest:
        end = next((end for end in ends[:2] if end), len(text))
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


def compose_dek(
    articles: Sequence[Article], passages: Mapping[str, Sequence[Passage]], headline: Line, lede: Line
) -> Line | None:
    """Return another article's headline that adds to the first and is no surer than its passage, if there is one."""
    taken = {citation.span.article for citation in headline.citations}
    told = set(words.content_words(headline.text))
    for article in titles_by_centrality(articles):
        title = clean_title(article)
        bag = set(words.content_words(title))
        support = _support(title, passages.get(article.id, ()))
        if article.id in taken or support is None or len(title) > LONGEST_DEK or not _visible(title):
            continue
        if len(bag - told) < 0.4 * len(bag) or title.endswith("?"):
            continue
        unsure = _certainty(title, support, lede)
        if unsure is not Certainty.FACT and not is_hedged(title):
            continue
        return Line(text=title, citations=(support.citation,), outlet=article.outlet, certainty=unsure)
    return None
