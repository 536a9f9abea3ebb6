"""How fast hotspots load: ours against the same done by SQL alone, and against other ways.

    python bench/hotspot_load.py [--rows 300000] [--repeats 3]

All read one file, in turn, on one private PostGIS, each into a table without any month but where
its name says otherwise; medians, and ratios to ours.
"""

import argparse
import csv
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from psycopg2.extensions import connection as Connection
from psycopg2.extras import execute_values

from geo_api.database.connections import owner_connection
from geo_api.database.embedded.cluster import database
from geo_api.database.migrations import migrate
from geo_api.ingest.loading import file_payloads, ingest
from geo_api.ingest.sql import create_staged
from geo_api.settings import Settings
from layers.sources.firms import SOURCE

Load = Callable[[Connection, Path], None]

COLUMNS = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,"
    "version,bright_ti5,frp,daynight"
)
DELIVERED = """
    CREATE TEMPORARY TABLE delivered (
        latitude float8, longitude float8, bright_ti4 float8, scan float8, track float8,
        acq_date date, acq_time integer, satellite text, instrument text, confidence text,
        version text, bright_ti5 float8, frp float8, daynight text,
        seq bigint GENERATED ALWAYS AS IDENTITY
    )
"""
COPY = f"COPY delivered ({COLUMNS}) FROM STDIN (FORMAT csv, HEADER)"
VALUES = f"INSERT INTO delivered ({COLUMNS}) VALUES %s"
STAGE = """
    INSERT INTO staged_hotspot (
        acquired_at, time_precision, lon, lat, instrument, satellite, processing, version,
        confidence, frp_mw, brightness_k, background_k, scan_km, track_km, daynight, source
    )
    SELECT
        (acq_date + make_interval(hours => acq_time / 100, mins => acq_time % 100))
            AT TIME ZONE 'UTC',
        'minute', longitude, latitude, instrument, satellite, 'NRT', version,
        CASE confidence WHEN 'l' THEN 'low' WHEN 'n' THEN 'nominal' ELSE 'high' END,
        frp, bright_ti4, bright_ti5, scan, track, daynight, 'firms'
    FROM delivered
"""


MONTHS = "SELECT ensure_months('hotspot', min(acq_date), max(acq_date)) FROM delivered"
# Every detection once, the last report of it, and nothing written for one that is known.
UPSERT = """
    INSERT INTO hotspot AS t (
        id, acquired_at, time_precision, geom, instrument, satellite, processing, version,
        confidence, frp_mw, brightness_k, background_k, scan_km, track_km, daynight, sources
    )
    SELECT DISTINCT ON (id, acquired_at)
        hotspot_id(acquired_at, instrument, 'NRT', geom) AS id, acquired_at, 'minute', geom,
        instrument, satellite, 'NRT', version,
        CASE confidence WHEN 'l' THEN 'low' WHEN 'n' THEN 'nominal' ELSE 'high' END,
        frp, bright_ti4, bright_ti5, scan, track, daynight, ARRAY['firms']
    FROM delivered AS d,
        LATERAL (
            SELECT (acq_date + make_interval(hours => acq_time / 100, mins => acq_time % 100))
                    AT TIME ZONE 'UTC' AS acquired_at,
                ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS geom
        ) AS p
    ORDER BY id, acquired_at, d.seq DESC
    ON CONFLICT (id, acquired_at) DO UPDATE SET
        satellite = excluded.satellite, version = excluded.version,
        confidence = excluded.confidence, frp_mw = excluded.frp_mw,
        brightness_k = excluded.brightness_k, background_k = excluded.background_k,
        scan_km = excluded.scan_km, track_km = excluded.track_km, daynight = excluded.daynight
    WHERE (t.satellite, t.version, t.confidence, t.frp_mw, t.brightness_k, t.background_k,
            t.scan_km, t.track_km, t.daynight)
        IS DISTINCT FROM (excluded.satellite, excluded.version, excluded.confidence,
            excluded.frp_mw, excluded.brightness_k, excluded.background_k, excluded.scan_km,
            excluded.track_km, excluded.daynight)
"""


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=300_000)
    asked.add_argument("--repeats", type=int, default=3)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="fahsai-bench-") as folder:
        Path(folder).chmod(0o755)  # root's PostgreSQL runs as another user
        file = Path(folder) / "firms.csv"
        write(file, given.rows)
        with database(Settings(home=Path(folder) / "home"), say=print) as url:
            migrate(url)
            report(file, given.rows, measured(owner_connection(url), file, given.repeats))


