"""Laws, offices and indicators that pages, checklists and complaint routes name.

They are those that our sources name and no complete list of either. `verified` is false of what no
source was found for: say so wherever it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from layers.reference import rows

# The dimensions of MIND. No official weights or indicators of it are known: none are summed.
Dimension = Literal["business", "community", "environment", "income"]
DIMENSIONS: tuple[Dimension, ...] = ("business", "community", "environment", "income")


@dataclass(frozen=True)
class Law:
    """A law, or a section of one; a day that is not known is None."""

    id: str
    title_th: str
    title_en: str
    section: str | None
    subject_th: str | None
    subject_en: str | None
    in_force_from: date | None
    source: str | None
    verified: bool


@dataclass(frozen=True)
class Agency:
    """An office and what it answers for; `short` is how people write it."""

    id: str
    name_th: str
    short_th: str
    name_en: str
    short_en: str | None
    answers_for_th: str
    answers_for_en: str
    source: str


@dataclass(frozen=True)
class Indicator:
    """What is counted and how, with the layer that gives the figures. `law`, `agency` and
    `strategy` are None where none is known; `set_by` is `us` of what nobody prescribed."""

    id: str
    name_th: str
    name_en: str
    unit: str
    formula_th: str
    formula_en: str
    dimension: str
    layer: str
    law: str | None
    agency: str | None
    strategy: str | None
    set_by: str
    source: str | None


@cache
def laws() -> Mapping[str, Law]:
    """By id."""
    return {
        row["id"]: Law(
            row["id"],
            row["title_th"],
            row["title_en"],
            row["section"] or None,
            row["subject_th"] or None,
            row["subject_en"] or None,
            date.fromisoformat(row["in_force_from"]) if row["in_force_from"] else None,
            row["source"] or None,
            row["verified"] == "yes",
        )
        for row in rows("laws")
    }


@cache
def agencies() -> Mapping[str, Agency]:
    """By id."""
    return {row["id"]: Agency(**_known(row)) for row in rows("agencies")}


@cache
def indicators() -> Mapping[str, Indicator]:
    """By id."""
    return {row["id"]: Indicator(**_known(row)) for row in rows("indicators")}


def _known(row: Mapping[str, str]) -> dict[str, Any]:
    """What is not told is None."""
    return {name: value or None for name, value in row.items()}
