"""The same days of seasons with and without a leap day."""

from datetime import date

from layers.methods import season_counts
from layers.methods.checks import Check


def _slots() -> tuple[int | None, ...]:
    leap, common = date(2023, 12, 1), date(2024, 12, 1)
    return (
        season_counts.slot(date(2024, 3, 1), leap),
        season_counts.slot(date(2025, 3, 1), common),
        season_counts.slot(date(2024, 2, 29), leap),
    )


CHECKS = (
    Check(
        name="leap_day",
        th="วันเดียวกันของสองฤดูอยู่ลำดับเดียวกัน แม้ปีหนึ่งมีวันอธิกสุรทิน",
        en="The same day of two seasons has one place, though one has a leap day",
        given="2024-03-01, 2025-03-01, 2024-02-29",
        expected=(90, 90, None),
        got=_slots,
        source="31 + 31 + 28",
    ),
)
