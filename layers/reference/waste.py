"""The codes of waste and of its management in the regime of B.E. 2566, and its clocks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from layers.reference import rows

# The day from which the notification of 31 May 2566 is in force; earlier data use the list of 2548.
REGIME_FROM = date(2023, 11, 1)
_WRITTEN = re.compile(r"\s*(\d\d)\s*(\d\d)\s*(\d\d)\s*(HA|HM)?\s*", re.IGNORECASE)
_NOT_HAZARDOUS = "non-hazardous only"


@dataclass(frozen=True)
class WasteCode:
    """`entry` is HA (absolute), HM (mirror: may be contested by a test) or none."""

    code: str
    entry: str | None
    hazardous: bool
    name_th: str
    name_en: str


@dataclass(frozen=True)
class ManagementCode:
    """`group` is sorting, storage, reuse, recycle, recovery, treatment, disposal or other."""

    code: str
    group: str
    name_th: str
    name_en: str
    hazardous_too: bool


@cache
def waste_codes() -> Mapping[str, WasteCode]:
    """All of the edition 2566, by their six digits."""
    return {
        row["code6"]: WasteCode(
            row["code6"],
            None if row["entry_type"] == "none" else row["entry_type"],
            row["hazardous"] == "true",
            row["name_th"],
            row["name_en"],
        )
        for row in rows("waste_codes_2566")
    }


@cache
def management_codes() -> Mapping[str, ManagementCode]:
    """All of the edition 2566, by their three digits."""
    return {
        row["code"]: ManagementCode(
            row["code"],
            row["group"],
            row["name_th_short"],
            row["name_en_short"],
            _NOT_HAZARDOUS not in row["restriction"],
        )
        for row in rows("waste_management_codes_2566")
    }


def split_code(written: str) -> tuple[str, str | None] | None:
    """The six digits and the suffix of `19 10 03 HM`, `191003HM` or `191003`; None of others."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    return "".join(found.groups()[:3]), found[4].upper() if found[4] else None


def finish_by(
    received_on: date, hazardous: bool | None, management_code: str | None
) -> date | None:
    """The day by which a receiver must have finished, an extension apart; None of what came before
    any clock that is known. The first clock of the file that fits counts."""
    for row in rows("waste_clocks"):
        fits = (
            row["clock"] == "finish"
            and row["hazardous"] in ("", str(bool(hazardous)).lower())
            and row["management_code"] in ("", management_code)
            and date.fromisoformat(row["valid_from"]) <= received_on
            and (not row["valid_to"] or received_on <= date.fromisoformat(row["valid_to"]))
        )
        if fits:
            return received_on + timedelta(days=int(row["days"]))
    return None
