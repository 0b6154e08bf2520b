"""Tests of choosing, composing and checking briefs."""
