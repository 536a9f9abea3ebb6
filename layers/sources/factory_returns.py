"""Yearly returns of fuel and electricity by factory, as CSV in a form of our own: we know of no
published one.

One row per factory, year, kind of energy and unit, in UTF-8:

- `factory_id` (ours, or the 14-digit number) or `registration_no`, as in the factory register;
- `year` of either era: 2023 and 2566 are the same;
- `energy` and `unit`: one of the kinds below and one of its units;
- `quantity`: what was used in the year, 0 or more.

A later row for the same factory, year, kind and unit corrects the earlier one.
"""

from collections.abc import Iterator, Mapping

from layers.cleaning.dates import common_year
from layers.model import BadValue, Delivery, Format, Record, Row, Source, Text, row_by_row

FIRST_YEAR = 2000

# Every unit that may be written: the unit it is kept in, and how many of those it is.
Units = Mapping[str, tuple[str, float]]
_ELECTRICITY: Units = {"kWh": ("kWh", 1), "MWh": ("kWh", 1e3), "GWh": ("kWh", 1e6)}
_MASS: Units = {"kg": ("kg", 1), "t": ("kg", 1e3), "tonne": ("kg", 1e3), "ตัน": ("kg", 1e3)}
_VOLUME: Units = {"litre": ("litre", 1), "L": ("litre", 1), "ลิตร": ("litre", 1)}
_PIPED: Units = {
    "scf": ("scf", 1),
    "MMscf": ("scf", 1e6),
    "MJ": ("MJ", 1),
    "GJ": ("MJ", 1e3),
}

# Rice husk, bituminous coal and bought steam have no factor yet; their quantities are kept.
ENERGIES: Mapping[str, Units] = {
    "grid_electricity": _ELECTRICITY,
    "natural_gas": _PIPED,
    "diesel": _VOLUME,
    "gasoline": _VOLUME,
    "jet_kerosene": _VOLUME,
    "fuel_oil_a": _VOLUME,
    "fuel_oil_c": _VOLUME,
    "lpg": {**_VOLUME, **_MASS},
    "lignite": _MASS,
    "sub_bituminous": _MASS,
    "bituminous": _MASS,
    "anthracite": _MASS,
    "bagasse": _MASS,
    "fuel_wood": _MASS,
    "palm_kernel_shell": _MASS,
    "corn_cob": _MASS,
    "rice_husk": _MASS,
    "biogas": {"m3": ("m3", 1)},
    "steam": _MASS,
}

_COMMON = frozenset({"year", "energy", "quantity", "unit"})
_OPTIONAL = frozenset({"factory_id", "registration_no"})
_SYNONYMS = {
    **dict.fromkeys(
        ("เลขทะเบียนโรงงาน", "เลขทะเบียน", "ทะเบียนโรงงาน", "DISPFACREG"), "registration_no"
    ),
    **dict.fromkeys(("FID", "เลขทะเบียน 14 หลัก", "เลขทะเบียนโรงงาน 14 หลัก"), "factory_id"),
    **dict.fromkeys(("ปี", "ปี พ.ศ.", "พ.ศ.", "ปีที่รายงาน"), "year"),
    **dict.fromkeys(("พลังงาน", "ชนิดพลังงาน", "เชื้อเพลิง", "ชนิดเชื้อเพลิง"), "energy"),
    **dict.fromkeys(("ปริมาณ", "ปริมาณการใช้"), "quantity"),
    "หน่วย": "unit",
}


def _read(record: Record, delivery: Delivery) -> Iterator[Row]:
    energy = record.needed("energy")
    if energy not in ENERGIES:
        raise BadValue("energy is unknown", f"{energy!r} is none of {', '.join(ENERGIES)}")
    unit, factor = _unit(energy, record.needed("unit"))
    yield Row(
        "factory_return",
        {
            "factory_ref": record.text("factory_id") or record.needed("registration_no"),
            "year": _year(record.needed("year"), delivery.received_at.year),
            "energy": energy,
            "unit": unit,
            "quantity": record.needed_number("quantity", low=0) * factor,
            "source": SOURCE.name,
        },
    )


def _unit(energy: str, given: str) -> tuple[str, float]:
    units = ENERGIES[energy]
    if given not in units:
        raise BadValue(f"unit does not fit {energy}", f"{given!r} is none of {', '.join(units)}")
    return units[given]


def _year(given: str, last: int) -> int:
    year = common_year(int(given)) if given.isdecimal() else 0
    if not FIRST_YEAR <= year <= last:
        raise BadValue(
            "year is out of range",
            f"{given!r} is no year from {FIRST_YEAR} to {last}, nor the Buddhist year of one",
        )
    return year


SOURCE = Source(
    name="factory_returns",
    title=Text("รายงานการใช้พลังงานของโรงงาน", "Factories' energy returns"),
    url="https://www.diw.go.th",
    licence="not stated by the provider",
    tables=("factory_return",),
    formats=(
        Format("csv", _COMMON | {"registration_no"}, _OPTIONAL, synonyms=_SYNONYMS),
        Format("csv", _COMMON | {"factory_id"}, _OPTIONAL, synonyms=_SYNONYMS),
    ),
    parse=row_by_row(_read),
)
