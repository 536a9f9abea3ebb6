"""Poisson regression of a panel with the ratios of its cells, by pyfixest."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from layers.methods.green_effect.cells import Cells
from layers.methods.green_effect.jackknife import jackknife
from layers.methods.green_effect.panel import Floats, Ints, Panel

MOST_ITERATIONS = 100


class NotIdentified(ValueError):
    """Nothing tells the ratios: too few units share a month."""


@dataclass(frozen=True)
class LogRatios:
    """Logarithms of complaints to what they would have been, for each bin, and their covariance."""

    bins: Ints
    values: Floats
    covariance: Floats


def log_ratios(panel: Panel, cells: Cells, bins: Ints) -> LogRatios:
    """Of the cells of each of `bins`, one for a cell, together; a bin that nothing identifies is
    left out. Raises NotIdentified where none is.

    Effects of unit, province × month and stratum × month; errors clustered by unit. A bin's ratio
    is its complaints over what they would have been without: the cells' ratios weighted by that
    (Wooldridge 2023, Econometrics Journal 26, C31–C66; cohorts apart as in Sun and Abraham 2021,
    Journal of Econometrics 225, 175–199).
    """
    kept, values, covariance = _fit(panel, cells)
    if not len(kept):
        raise NotIdentified("all ratios are collinear with months")
    without = cells.complaints[kept] * np.exp(-values)
    found, label = np.unique(bins[kept], return_inverse=True)
    # One row for a bin: the shares of its cells in what would have been.
    shares = np.where(label == np.arange(len(found))[:, None], without, 0.0)
    told = np.bincount(label, cells.complaints[kept], len(found))
    shares_of = shares / shares.sum(axis=1, keepdims=True)
    return LogRatios(found, np.log(told / shares.sum(axis=1)), shares_of @ covariance @ shares_of.T)


def _fit(panel: Panel, cells: Cells) -> tuple[Ints, Floats, Floats]:
    """The cells that are identified, their log ratios and the covariance of those."""
    # A month without a complaint in the province, or the stratum, tells nothing of a ratio.
    told = np.ones(len(panel.unit), dtype=bool)
    for label in (panel.province_month, panel.stratum_month):
        told &= np.bincount(label, panel.complaints)[label] > 0
    panel, of_row = panel.of(told), cells.of_row[told]
    coefficients, expected = _regression(panel, of_row, len(cells.bins))
    kept = np.array(list(coefficients))
    places = np.full(len(cells.bins) + 1, -1)
    places[kept] = np.arange(len(kept))
    labels = (panel.province_month, panel.stratum_month)
    covariance = jackknife(panel.complaints, expected, panel.unit, places[of_row], labels)
    return kept, np.array(list(coefficients.values())), covariance


def _regression(panel: Panel, of_row: Ints, cells: int) -> tuple[dict[int, float], Floats]:
    """The coefficients of the cells that are identified, and what is fitted of each row; raises
    NotIdentified where some effects are known from nothing."""
    import pyfixest  # it brings half of scientific Python: a second, and 100 MB of memory
    from pyfixest.errors import NonConvergenceError

    names = {f"cell{each}": each for each in range(cells)}
    columns = {
        "complaints": panel.complaints,
        "unit": panel.unit,
        "province_month": panel.province_month,
        "stratum_month": panel.stratum_month,
    } | {name: (of_row == each).astype(float) for name, each in names.items()}
    with warnings.catch_warnings():
        # It calls pandas in ways that pandas 4 will not take.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            fitted = pyfixest.fepois(
                f"complaints ~ {' + '.join(names)} | unit + province_month + stratum_month",
                pd.DataFrame(columns),
                vcov="iid",  # errors are those of the jackknife
                fixef_rm="none",
                iwls_maxiter=MOST_ITERATIONS,
                separation_check=[],
                copy_data=False,
                store_data=False,
            )
        except (NonConvergenceError, ValueError) as problem:
            # A ValueError it is where units and months can't be told apart in 10,000 rounds.
            raise NotIdentified(str(problem)) from problem
    coefficients = {names[name]: float(value) for name, value in fitted.coef().items()}
    return coefficients, np.asarray(fitted.predict(type="response"))
