"""The commands `fahsai burned-area …`: images before and after a fire."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.settings import Opens, Settings
from layers.times import thai_day

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def burned_area_commands(
    opened: Opens, analyse: Callable[[Connection, str, Settings], str]
) -> click.Group:
    """`opened` gives the settings and the URL of a database that is up to date; `analyse` computes
    the layer anew."""

    @click.group("burned-area")
    def burned_area() -> None:
        """Burned land, from images before and after."""

    @burned_area.command("add")
    @click.argument("before", type=_FILE)
    @click.argument("after", type=_FILE)
    @click.option("--nir", type=click.IntRange(1), required=True, help="The band of near infrared.")
    @click.option("--swir2", type=click.IntRange(1), required=True, help="That of 2.2 µm.")
    @click.option(
        "--before-day",
        type=click.DateTime(["%Y-%m-%d"]),
        required=True,
        help="The days (Thai time)",
    )
    @click.option(
        "--after-day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="of both images."
    )
    @click.option(
        "--clouds", type=_FILE, multiple=True, help="A raster that is not 0 where clouds are."
    )
    @click.option("--attribution", required=True, help="Whose images these are.")
    def burned_area_add(
        before: Path,
        after: Path,
        nir: int,
        swir2: int,
        before_day: datetime,
        after_day: datetime,
        clouds: tuple[Path, ...],
        attribution: str,
    ) -> None:
        """Find the land that burned between BEFORE and AFTER, two images of any CRS."""
        from geo_api.rasters.burn_scars import Images
        from geo_api.rasters.burned_pairs import register_pair

        images, days = Images(before, after, nir, swir2, clouds), (before_day, after_day)
        with opened() as (settings, url), owner_connection(url) as connection:
            today = thai_day(datetime.now(UTC))
            register_pair(connection, images, (days[0].date(), days[1].date()), attribution, today)
            click.echo(analyse(connection, "burned_area", settings))

    @burned_area.command("list")
    def burned_area_list() -> None:
        """The pairs of images: what was found in each, or why nothing."""
        from geo_api.rasters.burned_pairs import pairs

        with opened() as (_, url), owner_connection(url) as connection:
            for pair in pairs(connection):
                click.echo(str(pair))

    @burned_area.command("remove")
    @click.argument("pair")
    def burned_area_remove(pair: str) -> None:
        """Forget PAIR, an id of the list, and what was found in it; the images stay."""
        from geo_api.rasters.burned_pairs import remove_pair

        with opened() as (settings, url), owner_connection(url) as connection:
            remove_pair(connection, pair)
            click.echo(f"{pair} is removed; {analyse(connection, 'burned_area', settings)}")

    return burned_area
