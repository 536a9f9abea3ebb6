"""Carbon beside what a pocket calculator makes of the files themselves: none of our functions."""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest
from psycopg2.extensions import connection as Connection

import layers.sources
from geo_api.analyses.rollups.carbon import rollup
from geo_api.ingest.loading import file_payloads, ingest
from layers.sources.factory_returns import SOURCE
from tests.makers import firm, province, publish_carbon

RETURNS = Path(__file__).resolve().parents[2] / "samples" / "returns_by_hand.csv"
FACTORS = Path(layers.sources.__file__).parent / "seeds" / "emission_factor.csv"
# What the file writes, in the unit of the factor: of a MWh there are 1,000 kWh.
UNITS = {
    "kWh": ("kWh", 1), "MWh": ("kWh", 1_000), "GWh": ("kWh", 1_000_000),
    "ลิตร": ("litre", 1), "litre": ("litre", 1),
    "kg": ("kg", 1), "ตัน": ("kg", 1_000), "MMscf": ("scf", 1_000_000),
}  # fmt: skip


class Tonnes(NamedTuple):
    scope1: float
    scope2: float
    biomass: float
    biogenic: float


def by_hand(registration_no: str | None = None) -> Tonnes:
    """Of a factory, or of all: quantity × factor ÷ 1,000, of the text of both files."""
    with FACTORS.open(encoding="utf-8", newline="") as stream:
        factors = {
            (row["energy"], row["unit"]): row
            for row in csv.DictReader(stream)
            # Those of 2023: none ends before, and what begins in 2026 is none of them.
            if row["scope"] in ("1", "2") and row["valid_from"] == "-infinity"
        }
    sums = [0.0, 0.0, 0.0, 0.0]
    with RETURNS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if registration_no in (None, row["เลขทะเบียนโรงงาน"]):
                unit, times = UNITS[row["หน่วย"]]
                factor = factors[row["พลังงาน"], unit]
                quantity = float(row["ปริมาณ"].replace(",", "")) * times
                tco2e = quantity * float(factor["kgco2e_per_unit"]) / 1000
                biogenic = quantity * float(factor["biogenic_kgco2_per_unit"]) / 1000
                sums[2 if biogenic else int(factor["scope"]) - 1] += tco2e
                sums[3] += biogenic
    return Tonnes(*sums)


@pytest.fixture
def loaded(fresh: Connection) -> Connection:
    """The file read as an officer gives it, its factories each in an estate of its own."""
    province(fresh, "74")
    for number in range(101, 107):
        firm(fresh, f"f{number}", registration_no=f"จ3-2(1)-{number}/50สค", estate=str(number))
    fresh.commit()
    tally = ingest(fresh, SOURCE, file_payloads([RETURNS]), RETURNS.name)
    assert (tally.inserted, tally.quarantined) == (14, 0)
    return fresh


def test_a_factory_s_year_is_what_the_files_say(loaded: Connection) -> None:
    found = {group.code: group for group in rollup(loaded, "estate", 2023)}

    one = found["101"]
    # 1,250.5 MWh × 0.4999 t/MWh, and 84,300 l × 2.7078 kg/l.
    assert one.scope2_tco2e == pytest.approx(625.12495, abs=1e-6)
    assert one.scope1_tco2e == pytest.approx(228.26754, abs=1e-6)
    for number in range(101, 107):
        group, hand = found[str(number)], by_hand(f"จ3-2(1)-{number}/50สค")
        told = (group.scope1_tco2e, group.scope2_tco2e, group.biomass_tco2e, group.biogenic_tco2)
        assert told == pytest.approx(hand, rel=1e-12), number


def test_a_province_s_total_is_what_the_files_say(loaded: Connection) -> None:
    [group] = rollup(loaded, "province", 2023)
    hand = by_hand()

    assert (group.scope1_tco2e, group.scope2_tco2e) == pytest.approx(hand[:2], rel=1e-12)
    assert (group.biomass_tco2e, group.biogenic_tco2) == pytest.approx(hand[2:], rel=1e-12)
    publish_carbon(loaded)
    with loaded.cursor() as cursor:
        cursor.execute(
            "SELECT scope1_tco2e, scope2_tco2e, tco2e, biomass_tco2e, withheld"
            " FROM published.carbon"
        )
        [(scope1, scope2, both, biomass, withheld)] = cursor.fetchall()
    # 406,550.75 l × 2.7078 + 15,000 kg × 3.1134 + 3.5 MMscf × 57.3; 8,653.9 MWh × 0.4999.
    assert (scope1, scope2) == (round(hand.scope1), round(hand.scope2)) == (1348, 4326)
    assert both == scope1 + scope2
    # One works burns all of the bagasse: its sum is not told.
    assert (biomass, withheld) == (None, "biogenic_tco2")
