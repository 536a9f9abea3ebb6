"""/api/statistics: counts, means and sums of a layer's features by area, time or property."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Request, Response

from geo_api.features.statistics import MOST_KEYS, statistics, views_of
from geo_api.features.statistics_sql import AREAS, FUNCTIONS, TIMES
from geo_api.features.views_read import views_read
from geo_api.http.as_of import AS_OF, caching, depends_on, reads_of, told
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.links import provenance
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import (
    NAMES,
    QUERYABLES,
    FilterParameters,
    parameter,
    query_parameters,
)
from geo_api.http.routers import DescribedRouter
from layers.query import Query

router = DescribedRouter(prefix="/api/statistics", tags=["Statistics"], dependencies=OPEN_DATA)

_JSON = "application/json"
_OWN = frozenset({"by", "values"})


class StatisticsParameters(FilterParameters):
    """Of which features, by what, and which numbers of them."""

    by: str | None = parameter(
        f"What groups are of, {MOST_KEYS} names at most: {', '.join((*AREAS, *TIMES))} (in Thai"
        " time), or properties of the layer. All features are one group without it.",
        NAMES,
    )
    as_of: str | None = AS_OF
    values: str | None = parameter(
        f"Numbers beside the count: {', '.join(FUNCTIONS)} of a property, as in `mean:frp_mw`.",
        NAMES,
    )


@router.get(
    "/{layer}",
    response_class=Response,
    responses={200: {"content": {_JSON: {}}}},
    openapi_extra={"parameters": [QUERYABLES]},
)
async def layer_statistics(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[StatisticsParameters, query_parameters(StatisticsParameters)],
    layer: str,
) -> Response:
    """How many features of a layer there are in each group, and means or sums of their numbers,
    which are null where no feature of the group has one. A key is null where it is not known, as
    the day of what is known by the month. A group that is not listed has no feature; of a time
    before `first` or after `newest`, the layer's observations, that does not say that there was
    nothing. Both are null of a layer without times."""
    asked = service.collection(layer)
    parameters.refuse_unknown_queryables(asked)
    selection = {name: text for name, text in parameters.given().items() if name not in _OWN}
    query = Query.from_params(selection, whole=True)
    by, values = _names(parameters.by), _names(parameters.values)
    versions = await service.data_versions.latest()

    views = tuple(dict.fromkeys([*views_read(asked, query), *views_of(by)]))

    def make() -> bytes:
        reads = reads_of(service, query.as_of, views)
        found = statistics(reads, asked, query, by, values)
        head: dict[str, Any] = {
            "layer": asked.name,
            "by": found.by,
            "values": found.values,
            "units": found.units,
            "first": _utc(found.first),
            "newest": _utc(found.newest),
            **told(reads),
            **provenance(asked, asked.name in versions.simulated_views),
        }
        opened = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
        return f'{opened},"groups":{found.groups}}}'.encode()

    views_of_answer = depends_on(query.as_of, views)
    headers = caching(query.as_of)
    return await cached_response(request, service, views_of_answer, _JSON, make, headers)


def _utc(time: datetime | None) -> str | None:
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z") if time else None


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in text.split(",")] if text else []
