"""Reads units as officers write them: our own list of spellings, with the arithmetic left to pint.

pint alone would read `Mscf` as a million cubic feet, where the trade means a thousand, and `ton` as
907 kg, where Thailand means 1,000; so that only what is listed here is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

# What a quantity may be kept in, and what each spelling stands for: so many of a unit of pint.
_SPELT: Mapping[str, Iterable[tuple[float, str, str]]] = {
    "kg": (
        (1, "kilogram", "kg กก กิโลกรัม kilogram kilograms"),
        (1, "gram", "g กรัม gram"),
        (1, "tonne", "t ton tons tonne tonnes mt ตัน เมตริกตัน metricton"),
        (1e3, "tonne", "kt กิโลตัน พันตัน"),
        (1e6, "tonne", "ล้านตัน"),
        (1, "pound", "lb lbs ปอนด์"),
    ),
    "m3": (
        (1, "meter ** 3", "m3 m³ cum ลบม ลูกบาศก์เมตร คิว"),
        (1, "liter", "l litre litres liter ลิตร"),
        (1, "kiloliter", "kl กิโลลิตร"),
        (1e6, "liter", "ล้านลิตร"),
        (1, "foot ** 3", "scf ft3 ลบฟุต"),
        (1e3, "foot ** 3", "mscf"),
        (1e6, "foot ** 3", "mmscf"),
        (1, "oil_barrel", "bbl บาร์เรล"),
    ),
    "MJ": (
        (1, "kilowatt_hour", "kwh กิโลวัตต์ชั่วโมง"),
        (1, "megawatt_hour", "mwh เมกะวัตต์ชั่วโมง"),
        (1, "gigawatt_hour", "gwh"),
        (1, "megajoule", "mj เมกะจูล"),
        (1, "gigajoule", "gj จิกะจูล"),
        (1, "terajoule", "tj"),
        (1e6, "Btu", "mmbtu ล้านบีทียู"),
    ),
    "m": ((1, "meter", "m เมตร"), (1, "yard", "yd yard หลา"), (1, "kilometer", "km กิโลเมตร")),
    "m2": ((1, "meter ** 2", "m2 m² ตรม ตารางเมตร"),),
    "piece": (
        (1, "piece", "piece pieces pc pcs ชิ้น อัน ตัว คัน เครื่อง ใบ แผ่น ขวด กล่อง ม้วน ชุด unit units"),
        (12, "piece", "dozen โหล"),
        (2, "piece", "pair pairs คู่"),
        (1e6, "piece", "ล้านชิ้น"),
    ),
    "person": ((1, "person", "person persons people คน ราย"),),
}


class UnknownUnit(ValueError):
    """A unit that is not in the list, or is of another kind than is wanted."""


@dataclass(frozen=True)
class Kept:
    """A quantity in the unit in which its kind is kept."""

    quantity: float
    unit: str


def kept(quantity: float, written: str, kinds: Iterable[str] = ()) -> Kept:
    """The quantity in kg, m3, MJ, m, m2, piece or person, whichever the unit is of; one of `kinds`
    where any are given. Raises UnknownUnit."""
    found = _known().get(_bare(written))
    wanted = tuple(kinds) or tuple(_SPELT)
    if found is None or found[0] not in wanted:
        some = ", ".join(spelling for kind in wanted for spelling in _examples(kind))
        raise UnknownUnit(f"{written!r} is none of {some} …")
    kind, factor = found
    return Kept(quantity * factor, kind)


def _bare(written: str) -> str:
    return "".join(written.split()).replace(".", "").replace("_", "").casefold()


def _examples(kind: str) -> list[str]:
    return [spellings.split()[0] for _, _, spellings in _SPELT[kind]][:3]


@cache
def _known() -> dict[str, tuple[str, float]]:
    """By spelling: the unit in which it is kept, and how many of those it is."""
    registry = _registry()
    kept_in = {"kg": "kilogram", "m3": "meter ** 3", "MJ": "megajoule", "m": "meter"}
    kept_in |= {"m2": "meter ** 2", "piece": "piece", "person": "person"}
    return {
        _bare(spelling): (kind, count * registry.Quantity(1, unit).to(kept_in[kind]).magnitude)
        for kind, spelt in _SPELT.items()
        for count, unit, spellings in spelt
        for spelling in spellings.split()
    }


def _registry() -> Any:
    # Takes most of a second to import.
    from pint import UnitRegistry

    registry: Any = UnitRegistry()
    registry.define("piece = [piece]")
    registry.define("person = [person]")
    return registry
