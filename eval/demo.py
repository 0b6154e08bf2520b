"""The demo's articles by story, as they were written, for measuring what is made of them."""

from __future__ import annotations

from nutgraf.demo.manuscripts import Kind, describe, outlets
from nutgraf.model import Article


def demo_stories() -> dict[str, tuple[Article, ...]]:
    """Return the articles of each story of the demo; a revised one takes its place."""
    known = {outlet.id: outlet for outlet in outlets()}
    told: dict[str, dict[str, Article]] = {}
    for text in describe():
        if text.kind is Kind.ARTICLE and text.story:
            article = Article(
                id=f"{text.outlet}/{text.slug}",
                title=text.title,
                text="\n\n".join(text.paragraphs),
                outlet=known[text.outlet].name,
                published=text.published,
                language=known[text.outlet].language,
            )
            told.setdefault(text.story, {})[article.id] = article
    return {story: tuple(articles.values()) for story, articles in told.items()}
