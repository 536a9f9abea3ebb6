"""Sums for the owner alone, which no reader sees: they tell of single firms."""
