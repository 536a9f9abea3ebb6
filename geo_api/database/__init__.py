"""Connections, prepared statements, migrations, data versions and Runs."""
