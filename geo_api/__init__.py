"""The service: database, ingest, analyses, API and command line."""
