"""Hours counted by hand."""

import numpy as np

from layers.methods import cpf
from layers.methods.checks import Check

# Four hours of north wind, of which two are high, and four of east wind.
_HIGH = np.array([10.0, 10, 1, 1, 1, 1, 1, 1])
_FROM = np.array([0.0, 355, 5, 0, 90, 90, 90, 90])


def _counted() -> tuple[float, ...]:
    found = cpf.cpf(_HIGH, np.full(8, 2.0), _FROM)
    return found.threshold, float(found.share[0]), float(found.share[3])


def _interval() -> tuple[float, float]:
    found = cpf.cpf(_HIGH, np.full(8, 2.0), _FROM)
    return float(found.low[0]), float(found.high[0])


def _calm() -> tuple[int, int]:
    found = cpf.cpf(_HIGH, np.full(8, 0.4), _FROM)
    return int(found.n.sum()), found.calm


CHECKS = (
    Check(
        name="counted",
        th="เกณฑ์ และสัดส่วนชั่วโมงสูงของลมเหนือและลมตะวันออก",
        en="Threshold, and the share of high hours by north and east wind",
        given="10, 10, 1, 1 from N; 1, 1, 1, 1 from E; 75 %",
        expected=(3.25, 0.5, 0.0),
        got=_counted,
        tolerance=1e-12,
        source="m / n; Ashbaugh et al. (1985)",
    ),
    Check(
        name="interval",
        th="ช่วงความเชื่อมั่นของสองในสี่",
        en="Interval of two of four",
        given="2 / 4, 95 %",
        expected=(0.15, 0.85),
        got=_interval,
        tolerance=0.0005,
        source="Wilson (1927)",
    ),
    Check(
        name="calm",
        th="ชั่วโมงลมสงบไม่นับเข้าทิศใด",
        en="Calm hours count into no direction",
        given="0.4 m/s",
        expected=(0, 8),
        got=_calm,
        source=f"< {cpf.CALM_M_S:g} m/s",
    ),
)
