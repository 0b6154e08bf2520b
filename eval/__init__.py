"""Evaluation: the stages' quality on public data that is kept beside the project, with floors that only rise."""
