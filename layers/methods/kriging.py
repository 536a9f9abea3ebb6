"""Estimates a quantity between the places where it was measured, and how sure that is: ordinary
kriging with an exponential variogram.

Matheron, G. (1963): Principles of geostatistics. Economic Geology 58, 1246–1266. Kriging is the
regression by a Gaussian process of unknown mean, which scikit-learn does. What leaving each sample
out would give follows without doing so: Dubrule, O. (1983): Cross validation of kriging in a unique
neighborhood. Mathematical Geology 15, 687–699.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, t
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern

from layers.methods.ellipsoid import cartesian_m

Floats = NDArray[np.float64]

# The share that lies within a deviation of a normal distribution's mean.
WITHIN = float(2 * norm.cdf(1) - 1)
# So many sills may the mean, which nobody knows, lie from where it is looked for.
_MEAN_VARIANCE = 1e6


@dataclass(frozen=True)
class Variogram:
    """How unlike two places are: the correlation falls with distance as exp(−d / `range_m`), and
    `nugget` is what each sample has for itself, as a share of the sill."""

    range_m: float
    nugget: float


@dataclass(frozen=True)
class Estimate:
    """What is told of each place at each time (places × times), and the variance of what would be
    measured there."""

    value: Floats
    variance: Floats


@dataclass(frozen=True)
class Weights:
    """What the samples weigh at each place (places × samples; they sum to 1), and the variance of
    the estimate there, in sills."""

    weights: Floats
    variance: Floats


class Kriging:
    """Kriging from one set of places (degrees WGS84, one dimension): whatever was measured there,
    and however often, weighs the same."""

    def __init__(self, lon: Floats, lat: Floats, variogram: Variogram) -> None:
        self._range_m = variogram.range_m
        self._nugget = variogram.nugget
        correlation = ConstantKernel(_MEAN_VARIANCE, "fixed") + Matern(1.0, "fixed", nu=0.5)
        self._model = GaussianProcessRegressor(correlation, alpha=variogram.nugget, optimizer=None)
        # Each sample alone as a quantity of its own: what is then estimated are the weights.
        self._model.fit(self._places(lon, lat), np.eye(len(lon)))

    def at(self, lon: Floats, lat: Floats) -> Weights:
        """The weights at places (degrees, one dimension). The variance is that of what a further
        station would measure there, its nugget included."""
        weights, deviation = self._model.predict(self._places(lon, lat), return_std=True)
        return Weights(weights, deviation[:, 0] ** 2 + self._nugget)

    def sill(self, values: Floats) -> Floats:
        """The variance of the values (samples × times) of each time, without bias."""
        centred = values - values.mean(axis=0)
        found: Floats = (centred * self._solved(centred)).sum(axis=0) / (len(values) - 1)
        return np.maximum(found, 0.0)

    def leave_one_out(self, values: Floats) -> Estimate:
        """Tells each sample (samples × times; three at least) from the others."""
        solved = self._solved(values - values.mean(axis=0))
        own = np.diag(self._inverse)
        return Estimate(values - solved / own[:, None], np.outer(1 / own, self.sill(values)))

    @property
    def width(self) -> float:
        """So many deviations to either side hold 68 %, as one of a normal distribution does: more,
        by Student's t, where the sill is of few samples."""
        return float(t.ppf((1 + WITHIN) / 2, len(self._model.X_train_) - 1))

    def _solved(self, values: Floats) -> Floats:
        found: Floats = self._inverse @ values
        return found

    @property
    def _inverse(self) -> Floats:
        """Of the samples' covariance, in sills."""
        found: Floats = self._model.alpha_
        return found

    def _places(self, lon: Floats, lat: Floats) -> Floats:
        return cartesian_m(lon, lat) / self._range_m


def sets(values: Floats) -> list[tuple[NDArray[np.bool_], NDArray[np.intp]]]:
    """Which samples were measured together, and at which times (samples × times)."""
    measured = np.isfinite(values)
    which, of = np.unique(measured, axis=1, return_inverse=True)
    of = of.reshape(-1)
    return [(which[:, one], np.flatnonzero(of == one)) for one in range(which.shape[1])]
