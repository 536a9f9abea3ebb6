"""A small made world: shares that sum to one, and winds that point to nobody."""

from dataclasses import replace
from functools import cache

import numpy as np

from layers.methods import ellipsoid, wind
from layers.methods.checks import Check

_FIRST, _DAYS, _FACTORIES = np.datetime64("2026-01-05T00:00:00"), 60, 20
_COUNT = 1_500


@cache
def _answers(turned_deg: float, speed_m_s: float = 2.0) -> tuple[float, float, float]:
    """Of complaints two thirds of which are downwind of a factory: the largest distance of the
    sum of shares from one, the mean "none of these", and the share that was not answered."""
    from layers.methods.attribution import Complaints, Factories, attribute

    rng = np.random.default_rng(2)
    of_lon, of_lat = ellipsoid.metres_per_degree(np.array(13.7))
    east, north = rng.uniform(-3000, 3000, (2, _FACTORIES))
    hours = _FIRST.astype("datetime64[h]") + 1 + np.arange(_DAYS * 24)
    from_deg = np.mod(np.cumsum(rng.normal(0, 25, len(hours))), 360)
    seconds = np.sort(rng.integers(6 * 3600, (_DAYS - 1) * 86_400, _COUNT))
    cause = np.where(rng.random(_COUNT) < 2 / 3, rng.choice([3, 11], _COUNT), -1)
    toward = np.radians(from_deg[seconds // 3600] + 180 + rng.normal(0, 15, _COUNT))
    away = rng.uniform(300, 1500, _COUNT)
    other = rng.uniform(-4000, 4000, (2, _COUNT))
    x = np.where(cause < 0, other[0], east[cause] + away * np.sin(toward))
    y = np.where(cause < 0, other[1], north[cause] + away * np.cos(toward))
    middle = np.array([100.5]), np.array([13.7])
    stations = wind.Stations(*middle, hours, np.full((1, len(hours)), speed_m_s), from_deg[None])
    stations = replace(stations, from_deg=np.mod(stations.from_deg + turned_deg, 360))
    at = _FIRST + seconds.astype("timedelta64[s]")
    complaints = Complaints(
        100.5 + x / of_lon, 13.7 + y / of_lat, at, np.full(_COUNT, "odour", dtype=object)
    )
    classes = np.full(_FACTORIES, "00100", dtype=object)
    factories = Factories(100.5 + east / of_lon, 13.7 + north / of_lat, classes)
    found = attribute(complaints, factories, stations)
    answered = np.array([reason is None for reason in found.reason])
    if not answered.any():
        return 0.0, float("nan"), 1.0
    total = np.bincount(found.complaint, found.single, _COUNT) + found.none_single
    off = float(np.abs(total[answered] - 1).max())
    return off, float(found.none_single[answered].mean()), float(1 - answered.mean())


CHECKS = (
    Check(
        name="sums_to_one",
        th="ส่วนของทุกโรงงานกับไม่ใช่โรงงานเหล่านี้ รวมกันเป็นหนึ่ง",
        en="The shares of all factories and of none of these sum to one",
        given=f"{_COUNT} complaints, {_FACTORIES} factories",
        expected=0.0,
        got=lambda: _answers(0.0)[0],
        tolerance=1e-9,
        source="Bayes",
    ),
    Check(
        name="turned_winds",
        th="หมุนลมกลับทิศ แทบทั้งหมดไม่ใช่โรงงานเหล่านี้",
        en="In winds turned about hardly any is of these factories",
        given="+180°",
        expected=1.0,
        got=lambda: _answers(180.0)[1],
        tolerance=0.1,
        source="rotated winds",
    ),
    Check(
        name="calm",
        th="ลมสงบไม่ตอบทุกครั้ง",
        en="In a calm it never answers",
        given="0.3 m/s",
        expected=1.0,
        got=lambda: _answers(0.0, 0.3)[2],
        source=f"< {wind.CALM_M_S:g} m/s",
    ),
)
