"""Tests of the lists that are cited."""
