"""From a story to its brief: choose, word, label, check; what fails the check is left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from nutgraf.analysis import Analysis
from nutgraf.briefs import context, words
from nutgraf.briefs.answers import Answered, Answers, make_room, with_charges
from nutgraf.briefs.attributing import attribute, outlets_once, unattributed, without_outlet
from nutgraf.briefs.casing import manner_of
from nutgraf.briefs.checking import check_disputes, check_figures, check_heading, check_label, check_line
from nutgraf.briefs.choosing import TOLD_AGAIN, choose, repeats
from nutgraf.briefs.clauses import ParsedOnce, is_sentence
from nutgraf.briefs.dangling import dangles
from nutgraf.briefs.disputes import denies, disputes_among, each_denial_once, near_answers, with_denials
from nutgraf.briefs.headline import UNSURE, clean_title, cut_line, deks, headlines
from nutgraf.briefs.labels import Labelled, label, label_in
from nutgraf.briefs.lengths import ONE_LINE
from nutgraf.briefs.naming import named_in_turn
from nutgraf.briefs.ordering import comes_next, in_order
from nutgraf.briefs.overtaken import Overtaken, overtaken
from nutgraf.briefs.passages import Passage, passages_of_story
from nutgraf.briefs.phrases import as_named, best_phrases, main_clause, main_verbs, phrases_of, whole_name
from nutgraf.briefs.ranking import features, rank, rank_openings
from nutgraf.briefs.related import Known, known, told_in
from nutgraf.briefs.wording import ENGLISH, Wording, outside_quotations, tongue_of, word
from nutgraf.model import (
    Article,
    Brief,
    Certainty,
    Claim,
    Dispute,
    FigureDifference,
    Line,
    Reason,
    Rejected,
    Story,
)
from nutgraf.ports import ClaimRelations, Language

ARTICLES_READ = 24
"""Articles whose sentences are weighed: one of each origin first. More add time and say the same again."""

OVER = 1.14
"""How far a brief may go past the length asked for."""

SHORT = 100
"""Words under which a brief is its lede and little more, and is chosen as ledes are."""

UNDER = 0.85
"""How far a short brief may go of the length asked for: it is read at a glance, and a last sentence that fills it up
is one too many. On briefs/allsides, where editors take 48 words, ROUGE-1 is .02 higher than with ``OVER``.
"""

ANY_LENGTH = 100
"""Words that every passage fits in: where none fits the length asked for, one longer line is better than no brief."""

ROOM_FOR_A_DENIAL = 100
"""Words of a brief from which its lede has room for a denial; in a shorter one a denial stands as a line, if chosen."""

ATTRIBUTION = 3
"""Words that naming an outlet takes."""

ATTRIBUTION_ONCE = 2
"""The same of a bullet that names who says it: some are the first of their outlet, which names it."""

LEDES_TRIED = 3
"""Ledes that may fall through the check before the best of what is left is taken."""

LONGEST_LEDE = 50
"""Words of a lede."""

OPENING_OF_AN_ARTICLE = 6
"""Sentences of an article in which it says what happened; a lede from further down is background."""

OUT_OF_PLACE, SAID, ABOVE, KEPT = 1.0, 0.5, 0.5, 0.3
"""What it takes from a lede to stand further down or to open with a quotation, and what it gives to say what the
headlines say, and to be chosen."""

OVERTAKEN = 1.0
"""What it takes from a lede, and from a bullet's score, to give a toll that a later report gives higher."""

OPENING_CHARACTERS = 600
"""Characters of an article that count as its opening where it has no headline."""


