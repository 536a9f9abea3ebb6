"""Registers pairs of images, before and after fires, in which burned land is to be found."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import RunFailed
from geo_api.rasters.burn_scars import Images, check
from geo_api.rasters.sql import REGISTER_BURNED_PAIR


class BadPair(RunFailed):
    """The images are no pair; the message says why."""


def register_pair(
    connection: Connection, images: Images, before: date, after: date, attribution: str
) -> str:
    """Notes the pair, to be computed by the analysis; the same days and name of the image after
    again take the place of the former. Its id. Raises BadPair and UnusableRaster."""
    if after <= before:
        raise BadPair(
            f"the image after must be later than the one before, got {before} and {after}"
        )
    check(images)
    id = f"{before:%Y%m%d}-{after:%Y%m%d}-{images.after.stem}"
    values = {
        "id": id,
        "before": before,
        "after": after,
        "before_path": str(images.before.resolve()),
        "after_path": str(images.after.resolve()),
        "cloud_paths": _paths(images.clouds),
        "nir_band": images.nir_band,
        "swir2_band": images.swir2_band,
        "attribution": attribution,
    }
    with connection.cursor() as cursor:
        cursor.execute(REGISTER_BURNED_PAIR, values)
    connection.commit()
    return id


def _paths(files: Sequence[Path]) -> list[str]:
    return [str(file.resolve()) for file in files]
