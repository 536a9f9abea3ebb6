"""Tests of the declarations, sources, methods and client."""
