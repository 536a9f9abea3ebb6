"""Carbon by province and year: factors by date, biomass apart, and nothing made of nothing."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from psycopg2.extensions import connection as Connection

from layers.methods.disclosure.rule import fault
from layers.sources.factory_returns import ENERGIES
from tests.makers import factory, insert, province

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


def test_fuels_and_electricity_add_up_to_tonnes(connection: Connection) -> None:
    province(connection, "74")
    report(connection, factory(connection, "f"), 2023, "grid_electricity", 1_000_000, "kWh")
    report(connection, "f", 2023, "diesel", 10_000, "litre")

    (carbon,) = reckoned(connection)

    assert carbon["tco2e"] == pytest.approx(499.9 + 27.078)
    (shown,) = published(connection)
    assert (shown["id"], shown["year"], shown["name_en"]) == ("74-2023", 2023, "Samut Sakhon")


def test_the_factor_is_the_newest_one_valid_on_the_last_day_of_the_year(
    connection: Connection,
) -> None:
    province(connection, "74")
    factory(connection, "f")
    report(connection, "f", 2025, "grid_electricity", 1_000_000, "kWh")
    report(connection, "f", 2026, "grid_electricity", 1_000_000, "kWh")

    tonnes = {carbon["year"]: carbon["tco2e"] for carbon in reckoned(connection)}

    assert tonnes == {2025: pytest.approx(499.9), 2026: pytest.approx(475.0)}


def test_of_two_factors_valid_on_one_day_the_later_begun_is_taken(connection: Connection) -> None:
    province(connection, "74")
    report(connection, factory(connection, "f"), 2023, "diesel", 1000, "litre")
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

    (carbon,) = reckoned(connection)

    assert carbon["tco2e"] == pytest.approx(3.0)


def test_carbon_dioxide_of_biomass_stands_apart(connection: Connection) -> None:
    province(connection, "74")
    report(connection, factory(connection, "f"), 2023, "bagasse", 1_000_000, "kg")

    (carbon,) = reckoned(connection)

    assert carbon["tco2e"] == pytest.approx(14.3)
    assert carbon["biogenic_tco2"] == pytest.approx(753.0)


def test_what_has_no_factor_is_counted_and_never_zero(connection: Connection) -> None:
    province(connection, "74")
    report(connection, factory(connection, "f"), 2023, "rice_husk", 1000, "kg")

    (carbon,) = published(connection)

    assert carbon["tco2e"] is None
    assert (carbon["quantities_without_factor"], carbon["factories_reported"]) == (1, 1)


def test_the_share_is_of_the_factories_in_operation(connection: Connection) -> None:
    province(connection, "74")
    for id in ("a", "b", "c", "d"):
        factory(connection, id)
    factory(connection, "gone", status="struck_off")
    report(connection, "a", 2023, "diesel", 1, "litre")
    report(connection, "a", 2023, "lpg", 1, "kg")
    report(connection, "b", 2023, "diesel", 1, "litre")

    (carbon,) = published(connection)

    assert (carbon["factories_reported"], carbon["factories"]) == (2, 4)
    assert carbon["reported_share"] == 0.5


def test_who_reported_and_stopped_since_is_in_the_sum_and_in_the_share(
    connection: Connection,
) -> None:
    province(connection, "74")
    report(connection, factory(connection, "here"), 2023, "diesel", 1, "litre")
    report(connection, factory(connection, "gone", status="struck_off"), 2023, "lpg", 1, "kg")

    (carbon,) = published(connection)

    assert (carbon["factories_reported"], carbon["factories"]) == (2, 2)
    assert carbon["reported_share"] == 1


def test_without_a_register_of_operating_factories_the_share_is_unknown(
    connection: Connection,
) -> None:
    province(connection, "74")
    report(connection, factory(connection, "f", status="unknown"), 2023, "diesel", 1, "litre")

    (carbon,) = published(connection)

    assert (carbon["factories"], carbon["reported_share"]) == (None, None)


def test_a_province_and_year_without_a_return_is_absent(connection: Connection) -> None:
    province(connection, "74")
    report(connection, factory(connection, "f"), 2021, "diesel", 1, "litre")
    report(connection, "f", 2023, "diesel", 1, "litre")

    assert [carbon["id"] for carbon in published(connection)] == ["74-2021", "74-2023"]


def test_one_simulated_return_marks_the_whole_sum_as_simulated(connection: Connection) -> None:
    province(connection, "74")
    report(connection, factory(connection, "f"), 2023, "diesel", 1, "litre")
    report(connection, "f", 2023, "lpg", 1, "kg", source="demo")

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
def test_a_sum_that_tells_one_factorys_amount_is_withheld(
    connection: Connection, litres: tuple[int, ...], shown: bool
) -> None:
    province(connection, "74")
    for n, quantity in enumerate(litres):
        report(connection, factory(connection, f"f{n}"), 2023, "diesel", quantity, "litre")

    (carbon,) = published(connection)

    assert (carbon["tco2e"] is not None, carbon["withheld"]) == (shown, None if shown else "tco2e")
    assert carbon["factories_reported"] == len(litres)


@pytest.mark.parametrize("seed", range(20))
def test_the_database_withholds_what_the_rule_forbids(connection: Connection, seed: int) -> None:
    chance = np.random.default_rng(seed)
    amounts = np.sort(chance.lognormal(0, chance.choice([0.3, 1, 3]), chance.integers(3, 9)))[::-1]

    [row] = _rows(
        connection,
        f"SELECT is_disclosable(ARRAY{amounts.tolist()}::float8[], {amounts.sum()}) AS shown",
    )

    forbidden = fault({str(n): amount for n, amount in enumerate(amounts[:, None])})
    assert row["shown"] is (forbidden is None)


def test_biogenic_carbon_of_a_single_mill_is_withheld_and_the_rest_shown(
    connection: Connection,
) -> None:
    province(connection, "74")
    for n in range(6):
        report(connection, factory(connection, f"f{n}"), 2023, "diesel", 1_000_000, "litre")
    report(connection, "f0", 2023, "bagasse", 1000, "kg")

    (carbon,) = published(connection)

    assert (carbon["biogenic_tco2"], carbon["withheld"]) == (None, "biogenic_tco2")
    assert carbon["tco2e"] == pytest.approx(6 * 2707.8 + 0.0143)


def test_a_change_of_the_factors_basis_is_said(connection: Connection) -> None:
    province(connection, "74")
    factory(connection, "f")
    for year in (2025, 2026):
        report(connection, "f", year, "grid_electricity", 1_000_000, "kWh")

    assert {row["year"]: row["factor_basis"] for row in published(connection)} == {
        2025: "combined",
        2026: "generation_and_losses",
    }


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


def report(
    connection: Connection,
    factory_ref: str,
    year: int,
    energy: str,
    quantity: float,
    unit: str,
    source: str = "factory_returns",
) -> None:
    insert(
        connection,
        "factory_return",
        factory_ref=factory_ref,
        year=year,
        energy=energy,
        quantity=quantity,
        unit=unit,
        source=source,
    )


def reckoned(connection: Connection) -> list[dict[str, Any]]:
    """The sums themselves, which no reader sees."""
    return _rows(connection, "SELECT * FROM carbon_year ORDER BY province_code, year")


def published(connection: Connection) -> list[dict[str, Any]]:
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
