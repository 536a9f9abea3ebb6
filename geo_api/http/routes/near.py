"""/api/near: what is near a factory or a place, over all layers, by distance."""

import json
from typing import Annotated

from fastapi import Request, Response

from geo_api.exports.formats import GEOJSON
from geo_api.features.near import (
    DEFAULT_HOURS,
    DEFAULT_LIMIT,
    DEFAULT_RADIUS_M,
    MAX_HOURS,
    MAX_RADIUS_M,
    NearQuery,
    near,
)
from geo_api.http.as_of import AS_OF, as_of_of, reads_of, told
from geo_api.http.compression import compressed
from geo_api.http.dependencies import ServiceDep
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import NAMES, Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from layers.query import MAX_LIMIT
from layers.query import as_of_of as as_of_text

router = DescribedRouter(tags=["Near"], dependencies=OPEN_DATA)


class NearParameters(Parameters):
    """About which place, how far around and how long back."""

    FORMATS = (GEOJSON,)

    lon: str | None = parameter("Longitude of the place, WGS84.", {"type": "number"})
    lat: str | None = parameter("Latitude of the place, WGS84.", {"type": "number"})
    factory: str | None = parameter("Id of a factory, instead of lon and lat.", {"type": "string"})
    radius_m: str | None = parameter(
        "How far, in metres on the spheroid, the end included.",
        {"type": "number", "minimum": 1, "maximum": MAX_RADIUS_M, "default": DEFAULT_RADIUS_M},
    )
    hours: str | None = parameter(
        "How long back from `at` what was observed counts; layers without times always do.",
        {"type": "number", "minimum": 0.1, "maximum": MAX_HOURS, "default": DEFAULT_HOURS},
    )
    at: str | None = parameter(
        "The time to ask for, RFC 3339; now unless given.", {"type": "string"}
    )
    as_of: str | None = AS_OF
    layers: str | None = parameter(
        "Names of layers, with commas between. Of an area its nearest point is given.", NAMES
    )
    limit: str | None = parameter(
        f"At most so many features; the layers take turns, each giving its nearest first. Without"
        f" it {DEFAULT_LIMIT}, or fewer, so that the answer stays under 20 KB.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    )


@router.get(
    "/api/near",
    response_class=Response,
    responses={200: {"content": {"application/geo+json": {}}}},
)
def what_is_near(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[NearParameters, query_parameters(NearParameters)],
) -> Response:
    """Features by distance, each with its `layer`, `distance_m`, `bearing_deg` from the place and
    whether it lies `upwind` (null when unknown); `wind` and `air` are the readings of the nearest
    stations, also beyond the radius; `layers` tells how many were found, how fresh the data
    are, and whether the time `at` is `known`, which no feed is that is behind it: 0 found are none
    only then."""
    asked = parameters.given()
    reads = reads_of(service, as_of_text(asked), ())
    as_of = as_of_of(reads)
    query = NearQuery.from_params(asked, as_of.time if as_of else service.now())
    answer = near(reads, service.layers, query)
    head = json.dumps(answer.head | told(reads), ensure_ascii=False, separators=(",", ":"))
    body = f'{head[:-1]},"features":[{answer.features}]}}'
    sent, headers = compressed(body.encode(), request.headers.get("accept-encoding", ""))
    return Response(sent, headers=headers, media_type="application/geo+json")
