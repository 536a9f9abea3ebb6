"""What the process that writes one download is told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg2.sql import Composed

from geo_api.database.column_types import Column
from geo_api.exports.formats import Format
from layers.model import Layer

GEOMETRY = "geometry"
# The coordinates of points, which together are the geometry; no property has such names.
X, Y = "geometry x", "geometry y"


@dataclass(frozen=True)
class Job:
    """`statement` gives the rows in the shape that the format's module takes, geometry in the CRS
    with the EPSG number `srid`, or none where that is None; `projjson` describes that CRS, so that
    the process need not load what knows all others. `sorted` says that the query asked for an
    order, which no index may change. `columns` are those of the statement, in its
    order, for formats that are typed.

    `dsn` is a reader's; `settings` are statements that its transaction begins with.

    `origin` is plain JSON: the layer's name, licence and attribution, where
    and when the download was asked for, and whether the data are simulated. `site` and `path` are
    the address of the rows, without `as_of` and the form. `folder` is an empty
    one, removed afterwards. `bom` begins a CSV for Excel.
    """

    format: Format
    dsn: str
    statement: Composed
    columns: tuple[Column, ...]
    layer: Layer
    srid: int | None
    projjson: Mapping[str, Any] | None
    origin: dict[str, Any]
    site: str
    path: str
    folder: Path
    bom: bool = False
    sorted: bool = False
    settings: Composed | None = None

    @property
    def title(self) -> str:
        """Thai first."""
        return f"{self.layer.title.th} / {self.layer.title.en}"

    @property
    def description(self) -> str:
        """What the layer shows, whose it is, under which licence, when and from where it came."""
        told = self.origin
        lines = [
            *(["ข้อมูลจำลอง / Simulated data"] if told["simulated"] else []),
            self.layer.description.th,
            self.layer.description.en,
            f"{told['attribution']}; {told['licence']}",
            f"{told['url']} {told['retrieved_at']}",
        ]
        return "\n".join(lines)

    @property
    def origin_json(self) -> str:
        """`origin` as text."""
        return json.dumps(self.origin, ensure_ascii=False)
