"""The sugar mills that the Gazette allots cane to, by their numbers; no public list has places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from layers.reference import rows

# Class 11(3) of the factory register: all of the list are of it (Royal Gazette 139 special 268 ง).
MILL_CLASS = "01103"
# What stands before the class in an old number: a letter of unverified meaning, and the group,
# which is printed with some numbers of the list and not with others.
_BEFORE_CLASS = re.compile(r"^[จขอศทสนก]?(?:[123]-)?(?=11\()")


@dataclass(frozen=True)
class SugarMill:
    """`fid` is the 14-digit number. `ocsb_region` is one of the board's four regions, which are
    not those of the six-region scheme. Cane is what was allotted, not what was crushed, in tonnes;
    None where the mill was not yet in the list. `name_en` is transliterated by us."""

    fid: str
    registration_no: str
    name_th: str
    name_en: str
    province_code: str
    ocsb_region: str
    cane_2565_66_t: float | None
    cane_2566_67_t: float | None
    source: str


@cache
def sugar_mills() -> Mapping[str, SugarMill]:
    """All of the list by their FID."""
    return {
        row["fid"]: SugarMill(
            fid=row["fid"],
            registration_no=row["registration_no"],
            name_th=row["name_th"],
            name_en=row["name_en"],
            province_code=row["province_code"],
            ocsb_region=row["ocsb_region"],
            cane_2565_66_t=_tonnes(row["cane_2565_66_t"]),
            cane_2566_67_t=_tonnes(row["cane_2566_67_t"]),
            source=row["source"],
        )
        for row in rows("sugar_mills")
    }


def mill_number(number: str) -> str:
    """By which a mill is known, of any of its numbers: its FID where the list has it, else the
    number as given. A name is none: firms have several mills."""
    if number in sugar_mills():
        return number
    return _by_registration().get(bare_registration(number), number)


def bare_registration(number: str) -> str:
    """An old number from its class on: 3-11(3)-1/55กพ is 11(3)-1/55กพ."""
    return _BEFORE_CLASS.sub("", number)


@cache
def _by_registration() -> Mapping[str, str]:
    return {bare_registration(one.registration_no): fid for fid, one in sugar_mills().items()}


def _tonnes(text: str) -> float | None:
    return float(text) if text else None
