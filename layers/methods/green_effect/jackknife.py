"""Errors of a Poisson regression with effects by label: each unit left out, by one step."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from layers.methods.green_effect.panel import Floats, Ints

# Effects are known up to what they share; and a unit alone in its month has all the say there.
RIDGE = 1e-9
SLACK = 1e-3


def jackknife(
    complaints: Floats, expected: Floats, unit: Ints, cell: Ints, labels: Sequence[Ints]
) -> Floats:
    """The covariance of the coefficients of cells, clustered by unit.

    `expected` is what the regression fits by cells (−1 of none), units and each of `labels`. The
    estimator is CV3 of MacKinnon, Nielsen and Webb (2023, Journal of Applied Econometrics 38,
    671–694), at the weights of the fit: without a unit all effects are fitted anew. Few units make
    most of a cell's complaints, and few of a province its month's; errors that take those effects
    as known are a tenth too small.
    """
    many = int(cell.max()) + 1
    columns = _columns(cell, labels)
    inverse = _inverse(expected, unit, columns)
    order = np.argsort(unit, kind="stable")
    starts = np.flatnonzero(np.diff(unit[order], prepend=-1))
    moved = np.array(
        [
            _moved(complaints[rows], expected[rows], columns[rows], inverse, many)
            for rows in np.split(order, starts[1:])
        ]
    )
    return np.asarray((1 - 1 / len(moved)) * moved.T @ moved)


def _columns(cell: Ints, labels: Sequence[Ints]) -> Ints:
    """The columns of each row's dummies: cells first, and a last one for none."""
    sizes = [int(label.max()) + 1 for label in (cell, *labels)]
    ends = np.cumsum(sizes)
    cells = np.where(cell < 0, ends[-1], cell)
    others = [label + end for label, end in zip(labels, ends[:-1], strict=True)]
    return np.stack([cells, *others], axis=1)


def _inverse(expected: Floats, unit: Ints, columns: Ints) -> Floats:
    """Of the information on the columns, once each unit has its effect; 0 for the last of them."""
    from scipy import linalg, sparse  # brought by pyfixest, and as heavy

    rows = np.arange(len(unit)).repeat(columns.shape[1])
    dummies = sparse.csr_array((np.ones(columns.size), (rows, columns.ravel())))
    weighted = dummies * expected[:, None]
    units = sparse.csr_array((np.ones(len(unit)), (unit, np.arange(len(unit)))))
    sums = (units @ weighted).toarray()
    information = (weighted.T @ dummies).toarray()
    information -= sums.T @ (sums / np.bincount(unit, expected)[:, None])
    information = information[:-1, :-1]
    information += RIDGE * np.trace(information) * np.eye(len(information))
    # A third of the time of an inverse in general; only its upper half is made.
    upper, _ = linalg.lapack.dpotri(linalg.cho_factor(information)[0])
    return np.pad(np.triu(upper) + np.triu(upper, 1).T, (0, 1))


def _moved(
    complaints: Floats, expected: Floats, columns: Ints, inverse: Floats, cells: int
) -> Floats:
    """How coefficients move when a unit, whose rows these are, is left out."""
    share, root = expected / expected.sum(), np.sqrt(expected)
    towards = sum(inverse[:cells, column] for column in columns.T)
    towards -= (towards @ share)[:, None]
    pairs = product(columns.T, columns.T)
    leverage = sum(inverse[one[:, None], other] for one, other in pairs)
    leverage -= share @ leverage
    leverage -= (leverage @ share)[:, None]
    left = (1 + SLACK) * np.eye(len(root)) - root[:, None] * leverage * root
    return np.asarray(towards @ (root * np.linalg.solve(left, (complaints - expected) / root)))
