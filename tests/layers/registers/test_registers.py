"""Registers: what a declaration makes, where rows are shown, and what never is."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Identifier

from geo_api.database.connections import Reads
from geo_api.database.runs import Tally
from geo_api.features.unshown import unshown
from geo_api.ingest.loading import file_payloads, ingest
from layers.catalog import catalog
from layers.registers import registers
from layers.sources import source_named, sources
from tests.makers import box, factory, insert, province

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "registers"
REGISTRATION = "จ3-9(6)-100/51ปจ"


def load(connection: Connection, name: str, file: Path | None = None) -> Tally:
    path = file or SAMPLES / f"{name}.csv"
    return ingest(connection, source_named(name), file_payloads([path]), path.name)


def shown(connection: Connection, layer: str, *columns: str) -> dict[Any, Any]:
    """The values by the first column; a lone one is no list."""
    query = SQL("SELECT {} FROM {}").format(
        SQL(", ").join(map(Identifier, columns)), Identifier("published", layer)
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {first: rest[0] if len(rest) == 1 else rest for first, *rest in cursor.fetchall()}


@pytest.fixture
def ground(fresh: Connection) -> Connection:
    """Two provinces, and a factory in the one with Samut Sakhon's code."""
    province(fresh)
    province(fresh, "19", name_th="สระบุรี", name_en="Saraburi", wkt=box(100.5, 14.3, 101.3, 15))
    factory(fresh, "f-1", registration_no=REGISTRATION, lon=100.3, lat=13.6)
    fresh.commit()
    return fresh


def test_a_declaration_is_a_layer_and_a_source_of_its_name() -> None:
    assert registers().keys() <= catalog().keys() & sources().keys()
    for name in registers():
        assert catalog()[name].sources == (name,)
    assert {
        *("projects", "power_plants", "community_products", "industry_awards", "concessions"),
        *("service_points", "incidents", "events", "training", "sme_fund"),
    } == registers().keys()


@pytest.mark.parametrize("name", sorted(registers()))
def test_a_sample_is_shown_and_again_changes_nothing(ground: Connection, name: str) -> None:
    first, second = load(ground, name), load(ground, name)

    assert first.inserted > 0
    assert (second.inserted, second.updated, second.unchanged) == (0, 0, first.inserted)
    assert len(shown(ground, name, "id", "source")) > 0


def test_a_row_is_where_it_says_or_its_factory_is_or_a_point_for_its_province(
    ground: Connection, fresh_reads: Reads
) -> None:
    tally = load(ground, "projects")

    assert (tally.inserted, tally.quarantined) == (4, 2)
    assert shown(ground, "projects", "name", "placed_by", "province_code", "factory_id") == {
        "โครงการใช้กากอ้อย": ["given", "74", None],
        "โครงการหมู่บ้าน": ["province", "74", None],
        "โครงการที่โรงงาน": ["factory", "74", "f-1"],
    }
    (told,) = unshown(fresh_reads, [])
    assert (told["what"]["en"], told["rows"], told["sources"]) == (
        "Rows of registers that no map can place",
        1,
        ["projects"],
    )


def test_codes_days_and_amounts_are_read_as_officers_write_them(ground: Connection) -> None:
    tally = load(ground, "projects")

    columns = ("name", "kind", "owner", "budget_baht", "starts_on", "ends_on")
    assert shown(ground, "projects", *columns)["โครงการใช้กากอ้อย"] == [
        *("bcg", "สถาบันพลาสติก", 1_500_000, date(2023, 10, 1), date(2024, 9, 30)),
    ]
    assert tally.reasons["kind is not one of its codes"] == 1
    assert tally.reasons["ends before it starts"] == 1


def test_a_persons_name_is_left_out_and_a_row_that_is_one_is_refused(ground: Connection) -> None:
    projects, products = load(ground, "projects"), load(ground, "community_products")

    assert shown(ground, "projects", "name", "owner")["โครงการหมู่บ้าน"] is None
    assert shown(ground, "community_products", "name", "holder") == {
        "น้ำพริกเผา": "กลุ่มแม่บ้านเกษตรกรบ้านแพ้ว",
        "ผ้าบาติก": None,
    }
    assert projects.reasons["owner names a natural person: left empty"] == 1
    assert products.reasons["name is that of a natural person"] == 1


def test_a_factory_and_a_boundary_that_come_later_place_the_row_then(fresh: Connection) -> None:
    load(fresh, "incidents")
    assert shown(fresh, "incidents", "name", "placed_by") == {}

    province(fresh)
    factory(fresh, "f-1", registration_no=REGISTRATION, lon=100.3, lat=13.6)

    assert shown(fresh, "incidents", "name", "placed_by", "factory_id") == {
        "เพลิงไหม้คลังสินค้า": ["factory", "f-1"],
        "การระบาดในตลาดกลาง": ["province", None],
    }


def test_a_factory_that_moves_takes_its_rows_with_it(ground: Connection) -> None:
    load(ground, "incidents")

    with ground.cursor() as cursor:
        cursor.execute("UPDATE factory SET geom = ST_SetSRID(ST_MakePoint(100.4, 13.5), 4326)")
        cursor.execute("SELECT ST_AsText(geom) FROM incident WHERE factory_id = 'f-1'")
        assert cursor.fetchone() == ("POINT(100.4 13.5)",)


