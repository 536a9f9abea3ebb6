"""Where the air at a place came from: backward trajectories through the wind of the stations.

Each hour the stations' components are spread over a grid by inverse squared distance, and parcels
are followed backwards hour by hour by the midpoint rule. What a station's wind tells of a place
without one is uncertain: members of an ensemble go through winds that err as stations do when they
are told by the others (`residual`), with the same persistence from hour to hour, and up to twice as
fast as at the height of an anemometer, since smoke travels higher. This is the way of the surface
wind, flat and without rising air: good for tens of kilometres, a direction beyond. It proves no
transport.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.methods import ellipsoid
from layers.methods.wind import MAX_AGE_H, Booleans, Floats, Integers, Stations, components

Singles = NDArray[np.float32]

# Beyond this distance from every station that blew there is no wind; our choice.
REACH_M = 150_000.0
# Nearer than this a station's weight does not grow, lest the field has a spike there.
_NEAREST_M = 10_000.0
# Of each component, where too few stations tell: the leave-one-out error of the ten stations of
# Air4Thai that we have, 1.6 m/s of the vector.
ERROR_M_S, ERROR_LAG = 1.1, 0.7
# Faster than at 10 m by up to this factor: ln(300/0.5) / ln(10/0.5), a neutral profile over rough
# land (0.5 m) at 300 m.
FASTEST = 2.0
_SEED = 20_260_301
_LEAST_PAIRS = 24
_SECONDS = 3600.0


@dataclass(frozen=True)
class Grid:
    """Nodes in degrees WGS 84, the first in the south-west."""

    west: float
    south: float
    step: float
    columns: int
    rows: int

    def nodes(self) -> tuple[Floats, Floats]:
        """(lon, lat) of all nodes, row by row from the south."""
        lon = self.west + self.step * np.arange(self.columns)
        lat = self.south + self.step * np.arange(self.rows)
        every_lon, every_lat = np.meshgrid(lon, lat)
        return every_lon.ravel(), every_lat.ravel()


@dataclass(frozen=True)
class Field:
    """`u` and `v` in m/s by hour and node, (h, nodes), hours as those of the stations it is of; NaN
    where no station is within reach."""

    grid: Grid
    u: Singles
    v: Singles


@dataclass(frozen=True)
class Residual:
    """By how much stations err that are told by the others: of each component in m/s, and how much
    of an hour's error is that of the hour before."""

    error_m_s: float
    lag: float


@dataclass(frozen=True)
class Paths:
    """Degrees by arrival, member and hours back, (n, m, k + 1), from the arrival itself on; NaN
    from where a path has left the wind that is known."""

    lon: Singles
    lat: Singles


def spread(stations: Stations, grid: Grid, reach_m: float = REACH_M) -> Field:
    """The wind of every hour at the nodes; a station's reading stands for up to MAX_AGE_H hours
    after it without one."""
    nodes = ellipsoid.cartesian_m(*grid.nodes())
    places = ellipsoid.cartesian_m(stations.lon, stations.lat)
    weights = _weights(np.linalg.norm(nodes[:, None] - places[None], axis=2), reach_m)
    u, v = _means(weights, *_lasting(*_parts(stations)))
    return Field(grid, *(part.T.astype(np.float32, order="C") for part in (u, v)))


def residual(stations: Stations, reach_m: float = REACH_M) -> Residual:
    """Of stations told by the others within reach; ERROR_M_S and ERROR_LAG where hardly any is."""
    places = ellipsoid.cartesian_m(stations.lon, stations.lat)
    metres = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(metres, np.inf)
    known = _parts(stations)
    told = _means(_weights(metres, reach_m), *known)
    errors = np.stack([one - other for one, other in zip(told, known, strict=True)])
    before, after = errors[..., :-1], errors[..., 1:]
    both = np.isfinite(before) & np.isfinite(after)
    if both.sum() < _LEAST_PAIRS:
        return Residual(ERROR_M_S, ERROR_LAG)
    square = float(np.mean(errors[np.isfinite(errors)] ** 2))
    lag = float(np.mean(before[both] * after[both])) / square if square else 0.0
    return Residual(square**0.5, min(max(lag, 0.0), 0.99))


def perturbations(members: int, hours: int, error: Residual) -> Singles:
    """What is added to u and v in each hour before a time, (members, hours, 2) in m/s: the same in
    every call, so that a result can be had again."""
    noise = np.random.default_rng(_SEED).standard_normal((members, hours, 2))
    fresh = (1 - error.lag**2) ** 0.5
    for hour in range(1, hours):
        noise[:, hour] = error.lag * noise[:, hour - 1] + fresh * noise[:, hour]
    return (error.error_m_s * noise).astype(np.float32)


