"""Words that stand around articles and not in them, and captions, for texts whose furniture was not taken off."""

from __future__ import annotations

import re

Known = tuple[tuple[str, re.Pattern[str]], ...]
"""Patterns of furniture, each behind letters that it cannot be without."""


def is_furniture(text: str, known: Known | None = None) -> bool:
    """Tell whether a sentence, on one line, invites, credits, labels or links instead of telling.

    ``known`` are the patterns that can stand in it (``known_in`` its article), all by default.
    """
    small = text.lower()
    return _OPENING.match(text) is not None or any(
        pattern.search(text)
        for mark, pattern in (_FURNITURE if known is None else known)
        if mark in small  # a list is twice as fast as a generator
    )


def known_in(text: str) -> Known:
    """Return the patterns of furniture that can find anything in the sentences of a text: few of them."""
    small = " ".join(text.split()).lower()
    return tuple((mark, pattern) for mark, pattern in _FURNITURE if mark in small)


def is_caption(text: str) -> bool:
    """Tell whether a sentence, on one line, says what a picture shows."""
    small = text.lower()
    shows = _HAPPENED.search(small) is None and _OF_A_PICTURE.match(text) is not None
    return shows or any(known.search(text) for mark, known in _CAPTIONS if mark in small)


_OPENING = re.compile(
    r"""(?ix) \s*(?:file|photos?|image|video|caption|advertisement|watch|related|media\ caption|story\ highlights)\b
      \s*[-–—:]
    | \s*(?:last\ )?(?:updated|published|posted)\b\s*(?::|on\b|\d|at\b)
    | \s*(?:correction|clarification)s?\s*[-–—:]
    | \s*story\ highlights\b | \s*by\ [A-Z] | \d+/ | \( | (?-i:[A-Z]{4,}):\s
    """
)


def _known(*patterns: tuple[str, str]) -> Known:
    """Compile patterns, each behind letters that it cannot be without, so that most are never tried."""
    return tuple((mark, re.compile(pattern, re.IGNORECASE)) for mark, pattern in patterns)


_FURNITURE = _known(
    ("http", r"https?://"),
    ("www.", r"www\."),
    ("click ", r"\bclick (?:here|on|through)"),
    ("sign up", r"\bsign up\b"),
    ("subscri", r"\bsubscri(?:be|ption)\b"),
    ("newsletter", r"\bnewsletter"),
    ("cookie", r"\bcookies?\b"),
    ("all rights reserved", r"all rights reserved"),
    ("©", r"©"),
    ("(c) ", r"\(c\) \d{4}"),
    ("read ", r"\bread (?:more|the full|also)\b"),
    ("scroll ", r"\bscroll (?:down|for)"),
    ("file photo", r"\bfile photo\b"),
    ("getty images", r"\bgetty images\b"),
    ("ap photo", r"\bap photo\b"),
    ("staff photographer", r"staff photographer"),
    ("photo", r"\bphoto(?:graph)? (?:by|courtesy|credit)\b"),
    ("pictured", r"\bpictured\b"),
    ("contributed to this ", r"\bcontributed to this (?:report|story)"),
    ("follow ", r"\bfollow (?:us|him|her|me|@)"),
    ("on twitter", r"\bon twitter\b[^.]*@"),
    ("pic.twitter", r"pic\.twitter"),
    ("@", r"@\w+"),
    ("#", r"#\w+"),
    ("terms of ", r"\bterms of (?:use|service)"),
    ("privacy policy", r"\bprivacy policy"),
    ("continue reading", r"\bcontinue reading\b"),
    (" continues", r"\b(?:story|article) continues\b"),
    ("not a robot", r"\bnot a robot\b"),
    ("report abuse", r"\breport abuse\b"),
    ("crawls ", r"\bcrawls (?:of|are|were)\b.{0,80}\b(?:archiv\w+|sites?|pages?)\b"),
    ("crawl data", r"\bcrawl data\b"),
    ("web c", r"\bweb (?:captures?|collections?)\b"),
    ("archive", r"\barchived? pages\b"),
    ("added to the wayback", r"\badded to the wayback\b"),
    (" expressed", r"\b(?:opinions?|views?) expressed\b"),
    ("broken links", r"\bbroken links\b"),
    ("location ", r"\blocation (?:history|information)\b"),
    ("tweet with a location", r"\btweet with a location\b"),
    ("weekday mornings", r"\bweekday mornings\b"),
    ("ing by", r"\b(?:reporting|editing|additional reporting) by\b"),
    ("via ", r"\bvia (?:ap|reuters|getty|afp)\b"),
    ("/", r"\b(?:reuters|afp|epa)/|/(?:ap|afp|getty|reuters)\b"),
    ("<", r"</?\w+[^>]*>"),
    (" | ", r" \| "),
    ("media ", r"\bmedia (?:playback|caption)\b"),
    ("[", r"\[\d+\]"),
    ("](", r"\]\("),
    ("{", r"\{"),
    ("}", r"\}"),
    ("javascript", r"\bjavascript\b"),
    ("share this", r"\bshare this\b"),
    ("enlarge", r"\benlarge\b"),
    ("hide caption", r"\bhide caption\b"),
    ("play video", r"\bplay video\b"),
    ("earlier version of ", r"\bearlier version of (?:this|the) (?:story|article|post|report)\b"),
    ("this ", r"\bthis (?:story|article|post) (?:has been|was|originally|first)\b"),
    ("editor", r"\beditor'?s? note\b"),
    ("mail ", r"\be-?mail (?:us|the author)\b"),
    ("copyright", r"\bcopyright\b"),
    ("transcript", r"\btranscript\b"),
    ("loading", r"\bloading\b"),
    ("breaking news alert", r"\bbreaking news alerts?\b"),
    ("download ", r"\bdownload (?:the|our)\b"),
    ("browser", r"\bbrowser\b"),
    ("skip to", r"\bskip to\b"),
    (" of ", r"\d+ of \d+\.?\s"),
)

_OF_A_PICTURE = re.compile(
    r"""(?ix) .*\b(?:speaks|listens?|gestures?|waves|arrives|reacts|
      looks\ on|walks|stands|holds|smiles|shakes\ hands|greets|addresses|attends|approach(?:es|ing)|leaves)\b
      .*\b(?:during|as|at|outside|after|before|in|to)\b
    | .*\b(?:19|20)\d\d\.?$
    """
)
"""Who speaks or waves in the present tense; a year at the end. Where something happened it is no caption."""

_HAPPENED = re.compile(r"\b(?:was|were|had|has|have|will|said|\w+ed)\b")

_CAPTIONS = _known(
    (" seen", r"\b(?:is|are) seen\b"),
    (" shown", r"\b(?:is|are) shown\b"),
    (" pictured", r"\b(?:is|are) pictured\b"),
    ("in this ", r"\bin this (?:[\w.,]+ ){0,6}(?:photo|image|frame|picture|video)\b"),
    ("pose", r"\bposes? (?:for|with|on|at|in)\b"),
    ("file ", r"\bfile (?:photo|picture|image)"),
    (".", r"\d\.$(?<=[a-z] \d\.)"),
    (
        "day",
        (
            r"^(?!.*\b(?:said|told|announced|will)\b).*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,? +"
            r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? +\d{1,2},? +(?:19|20)\d\d\b"
        ),
    ),
)
"""What is seen, the number of a picture, a weekday with its day, month and year."""
