"""What is stored and shown nowhere is named, with what would put it on the map."""

from datetime import UTC, datetime
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.features.freshness import as_text, status
from geo_api.features.unshown import lines
from tests.makers import factory, insert, province

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def told(reads: Reads) -> dict[str, Any]:
    return {one["what"]["en"]: one for one in status(reads, NOW)["unshown"]}


def succeeded(connection: Connection, source: str) -> None:
    insert(connection, "run", source=source, input="x", status="succeeded", finished_at=NOW)


def test_nothing_is_said_of_an_empty_database(reads: Reads) -> None:
    assert told(reads) == {}


def test_rows_without_a_place_or_a_factory_are_counted_with_the_remedy(
    connection: Connection, reads: Reads
) -> None:
    province(connection)
    insert(connection, "factory", id="lost", name="ก", source="diw", province_code="74")
    factory(connection, "found")
    insert(connection, "air_station", id="33t", source="air4thai")
    for reference, year in (("lost", 2023), ("unknown", 2024)):
        insert(
            connection,
            "factory_return",
            factory_ref=reference,
            year=year,
            energy="diesel",
            unit="litre",
            quantity=1,
            source="factory_returns",
        )

    found = told(reads)

    assert {what: one["rows"] for what, one in found.items()} == {
        "Factories whose place is not known": 1,
        "Air stations whose place is not known": 1,
        "Returns of factories not in the register": 1,
        "Returns of which no vintage is published": 1,
    }
    stations = found["Air stations whose place is not known"]
    assert "fahsai ingest air4thai stations.csv" in stations["remedy"]["en"]
    assert "fahsai ingest air4thai stations.csv" in stations["remedy"]["th"]
    assert lines(status(reads, NOW)["unshown"], "diw") == [
        one for one in lines(status(reads, NOW)["unshown"]) if "ingest diw" in one
    ]


def test_a_layer_that_was_loaded_and_is_empty_is_named(
    connection: Connection, reads: Reads
) -> None:
    succeeded(connection, "industrial_estates")

    (empty,) = told(reads).values()

    assert empty["what"]["en"] == "Layer “Industrial estates” has no row"
    assert "fahsai ingest industrial_estates" in empty["remedy"]["en"]
    assert "Stored but not shown" in as_text(status(reads, NOW))


def test_a_raster_layer_that_was_computed_and_has_no_raster_is_named(
    connection: Connection, reads: Reads
) -> None:
    succeeded(connection, "pm25_surface")

    (empty,) = told(reads).values()

    assert empty["what"]["en"].endswith("has no raster")
    assert "fahsai analyse pm25_surface" in empty["remedy"]["en"]
