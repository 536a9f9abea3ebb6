"""Arrow streams to files, through GDAL."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from geo_api.exports.job import GEOMETRY, Job


@contextmanager
def _without(*modules: str) -> Iterator[None]:
    """Within it no module of these names can be imported, but for those that were before."""
    hidden = {name: None for name in modules if name not in sys.modules}
    # As Python's reference has it, 5.3.1: the import of a module that is None there fails.
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


# pyogrio has no way to be told that nobody wants its data frames: it imports what it finds of
# these, 51 MB in 1 s. It needs none of them to write Arrow.
with _without("pandas", "geopandas", "shapely"):
    import pyogrio.raw

# A driver cannot write a row that it was given.
FileRefused = pyogrio.errors.DataLayerError


def write_layer(job: Job, stream: object, path: str, driver: str, **options: str) -> None:
    """Writes the job's rows from `stream`, which has Arrow's C interface, to what GDAL calls
    `path`; `options` are those of the driver for a new layer."""
    shape: dict[str, Any] = {}
    if job.srid is not None:
        kind = "Point" if job.layer.geometry == "point" else "MultiPolygon"
        crs = f"EPSG:{job.srid}"
        shape = {"geometry_name": GEOMETRY, "geometry_type": kind, "crs": crs}
    pyogrio.raw.write_arrow(
        stream,
        path,
        layer=job.layer.name,
        driver=driver,
        layer_metadata={"fahsai": job.origin_json},
        layer_options={"DESCRIPTION": job.description, **options},
        **shape,
    )


def configure(**options: str) -> None:
    """Sets options of GDAL for this process."""
    pyogrio.set_gdal_config_options(options)
