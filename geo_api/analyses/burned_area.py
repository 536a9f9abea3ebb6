"""Burned land in the pairs of images that were registered, as polygons with their area."""

from datetime import date
from pathlib import Path

import shapely
from tqdm import tqdm

from geo_api.analyses import AnalysisRun
from geo_api.analyses.burned_area_sql import FORGET_PAIR, KEEP_PATCHES, NOTE_PAIR, WAITING_PAIRS
from geo_api.database.runs import RunFailed
from geo_api.rasters.burn_scars import METHOD, Images, scars
from layers.methods.burn import M2_OF_HECTARE, M2_OF_RAI, MOST_DAYS_APART, severity

NAME = "burned_area"
VERSION = 1
# Smaller patches are as likely edges of fields that two images show a little apart.
LEAST_M2 = M2_OF_RAI


class ImageGone(RunFailed):
    """An image that was registered is no longer where it was."""


def compute(run: AnalysisRun) -> str:
    """Finds the burned land of every pair that waits; what was found of it before is replaced.
    Raises ImageGone, and UnusableRaster of an image that cannot be read."""
    with run.connection.cursor() as cursor:
        cursor.execute(WAITING_PAIRS, {"version": VERSION})
        waiting = cursor.fetchall()
    if not waiting:
        return f"{NAME}: no pair of images waits; fahsai burned-area add registers one"
    told = [
        _keep(
            run, pair, (before, after), Images(Path(first), Path(last), nir, swir2, _paths(clouds))
        )
        for pair, before, after, first, last, clouds, nir, swir2 in tqdm(
            waiting, NAME, unit=" pairs", disable=None
        )
    ]
    return "; ".join(told)


def _keep(run: AnalysisRun, pair: str, days: tuple[date, date], images: Images) -> str:
    for file in (images.before, images.after, *images.clouds):
        if not file.is_file():
            raise ImageGone(f"{file} of the pair {pair} is gone: register the pair again")
    found = scars(images)
    apart = (days[1] - days[0]).days
    late = f"; images {apart} days apart" if apart > MOST_DAYS_APART else ""
    values = {
        "pair": pair,
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
    rai = sum(hectares) * M2_OF_HECTARE / M2_OF_RAI
    return (
        f"{NAME} {pair}: {len(hectares)} patches, {sum(hectares):,.1f} ha ({rai:,.1f} rai);"
        f" {100 * found.clear_share:.0f} % of the image could be compared{late}"
    )


def _paths(names: list[str]) -> tuple[Path, ...]:
    return tuple(map(Path, names))
