"""An invented story told by five invented outlets, its claims marked by hand, and a plain splitter of sentences."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from nutgraf.model import Article, Certainty, Claim, Figure, Image, Link, Mode, Origin, Span, Story
from nutgraf.ports import Language


class PlainSentences:
    """Splits after a full stop that a capital or a quotation mark follows."""

    def sentences(self, text):
        found = []
        for paragraph in re.finditer(r"[^\n]+", text):
            start = paragraph.start()
            for stop in re.finditer(r"[.!?][”\"]?(?= [A-Z“\"])|$", paragraph.group()):
                end = paragraph.start() + stop.end()
                if text[start:end].strip():
                    found.append((start + len(text[start:end]) - len(text[start:end].lstrip()), end))
                start = end
        return found

    def parse(self, text):
        return []

    def parse_many(self, texts):
        return (self.parse(text) for text in texts)


LANGUAGE: Language = PlainSentences()

TEXTS = {
    "post": (
        "Harbour Post",
        "Norvik may be lending Sund its ferries, spies say - Harbour Post",
        (
            "Norvik is believed to be lending its old ferries to Sund for the blockade of the Storr Strait, "
            "according to coast intelligence. A source told the Harbour Post that “the first hulls are already being "
            "painted grey for the northern passage.”\n\n"
            "The Storr Strait has been shut since 2019, and freight goes round the cape."
        ),
    ),
    "ledger": (
        "The Ledger",
        "Sund denies borrowing Norvik ferries",
        (
            "The Sund ministry denied that it had borrowed any ferries from Norvik, and called the reports a "
            "“fairy tale.” "
            "Captain Ines Aalto of the port of Lund counted 12 grey ferries in the Storr Strait on Sunday."
        ),
    ),
    "courier": (
        "Courier",
        "Grey ferries gather in the Storr Strait",
        (
            "Deputy Rolf Engen counted at least 20 grey ferries in the Storr Strait over the weekend.\n\n"
            "Jo Harrow, who heads the pilots' guild, watched them pass on Monday. "
            "She said the crews “were not sailors from Sund at all, and did not answer the radio.”"
        ),
    ),
    "echo": (
        "Valley Echo",
        "What ferries are worth to Sund",
        (
            "The loan would give Sund a way to carry 4,000 soldiers across the strait in one night, "
            "military experts say. "
            "Meg Olsen of the Institute for Sea Studies in Lund said that old ferries "
            "“can be bought for less than a tug.”"
        ),
    ),
    "gazette": (
        "Inland Gazette",
        "Council to meet on ferries",
        (
            "The coast council will meet on Friday to decide whether pilots may still board ferries from Norvik. "
            "But nobody expects it to close the port."
        ),
    ),
}


def article(key: str) -> Article:
    outlet, title, text = TEXTS[key]
    images = ()
    if key == "post":
        images = (
            Image("https://post.example/logo.png"),
            Image("https://post.example/f.jpg", "A grey ferry off Lund on Sunday.", "Ada Quist/Coast Wire"),
        )
    return Article(
        id=key,
        outlet=outlet,
        title=title,
        text=text,
        url=f"https://{key}.example/1",
        published=datetime(2026, 3, 2, 8, tzinfo=UTC),
        images=images,
        language="en",
        topics=("Norvik", "Shipping") if key in ("post", "ledger") else ("Norvik",),
    )


def span(key: str, words: str) -> Span:
    start = TEXTS[key][2].index(words)
    return Span(key, start, start + len(words))


def claim(key: str, source: str, cue: str, content: str, **more: object) -> Claim:
    return Claim(article=key, source=(span(key, source),), cue=(span(key, cue),), content=(span(key, content),), **more)


def count(key: str, text: str, low: float, high: float | None) -> Figure:
    return Figure(text=text, span=span(key, text), low=low, high=high, counts="grey ferries")


CLAIMS = {
    "post": (
        claim(
            "post",
            "coast intelligence",
            "according to",
            "Norvik is believed to be lending its old ferries to Sund for the blockade of the Storr Strait",
            speaker="coast intelligence",
            certainty=Certainty.BELIEVED,
            certainty_words=(span("post", "is believed to"),),
            chain=(Link("coast intelligence"),),
        ),
    ),
    "ledger": (
        claim(
            "ledger",
            "The Sund ministry",
            "denied",
            "that it had borrowed any ferries from Norvik",
            speaker="The Sund ministry",
            certainty=Certainty.DENIED,
            denied=True,
        ),
        claim(
            "ledger",
            "Captain Ines Aalto",
            "counted",
            "12 grey ferries in the Storr Strait",
            speaker="Ines Aalto",
            figures=(count("ledger", "12 grey ferries", 12, 12),),
        ),
    ),
    "courier": (
        claim(
            "courier",
            "Deputy Rolf Engen",
            "counted",
            "at least 20 grey ferries in the Storr Strait",
            speaker="Rolf Engen",
            figures=(count("courier", "at least 20 grey ferries", 20, None),),
        ),
        claim(
            "courier",
            "She",
            "said",
            "the crews “were not sailors from Sund at all, and did not answer the radio.”",
            speaker="Jo Harrow",
            mode=Mode.MIXED,
        ),
    ),
}

ARTICLES = {key: article(key) for key in TEXTS}
STORY = Story(id="ferries", articles=tuple(TEXTS), origins=tuple(Origin((key,)) for key in TEXTS))


def lone_story(text: str, **fields: object) -> tuple[Story, dict[str, Article]]:
    """Return a story of one article of that text."""
    one = Article(id="one", text=text, **fields)
    return Story(id="lone", articles=("one",), origins=(Origin(("one",)),)), {"one": one}
