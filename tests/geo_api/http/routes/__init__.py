"""Tests of the routes: what is answered, byte by byte where it matters."""