def backward(
    field: Field,
    lon: Floats,
    lat: Floats,
    last_hour: Integers,
    hours: int,
    added: Singles | None = None,
) -> Paths:
    """Follows the air that is at places (degrees) at the end of hours, which are indices of the
    field's, `hours` back. With `added`, (n, members, hours, 2) m/s, in as many members as it has,
    of which the last is FASTEST as fast as the first; without, in one that neither errs nor
    hurries. Raises IndexError where the field begins later."""
    if len(last_hour) and last_hour.min() - hours + 1 < 0:
        raise IndexError(f"{hours} hours back from hour {last_hour.min()} is before the first")
    members = 1 if added is None else added.shape[1]
    at = np.empty((2, len(lon), members, hours + 1), dtype=np.float32)
    at[0, ..., 0], at[1, ..., 0] = lon[:, None], lat[:, None]
    factor = np.geomspace(1, FASTEST, members, dtype=np.float32)[None]
    for back in range(hours):
        hour = np.repeat((last_hour - back)[:, None], members, axis=1)
        more = np.zeros(2, np.float32) if added is None else added[:, :, back]
        here = at[..., back]
        halfway = _moved(field, here, here, hour, more, factor, -_SECONDS / 2)
        at[..., back + 1] = _moved(field, here, halfway, hour, more, factor, -_SECONDS)
    return Paths(at[0], at[1])


def _moved(
    field: Field,
    start: Singles,
    where: Singles,
    hour: Integers,
    more: Singles,
    factor: Singles,
    seconds: float,
) -> Singles:
    """`start` (lon, lat) after so many seconds in the wind that blows at `where`."""
    u, v = _bilinear(field, where[0], where[1], hour)
    of_lon, of_lat = ellipsoid.metres_per_degree(where[1])
    east = start[0] + seconds * factor * (u + more[..., 0]) / of_lon
    north = start[1] + seconds * factor * (v + more[..., 1]) / of_lat
    return np.stack([east, north]).astype(np.float32)


def _bilinear(field: Field, lon: Singles, lat: Singles, hour: Integers) -> tuple[Singles, Singles]:
    """NaN outside of the grid, and beside a node without wind."""
    grid = field.grid
    x, y = (lon - grid.west) / grid.step, (lat - grid.south) / grid.step
    inside = (x >= 0) & (x <= grid.columns - 1) & (y >= 0) & (y <= grid.rows - 1)
    column = np.clip(np.nan_to_num(x).astype(np.int64), 0, grid.columns - 2)
    row = np.clip(np.nan_to_num(y).astype(np.int64), 0, grid.rows - 2)
    right, up = x - column, y - row
    corner = (hour * grid.rows + row) * grid.columns + column
    parts = (
        (corner, (1 - right) * (1 - up)),
        (corner + 1, right * (1 - up)),
        (corner + grid.columns, (1 - right) * up),
        (corner + grid.columns + 1, right * up),
    )
    u, v = (
        sum(weight * flat.take(index) for index, weight in parts)
        for flat in (field.u.reshape(-1), field.v.reshape(-1))
    )
    return np.where(inside, u, np.nan), np.where(inside, v, np.nan)


def _weights(metres: Floats, reach_m: float) -> Floats:
    return np.where(metres <= reach_m, np.maximum(metres, _NEAREST_M) ** -2.0, 0.0)


def _parts(stations: Stations) -> tuple[Floats, Floats]:
    """(u, v) as measured. A calm has no direction and needs none."""
    still = stations.speed_m_s == 0
    u, v = components(stations.speed_m_s, stations.from_deg)
    return np.where(still, 0.0, u), np.where(still, 0.0, v)


def _lasting(*parts: Floats) -> tuple[Floats, ...]:
    """Each with its gaps filled from the hours before."""
    filled = []
    for part in parts:
        for _ in range(MAX_AGE_H):
            before = np.column_stack([part[:, :1], part[:, :-1]])
            part = np.where(np.isfinite(part), part, before)
        filled.append(part)
    return tuple(filled)


def _means(weights: Floats, u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """(u, v) by place and hour of stations weighted so (places × stations); NaN where none blew."""
    known: Booleans = np.isfinite(u) & np.isfinite(v)
    total = weights @ known
    total[total == 0] = np.nan
    return (weights @ np.where(known, u, 0.0)) / total, (weights @ np.where(known, v, 0.0)) / total
