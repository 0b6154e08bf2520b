"""Stories: articles of the same event together, counted by origin."""

from nutgraf.stories.grouping import Grouping, group
from nutgraf.stories.origins import stories_of, story_of

__all__ = ["Grouping", "group", "stories_of", "story_of"]
