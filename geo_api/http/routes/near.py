"""/api/near: what is near a factory or a place, over all layers, by distance."""

import json

from fastapi import APIRouter, Response

from geo_api.features.near import (
    DEFAULT_HOURS,
    DEFAULT_LIMIT,
    DEFAULT_RADIUS_M,
    MAX_HOURS,
    MAX_RADIUS_M,
    NearQuery,
    near,
)
from geo_api.http.dependencies import Served
from geo_api.http.parameters import Asked, parameter, takes
from layers.query import MAX_LIMIT

router = APIRouter(tags=["Near"])

_PARAMETERS = takes(
    parameter("lon", "Longitude of the place, WGS84.", {"type": "number"}),
    parameter("lat", "Latitude of the place, WGS84.", {"type": "number"}),
    parameter("factory", "Id of a factory, instead of lon and lat.", {"type": "string"}),
    parameter(
        "radius_m",
        "How far, in metres on the spheroid, the end included.",
        {"type": "number", "minimum": 1, "maximum": MAX_RADIUS_M, "default": DEFAULT_RADIUS_M},
    ),
    parameter(
        "hours",
        "How long back from `at` what was observed counts; layers without times always do.",
        {"type": "number", "minimum": 0.1, "maximum": MAX_HOURS, "default": DEFAULT_HOURS},
    ),
    parameter("at", "The time to ask for, RFC 3339; now unless given.", {"type": "string"}),
    parameter(
        "layers",
        "Names of layers, with commas between. Of an area its nearest point is given.",
        {"type": "array", "items": {"type": "string"}},
        style="form",
        explode=False,
    ),
    parameter(
        "limit",
        f"At most so many features; the layers take turns, each giving its nearest first. Without"
        f" it {DEFAULT_LIMIT}, or fewer, so that the answer stays under 20 KB.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    ),
)


@router.get(
    "/api/near",
    openapi_extra=_PARAMETERS,
    response_class=Response,
    responses={200: {"content": {"application/geo+json": {}}}},
)
def what_is_near(service: Served, asked: Asked) -> Response:
    """Features by distance, each with its `layer`, `distance_m`, `bearing_deg` from the place and
    whether it lies `upwind` (null when unknown); `wind` and `air` are the readings of the nearest
    stations, also beyond the radius; `layers` tells how many were found and how fresh the data
    are."""
    answer = near(service.reads, service.layers, NearQuery.from_params(asked, service.now()))
    head = json.dumps(answer.head, ensure_ascii=False, separators=(",", ":"))
    body = f'{head[:-1]},"features":[{answer.features}]}}'
    return Response(body.encode(), media_type="application/geo+json")
