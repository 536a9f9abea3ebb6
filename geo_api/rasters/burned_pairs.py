"""Registers pairs of images, before and after fires, in which burned land is to be found; lists and
removes them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import RunFailed
from geo_api.rasters.burn_scars import Images, check
from geo_api.rasters.sql import BURNED_PAIRS, REGISTER_BURNED_PAIR, REMOVE_BURNED_PAIR

# The first satellite that saw 2.2 µm at the resolution of fields was Landsat 4.
_FIRST_DAY = date(1982, 7, 16)
_BUDDHIST_ERA = 543


class BadPair(RunFailed):
    """The images are no pair; the message says why."""


class PairNotFound(RunFailed):
    """No pair has the id that was asked for."""


@dataclass(frozen=True)
class Pair:
    """A pair as it stands: `refused` is why the last pass could not read it, `clear_share` what of
    the image after could be compared."""

    id: str
    before: date
    after: date
    image: str
    attribution: str
    computed: bool
    refused: str | None
    clear_share: float | None
    patches: int
    hectares: float

    def __str__(self) -> str:
        return f"{self.id}: {self._state} ({self.image}, {self.attribution})"

    @property
    def _state(self) -> str:
        if self.refused:
            return f"not computed: {self.refused}"
        if not self.computed:
            return "waits: fahsai analyse burned_area"
        if not self.clear_share:
            return "not estimated: nothing could be compared, for clouds or no data"
        clear = f"{100 * self.clear_share:.0f} % compared"
        return f"{self.patches:,} patches, {self.hectares:,.1f} ha, {clear}"


def register_pair(
    connection: Connection, images: Images, days: tuple[date, date], attribution: str, today: date
) -> str:
    """Notes the pair, to be computed by the analysis; the same images of the same days again take
    the place of the former. Its id. Raises BadPair and UnusableRaster."""
    _check_days(*days, today)
    check(images)
    before_path, after_path = str(images.before.resolve()), str(images.after.resolve())
    values = {
        "id": _id(days, before_path, after_path),
        "before": days[0],
        "after": days[1],
        "before_path": before_path,
        "after_path": after_path,
        "cloud_paths": _paths(images.clouds),
        "nir_band": images.nir_band,
        "swir2_band": images.swir2_band,
        "attribution": attribution,
    }
    with connection.cursor() as cursor:
        cursor.execute(REGISTER_BURNED_PAIR, values)
        [(id,)] = cursor.fetchall()
    connection.commit()
    return str(id)


def pairs(connection: Connection) -> list[Pair]:
    """All, in the order of the image after."""
    with connection.cursor() as cursor:
        cursor.execute(BURNED_PAIRS)
        return [Pair(*row) for row in cursor.fetchall()]


def remove_pair(connection: Connection, id: str) -> None:
    """Forgets the pair and what was found in it; the images stay. Raises PairNotFound."""
    with connection.cursor() as cursor:
        cursor.execute(REMOVE_BURNED_PAIR, {"id": id})
        if not cursor.rowcount:
            raise PairNotFound(f"no pair {id!r}: fahsai burned-area list names those there are")
    connection.commit()


def _check_days(before: date, after: date, today: date) -> None:
    for day in (before, after):
        if day > today:
            raise BadPair(f"no image is of {day}, which is to come{_meant(day, today)}")
        if day < _FIRST_DAY:
            raise BadPair(f"no satellite saw 2.2 µm on {day}: the first day is {_FIRST_DAY}")
    if after <= before:
        raise BadPair(
            f"the image after must be later than the one before, got {before} and {after}"
        )


def _meant(day: date, today: date) -> str:
    year = day.year - _BUDDHIST_ERA
    if not _FIRST_DAY.year <= year <= today.year:
        return ""
    return f": {day.year} is a year of the Buddhist era (พ.ศ.), write {year}"


def _id(days: tuple[date, date], *paths: str) -> str:
    """Of the days and of where the images are: stems are the same in many a folder."""
    digest = hashlib.sha256("\n".join(paths).encode()).hexdigest()[:10]
    return "-".join([*(f"{day:%Y%m%d}" for day in days), digest])


def _paths(files: Sequence[Path]) -> list[str]:
    return [str(file.resolve()) for file in files]
