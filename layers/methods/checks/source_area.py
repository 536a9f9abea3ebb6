"""A made world whose source is known, and winds of other directions in it."""

from functools import cache

import numpy as np

from layers.methods import ellipsoid
from layers.methods.checks import Check

_LON, _LAT, _DAYS = 101.15, 12.72, 120
_HOMES = ((0.0, 0.0), (2000.0, 500.0), (-1500.0, 1000.0), (500.0, 2500.0), (1000.0, -1500.0))
_SOURCE = (4000.0, -3000.0)


@cache
def _located(turned_deg: float) -> tuple[float, bool]:
    """(kilometres from the peak to the source, whether anything is claimed)."""
    from layers.methods.source_area import Receptors, Reports, locate, plane_around

    rng = np.random.default_rng(1)
    east, north = np.array(_HOMES).T
    of_lon, of_lat = (float(m) for m in ellipsoid.metres_per_degree(np.array(_LAT)))
    from_deg = np.mod(np.cumsum(rng.normal(0, 25, _DAYS * 24)), 360)[None].repeat(len(east), 0)
    hour_of_day = np.arange(_DAYS * 24) % 24
    bearing = ellipsoid.bearing_deg(_SOURCE[0] - east, _SOURCE[1] - north)
    off = np.mod(from_deg - bearing[:, None] + 180, 360) - 180
    away = np.hypot(_SOURCE[0] - east, _SOURCE[1] - north)[:, None]
    usual = 0.1 / 24 * (1 + np.cos(2 * np.pi * (hour_of_day - 14) / 24))
    rate = usual * (1 + 30 * np.exp(-away / 10_000) * np.exp(-0.5 * (off / 15) ** 2))
    reports = Reports(*np.nonzero(rng.random(from_deg.shape) < rate))
    hours = np.datetime64("2026-01-01T00", "h") + np.arange(_DAYS * 24)
    lon, lat = _LON + east / of_lon, _LAT + north / of_lat
    winds = np.mod(from_deg + turned_deg, 360)
    receptors = Receptors(lon, lat, np.zeros(len(east), dtype=bool), winds, hours)
    found = locate(receptors, reports, plane_around(lon, lat, 10_000.0, 31), bootstraps=20)
    if found.peak is None or found.reason is not None:
        return float("nan"), False
    metres = (found.peak[0] - _LON) * of_lon - _SOURCE[0], (found.peak[1] - _LAT) * of_lat
    return float(np.hypot(metres[0], metres[1] - _SOURCE[1])) / 1000, True


CHECKS = (
    Check(
        name="planted_source",
        th="พบแหล่งที่ซ่อนไว้ในโลกจำลอง",
        en="A source hidden in a made world is found",
        given="5 homes, 120 days, source 5 km away",
        expected=0.0,
        got=lambda: _located(0.0)[0],
        tolerance=1.5,
        unit="km",
        source="λ = base (1 + a f K)",
    ),
    Check(
        name="turned_winds",
        th="หมุนลมกลับทิศ ไม่กล่าวว่าพบ",
        en="In winds turned about nothing is claimed",
        given="+180°",
        expected=False,
        got=lambda: _located(180.0)[1],
        source="rotated winds",
    ),
)
