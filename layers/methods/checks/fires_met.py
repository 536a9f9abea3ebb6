"""Fires around air that stays where it is, which can be counted by hand."""

import numpy as np

from layers.methods import fires_met
from layers.methods.checks import Check
from layers.methods.fires_met import ARRIVALS_H, BACK_H, BOTH_SIDES, WITHIN_H, Met
from layers.methods.trajectory import Grid, Paths

_GRID = Grid(west=99.0, south=13.0, step=0.1, columns=20, rows=20)
_DAYS, _DAY = 50, 25
_CELL = 10 * _GRID.columns + 10


def _staying(cells: list[int], hours: list[int]) -> Met:
    """Air over the cell in the middle for all of its way, and fires."""
    every = np.ones((len(ARRIVALS_H), 1, BACK_H + 1), np.float32)
    seen = np.array([cells, hours, [1] * len(cells)], dtype=np.int64)
    fires = fires_met.fire_hours(_GRID, _DAYS, *seen)
    ends = (_DAY + 1) * 24 - 1 - np.array(ARRIVALS_H)
    return fires_met.met(fires, Paths(100.0 * every, 14.0 * every), ends, BOTH_SIDES)


def _shifted() -> tuple[float, float]:
    """A fire of the day, and the same one two weeks later."""
    hour = _DAY * 24
    told = _staying([_CELL], [hour]), _staying([_CELL], [hour + 24 * 14])
    return float(told[0].long.fires[0]), float(told[1].long.placebos[0, BOTH_SIDES.index(14)])


def _chance_of_unrelated() -> float:
    """The share of days below the limit, of fires that know nothing of the air."""
    rng = np.random.default_rng(12)
    p = fires_met.chance(rng.random(20_000), rng.random((20_000, len(BOTH_SIDES))))
    return float((p <= fires_met.ALPHA).mean())


CHECKS = (
    Check(
        name="hours_of_passing",
        th="ไฟหนึ่งจุดนับในชั่วโมงที่อากาศผ่านเท่านั้น",
        en="One fire counts in the hours of the air's passing alone",
        given=f"1 fire, ± {WITHIN_H} h, {len(ARRIVALS_H)} arrivals × {BACK_H} h",
        expected=55 / (8 * 72),
        got=lambda: _staying([_CELL], [_DAY * 24]).long.fires[0],
        tolerance=1e-12,
        source="(7 × 7 + 6) / (8 × 72)",
    ),
    Check(
        name="placebo_is_the_same_way",
        th="วันเปรียบเทียบคือทางเดิมบนไฟของวันอื่น",
        en="A day compared is the same way through another day's fires",
        given="14 d",
        expected=(55 / (8 * 72), 55 / (8 * 72)),
        got=_shifted,
        tolerance=1e-12,
        source="F(x, t + d)",
    ),
    Check(
        name="least_p",
        th="ค่า p ต่ำสุดไม่เคยเป็นศูนย์",
        en="The least p is never zero",
        given=f"0 / {len(BOTH_SIDES)}",
        expected=1 / 29,
        got=lambda: fires_met.chance(np.array([1.0]), np.zeros((1, len(BOTH_SIDES))))[0],
        tolerance=1e-12,
        source="Phipson & Smyth (2010)",
    ),
    Check(
        name="by_chance",
        th="ไฟที่ไม่เกี่ยวกับอากาศถูกเรียกว่ามากกว่าไม่เกินที่บอก",
        en="Fires that know nothing of the air are called more no oftener than is said",
        given=f"20,000 days, p ≤ {fires_met.ALPHA:g}",
        expected=1 / 29,
        got=_chance_of_unrelated,
        tolerance=0.005,
        source="1 / (1 + placebos)",
    ),
)
