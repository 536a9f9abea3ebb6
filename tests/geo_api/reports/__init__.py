"""Tests of geo_api/reports."""
