"""What analysts ask beyond whole layers: selections, numbers by group, distances, rasters."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import geopandas
import numpy as np
import pandas as pd
import pytest
from psycopg2.extensions import connection as Connection
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon

from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from layers.client import Client, Refused
from layers.client.areas import nearest_m
from tests.geo_api.reports.rows import hotspot
from tests.makers import factory, province
from tests.rasters import raster_day
from tests.serving import service

# What belongs to the service alone.
SERVER_PACKAGES = {"fastapi", "uvicorn", "psycopg2", "sqlalchemy", "alembic", "rasterio"}


def factories(connection: Connection) -> None:
    """Three in a row from west to east, 0.1 degrees apart."""
    province(connection)
    factory(connection, "a", lon=100.1, lat=13.6, horsepower=10.0, kind="rice")
    factory(connection, "b", lon=100.2, lat=13.6, horsepower=20.0, kind="sugar")
    factory(connection, "c", lon=100.3, lat=13.6, horsepower=None, kind="rice")
    connection.commit()


@pytest.fixture(scope="module")
def client(module_url: str, settings: Settings) -> Iterator[Client]:
    """Of the three factories."""
    with closing(owner_connection(module_url)) as connection:
        factories(connection)
    with service(module_url, settings) as address:
        yield Client(f"{address}/ogc/", attempts=1)


@pytest.fixture
def own_client(fresh: Connection, server_url: str) -> Client:
    """Of the same in a database of one test's own, where it may commit."""
    factories(fresh)
    return Client(f"{server_url}/ogc/", attempts=1)


def test_a_property_a_filter_and_the_columns_wanted_go_to_the_service(client: Client) -> None:
    found = client.factories(filter="horsepower > 5", kind="rice", columns=["name"])

    assert list(found["id"]) == ["a"]
    assert list(found.columns) == ["id", "name", "geometry"]


def test_a_preview_shows_the_first_alone(client: Client) -> None:
    assert list(client.head("factories", 2)["id"]) == ["a", "b"]


def test_the_first_of_a_shape_are_in_the_shape(client: Client) -> None:
    right_half = Polygon([(100.05, 13.55), (100.35, 13.55), (100.35, 13.65), (100.15, 13.65)])

    assert list(client.factories(polygon=right_half, limit=2)["id"]) == ["b", "c"]
    assert list(client.head("factories", 1, polygon=right_half)["id"]) == ["b"]


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, ["rice", "sugar"], np.array([1])])
def test_a_property_with_no_value_or_several_is_refused_with_the_filter_to_use(
    client: Client, value: object
) -> None:
    with pytest.raises(ValueError, match=r"kind takes one value.*kind IN"):
        client.factories(kind=value)


def test_a_property_may_be_called_name(client: Client) -> None:
    first = client.head("factories", 1)["name"][0]

    assert client.count("factories", name=first) >= 1
    assert set(client.factories(name=first)["name"]) == {first}


def test_one_column_is_named_without_a_list(client: Client) -> None:
    assert list(client.factories(columns="kind", limit=1).columns) == ["id", "kind", "geometry"]


def test_a_time_that_is_missing_is_no_time(client: Client) -> None:
    with pytest.raises(ValueError, match="NaT is no time"):
        client.air_quality(start=pd.NaT)


@pytest.mark.parametrize("limit", [0, -1])
def test_fewer_than_one_are_not_asked_for(client: Client, limit: int) -> None:
    with pytest.raises(ValueError, match="limit is a whole number from 1"):
        client.factories(within_m=2000, of="factories", limit=limit)


def test_features_are_counted_and_averaged_in_the_database(client: Client) -> None:
    found = client.statistics("factories", by="kind", values=["sum:horsepower"])

    assert found.to_dict("list") == {
        "kind": ["rice", "sugar"],
        "count": [2, 1],
        "sum_horsepower": [10.0, 20.0],
    }
    assert found.attrs["units"] == {"sum_horsepower": "hp"}
    assert client.count("factories", kind="rice") == 2


