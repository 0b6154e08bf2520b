"""Briefs: the claims of a story become a brief whose every line is cited, and which is checked."""
