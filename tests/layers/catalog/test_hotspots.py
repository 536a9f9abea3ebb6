"""Hotspots as published: along which path their pixels lie, and what is hot."""

import numpy as np
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from layers.methods.footprints import ORBITS, path_deg
from tests.geo_api.reports.rows import hotspot

AT = "2026-02-03T06:00:00Z"


def test_the_path_is_that_of_the_method_in_whole_degrees(
    connection: Connection, reads: Reads
) -> None:
    passes = [(one, of_day, lat) for one in ORBITS for of_day in "DN" for lat in (5.7, 20.4)]
    for satellite, daynight, lat in passes:
        hotspot(connection, AT, lat=lat, satellite=satellite, daynight=daynight)
    for unknown in ({"satellite": None}, {"daynight": None}, {"satellite": "X"}):
        hotspot(connection, AT, lat=1.0, **unknown)

    found = reads.fetch(
        "SELECT satellite, daynight, ST_Y(geom), path_deg FROM published.hotspots"
        " WHERE path_deg IS NOT NULL"
    )

    asked, of_day, lats, told = zip(*found, strict=True)
    assert len(found) == len(passes) == 20
    assert list(told) == list(np.round(path_deg(asked, of_day, np.array(lats))) % 360)


def test_what_is_hot_is_the_land_use_or_industry(connection: Connection, reads: Reads) -> None:
    for source in (None, "uncertain", "industrial_static"):
        hotspot(connection, AT, land_use="paddy", heat_source=source)

    found = reads.fetch("SELECT land_use, heat_class FROM published.hotspots ORDER BY 2")

    assert found == [("paddy", "industrial_static"), ("paddy", "paddy"), ("paddy", "paddy")]
