"""Heat that recurs all year and heat of a season, of which the answer is known."""

import numpy as np

from layers.methods import persistent_heat
from layers.methods.checks import Check

_JANUARY_2024 = 19_723  # days since 1970-01-01
_DECEMBER_2023 = 19_692


def _label(day: persistent_heat.Integers, works_m: float) -> str:
    place = np.zeros(len(day), dtype=np.int64)
    cells = persistent_heat.recurrence(place, place, day)
    nothing = np.zeros(len(cells.x), dtype=np.int64)
    labels, _ = persistent_heat.judged(cells, np.full(len(cells.x), works_m), nothing)
    return str(labels[0])


def _labels() -> tuple[str, ...]:
    kiln = _JANUARY_2024 + 20 * np.arange(24)
    season = _DECEMBER_2023 + 3 * np.arange(40)
    fields = np.concatenate([season, season + 366])
    return _label(kiln, 300.0), _label(kiln, np.inf), _label(fields, np.inf), _label(fields, 300.0)


CHECKS = (
    Check(
        name="labels",
        th="ร้อนทั้งปีข้างโรงงาน ร้อนทั้งปีไกลโรงงาน ไร่ที่เผาตามฤดู และไร่ข้างโรงงาน",
        en="Hot all year by a works, far from any, fields of a season, and those by a works",
        given="24 days in 12 months; 80 days in 4 months; 300 m, ∞",
        expected=("industrial_static", "uncertain", "vegetation", "uncertain"),
        got=_labels,
        source=f"{persistent_heat.LEAST_DAYS} days, {persistent_heat.LEAST_MONTHS} months",
    ),
)
