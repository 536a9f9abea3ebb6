"""Vintages of carbon: fixed, guarded against each other, and nothing to be worked out from them."""

from dataclasses import replace
from typing import Any

import numpy as np
import psycopg2.errors
import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses.carbon_vintages import NoReturns
from geo_api.analyses.editions.carbon import kept_editions
from geo_api.database.connections import Reads
from layers.methods.disclosure.publication import Edition, Figure
from layers.methods.disclosure.table import TOTAL, Cell
from layers.methods.emission_tables import BIOMASS, ENERGY
from tests.layers.methods.disclosure.attackers import successes
from tests.makers import box, factory_return, firm, province, publish_carbon

PROVINCES = ("70", "73", "74", "75")
DIVISIONS = ("00", "10", "20", "29", "38")
MEASURES = {ENERGY: ("scope1_tco2e", "scope2_tco2e"), BIOMASS: ("biomass_tco2e", "biogenic_tco2")}


@pytest.fixture
def connection(connection: Connection) -> Connection:
    """With four provinces."""
    for number, code in enumerate(PROVINCES):
        west = 100.0 + number
        province(connection, code, wkt=box(west, 13, west + 0.5, 14))
    return connection


def reported(
    connection: Connection, code: str, count: int, year: int = 2023, quantity: float = 1e6
) -> None:
    """So many firms, each with the same diesel."""
    for n in range(count):
        id = f"{code}-{year}-{quantity:g}-{n}"
        factory_return(
            connection, firm(connection, id, province_code=code), year, "diesel", quantity
        )


def shown(connection: Connection, columns: str = "tco2e") -> dict[str, Any]:
    """By the layer's id."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {columns} FROM published.carbon ORDER BY id")
        return {id: rest[0] if len(rest) == 1 else rest for id, *rest in cursor.fetchall()}


def test_a_late_return_is_in_no_figure_until_the_next_vintage(connection: Connection) -> None:
    reported(connection, "74", 6)
    publish_carbon(connection)
    before = shown(connection, "tco2e, factories_reported, factories, factories_summed, vintage")

    reported(connection, "74", 5, quantity=2e6)

    assert (
        shown(connection, "tco2e, factories_reported, factories, factories_summed, vintage")
        == before
    )
    publish_carbon(connection)
    assert shown(connection, "tco2e, factories_summed, vintage") == {
        "74-2023": [pytest.approx(16 * 2707.8, abs=1), 11, 2]
    }


def test_a_revised_return_waits_for_others_to_change_with_it(connection: Connection) -> None:
    reported(connection, "74", 6)
    publish_carbon(connection)
    before = shown(connection, "tco2e, vintage")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE factory_return SET quantity = 5e6 WHERE factory_id LIKE '%-0'")
    said = publish_carbon(connection)

    assert said == "carbon_vintages: nothing changed that may be told; vintage 1 stands"
    assert shown(connection, "tco2e, vintage") == before


def test_a_figure_stands_where_the_new_one_would_tell_who_came_late(connection: Connection) -> None:
    for code in PROVINCES:
        reported(connection, code, 6)
    publish_carbon(connection)
    # Of two, each would learn what the other returned from the change of the country.
    for code in ("70", "73", "75"):
        reported(connection, code, 1, quantity=2e6)
    reported(connection, "74", 5, quantity=2e6)
    publish_carbon(connection)

    found = shown(connection, "tco2e, factories_summed, vintage, published_at = returns_as_of")

    former = [pytest.approx(6 * 2707.8, abs=1), 6, 2, False]
    assert found == {
        "70-2023": former,
        "73-2023": former,
        "74-2023": [pytest.approx(16 * 2707.8, abs=1), 11, 2, True],
        "75-2023": former,
    }


def test_the_change_of_the_country_is_told_by_effects_that_add_up(connection: Connection) -> None:
    for code, count in (("73", 6), ("74", 6)):
        reported(connection, code, count, 2023)
        reported(connection, code, count, 2024, quantity=1.1e6)
        reported(connection, code, 2 * count, 2025, quantity=1.1e6)
    publish_carbon(connection)

    found = changes(connection)

    assert {year: one["before_year"] for year, one in found.items()} == {2024: 2023, 2025: 2024}
    assert effects(found[2024]) == {"use_per_factory": pytest.approx(12 * 270.78, abs=2)}
    assert effects(found[2025]) == {"reporters": pytest.approx(12 * 1.1 * 2707.8, abs=2)}


def test_no_effects_are_told_where_the_country_is_withheld(connection: Connection) -> None:
    reported(connection, "74", 6, 2023)
    reported(connection, "74", 4, 2024)
    reported(connection, "74", 6, 2025)
    publish_carbon(connection)

    # 2024 has no figure: 2025 is told against 2023.
    found = changes(connection)

    assert {year: one["before_year"] for year, one in found.items()} == {2025: 2023}


def test_no_effects_are_told_where_a_fuel_has_another_factor(connection: Connection) -> None:
    reported(connection, "74", 6, 2023)
    reported(connection, "74", 6, 2024, quantity=1.1e6)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO emission_factor"
            " (energy, unit, kgco2e_per_unit, gases, gwp, valid_from, source)"
            " VALUES ('diesel', 'litre', 2.7, 'as published', 'as published', '2024-01-01', 'test')"
        )
    publish_carbon(connection)

    assert changes(connection)[2024]["refused"] == "other_factors"


def test_no_effects_are_told_of_figures_of_different_returns(connection: Connection) -> None:
    for code in PROVINCES:
        reported(connection, code, 6, 2023)
        reported(connection, code, 6, 2024, quantity=1.1e6)
    publish_carbon(connection)
    for code in ("70", "73", "75"):
        reported(connection, code, 1, 2024, quantity=2e6)
    reported(connection, "74", 5, 2024, quantity=2e6)
    publish_carbon(connection)

    found = changes(connection)

    assert found[2024]["refused"] == "other_returns"
    assert effects(found[2024]) == {}


def changes(connection: Connection) -> dict[int, dict[str, Any]]:
    """Of the newest vintage, by year."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM published.emission_changes"
            " WHERE vintage = (SELECT max(vintage) FROM published.emission_changes)"
        )
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["year"]: row for row in rows}


