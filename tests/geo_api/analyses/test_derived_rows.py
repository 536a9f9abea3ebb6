"""Every row that was computed says how: by which method, when, from which Runs, how sure it is, and
where it abstained, why. A new layer of an analysis is asked too, without anybody naming it here."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from psycopg2.extras import RealDictCursor

from layers.analyses import analyses
from layers.catalog import catalog
from layers.model import MADE_FIELDS, Layer
from tests.geo_api.analyses.derived_world import DerivedWorld

DERIVED = {name: layer for name, layer in catalog().items() if set(layer.sources) & set(analyses())}
ROWS_OF = {name: layer for name, layer in DERIVED.items() if not layer.raster}
# "… version 1", or the name of a method with its version and a colon.
VERSIONED = re.compile(r"version \d+|^[\w ]+ \d+: ")

Row = Mapping[str, Any]


def rows(world: DerivedWorld, statement: str) -> list[Row]:
    with world.connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def of_layer(world: DerivedWorld, layer: Layer) -> list[Row]:
    names = ", ".join(["id", *(one.name for one in layer.fields)])
    found = rows(world, f"SELECT {names} FROM published.{layer.name}")
    assert found, f"nothing was computed of {layer.name}: the world of these tests lacks its inputs"
    return found


def runs(world: DerivedWorld, analysis: str) -> dict[int, list[Any]]:
    """The inputs of each Run of an analysis."""
    found = rows(world, f"SELECT id, inputs FROM published.runs WHERE source = '{analysis}'")
    return {one["id"]: one["inputs"] for one in found}


@pytest.mark.parametrize("name", ROWS_OF)
def test_each_row_names_its_method_with_the_version_and_when_it_was_computed(
    name: str, computed: DerivedWorld
) -> None:
    layer = DERIVED[name]
    assert all(one in layer.fields for one in MADE_FIELDS)

    for row in of_layer(computed, layer):
        assert VERSIONED.search(row["method"]), row
        assert row["computed_at"].tzinfo, row


@pytest.mark.parametrize("name", ROWS_OF)
def test_each_row_names_its_run_which_names_what_it_read(name: str, computed: DerivedWorld) -> None:
    layer = DERIVED[name]
    [analysis] = set(layer.sources) & set(analyses())
    known = runs(computed, analysis)

    for row in of_layer(computed, layer):
        assert row["run_id"] in known, row
        # Of images that their owner supplies there is no Run: rows say whose they are, and of when.
        assert known[row["run_id"]] or not analyses()[analysis].sources, row


@pytest.mark.parametrize("name", ROWS_OF)
def test_each_row_says_how_sure_it_is_or_why_it_abstained(
    name: str, computed: DerivedWorld
) -> None:
    layer = DERIVED[name]
    assert layer.trust is not None and layer.trust.uncertainty
    trust, told = layer.trust, {one.name for one in layer.fields}
    assert {*trust.uncertainty, *trust.estimates, *trust.abstained} <= told

    for row in of_layer(computed, layer):
        abstained = any(row[one] for one in trust.abstained)
        assert abstained or all(row[one] is not None for one in trust.uncertainty), row
        assert abstained or all(row[one] is not None for one in trust.estimates), row


@pytest.mark.parametrize("name", sorted(set(DERIVED) - set(ROWS_OF)))
def test_each_surface_says_the_same_of_itself(name: str, computed: DerivedWorld) -> None:
    known = runs(computed, name)

    found = rows(computed, f"SELECT * FROM published.rasters WHERE layer = '{name}'")

    assert found
    for one in found:
        assert VERSIONED.search(one["method_en"]) and one["made_at"].tzinfo, one
        assert one["inputs"], one
        assert [read["run"] for read in one["inputs"]] == [
            read["run"] for read in known[one["run_id"]]
        ], one
        assert one["rmse"] > 0 and 0 <= one["within_error"] <= 1, one
