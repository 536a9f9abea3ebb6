"""What a layer can be asked for by: the columns of its view and the kind of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from weakref import WeakKeyDictionary

from geo_api.database.connections import Reads
from geo_api.features.columns_sql import COLUMNS_OF
from layers.model import Layer


class Kind(StrEnum):
    """Of what kind a value is; a period has a start and an end."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    PERIOD = "interval"
    GEOMETRY = "geometry"
    ARRAY = "array"


@dataclass(frozen=True)
class Column:
    """A column of the name `name`; `items` is the kind of an array's values, `shape` the type of a
    geometry, as in GeoJSON but in lower case: multipolygon, or geometry for any."""

    name: str
    kind: Kind
    items: Kind | None = None
    shape: str = ""


# How values of a kind are written in JSON, as JSON Schema says it.
JSON_SCHEMA: Mapping[Kind, Mapping[str, str]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TIMESTAMP: {"type": "string", "format": "date-time"},
}

# By the names that PostgreSQL gives its types.
_KINDS = {
    **dict.fromkeys(("text", "character varying", "character", "name"), Kind.TEXT),
    **dict.fromkeys(("smallint", "integer", "bigint"), Kind.INTEGER),
    **dict.fromkeys(("double precision", "real", "numeric"), Kind.NUMBER),
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
    "timestamp with time zone": Kind.TIMESTAMP,
    "geometry": Kind.GEOMETRY,
}
_TYPE = re.compile(r"(?P<name>[a-z][a-z ]*?)(\((?P<detail>\w+)[^)]*\))?(?P<array>\[\])?")


# Views are made anew by `migrate` alone, after which the service starts again.
_known: WeakKeyDictionary[Reads, dict[str, Mapping[str, Column]]] = WeakKeyDictionary()


def columns(reads: Reads, layer: Layer) -> Mapping[str, Column]:
    """By name, in the order of the view; the database is asked once for each layer. What is of none
    of the kinds is left out."""
    known = _known.setdefault(reads, {})
    if layer.name not in known:
        told = reads.fetch(COLUMNS_OF, {"view": f'published."{layer.name}"'})
        found = (column_of(name, type) for name, type in told)
        known[layer.name] = {column.name: column for column in found if column}
    return known[layer.name]


def sortable(known: Mapping[str, Column]) -> dict[str, Column]:
    """The columns whose values have an order that a cursor can tell."""
    return {name: column for name, column in known.items() if column.kind in JSON_SCHEMA}


def column_of(name: str, type: str) -> Column | None:
    """The column whose type PostgreSQL's format_type writes so; None where it is of no kind."""
    written = _TYPE.fullmatch(type)
    kind = _KINDS.get(written["name"]) if written else None
    if not written or not kind:
        return None
    if written["array"]:
        return Column(name, Kind.ARRAY, items=kind)
    if kind == Kind.GEOMETRY:
        return Column(name, kind, shape=(written["detail"] or "geometry").lower())
    return Column(name, kind)
