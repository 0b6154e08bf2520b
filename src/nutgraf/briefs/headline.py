"""The headline and the dek: the outlets' most central headline, or the lede cut short, never surer than what it rests on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from nutgraf.briefs import words
from nutgraf.briefs.checking import is_hedged
from nutgraf.briefs.passages import Passage
from nutgraf.briefs.wording import the
from nutgraf.model import Article, Certainty, Line

LONGEST = 90
"""Characters of a headline: one line of a page."""

LONGEST_DEK = 140

UNSURE = frozenset(
    {Certainty.REPORTED, Certainty.BELIEVED, Certainty.POSSIBLE, Certainty.CONDITIONAL, Certainty.DENIED}
)

_PREFIX = re.compile(
    r"(?i)^(?:opinion|op-ed(?: columnist)?|editorial|analysis|commentary|video|watch|live(?: updates)?|breaking(?: news)?|exclusive|"
    r"update(?:d)?|column|letters?|podcast|photos?)\s*[:|–—-]\s+"
)
_JOINTS = (
    r", according to ", r", (?:officials|police|authorities) sa(?:y|id)", r" \w+ (?:said|says|told|reports?)\b", r"; ", r" — | – | -- ", r", (?:who|which|where|when|while|as|after|but|and|with|including|because) ",
    r", ", r" (?:after|while|because|when|where|which|who|as|amid|following|during) ", r" (?:on|in|at|to|for|with|by) ",
)  # fmt: skip


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
        return score * (0.6 if title.endswith("?") else 1.0) * (0.7 if len(title) > LONGEST else 1.0)

    order = {article.id: place for place, article in enumerate(articles)}
    return sorted(titled, key=lambda article: (-centrality(article), order[article.id]))


def compose_headline(
    articles: Sequence[Article], passages: Mapping[str, Sequence[Passage]], lede: Line, *, origins: int
) -> Line:
    """Return the headline: a cited article's own, or else the lede cut; hedged where what it rests on is unsure."""
    for article in titles_by_centrality(articles):
        title = clean_title(article)
        support = _support(title, passages.get(article.id, ()))
        if support is None or len(title) > LONGEST or not _visible(title):
            continue
        unsure = _certainty(support, lede)
        text = _hedged(title, article, unsure=unsure is not Certainty.FACT, lone=origins == 1)
        return Line(text=text, citations=(support.citation,), outlet=article.outlet, certainty=unsure)
    return Line(
        text=cut(lede.text, LONGEST),
        citations=lede.citations,
        outlet=lede.outlet,
        speaker=None,
        certainty=lede.certainty,
        denied=lede.denied,
    )


def _visible(title: str) -> bool:
    return not words.has_hidden_characters(title) and not re.search(r"https?://|[<>{}\[\]]", title)


def _support(title: str, passages: Sequence[Passage]) -> Passage | None:
    """Return the passage that says most of a title, the earlier of two."""
    bag = set(words.content_words(title))
    rated = [(len(bag & set(words.content_words(p.text))), -p.place, p) for p in passages if p.place < 25]
    best = max(rated, key=lambda rated: rated[:2], default=None)
    return best[2] if best and best[0] >= min(2, len(bag)) else None


def _certainty(support: Passage, lede: Line) -> Certainty:
    for claim in support.claims:
        if claim.denied:
            return Certainty.DENIED
        if claim.certainty in UNSURE:
            return claim.certainty
    if any(support.span.overlaps(citation.span) for citation in lede.citations):
        return lede.certainty if lede.certainty in UNSURE else Certainty.FACT
    return Certainty.FACT


def _hedged(title: str, article: Article, *, unsure: bool, lone: bool) -> str:
    if not (unsure or lone) or is_hedged(title):
        return title
    outlet = the(article.outlet).removeprefix("the ") if article.outlet else None
    with_outlet = f"{title}, {outlet} Reports"
    if outlet and len(with_outlet) <= LONGEST and not title.endswith(("?", "!")):
        return with_outlet
    return f"Reportedly: {title}" if unsure else title


def cut(text: str, longest: int) -> str:
    """Return the opening of a sentence as a headline, cut at a joint of its grammar, without a full stop."""
    text = re.split(r"(?<=[a-z\d”\"])[.!?] (?=[A-Z“\"])", text)[0].rstrip(".")
    text = re.sub(r"\s*\([^)]*\)", "", text)
    if len(text) <= longest and "said" not in text:
        return text
    for joint in _JOINTS:
        ends = [match.start() for match in re.finditer(joint, text) if 25 <= match.start() <= longest]
        ends = [end for end in ends if not _splits_quotation(text[:end])]
        if ends:
            return text[: ends[-1]].rstrip(" ,;:–—-")
    if len(text) <= longest:
        return text
    return text[: text.rfind(" ", 0, longest)].rstrip(" ,;:–—-")


def _splits_quotation(text: str) -> bool:
    return text.count("“") != text.count("”") or text.count('"') % 2 == 1


def compose_dek(
    articles: Sequence[Article], passages: Mapping[str, Sequence[Passage]], headline: Line, lede: Line
) -> Line | None:
    """Return another article's headline that adds to the first and is not surer than its passage; ``None`` where there is none."""
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
        unsure = _certainty(support, lede)
        if unsure is not Certainty.FACT and not is_hedged(title):
            continue
        return Line(text=title, citations=(support.citation,), outlet=article.outlet, certainty=unsure)
    return None
