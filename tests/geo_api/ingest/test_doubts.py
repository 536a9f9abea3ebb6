"""What can hardly be is stored with a doubt, shown with it and in no total; or is a conflict."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.runs import RunFailed, Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.cleaning.provinces import PROVINCES
from layers.sources import source_named
from tests.makers import box, factory, province, publish_carbon

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "ingest"
REGISTER = (
    "FID,DISPFACREG,FACTYPE,FNAME,ONAME,OBJECT,FADDR,FTUMNAME,FAMPNAME,FPROVNAME,HP,TOTAL_WORKER,"
    "FFLAG,LAT,LNG,POKDATE,LAST_UPDATE"
)
NUMBER = "3-53(1)-390-60สค"


def load(connection: Connection, source: str, path: Path) -> Tally:
    return ingest(connection, source_named(source), file_payloads([path]), path.name)


def case(name: str) -> Path:
    if not (CASES / name).is_file():
        pytest.skip(f"the small inputs are not on this machine: no {CASES / name}")
    return CASES / name


def register(tmp_path: Path, *records: dict[str, str], name: str = "register.csv") -> Path:
    sound = {
        "DISPFACREG": "3-53(1)-390/60สค",
        "FACTYPE": "05301",
        "FNAME": "บริษัท ก จำกัด",
        "ONAME": "บริษัท ก จำกัด",
        "FPROVNAME": "สมุทรสาคร",
        "HP": "100",
        "TOTAL_WORKER": "25",
        "FFLAG": "1",
        "LAT": "13.55",
        "LNG": "100.27",
        "POKDATE": "01/05/2560",
        "LAST_UPDATE": "2023-05-01",
    }
    rows = [
        [(sound | record).get(column, "") for column in REGISTER.split(",")] for record in records
    ]
    path = tmp_path / name
    path.write_text("\n".join([REGISTER, *map(",".join, rows)]) + "\n", encoding="utf-8")
    return path


def fetched(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def doubts(connection: Connection) -> dict[str, str | None]:
    return dict(fetched(connection, "SELECT id, doubts FROM published.factories"))


@pytest.fixture
def provinces(fresh: Connection) -> Connection:
    """All 77, of which two are where they are and the others far inland."""
    for place, code in enumerate(PROVINCES):
        west, south = 101 + place % 10 * 0.1, 15 + place // 10 * 0.1
        wkt = {"74": box(100.0, 13.3, 100.5, 13.8), "50": box(98, 18, 99.5, 20)}.get(
            code, box(west, south, west + 0.1, south + 0.1)
        )
        province(fresh, code, wkt=wkt)
    fresh.commit()
    return fresh


def test_each_factory_of_the_case_is_stored_with_its_doubt(provinces: Connection) -> None:
    tally = load(provinces, "diw", case("26_factory_wrong_province.csv"))

    assert (tally.inserted, tally.quarantined) == (3, 0)
    assert doubts(provinces) == {
        "3-53(1)-990-60สค": "outside_province",
        "3-53(1)-991-60สค": "outside_province, outside_thailand",
        "3-53(1)-992-60สค": "date_implausible, outside_province, outside_thailand",
    }
    told = {
        reason for (reason,) in fetched(provinces, "SELECT reason FROM quarantine WHERE stored")
    }
    assert "point is outside the province it names: stored, marked as doubtful" in told
    assert "POKDATE is implausible: marked as doubtful" in told
    assert "LAST_UPDATE is not a date: left empty" in told


def test_outlines_that_come_later_judge_the_points_that_are_there(
    fresh: Connection, tmp_path: Path
) -> None:
    load(fresh, "diw", register(tmp_path, {"LAT": "18.79", "LNG": "98.97"}))
    assert doubts(fresh) == {NUMBER: None}

    province(fresh)
    assert doubts(fresh) == {NUMBER: "outside_province"}

    with fresh.cursor() as cursor:
        cursor.execute("DELETE FROM province")
    assert doubts(fresh) == {NUMBER: None}


def test_a_point_just_outside_its_outline_is_not_doubted(fresh: Connection, tmp_path: Path) -> None:
    province(fresh, wkt=box(100.0, 13.4, 100.5, 13.8))
    fresh.commit()

    load(
        fresh,
        "diw",
        register(
            tmp_path,
            {"DISPFACREG": "3-53(1)-1/60สค", "LNG": "100.505"},  # 540 m
            {"DISPFACREG": "3-53(1)-2/60สค", "LNG": "100.52"},  # 2.2 km
        ),
    )

    assert doubts(fresh) == {"3-53(1)-1-60สค": None, "3-53(1)-2-60สค": "outside_province"}


def test_a_simulated_outline_judges_nothing(fresh: Connection, tmp_path: Path) -> None:
    province(fresh, source="demo")
    fresh.commit()

    load(fresh, "diw", register(tmp_path, {"LAT": "18.79", "LNG": "98.97"}))

    assert doubts(fresh) == {NUMBER: None}


def test_numbers_no_factory_has_are_doubted(fresh: Connection, tmp_path: Path) -> None:
    load(fresh, "diw", register(tmp_path, {"HP": "88000000", "TOTAL_WORKER": "250000"}))

    assert doubts(fresh) == {NUMBER: "horsepower_implausible, workers_implausible"}


def test_a_last_change_in_the_future_does_not_shut_later_ones_out(
    fresh: Connection, tmp_path: Path
) -> None:
    load(fresh, "diw", register(tmp_path, {"LAST_UPDATE": "2056-05-01"}))

    tally = load(fresh, "diw", register(tmp_path, {"HP": "120", "LAST_UPDATE": "2024-05-01"}))

    assert tally.updated == 1
    assert fetched(fresh, "SELECT horsepower, updated_on, doubts FROM factory") == [
        (120, date(2024, 5, 1), [])
    ]


def test_the_case_of_one_number_for_two_factories_is_a_conflict_that_names_them(
    fresh: Connection,
) -> None:
    path = case("19_dup_reg.csv")

    first, again = load(fresh, "diw", path), load(fresh, "diw", path)

    assert (first.inserted, first.merged, first.quarantined) == (1, 0, 1)
    assert (again.inserted, again.updated, again.quarantined) == (0, 0, 1)
    [(file, line, detail)] = fetched(
        fresh,
        "SELECT file, line, detail FROM quarantine WHERE reason LIKE 'registration number of two%'",
    )
    assert (file, line) == ("19_dup_reg.csv", 2)
    assert detail == (
        '3-53(1)-390-60สค: "บริษัท อื่น จำกัด" at 18.7900, 98.9700'
        ' and "บริษัท ทดสอบ39 ที่0 จำกัด" at 13.5456, 100.2741'
    )
    assert doubts(fresh) == {NUMBER: "number_conflict"}


@pytest.mark.parametrize("change", [{"FNAME": "บริษัท ข จำกัด"}, {"LAT": "18.79", "LNG": "98.97"}])
def test_another_name_or_another_place_alone_is_a_change(
    fresh: Connection, tmp_path: Path, change: dict[str, str]
) -> None:
    load(fresh, "diw", register(tmp_path, {}))

    tally = load(fresh, "diw", register(tmp_path, change))

    assert (tally.updated, tally.quarantined) == (1, 0)


def test_a_conflict_with_what_stands_keeps_that_until_the_register_changed_later(
    fresh: Connection, tmp_path: Path
) -> None:
    other = {"FNAME": "บริษัท ข จำกัด", "LAT": "18.79", "LNG": "98.97"}
    load(fresh, "diw", register(tmp_path, {}))

    same_day = load(
        fresh, "diw", register(tmp_path, other | {"HP": "7"}, {"DISPFACREG": "3-1-1/60สค"})
    )
    assert (same_day.quarantined, doubts(fresh)[NUMBER]) == (1, "number_conflict")

    later = load(fresh, "diw", register(tmp_path, other | {"LAST_UPDATE": "2024-01-01"}))
    assert (later.updated, later.quarantined) == (1, 0)
    assert fetched(fresh, "SELECT name FROM factory WHERE registration_no LIKE '%390%'") == [
        ("บริษัท ข จำกัด",)
    ]


def test_a_blank_replaces_nothing_that_is_known_and_is_told(
    fresh: Connection, tmp_path: Path
) -> None:
    load(fresh, "diw", register(tmp_path, {}))

    blank = {"HP": "", "LAT": "", "LNG": "", "LAST_UPDATE": "2024-05-01", "TOTAL_WORKER": "30"}
    tally = load(fresh, "diw", register(tmp_path, blank))

    assert tally.updated == 1
    assert fetched(fresh, "SELECT horsepower, workers, geom IS NULL FROM factory") == [
        (100, 30, False)
    ]
    assert fetched(fresh, "SELECT detail FROM quarantine WHERE reason LIKE 'a known value%'") == [
        (f"{NUMBER}: horsepower, place",)
    ]


def test_a_blank_replaces_nothing_in_a_table_without_a_rule_of_its_own(
    fresh: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "certificates.csv"
    header = "registration_no,level,issued_on,expires_on,certificate_no\n"
    path.write_text(f"{header}3-1-1/60สค,3,2024-05-01,2027-05-01,G-1\n")
    load(fresh, "green_industry", path)

    path.write_text(f"{header}3-1-1/60สค,4,2024-05-01,,\n")
    tally = load(fresh, "green_industry", path)

    assert tally.updated == 1
    assert fetched(fresh, "SELECT level, expires_on, certificate_no FROM green_certificate") == [
        (4, date(2027, 5, 1), "G-1")
    ]


RETURNS = "registration_no,year,energy,quantity,unit\n"


def carbon(connection: Connection) -> list[tuple[Any, ...]]:
    """The tonnes of all firms by year, which no reader sees, and how many quantities are doubted,
    as the next vintage would have them."""
    publish_carbon(connection)
    found = fetched(
        connection,
        """
        SELECT c.year, round(sum(a.amounts[1] + a.amounts[2])::numeric, 2)::float8,
            c.quantities_doubted
        FROM carbon_figure AS c
        LEFT JOIN carbon_amount AS a ON (a.vintage, a.year) = (c.vintage, c.year)
        WHERE c.province_code = 'total' AND c.division = 'total'
        GROUP BY c.year, c.quantities_doubted
        ORDER BY c.year
        """,
    )
    connection.rollback()
    return found


def test_the_case_of_returns_is_read_and_its_trillion_litres_are_in_no_total(
    fresh: Connection,
) -> None:
    province(fresh)
    for number in range(140, 146):
        suffix = dict(zip(range(140, 146), ["สค", "รย", "ชม", "ขก", "สข", "อบ"], strict=True))[
            number
        ]
        factory(fresh, f"f-{number}", registration_no=f"3-53(1)-{number}/60{suffix}")
    fresh.commit()

    tally = load(fresh, "factory_returns", case("20_returns_be_thai.csv"))

    assert fetched(
        fresh, "SELECT factory_ref, year, energy, quantity, doubts FROM factory_return ORDER BY 1"
    ) == [
        ("3-53(1)-140/60สค", 2023, "diesel", 1200, []),
        ("3-53(1)-141/60รย", 2023, "diesel", 1200, []),
        ("3-53(1)-143/60ขก", 2023, "grid_electricity", 5000, []),
        ("3-53(1)-145/60อบ", 2023, "diesel", 1e12, ["quantity_implausible"]),
    ]
    assert tally.quarantined == 2  # a year of two digits, and a negative quantity
    # 2,400 litres of diesel and 5,000 kWh.
    assert carbon(fresh) == [(2023, 9.0, 1)]


def test_a_quantity_a_thousandfold_of_the_other_years_is_in_no_total(
    fresh: Connection, tmp_path: Path
) -> None:
    province(fresh)
    factory(fresh, "f", registration_no="3-1-1/60สค")
    fresh.commit()
    path = tmp_path / "returns.csv"
    quantities = {2020: 1000, 2021: 1100, 2022: 1_050_000}
    lines = [f"3-1-1/60สค,{year},diesel,{litres},litre\n" for year, litres in quantities.items()]

    path.write_text(RETURNS + lines[0] + lines[2])
    load(fresh, "factory_returns", path)
    assert [row[2] for row in carbon(fresh)] == [0, 0]  # of two nobody knows which is wrong

    path.write_text(RETURNS + "".join(lines))
    load(fresh, "factory_returns", path)
    again = load(fresh, "factory_returns", path)

    assert carbon(fresh) == [(2020, 2.71, 0), (2021, 2.98, 0), (2022, None, 1)]
    assert (again.inserted, again.updated) == (0, 0)


def test_fires_of_the_case_that_cannot_be_are_in_quarantine_with_value_and_reason(
    fresh: Connection,
) -> None:
    load(fresh, "firms", case("05b_firms_be.csv"))

    assert fetched(fresh, "SELECT line, reason FROM quarantine ORDER BY line") == [
        (4, "acquisition time cannot be read"),
        (6, "no usable coordinates"),
    ]
    [(detail,)] = fetched(fresh, "SELECT detail FROM quarantine WHERE line = 6")
    assert detail.startswith("latitude 0, longitude 0: degrees within")
    # Three sound ones, a Buddhist year and a day first among them.
    assert fetched(fresh, "SELECT DISTINCT observed_at FROM published.hotspots") == [
        (datetime(2026, 4, 23, 7, 3, tzinfo=UTC),)
    ]
    assert fetched(fresh, "SELECT count(*) FROM published.hotspots") == [(3,)]


def test_swapped_fires_of_the_case_are_put_back_and_counted(fresh: Connection) -> None:
    tally = load(fresh, "firms", case("06c_firms_swapped.csv"))

    assert tally.reasons == {"latitude and longitude were swapped: put back in order": 2}
    assert fetched(fresh, "SELECT ST_AsText(geom) FROM published.hotspots") == [
        ("POINT(100.3 13.5)",)
    ]


def test_real_factories_outside_their_province_say_so(fresh: Connection, shared_data: Path) -> None:
    load(fresh, "boundaries", shared_data / "admin_boundaries" / "tha_adm1_province.topojson")

    load(
        fresh,
        "diw",
        shared_data / "facilities_factories" / "factories_samutsakhon_muang.csv.gz",
    )

    # By shapely in metres of UTM: 39 lie outside, 31 by more than a kilometre.
    assert fetched(
        fresh, "SELECT count(*) FROM published.factories WHERE doubts = 'outside_province'"
    ) == [(31,)]


def test_a_file_of_which_every_row_was_rejected_has_not_succeeded(
    fresh: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "area.csv"
    path.write_text("latitude,longitude,brightness\n0,0,330\n0,0,331\n")
    path = path.rename(tmp_path / "points_2day_2026-04-21.csv")

    with pytest.raises(RunFailed, match=r"every row read was rejected \(2 of 2\)"):
        load(fresh, "firms", path)

    assert fetched(fresh, "SELECT status FROM run") == [("failed",)]
    assert fetched(fresh, "SELECT count(*) FROM quarantine") == [(2,)]
