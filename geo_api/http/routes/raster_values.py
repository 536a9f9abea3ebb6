"""/api/rasters/{layer}/point, timeseries and zonal: what rasters say of a place or of an area."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo_api.features.items import item
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.routes.rasters import MINUS, DayParameters
from geo_api.rasters.days import Days, days_of, days_touched
from geo_api.rasters.differences import difference
from geo_api.rasters.registry import Raster, raster, raster_layer, rasters_at
from geo_api.rasters.rendering import class_of
from geo_api.rasters.values import Value, value_at, value_of
from layers.model import Layer, LayerNotFound
from layers.query import BadQuery, Query, number_of

router = DescribedRouter(prefix="/api/rasters", tags=["Rasters"], dependencies=OPEN_DATA)

Json = dict[str, Any]

# Of each a file is opened.
MOST_OF_A_SERIES = 1_000
_MOST_CORNERS = 10_000
_LON = parameter(
    "Degrees, WGS84.", {"type": "number", "minimum": -180, "maximum": 180}, example="100.5"
)
_LAT = parameter(
    "Degrees, WGS84.", {"type": "number", "minimum": -90, "maximum": 90}, example="13.75"
)


class PointParameters(DayParameters):
    """Where, and on which days."""

    lon: str = _LON
    lat: str = _LAT
    minus: str | None = MINUS
    days: str | None = parameter(
        "`all` for a series over every day that there is.", {"type": "string", "enum": ["all"]}
    )


class TimeseriesParameters(Parameters):
    """Where, and when."""

    lon: str = _LON
    lat: str = _LAT
    datetime: str | None = parameter(
        f"An interval of RFC 3339 times or days: the series of what it touches,"
        f" {MOST_OF_A_SERIES} at most; all there is unless given.",
        {"type": "string"},
    )
    minus: str | None = MINUS


class ZonalParameters(DayParameters):
    """Of which area, and when."""

    collection: str | None = parameter(
        "A layer of areas, as `districts`, of which `id` names one.", {"type": "string"}
    )
    id: str | None = parameter("The id of an area of `collection`.", {"type": "string"})
    bbox: str | None = parameter(
        "West, south, east and north in degrees (WGS84), instead of an area of a collection.",
        {"type": "string"},
    )
    polygon: str | None = parameter(
        "A polygon or several, as WKT or as a GeoJSON geometry, in degrees (WGS84), longitude"
        " first; instead of an area of a collection.",
        {"type": "string"},
    )
    minus: str | None = MINUS


@router.get("/{layer}/point")
def raster_point(
    layer: str,
    service: ServiceDep,
    parameters: Annotated[PointParameters, query_parameters(PointParameters)],
    language: Language,
) -> Json:
    """The value at a place on the newest day or hour, or on that of `day` or of the time
    `datetime`; with `days=all` or an interval a `series`, newest first. `value` is that of the
    cell, as the file has it, and null where there is no data; `standard_error` is its own, where
    the layer has one: ± as much holds what a station there would measure two times in three.
    `rmse` is the error of the whole day in `unit`, and `nearest_station_m` the distance to the next
    place where the day was measured, both null where unknown. With `minus` all of it is of the
    difference."""
    place = _place(parameters.lon, parameters.lat)
    days = days_of(parameters.day, parameters.datetime)
    series = _all_days(parameters) or (days.timed and days.start != days.end)
    if series:
        return _series(service, layer, days, place, parameters.minus, language)
    declared = raster_layer(service.reads, service.layers, layer)
    [found] = rasters_at(service.reads, declared, days, *place, 1)
    earlier = next(iter(_earlier(service, declared, parameters.minus, place)), None)
    told = _told_at(service, declared, found, earlier, place, language)
    return _about(declared, place, language, earlier is not None) | told


@router.get("/{layer}/timeseries")
def raster_timeseries(
    layer: str,
    service: ServiceDep,
    parameters: Annotated[TimeseriesParameters, query_parameters(TimeseriesParameters)],
    language: Language,
) -> Json:
    """The values at a place over time, newest first, each as the address of a point tells it."""
    days = days_of(None, parameters.datetime)
    place = _place(parameters.lon, parameters.lat)
    return _series(service, layer, days, place, parameters.minus, language)


@router.get("/{layer}/zonal")
def raster_zonal(
    layer: str,
    service: ServiceDep,
    parameters: Annotated[ZonalParameters, query_parameters(ZonalParameters)],
    language: Language,
) -> Json:
    """The mean over an area on the newest day or hour, or the newest that `day` or `datetime`
    touch: of an area of a `collection`, a `bbox` or a `polygon`. A cell counts by the part of it in
    the area and by its size on the Earth. `coverage` is the share of the area that has a value;
    `standard_error` is the mean of the cells' own, for errors of neighbours go together: it is no
    less than that of the mean. With `minus` all of it is of the difference, whose errors are taken
    for independent."""
    declared = raster_layer(service.reads, service.layers, layer)
    area = _area(service, parameters)
    found = raster(service.reads, declared, days_of(parameters.day, parameters.datetime))
    home = service.settings.home
    value, shown, compared = value_of(found, home, area), declared, {}
    if parameters.minus is not None:
        before = raster(service.reads, declared, days_touched("minus", parameters.minus))
        earlier = value_of(before, home, area)
        value, shown = value.minus(earlier, is_same=found == before), difference(declared)
        compared = {"minus": _short(before, earlier)}
    about = _described(shown, language) | {"zone": _zone(parameters, area)}
    told = _when(found) | _classed(shown, value, language) | {"coverage": value.coverage}
    return about | told | compared | _made(found, language)


def _series(
    service: Service,
    layer: str,
    days: Days,
    place: tuple[float, float],
    minus: str | None,
    language: str,
) -> Json:
    declared = raster_layer(service.reads, service.layers, layer)
    found = rasters_at(service.reads, declared, days, *place, MOST_OF_A_SERIES + 1)
    if len(found) > MOST_OF_A_SERIES:
        raise BadQuery(
            "datetime",
            f"datetime touches more than {MOST_OF_A_SERIES} rasters of {layer}; ask for a shorter"
            " interval, as 2026-01-01/2026-01-31",
        )
    earlier = next(iter(_earlier(service, declared, minus, place)), None)
    told = [_told_at(service, declared, one, earlier, place, language) for one in found]
    return _about(declared, place, language, earlier is not None) | {"series": told}


def _earlier(
    service: Service, layer: Layer, minus: str | None, place: tuple[float, float]
) -> list[Raster]:
    if minus is None:
        return []
    return rasters_at(service.reads, layer, days_touched("minus", minus), *place, 1)


def _told_at(
    service: Service,
    layer: Layer,
    found: Raster,
    earlier: Raster | None,
    place: tuple[float, float],
    language: str,
) -> Json:
    home = service.settings.home
    value, shown, compared = value_at(layer, found, home, *place), layer, {}
    if earlier is not None:
        before = value_at(layer, earlier, home, *place)
        value, shown = value.minus(before, is_same=found == earlier), difference(layer)
        compared = {"minus": _short(earlier, before)}
    told = _when(found) | _classed(shown, value, language) | {"interpolated": value.interpolated}
    return told | compared | _made(found, language) | {"nearest_station_m": _rounded(found)}


def _classed(layer: Layer, value: Value, language: str) -> Json:
    known: Json = {
        "value": value.value,
        "standard_error": value.standard_error,
        "class": None,
        "class_title": None,
        "color": None,
    }
    if value.value is None:
        return known | ({"note": value.note[language]} if value.note else {})
    name = class_of(value.value, layer.style)
    (quantity,) = layer.fields
    return known | {
        "class": name,
        "class_title": quantity.values[name][language],
        "color": layer.style.colors[name],
    }


def _when(found: Raster) -> Json:
    hour = {} if found.hour is None else {"hour": found.hour}
    return {"day": found.day.isoformat(), **hour, "ends_at": found.ends_at.isoformat()}


def _short(found: Raster, value: Value) -> Json:
    return _when(found) | {"value": value.value, "standard_error": value.standard_error}


def _made(found: Raster, language: str) -> Json:
    return {
        "method": found.method[language],
        "rmse": found.rmse,
        "within_error": found.within_error,
        "stations": found.stations,
        "simulated": found.simulated,
        "made_at": found.made_at.isoformat(),
        "run_id": found.run_id,
        "inputs": found.inputs,
    }


def _rounded(found: Raster) -> float | None:
    return None if found.nearest_m is None else round(found.nearest_m, 1)


def _about(layer: Layer, place: tuple[float, float], language: str, changed: bool) -> Json:
    lon, lat = place
    shown = difference(layer) if changed else layer
    return _described(shown, language) | {"lon": lon, "lat": lat}


def _described(layer: Layer, language: str) -> Json:
    (value,) = layer.fields
    return {
        "layer": layer.name,
        "title": layer.title[language],
        "licence": layer.licence,
        "attribution": layer.attribution,
        "quantity": value.title[language],
        "unit": value.unit,
    }


def _place(lon: str, lat: str) -> tuple[float, float]:
    return number_of("lon", lon, -180, 180), number_of("lat", lat, -90, 90)


def _all_days(parameters: PointParameters) -> bool:
    days = parameters.days
    if days not in (None, "all"):
        raise BadQuery("days", f"days can only be all, got {days!r}; for one day use day")
    if days and (parameters.day is not None or parameters.datetime is not None):
        raise BadQuery("days", "give days, day or datetime, not two of them")
    return days == "all"


def _area(service: Service, parameters: ZonalParameters) -> BaseGeometry:
    asked = parameters.given().keys() & {"collection", "bbox", "polygon"}
    if len(asked) != 1:
        raise BadQuery(
            "collection", "give collection with id, bbox or polygon, one of them: the area"
        )
    if (parameters.id is None) != (parameters.collection is None):
        raise BadQuery("id", "id names an area of collection: give both, as districts and 7401")
    if parameters.bbox is not None:
        return _box(parameters.bbox)
    if parameters.polygon is not None:
        return _polygon(parameters.polygon)
    return _feature(service, parameters.collection or "", parameters.id or "")


def _box(text: str) -> BaseGeometry:
    asked = Query.from_params({"bbox": text}).bbox
    assert asked is not None
    found = shapely.box(*asked)
    if not asked.west < asked.east or not found.area:
        raise BadQuery("bbox", f"bbox must have an area and not cross 180°, got {text!r}")
    return found


def _polygon(text: str) -> BaseGeometry:
    try:
        found = shapely.from_geojson(text) if text.lstrip()[:1] == "{" else shapely.from_wkt(text)
    except (ShapelyError, ValueError):
        found = None
    if found is None or found.geom_type not in ("Polygon", "MultiPolygon") or found.is_empty:
        raise BadQuery(
            "polygon",
            "polygon must be a polygon as WKT or as a GeoJSON geometry, as in"
            f" POLYGON((100 13,101 13,101 14,100 13)), got {text[:60]!r}",
        )
    if shapely.get_num_coordinates(found) > _MOST_CORNERS:
        raise BadQuery("polygon", f"polygon has more than {_MOST_CORNERS} corners: simplify it")
    if not found.is_valid:
        reason = shapely.is_valid_reason(found)
        raise BadQuery("polygon", f"polygon is no valid one ({reason}): mend it first")
    west, south, east, north = found.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadQuery("polygon", "polygon must be in degrees, longitude first")
    return found


def _feature(service: Service, collection: str, id: str) -> BaseGeometry:
    layer = service.layers.get(collection)
    areas = sorted(name for name, one in service.layers.items() if one.geometry == "area")
    if layer is None or layer.geometry != "area":
        raise LayerNotFound(f"no layer of areas {collection!r}; there are: {', '.join(areas)}")
    told: Mapping[str, Any] = json.loads(item(service.reads, layer, id, Query()) + "}")
    if not told["geometry"]:
        raise BadQuery("id", f"{collection} {id} has no outline; give a polygon instead")
    return shapely.from_geojson(json.dumps(told["geometry"]))


def _zone(parameters: ZonalParameters, area: BaseGeometry) -> Json:
    """What was asked about, and its bounds."""
    bounds = [round(side, 6) for side in area.bounds]
    if parameters.collection is not None:
        return {"collection": parameters.collection, "id": parameters.id, "bounds": bounds}
    return {"bounds": bounds}
