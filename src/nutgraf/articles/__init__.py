"""Item and page to article: body, fields and photo, what of a page is furniture, and what a newer version changed."""

from nutgraf.articles.reading import read_article
from nutgraf.articles.revisions import Change, ChangeKind, Revision, compare_versions

__all__ = ["Change", "ChangeKind", "Revision", "compare_versions", "read_article"]
