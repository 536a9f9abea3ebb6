"""Areas that cut cells, by hand."""

import numpy as np

from layers.methods.checks import Check


def _means(values: list[list[float]], east: float) -> tuple[float, float]:
    """(mean, coverage) of a rectangle from the grid's western side to `east`."""
    from shapely import box

    from layers.methods.zonal import Lattice, Zones

    lattice = Lattice(west=100.0, north=0.05, width=0.1, height=0.1, columns=2, rows=1)
    found = Zones(lattice, [box(100.0, -0.05, east, 0.05)]).means(np.array(values))
    return float(found.mean[0]), float(found.coverage[0])


def _people() -> tuple[float, float]:
    from shapely import box

    from layers.methods.zonal import Lattice, Zones

    lattice = Lattice(west=100.0, north=0.05, width=0.1, height=0.1, columns=2, rows=1)
    halves = [box(100.0, -0.05, 100.15, 0.05), box(100.15, -0.05, 100.2, 0.05)]
    one, other = Zones(lattice, halves).sums(np.array([[60.0, 40.0]]))
    return float(one), float(other)


CHECKS = (
    Check(
        name="half_a_cell",
        th="ช่องที่อยู่ในพื้นที่ครึ่งเดียวนับครึ่งเดียว",
        en="A cell half within an area counts half",
        given="1, 3; 1 + ½ cells",
        expected=((1 + 0.5 * 3) / 1.5, 1.0),
        got=lambda: _means([[1.0, 3.0]], 100.15),
        tolerance=1e-6,
        source="Σ w x / Σ w; exactextract",
    ),
    Check(
        name="coverage",
        th="ส่วนที่ไม่มีค่าไม่ถูกเดา และบอกว่าครอบคลุมเท่าใด",
        en="What has no value is not guessed; the coverage is told",
        given="1, –; 1 + 1 cells",
        expected=(1.0, 0.5),
        got=lambda: _means([[1.0, float("nan")]], 100.2),
        tolerance=1e-6,
        source="Σ w known / Σ w",
    ),
    Check(
        name="people",
        th="คนในช่องที่สองพื้นที่แบ่งกัน รวมแล้วเท่าเดิม",
        en="People of a cell that two areas share are as many together",
        given="60, 40; 1.5 + 0.5 cells",
        expected=(80.0, 20.0),
        got=_people,
        tolerance=1e-4,
        source="Σ parts = 1",
    ),
)
