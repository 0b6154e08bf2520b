"""Articles: an item and its page become an article, all that the page says and none of its furniture."""