def test_a_frame_in_another_crs_is_an_area_for_features_and_for_counts(client: Client) -> None:
    shape = Polygon([(100.15, 13.5), (100.35, 13.5), (100.35, 13.7), (100.15, 13.7)])
    area = geopandas.GeoDataFrame(geometry=[shape], crs=4326).to_crs(32647)

    assert list(client.factories(polygon=area)["id"]) == ["b", "c"]
    assert client.count("factories", polygon=area) == 2
    with pytest.raises(ValueError, match="no CRS"):
        client.factories(polygon=geopandas.GeoDataFrame(geometry=[shape]))


def test_a_box_of_other_than_four_numbers_is_refused_in_words(client: Client) -> None:
    with pytest.raises(ValueError, match=r"four numbers, west, south, east.*got \(100, 13, 101\)"):
        client.factories(bbox=(100, 13, 101))


def test_what_is_within_so_many_metres_of_a_frame_comes_with_its_distance(client: Client) -> None:
    well = geopandas.GeoDataFrame(geometry=[Point(100.2, 13.61)], crs=4326)

    found = client.factories(within_m=12_000, of=well)

    *_, metres = Geod(ellps="WGS84").inv(
        *np.array([[100.1, 13.6, 100.2, 13.61], [100.2, 13.6, 100.2, 13.61]]).T
    )
    assert list(found["id"]) == ["a", "b", "c"]
    assert list(found["distance_m"])[:2] == pytest.approx(list(metres), abs=0.01)
    assert list(client.factories(within_m=2_000, of=well)["id"]) == ["b"]
    assert list(client.factories(within_m=1, of="factories")["id"]) == ["a", "b", "c"]
    assert len(client.factories(within_m=2_000, of="hotspots")) == 0
    with pytest.raises(ValueError, match="go together"):
        client.factories(within_m=5)


def test_the_nearest_point_of_a_line_is_found_all_over_thailand() -> None:
    geod = Geod(ellps="WGS84")
    for lat in (6.0, 13.5, 20.4):
        line = LineString([(100.0, lat), (100.3, lat + 0.2)])
        along = [line.interpolate(share, normalized=True) for share in np.linspace(0, 1, 20_001)]
        place = Point(100.2, lat)
        *_, metres = geod.inv(
            [place.x] * len(along),
            [place.y] * len(along),
            [p.x for p in along],
            [p.y for p in along],
        )

        [found] = nearest_m(np.array([place]), np.array([line]), 50_000)

        assert found == pytest.approx(min(metres), rel=1e-5)


def test_days_of_pandas_and_numpy_are_days_and_buddhist_years_are_refused(client: Client) -> None:
    days = {"start": pd.Timestamp("2026-01-01"), "end": np.datetime64("2026-01-02")}
    with pytest.warns(UserWarning, match="nothing was loaded of hotspots"):
        assert client.count("hotspots", **days) == 0
    with pytest.raises(ValueError, match="write 2026 for 2569"):
        client.hotspots(start="2569-01-01")
    with pytest.raises(ValueError, match="no zone"):
        client.hotspots(start=pd.Timestamp("2026-01-01 07:00"))


def test_a_count_outside_of_the_data_warns_that_it_is_not_known(
    own_client: Client, fresh: Connection
) -> None:
    for at in ("2026-01-01T06:00:00Z", "2026-01-10T06:00:00Z"):
        hotspot(fresh, at)
    fresh.commit()

    assert own_client.count("hotspots", start="2026-01-03", end="2026-01-04") == 0
    assert own_client.count("hotspots", start="2026-01-01", end="2026-01-10") == 2
    assert own_client.count("factories", start="2019-01-01") == 3  # has no times
    for start, end in (("2019-01-01", "2019-12-31"), ("2026-01-09", "2026-01-12")):
        with pytest.warns(UserWarning, match="known from 2026-01-01T06:00:00Z to 2026-01-10T06"):
            own_client.count("hotspots", start=start, end=end)


