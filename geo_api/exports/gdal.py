"""Arrow streams to files, through GDAL."""

import sys
from typing import Any

from geo_api.exports.job import GEOMETRY, Job

# pyogrio imports these where there are any: 50 MB for what is not used here.
for _unused in ("pandas", "geopandas", "shapely"):
    sys.modules.setdefault(_unused, None)  # type: ignore[arg-type]

import pyogrio.raw  # noqa: E402


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
