"""What is near a place: one question over many layers, for people in the field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from geo_api.database.as_of import AsOfReads, present_of, require_history
from geo_api.database.connections import Reads
from geo_api.database.prepared_statements import Often
from geo_api.features import near_sql
from geo_api.features.columns import columns
from geo_api.features.freshness import Freshness, world
from geo_api.features.released_complaints import newest_rows
from geo_api.features.views_in_time import view_in_time
from layers.methods.upwind import CALM_M_S, STATION_WITHIN_H, STATION_WITHIN_M, UPWIND_DEG
from layers.model import FeatureNotFound, Layer
from layers.query import BadQuery, instant_of, limit_of, number_of

MAX_RADIUS_M = 100_000
MAX_HOURS = 24 * 366
DEFAULT_RADIUS_M = 5_000
DEFAULT_HOURS = 72
DEFAULT_LIMIT = 50
# With what surrounds the features this stays under 20 KB, which a phone on 3G gets in a second.
DEFAULT_BYTES = 14_000
_NO_BYTES_LIMIT = 2**31
_CLOCKS_DIFFER = timedelta(minutes=5)

_FACTORIES = "factories"
_WIND = "wind"
_AIR = "air_stations"
# Layers of areas that tell where a place is, and the member that each fills.
_AREAS = {"provinces": "province", "districts": "district"}


@dataclass(frozen=True)
class NearQuery:
    """About the place (`lon`, `lat`), WGS84, or that of `factory`; `at` is UTC.

    `layers` None means those that declare themselves for it. `limit` None means as many as fit
    into DEFAULT_BYTES, at most DEFAULT_LIMIT. `to_come` where `at` is, of which nothing is known.
    """

    at: datetime
    lon: float | None = None
    lat: float | None = None
    factory: str | None = None
    radius_m: float = DEFAULT_RADIUS_M
    hours: float = DEFAULT_HOURS
    layers: tuple[str, ...] | None = None
    limit: int | None = None
    to_come: bool = False

    @classmethod
    def from_params(cls, params: Mapping[str, str], now: datetime) -> "NearQuery":
        """Raises BadQuery."""
        _require_one_place(params)

        def number(name: str, low: float, high: float) -> float | None:
            return number_of(name, params[name], low, high) if name in params else None

        at = instant_of("at", params["at"]) if "at" in params else now
        return cls(
            at=at,
            lon=number("lon", -180, 180),
            lat=number("lat", -90, 90),
            factory=params.get("factory"),
            radius_m=number("radius_m", 1, MAX_RADIUS_M) or DEFAULT_RADIUS_M,
            hours=number("hours", 0.1, MAX_HOURS) or DEFAULT_HOURS,
            layers=tuple(dict.fromkeys(params["layers"].split(",")))
            if "layers" in params
            else None,
            limit=limit_of(params["limit"]) if "limit" in params else None,
            to_come=at > now + _CLOCKS_DIFFER,
        )

    @property
    def since(self) -> datetime:
        """Before the first observation that counts."""
        try:
            return self.at - timedelta(hours=self.hours)
        except OverflowError:
            return datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Near:
    """An answer: `features` is GeoJSON features with commas between, `head` every other member."""

    head: dict[str, Any]
    features: str


def near(reads: Reads, layers: Mapping[str, Layer], query: NearQuery) -> Near:
    """Raises BadQuery for a layer that cannot be asked, FeatureNotFound for an unknown factory."""
    asked = _requested_layers(layers, query)
    if isinstance(reads, AsOfReads):
        require_history(reads, [view_in_time(layer) for layer in asked])
    lon, lat = _place(reads, layers, query)
    areas, wind, air = surroundings(reads, layers, query.at, lon, lat)
    values = {
        "lon": lon,
        "lat": lat,
        "radius_m": query.radius_m,
        "since": query.since,
        "at": query.at,
        "limit": query.limit or DEFAULT_LIMIT,
        "bytes": DEFAULT_BYTES if query.limit is None else _NO_BYTES_LIMIT,
        "wind_from_deg": wind_direction(wind),
        "upwind_deg": UPWIND_DEG,
        "plane": f"+proj=aeqd +lat_0={lat!r} +lon_0={lon!r} +datum=WGS84 +units=m",
    }
    views = {layer.name: columns(reads, layer) for layer in asked}
    [(features, counts)] = reads.fetch(Often(near_sql.near(asked, views)), values)
    known = world(present_of(reads), asked, query.at)
    head = {
        "type": "FeatureCollection",
        "at": query.at.isoformat().replace("+00:00", "Z"),
        "place": {"lon": lon, "lat": lat, "factory": query.factory, **areas},
        "radius_m": query.radius_m,
        "hours": query.hours,
        "wind": wind,
        "air": air,
        "complaints": newest_rows(reads, lon, lat, query.at),
        "simulated": known.simulated,
        "layers": {
            layer.name: _summary(
                layer, query, counts.get(layer.name, [0, 0]), known.freshness[layer.name]
            )
            for layer in asked
        },
    }
    return Near(head, features)


def _require_one_place(params: Mapping[str, str]) -> None:
    if "factory" in params:
        for name in ("lon", "lat"):
            if name in params:
                raise BadQuery(name, f"give either factory or lon and lat, not factory and {name}")
        return
    for name in ("lon", "lat"):
        if name not in params:
            raise BadQuery(name, f"{name} is missing: give lon and lat, or factory")


def _requested_layers(layers: Mapping[str, Layer], query: NearQuery) -> list[Layer]:
    vector = {name: layer for name, layer in layers.items() if not layer.raster}
    if query.layers is None:
        return [layer for layer in vector.values() if layer.near and layer.geometry == "point"]
    for name in query.layers:
        if name not in vector:
            raise BadQuery("layers", f"no layer {name!r}; there are: {', '.join(vector)}")
    return [vector[name] for name in query.layers]


def _place(reads: Reads, layers: Mapping[str, Layer], query: NearQuery) -> tuple[float, float]:
    if query.lon is not None and query.lat is not None:
        return query.lon, query.lat
    found = []
    if _FACTORIES in layers:
        found = reads.fetch(Often(near_sql.place_of(layers[_FACTORIES])), {"id": query.factory})
    if not found:
        raise FeatureNotFound(f"no factory {query.factory!r} with a known place; give lon and lat")
    [(lon, lat)] = found
    return lon, lat


def surroundings(
    reads: Reads, layers: Mapping[str, Layer], at: datetime, lon: float, lat: float
) -> tuple[dict[str, Any], dict[str, Any] | None, dict[str, Any] | None]:
    """The areas that hold the place, and the readings of wind and of air that speak for it."""
    areas = [layers[name] for name in _AREAS if name in layers]
    values = {
        "lon": lon,
        "lat": lat,
        "at": at,
        "station_m": STATION_WITHIN_M,
        "station_h": STATION_WITHIN_H,
    }
    statement = near_sql.surroundings(areas, layers.get(_WIND), layers.get(_AIR))
    [row] = reads.fetch(Often(statement), values)
    *holding, wind, air = row
    return {_AREAS[a.name]: held for a, held in zip(areas, holding, strict=True)}, wind, air


def wind_direction(wind: Mapping[str, Any] | None) -> float | None:
    """Where the wind comes from, in degrees; None where that is unknown or it is calm."""
    if wind is None or wind["calm"] or wind["speed_m_s"] is None or wind["speed_m_s"] < CALM_M_S:
        return None
    direction: float | None = wind["from_deg"]
    return direction


def _summary(
    layer: Layer, query: NearQuery, counts: Sequence[int], freshness: Freshness
) -> dict[str, Any]:
    """`known` is whether there can be any of the time asked for and the feed is not behind it: none
    found is none only then."""
    found, returned = counts
    is_delivered = freshness.newest is not None and not freshness.stale and not query.to_come
    return {
        "known": freshness.loaded and (is_delivered or not layer.timed),
        "found": found,
        "returned": returned,
        "attribution": layer.attribution,
        "licence": layer.licence,
        **freshness.as_json(),
    }
