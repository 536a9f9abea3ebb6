"""The one table of column types: how each type of PostgreSQL that a published view may have is
described, compared and carried. Queryables, filters, formats and documents all read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from layers.model import Layer


class ValueKind(StrEnum):
    """Of what kind a value is, whether a column or a filter gives it; a period (CQL2's interval)
    has a start and an end, and no column holds one."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    PERIOD = "interval"
    DURATION = "duration"
    JSON = "json"
    GEOMETRY = "geometry"
    ARRAY = "array"


# What the comparisons of CQL2 take, and so what may be asked for by its name alone: `?level=3`.
COMPARABLE = frozenset(
    {
        *(ValueKind.TEXT, ValueKind.INTEGER, ValueKind.NUMBER, ValueKind.BOOLEAN),
        *(ValueKind.DATE, ValueKind.TIMESTAMP),
    }
)
# What features can be sorted by: a cursor must be able to say where it ended.
SORTABLE = COMPARABLE | {ValueKind.DURATION}
# What functions take and give, by the words of CQL2's own example where they are others (21-065r2).
FUNCTION_TYPES: Mapping[ValueKind, str] = {
    ValueKind.TEXT: "string",
    ValueKind.INTEGER: "number",
    ValueKind.DATE: "datetime",
    ValueKind.TIMESTAMP: "datetime",
    ValueKind.PERIOD: "datetime",
}


@dataclass(frozen=True)
class ColumnType:
    """A type by the name of pg_type.typname, or `enum` for all that are enumerated.

    `json_schema` describes its values in JSON, and `arrow` names their type in Arrow, `json` being
    text that holds JSON. `cast` says that it is compared as text: its own comparisons would refuse
    a text that is none of its values.
    """

    name: str
    kind: ValueKind
    arrow: str
    json_schema: Mapping[str, object] = field(hash=False)
    cast: bool = False


_STRING = {"type": "string"}
_INTEGER = {"type": "integer"}
_NUMBER = {"type": "number"}
_ANY_JSON = {"type": ["array", "boolean", "number", "object", "string"]}

COLUMN_TYPES: Mapping[str, ColumnType] = {
    type.name: type
    for type in (
        ColumnType("text", ValueKind.TEXT, "string", _STRING),
        ColumnType("varchar", ValueKind.TEXT, "string", _STRING),
        # Padded with blanks to its length, as PostgreSQL gives it, in every format.
        ColumnType("bpchar", ValueKind.TEXT, "string", _STRING),
        ColumnType("name", ValueKind.TEXT, "string", _STRING),
        ColumnType("enum", ValueKind.TEXT, "string", _STRING, cast=True),
        ColumnType("uuid", ValueKind.TEXT, "string", _STRING | {"format": "uuid"}, cast=True),
        # JSON Schema's format `time` wants an offset from UTC, which this has not.
        ColumnType("time", ValueKind.TEXT, "string", _STRING, cast=True),
        ColumnType("int2", ValueKind.INTEGER, "int16", _INTEGER),
        ColumnType("int4", ValueKind.INTEGER, "int32", _INTEGER),
        ColumnType("int8", ValueKind.INTEGER, "int64", _INTEGER),
        ColumnType("float4", ValueKind.NUMBER, "float32", _NUMBER),
        ColumnType("float8", ValueKind.NUMBER, "float64", _NUMBER),
        # Not decimal128: a numeric without a scale has none to declare, FlatGeobuf and GeoPackage
        # have no decimals, and pandas would make an object of each. Text formats have every digit.
        ColumnType("numeric", ValueKind.NUMBER, "float64", _NUMBER),
        ColumnType("bool", ValueKind.BOOLEAN, "bool", {"type": "boolean"}),
        ColumnType("date", ValueKind.DATE, "date32", _STRING | {"format": "date"}),
        ColumnType(
            "timestamptz", ValueKind.TIMESTAMP, "timestamp", _STRING | {"format": "date-time"}
        ),
        # ISO 8601, as PT2H30M: the sessions of readers have it so (connections.py).
        ColumnType("interval", ValueKind.DURATION, "string", _STRING | {"format": "duration"}),
        ColumnType("json", ValueKind.JSON, "json", _ANY_JSON),
        ColumnType("jsonb", ValueKind.JSON, "json", _ANY_JSON),
        ColumnType("geometry", ValueKind.GEOMETRY, "binary", {}),
    )
}
# What to do about a type that is none of these, and so is refused.
_REMEDIES = {
    # Read as UTC, a provider's local time would be seven hours off and nobody would notice.
    "timestamp": "times are in UTC: say which zone it is of, as in {0} AT TIME ZONE 'Asia/Bangkok'",
    "timetz": "write {0}::time, once it is clear of which zone",
    "bytea": "leave it out, or give the address of a file",
    "geography": "write {0}::geometry",
}
_ANY_REMEDY = "write {0}::text, or to_jsonb({0})"


class UnpublishableView(RuntimeError):
    """A layer's view does not give what can be published; the message names the layer, the column
    and the remedy."""


@dataclass(frozen=True)
class Column:
    """A column of a published view. `array` says that its values are lists of the `type`; `shape`
    is the type of a geometry, as in GeoJSON but in lower case: multipolygon, or geometry for any.
    """

    name: str
    type: ColumnType
    array: bool = False
    shape: str = ""

    @property
    def kind(self) -> ValueKind:
        """Of a value as a whole."""
        return ValueKind.ARRAY if self.array else self.type.kind

    @property
    def items(self) -> ValueKind | None:
        """Of the values of a list; None for what is no list."""
        return self.type.kind if self.array else None

    @property
    def json_schema(self) -> dict[str, object]:
        """Of its values in JSON. A geometry has a format and no type (19-079r2, requirement 4)."""
        if self.kind == ValueKind.GEOMETRY:
            return {"format": f"geometry-{'any' if self.shape == 'geometry' else self.shape}"}
        schema = dict(self.type.json_schema)
        return {"type": "array", "items": schema} if self.array else schema


def published_columns(
    layer: Layer, rows: Iterable[tuple[str, str, int, str | None]]
) -> dict[str, Column]:
    """The columns of a layer's view by name, from the rows of `sql.COLUMNS_OF`. Raises
    UnpublishableView for a type that cannot be published."""
    return {row[0]: _column(layer, *row) for row in rows}


def require_declared(layer: Layer, columns: Mapping[str, Column]) -> None:
    """Raises UnpublishableView unless the view gives what the layer declares, and nothing else."""
    timed = ["observed_at"] if layer.timed else []
    declared = {"id", "geom", *timed, *(field.name for field in layer.fields)}
    if missing := sorted(declared - columns.keys()):
        raise UnpublishableView(f"layer {layer.name}: its view does not give {', '.join(missing)}")
    if further := sorted(columns.keys() - declared):
        raise UnpublishableView(
            f"layer {layer.name}: its view gives {', '.join(further)}, which it does not declare"
        )


def _column(layer: Layer, name: str, type: str, dimensions: int, shape: str | None) -> Column:
    column_type = COLUMN_TYPES.get(type)
    if column_type is None or dimensions > 1:
        remedy = (_REMEDIES.get(type, _ANY_REMEDY) if dimensions < 2 else _ANY_REMEDY).format(name)
        raise _refused(layer, name, f"{type}{'[]' * dimensions} cannot be published; {remedy}")
    if (column_type.kind == ValueKind.GEOMETRY) != (name == "geom"):
        raise _refused(layer, name, "the one geometry of a layer is its column geom")
    column = Column(name, column_type, bool(dimensions), shape or "")
    expected = {"geom": ValueKind.GEOMETRY, "observed_at": ValueKind.TIMESTAMP}.get(name)
    if expected and column.kind != expected:
        raise _refused(layer, name, f"it must be a {expected}, not {type}{'[]' * dimensions}")
    return column


def _refused(layer: Layer, column: str, reason: str) -> UnpublishableView:
    return UnpublishableView(f"layer {layer.name}, column {column}: {reason}")
