"""Publishes the public maps as a folder of files, of which each is made anew only if it changed."""

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from geo_api.app import create_app, utc_now
from geo_api.database.connections import Pool
from geo_api.database.data_versions import DataVersions, fetch_data_versions
from geo_api.http.caching.code_fingerprint import code_fingerprint
from geo_api.publish.answers import Asked
from geo_api.publish.archives import LAST_ZOOM
from geo_api.publish.files import publish_rasters, publish_table
from geo_api.publish.folder import Draft, draft_of, write_catalogue
from geo_api.publish.pages import publish_assets, publish_own_pages, publish_pages
from geo_api.publish.periods import NEWEST
from geo_api.publish.tilesets import Archive, publish_tiles
from geo_api.rasters.registry import raster_layers
from geo_api.settings import Settings
from layers.catalog import catalog
from layers.model import Layer
from layers.sizes import size_told
from map_site.published import file_of
from map_site.published_pages import LayerFiles, what_is_published

_TILESET = "/ogc/collections/{}/tiles/WebMercatorQuad"
# From a tileset's file to the folder.
_UP = "../../../../"
_NOWHERE = "http://localhost"


@dataclass(frozen=True)
class Outcome:
    """What was published: how many files of how many bytes, and how many of them are new or gone;
    `changed` are layers whose data changed meanwhile."""

    files: int
    bytes: int
    written: int
    gone: int
    seconds: float
    changed: tuple[str, ...]

    def __str__(self) -> str:
        told = (
            f"{self.files} files, {size_told(self.bytes)}, in {self.seconds:.0f} s: "
            f"{self.written} written, {self.files - self.written} as they were, {self.gone} gone"
        )
        if not self.changed:
            return told
        return f"{told}\nChanged meanwhile, publish again: {', '.join(self.changed)}"


def publish(
    target: Path,
    settings: Settings,
    reader_url: str,
    *,
    service: str | None = None,
    under: str = "",
    layers: Mapping[str, Layer] | None = None,
    now: Callable[[], datetime] = utc_now,
    say: Callable[[str], None],
) -> Outcome:
    """Puts the folder in the place of `target`, whole. `service` is where the service itself is,
    to which links lead that no file has; `under` is the path at which the files will be; `layers`
    are those whose data are published, by default the catalog.

    All is read as the public's own role reads it. Raises NotPublished and NotAnswered.
    """
    began = time.monotonic()
    threads = max(2, os.cpu_count() or 1)
    pool = Pool(reader_url, threads + 2)
    try:
        before = fetch_data_versions(pool)
        with draft_of(target) as draft:
            known = catalog() if layers is None else layers
            work = _Work(pool, settings, known, draft, before, say, threads, service, under, now)
            asyncio.run(work.run())
            changed = _changed(known, before, fetch_data_versions(pool))
            outcome = Outcome(
                len(draft.files),
                draft.size,
                len(draft.written),
                len(draft.gone),
                time.monotonic() - began,
                changed,
            )
    finally:
        pool.close()
    return outcome


@dataclass(frozen=True)
class _Work:
    pool: Pool
    settings: Settings
    layers: Mapping[str, Layer]
    draft: Draft
    versions: DataVersions
    say: Callable[[str], None]
    threads: int
    service: str | None
    under: str
    now: Callable[[], datetime]

    async def run(self) -> None:
        """Writes everything into the draft."""
        # Pictures and roads of others lie on other servers.
        own = replace(self.settings, basemap=None, tile_url=None)
        app = create_app(self.pool, own, now=self.now)
        try:
            layers = [layer for layer in self.layers.values() if not layer.raster]
            asked = Asked(app, self.service or _NOWHERE)
            files = [await self._layer(asked, layer) for layer in layers]
            files += self._rasters()
            await self._pages(app, files, [_TILESET.format(layer.name) for layer in layers])
        finally:
            app.state.service.data_versions.close()
        told = {
            "title": "Fahsai",
            "published_at": self.now().isoformat(timespec="seconds"),
            "simulated": self.versions.simulated,
            "service": self.service,
            "layers": [self._told(one) for one in files],
        }
        write_catalogue(self.draft, told)

    async def _pages(self, app: ASGIApp, files: list[LayerFiles], tilesets: list[str]) -> None:
        began = time.monotonic()
        published = what_is_published(tilesets, LAST_ZOOM, self.service)
        await publish_pages(Asked(app, f"{_NOWHERE}{self.under}"), published, self.draft)
        publish_own_pages(
            files, published, self.under, self.draft, simulated=self.versions.simulated
        )
        publish_assets(self.draft)
        self.say(f"pages: {time.monotonic() - began:.1f} s")

    async def _layer(self, asked: Asked, layer: Layer) -> LayerFiles:
        began, written = time.monotonic(), len(self.draft.written)
        code = code_fingerprint().hex()
        archives = publish_tiles(
            self.pool, layer, self.draft, self._provenance(layer), code, self.threads
        )
        self.draft.add_json(file_of(_TILESET.format(layer.name)), _index(layer, archives))
        version = f"{code} {self._version(layer)}"
        table = await publish_table(asked, layer, self.draft, version)
        paths = [path for one in archives for path in (one.path, one.days) if path]
        spent = time.monotonic() - began
        self.say(
            f"{layer.name}: {len(paths)} archives of tiles, {len(self.draft.written) - written}"
            f" files written, {spent:.1f} s"
        )
        return LayerFiles(
            layer,
            [self._file(table, "GeoParquet"), *(self._file(path, "PMTiles") for path in paths)],
        )

    def _rasters(self) -> list[LayerFiles]:
        known = raster_layers(self.pool, self.layers)
        found = publish_rasters(self.pool, known, self.settings.home, self.draft)
        return [
            LayerFiles(known[name], [self._file(path, "GeoTIFF") for path in paths])
            for name, paths in found.items()
        ]

    def _file(self, path: str, kind: str) -> tuple[str, str, int]:
        return path, kind, self.draft.files[path].bytes

    def _version(self, layer: Layer) -> str:
        return self.versions.tag([layer.name])

    def _provenance(self, layer: Layer) -> dict[str, Any]:
        return {
            "licence": layer.licence,
            "data_version": self._version(layer),
            "simulated": layer.name in self.versions.simulated_views,
        }

    def _told(self, one: LayerFiles) -> dict[str, Any]:
        layer = one.layer
        known = layer.name in self.versions.versions
        return {
            "name": layer.name,
            "title": {"th": layer.title.th, "en": layer.title.en},
            "attribution": layer.attribution,
            **(self._provenance(layer) if known else {"licence": layer.licence}),
            "files": [path for path, _, _ in one.files],
        }


def _index(layer: Layer, archives: list[Archive]) -> Mapping[str, Any]:
    """As the page's script reads it; `since` is given where there is more before it that is not
    published."""
    listed = [
        {
            name: f"{_UP}{value}" if name in ("path", "days") and value else value
            for name, value in one.as_json.items()
        }
        for one in archives
    ]
    return {"layer": layer.name, "archives": listed, "since": _since(archives)}


def _since(archives: list[Archive]) -> int | None:
    starts = (one.during.start for one in archives if one.during and one.during.name == NEWEST)
    return next((round(start.timestamp() * 1000) for start in starts), None)


def _changed(
    layers: Mapping[str, Layer], before: DataVersions, after: DataVersions
) -> tuple[str, ...]:
    names = (layer.name for layer in layers.values() if not layer.raster)
    return tuple(name for name in names if before.tag([name]) != after.tag([name]))
