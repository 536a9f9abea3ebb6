"""Green Industry certificates: their dates, and the factory that each belongs to."""

from datetime import date
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.green_industry import SOURCE
from tests.layers.sources.reading import parsed
from tests.makers import factory

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "green_industry.csv"


def test_a_certificate_is_shown_at_its_factory(fresh: Connection) -> None:
    factory(fresh, "f-100", registration_no="จ3-9(6)-100/51ปจ", province_code="25")

    tally = load(fresh, SAMPLE)

    assert (tally.inserted, tally.quarantined) == (3, 3)
    assert shown(fresh) == [
        ("f-100", 3, date(2023, 5, 1), date(2026, 4, 30), "25"),
        ("f-100", 4, date(2025, 5, 1), None, "25"),
    ]


def test_a_level_or_date_that_cannot_be_is_quarantined(fresh: Connection) -> None:
    tally = load(fresh, SAMPLE)

    assert tally.reasons == {
        "level is not 1 to 5": 1,
        "issued_on is not a date": 1,
        "expires before it was issued": 1,
    }


def test_a_certificate_that_came_before_its_factory_is_shown_once_the_factory_is_there(
    fresh: Connection,
) -> None:
    load(fresh, SAMPLE)

    before = shown(fresh)
    factory(fresh, "f-33", fid="10840002225552", registration_no="3-106-33/50สบ")

    assert before == []
    assert shown(fresh) == [("f-33", 2, date(2023, 8, 15), date(2026, 8, 14), "74")]


def test_a_factory_may_be_named_by_its_new_number(fresh: Connection, tmp_path: Path) -> None:
    factory(fresh, "f-1", fid="10840002225552")
    file = tmp_path / "list.csv"
    file.write_text("factory_id,level,issued_on\n10840002225552,5,2024-01-31\n")

    load(fresh, file)

    assert shown(fresh) == [("f-1", 5, date(2024, 1, 31), None, "74")]


def test_a_later_row_for_the_same_day_corrects_the_certificate(
    fresh: Connection, tmp_path: Path
) -> None:
    load(fresh, SAMPLE)
    file = tmp_path / "corrected.csv"
    file.write_text("registration_no,level,issued_on\n3-106-33/50สบ,3,2023-08-15\n")

    tally = load(fresh, file)

    assert (tally.inserted, tally.updated) == (0, 1)


def test_the_same_list_again_changes_nothing(fresh: Connection) -> None:
    load(fresh, SAMPLE)

    again = load(fresh, SAMPLE)

    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 3)


def load(connection: Connection, file: Path) -> Tally:
    return ingest(connection, SOURCE, file_payloads([file]), file.name)


def shown(connection: Connection) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT factory_id, level, issued_on, expires_on, province_code"
            " FROM published.green_certificates ORDER BY factory_id, issued_on"
        )
        return cursor.fetchall()


@pytest.mark.parametrize("written", ["3", "๓", "3.0", "ระดับ 3", "ระดับที่ ๓", "Level 3", "GI3"])
def test_a_level_is_read_however_lists_write_it(written: str, tmp_path: Path) -> None:
    file = tmp_path / "certificates.csv"
    file.write_text(f"registration_no,level,issued_on\n3-106-33/50สบ,{written},2023-08-15\n")

    rows, rejected = parsed(SOURCE, file)

    assert ([row.values["level"] for row in rows], rejected) == ([3], [])
