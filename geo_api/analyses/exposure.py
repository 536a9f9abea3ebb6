"""Whether each district's air was over the standard of the day, and how many people lived in it."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.enums import Resampling
from shapely.geometry.base import BaseGeometry
from tqdm import tqdm

from geo_api.analyses import AnalysisRun
from geo_api.analyses.exposure_sql import (
    DISTRICTS,
    DUE_DAYS,
    FORGET_DAY,
    FORGET_GONE,
    KEEP_DAY,
    NOTE_DAY,
    POPULATION,
)
from geo_api.database.runs import RunFailed
from geo_api.rasters.cog_reader import ERROR_BAND
from layers.methods.exposure import LEAST_COVERAGE, exposure, judged
from layers.methods.zonal import Lattice, Zones
from layers.reference.air_standards import standard_on

NAME = "exposure"
# The layer under which a raster of people by cell is registered.
POPULATION_LAYER = "population"
MOST_A_PASS = 120
_METHOD = (
    "mean of the daily PM2.5 surface over the district by exactextract, cells by their part in it;"
    f" judged where {100 * LEAST_COVERAGE:g} % of it is estimated; version 1"
)
# A raster of people with more cells is summed up into fewer first.
_MOST_CELLS = 20_000_000

Floats = NDArray[np.float64]


class NothingToJudge(RunFailed):
    """There are no districts, or no surface of the day asked for."""


@dataclass(frozen=True)
class _Districts:
    """Their codes and outlines, and what these are known by."""

    codes: list[str]
    outlines: list[BaseGeometry]
    fingerprint: str


@dataclass(frozen=True)
class _People:
    """Of each district, and when their raster was registered; None where there is none."""

    count: Floats | None
    made_at: datetime | None
    told: str


@dataclass(frozen=True)
class _Day:
    """A day of the surface."""

    day: date
    path: str
    made_at: datetime
    simulated: bool


def compute(run: AnalysisRun) -> str:
    """Judges the day asked for, or else every day whose surface, districts or population changed,
    newest first, MOST_A_PASS at most; a day without a surface any more is forgotten. Raises
    NothingToJudge."""
    districts = _districts(run)
    gone = 0 if run.day else _forget_gone(run, is_all=not districts.codes)
    if not districts.codes and not gone:
        raise NothingToJudge(f"{NAME} needs the outlines of districts: fahsai ingest boundaries")
    if not districts.codes:
        return f"{NAME}: there are no districts any more, and nothing is told of {gone} days"
    people = _people(run, districts)
    days = _due(run, districts, people)
    if not days and run.day:
        raise NothingToJudge(f"{NAME} needs the surface of {run.day}: fahsai analyse pm25_surface")
    if not days:
        told = f"; {gone} days have no surface any more" if gone else ""
        return f"{NAME}: every day is there as its surface is{told}{people.told}"
    zones: dict[Lattice, Zones] = {}
    judged_over = [
        _judge(run, districts, people, one, zones)
        for one in tqdm(days, NAME, unit=" days", disable=None)
    ]
    return (
        f"{NAME}: {len(days)} days to {days[-1].day}, of {len(districts.codes)} districts"
        f" {judged_over[-1]} over the standard then{people.told}"
    )


def _districts(run: AnalysisRun) -> _Districts:
    with run.connection.cursor() as cursor:
        cursor.execute(DISTRICTS)
        rows = cursor.fetchall()
    known = hashlib.sha256()
    for code, outline in rows:
        known.update(code.encode())
        known.update(outline)
    shapes = list(shapely.from_wkb([bytes(outline) for _, outline in rows]))
    return _Districts([code for code, _ in rows], shapes, known.hexdigest())


def _forget_gone(run: AnalysisRun, *, is_all: bool) -> int:
    """How many days are forgotten."""
    with run.connection.cursor() as cursor:
        cursor.execute(FORGET_GONE, {"all": is_all})
        [(days,)] = cursor.fetchall()
    run.tally.updated += days
    return int(days)


def _people(run: AnalysisRun, districts: _Districts) -> _People:
    with run.connection.cursor() as cursor:
        cursor.execute(POPULATION, {"layer": POPULATION_LAYER})
        found = cursor.fetchone()
    if found is None:
        return _People(None, None, "; no raster of people is registered: no person-days")
    path, made_at, method = found
    if "reprojected" in method:
        # Bilinear values of other cells no longer sum up to the people there are.
        return _People(None, made_at, "; the raster of people is not in WGS84: no person-days")
    lattice, counts = _counts(run.home / path)
    return _People(Zones(lattice, districts.outlines).sums(counts), made_at, "")


def _counts(path: Path) -> tuple[Lattice, Floats]:
    """People by cell, of cells that are put together where there are too many."""
    with rasterio.open(path) as source:
        by = max(1, math.ceil(math.sqrt(source.width * source.height / _MOST_CELLS)))
        rows, columns = math.ceil(source.height / by), math.ceil(source.width / by)
        read = source.read(
            1,
            out_shape=(rows, columns),
            resampling=Resampling.sum if by > 1 else Resampling.nearest,
        )
        grid = source.transform
        width, height = grid.a * source.width / columns, -grid.e * source.height / rows
    return Lattice(grid.c, grid.f, width, height, columns, rows), read.astype(float)


def _due(run: AnalysisRun, districts: _Districts, people: _People) -> list[_Day]:
    values = {
        "day": run.day,
        "population_made_at": people.made_at,
        "districts": districts.fingerprint,
        "method": _METHOD,
        "most": MOST_A_PASS,
    }
    with run.connection.cursor() as cursor:
        cursor.execute(DUE_DAYS, values)
        return [_Day(*row) for row in cursor.fetchall()]


def _judge(
    run: AnalysisRun,
    districts: _Districts,
    people: _People,
    day: _Day,
    zones: dict[Lattice, Zones],
) -> int:
    """Keeps the rows of a day; how many districts were over."""
    lattice, value, error = _surface(run.home / day.path)
    if lattice not in zones:
        zones[lattice] = Zones(lattice, districts.outlines)
    means, errors = zones[lattice].means(value), zones[lattice].means(error)
    standard = standard_on("pm25", "24h", day.day)
    found = exposure(means.mean, errors.mean, means.coverage, standard.value)
    values = {
        "day": day.day,
        "standard": standard.value,
        "run": run.run_id,
        "code": districts.codes,
        "mean": _or_none(means.mean),
        "error": _or_none(errors.mean),
        "coverage": means.coverage.tolist(),
        "over": [None if math.isnan(one) else int(one) for one in found.over.tolist()],
        "chance": _or_none(found.chance),
        "judged": judged(found),
        "population": _known(people, districts),
        "abstained": found.abstained,
        "surface_made_at": day.made_at,
        "population_made_at": people.made_at,
        "districts": districts.fingerprint,
        "method": _METHOD,
        "simulated": day.simulated,
    }
    with run.connection.cursor() as cursor:
        cursor.execute(FORGET_DAY, values)
        known = cursor.rowcount
        cursor.execute(KEEP_DAY, values)
        cursor.execute(NOTE_DAY, values)
    made = len(districts.codes)
    run.tally.read += made
    run.tally.sound += made
    run.tally.updated += min(known, made)
    run.tally.inserted += made - min(known, made)
    return int(np.nansum(found.over))


def _surface(path: Path) -> tuple[Lattice, Floats, Floats]:
    """Its values and their standard errors."""
    with rasterio.open(path) as source:
        grid = source.transform
        value, error = source.read([1, ERROR_BAND]).astype(float)
        lattice = Lattice(grid.c, grid.f, grid.a, -grid.e, source.width, source.height)
    return lattice, value, error


def _known(people: _People, districts: _Districts) -> Sequence[float | None]:
    return [None] * len(districts.codes) if people.count is None else _or_none(people.count)


def _or_none(values: Floats) -> Sequence[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]
