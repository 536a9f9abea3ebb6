"""Answers about the data as JSON for programs and as pages for people."""
