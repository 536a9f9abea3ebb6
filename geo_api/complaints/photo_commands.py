"""The command `fahsai photos …`: what is kept of photos beside the rows that name them."""

import click

from geo_api.complaints.intake_sql import PHOTO_IDS
from geo_api.database.connections import owner_connection
from geo_api.database.prepared_statements import Session
from geo_api.settings import Opens, Settings


def photo_commands(opened: Opens) -> click.Group:
    """`opened` gives the settings and the URL of a database that is up to date."""

    @click.group()
    def photos() -> None:
        """Photos of complaints."""

    @photos.command()
    def sweep() -> None:
        """Remove files of an hour ago or longer that no complaint names, as a report that was
        interrupted leaves them."""
        with opened() as (settings, url), owner_connection(url) as connection:
            click.echo(sweep_photos(connection, settings))

    return photos


def sweep_photos(connection: Session, settings: Settings) -> str:
    """What `fahsai photos sweep` does, in a line."""
    from geo_api.complaints.photos import PhotoStore

    named = {id for (id,) in connection.rows(PHOTO_IDS, None)}
    swept = PhotoStore(settings.home / "photos").sweep(named.__contains__)
    return f"{swept} files removed, {len(named)} photos kept"
