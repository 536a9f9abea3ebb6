"""What mills declare: whose it is, of which time, in tonnes, and what is refused."""

from datetime import date
from pathlib import Path
from typing import Any

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.mill_intake import SOURCE

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "mill_intake.csv"


def load(connection: Connection, file: Path = SAMPLE) -> Tally:
    return ingest(connection, SOURCE, file_payloads([file]), file.name)


def rows(connection: Connection) -> dict[str, tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mill_ref, season, first_day, last_day, cumulative, fresh_t, burnt_t, burnt_pct"
            " FROM mill_intake"
        )
        return {row[0]: row[1:] for row in cursor}


def test_a_mill_is_known_by_any_of_its_numbers_and_tonnes_are_told_or_reckoned(
    fresh: Connection,
) -> None:
    load(fresh)

    day = date(2025, 1, 16)
    assert rows(fresh) == {
        "10620000125552": (2024, day, day, False, 9800.0, 2200.0, None),
        "10640000125535": (
            *(2024, date(2025, 1, 1), date(2025, 1, 15), False, 120_000.0, 15_000.0, None),
        ),
        # Of the season up to the day.
        "10170000125194": (2024, day, day, True, 7600.0, 2400.0, None),
        "10530000125207": (2024, day, day, True, 7500.0, 2500.0, 25.0),
        "10620000125164": (2024, day, day, True, None, None, 34.0),
        "DEMO-7": (2024, day, day, False, 10.0, 0.0, None),
    }


def test_what_cannot_be_is_refused_with_its_reason(fresh: Connection) -> None:
    tally = load(fresh)

    assert (tally.inserted, tally.quarantined) == (6, 7)
    assert tally.reasons == {
        "mill is in no list of the Gazette: kept": 1,
        "tonnes of fresh and burnt cane are missing": 1,
        "neither registration number nor FID": 1,
        "season is not a season": 1,
        "day is not of the season": 1,
        "time is told by none or several columns": 1,
        "burnt_t is out of range": 1,
        "fortnight is not a half of a month": 1,
    }


def test_read_again_nothing_changes_and_a_correction_takes_the_place(
    fresh: Connection, tmp_path: Path
) -> None:
    load(fresh)

    assert (load(fresh).inserted, load(fresh).updated) == (0, 0)
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(
        "fid,season,day,fresh_t,burnt_t\n10620000125552,2567/68,2025-01-16,9700,2300\n"
    )
    assert load(fresh, corrected).updated == 1
    assert rows(fresh)["10620000125552"][4:6] == (9700.0, 2300.0)


def test_an_excel_file_with_from_and_to_is_read(fresh: Connection, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["FID", "ฤดูหีบ", "ตั้งแต่วันที่", "ถึงวันที่", "อ้อยสด", "อ้อยไฟไหม้"])
    sheet.append(["10620000125552", "2567/68", date(2025, 1, 6), date(2025, 1, 12), 70_000, 7_000])
    book.save(tmp_path / "mills.xlsx")

    load(fresh, tmp_path / "mills.xlsx")

    assert rows(fresh)["10620000125552"][1:5] == (
        date(2025, 1, 6),
        date(2025, 1, 12),
        False,
        70_000.0,
    )