def test_an_incident_has_its_day_and_none_lies_ahead_but_an_event_may(ground: Connection) -> None:
    tally = load(ground, "incidents")
    load(ground, "events")

    assert tally.reasons == {"time is in the future": 1}
    times = shown(ground, "incidents", "name", "observed_at")
    assert times["เพลิงไหม้คลังสินค้า"].isoformat() == "2021-07-04T17:00:00+00:00"
    assert "อุตสาหกรรมแฟร์" in shown(ground, "events", "name", "visitors")


def test_a_number_with_slashes_becomes_an_id_that_an_address_can_carry(
    ground: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "concessions.csv"
    file.write_text("id,name,kind,lat,lon\n32529/16220,ก,soil,13.5,100.2\n7-1,ข,soil,13.5,100.2\n")

    load(ground, "concessions", file)

    ids = shown(ground, "concessions", "name", "id")
    assert ids["ข"] == "7-1"
    assert len(ids["ก"]) == 18 and "/" not in ids["ก"]


def test_what_is_missing_that_a_row_needs_is_quarantined(
    ground: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "incidents.csv"
    file.write_text(
        "name,kind,starts_on,จังหวัด\nก,,2024-01-01,74\nข,fire,,74\nค,fire,2024-01-01,99\n"
    )
    file.write_text(file.read_text() + "ง,fire,2024-01-01,74\n")

    tally = load(ground, "incidents", file)

    assert (tally.inserted, tally.reasons) == (
        1,
        {"kind is missing": 1, "starts_on is missing": 1, "province_code names no province": 1},
    )


def test_a_point_out_of_the_province_it_names_is_shown_with_a_doubt(
    ground: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "concessions.csv"
    file.write_text("name,kind,จังหวัด,lat,lon\nก,soil,74,14.6,100.95\n")

    load(ground, "concessions", file)

    assert shown(ground, "concessions", "name", "doubts") == {"ก": "outside_province"}


# --- the SME fund -------------------------------------------------------------------------------


def provinces(connection: Connection) -> None:
    for number, code in enumerate(("73", "74", "70", "75")):
        wkt = box(99 + number, 13, 99.5 + number, 14)
        insert(
            connection, "province", code=code, name_th=code, name_en=code, region="central",
            source="boundaries", wkt=wkt,
        )  # fmt: skip
    connection.commit()


def test_a_cell_of_fewer_than_five_is_withheld_with_another_from_which_it_could_be_told(
    fresh: Connection,
) -> None:
    provinces(fresh)

    load(fresh, "sme_fund")

    with fresh.cursor() as cursor:
        cursor.execute(
            "SELECT province_code, year, loans, amount_baht, withheld FROM published.sme_fund"
            " ORDER BY year, province_code"
        )
        assert cursor.fetchall() == [
            ("73", 2023, 6, 1_000_000, False),
            ("74", 2023, 9, 2_000_000, False),
            ("70", 2024, 40, 30_000_000, False),
            ("73", 2024, None, None, True),
            ("74", 2024, None, None, True),
            ("75", 2024, 0, 0, False),
        ]


# --- other people's tables ----------------------------------------------------------------------


def test_plants_of_the_global_database_are_read_by_its_own_columns(ground: Connection) -> None:
    tally = load(ground, "power_plants", SAMPLES / "power_plants_wri.csv")

    assert tally.reasons["place is not in or near Thailand"] == 1
    assert shown(ground, "power_plants", "id", "name", "fuel", "capacity_mw", "commissioned") == {
        "1000172": ["Lam Ta Khong", "hydro", 500.0, "2000-2002"],
    }
    with ground.cursor() as cursor:
        cursor.execute("SELECT fuel, status FROM power_plant WHERE geom IS NULL")
        assert cursor.fetchall() == [("natural_gas", "under_development")]


def test_of_projects_all_over_the_world_those_of_thailand_are_read(ground: Connection) -> None:
    tally = load(ground, "projects", SAMPLES / "projects_cdm.csv")

    assert (tally.read, tally.inserted, tally.quarantined) == (3, 2, 0)
    assert shown(ground, "projects", "id", "kind", "energy", "capacity_mw") == {
        "CDMDB0005739": ["cdm", "Solar", 1.0],
    }


@pytest.mark.parametrize(
    ("name", "file", "rows", "placed", "reasons"),
    [
        # One of 123 has lost the sign of its longitude, or its place: 98.976° W.
        (
            *("projects", "carbon_cdm_projects/database_CDMDB.csv.gz", 122, 103),
            {"place is not in or near Thailand": 1},
        ),
        (
            *("power_plants", "facilities_power_plants/wri_Thailand.csv", 189, 171),
            {"capacity_mw is out of range: left empty": 1},
        ),
    ],
)
def test_a_whole_public_list_is_read_and_again_changes_nothing(
    fresh: Connection,
    shared_data: Path,
    name: str,
    file: str,
    rows: int,
    placed: int,
    reasons: dict[str, int],
) -> None:
    path = shared_data / file

    first, second = load(fresh, name, path), load(fresh, name, path)

    assert (first.inserted, first.reasons) == (rows, reasons)
    assert not first.unknown_columns
    assert (second.inserted, second.updated) == (0, 0)
    assert len(shown(fresh, name, "id", "placed_by")) == placed
