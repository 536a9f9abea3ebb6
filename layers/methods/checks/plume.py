"""A textbook's example, and what follows from the formula."""

import math

import numpy as np

from layers.methods import plume
from layers.methods.checks import Check

_SOURCE = plume.Source(q_g_s=10, height_m=50, wind_m_s=3)
_BRIGGS = "Briggs (1973), NOAA ATDL 79"


def _boubel() -> tuple[float, float]:
    sigma_y = float(plume.turner_sigma_y(280, "B"))
    source = plume.Source(q_g_s=0.37, height_m=40, wind_m_s=2)
    return sigma_y, float(plume.diluted(source, sigma_y, 40 / math.sqrt(2), 0, 0))


def _briggs() -> tuple[float, float, float]:
    sigma_y, sigma_z = plume.briggs(1000, "D", "rural")
    told = plume.concentration(_SOURCE, 1000, 0, 0, "D")
    return float(sigma_y), float(sigma_z), float(told)


def _through_a_plane() -> float:
    """What passes in a second, as a share of what is emitted."""
    y, z = np.linspace(-600, 600, 601), np.linspace(0, 600, 601)
    told = plume.concentration(_SOURCE, 1000, y[:, None], z[None, :], "D")
    through = np.trapezoid(np.trapezoid(told, z, axis=1), y) * _SOURCE.wind_m_s
    return float(through) / (_SOURCE.q_g_s * 1e6)


def _sides() -> bool:
    left, right = (plume.concentration(_SOURCE, 1500, y, 2, "B") for y in (-130, 130))
    return bool(left == right)


CHECKS = (
    Check(
        name="textbook",
        th="ความกว้างและความเข้มข้นสูงสุดตามตำรา",
        en="Spread and highest concentration of the textbook",
        given="Q 0.37 g/s, H 40 m, u 2 m/s, B, x 0.28 km, σz = H/√2",
        expected=(49.05, 15.62),
        got=_boubel,
        tolerance=0.01,
        unit="m, µg/m³",
        source="Boubel et al., Fundamentals of Air Pollution, 3rd ed., p. 303",
    ),
    Check(
        name="briggs_rural",
        th="การกระจายแบบชนบทและความเข้มข้นที่พื้น",
        en="Rural spread and the concentration at the ground",
        given="Q 10 g/s, H 50 m, u 3 m/s, D, x 1000 m",
        expected=(76.277, 37.947, 153.87),
        got=_briggs,
        tolerance=0.005,
        unit="m, m, µg/m³",
        source=_BRIGGS,
    ),
    Check(
        name="nothing_lost",
        th="สิ่งที่ปล่อยออกไปผ่านระนาบใต้ลมครบ",
        en="All that is emitted passes a plane downwind",
        given="∫∫ u C dy dz / Q, x 1000 m",
        expected=1.0,
        got=_through_a_plane,
        tolerance=1e-4,
        source="∫∫ u C dy dz = Q",
    ),
    Check(
        name="symmetric",
        th="สองข้างของแกนลมเท่ากัน",
        en="Both sides of the wind's axis are alike",
        given="y ± 130 m",
        expected=True,
        got=_sides,
        source="C(−y) = C(y)",
    ),
    Check(
        name="nothing_upwind",
        th="เหนือลมเป็นศูนย์ และนอกช่วงที่สูตรใช้ได้ไม่ตอบ",
        en="Nothing upwind, and no answer where the formula does not hold",
        given="x −500, 50, 20,000 m",
        expected=("0.0", "nan", "nan"),
        got=lambda: tuple(
            map(str, plume.concentration(_SOURCE, [-500, 50, 20_000], 0, 0, "D").tolist())
        ),
        source=_BRIGGS,
    ),
)