def compose(
    story: Story,
    articles: Mapping[str, Article],
    claims: Mapping[str, Sequence[Claim]],
    language: Language,
    *,
    words: int = 230,
    relations: ClaimRelations | None = None,
    analyses: Mapping[str, Analysis] | None = None,
) -> Brief | Rejected:
    """Return the checked brief of a story in about ``words`` words; ``Rejected`` where no line passes.

    ``articles`` holds every article of the story, ``claims`` each one's claims by article id; where there are none,
    plain sentences serve. ``relations`` brings the figures that differ between articles, ``analyses`` the parses of
    articles by id, which are made anew where it lacks them. The same input gives the same brief.
    """
    read = _read(story, articles)
    known_parses = [analyses[article.id] for article in read if article.id in analyses] if analyses else []
    language = ParsedOnce(language, known_parses)
    passages, old = passages_of_story(read, claims, language), overtaken(relations, articles)
    brief = _sound(
        passages,
        partial(_drafted, story, articles, claims, read, relations),
        partial(
            _draft,
            origins=context.origin_of(story),
            budget=words,
            relations=known(relations),
            language=language,
            old=old,
        ),
    )
    if brief is None:
        return _nothing(story)
    brief = outlets_once(brief)
    labelled = _labelled(brief.lines, language, tongue_of(brief.language))
    lines = [line if not any(check_label(brief, line, "")) else replace(line, label=None) for line in labelled]
    brief = replace(brief, lines=tuple(lines))
    return _headed(brief, read, passages, language, old, origins=len(story.origins)) or _nothing(story)


def _sound(
    passages: Sequence[Passage], drafted: Callable[[Draft], Brief], draft: Callable[[Sequence[Passage]], Draft]
) -> Brief | None:
    """Return the first brief whose lede passes the check, without its faults, or else the best of what is left.

    What stood second is no lede: where the first falls, another brief is drafted without that passage.
    """
    best = None
    for _ in range(LEDES_TRIED):
        made = draft(passages)
        if not made.lines:
            break
        composed = drafted(made)
        sound = _without_faults(composed)
        first = composed.lines[0].citations[0].span
        if sound is not None and sound.lines[0].citations[0].span == first:
            return sound
        best = best or sound
        passages = [passage for passage in passages if passage.span != first]
    return best


def _drafted(
    story: Story,
    articles: Mapping[str, Article],
    claims: Mapping[str, Sequence[Claim]],
    read: Sequence[Article],
    relations: ClaimRelations | None,
    draft: Draft,
) -> Brief:
    composed = _brief(story, articles, claims, read, draft)
    if relations is None:
        return composed
    return replace(composed, figures=_figures(composed, story, articles, relations))


def _figures(
    brief: Brief, story: Story, articles: Mapping[str, Article], relations: ClaimRelations
) -> tuple[FigureDifference, ...]:
    """Return the figures that differ across the story, then those of the brief that count something else."""
    related = context.related_differences(story, articles, relations.differences)
    counted = {difference.counts for difference in related}
    others = tuple(difference for difference in brief.figures if difference.counts not in counted)
    return (*related, *others)[: context.TABLES]


def _nothing(story: Story) -> Rejected:
    detail = f"No line of its {len(story.articles)} articles passes the check. `nutgraf why` shows them."
    return Rejected(subject=story.id, reason=Reason.NOTHING_TO_SAY, detail=detail)


def _read(story: Story, articles: Mapping[str, Article]) -> list[Article]:
    """Return the articles to read, of the language that most are in, one of each origin before a second of any."""
    tongues = {key: tongue_of(articles[key].language) for key in story.articles if articles[key].language}
    count = Counter(tongues.values())
    most = min(count, key=lambda tongue: (-count[tongue], tongue), default=None)
    same = {key for key in story.articles if tongues.get(key, most) == most}
    rounds = sorted(
        (turn, story.articles.index(key))
        for origin in story.origins
        for turn, key in enumerate(k for k in origin.articles if k in same)
    )
    return [articles[story.articles[place]] for _, place in rounds[:ARTICLES_READ]]


@dataclass(frozen=True, slots=True)
class Draft:
    """The lines of a brief before the check, and the denials among them."""

    lines: tuple[Line, ...]
    disputes: tuple[Dispute, ...]


