"""Tests of the made-up outlets."""
