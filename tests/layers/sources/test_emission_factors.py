"""Emission factors as data: our form, the copied table of TGO, and sums made anew with them."""

from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.repeatable_migrations import seed, seed_files
from geo_api.database.runs import Tally
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.emission_factors import SOURCE
from tests.layers.sources.reading import parsed, values_of
from tests.layers.sources.reading import written as saved
from tests.makers import factory_return, firm, province, publish_carbon

OURS = """energy,unit,kgco2e_per_unit,scope,basis,valid_from,valid_to,source
grid_electricity,kWh,0.45,2,generation_and_losses,1 ม.ค. 2570,,TGO 2570
rice_husk,kg,0.02,,,,,test
"""


def load(connection: Connection, file: Path) -> Tally:
    return ingest(connection, SOURCE, file_payloads([file]), file.name)


def written(folder: Path, text: str) -> Path:
    file = folder / "factors.csv"
    file.write_text(text)
    return file


def factors(connection: Connection, condition: str = "true") -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT energy, kgco2e_per_unit, scope, basis, valid_from::text, source"
            f" FROM emission_factor WHERE {condition} ORDER BY energy, scope, valid_from"
        )
        return cursor.fetchall()


def test_a_factor_is_added_with_its_scope_its_basis_and_its_days(
    fresh: Connection, tmp_path: Path
) -> None:
    tally = load(fresh, written(tmp_path, OURS))

    assert (tally.inserted, tally.quarantined) == (2, 0)
    assert factors(fresh, "run_id IS NOT NULL") == [
        ("grid_electricity", 0.45, 2, "generation_and_losses", "2027-01-01", "TGO 2570"),
        ("rice_husk", 0.02, 1, "combustion", "-infinity", "test"),
    ]


def test_the_next_vintage_is_of_the_corrected_factor(fresh: Connection, tmp_path: Path) -> None:
    province(fresh)
    for n in range(5):
        factory_return(fresh, firm(fresh, f"f{n}"), 2023)
    fresh.commit()

    load(fresh, written(tmp_path, "energy,unit,kgco2e_per_unit,source\ndiesel,litre,3,test\n"))

    publish_carbon(fresh)
    with fresh.cursor() as cursor:
        cursor.execute("SELECT tco2e FROM published.carbon")
        assert cursor.fetchall() == [(pytest.approx(15.0, abs=1),)]


def test_the_copied_table_says_what_the_product_ships_and_again_changes_nothing(
    fresh: Connection, shared_data: Path
) -> None:
    before = factors(fresh)
    file = shared_data / "emission_factors" / "tgo_emission_factors_2022-04.csv"

    first, second = load(fresh, file), load(fresh, file)

    # Five are not among the few that are shipped: no source of ours but the copy has them.
    assert (first.inserted, first.updated, first.unchanged, first.quarantined) == (5, 0, 13, 0)
    assert second.unchanged == 18
    assert first.reasons["factor of what no return has: left out"] == 18
    assert set(before) < set(factors(fresh))


def test_a_factor_of_another_scope_stands_beside_the_one_there_is(
    fresh: Connection, tmp_path: Path
) -> None:
    upstream = "grid_electricity,kWh,0.09,3,,2027-01-01,,test"

    load(fresh, written(tmp_path, f"{OURS}{upstream}\n"))

    assert factors(fresh, "valid_from = '2027-01-01'") == [
        ("grid_electricity", 0.45, 2, "generation_and_losses", "2027-01-01", "TGO 2570"),
        ("grid_electricity", 0.09, 3, "upstream", "2027-01-01", "test"),
    ]


def test_what_is_shipped_says_where_it_was_read_and_what_it_comprises(fresh: Connection) -> None:
    with fresh.cursor() as cursor:
        cursor.execute(
            "SELECT energy, kgco2e_per_unit, scope, basis, valid_from::text, valid_to::text"
            " FROM emission_factor WHERE energy = 'grid_electricity' ORDER BY scope, valid_from"
        )
        assert cursor.fetchall() == [
            ("grid_electricity", 0.4999, 2, "combined", "-infinity", "2026-03-31"),
            ("grid_electricity", 0.475, 2, "generation_and_losses", "2026-01-01", "infinity"),
            ("grid_electricity", 0.0812, 3, "upstream", "2026-01-01", "infinity"),
        ]
        cursor.execute("SELECT count(*) FROM emission_factor WHERE quality IS NULL")
        assert cursor.fetchone() == (0,)