def effects(change: dict[str, Any]) -> dict[str, float]:
    """Those that are not 0."""
    names = ("reporters", "structure", "use_per_factory", "mix", "emission_factor", "basis")
    return {name: change[name] for name in names if change[name] and abs(change[name]) > 2}


def test_without_any_return_nothing_is_published(connection: Connection) -> None:
    with pytest.raises(NoReturns):
        publish_carbon(connection)

    assert shown(connection) == {}


def test_no_reader_sees_what_figures_were_summed_from(connection: Connection, reads: Reads) -> None:
    reported(connection, "74", 6)
    publish_carbon(connection)

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        reads.fetch("SELECT firm FROM carbon_amount")


@pytest.mark.parametrize("seed", range(3))
def test_no_attack_on_the_rows_of_two_years_and_vintages_succeeds(
    connection: Connection, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    at_random(connection, chance, 40, "early")
    seen = [published(connection)]
    at_random(connection, chance, 9, "late")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE factory_return SET quantity = 2 * quantity WHERE factory_id = 'early-1'"
        )
    seen.append(published(connection))

    for part in (ENERGY, BIOMASS):
        years = editions(connection, part, seen)
        (first, first_again), (second, second_again) = (years[year] for year in (2023, 2024))
        for sequence in (
            [first, first_again],
            [second, second_again],
            [first, second],
            [first_again, second_again],
            [first, second_again],
        ):
            assert successes(sequence) == [], part


