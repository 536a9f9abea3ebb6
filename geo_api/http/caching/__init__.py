"""Answers kept while their data stay the same: what may be kept, where, and by which version."""
