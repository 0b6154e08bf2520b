"""Publications: a stored brief as page, feed, Markdown and JSON; nothing is composed here."""
