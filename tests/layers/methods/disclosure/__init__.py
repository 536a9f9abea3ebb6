"""Tests of what may be published of returns."""
