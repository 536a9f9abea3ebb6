"""Rasters as analysts ask for them: which days there are, and the values at places."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import geopandas
import pandas as pd

from layers.client.moments import Moment, interval
from layers.client.service import Service
from layers.query import Query

Places: TypeAlias = Iterable[tuple[float, float]] | geopandas.GeoDataFrame | geopandas.GeoSeries

_COLUMNS = ("day", "value", "rmse", "nearest_station_m", "method", "simulated")
_ABOUT = ("layer", "title", "quantity", "unit", "licence", "attribution")


def raster_days(service: Service, base_url: str, name: str, lang: str) -> pd.DataFrame:
    """As Client.raster_days."""
    answer = service.get(f"{base_url}/api/rasters/{name}", {"lang": lang})
    columns = ["day", "stations", "rmse", "method", "simulated", "geotiff"]
    found = pd.DataFrame(answer.pop("days"), columns=columns)
    found["day"] = pd.to_datetime(found["day"])
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
    lang: str,
) -> pd.DataFrame:
    """As Client.raster_at."""
    during = interval(start, end)
    asked = {"lang": lang} | ({"day": day} if day else {})
    if during:
        asked |= Query(limit=None, during=during).to_params()
    rows, about = [], {}
    for place, lon, lat in _points(places):
        url = f"{base_url}/api/rasters/{name}/point"
        answer = service.get(url, asked | {"lon": repr(lon), "lat": repr(lat)})
        about = {key: answer[key] for key in _ABOUT}
        for told in answer.get("series", [answer]):
            rows.append({"place": place, "lon": lon, "lat": lat, **_known(told)})
    found = pd.DataFrame(rows, columns=["place", "lon", "lat", *_COLUMNS])
    found["day"] = pd.to_datetime(found["day"])
    found["value"] = pd.to_numeric(found["value"])
    found.attrs = about
    return found


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told.get(name) for name in _COLUMNS}


def _points(places: Places) -> Iterator[tuple[Any, float, float]]:
    if isinstance(places, geopandas.GeoDataFrame | geopandas.GeoSeries):
        if places.crs is None:
            raise ValueError("the frame has no CRS; say it with frame.set_crs(4326)")
        shapes = places.geometry.to_crs(4326)
        yield from zip(shapes.index, shapes.x, shapes.y, strict=True)
    else:
        for place, (lon, lat) in enumerate(places):
            yield place, float(lon), float(lat)
