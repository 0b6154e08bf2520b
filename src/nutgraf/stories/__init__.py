"""Stories: articles of the same event together, counted by origin."""