def test_titles_are_in_the_language_asked_for(empty_address: str) -> None:
    assert Client(empty_address, lang="th").layers()["factories"] == "โรงงาน"
    with pytest.raises(ValueError, match="th or en"):
        Client(empty_address, lang="de")


def test_a_layer_that_is_no_raster_has_no_values_at_a_place(client: Client) -> None:
    with pytest.raises(Refused):
        client.raster_at("factories", [(100.5, 13.7)])


def test_the_client_needs_nothing_that_belongs_to_the_server() -> None:
    code = f"import layers.client, layers.draw, sys; print({SERVER_PACKAGES} & sys.modules.keys())"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "set()"


def test_a_raster_is_read_at_points_over_its_days(
    own_client: Client, fresh: Connection, settings: Settings
) -> None:
    for day, value in ((date(2026, 2, 1), 20.0), (date(2026, 2, 2), 40.0)):
        raster_day(fresh, settings.home, day, np.full((4, 4), value))
    fresh.commit()
    places = geopandas.GeoSeries(
        [Point(100.2, 14.2), Point(90.0, 14.2)], index=["in", "out"], crs=4326
    )

    newest = own_client.raster_at("pm25_surface", places)
    series = own_client.raster_at(
        "pm25_surface", [(100.2, 14.2)], start="2026-02-01", end="2026-02-01"
    )

    assert list(newest["place"]) == ["in", "out"]
    assert newest["value"][0] == 40 and np.isnan(newest["value"][1])
    assert newest.attrs["unit"] == "µg/m³"
    assert list(series["value"]) == [20.0] and list(series["day"]) == [pd.Timestamp("2026-02-01")]
    assert list(own_client.raster_days("pm25_surface")["geotiff"].str.startswith("http")) == [
        True,
        True,
    ]


def test_the_rasters_of_a_layer_are_told_with_their_hours_and_how_many_stations_lay_within(
    own_client: Client, fresh: Connection, settings: Settings
) -> None:
    for hour in (1, 24):
        raster_day(
            fresh,
            settings.home,
            date(2026, 2, 1),
            layer="pm25_surface_hourly",
            hour=hour,
            within_error=0.7,
        )
    fresh.commit()

    told = own_client.raster_days("pm25_surface_hourly")

    assert list(told["hour"]) == [24, 1] and list(told["within_error"]) == [0.7, 0.7]
    assert list(told["ends_at"]) == [
        pd.Timestamp("2026-02-01T17:00Z"),
        pd.Timestamp("2026-01-31T18:00Z"),
    ]


def test_a_raster_is_averaged_over_areas_and_compared_with_another_day(
    own_client: Client, fresh: Connection, settings: Settings
) -> None:
    for day, value in ((date(2026, 2, 1), 20.0), (date(2026, 2, 2), 45.0)):
        errors = np.full((4, 4), 3.0)
        raster_day(
            fresh,
            settings.home,
            day,
            np.full((4, 4), value),
            nearest_m=np.full((4, 4), 1000.0),
            standard_error=errors,
        )
    fresh.commit()
    half = Polygon([(101.5, 13), (102.5, 13), (102.5, 15), (101.5, 15)])
    areas = geopandas.GeoSeries([half], index=["east"], crs=4326)

    means = own_client.raster_of("pm25_surface", areas)
    province = own_client.raster_of(
        "pm25_surface", "74", collection="provinces", minus="2026-02-01"
    )
    changed = own_client.raster_at("pm25_surface", [(100.2, 14.2)], minus="2026-02-01")

    assert list(means["area"]) == ["east"] and list(means["value"]) == [45.0]
    assert means["coverage"][0] == pytest.approx(0.5, abs=1e-3)
    assert province["value"][0] == 25.0
    assert changed["standard_error"][0] == pytest.approx(np.hypot(3, 3))
    assert means.attrs["unit"] == "µg/m³"
