"""Districts at, above and below a standard, and one of which too little is known."""

import numpy as np

from layers.methods.checks import Check


def _told() -> tuple[float, float, str | None]:
    """Chances at the standard and one error above it, and why nothing is said of a third."""
    from layers.methods.exposure import exposure

    mean, error = np.array([37.5, 42.5, 80.0]), np.full(3, 5.0)
    found = exposure(mean, error, np.array([1.0, 1.0, 0.3]), 37.5)
    return float(found.chance[0]), float(found.chance[1]), found.abstained[2]


CHECKS = (
    Check(
        name="chances",
        th="โอกาสเกินมาตรฐานเมื่อค่าเท่ามาตรฐาน และเมื่อสูงกว่าหนึ่งค่าคลาดเคลื่อน",
        en="Chance to be over the standard at it, and one error above it",
        given="37.5 ± 5, 42.5 ± 5 µg/m³; 30 % covered",
        expected=(0.5, 0.841345, "low_coverage"),
        got=_told,
        tolerance=1e-6,
        source="Φ(0), Φ(1)",
    ),
)
