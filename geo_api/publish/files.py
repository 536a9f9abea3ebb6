"""Whole layers as files: GeoParquet as the service writes it, and the GeoTIFFs of rasters."""

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from geo_api.database.connections import Reads
from geo_api.publish.answers import Asked
from geo_api.publish.folder import Draft
from geo_api.rasters.registry import file_of, rasters
from layers.model import Layer


async def publish_table(asked: Asked, layer: Layer, draft: Draft, version: str) -> str:
    """The layer as GeoParquet; its path."""
    path = f"files/{layer.name}.parquet"
    if not draft.take(path, version):
        coming = draft.folder / "coming.parquet"
        with coming.open("wb") as file:
            await asked.read(f"/ogc/collections/{layer.name}/items?f=parquet", file.write)
        draft.add(path, coming.rename, version)
    return path


def publish_rasters(
    reads: Reads, known: Mapping[str, Layer], home: Path, draft: Draft
) -> dict[str, list[str]]:
    """The paths of each raster layer's GeoTIFFs."""
    found: dict[str, list[str]] = {}
    for name, layer in known.items():
        for one in rasters(reads, layer):
            path = f"rasters/{name}/{one.starts_at:%Y-%m-%d}{_hour(one.hour)}.tif"
            kept = file_of(one, home)
            # The name of a kept file tells its content.
            draft.add(path, partial(shutil.copyfile, kept), kept.name)
            found.setdefault(name, []).append(path)
    return found


def _hour(hour: int | None) -> str:
    return "" if hour is None else f"T{hour:02d}"
