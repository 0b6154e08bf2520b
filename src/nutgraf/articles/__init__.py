"""Item and page to article: body, fields and photo, and what of a page is furniture."""

from nutgraf.articles.reading import read_article

__all__ = ["read_article"]
