"""Fuzzing of all that reads what strangers send: ``python -m tests.fuzz --seconds 600``."""
