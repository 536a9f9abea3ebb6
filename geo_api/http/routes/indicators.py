"""/api/indicators: the indicators of a fiscal year, for programs."""

from typing import Annotated

from fastapi import Request, Response

from geo_api.exports.formats import CSV, JSON
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.kpi_csv import kpi_csv
from geo_api.http.documents.report_json import encoded
from geo_api.http.negotiation import negotiate_format
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.reports.kpi import VIEWS
from layers.query.moments import LAST_YEAR, year_of
from layers.sources.kpi import FIRST_YEAR

router = DescribedRouter(tags=["Reports"], dependencies=OPEN_DATA)


class IndicatorsParameters(Parameters):
    """Of which fiscal year."""

    FORMATS = (JSON, CSV)

    fiscal_year: str | None = parameter(
        "The fiscal year by the common era, named by its end; the newest that is loaded unless"
        " given.",
        {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    )


@router.get(
    "/api/indicators",
    response_class=Response,
    responses={200: {"content": {JSON.media_type: {}, CSV.bare_type: {}}}},
)
async def indicators(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[IndicatorsParameters, query_parameters(IndicatorsParameters)],
) -> Response:
    """Each with definition, formula, base, target and owner, and the newest value of each area."""
    given = parameters.fiscal_year
    year = None if given is None else year_of("fiscal_year", given, FIRST_YEAR)
    accept = request.headers.get("accept", "")
    format = negotiate_format(parameters.f, accept, IndicatorsParameters.FORMATS)

    def make() -> bytes:
        found = service.reports.kpi(year)
        return kpi_csv(found) if format == CSV else encoded(found)

    return await cached_response(request, service, VIEWS, format.media_type, make)
