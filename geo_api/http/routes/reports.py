"""/api/reports: the numbers that the pages say, for programs."""

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import Service, ServiceDep, readable_address
from geo_api.http.documents.report_json import encoded
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.reports.complaint_tables import VIEWS as COMPLAINT_VIEWS
from geo_api.reports.factory import VIEWS as FACTORY_VIEWS
from geo_api.reports.lists import VIEWS as LIST_VIEWS
from geo_api.reports.mind_panel import VIEWS as MIND_VIEWS
from geo_api.reports.place import VIEWS as PLACE_VIEWS
from layers.query import date_of, number_of
from layers.reports.lists import MOST_PAGES
from layers.reports.measures import newest_day

router = DescribedRouter(
    prefix="/api/reports", tags=["Reports"], dependencies=[*OPEN_DATA, Depends(readable_address)]
)

_JSON = "application/json"


class ReportParameters(Parameters):
    """Of which day."""

    day: str | None = parameter(
        "The day (Thai time) at whose 08:00 the report's 24 hours end; the newest unless given.",
        {"type": "string", "format": "date"},
    )


class ReleaseParameters(Parameters):
    """Of which period."""

    period: str | None = parameter(
        "A day (Thai time) of the period; the newest that was released unless given.",
        {"type": "string", "format": "date"},
    )


class ListParameters(Parameters):
    """Which rows of a list, in which order."""

    q: str | None = parameter(
        "Words that the name, or a factory's registration number, must have.", {"type": "string"}
    )
    sort: str | None = parameter(
        "The column to sort by, falling with a minus sign before it; by name unless given.",
        {"type": "string"},
    )
    page: str | None = parameter(
        "Which page of 50 rows.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1},
    )


_ANSWER: dict[str, Any] = {
    "response_class": Response,
    "responses": {200: {"content": {_JSON: {}}}},
}


@router.get("/factories/{factory}", **_ANSWER)
async def report_of_factory(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ReportParameters, query_parameters(ReportParameters)],
    factory: str,
) -> Response:
    """What is known of a factory at 08:00 of a day: what is near it, which fires lie upwind, and
    how it was before. Its carbon is not published; that of its province is."""
    day = _day(parameters)

    def make() -> bytes:
        return encoded(service.reports.factory(factory, day))

    return await cached_response(
        request, service, FACTORY_VIEWS, _JSON, make, state=_state(service)
    )


@router.get("/places/{kind}/{code}", **_ANSWER)
async def report_of_place(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ReportParameters, query_parameters(ReportParameters)],
    kind: str,
    code: str,
) -> Response:
    """The numbers of a province, a district or an `eco_town` at 08:00 of a day: of an industrial
    estate, and of a town whose outline is not known, within five kilometres of its point."""
    day = _day(parameters)

    def make() -> bytes:
        return encoded(service.reports.place(kind, code, day))

    return await cached_response(request, service, PLACE_VIEWS, _JSON, make, state=_state(service))


@router.get("/complaints/{table}", **_ANSWER)
async def released_complaints(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ReleaseParameters, query_parameters(ReleaseParameters)],
    table: str,
) -> Response:
    """What was released of complaints in one of the tables `complaint_months`,
    `complaint_quarters`, `complaint_years` and `complaints_dealt_with`: a number that is null has
    too few homes behind it to be shown, which is not none."""
    period = None if parameters.period is None else date_of("period", parameters.period)

    def make() -> bytes:
        return encoded(service.reports.complaints(table, period))

    return await cached_response(
        request, service, COMPLAINT_VIEWS, _JSON, make, state=_state(service)
    )


@router.get("/mind/{province}", **_ANSWER)
async def mind_of_province(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ReportParameters, query_parameters(ReportParameters)],
    province: str,
) -> Response:
    """A province's figures by the dimensions of MIND, each with its layer. There is no score over
    them."""
    day = _day(parameters)

    def make() -> bytes:
        return encoded(service.reports.mind_panel(province, day))

    return await cached_response(request, service, MIND_VIEWS, _JSON, make, state=_state(service))


@router.get("/lists/{kind}", **_ANSWER)
async def list_of(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[ListParameters, query_parameters(ListParameters)],
    kind: str,
) -> Response:
    """A page of 50 places or factories, with the newest day's numbers."""
    page = int(number_of("page", parameters.page or "1", 1, MOST_PAGES))
    words, sort = parameters.q or "", parameters.sort or ""

    def make() -> bytes:
        return encoded(service.reports.listing(kind, words, sort, page))

    return await cached_response(request, service, LIST_VIEWS, _JSON, make, state=_state(service))


def _day(parameters: ReportParameters) -> date | None:
    return None if parameters.day is None else date_of("day", parameters.day)


def _state(service: Service) -> str:
    """Reports follow from the data and from which day is the newest."""
    return str(newest_day(service.now()))
