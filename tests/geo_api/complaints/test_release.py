"""What is released of complaints: each period once, homes and not complaints, and never changed."""

from datetime import UTC, datetime
from fractions import Fraction

import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.complaints.release import NotYetOver, Released, release
from tests.makers import box, complaint, insert, province

UNTIL = datetime(2026, 6, 15, tzinfo=UTC)


def none(_: Fraction) -> int:
    return 0


def released(connection: Connection, until: datetime = UNTIL) -> Released:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status) VALUES ('complaint_release', '', 'succeeded')"
            " RETURNING id"
        )
        [(run_id,)] = cursor.fetchall()
    return release(connection, run_id, until=until, now=UNTIL, draw=none)


def rows(connection: Connection, table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT period_start::text, area_code, homes FROM complaint_release"
            " WHERE table_name = %s ORDER BY 1, 2",
            (table,),
        )
        return cursor.fetchall()


def complaints(
    connection: Connection, at: str, homes: int, *, lon: float = 100.1, named: str = "c"
) -> None:
    """Of homes 111 m apart from each other, going north."""
    for n in range(homes):
        complaint(connection, f"{named}-{at}-{n}", at, lon=lon, lat=13.5 + n / 1000)


@pytest.fixture
def monthly(connection: Connection) -> Connection:
    """Two provinces, and months by province whatever the volume."""
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    province(connection, "70", name_en="Ratchaburi", wkt=box(99.5, 13.4, 100.0, 13.8))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint_table SET least_mean = 0.001")
    return connection


def test_a_month_that_is_over_is_released_and_the_one_that_runs_is_not(monthly: Connection) -> None:
    complaints(monthly, "2026-05-10 12:00+07", 20)
    complaints(monthly, "2026-06-02 12:00+07", 30)

    released(monthly)

    assert rows(monthly, "complaint_months") == [("2026-05-01", "74", 20)]


def test_a_month_is_that_of_thailand(monthly: Connection) -> None:
    complaints(monthly, "2026-04-30 18:00+00", 20)

    released(monthly)

    assert rows(monthly, "complaint_months") == [("2026-05-01", "74", 20)]


def test_a_home_counts_once_however_often_it_complains(monthly: Connection) -> None:
    complaints(monthly, "2026-05-10 12:00+07", 20)
    for n in range(30):
        complaint(monthly, f"again-{n}", "2026-05-11 12:00+07", lon=100.1, lat=13.5)

    released(monthly)

    assert rows(monthly, "complaint_months") == [("2026-05-01", "74", 20)]


def test_too_few_are_hidden_in_the_layer_as_an_area_without_a_number(monthly: Connection) -> None:
    complaints(monthly, "2026-05-10 12:00+07", 20)
    complaints(monthly, "2026-05-10 12:00+07", 15, lon=99.9, named="few")

    released(monthly)

    with monthly.cursor() as cursor:
        cursor.execute(
            "SELECT code, homes FROM published.complaint_months"
            " WHERE observed_at = '2026-05-01 00:00+07' ORDER BY 1"
        )
        assert cursor.fetchall() == [("70", None), ("74", 20)]


def test_a_second_release_changes_nothing(monthly: Connection) -> None:
    complaints(monthly, "2026-05-10 12:00+07", 20)
    assert released(monthly).periods > 0

    assert released(monthly) == Released(0, 0)


def test_a_hidden_row_is_not_considered_again_when_more_is_known(monthly: Connection) -> None:
    complaints(monthly, "2026-05-10 12:00+07", 8)
    released(monthly)
    with monthly.cursor() as cursor:
        cursor.execute("UPDATE complaint_table SET least_noisy = 5")

    released(monthly)

    assert rows(monthly, "complaint_months") == []


def test_a_report_that_comes_late_counts_when_it_comes(monthly: Connection) -> None:
    complaints(monthly, "2026-04-10 12:00+07", 20)
    released(monthly, datetime(2026, 5, 2, tzinfo=UTC))

    complaints(monthly, "2026-04-11 12:00+07", 17, lon=100.2, named="late")
    released(monthly)

    assert rows(monthly, "complaint_months") == [("2026-04-01", "74", 20), ("2026-05-01", "74", 17)]


def test_what_was_released_can_be_neither_changed_nor_taken_back(monthly: Connection) -> None:
    complaints(monthly, "2026-05-10 12:00+07", 20)
    released(monthly)

    for statement in (
        "UPDATE complaint_release SET homes = 21",
        "DELETE FROM complaint_release",
        "DELETE FROM complaint_release_period",
        "UPDATE complaint_plan SET area = 'district'",
        "TRUNCATE complaint_release",
    ):
        with monthly.cursor() as cursor:
            cursor.execute("SAVEPOINT attempt")
            with pytest.raises(psycopg2.errors.RaiseException, match="never changed"):
                cursor.execute(statement)
            cursor.execute("ROLLBACK TO SAVEPOINT attempt")


def test_dealt_with_is_released_sixty_days_after_the_quarter(monthly: Connection) -> None:
    complaints(monthly, "2026-02-10 12:00+07", 40)
    with monthly.cursor() as cursor:
        cursor.execute(
            "UPDATE complaint SET status = 'closed',"
            " last_activity_at = reported_at + INTERVAL '59 d'"
            " WHERE id < 'c-2026-02-10 12:00+07-28'"
        )
        cursor.execute("SELECT count(*) FROM complaint WHERE status = 'closed'")
        [(closed,)] = cursor.fetchall()

    released(monthly, datetime(2026, 5, 29, tzinfo=UTC))
    assert rows(monthly, "complaints_dealt_with") == []
    released(monthly, datetime(2026, 5, 31, tzinfo=UTC))

    with monthly.cursor() as cursor:
        cursor.execute(
            "SELECT category, dealt_with, not_dealt_with FROM published.complaints_dealt_with"
        )
        assert cursor.fetchall() == [("odour", closed, 40 - closed)]


def test_the_future_is_not_released(connection: Connection) -> None:
    with pytest.raises(NotYetOver, match="must not be in the future"):
        released(connection, datetime(2027, 1, 1, tzinfo=UTC))


def test_no_period_is_released_before_there_is_a_complaint(connection: Connection) -> None:
    assert released(connection) == Released(0, 0)


def test_a_year_is_planned_by_the_volume_and_the_plan_stands(connection: Connection) -> None:
    province(connection, "74")
    complaints(connection, "2026-05-10 12:00+07", 40)
    released(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, period, area FROM complaint_plan WHERE year = 2026")
        before = cursor.fetchall()
    complaints(connection, "2026-06-10 12:00+07", 200, named="more")

    released(connection)

    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, period, area FROM complaint_plan WHERE year = 2026")
        assert cursor.fetchall() == before
    assert ("complaints_dealt_with", "year", "country") in before


def test_a_subdistrict_of_few_houses_stays_hidden(monthly: Connection) -> None:
    insert(
        monthly, "subdistrict", code="740101", district_code="7401", name_th="ก", name_en="A",
        source="boundaries", wkt=box(100.0, 13.4, 100.5, 13.8),
    )  # fmt: skip
    insert(
        monthly, "subdistrict_houses", code="740101", houses=450, as_of="2025-12-31", source="DOPA"
    )
    complaints(monthly, "2025-07-10 12:00+07", 40)

    released(monthly)

    assert rows(monthly, "complaint_years") == []
    assert rows(monthly, "complaint_months") == [("2025-07-01", "74", 40)]
