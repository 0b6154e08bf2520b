"""Stories: articles of the same event together, counted by origin."""

from nutgraf.stories.grouping import Grouping, group, with_vectors
from nutgraf.stories.origins import stories_of, story_of
from nutgraf.stories.rulings import Rulings

__all__ = ["Grouping", "Rulings", "group", "stories_of", "story_of", "with_vectors"]