def write(file: Path, rows: int) -> None:
    """A VIIRS file as the area API gives it: 90 days, two passes a day, fires in clusters."""
    chance = random.Random(20260105)
    first = date(2026, 1, 1)
    with file.open("w", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS.split(","))
        for number in range(rows):
            day, second_pass = divmod(number * 180 // rows, 2)
            if number % 4 == 0:
                lon, lat = chance.uniform(97.5, 105.5), chance.uniform(6, 20)
            at_lat, at_lon = lat + chance.gauss(0, 0.01), lon + chance.gauss(0, 0.01)
            out.writerow(
                [
                    f"{at_lat:.5f}",
                    f"{at_lon:.5f}",
                    f"{chance.gauss(335, 9):.2f}",
                    f"{chance.uniform(0.35, 0.8):.2f}",
                    f"{chance.uniform(0.35, 0.8):.2f}",
                    first + timedelta(days=day),
                    (1830 if second_pass else 600) + int((lat - 5) / 3),
                    "N",
                    "VIIRS",
                    chance.choice("lnnnnnnnh"),
                    "2.0NRT",
                    f"{chance.gauss(295, 4):.2f}",
                    f"{chance.expovariate(0.2):.2f}",
                    "N" if second_pass else "D",
                ]
            )


def measured(connection: Connection, file: Path, repeats: int) -> dict[str, float]:
    """Median seconds by way of loading; the last is ours, the last but one what it is held to."""
    ways: dict[str, Load] = {
        "plain COPY, no index": copy,
        "execute_values, no index": insert,
        "staging + our merge in SQL": merge_in_sql,
        "nothing new: upsert in SQL": upsert_in_sql,
        "nothing new: ours": ours,
        "staging + upsert in SQL": upsert_in_sql,
        "ours: parse + COPY + merge": ours,
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, load in ways.items():
            _empty(connection)
            if name.startswith("nothing new"):
                load(connection, file)
            began = time.perf_counter()
            load(connection, file)
            seconds[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def copy(connection: Connection, file: Path) -> None:
    """The file as it is into a table of its columns' types."""
    with connection, connection.cursor() as cursor, file.open() as stream:
        cursor.execute(DELIVERED)
        cursor.copy_expert(COPY, stream)


def insert(connection: Connection, file: Path) -> None:
    """As `copy`, by INSERTs of a thousand rows."""
    with connection, connection.cursor() as cursor, file.open() as stream:
        cursor.execute(DELIVERED)
        execute_values(cursor, VALUES, islice(csv.reader(stream), 1, None), page_size=1000)


def merge_in_sql(connection: Connection, file: Path) -> None:
    """What Python does to a row done by PostgreSQL instead; nothing is checked on the way."""
    copy(connection, file)
    with connection, connection.cursor() as cursor:
        cursor.execute(create_staged("hotspot"))
        cursor.execute(STAGE)
        cursor.execute("ANALYZE staged_hotspot")
        cursor.execute("SELECT inserted FROM merge_hotspot(0)")
        cursor.execute("DROP TABLE delivered")


def upsert_in_sql(connection: Connection, file: Path) -> None:
    """The floor: each detection once into the same table and indexes, by one plain statement; no
    other provider, no standard processing, no file without times, nothing checked."""
    copy(connection, file)
    with connection, connection.cursor() as cursor:
        cursor.execute(MONTHS)
        cursor.execute(UPSERT)
        cursor.execute("DROP TABLE delivered")


def ours(connection: Connection, file: Path) -> None:
    """The way of `fahsai ingest firms FILE`."""
    ingest(connection, SOURCE, file_payloads([file]), file.name)


def _empty(connection: Connection) -> None:
    with connection, connection.cursor() as cursor:
        # Whatever is kept beside the rows goes with TRUNCATE, which a dropped month does not tell.
        cursor.execute("DROP TABLE IF EXISTS delivered; TRUNCATE hotspot")
        cursor.execute(
            "SELECT format('DROP TABLE %s', inhrelid::regclass) FROM pg_inherits"
            " WHERE inhparent = 'hotspot'::regclass"
        )
        for (drop_month,) in cursor.fetchall():
            cursor.execute(drop_month)


def report(file: Path, rows: int, seconds: dict[str, float]) -> None:
    """One line per way: rows per second, and ours as a share of it."""
    *_, own = seconds.values()
    print(f"{rows:,} rows, {file.stat().st_size / 1e6:.0f} MB")  # noqa: T201
    for name, taken in seconds.items():
        print(f"{name:30} {rows / taken:>10,.0f} rows/s   ours is {taken / own:4.0%}")  # noqa: T201
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
