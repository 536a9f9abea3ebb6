"""What an offline map carries: which layers, days and place were asked for, and their features."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from psycopg2.sql import Composable

from geo_api.database.connections import Reads
from geo_api.features import sql as features_sql
from geo_api.features.columns import columns
from geo_api.features.freshness import Freshness, world
from geo_api.features.items import THAILAND, period
from geo_api.sharing import offline_sql as sql
from layers.model import FIRST_YEAR, Layer, LayerNotFound, Text
from layers.query import BadQuery, Interval, Query, date_of
from layers.query.provinces import province_asked
from layers.reports.measures import NotReported, day_of, newest_day, period_of
from layers.reports.offline import COUNTED_ONLY, MOST_FEATURES, Box, Carried, OfflineMap

DEFAULT_LAYERS = "provinces,hotspots"
DEFAULT_DAYS = 7
MOST_DAYS = 400
# What a popup names, beside what tiles carry of the layer.
_NAMED = (
    *("name", "name_th", "name_en", "code", "factory_name", "registration_no", "product"),
    *("province_th", "district_th", "subdistrict_th", "satellite", "source", "sources"),
    *("time_precision",),
)
_LAST_INSTANT = timedelta(microseconds=1)  # an interval's end is in it


class TooManyFeatures(BadQuery):
    """The map would be more than a browser takes from a file."""

    def __init__(self, count: int) -> None:
        super().__init__(
            "layers",
            f"the map would carry {count:,} features, more than {MOST_FEATURES:,}: choose fewer"
            " days (from, to), one province, or fewer layers",
        )


@dataclass(frozen=True)
class OfflineQuery:
    """`layers` lie one upon the other, areas first; days are of 08:00 to 08:00."""

    layers: tuple[Layer, ...]
    first: date
    last: date
    province: str | None = None
    bbox: Query | None = None

    @classmethod
    def from_params(
        cls, params: Mapping[str, str], layers: Mapping[str, Layer], now: datetime
    ) -> "OfflineQuery":
        """Raises BadQuery, and LayerNotFound."""
        last = date_of("to", params["to"]) if "to" in params else newest_day(now)
        if not FIRST_YEAR <= last.year <= now.year + 1:
            years = f"{FIRST_YEAR} to {now.year + 1}"
            raise BadQuery("to", f"to must be of a year from {years} (CE), got {last}")
        week = last - timedelta(days=DEFAULT_DAYS - 1)
        first = date_of("from", params["from"]) if "from" in params else week
        days = (last - first).days + 1
        if not 1 <= days <= MOST_DAYS:
            raise BadQuery("to", f"from and to must be 1 to {MOST_DAYS} days, got {days}")
        if "province" in params and "bbox" in params:
            raise BadQuery("bbox", "give either province or bbox, not both")
        named = dict.fromkeys(params.get("layers", DEFAULT_LAYERS).split(","))
        chosen = sorted((_layer(n, layers) for n in named), key=lambda one: one.geometry != "area")
        bbox = Query.from_params({"bbox": params["bbox"]}) if "bbox" in params else None
        province = province_asked(params["province"]) if "province" in params else None
        return cls(tuple(chosen), first, last, province, bbox)

    @property
    def path(self) -> str:
        """The address of the map within our site, with everything that it goes by."""
        box = self.bbox.to_params()["bbox"] if self.bbox else None
        asked = {
            "layers": ",".join(layer.name for layer in self.layers),
            "from": str(self.first),
            "to": str(self.last),
            "province": self.province,
            "bbox": box,
        }
        known = {name: value for name, value in asked.items() if value is not None}
        return f"/export/map.html?{urlencode(known, safe=',:')}"

    @property
    def key(self) -> str:
        """The same for whatever has the same features."""
        names = ",".join(layer.name for layer in self.layers)
        box = self.bbox.bbox if self.bbox else None
        return f"{names} {self.first} {self.last} {self.province} {box}"


def counts(reads: Reads, asked: OfflineQuery) -> dict[str, int]:
    """How many features of each layer. Raises TooManyFeatures, and NotReported for no province."""
    _place(reads, asked)
    found = {
        layer.name: int(reads.fetch(sql.count(layer, _met(reads, layer, asked)))[0][0])
        for layer in asked.layers
    }
    if sum(found.values()) > MOST_FEATURES:
        raise TooManyFeatures(sum(found.values()))
    return found


def offline_map(
    reads: Reads, asked: OfflineQuery, now: datetime, address: str, *, simulated: bool
) -> OfflineMap:
    """The map with its features; raises as `counts`."""
    found = counts(reads, asked)
    place, box = _place(reads, asked)
    fresh = world(reads, asked.layers, now).freshness
    return OfflineMap(
        carried=[
            _carried(reads, layer, asked, found[layer.name], fresh[layer.name])
            for layer in asked.layers
        ],
        first=asked.first,
        last=asked.last,
        place=place,
        box=box,
        made_at=now,
        simulated=simulated,
        address=address,
        path=asked.path,
    )


# Makes HTML of it: the pages' part, which the application hands over.
Render = Callable[[OfflineMap, str], str]


def _carried(
    reads: Reads, layer: Layer, asked: OfflineQuery, count: int, fresh: Freshness
) -> Carried:
    wanted = {*(layer.tiling.fields or ()), *_NAMED, layer.style.by, layer.style.label}
    properties = [
        name for name in features_sql.properties(layer) if name in wanted or name == "observed_at"
    ]
    met = _met(reads, layer, asked)
    statement = sql.areas if layer.geometry == "area" else sql.points
    [(features,)] = reads.fetch(statement(layer, properties, met))
    collection = f'"columns":{json.dumps(properties)},"rows":[{features}]'
    if layer.geometry == "area":
        collection = f'"type":"FeatureCollection","features":[{features}]'
    apart = _apart(reads, layer, met) if layer.style.apart else 0
    return Carried(layer, f"{{{collection}}}", count, apart, *_known(reads, layer, fresh))


def _apart(reads: Reads, layer: Layer, met: list[Composable]) -> int:
    """How many are of the classes that are counted apart."""
    [(count,)] = reads.fetch(sql.count(layer, [*met, sql.counted_apart(layer.style)]))
    return int(count)


def _met(reads: Reads, layer: Layer, asked: OfflineQuery) -> list[Composable]:
    start, end = period_of(asked.first)[0], period_of(asked.last)[1] - _LAST_INSTANT
    during = Interval(start, end)
    query = Query(during=during, bbox=asked.bbox.bbox if asked.bbox else None)
    met = features_sql.conditions(layer, query, columns(reads, layer))
    return [*met, sql.in_province(asked.province)] if asked.province else met


def _known(reads: Reads, layer: Layer, fresh: Freshness) -> tuple[date | None, date | None]:
    """The first day of which a timed layer has data, and the last of which all is known."""
    span = period(reads, layer)
    if span is None or span.start is None or fresh.known_until is None:
        return None, None
    return day_of(span.start), newest_day(fresh.known_until)


def _place(reads: Reads, asked: OfflineQuery) -> tuple[Text | None, Box]:
    """The province's name, if the map is of one, and what is seen at first."""
    if asked.province is None:
        seen = asked.bbox.bbox if asked.bbox else None
        return None, (seen.west, seen.south, seen.east, seen.north) if seen else THAILAND
    rows = reads.fetch(sql.PROVINCE, {"code": asked.province})
    if not rows:
        raise NotReported(f"of province {asked.province!r} there is no outline: give a bbox")
    [(name_th, name_en, west, south, east, north)] = rows
    return Text(name_th, name_en or name_th), (west, south, east, north)


def _layer(name: str, layers: Mapping[str, Layer]) -> Layer:
    offered = [one.name for one in layers.values() if _is_offered(one)]
    if name in COUNTED_ONLY:
        raise BadQuery(
            "layers", f"{name} has a row of each area for every period: see /maps/complaints"
        )
    if name not in offered:
        raise LayerNotFound(
            f"no layer {name!r} for an offline map; there are: {', '.join(offered)}"
        )
    return layers[name]


def _is_offered(layer: Layer) -> bool:
    return not layer.raster and layer.name not in COUNTED_ONLY
