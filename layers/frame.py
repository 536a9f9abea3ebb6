"""GeoJSON features as a GeoDataFrame: WGS84, times with their zone, every declared column."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas
import pandas as pd
from shapely.geometry import shape

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def frame(features: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> geopandas.GeoDataFrame:
    """One row per feature, in the order given: `id`, the properties, and `geometry` in EPSG:4326.

    `columns` are there even where no feature has them. A column of instants becomes datetime64 in
    UTC, and one of calendar days datetime64 without a zone.
    """
    rows = pd.DataFrame([{"id": feature["id"], **feature["properties"]} for feature in features])
    rows = rows.reindex(columns=list(dict.fromkeys(["id", *columns, *rows.columns])))
    rows = pd.DataFrame({name: _timed(rows[name]) for name in rows})
    shapes = [shape(feature["geometry"]) for feature in features]
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs=4326)


def _timed(column: "pd.Series[Any]") -> "pd.Series[Any]":
    known = column.dropna()
    if column.name == "observed_at" or _all_match(_INSTANT, known):
        return pd.to_datetime(column, utc=True, format="ISO8601")
    if _all_match(_DAY, known):
        return pd.to_datetime(column, format="%Y-%m-%d")
    return column


def _all_match(pattern: re.Pattern[str], known: "pd.Series[Any]") -> bool:
    return len(known) > 0 and all(isinstance(v, str) and pattern.fullmatch(v) for v in known)
