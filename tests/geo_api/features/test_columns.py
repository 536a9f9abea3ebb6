"""The columns of layers and their kinds, as the database tells them."""

import pytest

from geo_api.database.connections import Reads
from geo_api.features.columns import Column, Kind, column_of, columns
from geo_api.features.items import require_known_names
from layers.catalog import catalog
from layers.query import BadQuery, Query, Sort


@pytest.mark.parametrize(
    ("type", "column"),
    [
        ("text", Column("c", Kind.TEXT)),
        ("character varying(20)", Column("c", Kind.TEXT)),
        ("smallint", Column("c", Kind.INTEGER)),
        ("numeric(5,2)", Column("c", Kind.NUMBER)),
        ("timestamp with time zone", Column("c", Kind.TIMESTAMP)),
        ("timestamp(3) with time zone", None),
        ("geometry(MultiPolygon,4326)", Column("c", Kind.GEOMETRY, shape="multipolygon")),
        ("geometry", Column("c", Kind.GEOMETRY, shape="geometry")),
        ("text[]", Column("c", Kind.ARRAY, items=Kind.TEXT)),
        ("jsonb", None),
    ],
)
def test_a_column_is_of_the_kind_of_its_type(type: str, column: Column | None) -> None:
    assert column_of("c", type) == column


def test_every_property_of_every_layer_can_be_asked_for(reads: Reads) -> None:
    for layer in catalog().values():
        if layer.raster:
            continue
        known = columns(reads, layer)
        timed = {"observed_at"} if layer.timed else set()
        assert set(known) == {"id", "geom", *timed, *(field.name for field in layer.fields)}
        assert known["geom"].kind == Kind.GEOMETRY
        assert not layer.timed or known["observed_at"].kind == Kind.TIMESTAMP


def test_lists_and_shapes_are_not_what_features_are_sorted_by() -> None:
    known = {
        name: Column(name, kind)
        for name, kind in (("id", Kind.TEXT), ("geom", Kind.GEOMETRY), ("sources", Kind.ARRAY))
    }

    for name in ("geom", "sources"):
        with pytest.raises(BadQuery, match=f"no property '{name}' to sort by; there are: id$"):
            require_known_names(catalog()["hotspots"], Query(sortby=(Sort(name),)), known)
