"""Tests of the notebooks: each is run to its end against a real service."""
