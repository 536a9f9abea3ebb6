"""Carbon by province and year: factors by date, biomass apart, and nothing made of nothing."""

import csv
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from layers.sources.factory_returns import ENERGIES
from tests.makers import factory, factory_return, firm, insert, province, publish_carbon

# What is shipped: kind of energy and unit, and the key of the same row in the copy of TGO's table.
TGO_KEYS = {
    ("natural_gas", "scf"): "natural_gas_scf",
    ("diesel", "litre"): "gas_diesel_oil",
    ("gasoline", "litre"): "motor_gasoline",
    ("fuel_oil_a", "litre"): "heavy_fuel_oil_a",
    ("fuel_oil_c", "litre"): "heavy_fuel_oil_c",
    ("lpg", "litre"): "lpg_litre",
    ("lpg", "kg"): "lpg_kg",
    ("lignite", "kg"): "lignite_coal",
    ("sub_bituminous", "kg"): "sub_bituminous_coal",
    ("anthracite", "kg"): "anthracite_coal",
    ("bagasse", "kg"): "bagasse",
    ("fuel_wood", "kg"): "fuel_wood",
    ("grid_electricity", "kWh"): "grid_electricity",
}


def five(connection: Connection, year: int, energy: str, quantity: float, unit: str) -> None:
    """Of five firms the same return; they are made with the first."""
    for n in range(5):
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM factory WHERE id = %s", [f"f{n}"])
            if not cursor.rowcount:
                firm(connection, f"f{n}")
        factory_return(connection, f"f{n}", year, energy, quantity, unit)


def test_fuels_and_electricity_add_up_to_tonnes_by_scope(connection: Connection) -> None:
    province(connection, "74")
    five(connection, 2023, "grid_electricity", 1_000_000, "kWh")
    five(connection, 2023, "diesel", 10_000, "litre")

    (carbon,) = published(connection)

    assert (carbon["id"], carbon["year"], carbon["name_en"]) == ("74-2023", 2023, "Samut Sakhon")
    assert carbon["scope1_tco2e"] == pytest.approx(5 * 27.078, abs=1)
    assert carbon["scope2_tco2e"] == pytest.approx(5 * 499.9, abs=1)
    assert carbon["tco2e"] == pytest.approx(5 * (499.9 + 27.078), abs=1)


def test_tonnes_are_whole_lest_their_digits_tell_litres_from_kilograms(
    connection: Connection,
) -> None:
    province(connection, "74")
    five(connection, 2023, "diesel", 12_345, "litre")
    five(connection, 2023, "lpg", 2345, "kg")

    (carbon,) = published(connection)

    assert carbon["scope1_tco2e"] == round(5 * (12_345 * 2.7078 + 2345 * 3.1134) / 1000)


def test_what_lies_upstream_is_in_no_sum(connection: Connection) -> None:
    province(connection, "74")
    five(connection, 2026, "grid_electricity", 1_000_000, "kWh")

    (carbon,) = published(connection)

    assert carbon["tco2e"] == carbon["scope2_tco2e"] == pytest.approx(5 * 475.0, abs=1)


def test_the_factor_is_the_newest_one_valid_on_the_last_day_of_the_year(
    connection: Connection,
) -> None:
    province(connection, "74")
    for year in (2025, 2026):
        five(connection, year, "grid_electricity", 1_000_000, "kWh")

    tonnes = {carbon["year"]: carbon["tco2e"] for carbon in published(connection)}

    assert tonnes == {2025: pytest.approx(5 * 499.9, abs=1), 2026: pytest.approx(5 * 475.0, abs=1)}


def test_of_two_factors_valid_on_one_day_the_later_begun_is_taken(connection: Connection) -> None:
    province(connection, "74")
    five(connection, 2023, "diesel", 1000, "litre")
    words = {"gases": "CO2", "gwp": "AR5", "source": "test"}
    insert(
        connection,
        "emission_factor",
        energy="diesel",
        unit="litre",
        kgco2e_per_unit=3,
        valid_from="2023-12-31",
        **words,
    )

    (carbon,) = published(connection)

    assert carbon["tco2e"] == pytest.approx(15.0, abs=1)


