"""Addresses of answers that can be cited, as what they ask, and the checksum of their rows.

Rows are the lines of `f=geojsonseq` of the same address, each a record separator, a GeoJSON feature
with its properties in the layer's order, and a line feed, sorted by their bytes: `LC_ALL=C sort |
sha256sum` gives the same, and no collation changes it. Numbers are a JSON object for each group and
a line feed, sorted likewise, with sums and means worked out in decimals: of binary floats the last
digit differs with the order of the rows. What is near are an answer's features with commas between.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from psycopg2.sql import Composable

from geo_api.database.as_of import AsOfReads
from geo_api.database.connections import Reads
from geo_api.exports.sql import geojson_lines
from geo_api.features.columns import columns
from geo_api.features.items import require_known_names
from geo_api.features.near import NearQuery, near
from geo_api.features.sql import conditions, matched, properties
from geo_api.features.statistics import group_lines, refuse_too_many, views_of
from geo_api.features.views_read import views_read
from geo_api.sharing.citations import sql
from layers.citation import MOST_ROWS
from layers.model import FeatureNotFound, Layer, LayerNotFound
from layers.query import BadQuery, Query

_ITEMS = re.compile(r"/ogc/collections/([^/]+)/items(?:/(.+))?")
_STATISTICS = re.compile(r"/api/statistics/([^/]+)")
_NEAR = "/api/near"
_NEAR_NAMES = ("lon", "lat", "factory", "radius_m", "hours", "at", "layers", "limit")
_GROUPS = ("by", "values")
# Of the form of an answer, and not of what is in it.
_FORM = ("f", "lang", "bom", "summary", "count")


class Answer(Protocol):
    """What an address asks. `asked` is that address written in one way, without its form; `address`
    the same with all properties named; `layers` are those whose rows are in it, `views` those that
    are read; `tells_time` whether it goes by the hour."""

    @property
    def asked(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def layers(self) -> Sequence[Layer]: ...
    @property
    def views(self) -> Sequence[str]: ...
    @property
    def tells_time(self) -> bool: ...

    def checksum(self, reads: AsOfReads) -> tuple[int | None, str | None]:
        """How many rows and their SHA-256; neither where there are more than MOST_ROWS. Raises
        BadQuery, also for a property that is no longer there, and FeatureNotFound."""
        ...


@dataclass(frozen=True)
class Rows:
    """Features of a layer: all that meet the query, or as many as its limit says; `feature` is the
    id of the one that the address names, without which there is no answer."""

    layer: Layer
    query: Query
    feature: str | None = None

    tells_time = False

    @property
    def asked(self) -> str:
        """See Answer."""
        return _items(self.layer, self.query)

    @property
    def address(self) -> str:
        """See Answer."""
        return _items(self.layer, self._pinned)

    @property
    def layers(self) -> Sequence[Layer]:
        """See Answer."""
        return (self.layer,)

    @property
    def views(self) -> Sequence[str]:
        """See Answer."""
        return views_read(self.layer, self.query)

    def checksum(self, reads: AsOfReads) -> tuple[int | None, str | None]:
        """See Answer."""
        query, known = self._pinned, columns(reads, self.layer)
        require_known_names(self.layer, query, known)
        if query.limit is None or query.limit > MOST_ROWS:
            # Counting ends there; to sort a whole layer, for the first of it, would take longer.
            met = conditions(self.layer, query, known)
            [(count,)] = reads.fetch(matched(self.layer, met, MOST_ROWS + query.offset + 1))
            if count - query.offset > MOST_ROWS:
                return None, None
        count, digest = _checksum(reads, geojson_lines(self.layer, query, known))
        if self.feature is not None and not count:
            raise FeatureNotFound(f"{self.layer.name} has no feature {self.feature!r}")
        return count, digest

    @property
    def _pinned(self) -> Query:
        """Naming all properties: what a later version tells more is no part of this answer."""
        if self.query.properties is not None:
            return self.query
        return replace(self.query, properties=tuple(properties(self.layer)))


@dataclass(frozen=True)
class Numbers:
    """Numbers of groups of a layer's features."""

    layer: Layer
    query: Query
    by: tuple[str, ...]
    values: tuple[str, ...]

    tells_time = False

    @property
    def asked(self) -> str:
        """See Answer."""
        return self.address

    @property
    def address(self) -> str:
        """See Answer."""
        groups = {"by": ",".join(self.by), "values": ",".join(self.values)}
        given = {name: text for name, text in groups.items() if text}
        path = f"/api/statistics/{quote(self.layer.name)}"
        return _written(path, given | self.query.to_params())

    @property
    def layers(self) -> Sequence[Layer]:
        """See Answer."""
        return (self.layer,)

    @property
    def views(self) -> Sequence[str]:
        """See Answer."""
        return tuple(dict.fromkeys((*views_read(self.layer, self.query), *views_of(self.by))))

    def checksum(self, reads: AsOfReads) -> tuple[int | None, str | None]:
        """See Answer."""
        lines = group_lines(reads, self.layer, self.query, self.by, self.values)
        count, digest = _checksum(reads, lines)
        refuse_too_many(count)
        return count, digest


