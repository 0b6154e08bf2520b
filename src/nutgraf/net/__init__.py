"""The network: polite, bounded and guarded fetching."""

from nutgraf.net.fetcher import HttpFetcher, open_fetcher

__all__ = ["HttpFetcher", "open_fetcher"]
