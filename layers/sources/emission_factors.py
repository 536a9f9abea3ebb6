"""Emission factors, as CSV in a form of our own or as TGO's table is copied.

Our form has a row per factor: `energy` and `unit` as returns have them, `kgco2e_per_unit`, and
where they are known `biogenic_kgco2_per_unit`, `scope` (1 burned on the spot, 2 bought, 3 upstream
of either), `basis` (combustion, combined, generation_and_losses or upstream), `gases`, `gwp`,
`valid_from`, `valid_to`, `quality` (where the value was read), `uncertainty` (half of the 95 %
interval as a share of the value) and `source`, which is whoever says so. The same energy, unit,
scope and first day corrects the factor that there is. `seeds/emission_factor.csv` is what the
product ships.

The copied table of TGO, April 2022, has a `key`, a `unit` and `factor_kgco2e_per_unit`; CO2 of
biomass is in rows of its own. Of it what is burned on the spot and electricity are read: vehicles,
machines and refrigerants are in no return.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from layers.model import BadValue, Delivery, Format, Plausible, Record, Rejected, Row, Source, Text
from layers.model.source import warnings_of
from layers.sources.factory_returns import BOUGHT, ENERGIES

_BASES = ("combustion", "combined", "generation_and_losses", "upstream")
_TGO = "TGO emission factors, April 2022 (secondary copy)"
_TGO_ENERGIES = {
    "natural_gas_scf": "natural_gas",
    "natural_gas_mj": "natural_gas",
    "gas_diesel_oil": "diesel",
    "motor_gasoline": "gasoline",
    "jet_kerosene": "jet_kerosene",
    "heavy_fuel_oil_a": "fuel_oil_a",
    "heavy_fuel_oil_c": "fuel_oil_c",
    "lpg_litre": "lpg",
    "lpg_kg": "lpg",
    "lignite_coal": "lignite",
    "sub_bituminous_coal": "sub_bituminous",
    "anthracite_coal": "anthracite",
    "bagasse": "bagasse",
    "fuel_wood": "fuel_wood",
    "palm_kernel_shell": "palm_kernel_shell",
    "corn_cob": "corn_cob",
    "biogas": "biogas",
    "grid_electricity": "grid_electricity",
}
_BIOGENIC = "_co2"
_OTHER_USE = "factor of what no return has: left out"

# The most that a unit can give off: carbon burns to 44/12 of its mass, no fuel is denser than water
# by much, methane (0.72 kg/m³) burns to 44/16, and lignite (0.11 kg/MJ) at a quarter's efficiency
# makes a kWh of 1.6 kg. Each with room for what is given off before; more is a slip of the unit.
_MOST = {"kg": 6.0, "litre": 6.0, "m3": 4.0, "scf": 0.12, "MJ": 0.2, "kWh": 2.0}
PLAUSIBLE = tuple(
    Plausible(
        "emission_factor",
        column,
        0,
        most,
        "reject",
        f"kg of CO2 that a {unit} can give off",
        where=(("unit", unit),),
    )
    for unit, most in _MOST.items()
    for column in ("kgco2e_per_unit", "biogenic_kgco2_per_unit")
)


def _parse(records: Iterable[Record], delivery: Delivery) -> Iterator[Row | Rejected]:
    """TGO's rows are held until their biogenic CO2 has come, too: they are few."""
    held: dict[str, Row] = {}
    biogenic: dict[str, tuple[float, Record]] = {}
    for record in records:
        try:
            record.check()
            if "key" not in record.values:
                row = _row(record)
            elif (key := record.needed("key")).removesuffix(_BIOGENIC) not in _TGO_ENERGIES:
                yield Rejected(record, _OTHER_USE, key, stored=True)
                continue
            elif key.endswith(_BIOGENIC):
                factor = _factor(record, "factor_kgco2e_per_unit")
                biogenic[key.removesuffix(_BIOGENIC)] = factor, record
                continue
            else:
                row = held[key] = _of_tgo(record, key)
        except BadValue as problem:
            yield Rejected(record, problem.reason, problem.detail)
            continue
        row.record = record
        if "key" not in record.values:
            yield row
            yield from warnings_of(record)
    for key, row in held.items():
        row.values["biogenic_kgco2_per_unit"], _ = biogenic.pop(key, (0, None))
        yield row
    for key, (_, record) in biogenic.items():
        yield Rejected(record, "factor of the fuel itself is missing", f"{key}, beside {key}_co2")


