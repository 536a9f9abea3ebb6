"""Tests of the layers: what each view shows of the tables."""
