"""Statements about short links."""

KEEP = """
    INSERT INTO short_link (code, path) VALUES (%(code)s, %(path)s) ON CONFLICT (code) DO NOTHING
"""
PATH = "SELECT path FROM short_link WHERE code = %(code)s"