def _draft(
    passages: Sequence[Passage],
    origins: Mapping[str, str],
    budget: int,
    relations: Known,
    language: ParsedOnce,
    old: Overtaken,
) -> Draft:
    wordings = [word(passage) for passage in passages]
    language.note_rewordings({wording.text: wording.passage.text for wording in wordings if wording.lent})
    named = any(passage.article.outlet for passage in passages)
    table = features(wordings, origins)
    openings = rank_openings(table).tolist()
    near = near_answers(wordings) if budget >= ROOM_FOR_A_DENIAL else {}
    scores = openings if budget < SHORT else with_charges(rank(table).tolist(), near)
    late = [OVERTAKEN if old.in_passage(passage) else 0.0 for passage in passages]
    scores = [score - less for score, less in zip(scores, late, strict=True)]
    choosing = partial(
        choose,
        wordings,
        scores,
        costs=[_cost(one, long=budget >= SHORT) if named else 0 for one in wordings],
        again=0.0 if budget < SHORT else TOLD_AGAIN,
        told=[told_in(passage, relations) for passage in passages],
    )
    whole = partial(_is_whole, language=language)
    chosen = choosing(budget=round(budget * (UNDER if budget < SHORT else OVER)), is_whole=whole)
    if budget <= ONE_LINE or not chosen:
        chosen = (chosen or choosing(budget=ANY_LENGTH, is_whole=whole, least=0))[:1]
    if not chosen:  # every sentence points at something that it does not name: one is better than none
        whole = partial(_is_a_sentence, language=language)
        chosen = choosing(budget=ANY_LENGTH, is_whole=whole, least=0)[:1]
    if not chosen:
        return Draft((), ())
    most = budget if budget < SHORT else round(budget * OVER) - (ATTRIBUTION_ONCE * len(chosen) if named else 0)
    lede, *others = _lede_first(chosen, wordings, openings, most, whole, old)
    room = budget >= ROOM_FOR_A_DENIAL
    answered = Answers(
        wordings=wordings,
        near=near,
        denying=[one for one in wordings if denies(one) and _is_whole(one, language)] if room else [],
        relations=relations,
        is_whole=whole,
        budget=most,
    ).beside(lede, others)
    return _laid_out(lede, answered, language)


def _laid_out(lede: Wording, answered: Answered, language: Language) -> Draft:
    """Return the lines in their order, each denial beside what it denies, and the disputes that they make."""
    denial, bullets = answered.denial, answered.side_by_side(in_order(lede, answered.bullets, language))
    told = [lede, *([denial] if denial else []), *bullets]
    in_turn = {id(wording): one for wording, one in zip(told, named_in_turn(told), strict=True)}
    alone = [_line(in_turn[id(wording)], manner, language) for manner, wording in enumerate([lede, *bullets])]
    of = {id(wording): line for wording, line in zip([lede, *bullets], alone, strict=True)}
    denials = [of[id(wording)] for wording in [lede, *bullets] if denies(wording)]
    pairs = answered.answers.items()
    paired = [(of[claim], of[id(answer)]) for claim, answer in pairs if claim in of and id(answer) in of]
    first = alone[0]
    if denial is not None:
        beside = _line(in_turn[id(denial)], 1, language)
        denials.append(without_outlet(beside) if beside.outlet == first.outlet else beside)
        paired.append((first, denials[-1]))
        paired += [(of[claim], denials[-1]) for claim, answer in pairs if claim in of and answer is denial]
        first = replace(
            first, text=f"{first.text} {denials[-1].text}", citations=first.citations + denials[-1].citations
        )
    disputes = disputes_among(alone, denials, paired)
    return Draft(tuple(with_denials([first, *alone[1:]], disputes)), each_denial_once(disputes))


def _cost(wording: Wording, *, long: bool) -> int:
    return ATTRIBUTION_ONCE if long and wording.speaker else ATTRIBUTION


