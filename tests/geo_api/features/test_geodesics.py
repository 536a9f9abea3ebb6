"""Distances, bearings and areas of the database against GeographicLib's published lines."""

import pytest
from psycopg2.extensions import connection as Connection


@pytest.mark.parametrize(
    ("lat", "lon", "to_lat", "to_lon", "metres", "azimuth"),
    [
        (-41.32, 174.81, 40.96, -5.50, 19_959_679.267, 161.067670),
        (40.6, -73.8, 51.6, -0.5, 5_551_759.400, 51.198883),
        (13.7563, 100.5018, 18.7883, 98.9853, 579_946.320, -16.023051),
        (16.4419, 102.8360, 17.4138, 102.7870, 107_685.292, -2.771270),
        (15, 100, 15, 101, 107_550.397, 89.870587),
        (15, 100, 16, 100, 110_653.644, 0),
        (15, 100, 15.45, 100, 49_792.9, 0),
    ],
)
def test_a_line_is_as_long_and_leads_as_published(
    connection: Connection,
    lat: float,
    lon: float,
    to_lat: float,
    to_lon: float,
    metres: float,
    azimuth: float,
) -> None:
    ends = {"lon": lon, "lat": lat, "to_lon": to_lon, "to_lat": to_lat}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT ST_Distance(a.place, b.place), degrees(ST_Azimuth(a.place, b.place))
            FROM (SELECT ST_MakePoint(%(lon)s, %(lat)s)::geography AS place) AS a,
                (SELECT ST_MakePoint(%(to_lon)s, %(to_lat)s)::geography AS place) AS b
            """,
            ends,
        )
        (found_m, found_deg) = cursor.fetchone() or (0, 0)

    # A sphere would be off by up to half a percent: 50,037.8 m for the last one.
    assert found_m == pytest.approx(metres, abs=0.06)
    assert (found_deg - azimuth + 180) % 360 - 180 == pytest.approx(0, abs=1e-5)


def test_an_area_is_as_large_as_published(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ST_Area(ST_MakeEnvelope(101, 15, 102, 16, 4326)::geography)")
        (found,) = cursor.fetchone() or (0,)

    assert found == pytest.approx(11_872_837_185.5, abs=1)
