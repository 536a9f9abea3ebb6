"""/api/emissions: factories' greenhouse gas by place, industry and year, and what is beside it."""

from typing import Annotated

from fastapi import Request, Response

from geo_api.exports.formats import CSV, JSON
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.emissions_csv import emissions_csv
from geo_api.http.documents.report_json import encoded
from geo_api.http.negotiation import negotiate_format
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.reports.emissions import COUNTRY, MOST, VIEWS, EmissionsQuery, emissions_report
from layers.query.provinces import PROVINCE_CODES

router = DescribedRouter(prefix="/api", tags=["Reports"], dependencies=OPEN_DATA)

_FORMATS = (JSON, CSV)


class EmissionsParameters(Parameters):
    """Of which place, vintage and base year."""

    FORMATS = _FORMATS

    province: str | None = parameter(
        "The code of a province, as in 50, or `country`; all of them unless given.",
        {"type": "string", "enum": [*PROVINCE_CODES, COUNTRY]},
    )
    vintage: str | None = parameter(
        "A vintage by its number: what it says never changes. The newest unless given.",
        {"type": "integer", "minimum": 1, "maximum": MOST},
    )
    base: str | None = parameter(
        "The year since which changes are told; the first with a figure unless given.",
        {"type": "integer", "minimum": 1, "maximum": MOST},
    )


@router.get(
    "/emissions",
    response_class=Response,
    responses={200: {"content": {one.bare_type: {} for one in _FORMATS}}},
)
async def emissions(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[EmissionsParameters, query_parameters(EmissionsParameters)],
) -> Response:
    """Factories' greenhouse gas by year, of the country, by province and by industry: by scope,
    biomass apart, by worker, with the factories that reported of those that could; why the
    country's sum changed; by how much its factors alone can be off; and the country's targets.
    Figures that could tell one firm's amount are withheld, which is not zero. As CSV the figures
    alone."""
    asked = EmissionsQuery.from_params(parameters.given())
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), _FORMATS)

    def make() -> bytes:
        report = emissions_report(service.reads, asked)
        return emissions_csv(report) if format == CSV else encoded(report)

    return await cached_response(request, service, VIEWS, format.media_type, make)
