"""Alembic's environment and the revisions; forward only, each named by its date."""
