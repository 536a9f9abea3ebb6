"""The real hotspot files: what each adds, in either order, and that none adds anything twice."""

from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import TooFewRows, file_payloads, ingest
from layers.sources import source_named
from tests.layers.sources.reading import SAMPLES, written

APRIL_21 = "firms_viirs_snpp_nrt_2026-04-21_25.csv"
APRIL_22 = "firms_viirs_snpp_nrt_2026-04-22_25.csv"
POINTS = ("viirs_snpp_2day_points_2023-04-04.csv.gz", "viirs_snpp_2day_points_2023-04-06.csv.gz")
NATIONAL = "hotspot_national_2026-01-04_12.csv.gz"
FIRST_1000 = "hotspot_national_first1000_2026-01-04_06.csv.gz"
SEASON_2023 = "hotspot_2566_kamphaengphet.geojson.gz"
SEASON_2025 = "hotspot_2568_kamphaengphet.geojson.gz"


@pytest.fixture
def files(shared_data: Path) -> dict[str, tuple[str, Path]]:
    """Every hotspot file by its name, with the source that reads it."""
    return {
        path.name: (source, path)
        for source in ("firms", "gistda")
        for path in sorted((shared_data / f"hotspots_{source}").iterdir())
        if path.name != "SOURCE.md"
    }


def load(connection: Connection, source: str, *paths: Path) -> Tally:
    return ingest(connection, source_named(source), file_payloads(paths), paths[0].name)


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def stored(connection: Connection) -> int:
    return int(fetched(connection, "SELECT count(*) FROM hotspot")[0][0])


@pytest.mark.parametrize(
    ("order", "added"),
    [
        ((APRIL_21, APRIL_22), [2003, 42]),
        ((APRIL_22, APRIL_21), [1469, 576]),
        ((NATIONAL, FIRST_1000), [5465, 0]),
        ((FIRST_1000, NATIONAL), [1000, 4465]),
    ],
)
def test_overlapping_pulls_do_not_double(
    files: dict[str, tuple[str, Path]],
    fresh: Connection,
    order: tuple[str, str],
    added: list[int],
) -> None:
    tallies = [load(fresh, *files[name]) for name in order]

    assert [tally.inserted for tally in tallies] == added
    assert [tally.updated for tally in tallies] == [0, 0]
    assert stored(fresh) == sum(added)


def test_doubled_detections_and_invented_samples_do_not_count(
    files: dict[str, tuple[str, Path]], fresh: Connection
) -> None:
    first, second = load(fresh, *files[SEASON_2023]), load(fresh, *files[SEASON_2025])

    assert (first.read, first.inserted, first.merged) == (916, 458, 458)
    assert (second.read, second.inserted, second.merged) == (556, 273, 273)
    assert second.top_reasons == [("looks like an invented sample", 10)]


@pytest.mark.parametrize(
    "order", [(SEASON_2023, *POINTS), (*POINTS, SEASON_2023), (POINTS[1], SEASON_2023, POINTS[0])]
)
def test_what_both_providers_saw_is_one_hotspot_of_two_sources(
    files: dict[str, tuple[str, Path]], fresh: Connection, order: tuple[str, ...]
) -> None:
    read = [load(fresh, *files[name]).read for name in order]

    # Four detections of Kamphaeng Phet are in the files of points; 458 more rows are doublets.
    assert stored(fresh) == sum(read) - 458 - 4
    both = "SELECT count(*), count(satellite), count(acquired_from) FROM hotspot"
    assert fetched(fresh, f"{both} WHERE sources = '{{firms,gistda}}'") == [(4, 4, 0)]


def test_no_file_adds_anything_twice(files: dict[str, tuple[str, Path]], fresh: Connection) -> None:
    for source, path in files.values():
        load(fresh, source, path)
    before = stored(fresh)

    again = [load(fresh, source, path) for source, path in files.values()]

    # 388 of MODIS are of other parts of the world.
    assert before == 20_810 - 388
    assert stored(fresh) == before
    assert {(tally.inserted, tally.updated) for tally in again} == {(0, 0)}


def test_a_file_that_stops_at_a_cap_is_noted_in_its_run(
    files: dict[str, tuple[str, Path]], fresh: Connection
) -> None:
    load(fresh, *files[FIRST_1000])

    ((note,),) = fetched(fresh, "SELECT message FROM run")
    assert note == f"{FIRST_1000}: 1,000 rows, exactly the cap: probably cut off"


def test_a_bad_row_is_quarantined_and_the_rest_stored(fresh: Connection, tmp_path: Path) -> None:
    header, *rows = (SAMPLES / "firms" / "live.csv").read_text().splitlines()
    path = written(tmp_path / "area.csv", "\n".join([header, f"1{rows[0]}", *rows[1:], "17.5,100"]))

    tally = load(fresh, "firms", path)

    assert (tally.inserted, tally.quarantined) == (9, 2)
    assert fetched(fresh, "SELECT file, line, reason, raw FROM quarantine ORDER BY line") == [
        ("area.csv", 2, "no usable coordinates", f"1{rows[0]}"),
        ("area.csv", 12, "cells do not fit the header", "17.5,100"),
    ]


def test_no_fire_anywhere_is_no_answer(fresh: Connection, tmp_path: Path) -> None:
    header, *rows = (SAMPLES / "firms" / "live.csv").read_text().splitlines()
    nothing = written(tmp_path / "nothing.csv", header)
    something = written(tmp_path / "something.csv", "\n".join([header, *rows]))

    with pytest.raises(TooFewRows, match="0 sound rows"):
        load(fresh, "firms", nothing)

    assert load(fresh, "firms", nothing, something).inserted == len(rows)
