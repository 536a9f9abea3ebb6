"""Errors by leaving out a unit: those of leaving it out in truth."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from layers.methods.green_effect.cells import cells
from layers.methods.green_effect.panel import Panel, prepare
from layers.methods.green_effect.regression import LogRatios, log_ratios
from tests.layers.methods.green_effect import worlds
from tests.layers.methods.green_effect.worlds import simulate


def estimated(panel: Panel) -> LogRatios:
    """One ratio of all after."""
    rows = np.flatnonzero(panel.after)
    one = np.zeros(len(rows), dtype=np.int64)
    return log_ratios(
        panel, cells(rows, one, one, panel.complaints[rows], len(panel.unit)), one[:1]
    )


def test_one_step_gives_the_errors_of_fits_without_each_unit() -> None:
    frame = simulate(replace(worlds.FALL, factories=40), 3).frame
    panel = prepare(frame.assign(province=frame["province"] % 2, stratum="all"))[0]
    found = estimated(panel)

    units = np.unique(panel.unit)
    without = [estimated(panel.of(panel.unit != unit)).values[0] for unit in units]

    squares = (np.array(without) - found.values[0]) ** 2
    truly = sqrt(squares.sum() * (len(units) - 1) / len(units))
    assert sqrt(found.covariance[0, 0]) == pytest.approx(truly, rel=0.15)
