"""What one report says of a province another does not contradict."""

from datetime import timedelta

from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.brief import brief
from geo_api.reports.lists import listing
from geo_api.reports.place import place_report
from layers.catalog import catalog
from tests.geo_api.reports.around import (
    DAY,
    HOUR,
    LAT,
    LON,
    MORNING,
    NOW,
    certificate,
    coverage,
    fire,
    months,
    reading,
    station,
    succeeded,
    towards,
    upwind,
)
from tests.makers import box, factory, province, released_complaints


def test_the_brief_the_page_of_a_province_and_the_list_agree(
    connection: Connection, reads: Reads
) -> None:
    months(connection)
    province(connection, wkt=box(LON - 0.5, LAT - 0.5, LON + 0.5, LAT + 0.5))
    fire(connection, 0, 900, at=MORNING - timedelta(days=500))
    for days in (0, 1, 6, 7, 9):
        fire(connection, 0, 1000, at=MORNING - timedelta(days=days) - HOUR)
    for n in range(16):
        factory(connection, f"f{n}", **towards(0, 100 + n))  # type: ignore[arg-type]
    certificate(connection, "f0", 3, "2026-01-01")
    certificate(connection, "f1", 3, "2024-01-01", expires="2025-01-01")
    upwind(connection, "f2")
    coverage(connection, factories=16, judged=15)
    station(connection)
    reading(connection, pm25_24h=41.0)
    released_complaints(connection, {"74": 30}, start="2026-02-01")
    for source in ("green_industry", "traffy", "firms", "air4thai", "diw"):
        succeeded(connection, source)

    [row] = brief(reads, catalog(), DAY, NOW).provinces
    page = place_report(reads, catalog(), "province", "74", DAY, NOW).measures
    [listed] = listing(reads, catalog(), "province", "", "", 1, NOW).rows

    assert (row.week, row.week_before) == (3, 2)
    assert page["hotspots"].value == row.week == listed.values["hotspots_week"]
    assert page["hotspots"].comparisons[0].base == row.week_before
    assert page["green"].value == row.certified == listed.values["certified"] == 1
    assert page["green"].of == row.factories == listed.values["factories"] == 16
    assert page["upwind"].value == row.upwind == listed.values["upwind"] == 1
    assert page["air"].value == row.pm25 == 41
    assert page["complaints"].value == row.complaints == 30
