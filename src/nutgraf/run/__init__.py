"""The runner: load, call the stage, save; every step can be ended anywhere and taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.on_demand import on_demand

if TYPE_CHECKING:
    from nutgraf.run.adding import add_source
    from nutgraf.run.editing import merge_stories, ruled_cases, split_story
    from nutgraf.run.following import PushReport, push_notices
    from nutgraf.run.grouping import GroupReport, group
    from nutgraf.run.mailing import MailReport, mail_due, mail_edition
    from nutgraf.run.news import Chapter, news_of, story_timeline, story_topic, story_weight
    from nutgraf.run.parts import Parts, Progress, silent
    from nutgraf.run.photos import fetch_photos
    from nutgraf.run.polling import Failure, PollReport, poll
    from nutgraf.run.reading import ReadReport, read_items
    from nutgraf.run.reasons import Why, WhyArticle, WhyStory, why
    from nutgraf.run.rounds import CycleReport, cycle, keep_running, make_editions
    from nutgraf.run.slots import make_slots
    from nutgraf.run.telling import ComposeReport, compose, find_claims, make_edition
else:
    __getattr__ = on_demand(
        __name__,
        {
            "adding": "add_source",
            "rounds": "CycleReport cycle keep_running make_editions",
            "editing": "merge_stories ruled_cases split_story",
            "following": "PushReport push_notices",
            "grouping": "GroupReport group",
            "mailing": "MailReport mail_due mail_edition",
            "news": "Chapter news_of story_timeline story_topic story_weight",
            "parts": "Parts Progress silent",
            "photos": "fetch_photos",
            "polling": "Failure PollReport poll",
            "reading": "ReadReport read_items",
            "reasons": "Why WhyArticle WhyStory why",
            "slots": "make_slots",
            "telling": "ComposeReport compose find_claims make_edition",
        },
    )

__all__ = [
    "Chapter",
    "ComposeReport",
    "CycleReport",
    "Failure",
    "GroupReport",
    "MailReport",
    "Parts",
    "PollReport",
    "Progress",
    "PushReport",
    "ReadReport",
    "Why",
    "WhyArticle",
    "WhyStory",
    "add_source",
    "compose",
    "cycle",
    "fetch_photos",
    "find_claims",
    "group",
    "keep_running",
    "mail_due",
    "mail_edition",
    "make_edition",
    "make_editions",
    "make_slots",
    "merge_stories",
    "news_of",
    "poll",
    "push_notices",
    "read_items",
    "ruled_cases",
    "silent",
    "split_story",
    "story_timeline",
    "story_topic",
    "story_weight",
    "why",
]
