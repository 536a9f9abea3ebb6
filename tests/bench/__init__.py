"""Tests of the benchmark's own workings."""
