"""Kept point counts: always what a count of the points would say, whatever was done to them."""

import random
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.tiles.point_counts_sql import LEVELS
from geo_api.tiles.sql import MOST_FEATURES, classes
from geo_api.tiles.tile_matrix_set import Tile
from geo_api.tiles.vector_tiles import vector_tile
from layers.catalog import catalog
from layers.query import Query
from tests.geo_api.ingest.test_hotspot_merge import firms, gistda, load, standard, windowed
from tests.makers import factory
from tests.vector_tiles import decoded

COVERS = ("sugarcane", "paddy", "forest", None)
COUNTED = [layer for layer in catalog().values() if layer.tiling.point_counts]

Rows = list[tuple[Any, ...]]


def rows(connection: Connection, statement: str, **values: Any) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def kept_counts(connection: Connection, layer: str = "hotspots") -> Rows:
    """Every kept count but those of cells that hold nothing."""
    return rows(
        connection,
        """
        SELECT unit, level, since, block, cell, sum(count)
        FROM point_count, unnest(cells, counts) AS u (cell, count)
        WHERE layer = %(layer)s
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) <> 0
        ORDER BY 1, 2, 3, 4, 5
        """,
        layer=layer,
    )


def recounted(connection: Connection, layer: str = "hotspots") -> Rows:
    """The same, counted anew."""
    rows(
        connection,
        "SELECT recount_points(table_name) FROM point_count_source WHERE layer = %(layer)s",
        layer=layer,
    )
    return kept_counts(connection, layer)


def burn(connection: Connection, number: int, seed: float = 0.5, source: str = "demo") -> None:
    """So many hotspots of January to March 2026 in the north."""
    rows(
        connection,
        """
        SELECT setseed(%(seed)s);
        SELECT ensure_months('hotspot', '2026-01-01', '2026-03-31');
        INSERT INTO hotspot (id, acquired_at, time_precision, geom, land_use, sources)
        SELECT %(seed)s::text || n, '2026-01-01Z'::timestamptz + random() * interval '89 days',
            'minute', ST_Point(98 + random() * 3, 17 + random() * 3, 4326),
            (%(covers)s::text[])[1 + n %% 4], ARRAY[%(source)s]
        FROM generate_series(1, %(number)s) AS n
        """,
        seed=seed,
        number=number,
        covers=list(COVERS),
        source=source,
    )


@pytest.mark.parametrize("layer", COUNTED, ids=lambda layer: layer.name)
def test_the_classes_counted_are_those_of_the_layer(layer: Any, connection: Connection) -> None:
    [(counted, of, by)] = rows(
        connection,
        "SELECT classes, table_name, class_expression FROM point_count_source"
        " WHERE layer = %(layer)s",
        layer=layer.name,
    )

    assert tuple(counted) == classes(layer)
    if not counted:
        return
    burn(connection, 40)
    rows(connection, "UPDATE hotspot SET heat_source = 'industrial_static' WHERE random() < 0.5")
    assert (
        rows(
            connection,
            f"SELECT {layer.style.by}, count(*) FROM published.{layer.name} GROUP BY 1 EXCEPT ALL"
            f" SELECT {by}, count(*) FROM {of} GROUP BY 1",
        )
        == []
    )


def test_the_grids_kept_are_those_that_tiles_are_made_of(connection: Connection) -> None:
    kept = rows(connection, "SELECT unit, level FROM point_count_grids(true)")

    assert set(kept) == {(unit, level) for unit, levels in LEVELS.items() for level in levels}


def test_every_grid_counts_every_point_once(connection: Connection) -> None:
    burn(connection, 500)

    totals: dict[tuple[str, int], int] = {}
    for unit, level, *_, count in kept_counts(connection):
        totals[unit, level] = totals.get((unit, level), 0) + count

    assert set(totals.values()) == {500}
    assert len(totals) == 6


def test_a_tile_reads_little_more_than_the_cells_it_shows(connection: Connection) -> None:
    burn(connection, 3000)
    [(unsummed,)] = rows(connection, "SELECT count(*) FROM point_count WHERE entries <> summed")
    for delivery in range(12):
        burn(connection, 400, seed=0.6 + delivery / 100)

    blocks = rows(
        connection,
        """
        SELECT entries, summed, cardinality(cells),
            (SELECT count(DISTINCT cell) FROM unnest(cells) AS u (cell))
        FROM point_count WHERE layer = 'hotspots' AND unit = 'ever'
        """,
    )

    assert unsummed == 0
    assert any(entries > summed for entries, summed, *_ in blocks)
    for entries, summed, held, different in blocks:
        assert entries == held
        assert summed <= different
        assert entries <= summed + max(summed / 4, 250)


def test_counts_follow_inserts_updates_and_deletes(connection: Connection) -> None:
    chance = random.Random(3)
    burn(connection, 200)
    changes = (
        "DELETE FROM hotspot WHERE random() < 0.2",
        "UPDATE hotspot SET land_use = 'maize' WHERE random() < 0.3",
        "UPDATE hotspot SET geom = ST_Point(99 + random(), 18, 4326) WHERE random() < 0.3",
        "UPDATE hotspot SET acquired_at = acquired_at + interval '9 hours' WHERE random() < 0.3"
        " AND acquired_at < '2026-03-20'",
        "UPDATE hotspot SET run_id = 7",
        "DELETE FROM hotspot WHERE sources = ARRAY['demo']",
    )
    for step in range(12):
        rows(connection, chance.choice(changes))
        burn(connection, 50, seed=step / 20, source=chance.choice(["demo", "firms"]))

        kept = kept_counts(connection)
        assert kept == recounted(connection)


