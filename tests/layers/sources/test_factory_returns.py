"""Energy returns: what was used becomes one unit per kind, or is refused with the remedy."""

from pathlib import Path

from psycopg2.extensions import connection as Connection

from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.methods import emission_factors
from layers.sources import factory_returns
from layers.sources.factory_returns import SOURCE
from tests.layers.sources.reading import parsed, values_of, written
from tests.makers import factory

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "factory_returns.csv"


def test_quantities_are_kept_in_the_unit_of_their_factor(fresh: Connection) -> None:
    load(fresh, SAMPLE)

    assert stored(fresh) == [
        ("bagasse", 2023, 500_000.0, "kg"),
        ("diesel", 2023, 10_000.0, "litre"),
        ("grid_electricity", 2023, 1_200_000.0, "kWh"),
        ("rice_husk", 2023, 20_000.0, "kg"),
    ]


def test_what_cannot_be_is_quarantined_with_what_would_be_accepted(fresh: Connection) -> None:
    tally = load(fresh, SAMPLE)

    assert (tally.inserted, tally.quarantined) == (4, 4)
    found = rows(fresh, "SELECT reason, detail FROM quarantine")
    details = {str(reason): str(detail) for reason, detail in found}
    assert details["unit does not fit diesel"] == "'kg' is none of litre, L, ลิตร"
    assert details["energy is unknown"].startswith("'coal' is none of grid_electricity, natural_")
    assert details["year is not a year"] == "'66' is not a year of four digits: write 2566 or 2023"
    assert "quantity is out of range" in details


def test_a_unit_that_may_be_two_is_refused_and_says_what_to_write(
    fresh: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "returns.csv"
    file.write_text(
        "registration_no,year,energy,quantity,unit\nจ3-9,2023,diesel,1,litre\n"
        "จ3-9,2023,lignite,1,ton\nจ3-9,2023,natural_gas,1,MSCF\nจ3-9,2023,diesel,1,gallon\n"
    )

    tally = load(fresh, file)

    assert tally.reasons == {"unit is ambiguous": 3}
    found = rows(fresh, "SELECT detail FROM quarantine ORDER BY line")
    lignite, gas, diesel = (str(detail) for (detail,) in found)
    assert "'ton' may be 907 kg in the United States, 1,016 kg in Britain" in lignite
    assert "a thousand cubic feet" in gas and "write one of scf, MMscf, MJ, GJ" in gas
    assert diesel.endswith("write one of litre, L, ลิตร")


def test_what_is_bought_is_of_scope_2_wherever_it_is_said() -> None:
    assert factory_returns.BOUGHT == emission_factors.BOUGHT


def test_a_return_of_a_factory_we_do_not_know_is_kept_and_counted(fresh: Connection) -> None:
    factory(fresh, "f-100", registration_no="จ3-9(6)-100/51ปจ")

    load(fresh, SAMPLE)

    assert rows(fresh, "SELECT source, rows FROM published.unplaced") == [("factory_returns", 2)]


def test_a_corrected_return_replaces_the_former(fresh: Connection, tmp_path: Path) -> None:
    load(fresh, SAMPLE)
    file = tmp_path / "corrected.csv"
    file.write_text(
        "registration_no,year,energy,quantity,unit\nจ3-9(6)-100/51ปจ,2023,diesel,9500,litre\n"
    )

    tally = load(fresh, file)

    assert (tally.inserted, tally.updated) == (0, 1)
    assert ("diesel", 2023, 9500.0, "litre") in stored(fresh)


def test_a_factory_is_found_however_its_number_is_written(tmp_path: Path) -> None:
    numbers = ["จ 3-53(3)-14/51 สค", "จ๓-๕๓(๓)-๑๔/๕๑สค", "1.0740000125517E+13", "1.074E+13"]
    lines = [f"{number},2566,diesel,5,litre" for number in numbers]
    file = written(
        tmp_path / "returns.csv",
        "\n".join(["registration_no,year,energy,quantity,unit", *lines]),
    )

    found, rejected = parsed(SOURCE, file)

    assert [values["factory_ref"] for values in values_of(found, "factory_return")] == [
        "จ3-53(3)-14/51สค",
        "จ3-53(3)-14/51สค",
        "10740000125517",
    ]
    assert [(one.record.line, one.reason) for one in rejected] == [
        (5, "registration_no is rounded by a spreadsheet")
    ]


def test_quantities_of_months_are_told_and_taken_for_no_year(
    fresh: Connection, tmp_path: Path
) -> None:
    lines = [f"3-1-1/50,2566,diesel,{month * 10},litre,{month}" for month in range(1, 13)]
    header = "registration_no,year,energy,quantity,unit,month"
    months = written(tmp_path / "months.csv", "\n".join([header, *lines]))
    year = written(tmp_path / "year.csv", f"{header}\n3-1-1/50,2566,diesel,780,litre,\n")
    doubts = "SELECT quantity, doubts FROM factory_return"

    tally = load(fresh, months)

    assert (tally.inserted, tally.warnings) == (1, 1)
    assert rows(fresh, "SELECT file, line, reason, detail, stored FROM quarantine") == [
        (
            "months.csv",
            13,
            "rows of one file contradict each other: the last is kept",
            "3-1-1/50, 2023, diesel, litre: quantity 10 and 90",
            True,
        )
    ]
    assert rows(fresh, doubts) == [(120.0, ["quantity_repeated"])]

    load(fresh, year)

    assert rows(fresh, doubts) == [(780.0, [])]


def load(connection: Connection, file: Path) -> Tally:
    return ingest(connection, SOURCE, file_payloads([file]), file.name)


def stored(connection: Connection) -> list[tuple[object, ...]]:
    return rows(
        connection, "SELECT energy, year, quantity, unit FROM factory_return ORDER BY energy"
    )


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