def test_all_of_biomass_stands_apart(connection: Connection) -> None:
    province(connection, "74")
    five(connection, 2023, "bagasse", 1_000_000, "kg")
    five(connection, 2023, "diesel", 1000, "litre")

    (carbon,) = published(connection)

    assert carbon["tco2e"] == pytest.approx(5 * 2.7078, abs=1)
    assert carbon["biomass_tco2e"] == pytest.approx(5 * 14.3, abs=1)
    assert carbon["biogenic_tco2"] == pytest.approx(5 * 753.0, abs=1)


def test_what_has_no_factor_is_counted_and_never_zero(connection: Connection) -> None:
    province(connection, "74")
    factory_return(connection, firm(connection, "f"), 2023, "rice_husk", 1000, "kg")

    (carbon,) = published(connection)

    assert (carbon["tco2e"], carbon["withheld"]) == (None, None)
    assert (carbon["quantities_without_factor"], carbon["factories_reported"]) == (1, 1)


def test_the_share_is_of_the_factories_in_operation(connection: Connection) -> None:
    province(connection, "74")
    for id in ("a", "b", "c", "d"):
        firm(connection, id)
    firm(connection, "gone", status="struck_off")
    factory_return(connection, "a", 2023)
    factory_return(connection, "a", 2023, "lpg", 1, "kg")
    factory_return(connection, "b", 2023)

    (carbon,) = published(connection)

    assert (carbon["factories_reported"], carbon["factories"]) == (2, 4)
    assert carbon["reported_share"] == 0.5


def test_who_reported_and_stopped_since_is_in_the_sum_and_in_the_share(
    connection: Connection,
) -> None:
    province(connection, "74")
    factory_return(connection, firm(connection, "here"), 2023)
    factory_return(connection, firm(connection, "gone", status="struck_off"), 2023, "lpg", 1, "kg")

    (carbon,) = published(connection)

    assert (carbon["factories_reported"], carbon["factories"]) == (2, 2)
    assert carbon["reported_share"] == 1


def test_without_a_register_of_operating_factories_the_share_is_unknown(
    connection: Connection,
) -> None:
    province(connection, "74")
    factory_return(connection, firm(connection, "f", status="unknown"), 2023)

    (carbon,) = published(connection)

    assert (carbon["factories"], carbon["reported_share"]) == (None, None)


def test_a_province_and_year_without_a_return_is_absent(connection: Connection) -> None:
    province(connection, "74")
    factory_return(connection, firm(connection, "f"), 2021)
    factory_return(connection, "f", 2023)

    assert [carbon["id"] for carbon in published(connection)] == ["74-2021", "74-2023"]


def test_one_simulated_return_marks_the_whole_sum_as_simulated(connection: Connection) -> None:
    province(connection, "74")
    factory_return(connection, firm(connection, "f"), 2023)
    factory_return(connection, "f", 2023, "lpg", 1, "kg", source="demo")

    (carbon,) = published(connection)

    assert carbon["source"] == "demo"


@pytest.mark.parametrize(
    ("litres", "shown"),
    [
        ((1000,), False),
        ((1000, 1000, 1000, 1000), False),
        ((1000, 1000, 1000, 1000, 1000), True),
        # The second, who knows its own, reckons the first to within 15 %: 149 of 1000 are others'.
        ((1000, 1000, 50, 50, 49), False),
        ((1000, 1000, 50, 50, 50), True),
        ((1000, 1000, 1000, 1000, 0), False),
    ],
)
def test_a_sum_that_tells_one_firms_amount_is_withheld(
    connection: Connection, litres: tuple[int, ...], shown: bool
) -> None:
    province(connection, "74")
    for n, quantity in enumerate(litres):
        factory_return(connection, firm(connection, f"f{n}"), 2023, quantity=quantity)

    (carbon,) = published(connection)

    assert (carbon["tco2e"] is not None, carbon["withheld"]) == (shown, None if shown else "tco2e")
    assert carbon["factories_reported"] == len(litres)
    assert carbon["factories_summed"] == (len(litres) if shown else None)


