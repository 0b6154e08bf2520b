"""Sources: what brings items, from feeds, listings, archives and folders."""

from nutgraf.sources.archive import read_archive
from nutgraf.sources.feed import Feed, read_feed
from nutgraf.sources.keys import keep_keys
from nutgraf.sources.listing import read_listing
from nutgraf.sources.recognise import discover_feeds, is_subscriptions, recognise, source_id
from nutgraf.sources.saved import read_folder, read_saved_page
from nutgraf.sources.subscriptions import read_subscriptions, write_subscriptions
from nutgraf.sources.when import read_date

__all__ = [
    "Feed",
    "discover_feeds",
    "is_subscriptions",
    "keep_keys",
    "read_archive",
    "read_date",
    "read_feed",
    "read_folder",
    "read_listing",
    "read_saved_page",
    "read_subscriptions",
    "recognise",
    "source_id",
    "write_subscriptions",
]
