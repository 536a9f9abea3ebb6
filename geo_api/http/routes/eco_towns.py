"""/api/eco-towns: what an eco-industrial town is assessed by, for programs."""

from typing import Annotated, Any

from fastapi import Request, Response

from geo_api.exports.formats import CSV, JSON, Format
from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.evidence import evidence_zip
from geo_api.http.documents.report_json import encoded
from geo_api.http.documents.scorecard_csv import scorecard_csv
from geo_api.http.negotiation import negotiate_format
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.reports.scorecard import VIEWS
from layers.query.moments import LAST_YEAR, year_of
from layers.reports.measures import newest_day
from layers.sources.eco_towns import FIRST_YEAR

router = DescribedRouter(prefix="/api/eco-towns", tags=["Reports"], dependencies=OPEN_DATA)

_FORMATS = (JSON, CSV)
_ZIP = Format("zip", "application/zip", "Zip with checksums")


class TownParameters(Parameters):
    """Of which year, by what."""

    year: str | None = parameter(
        "The calendar year (CE) in Thai time; the last that is over unless given.",
        {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    )
    framework: str | None = parameter(
        "The edition of the framework: `map`, what this service reckons itself, unless given.",
        {"type": "string"},
    )


class ScorecardParameters(TownParameters):
    """The same, as JSON or a table."""

    FORMATS = _FORMATS


@router.get(
    "/{town}/scorecard",
    response_class=Response,
    responses={200: {"content": {JSON.media_type: {}, CSV.bare_type: {}}}},
)
async def scorecard_of(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ScorecardParameters, query_parameters(ScorecardParameters)],
    town: str,
) -> Response:
    """Each indicator of the edition with value, target and evidence. What is declared without
    evidence has no value. Indicative: nobody is certified by it."""
    year = _year(parameters)
    format = negotiate_format(parameters.f, request.headers.get("accept", ""), _FORMATS)

    def make() -> bytes:
        found = service.reports.scorecard(town, parameters.framework, year)
        return scorecard_csv(found) if format == CSV else encoded(found)

    headers: dict[str, Any] = {}
    if format == CSV:
        headers["Content-Disposition"] = 'attachment; filename="scorecard.csv"'
    return await cached_response(
        request, service, VIEWS, format.media_type, make, headers, str(newest_day(service.now()))
    )


class EvidenceParameters(TownParameters):
    """The same, as a file."""

    FORMATS = (_ZIP,)


@router.get(
    "/{town}/evidence", response_class=Response, responses={200: {"content": {_ZIP.media_type: {}}}}
)
async def evidence_of(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[EvidenceParameters, query_parameters(EvidenceParameters)],
    town: str,
) -> Response:
    """The scorecard to be cited: data, evidence, method and chart in a zip with its checksums. The
    same data give the same bytes."""
    year, framework = _year(parameters), parameters.framework

    def make() -> bytes:
        found = service.reports.scorecard(town, framework, year)
        query = f"framework={found.edition.id}&year={found.year}"
        address = f"{request.url.replace(query=query)}"
        return evidence_zip(found, service.reports.version(VIEWS), address)

    headers = {"Content-Disposition": 'attachment; filename="evidence.zip"'}
    state = str(newest_day(service.now()))
    return await cached_response(request, service, VIEWS, _ZIP.media_type, make, headers, state)


def _year(parameters: TownParameters) -> int | None:
    given = parameters.year
    return None if given is None else year_of("year", given, FIRST_YEAR)
