"""Tests of what is found of certification and complaints."""
