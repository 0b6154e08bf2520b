"""Sources: what brings items, from feeds, listings, archives and folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.on_demand import on_demand

if TYPE_CHECKING:
    from nutgraf.sources.archive import read_archive
    from nutgraf.sources.feed import Feed, read_feed
    from nutgraf.sources.keys import keep_addresses, keep_keys
    from nutgraf.sources.listing import read_listing
    from nutgraf.sources.mailbox import Mail, is_mailbox, read_mailbox
    from nutgraf.sources.recognition import discover_feeds, is_subscriptions, recognise, source_id
    from nutgraf.sources.saved import read_folder, read_saved_page
    from nutgraf.sources.sitemap import is_sitemap, named_sitemaps, nested_sitemaps, read_sitemap
    from nutgraf.sources.subscriptions import read_subscriptions, write_subscriptions
    from nutgraf.sources.when import read_date
else:
    __getattr__ = on_demand(
        __name__,
        {
            "archive": "read_archive",
            "feed": "Feed read_feed",
            "keys": "keep_addresses keep_keys",
            "listing": "read_listing",
            "mailbox": "Mail is_mailbox read_mailbox",
            "recognition": "discover_feeds is_subscriptions recognise source_id",
            "saved": "read_folder read_saved_page",
            "sitemap": "is_sitemap named_sitemaps nested_sitemaps read_sitemap",
            "subscriptions": "read_subscriptions write_subscriptions",
            "when": "read_date",
        },
    )

__all__ = [
    "Feed",
    "Mail",
    "discover_feeds",
    "is_mailbox",
    "is_sitemap",
    "is_subscriptions",
    "keep_addresses",
    "keep_keys",
    "named_sitemaps",
    "nested_sitemaps",
    "read_archive",
    "read_date",
    "read_feed",
    "read_folder",
    "read_listing",
    "read_mailbox",
    "read_saved_page",
    "read_sitemap",
    "read_subscriptions",
    "recognise",
    "source_id",
    "write_subscriptions",
]
