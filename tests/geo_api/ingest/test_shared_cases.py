"""The small inputs of ../shared/cases, which once failed: each gives what its README asks for."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources import source_named

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "ingest"


@pytest.fixture
def cases() -> Path:
    if not CASES.is_dir():
        pytest.skip(f"{CASES} is not there")
    return CASES


def load(connection: Connection, source: str, *files: Path) -> Tally:
    return ingest(connection, source_named(source), file_payloads(files), "cases")


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("01_factories.xlsx", []),
        ("02b_factories_utf16_tab.txt", []),
        ("03_factories_semicolon.csv", []),
        ("08_factories_header_row3.csv", []),
        ("11_factories.zip", []),
        ("14_factories_remark_column.csv", ["หมายเหตุ"]),
        ("14b_factories_lowercase_header.csv", []),
        ("14d_factories_trailing_empty_column.csv", []),
    ],
)
def test_every_factory_is_stored_with_its_values(
    name: str, unknown: list[str], cases: Path, fresh: Connection
) -> None:
    tally = load(fresh, "diw", cases / name)
    again = load(fresh, "diw", cases / name)

    assert (tally.inserted, tally.quarantined, list(tally.unknown_columns)) == (8, 0, unknown)
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 8)
    assert fetched(
        fresh,
        "SELECT name LIKE 'บริษัท ทดสอบ% ที่0 จำกัด', horsepower, workers, province_code,"
        " round(ST_X(geom)::numeric, 4)::text, pok_date::text"
        " FROM factory ORDER BY horsepower LIMIT 1",
    ) == [(True, 100, 25, "74", "100.2741", "2017-05-01")]
    messages = fetched(fresh, "SELECT coalesce(message, '') FROM run ORDER BY id")
    assert all(("หมายเหตุ" in message) == bool(unknown) for (message,) in messages)


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("12_district_utm_cp874_shp_flat.zip", []),
        ("12c_district_extra_column_shp_flat.zip", ["AREA_KM2"]),
    ],
)
def test_districts_are_in_degrees_with_their_thai_names(
    name: str, unknown: list[str], cases: Path, fresh: Connection
) -> None:
    tally = load(fresh, "boundaries", cases / name)

    assert (tally.inserted, list(tally.unknown_columns)) == (1, unknown)
    assert fetched(
        fresh, "SELECT name_th, round(ST_XMin(geom)), round(ST_YMin(geom)) FROM district"
    ) == [("เมืองทดสอบ", 100, 13)]


def test_an_unclosed_quote_costs_its_own_row(cases: Path, fresh: Connection) -> None:
    tally = load(fresh, "diw", cases / "16_unclosed_quote.csv")

    assert (tally.inserted, tally.quarantined) == (7, 1)
    assert fetched(fresh, "SELECT line, reason, left(detail, 33) FROM quarantine") == [
        (5, "a quote is opened and not closed", "it opens in line 5, column FNAME:")
    ]


def test_a_files_time_of_change_rejects_nothing(
    cases: Path, fresh: Connection, tmp_path: Path
) -> None:
    old = Path(shutil.copy(cases / "28_firms_old_mtime.csv", tmp_path))
    os.utime(old, (946684800, 946684800))  # 2000

    tally = load(fresh, "firms", old)

    assert (tally.inserted, tally.quarantined) == (tally.read, 0)


@pytest.mark.parametrize("archive_first", [True, False])
def test_the_archive_replaces_and_brightness_is_still_there(
    archive_first: bool, cases: Path, fresh: Connection
) -> None:
    files = [cases / "f2_archive_viirs_brightness.csv", cases / "f3_nrt_same.csv"]

    for path in files if archive_first else reversed(files):
        load(fresh, "firms", path)

    assert fetched(
        fresh,
        "SELECT processing, brightness_k, background_k, frp_mw FROM hotspot ORDER BY brightness_k",
    ) == [("SP", 333.3, 299.9, 6.5), ("SP", 343.3, 298.8, 7.5), ("SP", 353.3, 297.7, 8.5)]
    assert fetched(fresh, "SELECT count(*), count(brightness_k) FROM hotspot_history") == [(3, 3)]


def test_the_archives_json_list_is_read(cases: Path, fresh: Connection) -> None:
    load(fresh, "firms", cases / "f11_archive_json_list.json")

    assert fetched(fresh, "SELECT instrument, satellite, brightness_k FROM hotspot") == [
        ("MODIS", "T", 303.7)
    ]


@pytest.mark.parametrize("name", ["t1_geojson_endpoint_shape.json", "t2_export_2022_columns.csv"])
def test_complaints_of_other_shapes_are_read(name: str, cases: Path, fresh: Connection) -> None:
    tally = load(fresh, "traffy", cases / name)

    assert (tally.inserted, tally.quarantined) == (1, 0)
    assert fetched(fresh, "SELECT category, status FROM complaint") == [("odour", "open")]
