"""Burned land in the pairs of images that were registered, as polygons with their area."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import shapely
from rasterio.errors import RasterioError
from tqdm import tqdm

from geo_api.analyses import AnalysisRun
from geo_api.analyses.burned_area_sql import (
    COUNT_ONCE,
    FORGET_PAIR,
    KEEP_PATCHES,
    NOTE_PAIR,
    REFUSE_PAIR,
    TOGETHER,
    WAITING_PAIRS,
)
from geo_api.database.runs import RunFailed
from geo_api.rasters.burn_scars import METHOD, Images, Scars, scars
from layers.methods.burn import M2_OF_HECTARE, M2_OF_RAI, MOST_DAYS_APART, severity

NAME = "burned_area"
VERSION = 1
# Smaller patches are as likely edges of fields that two images show a little apart.
LEAST_M2 = M2_OF_RAI


class ImageGone(RunFailed):
    """An image that was registered is no longer where it was."""


@dataclass(frozen=True)
class _Pair:
    """A pair that waits; a new one has no result that still stands."""

    id: str
    before: date
    after: date
    images: Images
    is_new: bool

    @property
    def apart(self) -> int:
        return (self.after - self.before).days


def compute(run: AnalysisRun) -> str:
    """Finds the burned land of every pair that waits; what was found of it before is replaced. A
    pair that cannot be read is noted with the reason, tried again at the next pass, and holds no
    other up."""
    waiting = _waiting(run)
    told = [_told(run, pair) for pair in tqdm(waiting, NAME, unit=" pairs", disable=None)]
    with run.connection.cursor() as cursor:
        cursor.execute(COUNT_ONCE)
        cursor.execute(TOGETHER)
        [(patches, hectares)] = cursor.fetchall()
    if not waiting:
        told = [f"{NAME}: no pair of images waits; fahsai burned-area add registers one"]
    return "; ".join([*told, f"together {patches:,} patches, {hectares:,.1f} ha, each place once"])


def _waiting(run: AnalysisRun) -> list[_Pair]:
    with run.connection.cursor() as cursor:
        cursor.execute(WAITING_PAIRS, {"version": VERSION})
        return [
            _Pair(
                pair,
                before,
                after,
                Images(Path(first), Path(last), nir, swir2, tuple(map(Path, clouds))),
                is_new,
            )
            for pair, before, after, first, last, clouds, nir, swir2, is_new in cursor.fetchall()
        ]


def _told(run: AnalysisRun, pair: _Pair) -> str:
    """What became of the pair."""
    try:
        found = _found(pair)
    except (RunFailed, RasterioError, OSError, MemoryError) as problem:
        return _refuse(run, pair, _public(pair, problem))
    return _keep(run, pair, found)


def _found(pair: _Pair) -> Scars:
    for file in (pair.images.before, pair.images.after, *pair.images.clouds):
        if not file.is_file():
            raise ImageGone(
                f"{file.name} is gone: bring it back, or fahsai burned-area remove {pair.id}"
            )
    return scars(pair.images)


def _public(pair: _Pair, problem: BaseException) -> str:
    """What everybody may read: files by their names, not by where their owner keeps them."""
    said = str(problem) or type(problem).__name__
    for file in (pair.images.before, pair.images.after, *pair.images.clouds):
        said = said.replace(str(file), file.name)
    return said


def _refuse(run: AnalysisRun, pair: _Pair, reason: str) -> str:
    with run.connection.cursor() as cursor:
        cursor.execute(REFUSE_PAIR, {"pair": pair.id, "reason": reason})
        if pair.is_new:
            cursor.execute(FORGET_PAIR, {"pair": pair.id})
    run.tally.quarantined += 1
    return f"{NAME} {pair.id}: not computed, {reason}"


def _keep(run: AnalysisRun, pair: _Pair, found: Scars) -> str:
    late = f"; images {pair.apart} days apart" if pair.apart > MOST_DAYS_APART else ""
    values = {
        "pair": pair.id,
        "outline": [shapely.to_wkb(one) for one in found.patches],
        "cells": found.cells.tolist(),
        "mean": found.mean.tolist(),
        "moderate": found.moderate_share.tolist(),
        "severity": [severity(one) for one in found.mean.tolist()],
        "least_m2": LEAST_M2,
        "crs": found.crs,
        "clear_share": found.clear_share,
        "version": VERSION,
        "method": f"{METHOD}{late}",
        "run": run.run_id,
    }
    with run.connection.cursor() as cursor:
        cursor.execute(FORGET_PAIR, values)
        known = cursor.rowcount
        cursor.execute(KEEP_PATCHES, values)
        hectares = [area for (area,) in cursor.fetchall()]
        cursor.execute(NOTE_PAIR, values)
    run.tally.read += len(found.patches)
    run.tally.sound += len(hectares)
    run.tally.updated += min(known, len(hectares))
    run.tally.inserted += len(hectares) - min(known, len(hectares))
    if not found.clear_share:
        return f"{NAME} {pair.id}: not estimated, for clouds or no data nothing could be compared"
    rai = sum(hectares) * M2_OF_HECTARE / M2_OF_RAI
    return (
        f"{NAME} {pair.id}: {len(hectares)} patches, {sum(hectares):,.1f} ha ({rai:,.1f} rai);"
        f" {100 * found.clear_share:.0f} % of the image could be compared{late}"
    )
