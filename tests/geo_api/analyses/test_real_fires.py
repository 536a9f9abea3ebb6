"""Fires and static heat over real files of GISTDA and FIRMS, and the file of power plants."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.ingest.loading import file_payloads, ingest
from geo_api.settings import Settings
from layers.methods.clusters import fire_events
from layers.sources import source_named
from tests.geo_api.analyses.test_fire_events import everything
from tests.geo_api.reports.rows import fetched

FILES = (
    ("gistda", "hotspots_gistda/hotspot_national_2026-01-04_12.csv.gz"),
    ("gistda", "hotspots_gistda/hotspot_national_2026-02-03_04.csv.gz"),
    ("gistda", "hotspots_gistda/hotspot_national_first1000_2026-01-04_06.csv.gz"),
    ("firms", "hotspots_firms/firms_viirs_snpp_nrt_2026-04-21_25.csv"),
    ("firms", "hotspots_firms/firms_viirs_snpp_nrt_2026-04-22_25.csv"),
    ("firms", "hotspots_firms/viirs_snpp_2day_points_2023-04-04.csv.gz"),
)
PLANTS = "facilities_power_plants/wri_Thailand.csv"


def read(connection: Connection, folder: Path, files: Sequence[tuple[str, str]]) -> None:
    for source, file in files:
        ingest(connection, source_named(source), file_payloads([folder / file]), "real")


def run(connection: Connection, home: Path, name: str) -> str:
    connection.commit()
    return analyse(connection, name, Settings(home))


@pytest.mark.parametrize("seed", range(3))
def test_fires_of_a_real_file_are_the_same_in_any_order(shared_data: Path, seed: int) -> None:
    rows = pd.read_csv(shared_data / FILES[3][1])
    seconds = pd.to_datetime(rows["acq_date"]).astype("int64") / 1e9 + rows["acq_time"] * 60.0
    values = [column.to_numpy(float) for column in (rows["longitude"], rows["latitude"], seconds)]
    order = np.random.default_rng(seed).permutation(len(rows))

    one, other = fire_events(*values), fire_events(*(column[order] for column in values))

    pairs = set(zip(one[order], other, strict=True))
    assert len(pairs) == len(set(one)) == len(set(other))
    assert 200 < len(pairs) < len(rows) / 2


def test_fires_are_the_same_whatever_file_comes_first_and_when_all_come_again(
    shared_data: Path, fresh: Connection, home: Path
) -> None:
    read(fresh, shared_data, FILES)
    run(fresh, home, "fire_events")
    whole = everything(fresh)
    assert 1500 < len(whole) < 5000
    stamps = fetched(fresh, "SELECT id, run_id FROM fire_event ORDER BY id")

    read(fresh, shared_data, FILES[::-1])
    said = run(fresh, home, "fire_events")
    assert everything(fresh) == whole
    assert fetched(fresh, "SELECT id, run_id FROM fire_event ORDER BY id") == stamps
    assert ", 0 new, 0 changed, 0 no more" in said

    fetched(fresh, "DELETE FROM hotspot")
    run(fresh, home, "fire_events")
    for file in FILES[::-1]:
        read(fresh, shared_data, [file])
        run(fresh, home, "fire_events")
    assert everything(fresh) == whole


def test_every_real_detection_of_a_minute_is_in_one_fire(
    shared_data: Path, fresh: Connection, home: Path
) -> None:
    read(fresh, shared_data, FILES)
    run(fresh, home, "fire_events")

    [(of_minute, members, counted)] = fetched(
        fresh,
        "SELECT (SELECT count(*) FROM hotspot WHERE time_precision = 'minute'),"
        " (SELECT count(*) FROM fire_event_member), (SELECT sum(detections) FROM fire_event)",
    )
    assert of_minute == members == counted
    assert fetched(
        fresh,
        "SELECT count(*) FROM fire_event_member AS m JOIN hotspot AS h ON h.id = m.hotspot_id"
        " JOIN fire_event AS e ON e.id = m.event_id WHERE NOT ST_Covers(e.geom, h.geom)",
    ) == [(0,)]


def test_nine_days_of_fires_make_no_industry(
    shared_data: Path, fresh: Connection, home: Path
) -> None:
    read(fresh, shared_data, FILES[:1])
    ingest(fresh, source_named("power_plants"), file_payloads([shared_data / PLANTS]), "real")
    [before] = fetched(fresh, "SELECT count(*) FROM published.hotspots")

    said = run(fresh, home, "industrial_heat")

    assert "too short to tell" in said
    assert fetched(
        fresh, "SELECT count(*) FROM published.hotspots WHERE heat_source = 'industrial_static'"
    ) == [(0,)]
    assert fetched(fresh, "SELECT count(*) FROM published.hotspots") == [before]


def test_plants_that_burn_are_found_among_real_fires_and_no_fire_is_taken_for_one(
    shared_data: Path, fresh: Connection, home: Path
) -> None:
    read(fresh, shared_data, FILES)
    ingest(fresh, source_named("power_plants"), file_payloads([shared_data / PLANTS]), "real")
    seen = _seen_at_plants(fresh)

    run(fresh, home, "industrial_heat")

    [(found, of)] = fetched(
        fresh,
        "SELECT count(*) FILTER (WHERE heat_source = 'industrial_static'), count(*)"
        " FROM published.hotspots WHERE sources = 'made'",
    )
    assert of == seen
    # Of some plants the detections lie in two squares, neither of which has twelve days.
    assert found / of > 0.8
    [(taken, fires)] = fetched(
        fresh,
        "SELECT count(*) FILTER (WHERE heat_source = 'industrial_static'), count(*)"
        " FROM published.hotspots AS h WHERE sources <> 'made' AND NOT EXISTS (SELECT FROM"
        " power_plant AS p WHERE ST_DWithin(p.geom::geography, h.geom::geography, 2000))",
    )
    assert (taken, fires > 5000) == (0, True)


def _seen_at_plants(connection: Connection) -> int:
    """Every plant of the file that burns something is seen on 24 days in 400, some two hundred
    metres off; how many detections that are."""
    plants = fetched(
        connection,
        "SELECT ST_X(geom), ST_Y(geom) FROM power_plant WHERE geom IS NOT NULL"
        " AND placed_by <> 'province' AND fuel NOT IN ('solar', 'wind', 'hydro')"
        " AND status IS DISTINCT FROM 'under_development' AND status IS DISTINCT FROM 'closed'"
        " GROUP BY 1, 2",
    )
    assert len(plants) > 30
    rng = np.random.default_rng(7)
    start = datetime(2025, 1, 3, 18, tzinfo=UTC)
    fetched(connection, "SELECT ensure_months('hotspot', '2025-01-01', '2026-03-01')")
    rows: list[tuple[Any, ...]] = []
    for lon, lat in plants:
        for n in range(24):
            east, north = rng.normal(0, 0.0018, 2)
            rows.append(
                (len(rows), start + timedelta(days=17 * n), float(lon + east), float(lat + north))
            )
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO hotspot (id, acquired_at, time_precision, geom, sources)"
            " VALUES ('made-' || %s, %s, 'minute', ST_Point(%s, %s, 4326), '{made}')",
            rows,
        )
    return len(rows)
