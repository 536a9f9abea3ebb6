"""Ways through winds whose paths are known."""

import numpy as np
from pyproj import Geod

from layers.methods import trajectory
from layers.methods.checks import Check
from layers.methods.trajectory import Field, Grid
from layers.methods.wind import Stations

_GRID = Grid(west=97.0, south=10.0, step=0.25, columns=33, rows=33)
_LON, _LAT = 101.0, 14.0
_M_PER_DEGREE = (107_995.0, 110_632.0)  # of longitude and latitude at 14° N, WGS 84


def _stations(speed_m_s: float, from_deg: float, hours: int = 40) -> Stations:
    every = np.ones((4, hours))
    return Stations(
        np.array([100.5, 101.5, 100.5, 101.5]),
        np.array([13.5, 13.5, 14.5, 14.5]),
        np.datetime64("2026-03-01T00", "h") + np.arange(hours),
        speed_m_s * every,
        from_deg * every,
    )


def _path(field: Field, lon: float, hours: int) -> tuple[float, float]:
    last = np.array([len(field.u) - 1])
    paths = trajectory.backward(field, np.array([lon]), np.array([_LAT]), last, hours)
    return float(paths.lon[0, 0, -1]), float(paths.lat[0, 0, -1])


def _straight() -> tuple[float, float]:
    lon, lat = _path(trajectory.spread(_stations(2, 320), _GRID), _LON, 6)
    azimuth, _, metres = Geod(ellps="WGS84").inv(_LON, _LAT, lon, lat)
    return metres / 1000, azimuth % 360


def _circle() -> float:
    """Kilometres between the place and where the air was once around before."""
    lon, lat = _GRID.nodes()
    turn = 2 * np.pi / (36 * 3600)
    u = -turn * (lat - _LAT) * _M_PER_DEGREE[1]
    v = turn * (lon - _LON) * _M_PER_DEGREE[0]
    every = np.ones((40, 1), np.float32)
    field = Field(_GRID, (u * every).astype(np.float32), (v * every).astype(np.float32))
    ended = _path(field, _LON + 0.65, 36)
    _, _, metres = Geod(ellps="WGS84").inv(_LON + 0.65, _LAT, *ended)
    return float(metres) / 1000


def _without_stations() -> str:
    lon, _ = _path(trajectory.spread(_stations(10, 0), _GRID), _LON, 24)
    return str(lon)


CHECKS = (
    Check(
        name="steady_wind",
        th="ลมคงที่ อากาศมาตรงจากทิศที่ลมพัดมา",
        en="In a steady wind the air came straight from where it blows",
        given="2 m/s, 320°, 6 h",
        expected=(43.2, 320.0),
        got=_straight,
        tolerance=0.25,
        unit="km, °",
        source="s = v t",
    ),
    Check(
        name="circling_wind",
        th="ลมวน ครบรอบแล้วกลับมาที่เดิม",
        en="In a wind that circles the air comes back to where it was",
        given="70 km, 36 h, ± 1 %",
        expected=0.0,
        got=_circle,
        tolerance=4.4,
        unit="km",
        source="u = −ω y, v = ω x",
    ),
    Check(
        name="beyond_the_stations",
        th="ไกลเกินสถานีวัดลม ไม่ลากเส้นต่อ",
        en="Beyond the reach of stations no path is drawn",
        given="10 m/s, 24 h, ≤ 150 km",
        expected="nan",
        got=_without_stations,
        source=f"{trajectory.REACH_M / 1000:g} km",
    ),
)