def test_the_attack_succeeds_on_sums_that_nobody_guards(connection: Connection) -> None:
    at_random(connection, np.random.default_rng(0), 25, "early")
    seen = [published(connection)]
    [edition] = editions(connection, ENERGY, seen)[2023]
    bare = {
        cell: Figure(tuple(np.sum([*firms.values()], axis=0).tolist()), len(firms), "1")
        for cell, firms in edition.table.amounts.items()
    }

    figures = {**edition.publication.figures, **bare}

    assert edition.hidden
    assert successes([replace(edition, publication=replace(edition.publication, figures=figures))])


def at_random(connection: Connection, chance: np.random.Generator, firms: int, when: str) -> None:
    """Most of the firms in the first provinces and industries, a few with bagasse, most with both
    years."""
    for n in range(firms):
        code = PROVINCES[int(len(PROVINCES) * chance.random() ** 2)]
        industry = DIVISIONS[int(len(DIVISIONS) * chance.random() ** 2)]
        isic = None if industry == "00" else f"{industry}101"
        id = firm(connection, f"{when}-{n}", province_code=code, isic_code=isic)
        for year in (2023, 2024):
            amount = float(np.exp(chance.normal(8, 1.5)))
            if chance.random() < 0.8:
                factory_return(connection, id, year, "grid_electricity", amount, "kWh")
                factory_return(connection, id, year, "diesel", amount / 20, "litre")
            if chance.random() < 0.3:
                factory_return(connection, id, year, "bagasse", amount, "kg")


def published(connection: Connection) -> dict[str, dict[str, Any]]:
    """What everybody sees after the next vintage: rows by province, industry and year."""
    publish_carbon(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM published.emissions"
            " WHERE vintage = (SELECT max(vintage) FROM published.emissions)"
        )
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute("SELECT id, scope1_tco2e, scope2_tco2e FROM published.carbon")
        layer = {id: tuple(amounts) for id, *amounts in cursor.fetchall()}
    seen = {_id((row["province_code"], row["division"]), row["year"]): row for row in rows}
    for row in rows:
        if row["province_code"]:
            shown_there = layer[f"{row['province_code']}-{row['year']}"]
            assert shown_there == (row["scope1_tco2e"], row["scope2_tco2e"])
    return seen


def _id(cell: tuple[str | None, ...], year: int) -> str:
    return "-".join((*(code or TOTAL for code in cell), str(year)))


def editions(
    connection: Connection, part: str, seen: list[dict[str, dict[str, Any]]]
) -> dict[int, list[Edition]]:
    """Of a part by year one for each vintage, with the amounts that were shown of it."""
    with connection.cursor() as cursor:
        kept = kept_editions(cursor, (PROVINCES, DIVISIONS), simulated=False).editions[part]
    return {
        year: [
            _edition_as_seen(_newest(of_year, vintage), part, year, rows)
            for vintage, rows in enumerate(seen, 1)
        ]
        for year, of_year in kept.items()
    }


def _newest(editions: list[Edition], vintage: int) -> Edition:
    """The one that counts then."""
    return [one for one in editions if int(one.publication.vintage) <= vintage][-1]


def _edition_as_seen(
    edition: Edition, part: str, year: int, rows: dict[str, dict[str, Any]]
) -> Edition:
    figures = {
        cell: _as_seen(figure, cell, rows.get(_id(cell, year)), part)
        for cell, figure in edition.publication.figures.items()
    }
    return replace(edition, publication=replace(edition.publication, figures=figures))


def _as_seen(figure: Figure, cell: Cell, row: dict[str, Any] | None, part: str) -> Figure:
    if TOTAL not in cell:
        assert figure.amounts is None
        return figure
    amounts = tuple(row[name] for name in MEASURES[part]) if row else (None, None)
    if None in amounts:
        is_withheld = bool(row and row["withheld"] and figure.is_hidden)
        return Figure(None, None if is_withheld else 0, figure.vintage)
    # What is rounded tells less.
    assert figure.amounts is not None and amounts == tuple(map(round, figure.amounts))
    return figure
