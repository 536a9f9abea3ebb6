"""Directions, means, and the wind at a place between stations."""

import numpy as np

from layers.methods import wind
from layers.methods.checks import Check
from layers.methods.wind import Stations

_HOUR = np.array(["2026-03-01T05"], dtype="datetime64[h]")


def _mean(*from_deg: float) -> tuple[float, float]:
    speed, direction, _ = wind.vector_mean(np.ones(len(from_deg)), np.array(from_deg))
    # A turn of 360° is none.
    return speed, (direction + 180) % 360 - 180


def _at(speeds: tuple[float, float], hours_ago: int = 0) -> wind.Wind:
    """Half way between two stations, 21 km apart, that blow from the north and from the south."""
    stations = Stations(
        np.array([100.0, 100.2]),
        np.array([14.0, 14.0]),
        _HOUR - hours_ago,
        np.array(speeds)[:, None],
        np.array([[0.0], [180.0]]),
    )
    return wind.at(stations, np.array([100.1]), np.array([14.0]), _HOUR)


def _between() -> tuple[float, str | None]:
    found = _at((2.0, 2.0))
    return float(found.speed_m_s[0]), found.reason[0]


CHECKS = (
    Check(
        name="direction",
        th="ทิศจากส่วนประกอบ",
        en="Direction from components",
        given="u = v = −3 m/s",
        expected=45.0,
        got=lambda: wind.direction(np.array(-3.0), np.array(-3.0)),
        tolerance=1e-9,
        unit="°",
        source="ECMWF",
    ),
    Check(
        name="mean_across_north",
        th="ค่าเฉลี่ยของสองทิศข้างทิศเหนือ",
        en="Mean of two directions on either side of north",
        given="350°, 10°; 1 m/s",
        expected=(0.984808, 0.0),
        got=lambda: _mean(350, 10),
        tolerance=1e-6,
        unit="m/s, °",
        source="openair; cos 10°",
    ),
    Check(
        name="calm_by_speeds",
        th="ลมสวนทางกันสองสถานีไม่ใช่ลมสงบ",
        en="Two stations that blow against each other are no calm",
        given="2 m/s, 0°; 2 m/s, 180°",
        expected=(2.0, None),
        got=_between,
        tolerance=1e-9,
        unit="m/s",
        source="ū = Σ w s / Σ w",
    ),
    Check(
        name="abstains",
        th="ลมสงบและลมเก่าไม่มีทิศ พร้อมเหตุผล",
        en="A calm and an old wind have no direction, and say why",
        given="0.2 m/s; 4 h",
        expected=(wind.CALM, wind.OLD_WIND),
        got=lambda: (_at((0.2, 0.2)).reason[0], _at((2.0, 2.0), 4).reason[0]),
        source=f"< {wind.CALM_M_S:g} m/s, > {wind.MAX_AGE_H} h",
    ),
)
