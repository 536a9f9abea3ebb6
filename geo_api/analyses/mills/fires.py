"""Of each day the fires on cane land, shared among the mills whose zones they lie in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import execute_values
from shapely.geometry.base import BaseGeometry
from tqdm import tqdm

from geo_api.analyses import mill_burning_sql as sql
from geo_api.analyses.mills.register import Mills
from layers.methods.mill_zones import Declared, Indices, Numbers, Shares, sums_by_mill, zone_shares
from layers.reports.measures import period_of

CANE = "sugarcane"
# Of fires out of every mill's reach.
NO_MILL = ""
_DAYS_AT_ONCE = 120


def keep_fires(cursor: Cursor, mills: Mills, run_id: int, *, anew: bool) -> tuple[int, int]:
    """Reckons anew the days whose detections, or whose mills, are not those of the last time, or
    all of them. How many days, and how many fires on them."""
    cursor.execute(sql.DUE_DAYS, {"zones": mills.fingerprint, "land_use": CANE, "anew": anew})
    due = cursor.fetchall()
    fires = 0
    parts = range(0, len(due), _DAYS_AT_ONCE)
    for start in tqdm(parts, "mill_burning", unit=" parts", disable=None):
        some = due[start : start + _DAYS_AT_ONCE]
        days = [day for day, _ in some]
        cursor.execute(sql.FORGET_DAYS, {"days": days})
        fires += _keep(cursor, mills, days, run_id)
        state = [(day, known, mills.method, run_id) for day, known in some if known is not None]
        if state:
            execute_values(cursor, sql.KEEP_STATE, state, page_size=1000)
    return len(due), fires


def _keep(cursor: Cursor, mills: Mills, days: Sequence[date], run_id: int) -> int:
    start, end = period_of(min(days))[0], period_of(max(days))[1]
    cursor.execute(sql.FIRES, {"land_use": CANE, "start": start, "end": end, "days": list(days)})
    rows = cursor.fetchall()
    if not rows:
        return 0
    found_days, lons, lats = zip(*rows, strict=True)
    unit = np.searchsorted(np.array(days, dtype="datetime64[D]"), np.array(found_days, "M8[D]"))
    places, place = np.unique(np.column_stack([lons, lats]), axis=0, return_inverse=True)
    lon, lat = places.T
    kept: list[tuple[object, ...]] = []
    for of_season, zones in _seasons(mills, days):
        mine = np.isin(unit, of_season)
        shares = _shares(mills, zones, lon, lat)
        kept += _rows(mills, days, shares, unit[mine], place.ravel()[mine], run_id)
    execute_values(cursor, sql.KEEP_FIRES, kept, page_size=1000)
    return len(rows)


def _seasons(
    mills: Mills, days: Sequence[date]
) -> list[tuple[npt.NDArray[Any], dict[str, BaseGeometry]]]:
    """The days by their numbers, together where the same declared zones hold: a season's hold from
    a quarter of a year before it opens, when mills contract."""
    if not mills.declared:
        return [(np.arange(len(days)), {})]
    turns = sorted((day - timedelta(days=90), season) for season, day in mills.openings.items())
    season = np.searchsorted(
        [np.datetime64(turn) for turn, _ in turns], np.array(days, "M8[D]"), "right"
    )
    known = [0, *(number for _, number in turns)]
    return [
        (np.flatnonzero(season == number), mills.zones_of(known[number]))
        for number in np.unique(season)
    ]


def _shares(mills: Mills, zones: dict[str, BaseGeometry], lon: Numbers, lat: Numbers) -> Shares:
    return zone_shares(
        lon, lat, mills.lon, mills.lat,
        reach_m=mills.reach_m, decay_m=mills.decay_m, declared=_declared(mills, zones, lon, lat),
    )  # fmt: skip


def _declared(
    mills: Mills, zones: dict[str, BaseGeometry], lon: Numbers, lat: Numbers
) -> Declared | None:
    number_of = {one.ref: number for number, one in enumerate(mills.placed)}
    known = [(number_of[ref], zone) for ref, zone in zones.items() if ref in number_of]
    if not known:
        return None
    tree = shapely.STRtree([zone for _, zone in known])
    place, zone = tree.query(shapely.points(lon, lat), predicate="intersects")
    return Declared(place, np.array([number for number, _ in known], dtype=np.int64)[zone])


def _rows(
    mills: Mills, days: Sequence[date], shares: Shares, unit: Indices, place: Indices, run_id: int
) -> list[tuple[object, ...]]:
    count = len(mills.placed)
    fires, variance, nearest = sums_by_mill(shares, unit, len(days), count, place)
    refs = [*(one.ref for one in mills.placed), NO_MILL]
    day, mill = np.nonzero(fires)
    told = zip(
        *(day.tolist(), mill.tolist()),
        *(values[day, mill].tolist() for values in (fires, variance, nearest)),
        strict=True,
    )
    return [(days[d], refs[m], f, v, int(n), run_id) for d, m, f, v, n in told]
