"""Claims: who says what in an article, on whose word, how surely, and who denies it."""