def _row(record: Record) -> Row:
    energy, unit = record.needed("energy"), record.needed("unit")
    if energy not in ENERGIES:
        raise BadValue("energy is unknown", f"{energy!r}: one of {', '.join(ENERGIES)} is needed")
    _require_kept(energy, unit)
    first, last = record.day("valid_from"), record.day("valid_to")
    if first and last and last < first:
        raise BadValue("valid_to is out of range", f"{last} is before {first}")
    scope = _scope(record, energy)
    basis = record.text("basis") or _usual_basis(energy, scope)
    if basis not in _BASES:
        raise BadValue("basis is not one of those known", f"{basis!r}: {', '.join(_BASES)}")
    return _made(
        energy=energy,
        unit=unit,
        kgco2e_per_unit=_factor(record, "kgco2e_per_unit"),
        biogenic_kgco2_per_unit=record.number("biogenic_kgco2_per_unit", 0) or 0,
        scope=scope,
        basis=basis,
        gases=record.text("gases") or "as published",
        gwp=record.text("gwp") or "as published",
        valid_from=str(first) if first else "-infinity",
        valid_to=str(last) if last else "infinity",
        quality=record.text("quality"),
        uncertainty=record.number("uncertainty", 1e-9),
        source=record.needed("source"),
    )


def _require_kept(energy: str, unit: str) -> None:
    """A factor of another unit than returns are kept in would meet none of them."""
    kept = {kept for kept, _ in ENERGIES[energy].values()}
    if unit not in kept:
        raise BadValue(f"unit does not fit {energy}", f"{unit!r}: one of {', '.join(sorted(kept))}")


def _scope(record: Record, energy: str) -> int:
    own = 2 if energy in BOUGHT else 1
    scope = record.whole("scope", 1, 3) or own
    if scope not in (own, 3):
        raise BadValue(f"scope does not fit {energy}", f"{scope}: {own}, or 3 of what is upstream")
    return scope


def _usual_basis(energy: str, scope: int) -> str:
    if scope == 3:
        return "upstream"
    return "combined" if energy in BOUGHT else "combustion"


def _of_tgo(record: Record, key: str) -> Row:
    """What its edition states no end of is valid without one, but for the grid's, which TGO let
    end with March 2026."""
    grid = key == "grid_electricity"
    energy, unit = _TGO_ENERGIES[key], record.needed("unit")
    _require_kept(energy, unit)
    return _made(
        energy=energy,
        unit=unit,
        kgco2e_per_unit=_factor(record, "factor_kgco2e_per_unit"),
        biogenic_kgco2_per_unit=0,
        scope=2 if grid else 1,
        basis="combined" if grid else "combustion",
        gases="as published",
        gwp="as published",
        valid_from="-infinity",
        valid_to="2026-03-31" if grid else "infinity",
        source=_TGO,
    )


def _made(**values: Any) -> Row:
    return Row("emission_factor", values)


def _factor(record: Record, name: str) -> float:
    return record.needed_number(name, 0)


SOURCE = Source(
    name="emission_factors",
    title=Text("ค่าการปล่อยก๊าซเรือนกระจก", "Emission factors"),
    url="https://thaicarbonlabel.tgo.or.th",
    licence="not stated by the provider; facts only",
    tables=("emission_factor",),
    formats=(
        Format(
            "csv",
            frozenset({"energy", "unit", "kgco2e_per_unit", "source"}),
            frozenset(
                {
                    *("biogenic_kgco2_per_unit", "scope", "basis", "gases", "gwp"),
                    *("valid_from", "valid_to", "quality", "uncertainty"),
                }
            ),
        ),
        Format(
            "csv",
            frozenset({"key", "unit", "factor_kgco2e_per_unit"}),
            ignored=frozenset({"name", "notes", "category"}),
        ),
    ),
    parse=_parse,
    key=("energy", "unit", "scope", "valid_from", "key"),
    plausible=PLAUSIBLE,
)
