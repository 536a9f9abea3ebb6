"""Registers providers' grids as days of a raster layer, and the layers that are not in the code."""

import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection
from rasterio.io import DatasetReader

from geo_api.database.runs import RunFailed, Tally, record_run
from geo_api.rasters.cog_writer import Quantity, keep, sweep
from geo_api.rasters.days import day_in_thailand
from geo_api.rasters.resampling import Converted, converted
from geo_api.rasters.source_grids import Band, UnusableRaster, bands_of, opened
from geo_api.rasters.sql import DECLARE_RASTER_LAYER, KEEP_RASTER, RASTER_LAYER
from layers.model import Layer, Text

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_COLOR = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_MOST_CLASSES = 255

Say = Callable[[str], None]


class BadDeclaration(RunFailed):
    """A raster layer cannot be declared as given; the message says what is missing or wrong."""


@dataclass(frozen=True)
class Declaration:
    """What a registered layer is; None is not said, and then as it was declared before."""

    title_th: str | None = None
    title_en: str | None = None
    unit: str | None = None
    licence: str | None = None
    attribution: str | None = None
    breaks: Sequence[float] | None = None
    colors: Sequence[str] | None = None


@dataclass(frozen=True)
class Chosen:
    """What of a file is wanted: a `band` from 1 or a `variable`, for a `day` in Thai time where
    the file has no times, and how several times of a day become one: `mean` or `max`."""

    band: int | None = None
    variable: str | None = None
    day: date | None = None
    daily: str | None = None


@dataclass(frozen=True)
class _Work:
    """What every step of one registration has to go by."""

    connection: Connection
    home: Path
    layer: str
    file: Path
    run_id: int
    quantity: Quantity


def register(
    connection: Connection,
    home: Path,
    catalog: Mapping[str, Layer],
    layer: str,
    file: Path,
    declaration: Declaration,
    chosen: Chosen,
    say: Say = lambda _: None,
) -> str:
    """Keeps the days of a file as days of `layer`, all or none; tells what was kept.

    A layer of the `catalog` that is a raster takes days alone; any other name is declared in the
    database. Raises BadDeclaration and UnusableRaster, both RunFailed.
    """
    # Before the run, whose name everybody can read.
    _check_name(layer, catalog)
    tally = Tally()
    with record_run(connection, layer, file.name, tally) as run_id:
        work = _Work(connection, home, layer, file, run_id, Quantity("", None))
        _declare(work, catalog, declaration)
        work = replace(work, quantity=_quantity(work, catalog))
        sweep(connection, home, layer)
        with opened(file, chosen.variable) as source:
            days = _days(bands_of(source, file, chosen.band), file, chosen)
            for day, bands in days.items():
                _keep_day(work, source, day, bands, chosen, tally, say)
        tally.notes.append(f"{layer}: {', '.join(map(str, days))}")
    return tally.notes[-1]


def _check_name(name: str, catalog: Mapping[str, Layer]) -> None:
    if not _NAME.fullmatch(name):
        raise BadDeclaration(f"a layer's name is small letters, digits and _, got {name!r}")
    if name in catalog and not catalog[name].raster:
        raise BadDeclaration(f"{name} is a layer of features: choose another name")


def _declare(work: _Work, catalog: Mapping[str, Layer], given: Declaration) -> None:
    if work.layer in catalog:
        if given != Declaration():
            raise BadDeclaration(f"{work.layer} is declared in layers/catalog/: give no more of it")
        return
    values = _merged(_declared(work), given)
    _check(work.layer, values)
    with work.connection.cursor() as cursor:
        cursor.execute(DECLARE_RASTER_LAYER, values | {"name": work.layer})


def _quantity(work: _Work, catalog: Mapping[str, Layer]) -> Quantity:
    """As the layer says it in English."""
    if work.layer in catalog:
        return Quantity.of(catalog[work.layer])
    told = _declared(work)
    return Quantity(told["title_en"], told["unit"])


def _declared(work: _Work) -> dict[str, Any]:
    """As it was declared before."""
    with work.connection.cursor() as cursor:
        cursor.execute(RASTER_LAYER, {"name": work.layer})
        row = cursor.fetchone()
    names = ("name", *(field.name for field in fields(Declaration)))
    return dict(zip(names, row, strict=True)) if row else {}


