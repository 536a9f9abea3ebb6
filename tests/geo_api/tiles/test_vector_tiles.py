"""Vector tiles: each feature once at every zoom, or counted, and never more than fits."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection
from shapely import Point, get_coordinates, get_num_coordinates

from geo_api.database.connections import Reads
from geo_api.tiles.sql import MOST_BYTES, MOST_FEATURES
from geo_api.tiles.tile_matrix_set import Tile, TileNotFound, tile_at
from geo_api.tiles.vector_tiles import vector_tile
from layers.catalog import catalog
from layers.query import Query
from tests.makers import box, factory, province
from tests.vector_tiles import TileFeature, decoded

WORLD = Tile(0, 0, 0)

Tiled = Callable[..., list[TileFeature]]


@pytest.fixture
def tiled(reads: Reads) -> Tiled:
    """The features in one layer of a tile: that of the name of the layer unless told."""

    def tiled(layer: str, place: Tile, within: str | None = None, **asked: str) -> Any:
        query, further = Query.from_params(asked), within is not None
        tile = vector_tile(reads, catalog()[layer], place, query, with_summary=further)
        assert len(tile) < MOST_BYTES
        return decoded(tile).get(within or layer, [])

    return tiled


def ids(features: list[TileFeature]) -> set[str]:
    return {feature.properties["id"] for feature in features}


def count(features: list[TileFeature]) -> int:
    """How many features a tile stands for."""
    return sum(feature.properties.get("count", 1) for feature in features)


def factories(
    connection: Connection,
    number: int,
    place: str = "100 + random(), 13 + random()",
    name: str = "",
) -> None:
    """So many factories, each at the `place` (SQL) and of the `name` and its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT setseed(0.5);
            INSERT INTO factory (id, source, name, status, location_precision, geom)
            SELECT 'f' || n, 'diw', %(name)s || n,
                CASE WHEN n %% 3 = 0 THEN 'operating' ELSE 'unknown' END, 'government',
                ST_SetSRID(ST_MakePoint({place}), 4326)
            FROM generate_series(1, %(number)s) AS n
            """,
            {"number": number, "name": name},
        )


def test_a_tile_is_where_the_standard_has_it() -> None:
    assert tile_at(1, 1, 0).box == pytest.approx((0, 0, 180, 85.0511287798066))
    assert tile_at(2, 0, 3).box == pytest.approx((-180, -85.0511287798066, -90, -66.5132604431118))


@pytest.mark.parametrize("place", [(0, 1, 0), (3, 0, 8), (3, -1, 0), (-1, 0, 0), (25, 0, 0)])
def test_a_tile_beyond_the_world_is_not_found(place: tuple[int, int, int]) -> None:
    with pytest.raises(TileNotFound):
        tile_at(*place)


def test_a_feature_carries_what_its_layer_declares(connection: Connection, tiled: Tiled) -> None:
    factory(connection, name="โรงงานน้ำตาล", lon=0, lat=0, factory_class="01100", workers=7)

    [found] = tiled("factories", WORLD)

    assert found.geometry == Point(2048, 2048)
    assert found.properties == {
        "id": "factory-1",
        "name": "โรงงานน้ำตาล",
        "factory_class": "01100",
        "status": "operating",
    }


def test_a_point_on_an_edge_is_in_one_tile_of_each_zoom(
    connection: Connection, tiled: Tiled
) -> None:
    factory(connection, "edge", lon=90, lat=0)  # between columns from zoom 2, rows from zoom 1
    factory(connection, "east", lon=180, lat=0)
    factory(connection, "pole", lon=0, lat=90)

    for zoom in range(4):
        tiles = [Tile(zoom, x, y) for x in range(2**zoom) for y in range(2**zoom)]
        found = [place for place in tiles for _ in tiled("factories", place)]
        assert len(found) == 3
    assert ids(tiled("factories", Tile(2, 3, 2))) == {"edge", "east"}


def test_points_too_many_for_a_tile_are_counted_in_cells_and_add_up_at_every_zoom(
    connection: Connection, tiled: Tiled
) -> None:
    factories(connection, MOST_FEATURES + 1)

    for zoom in (0, 5, 7, 8, 9):
        west, north = 100 + 180, 0.5
        places = {
            (int((west + lon) / 360 * 2**zoom), row)
            for lon in (0, 0.999)
            for row in range(int(0.45 * 2**zoom), int(north * 2**zoom) + 1)
        }
        assert sum(count(tiled("factories", Tile(zoom, *place))) for place in places) == 2001
    assert 1 < len(tiled("factories", Tile(5, 24, 14))) < 50


def test_cells_count_each_class_and_have_the_commonest(
    connection: Connection, tiled: Tiled
) -> None:
    hotspots(connection, {"sugarcane": 1500, "paddy": 500, "forest": 1})

    [cell] = tiled("hotspots", WORLD)

    assert cell.properties == {
        "count": 2001,
        "count_sugarcane": 1500,
        "count_paddy": 500,
        "count_forest": 1,
        "heat_class": "sugarcane",
    }


def hotspots(connection: Connection, numbers: dict[str, int]) -> None:
    """So many of each land use, all of one minute at one place."""
    at = "2026-01-04T17:00:00Z"
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
        for land_use, number in numbers.items():
            cursor.execute(
                """
                INSERT INTO hotspot (id, acquired_at, time_precision, geom, land_use, sources)
                SELECT %(land_use)s || n, %(at)s, 'minute',
                    ST_SetSRID(ST_MakePoint(100.5, 13.7), 4326), %(land_use)s, '{firms}'
                FROM generate_series(1, %(number)s) AS n
                """,
                {"land_use": land_use, "number": number, "at": at},
            )


def test_many_points_with_long_texts_at_one_place_fit_a_tile_as_a_count(
    connection: Connection, tiled: Tiled
) -> None:
    factories(connection, MOST_FEATURES, "100.5, 13.7", name="ยาว" * 500)

    found = tiled("factories", tile_at(10, 797, 472))

    assert [feature.properties["count"] for feature in found] == [MOST_FEATURES]


def test_a_tile_holds_what_the_time_asked_for_selects(connection: Connection, tiled: Tiled) -> None:
    hotspots(connection, {"forest": 1})

    at_noon = tiled("hotspots", WORLD, datetime="2026-01-04T17:00:00Z/2026-01-05T17:00:00Z")
    before = tiled("hotspots", WORLD, datetime="../2026-01-04T16:59:59Z")

    assert [f.properties["observed_at"] for f in at_noon] == ["2026-01-04T17:00:00Z"]
    assert before == []


def test_areas_are_clipped_to_the_tile_and_a_strip_around_it(
    connection: Connection, tiled: Tiled
) -> None:
    province(connection, wkt=box(99, 12, 102, 15))

    [found] = tiled("provinces", tile_at(8, 199, 118))

    assert found.geometry.geom_type == "Polygon"
    assert set(get_coordinates(found.geometry).flat) == {-64, 4096 + 64}
    assert found.properties["name_th"] == "สมุทรสาคร"


def test_outlines_are_simplified_to_what_the_tile_can_show(
    connection: Connection, tiled: Tiled
) -> None:
    wobbly = ", ".join(f"{100 + n / 1000} {13 + n % 2 / 1e3}" for n in range(1000))
    province(connection, wkt=f"POLYGON(({wobbly}, 101 14, 100 14, 100 13))")

    [coarse] = tiled("provinces", WORLD)
    fine = tiled("provinces", tile_at(10, 797, 474))

    assert get_num_coordinates(coarse.geometry) < 10
    assert get_num_coordinates(fine[0].geometry) > 10


def test_what_is_too_small_to_see_is_told_by_the_summary(
    connection: Connection, tiled: Tiled
) -> None:
    province(connection, "74", wkt=box(100, 13, 103, 16))
    province(connection, "75", wkt=box(104, 13, 104.001, 13.001))

    [summary] = tiled("provinces", WORLD, "provinces_summary")

    assert ids(tiled("provinces", WORLD)) == {"74"}
    assert summary.properties == {"total": 2, "shown": 1}


def test_a_tile_has_no_point_that_is_no_feature_unless_it_is_asked_for(
    client: TestClient, connection: Connection
) -> None:
    province(connection)
    tile, tilejson = "/tiles/provinces/5/24/14.mvt", "/tiles/provinces/tilejson.json"

    told = client.get(f"{tilejson}?summary=true").json()

    assert {*decoded(client.get(tile).content)} == {"provinces"}
    assert {*decoded(client.get(f"{tile}?summary=true").content)} == {
        *("provinces", "provinces_summary"),
    }
    assert told["tiles"][0].endswith("{y}.mvt?summary=true")
    assert [one["id"] for one in told["vector_layers"]] == ["provinces", "provinces_summary"]
    assert len(client.get(tilejson).json()["vector_layers"]) == 1
    assert client.get(f"{tile}?summary=yes").json()["parameter"] == "summary"


def test_areas_with_long_texts_are_shown_as_far_as_they_fit(
    connection: Connection, tiled: Tiled
) -> None:
    for code in range(10, 40):
        province(connection, str(code), name_en="x" * 20_000)

    shown = tiled("provinces", tile_at(5, 24, 14))
    [summary] = tiled("provinces", tile_at(5, 24, 14), "provinces_summary")

    assert ids(shown) == {str(code) for code in range(10, 10 + len(shown))}
    assert 15 < len(shown) < 30
    assert summary.properties == {"total": 30, "shown": len(shown)}


def test_an_ordered_layer_shows_its_first_features_and_tells_how_many_there_are(
    connection: Connection, tiled: Tiled
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO air_station (id, source, name_th, kind, geom)
            VALUES ('s', 'air4thai', 'สถานี', 'ground', ST_Point(100.5, 13.7, 4326));
            SELECT ensure_months('air_measurement', '2026-01-01', '2026-06-01');
            INSERT INTO air_measurement (station_id, observed_at, forecast, source, pm25_1h)
            SELECT 's', '2026-01-01T00:00Z'::timestamptz + n * interval '1 hour', false,
                'air4thai', n
            FROM generate_series(1, 2500) AS n
            """
        )

    shown = tiled("air_quality", WORLD)
    [summary] = tiled("air_quality", WORLD, "air_quality_summary")

    assert summary.properties == {"total": 2500, "shown": MOST_FEATURES}
    assert {feature.properties["pm25_1h"] for feature in shown} == set(range(501, 2501))


@pytest.mark.parametrize(
    "layer", [e for e in catalog().values() if not e.raster], ids=lambda e: e.name
)
def test_an_empty_tile_of_any_layer_has_no_bytes(layer: Any, reads: Reads) -> None:
    assert vector_tile(reads, layer, WORLD, Query.from_params({})) == b""
