"""Keeps single days of raster layers for tests, without the analysis or file they would be from."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg2.extensions import connection as Connection

from geo_api.rasters.cog_writer import Grid, Quantity, in_memory, keep
from tests.makers import insert

GRID = Grid(west=100, north=15, step=0.5, columns=4, rows=4)


def raster_day(
    connection: Connection,
    home: Path,
    day: date,
    values: NDArray[np.float64] | None = None,
    *,
    grid: Grid = GRID,
    layer: str = "pm25_surface",
    nearest_m: NDArray[np.float64] | None = None,
    standard_error: NDArray[np.float64] | None = None,
    hour: int | None = None,
    **columns: Any,
) -> Path:
    """A day of the layer, or an hour of it, 30 everywhere unless `values` are given; the file."""
    cells = np.full((grid.rows, grid.columns), 30.0) if values is None else values
    with in_memory(
        grid, cells, {}, Quantity("by hand", "µg/m³"), nearest_m, standard_error
    ) as made:
        path = keep(home, layer, day, made, hour)
    told = {"method_th": "ทำเอง", "method_en": "by hand", "simulated": False, **columns}
    bounds = list(grid.bounds)
    insert(
        connection,
        "raster",
        layer=layer,
        day=day,
        hour=hour,
        path=path,
        bounds=bounds,
        run_id=_run(connection),
        **told,
    )
    return home / path


def _run(connection: Connection) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status) VALUES ('test', '', 'succeeded') RETURNING id"
        )
        (run_id,) = cursor.fetchone() or (0,)
    return int(run_id)