@dataclass(frozen=True)
class NearPlace:
    """Features of layers around a place."""

    params: Mapping[str, str]
    layers: Sequence[Layer]
    every: Mapping[str, Layer]

    tells_time = True

    @property
    def asked(self) -> str:
        """See Answer."""
        return self.address

    @property
    def address(self) -> str:
        """See Answer."""
        return _written(
            _NEAR, {name: self.params[name] for name in _NEAR_NAMES if name in self.params}
        )

    @property
    def views(self) -> Sequence[str]:
        """See Answer."""
        return tuple(layer.name for layer in self.layers)

    def checksum(self, reads: AsOfReads) -> tuple[int | None, str | None]:
        """See Answer."""
        found = near(reads, self.every, NearQuery.from_params(self.params, reads.as_of.time))
        counted = sum(one["returned"] for one in found.head["layers"].values())
        return counted, sha256(found.features.encode()).hexdigest()


def answer_at(address: str, layers: Mapping[str, Layer]) -> Answer | None:
    """What an address within our site asks, but for `as_of`; None where it is no answer that can be
    cited. Raises BadQuery and LayerNotFound."""
    split = urlsplit(address)
    params = {name: text for name, text in given(address).items() if name not in (*_FORM, "as_of")}
    if "cursor" in params:
        raise BadQuery(
            "cursor", "a citation is of a whole answer, not of a page of it: leave cursor out"
        )
    if found := _ITEMS.fullmatch(split.path):
        name, feature = found.groups()
        return _rows(_layer(name, layers), params, feature)
    if found := _STATISTICS.fullmatch(split.path):
        groups = {one: tuple(filter(None, params.pop(one, "").split(","))) for one in _GROUPS}
        query = Query.from_params(params, whole=True)
        return Numbers(_layer(found[1], layers), query, groups["by"], groups["values"])
    return _near(params, layers) if split.path == _NEAR else None


def given(address: str) -> dict[str, str]:
    """The parameters of an address. Raises BadQuery for one that is given twice."""
    pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    for name, _ in pairs:
        if sum(name == other for other, _ in pairs) > 1:
            raise BadQuery(name, f"{name} is given twice; give it once")
    return dict(pairs)


def _rows(layer: Layer, params: dict[str, str], feature: str | None) -> Rows:
    if feature is None:
        return Rows(layer, Query.from_params(params, whole=True))
    one = unquote(feature)
    return Rows(layer, Query.from_params(params | {"id": one}, whole=True), one)


def _near(params: dict[str, str], layers: Mapping[str, Layer]) -> NearPlace:
    for name in params:
        if name not in _NEAR_NAMES:
            raise BadQuery(name, f"no parameter {name!r}; there are: {', '.join(_NEAR_NAMES)}")
    named = (
        params.get("layers", "").split(",")
        if "layers" in params
        else [
            one.name
            for one in layers.values()
            if not one.raster and one.near and one.geometry == "point"
        ]
    )
    params["layers"] = ",".join(named)
    return NearPlace(params, [_layer(name, layers) for name in named], layers)


def _layer(name: str, layers: Mapping[str, Layer]) -> Layer:
    layer = layers.get(unquote(name))
    if layer is None or layer.raster:
        there_are = ", ".join(one.name for one in layers.values() if not one.raster)
        raise LayerNotFound(f"no collection {unquote(name)!r}; there are: {there_are}")
    return layer


def _checksum(reads: Reads, lines: Composable) -> tuple[int, str]:
    [(count, digest)] = reads.fetch(sql.checksum(lines))
    return int(count), str(digest)


def _items(layer: Layer, query: Query) -> str:
    return _written(f"/ogc/collections/{quote(layer.name)}/items", query.to_params())


def _written(path: str, params: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(params, safe=',:/')}" if params else path