def test_a_correction_outlasts_what_is_shipped(fresh: Connection, tmp_path: Path) -> None:
    load(fresh, written(tmp_path, "energy,unit,kgco2e_per_unit,source\ndiesel,litre,3,test\n"))

    with fresh.cursor() as cursor:
        for path in seed_files():
            seed(cursor, path)

    assert factors(fresh, "energy = 'diesel'") == [
        ("diesel", 3.0, 1, "combustion", "-infinity", "test")
    ]


def test_what_fits_no_return_or_no_calendar_is_quarantined(
    fresh: Connection, tmp_path: Path
) -> None:
    header = OURS.partition("\n")[0]
    rows = (
        "coal_gas,m3,1,,,,,test",
        "diesel,gallon,1,,,,,test",
        "diesel,litre,-1,,,,,test",
        "diesel,litre,1,,guessed,,,test",
        "diesel,litre,1,2,,,,test",
        "diesel,litre,1,,,2027-01-01,2026-01-01,test",
        "lpg,kg,3,,,,,test",
    )

    tally = load(fresh, written(tmp_path, "\n".join((header, *rows)) + "\n"))

    assert tally.reasons == {
        "energy is unknown": 1,
        "unit does not fit diesel": 1,
        "kgco2e_per_unit is out of range": 1,
        "basis is not one of those known": 1,
        "scope does not fit diesel": 1,
        "valid_to is out of range": 1,
    }


@pytest.mark.parametrize(
    ("energy", "unit", "factor"),
    [
        ("diesel", "litre", "2700"),
        ("grid_electricity", "kWh", "499.9"),
        ("lignite", "kg", "1060"),
        ("natural_gas", "scf", "57.3"),
    ],
)
def test_a_factor_in_grams_or_per_tonne_enters_no_sum(
    energy: str, unit: str, factor: str, tmp_path: Path
) -> None:
    text = f"energy,unit,kgco2e_per_unit,source\n{energy},{unit},{factor},test\n"

    found, rejected = parsed(SOURCE, saved(tmp_path / "factors.csv", text))

    assert found == []
    assert [one.reason for one in rejected] == ["kgco2e_per_unit is implausible"]
    assert rejected[0].detail.startswith(f"{float(factor):g} is not within 0 to ")


def test_every_factor_that_is_kept_is_plausible(fresh: Connection) -> None:
    most = {(p.column, dict(p.where)["unit"]): p.high for p in SOURCE.plausible}
    with fresh.cursor() as cursor:
        cursor.execute(
            "SELECT unit, max(kgco2e_per_unit), max(biogenic_kgco2_per_unit)"
            " FROM emission_factor GROUP BY unit"
        )
        known = cursor.fetchall()

    assert len(known) >= 4
    for unit, factor, biogenic in known:
        assert factor < most["kgco2e_per_unit", unit]
        assert biogenic < most["biogenic_kgco2_per_unit", unit]


def test_rows_of_the_copied_table_that_meet_nothing_are_said(tmp_path: Path) -> None:
    text = (
        "key,unit,factor_kgco2e_per_unit\n"
        "bagasse_co2,kg,0.9\ngas_diesel_oil,kg,2.7\nlpg_litre,litre,1.68\n"
    )

    found, rejected = parsed(SOURCE, saved(tmp_path / "tgo.csv", text))

    assert [values["energy"] for values in values_of(found, "emission_factor")] == ["lpg"]
    assert [(one.record.line, one.reason, one.detail) for one in rejected] == [
        (3, "unit does not fit diesel", "'kg': one of litre"),
        (2, "factor of the fuel itself is missing", "bagasse, beside bagasse_co2"),
    ]


def test_two_factors_of_one_day_are_told(fresh: Connection, tmp_path: Path) -> None:
    lines = ["diesel,litre,2.7,2569-01-01,a", "diesel,litre,2.8,2569-01-01,a"]
    file = saved(
        tmp_path / "two.csv",
        "\n".join(["energy,unit,kgco2e_per_unit,valid_from,source", *lines, lines[1]]),
    )

    tally = load(fresh, file)

    assert tally.reasons["rows of one file contradict each other: the last is kept"] == 1
    with fresh.cursor() as cursor:
        cursor.execute("SELECT line, detail FROM quarantine")
        assert cursor.fetchall() == [
            (4, "diesel, litre, 2026-01-01, 1: kgco2e_per_unit 2.7 and 2.8"),
        ]
