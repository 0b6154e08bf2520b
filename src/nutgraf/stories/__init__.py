"""Stories: articles of the same event together, counted by origin."""

from nutgraf.stories.grouping import Grouping, group, with_vectors
from nutgraf.stories.origins import stories_of, story_of
from nutgraf.stories.rulings import Rulings
from nutgraf.stories.timeline import Step, news_since, timeline, topic_of, topics
from nutgraf.stories.weight import Weight, weigh

__all__ = [
    "Grouping",
    "Rulings",
    "Step",
    "Weight",
    "group",
    "news_since",
    "stories_of",
    "story_of",
    "timeline",
    "topic_of",
    "topics",
    "weigh",
    "with_vectors",
]
