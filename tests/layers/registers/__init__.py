"""Tests of the registers, on samples of the lists that officers keep."""
