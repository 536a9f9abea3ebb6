"""What kriging promises of its weights, and its leave-one-out against leaving one out."""

import numpy as np

from layers.methods.checks import Check

_LON = np.array([100.0, 100.4, 100.1, 100.7, 100.3])
_LAT = np.array([14.0, 14.1, 14.6, 14.4, 14.3])
_VALUES = np.array([[20.0], [30.0], [42.0], [35.0], [28.0]])


def _weights() -> float:
    from layers.methods.kriging import Kriging, Variogram

    model = Kriging(_LON, _LAT, Variogram(80_000, 0.1))
    return float(model.at(np.array([100.2]), np.array([14.2])).weights.sum())


def _left_out() -> float:
    """The largest difference between the short way and kriging from the others anew."""
    from layers.methods.kriging import Kriging, Variogram

    variogram = Variogram(80_000, 0.1)
    short = Kriging(_LON, _LAT, variogram).leave_one_out(_VALUES).value[:, 0]
    long = []
    for n in range(len(_LON)):
        kept = np.arange(len(_LON)) != n
        others = Kriging(_LON[kept], _LAT[kept], variogram)
        weights = others.at(_LON[n : n + 1], _LAT[n : n + 1]).weights
        mean = _VALUES[kept].mean()
        long.append(float((weights @ (_VALUES[kept] - mean))[0, 0] + mean))
    return float(np.abs(short - np.array(long)).max())


CHECKS = (
    Check(
        name="weights",
        th="น้ำหนักของสถานีรวมกันเป็นหนึ่ง",
        en="The weights of the stations sum to one",
        given="5 stations, 80 km",
        expected=1.0,
        got=_weights,
        tolerance=1e-6,
        source="ordinary kriging; Cressie (1993)",
    ),
    Check(
        name="left_out",
        th="ค่าที่ทายสถานีจากสถานีอื่นเท่ากับคำนวณใหม่โดยไม่มีสถานีนั้น",
        en="A station told by the others is what kriging without it says",
        given="5 stations",
        expected=0.0,
        got=_left_out,
        tolerance=1e-4,
        unit="µg/m³",
        source="Dubrule (1983)",
    ),
)