def _lede_first(
    chosen: Sequence[Wording],
    wordings: Sequence[Wording],
    openings: Sequence[float],
    budget: int,
    is_whole: Callable[[Wording], bool],
    old: Overtaken,
) -> list[Wording]:
    """Put first the best opening of the story, one that was chosen before another that says as much."""
    bags = [set(words.content_words(wording.text)) for wording in wordings]
    told = _told_above([w.passage.article for w in wordings])
    kept = {wording.passage.span for wording in chosen}

    def fitness(place: int) -> tuple[float, int]:
        wording = wordings[place]
        if wording.leans or wording.own_voice or words.count_words(wording.text) > min(LONGEST_LEDE, budget):
            return (-math.inf, 0) if wording.passage.span not in kept else (openings[place] - OUT_OF_PLACE, -place)
        above = sum(told[word] for word in bags[place]) / math.sqrt(max(4, len(bags[place])))
        far = OUT_OF_PLACE if wording.passage.place >= OPENING_OF_AN_ARTICLE else 0.0
        quoted = SAID if wording.text[:1] in '“"' else 0.0
        far += OVERTAKEN if old.in_passage(wording.passage) else 0.0
        return openings[place] + ABOVE * above - far - quoted + (KEPT if wording.passage.span in kept else 0.0), -place

    ranked = sorted(range(len(wordings)), key=fitness, reverse=True)
    best = next(place for place in ranked if is_whole(wordings[place]))
    lede = next((one for one in chosen if one.passage.span == wordings[best].passage.span), wordings[best])
    others = [one for one in chosen if one is not lede]
    if lede not in chosen:
        others = [one for one in others if not repeats(set(words.content_words(one.text)), bags[best])]
        others = make_room(others, lede, budget)
    return [lede, *others]


def _is_whole(wording: Wording, language: Language) -> bool:
    """Tell whether a wording is a sentence, and points at nothing that it does not name.

    One that leans is said after what it points at; another language than English is not parsed.
    """
    if not _is_a_sentence(wording, language):
        return False
    plain = wording.leans or tongue_of(wording.passage.article.language) != ENGLISH
    return plain or dangles(wording.text, language.parse(wording.text)) is None


def _is_a_sentence(wording: Wording, language: Language) -> bool:
    """Tell whether a wording is a sentence by its grammar; so is every one in a language that is not parsed."""
    if tongue_of(wording.passage.article.language) != ENGLISH:
        return True
    return is_sentence(language.parse(wording.text))


def _told_above(articles: Sequence[Article]) -> Counter[str]:
    """Return how much of the story's articles have each word in their headline, or else in their opening."""
    every = {article.id: article for article in articles}.values()
    above = [set(words.content_words(clean_title(one) or one.text[:OPENING_CHARACTERS])) for one in every]
    told = Counter(word for bag in above for word in bag)
    return Counter({word: count / len(above) for word, count in told.items()})


def _line(wording: Wording, manner: int, language: Language) -> Line:
    article = wording.passage.article
    claims = wording.passage.claims
    doubts = [claim.certainty for claim in claims if claim.certainty in UNSURE]
    return Line(
        text=attribute(
            wording.text, article, manner=manner, opening=wording.opening, tag=_first_tag(wording, language)
        ),
        citations=wording.citations,
        outlet=article.outlet,
        speaker=wording.speaker,
        chain=tuple(link.name for claim in claims[:1] for link in claim.chain),
        certainty=doubts[0] if doubts else _worded_certainty(wording.text, claims),
        denied=denies(wording),
    )


def _first_tag(wording: Wording, language: Language) -> str | None:
    """Return the part of speech of an English wording's first word."""
    if tongue_of(wording.passage.article.language) != ENGLISH:
        return None
    return next((token.tag for token in language.parse(wording.text)), None)


_WORDED = (
    (Certainty.POSSIBLE, words.table("may might possibly perhaps")),
    (Certainty.REPORTED, words.table("reportedly allegedly purportedly supposedly rumored rumoured unconfirmed")),
    (Certainty.BELIEVED, words.table("believes suspects suspected presumably probably apparently")),
)
"""Words that make a line unsure whether a claim covers it or not; "May" with a capital is a month."""


def _worded_certainty(text: str, claims: Sequence[Claim]) -> Certainty:
    """Return how sure a line is by the words outside its quotations, else by its first claim."""
    told = set(words.WORD.findall(outside_quotations(text)[1:]))
    hedged = next((certainty for certainty, hedges in _WORDED if told & hedges), None)
    return hedged or (claims[0].certainty if claims else Certainty.FACT)


def _labelled(lines: Sequence[Line], language: Language, tongue: str) -> tuple[Line, ...]:
    """Give each bullet its label, once all the lines are known: it tells what the other lines do not."""
    texts = [unattributed(line.text, line.outlet) for line in lines]
    names = _labels(lines, texts, language) if tongue == ENGLISH else _foreign_labels(texts, tongue)
    return tuple(replace(line, label=name) for line, name in zip(lines, names, strict=True))


