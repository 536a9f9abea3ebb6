"""The commands `fahsai raster …`: grids of providers, as layers."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from geo_api.database.connections import owner_connection
from geo_api.settings import Opens
from layers.catalog import catalog


def raster_commands(opened: Opens, say: Callable[[str], None]) -> click.Group:
    """`opened` gives the settings and the URL of a database that is up to date."""

    @click.group()
    def raster() -> None:
        """Rasters of providers, as layers."""

    @raster.command("add")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--layer", required=True, help="The layer's name, new or not.")
    @click.option("--title-th", help="What a new layer is called in Thai,")
    @click.option("--title-en", help="and in English.")
    @click.option("--unit", help="The unit of its values, as printed: µg/m³.")
    @click.option("--licence", help="Its licence.")
    @click.option("--attribution", help="Whom it is from.")
    @click.option(
        "--breaks", callback=_listed(float), help="Highest values of all classes but the last."
    )
    @click.option("--colors", callback=_listed(str), help="The classes' colours: #3bccff,#92d050,…")
    @click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day (Thai time) it is of.")
    @click.option("--band", type=click.IntRange(1), help="The band, from 1.")
    @click.option("--variable", help="The variable of a NetCDF file.")
    @click.option(
        "--daily", type=click.Choice(["mean", "max"]), help="How times of a day become one."
    )
    def raster_add(
        file: Path,
        layer: str,
        day: datetime | None,
        band: int | None,
        variable: str | None,
        daily: str | None,
        **declared: Any,
    ) -> None:
        """Register FILE, a GeoTIFF or NetCDF grid, as one day or several of a raster layer.

        A new layer needs its titles, licence, attribution, breaks and colours; one that there is
        takes what is given and keeps the rest.
        """
        from geo_api.rasters.registration import Chosen, Declaration, register

        chosen = Chosen(band, variable, day.date() if day else None, daily)
        with opened() as (settings, url), owner_connection(url) as connection:
            made = register(
                connection,
                settings.home,
                catalog(),
                layer,
                file,
                Declaration(**declared),
                chosen,
                say,
            )
        click.echo(made)

    return raster


def _listed(kind: Callable[[str], Any]) -> Callable[..., Any]:
    """A click callback that reads values with commas between."""

    def read(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:
        try:
            return None if text is None else [kind(part.strip()) for part in text.split(",")]
        except ValueError as problem:
            raise click.BadParameter(str(problem)) from None

    return read
