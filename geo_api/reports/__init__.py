"""Computes what the pages say in numbers (layers/reports) from what is published."""