def _foreign_labels(texts: Sequence[str], tongue: str) -> list[str | None]:
    names: list[str | None] = [None]
    for text in texts[1:]:
        names.append(label_in(tongue, text, used=[name for name in names if name]))
    return names


def _labels(lines: Sequence[Line], texts: Sequence[str], language: Language) -> list[str | None]:
    bags = [set(words.content_words(text)) for text in texts]
    everywhere = Counter(stem for bag in bags for stem in bag)
    names: list[str | None] = [None]
    for place, (line, tokens) in enumerate(zip(lines[1:], language.parse_many(texts[1:]), strict=True), 1):
        elsewhere = {stem: held - (stem in bags[place]) for stem, held in everywhere.items()}
        speaker = whole_name(as_named(line.speaker or "", texts[place]), texts[place], tokens)
        drawn_from = Labelled(
            text=texts[place],
            main=main_clause(texts[place], tokens),
            verbs=main_verbs(tokens),
            speaker=speaker,
            certainty=line.certainty,
            denied=line.denied,
            to_come=comes_next(texts[place], tokens),
            phrases=best_phrases(list(phrases_of(texts[place], tokens)), elsewhere, but=speaker),
        )
        names.append(label(drawn_from, used=[name for name in names if name]))
    return names


def _brief(
    story: Story,
    articles: Mapping[str, Article],
    claims: Mapping[str, Sequence[Claim]],
    read: Sequence[Article],
    draft: Draft,
) -> Brief:
    """Return the brief with its lede for a headline, as yet."""
    every = [articles[key] for key in story.articles]
    lead = draft.lines[0].citations[0].span.article
    return Brief(
        id=story.id,
        headline=cut_line(draft.lines[0]),
        dek=None,
        lines=draft.lines,
        coverage=context.coverage(story, articles),
        articles=context.cited_articles(story, articles),
        disputes=draft.disputes,
        figures=context.figure_differences(story, articles, claims),
        photo=context.photo(sorted(every, key=lambda article: article.id != lead)),
        topics=context.topics(every),
        language=read[0].language,
        updated=context.updated(every),
    )


def _without_faults(brief: Brief) -> Brief | None:
    """Leave out the lines, then the disputes, that the check finds fault with; ``None`` where nothing is left."""
    good = [line for n, line in enumerate(brief.lines, 1) if not any(check_line(brief, line, f"line {n}"))]
    if not good:
        return None
    brief = replace(brief, lines=tuple(good))
    while bad := {fault.place for fault in check_disputes(brief)}:  # a claim goes with its denial
        disputes = [dispute for n, dispute in enumerate(brief.disputes, 1) if f"dispute {n}" not in bad]
        lines = [line for n, line in enumerate(brief.lines, 1) if f"line {n}" not in bad]
        if not lines:
            return None
        brief = replace(brief, lines=tuple(lines), disputes=tuple(disputes))
    wrong = {fault.place for fault in check_figures(brief)}
    figures = [figure for n, figure in enumerate(brief.figures, 1) if f"figure {n}" not in wrong]
    return replace(brief, figures=tuple(figures))


def _headed(
    brief: Brief,
    read: Sequence[Article],
    passages: Sequence[Passage],
    language: Language,
    old: Overtaken,
    *,
    origins: int,
) -> Brief | None:
    """Put the first headline that passes above the brief, and a dek under it; ``None`` where no headline passes."""
    by_article: dict[str, list[Passage]] = {}
    for passage in passages:
        by_article.setdefault(passage.article.id, []).append(passage)
    manner = cache(lambda: manner_of(article.text for article in read))  # only capitals in headlines ask for it
    for headline in headlines(read, by_article, brief.lines, manner, language, origins=origins, overtaken=old):
        headed = replace(brief, headline=headline)
        if not check_heading(headed):
            under = deks(read, by_article, headline, brief.lines[0], manner, language, old)
            with_dek = (replace(headed, dek=dek) for dek in under)
            return next((one for one in with_dek if not check_heading(one)), headed)
    return None