def test_what_holds_no_point_any_more_has_no_bin(connection: Connection) -> None:
    burn(connection, 20)
    factory(connection)

    rows(connection, "DELETE FROM hotspot; DELETE FROM factory")

    assert kept_counts(connection, "hotspots") == kept_counts(connection, "factories") == []


def test_many_small_changes_leave_no_long_trail(connection: Connection) -> None:
    for round in range(30):
        burn(connection, 100, seed=round / 40)
        rows(connection, "DELETE FROM hotspot")
    burn(connection, 10)

    kept = kept_counts(connection)
    [(longest,)] = rows(connection, "SELECT max(cardinality(cells)) FROM point_count")
    assert longest <= 1010 + 2 * len(kept)
    assert kept == recounted(connection)


def test_counts_follow_a_place_found_later(connection: Connection) -> None:
    factory(connection, "unplaced", lon=100, lat=14)
    rows(connection, "UPDATE factory SET geom = NULL, location_precision = NULL")
    assert kept_counts(connection, "factories") == []

    rows(
        connection,
        "UPDATE factory SET geom = ST_Point(100, 14, 4326), location_precision = 'geocoded'",
    )

    assert len(kept_counts(connection, "factories")) == 3


def test_counts_follow_every_kind_of_run(connection: Connection) -> None:
    runs = (
        [firms(), firms(lon=100.1)],  # a month that has no table yet
        [gistda(), gistda(lat=9.5, land_use="paddy")],  # one known, one new
        [windowed(lon=100.2)],
        [firms(lon=100.2)],  # absorbs it
        [standard()],  # replaces those before
        [firms()],  # late
    )

    for run in runs:
        load(connection, *run)
        kept = kept_counts(connection)
        assert kept == recounted(connection)
    assert kept


def tiles_over(zoom: int) -> list[Tile]:
    """Those that together hold all that `burn` makes: 98° to 101° E, 17° to 20° N."""
    columns = {int((lon + 180) / 360 * 2**zoom) for lon in range_of(98, 101, zoom)}
    rows = range(int(0.44 * 2**zoom), int(0.46 * 2**zoom) + 1)
    return [Tile(zoom, x, y) for x in columns for y in rows]


def range_of(first: float, last: float, zoom: int) -> list[float]:
    """Longitudes of which each tile between has at least one."""
    steps = int((last - first) / 360 * 2**zoom) + 2
    return [first + (last - first) * step / steps for step in range(steps + 1)]


@pytest.mark.parametrize(
    "during",
    [
        None,
        "../..",
        "2026-01-15T00:00:00+07:00/2026-02-14T23:59:59+07:00",
        "2026-02-01T00:00:00Z/2026-02-28T23:59:59Z",
        "2026-01-10T05:30:00Z/2026-03-20T04:00:00Z",
        "2026-03-10T17:00:00Z/..",
        "../2026-01-20T00:00:00Z",
    ],
)
def test_the_tiles_of_every_zoom_add_up_to_the_layer(
    connection: Connection, reads: Reads, during: str | None
) -> None:
    burn(connection, 4 * MOST_FEATURES)
    query = Query.from_params({"datetime": during} if during else {})
    start, end = query.during or (None, None)
    [(expected, of_paddy)] = rows(
        connection,
        """
        SELECT count(*), count(*) FILTER (WHERE land_use = 'paddy') FROM hotspot
        WHERE acquired_at >= coalesce(%(start)s::timestamptz, '-infinity')
            AND acquired_at <= coalesce(%(end)s::timestamptz, 'infinity')
        """,
        start=start,
        end=end,
    )

    for zoom in (0, 3, 5, 6, 7, 8, 9):
        tiles = (
            decoded(vector_tile(reads, catalog()["hotspots"], place, query))
            for place in tiles_over(zoom)
        )
        found = [told.properties for tile in tiles for told in tile.get("hotspots", [])]

        assert sum(told.get("count", 1) for told in found) == expected
        assert sum(map(paddies, found)) == of_paddy


def test_an_interval_may_end_at_the_last_moment_that_can_be_written(
    connection: Connection, reads: Reads
) -> None:
    burn(connection, 50)
    query = Query.from_params({"datetime": "2026-01-01T00:00:00Z/9999-12-31T23:59:59.999999Z"})

    found = decoded(vector_tile(reads, catalog()["hotspots"], Tile(0, 0, 0), query))

    assert sum(told.properties.get("count", 1) for told in found["hotspots"]) == 50


def paddies(told: dict[str, Any]) -> int:
    """How many hotspots in paddy a feature of a tile stands for."""
    if "count" in told:
        return int(told.get("count_paddy", 0))
    return int(told.get("heat_class") == "paddy")


def test_a_tile_from_the_counts_is_that_from_the_points(
    connection: Connection, reads: Reads
) -> None:
    burn(connection, MOST_FEATURES + 1)

    from_counts = vector_tile(reads, catalog()["hotspots"], Tile(5, 24, 14), Query())
    everything = Query.from_params({"filter": "time_precision = 'minute'"})
    from_points = vector_tile(reads, catalog()["hotspots"], Tile(5, 24, 14), everything)

    def told(tile: bytes) -> list[tuple[Any, ...]]:
        features = decoded(tile)["hotspots"]
        return sorted((f.geometry.wkt, sorted(f.properties.items())) for f in features)

    assert told(from_counts) == told(from_points)
