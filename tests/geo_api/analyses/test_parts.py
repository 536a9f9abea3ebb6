"""Analyses in parts give the same, to the last digit, whoever computes which part."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import alone, analyse, parts_of
from geo_api.analyses.parts import Helped, by_month, in_blocks
from geo_api.analyses.parts import parts_sql as sql
from geo_api.database.connections import beside
from geo_api.jobs.helping import by_processes
from geo_api.settings import Settings
from layers.analyses import analyses
from tests.makers import factory, insert, wind_reading

HOUR = timedelta(hours=1)
DAYS = [datetime(2026, month, day, 1, tzinfo=UTC) for month in (1, 2, 3) for day in (3, 4, 20)]


@pytest.fixture
def burning(fresh: Connection) -> Connection:
    """Fires about factories on days of three months, with wind."""
    with fresh.cursor() as cursor:
        for table in ("air_measurement", "hotspot"):
            cursor.execute(f"SELECT ensure_months('{table}', '2026-01-01', '2026-03-31')")
    for number in range(4):
        factory(fresh, f"mill{number}", lon=100.2 + number * 0.02, lat=14.3)
    insert(fresh, "air_station", id="36t", lon=100.2, lat=14.3, source="air4thai")
    for day, at in enumerate(DAYS):
        wind_reading(fresh, "36t", at, from_deg=40 * day, speed_m_s=2)
        for number in range(9):
            insert(
                fresh,
                "hotspot",
                id=f"{day}-{number}",
                acquired_at=at - (number + 1) * HOUR,
                time_precision="minute",
                lon=100.17 + 0.0123 * number,
                lat=14.28 + 0.0071 * number,
                land_use="paddy",
                sources=["firms"],
            )
    fresh.commit()
    return fresh


def made(
    connection: Connection, home: Path, helped: Helped
) -> tuple[str, list[tuple[object, ...]]]:
    """What the analysis said, and the rows it wrote, in the order in which they lie."""
    with connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE upwind_fire, upwind_coverage, upwind_day")
    said = analyse(connection, "upwind_fires", Settings(home), helped=helped)
    with connection, connection.cursor() as cursor:
        found: list[tuple[object, ...]] = []
        for question in (
            "SELECT day, factory_id, fires, nearest_m, nearest_bearing_deg FROM upwind_fire",
            "SELECT day, province_code, factories, judged FROM upwind_coverage",
        ):
            cursor.execute(question)
            found += cursor.fetchall()
    return said, found


def test_two_processes_write_what_one_does(burning: Connection, fresh_url: str, home: Path) -> None:
    settings = Settings(home)

    by_one = made(burning, home, alone)
    by_two = made(burning, home, by_processes(settings, fresh_url, 2))

    assert by_two == by_one
    assert len(by_one[1]) > len(DAYS)
    with burning.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs.shared_run")
        assert cursor.fetchall() == [(0,)]


def test_what_hangs_loses_its_part_and_the_run_ends_with_the_same(
    burning: Connection, home: Path
) -> None:
    """PostgreSQL itself ends a helper that holds a part and does nothing."""
    lost: list[bool] = []

    @contextmanager
    def hanging(leader: Connection, run_id: int, parts: int) -> Iterator[None]:
        of_run = {"run": run_id}
        with closing(beside(leader)) as helper, helper.cursor() as cursor:
            cursor.execute(sql.HELP, {**of_run, "hangs_after": "1s"})
            helper.commit()
            cursor.execute(sql.TAKE, of_run)
            assert cursor.fetchone() and parts > 1
            yield
            with pytest.raises(psycopg2.OperationalError):
                cursor.execute("SELECT 1")
            lost.append(True)

    by_one = made(burning, home, alone)
    with_one_that_hangs = made(burning, home, hanging)

    assert with_one_that_hangs == by_one
    assert lost == [True]


def test_what_declares_a_partition_is_computed_in_parts_and_nothing_else() -> None:
    declared = {name for name, one in analyses().items() if one.partition}

    assert declared == {name for name in analyses() if parts_of(name)}
    assert len(declared) >= 4


@pytest.mark.parametrize(
    ("cut", "labels"),
    [
        (lambda: by_month([date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)]),
         ["2026-01", "2026-02"]),
        (lambda: in_blocks(5, 2), ["0-1", "2-3", "4-4"]),
        (lambda: in_blocks(0, 2), []),
    ],
)  # fmt: skip
def test_parts_are_cut_by_the_data_alone(cut: Callable[[], list], labels: list[str]) -> None:  # type: ignore[type-arg]
    assert [part.label for part in cut()] == labels
