"""What is near a complaint, by the same question as /api/near."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from geo_api.database.connections import Reads
from geo_api.features.near import NearQuery, near
from layers.casework.cases import Neighbour, Surroundings
from layers.model import Layer
from layers.query.moments import instant_of

_LAYERS = ("factories", "hotspots")
RADIUS_M = 3_000
HOURS = 72
_MOST = 24


def surroundings(
    reads: Reads, layers: Mapping[str, Layer], lon: float, lat: float, at: datetime
) -> Surroundings:
    """Around a point (WGS84), as it was `at` a time (UTC): what was burning long after a complaint
    says nothing of it."""
    asked = tuple(name for name in _LAYERS if name in layers)
    query = NearQuery(
        at=at, lon=lon, lat=lat, radius_m=RADIUS_M, hours=HOURS, layers=asked, limit=_MOST
    )
    answer = near(reads, layers, query)
    told = answer.head["layers"]
    return Surroundings(
        at=at,
        radius_m=RADIUS_M,
        hours=HOURS,
        wind=answer.head["wind"],
        air=answer.head["air"],
        neighbours=tuple(map(_neighbour, json.loads(f"[{answer.features}]"))),
        found={name: layer["found"] for name, layer in told.items()},
        unknown=tuple(name for name, layer in told.items() if not layer["known"]),
    )


def _neighbour(feature: Mapping[str, Any]) -> Neighbour:
    said = feature["properties"]
    observed = said.get("observed_at")
    return Neighbour(
        said["layer"],
        str(feature["id"]),
        said.get("name"),
        said["distance_m"],
        said["bearing_deg"],
        said["upwind"],
        instant_of("observed_at", observed) if observed else None,
    )
