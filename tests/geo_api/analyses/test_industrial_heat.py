"""Heat that is a works, over rows: what it is said to be, and that it is kept and counted apart."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.analyses.industrial_heat import NoDetections
from geo_api.database.connections import Reads
from geo_api.settings import Settings
from tests.geo_api.ingest.test_hotspot_merge import firms, known, load, standard
from tests.geo_api.reports.rows import fetched, hotspot
from tests.makers import box, factory, insert, province

KILN = {"lon": 100.251, "lat": 13.551}
FIELD = {"lon": 100.351, "lat": 13.651}
START = datetime(2024, 1, 10, 6, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def places(fresh: Connection) -> Iterator[None]:
    """A province, and a factory three hundred metres from the kiln."""
    province(fresh)
    factory(fresh, lon=100.2535, lat=13.5525)
    yield


def burn(connection: Connection, place: dict[str, float], every: int, times: int) -> None:
    for n in range(times):
        at = f"{START + n * every * DAY}"
        hotspot(connection, at, lon=place["lon"], lat=place["lat"], frp_mw=2.0 + n)


def judge(connection: Connection, home: Path) -> str:
    connection.commit()
    return analyse(connection, "industrial_heat", Settings(home))


def labels(connection: Connection) -> dict[tuple[float, str | None], int]:
    found = fetched(
        connection,
        "SELECT round(ST_X(geom)::numeric, 3), heat_source, count(*) FROM published.hotspots"
        " GROUP BY 1, 2",
    )
    return {(float(lon), label): count for lon, label, count in found}


def test_a_kiln_is_industrial_and_a_field_is_presumed_vegetation(
    fresh: Connection, home: Path
) -> None:
    burn(fresh, KILN, 20, 24)
    burn(fresh, FIELD, 1, 20)
    assert labels(fresh) == {(100.251, None): 24, (100.351, None): 20}

    said = judge(fresh, home)

    assert labels(fresh) == {(100.251, "industrial_static"): 24, (100.351, "vegetation"): 20}
    assert "industrial_static 24, vegetation 20" in said and "said anew of 24" in said
    [place] = fetched(
        fresh,
        "SELECT heat_source, reason, detections, days, months, first_day::text, last_day::text,"
        " frp_max_mw, works, works_m, province_code, ST_X(geom), method, run_id IS NOT NULL"
        " FROM published.industrial_heat",
    )
    assert place[:7] == (
        *("industrial_static", "persistent", 24, 24, 12),
        *("2024-01-10", "2025-04-14"),
    )
    assert place[7:11] == (25.0, "factory", pytest.approx(330, abs=200), "74")
    assert place[11] == pytest.approx(100.251)
    assert "version 1" in place[12] and place[13]


def test_without_works_near_it_is_uncertain(fresh: Connection, home: Path) -> None:
    burn(fresh, FIELD, 20, 24)

    judge(fresh, home)

    assert labels(fresh) == {(100.351, "uncertain"): 24}
    assert fetched(fresh, "SELECT reason, works FROM published.industrial_heat") == [
        ("no_works", None)
    ]


@pytest.mark.parametrize(
    ("fuel", "status", "label"),
    [
        ("coal", "operational", "industrial_static"),
        ("biomass", None, "industrial_static"),
        ("solar", "operational", "uncertain"),
        ("coal", "under_development", "uncertain"),
        ("coal", "closed", "uncertain"),
    ],
)
def test_a_power_plant_is_a_works_where_it_burns_something(
    fresh: Connection, home: Path, fuel: str, status: str | None, label: str
) -> None:
    burn(fresh, FIELD, 20, 24)
    fetched(
        fresh,
        "INSERT INTO power_plant (id, name, fuel, status, lon, lat, source)"
        " VALUES ('p', 'Plant', %(fuel)s, %(status)s, 100.353, 13.653, 'power_plants')",
        fuel=fuel,
        status=status,
    )

    judge(fresh, home)

    assert labels(fresh) == {(100.351, label): 24}


def test_a_power_plant_of_which_the_province_alone_is_known_is_none(
    fresh: Connection, home: Path
) -> None:
    fetched(
        fresh,
        "INSERT INTO power_plant (id, name, fuel, province_code, source)"
        " VALUES ('p', 'Plant', 'coal', '74', 'power_plants')",
    )
    [(lon, lat)] = fetched(fresh, "SELECT ST_X(geom), ST_Y(geom) FROM power_plant")
    burn(fresh, {"lon": lon + 0.001, "lat": lat}, 20, 24)

    judge(fresh, home)

    assert set(fetched(fresh, "SELECT heat_source, reason FROM heat_cell")) == {
        ("uncertain", "no_works")
    }


@pytest.mark.parametrize(
    "changes",
    [{"status": "struck_off"}, {"location_precision": "admin"}, {"status": "licensed_not_started"}],
)
def test_a_factory_that_is_no_more_or_somewhere_is_none(
    fresh: Connection, home: Path, changes: dict[str, str]
) -> None:
    burn(fresh, FIELD, 20, 24)
    factory(fresh, "other", lon=100.353, lat=13.653, **changes)

    judge(fresh, home)

    assert labels(fresh) == {(100.351, "uncertain"): 24}


def test_a_record_of_less_than_a_year_tells_nothing_and_says_so(
    fresh: Connection, home: Path
) -> None:
    burn(fresh, KILN, 10, 24)

    said = judge(fresh, home)

    assert "record of 230 days is too short" in said
    assert labels(fresh) == {(100.251, "uncertain"): 24}
    assert fetched(fresh, "SELECT reason FROM heat_cell") == [("short_record",)]
    assert fetched(fresh, "SELECT count(*) FROM published.industrial_heat") == [(0,)]


def test_another_pass_over_the_same_changes_nothing(fresh: Connection, home: Path) -> None:
    burn(fresh, KILN, 20, 24)
    judge(fresh, home)
    statement = (
        "SELECT run_id, computed_at FROM industrial_heat"
        " UNION ALL SELECT run_id, NULL FROM heat_cell"
    )
    before = fetched(fresh, statement)

    said = judge(fresh, home)

    assert fetched(fresh, statement) == before
    assert "said anew of 0" in said


def test_what_is_no_longer_persistent_is_taken_back(fresh: Connection, home: Path) -> None:
    burn(fresh, KILN, 20, 24)
    judge(fresh, home)
    fetched(fresh, "DELETE FROM hotspot WHERE acquired_at > '2024-06-01'")

    judge(fresh, home)

    assert set(labels(fresh)) == {(100.251, "vegetation")}
    assert fetched(fresh, "SELECT count(*) FROM industrial_heat") == [(0,)]


def test_a_detection_that_comes_later_is_told_as_it_comes_and_again_changes_nothing(
    fresh: Connection, home: Path
) -> None:
    burn(fresh, KILN, 20, 24)
    judge(fresh, home)
    late, other = firms(**KILN), firms(**FIELD)

    assert load(fresh, late, other) == (2, 0, 0)
    assert load(fresh, late, other) == (0, 0, 2)
    assert load(fresh, firms(**KILN, scan_km=0.5)) == (0, 1, 0)

    of_pass = "published.hotspots WHERE observed_at > '2026-01-01'"
    assert known(fresh, "heat_source", of=of_pass) == [("vegetation",), ("industrial_static",)] or (
        known(fresh, "heat_source", of=of_pass) == [("industrial_static",), ("vegetation",)]
    )


def test_what_standard_processing_replaces_goes_to_the_history_with_what_was_said(
    fresh: Connection, home: Path
) -> None:
    burn(fresh, KILN, 20, 24)
    judge(fresh, home)
    load(fresh, firms(**KILN))

    load(fresh, standard(**KILN))

    assert known(fresh, "heat_source", of="hotspot_history") == [("industrial_static",)]
    assert known(
        fresh, "heat_source, processing", of="published.hotspots WHERE observed_at > '2026-01-01'"
    ) == [("industrial_static", "SP")]


def test_kept_counts_have_it_apart_and_sums_of_fires_leave_it_out(
    fresh: Connection, home: Path
) -> None:
    insert(
        fresh, "district", code="7401", name_th="เมือง", name_en="Mueang", province_code="74",
        wkt=box(100.0, 13.4, 100.5, 13.8), source="boundaries",
    )  # fmt: skip
    burn(fresh, KILN, 20, 24)
    burn(fresh, FIELD, 1, 20)
    sums = (
        "SELECT (SELECT sum(count) FROM published.hotspot_province_days),"
        " (SELECT sum(count) FROM published.hotspot_district_days),"
        " (SELECT sum(count) FROM published.hotspot_day_counts)"
    )
    assert fetched(fresh, sums) == [(44, 44, 44)]

    judge(fresh, home)

    assert fetched(fresh, sums) == [(20, 20, 44)]
    assert fetched(
        fresh, "SELECT heat_source, sum(count) FROM published.hotspot_day_counts GROUP BY 1"
    ) in ([("industrial_static", 24), (None, 20)], [(None, 20), ("industrial_static", 24)])
    fetched(fresh, "SELECT recount_hotspot_days()")
    fetched(fresh, "SELECT sum_all_anew('hotspot_district_day')")
    assert fetched(fresh, sums) == [(20, 20, 44)]


def test_without_detections_it_fails(fresh: Connection, home: Path) -> None:
    with pytest.raises(NoDetections):
        judge(fresh, home)


def test_readers_see_it(fresh: Connection, fresh_reads: Reads, home: Path) -> None:
    burn(fresh, KILN, 20, 24)
    judge(fresh, home)

    assert fresh_reads.fetch("SELECT heat_class, count(*) FROM published.hotspots GROUP BY 1") == [
        ("industrial_static", 24)
    ]
