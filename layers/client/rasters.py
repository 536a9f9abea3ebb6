"""Rasters as analysts ask for them: which days there are, and the values at places and of areas."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import geopandas
import pandas as pd
import shapely

from layers.client.moments import Moment, interval
from layers.client.service import Service
from layers.query import Query

Places: TypeAlias = Iterable[tuple[float, float]] | geopandas.GeoDataFrame | geopandas.GeoSeries
Areas: TypeAlias = str | Iterable[str] | geopandas.GeoDataFrame | geopandas.GeoSeries

_TOLD = ("day", "ends_at", "value", "standard_error")
_MADE = ("rmse", "method", "simulated")
_COLUMNS = (*_TOLD, "nearest_station_m", *_MADE)
_OF_AREAS = (*_TOLD, "coverage", *_MADE)
_OF_DAYS = ["day", "hour", "ends_at", "stations", "rmse", "within_error", "method", "simulated"]
_OF_DAYS += ["geotiff"]
# More of an address servers refuse.
_LONGEST_POLYGON = 6_000
_ABOUT = ("layer", "title", "quantity", "unit", "licence", "attribution")


def raster_days(service: Service, base_url: str, name: str, lang: str) -> pd.DataFrame:
    """As Client.raster_days."""
    answer = service.get(f"{base_url}/api/rasters/{name}", {"lang": lang})
    found = pd.DataFrame(answer.pop("days"), columns=_OF_DAYS)
    found["day"] = pd.to_datetime(found["day"])
    found["hour"] = found["hour"].astype("Int64")
    found["ends_at"] = pd.to_datetime(found["ends_at"], utc=True)
    found["geotiff"] = base_url + found["geotiff"]
    found.attrs = answer
    return found


def raster_values(
    service: Service,
    base_url: str,
    name: str,
    places: Places,
    day: str | None,
    start: Moment | None,
    end: Moment | None,
    minus: str | None,
    lang: str,
) -> pd.DataFrame:
    """As Client.raster_at."""
    during = interval(start, end)
    asked = {"lang": lang} | ({"day": day} if day else {}) | ({"minus": minus} if minus else {})
    if during:
        asked |= Query(limit=None, during=during).to_params()
    url = f"{base_url}/api/rasters/{name}/{'timeseries' if during else 'point'}"
    rows, about = [], {}
    for place, lon, lat in _points(places):
        answer = service.get(url, asked | {"lon": repr(lon), "lat": repr(lat)})
        about = {key: answer[key] for key in _ABOUT}
        for told in answer.get("series", [answer]):
            rows.append({"place": place, "lon": lon, "lat": lat, **_known(told, _COLUMNS)})
    return _frame(rows, ["place", "lon", "lat", *_COLUMNS], about)


def raster_means(
    service: Service,
    base_url: str,
    name: str,
    areas: Areas,
    collection: str,
    day: str | None,
    minus: str | None,
    lang: str,
) -> pd.DataFrame:
    """As Client.raster_of."""
    asked = {"lang": lang} | ({"day": day} if day else {}) | ({"minus": minus} if minus else {})
    rows, about = [], {}
    for label, area in _areas(areas, collection):
        answer = service.get(f"{base_url}/api/rasters/{name}/zonal", asked | area)
        about = {key: answer[key] for key in _ABOUT}
        rows.append({"area": label, **_known(answer, _OF_AREAS)})
    return _frame(rows, ["area", *_OF_AREAS], about)


def _frame(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], about: dict[str, Any]
) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=columns)
    found["day"] = pd.to_datetime(found["day"])
    found["ends_at"] = pd.to_datetime(found["ends_at"], utc=True)
    for number in ("value", "standard_error"):
        found[number] = pd.to_numeric(found[number])
    found.attrs = about
    return found


def _known(told: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: told.get(name) for name in names}


def _areas(areas: Areas, collection: str) -> Iterator[tuple[Any, dict[str, str]]]:
    """What each is called, and what asks for it."""
    if isinstance(areas, geopandas.GeoDataFrame | geopandas.GeoSeries):
        if areas.crs is None:
            raise ValueError("the frame has no CRS; say it with frame.set_crs(4326)")
        for label, shape in areas.geometry.to_crs(4326).items():
            polygon = shapely.to_wkt(shape, rounding_precision=6)
            if len(polygon) > _LONGEST_POLYGON:
                raise ValueError(
                    f"the area {label!r} has too many corners to ask about: simplify it, or name"
                    " areas of a collection"
                )
            yield label, {"polygon": polygon}
    else:
        for id in [areas] if isinstance(areas, str) else areas:
            yield id, {"collection": collection, "id": id}


def _points(places: Places) -> Iterator[tuple[Any, float, float]]:
    if isinstance(places, geopandas.GeoDataFrame | geopandas.GeoSeries):
        if places.crs is None:
            raise ValueError("the frame has no CRS; say it with frame.set_crs(4326)")
        shapes = places.geometry.to_crs(4326)
        yield from zip(shapes.index, shapes.x, shapes.y, strict=True)
    else:
        for place, (lon, lat) in enumerate(places):
            yield place, float(lon), float(lat)
