"""Tests of the sources, on samples of what providers answer."""
