"""The commands `fahsai complaints …`, for whoever runs the service."""

from datetime import UTC, datetime

import click

from geo_api.complaints.reminders import remind
from geo_api.database.connections import owner_connection
from geo_api.settings import Opens


def complaints_commands(opened: Opens) -> click.Group:
    """`opened` gives the settings and the URL of a database that is up to date."""

    @click.group()
    def complaints() -> None:
        """Complaints as cases."""

    @complaints.command(name="remind")
    def remind_() -> None:
        """Note in the story of each case that is overdue that it is; a job does so daily."""
        with opened() as (_, url):
            connection = owner_connection(url)
            try:
                with connection:
                    reminded = remind(connection, datetime.now(UTC))
            finally:
                connection.close()
        click.echo(f"reminded of {reminded} overdue complaints")

    return complaints
