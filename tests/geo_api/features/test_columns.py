"""The columns of layers and their types, as the database tells them."""

from datetime import timedelta

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.column_types import (
    COLUMN_TYPES,
    Column,
    UnpublishableView,
    ValueKind,
    published_columns,
    require_declared,
)
from geo_api.database.connections import Reads
from geo_api.database.sql import COLUMNS_OF
from geo_api.features.columns import columns
from geo_api.features.items import require_known_names
from layers.catalog import catalog
from layers.model import Field, Layer, Style, Text
from layers.query import BadQuery, Query, Sort

PLACES = Layer(
    name="places",
    title=Text("สถานที่", "Places"),
    description=Text("สถานที่", "Places"),
    licence="CC-BY-4.0",
    attribution="nobody",
    style=Style("#000000"),
    sources=(),
    stale_after=timedelta(days=1),
    fields=(Field("c", Text("ค", "C")),),
)


def found(connection: Connection, type: str, name: str = "c") -> Column:
    """The column of a view that gives it with that type."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE DOMAIN code AS varchar(4)")
        cursor.execute("CREATE DOMAIN codes AS code[]")
        cursor.execute("CREATE TYPE level AS ENUM ('low', 'high')")
        cursor.execute("CREATE TYPE pair AS (a integer, b integer)")
        cursor.execute(f"CREATE VIEW published.places AS SELECT NULL::{type} AS {name}")
        cursor.execute(COLUMNS_OF, {"view": 'published."places"'})
        return published_columns(PLACES, cursor.fetchall())[name]


@pytest.mark.parametrize(
    ("type", "name", "array"),
    [
        ("text", "text", False),
        ("varchar(20)", "varchar", False),
        ("char(3)", "bpchar", False),
        ("smallint", "int2", False),
        ("numeric(5,2)", "numeric", False),
        ("timestamp(3) with time zone", "timestamptz", False),
        ("interval", "interval", False),
        ("text[]", "text", True),
        ("varchar(3)[]", "varchar", True),
        ("jsonb", "jsonb", False),
        ("code", "varchar", False),
        ("code[]", "varchar", True),
        ("codes", "varchar", True),
        ("level", "enum", False),
        ("level[]", "enum", True),
    ],
)
def test_a_column_has_the_type_that_is_under_its_domains_and_lists(
    connection: Connection, type: str, name: str, array: bool
) -> None:
    assert found(connection, type) == Column("c", COLUMN_TYPES[name], array)


@pytest.mark.parametrize(
    ("type", "shape"),
    [("geometry(MultiPolygon,4326)", "multipolygon"), ("geometry", "geometry")],
)
def test_a_geometry_has_its_shape(connection: Connection, type: str, shape: str) -> None:
    assert found(connection, type, "geom").shape == shape


@pytest.mark.parametrize(
    ("type", "said"),
    [
        (
            "timestamp",
            "c: timestamp cannot be published; times are in UTC: say which zone it is of",
        ),
        ("timetz", "c: timetz cannot be published; write c::time"),
        ("bytea", "c: bytea cannot be published; leave it out, or give the address of a file"),
        ("bytea[]", r"c: bytea\[\] cannot be published; leave it out"),
        ("inet", r"c: inet cannot be published; write c::text, or to_jsonb\(c\)"),
        ("pair", r"c: pair cannot be published; write c::text, or to_jsonb\(c\)"),
        ("codes[]", r"c: varchar\[\]\[\] cannot be published; write c::text"),
        ("geography(Point)", "c: geography cannot be published; write c::geometry"),
        ("geometry(Point,4326)", "c: the one geometry of a layer is its column geom"),
    ],
)
def test_what_no_format_can_hold_is_refused_with_the_remedy(
    connection: Connection, type: str, said: str
) -> None:
    with pytest.raises(UnpublishableView, match=f"^layer places, column {said}"):
        found(connection, type)


@pytest.mark.parametrize(
    ("name", "type", "said"),
    [
        ("observed_at", "date", "observed_at: it must be a timestamp, not date"),
        ("geom", "text", "geom: the one geometry of a layer is its column geom"),
        ("geom", "geometry[]", r"geom: it must be a geometry, not geometry\[\]"),
    ],
)
def test_a_time_and_a_place_must_be_of_their_types(
    connection: Connection, name: str, type: str, said: str
) -> None:
    with pytest.raises(UnpublishableView, match=said):
        found(connection, type, name)


def test_a_view_must_give_what_its_layer_declares_and_no_more() -> None:
    given = {name: Column(name, COLUMN_TYPES["text"]) for name in ("id", "geom", "c")}

    require_declared(PLACES, given)

    with pytest.raises(UnpublishableView, match=r"its view does not give c$"):
        require_declared(PLACES, {name: given[name] for name in ("id", "geom")})
    with pytest.raises(UnpublishableView, match="gives phone, which it does not declare"):
        require_declared(PLACES, given | {"phone": given["c"]})


def test_every_property_of_every_layer_can_be_asked_for(reads: Reads) -> None:
    for layer in catalog().values():
        if layer.raster:
            continue
        known = columns(reads, layer)
        require_declared(layer, known)
        assert known["geom"].kind == ValueKind.GEOMETRY
        assert not layer.timed or known["observed_at"].kind == ValueKind.TIMESTAMP


def test_lists_documents_and_shapes_are_not_what_features_are_sorted_by() -> None:
    known = {
        "id": Column("id", COLUMN_TYPES["text"]),
        "geom": Column("geom", COLUMN_TYPES["geometry"], shape="point"),
        "sources": Column("sources", COLUMN_TYPES["text"], array=True),
        "details": Column("details", COLUMN_TYPES["jsonb"]),
    }

    for name in ("geom", "sources", "details"):
        with pytest.raises(BadQuery, match=f"no property '{name}' to sort by; there are: id$"):
            require_known_names(catalog()["hotspots"], Query(sortby=(Sort(name),)), known)