def test_five_factories_of_one_firm_are_one_reporter(connection: Connection) -> None:
    province(connection, "74")
    for n in range(5):
        factory_return(connection, factory(connection, f"f{n}"), 2023)

    (carbon,) = published(connection)

    assert (carbon["tco2e"], carbon["withheld"]) == (None, "tco2e")


def test_works_of_persons_share_a_name_and_are_reporters_each(connection: Connection) -> None:
    province(connection, "74")
    for n in range(5):
        works = factory(connection, f"f{n}", name="โรงงานของบุคคลธรรมดา", natural_person=True)
        factory_return(connection, works, 2023)

    (carbon,) = published(connection)

    assert carbon["factories_summed"] == 5


def test_biomass_of_a_single_mill_is_withheld_and_the_rest_shown(connection: Connection) -> None:
    province(connection, "74")
    five(connection, 2023, "diesel", 1_000_000, "litre")
    factory_return(connection, "f0", 2023, "bagasse", 1000, "kg")

    (carbon,) = published(connection)

    assert (carbon["biogenic_tco2"], carbon["biomass_tco2e"]) == (None, None)
    assert carbon["withheld"] == "biogenic_tco2"
    assert carbon["tco2e"] == pytest.approx(5 * 2707.8, abs=1)


def test_a_change_of_what_factors_count_is_no_comparison(connection: Connection) -> None:
    province(connection, "74")
    for year in (2024, 2025, 2026):
        five(connection, year, "grid_electricity", 1_000_000, "kWh")

    found = {row["year"]: row for row in published(connection)}

    assert {year: row["factor_basis"] for year, row in found.items()} == {
        2024: "combined",
        2025: "combined",
        2026: "generation_and_losses",
    }
    assert [row["comparable_to_previous"] for row in found.values()] == [None, True, False]


def test_who_uses_no_electricity_is_compared_all_the_same(connection: Connection) -> None:
    province(connection, "74")
    for year in (2025, 2026):
        five(connection, year, "diesel", 1000, "litre")

    assert [row["comparable_to_previous"] for row in published(connection)] == [None, True]


def test_a_year_is_compared_with_the_last_that_is_published(connection: Connection) -> None:
    province(connection, "74")
    five(connection, 2023, "grid_electricity", 1000, "kWh")
    factory_return(connection, "f0", 2025, "grid_electricity", 1000, "kWh")
    five(connection, 2026, "grid_electricity", 1000, "kWh")

    assert [row["comparable_to_previous"] for row in published(connection)] == [None, None, False]


def test_every_factor_is_of_a_kind_and_unit_that_a_return_can_have(connection: Connection) -> None:
    kept = {(kind, unit) for kind, units in ENERGIES.items() for unit, _ in units.values()}

    assert set(TGO_KEYS) <= kept
    assert {(row["energy"], row["unit"]) for row in factors(connection)} == set(TGO_KEYS)


def test_the_factors_are_those_of_the_copied_table(
    connection: Connection, shared_data: Path
) -> None:
    table = shared_data / "emission_factors" / "tgo_emission_factors_2022-04.csv"
    with table.open(encoding="utf-8-sig", newline="") as stream:
        copied = {r["key"]: float(r["factor_kgco2e_per_unit"]) for r in csv.DictReader(stream)}

    of_2025 = [row for row in factors(connection) if str(row["valid_from"]) != "2026-01-01"]

    assert len(of_2025) == len(TGO_KEYS)
    for row in of_2025:
        key = TGO_KEYS[row["energy"], row["unit"]]
        assert row["kgco2e_per_unit"] == copied[key]
        assert row["biogenic_kgco2_per_unit"] == copied.get(f"{key}_co2", 0)


def published(connection: Connection) -> list[dict[str, Any]]:
    """After the next vintage."""
    publish_carbon(connection)
    return _rows(connection, "SELECT * FROM published.carbon ORDER BY id")


def factors(connection: Connection) -> list[dict[str, Any]]:
    return _rows(
        connection,
        "SELECT energy, unit, kgco2e_per_unit, biogenic_kgco2_per_unit, valid_from::text"
        " FROM emission_factor",
    )


def _rows(connection: Connection, statement: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