def _merged(before: Mapping[str, Any], given: Declaration) -> dict[str, Any]:
    said = {field.name: getattr(given, field.name) for field in fields(Declaration)}
    return {name: before.get(name) if value is None else value for name, value in said.items()}


def _check(name: str, values: Mapping[str, Any]) -> None:
    missing = [key for key, value in values.items() if key != "unit" and not value]
    if missing:
        options = ", ".join(f"--{key.replace('_', '-')}" for key in missing)
        raise BadDeclaration(f"{name} is new: say what it is with {options}")
    breaks, colors = values["breaks"], values["colors"]
    rising = all(low < high for low, high in pairwise([-math.inf, *breaks, math.inf]))
    if not rising or len(breaks) >= _MOST_CLASSES:
        raise BadDeclaration(f"breaks must rise and be fewer than {_MOST_CLASSES}, got {breaks}")
    if len(colors) != len(breaks) + 1:
        raise BadDeclaration(
            f"{len(breaks)} breaks part {len(breaks) + 1} classes, got {len(colors)} colours"
        )
    wrong = [color for color in colors if not _COLOR.fullmatch(color)]
    if wrong:
        raise BadDeclaration(f"colours are written as #rrggbb, got {', '.join(wrong)}")


def _days(bands: Sequence[Band], file: Path, chosen: Chosen) -> dict[date, list[int]]:
    """The bands of each day."""
    days: dict[date, list[int]] = {}
    for band in bands:
        day = chosen.day or (band.time and day_in_thailand(band.time))
        if day is None:
            raise UnusableRaster(f"{file.name} does not say of which day it is: use --day")
        days.setdefault(day, []).append(band.number)
    for day, of_day in days.items():
        if len(of_day) > 1 and chosen.daily is None:
            raise UnusableRaster(
                f"{file.name} has {len(of_day)} times of {day} (Thai time): say with --daily how"
                " they become one, or choose one with --band"
            )
    return days


def _keep_day(
    work: _Work,
    source: DatasetReader,
    day: date,
    bands: Sequence[int],
    chosen: Chosen,
    tally: Tally,
    say: Say,
) -> None:
    folder = work.home / "rasters" / work.layer
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / f".{day}.{os.getpid()}.plain.tif"
    with converted(source, bands, chosen.daily, scratch, work.quantity) as made:
        path = keep(work.home, work.layer, day, made.source)
    tally.read += 1
    tally.sound += 1
    if not made.cells:
        tally.warnings += 1
        say(f"Warning: {work.file.name} has no data at all on {day}; it is kept as empty")
    if _note(work, day, path, made, _method(work.file, bands, chosen, made)):
        tally.inserted += 1
    else:
        tally.updated += 1


def _note(work: _Work, day: date, path: str, made: Converted, method: Text) -> bool:
    """Whether the day is new."""
    values = {
        "layer": work.layer,
        "day": day,
        "hour": None,
        "path": path,
        "bounds": list(made.bounds),
        "method_th": method.th,
        "method_en": method.en,
        "stations": None,
        "rmse": None,
        "within_error": None,
        "version": None,
        "fingerprint": None,
        "simulated": False,
        "run": work.run_id,
        "lon": [],
        "lat": [],
    }
    with work.connection.cursor() as cursor:
        cursor.execute(KEEP_RASTER, values)
        (new,) = cursor.fetchone() or (False,)
    return bool(new)


def _method(file: Path, bands: Sequence[int], chosen: Chosen, made: Converted) -> Text:
    th, en = f"จากไฟล์ {file.name}", f"from the file {file.name}"
    if chosen.variable:
        th, en = f"{th} ตัวแปร {chosen.variable}", f"{en}, variable {chosen.variable}"
    if len(bands) > 1:
        kind = {"mean": "ค่าเฉลี่ย", "max": "ค่าสูงสุด"}[chosen.daily or "mean"]
        th, en = f"{th} {kind}ของ {len(bands)} เวลา", f"{en}, {chosen.daily} of {len(bands)} times"
    elif chosen.band:
        th, en = f"{th} แบนด์ {chosen.band}", f"{en}, band {chosen.band}"
    if made.reprojected_from:
        th = f"{th} แปลงพิกัดจาก {made.reprojected_from} แบบไบลิเนียร์"
        en = f"{en}, reprojected bilinearly from {made.reprojected_from}"
    return Text(th, en)
