"""Yearly returns of fuel and electricity by factory, as CSV in a form of our own: we know of no
published one.

One row per factory, year, kind of energy and unit, in UTF-8:

- `factory_id` (ours, or the 14-digit number) or `registration_no`, as in the factory register;
- `year` of either era: 2023 and 2566 are the same;
- `energy` and `unit`: one of the kinds below, in English or Thai, and one of its units; a unit that
  may be two, as `ton` or `Mcf`, is refused;
- `quantity`: what was used in the year, 0 or more.

A later file's row for the same factory, year, kind and unit corrects the earlier one. Several
quantities for them in one file contradict each other, as those of months do: the last is kept,
marked as doubtful, and is in no sum. So is more than any factory can use in a year, as where the
unit slipped, and what differs a hundredfold from the factory's other years, which the merge sees.
"""

from collections.abc import Iterator, Mapping

from layers.model import (
    BadValue,
    Delivery,
    Format,
    Plausible,
    Record,
    Row,
    Source,
    Text,
    row_by_row,
)

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

# What others burned for it, so that its gas is Scope 2 of the factory (GHG Protocol).
BOUGHT = frozenset({"grid_electricity", "steam"})

# Of these nobody can tell which unit is meant, by a factor of up to 1,000: they are refused.
_AMBIGUOUS: Mapping[str, str] = {
    **dict.fromkeys(
        ("ton", "tons"),
        "907 kg in the United States, 1,016 kg in Britain, and in Thailand often 1,000 kg",
    ),
    **dict.fromkeys(("mcf", "mscf"), "a thousand cubic feet, or a million where M is mega"),
    **dict.fromkeys(("gal", "gallon", "gallons"), "3.785 litres, or 4.546 of the imperial one"),
}

# How lists in Thai name them; letters' case and blanks do not matter.
_THAI_ENERGIES = {
    "ไฟฟ้า": "grid_electricity",
    "ก๊าซธรรมชาติ": "natural_gas",
    "ดีเซล": "diesel",
    "น้ำมันดีเซล": "diesel",
    "เบนซิน": "gasoline",
    "น้ำมันเบนซิน": "gasoline",
    "น้ำมันเตาเอ": "fuel_oil_a",
    "น้ำมันเตาซี": "fuel_oil_c",
    "ก๊าซหุงต้ม": "lpg",
    "ลิกไนต์": "lignite",
    "ชานอ้อย": "bagasse",
    "ฟืน": "fuel_wood",
    "กะลาปาล์ม": "palm_kernel_shell",
    "ซังข้าวโพด": "corn_cob",
    "แกลบ": "rice_husk",
    "ก๊าซชีวภาพ": "biogas",
    "ไอน้ำ": "steam",
}

# The most that one factory can use in a year, well above the largest there are, by kept unit:
# 4 GW of gas turbines burn 2e11 MJ (a scf is about 1 MJ), Mae Moh 1.5e10 kg of lignite, and all of
# Thailand 2.5e10 litres of diesel and 2e11 kWh (DEDE, EPPO).
_MOST = {
    "kWh": 1e10,
    "scf": 2e11,
    "MJ": 2e11,
    "litre": 1e9,
    "kg": 2e10,
    "m3": 1e9,
}
PLAUSIBLE = tuple(
    Plausible(
        "factory_return",
        "quantity",
        0,
        most,
        "doubt",
        f"{unit} that one factory can use in a year",
        doubt="quantity_implausible",
        where=(("unit", unit),),
    )
    for unit, most in _MOST.items()
)

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
    energy = _energy(record.needed("energy"))
    unit, factor = _unit(energy, record.needed("unit"))
    yield Row(
        "factory_return",
        {
            "factory_ref": record.identifier("factory_id")
            or record.needed_identifier("registration_no"),
            "year": _year(record, delivery.received_at.year),
            "energy": energy,
            "unit": unit,
            "quantity": record.needed_number("quantity", low=0) * factor,
            "source": SOURCE.name,
        },
    )


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _energy(given: str) -> str:
    known = {_bare(name): name for name in ENERGIES} | _THAI_ENERGIES
    found = known.get(_bare(given))
    if found is None:
        raise BadValue("energy is unknown", f"{given!r} is none of {', '.join(ENERGIES)}")
    return found


def _unit(energy: str, given: str) -> tuple[str, float]:
    units = {_bare(name): unit for name, unit in ENERGIES[energy].items()}
    if _bare(given) not in units:
        written = ", ".join(ENERGIES[energy])
        if meanings := _AMBIGUOUS.get(_bare(given)):
            raise BadValue(
                "unit is ambiguous", f"{given!r} may be {meanings}: write one of {written}"
            )
        raise BadValue(f"unit does not fit {energy}", f"{given!r} is none of {written}")
    return units[_bare(given)]


def _year(record: Record, last: int) -> int:
    record.needed("year")
    year = record.year("year")
    if year is None or not FIRST_YEAR <= year <= last:
        raise BadValue(
            "year is out of range",
            f"{record.text('year')!r} is no year from {FIRST_YEAR} to {last}, nor the Buddhist year"
            " of one",
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
    key=("registration_no", "factory_id", "year", "energy"),
    plausible=PLAUSIBLE,
)
