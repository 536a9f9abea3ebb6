"""The burn ratio by hand, and the published classes of its fall."""

import numpy as np

from layers.methods import burn
from layers.methods.checks import Check


def _fall() -> tuple[float, float, float]:
    before = burn.nbr(np.array(0.45), np.array(0.15))
    after = burn.nbr(np.array(0.20), np.array(0.30))
    return float(before), float(after), float(burn.dnbr(before, after))


CHECKS = (
    Check(
        name="fall",
        th="ดัชนีเผาไหม้ก่อนและหลัง และผลต่าง",
        en="Burn ratio before and after, and its fall",
        given="NIR 0.45, SWIR 0.15 → NIR 0.20, SWIR 0.30",
        expected=(0.5, -0.2, 700.0),
        got=_fall,
        tolerance=1e-9,
        source="(NIR − SWIR) / (NIR + SWIR)",
    ),
    Check(
        name="classes",
        th="ระดับความรุนแรงตามตาราง",
        en="Classes of severity by the table",
        given="dNBR × 1000: 99, 100, 269, 270, 440, 660",
        expected=(None, "low", "low", "moderate_low", "moderate_high", "high"),
        got=lambda: tuple(burn.severity(x) for x in (99, 100, 269, 270, 440, 660)),
        source="Key & Benson (2006), FIREMON",
    ),
    Check(
        name="no_value",
        th="ไม่มีค่า ไม่ใช่เผา",
        en="Where there is no value nothing is burned",
        given="NaN",
        expected=False,
        got=lambda: bool(burn.burned(np.array([np.nan]))[0]),
        source="no data",
    ),
)
