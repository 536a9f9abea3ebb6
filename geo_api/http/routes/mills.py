"""/api/mills, for staff: fires by the zone of a sugar mill, and how it ranks."""

from typing import Annotated, Any

from fastapi import Response

from geo_api.exports.formats import JSON
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.parameters import Parameters, parameter, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.staff import PRIVATE, StaffDep
from geo_api.inspections.mills import mill_account
from layers.query import FIRST_YEAR, BadQuery, date_of, year_of

router = DescribedRouter(tags=["Inspections"])
_JSON: dict[str, Any] = {"content": {JSON.media_type: {}}}


class MillParameters(Parameters):
    """Of which time."""

    season: str | None = parameter(
        "The year (CE) in which the season begins; the newest unless given.",
        {"type": "string", "pattern": "^[0-9]{4}$"},
    )
    fortnight: str | None = parameter(
        "A day of a half of a month, from the 1st or the 16th on, which alone is then told.",
        {"type": "string", "format": "date"},
    )


@router.get("/api/mills/{mill}/burning", response_class=Response, responses={200: _JSON})
def mill_burning(
    staff: StaffDep,
    service: ServiceDep,
    mill: str,
    asked: Annotated[MillParameters, query_parameters(MillParameters)],
) -> Response:
    """Fires of a mill's zone beside what it declared and the limits, of a season and its halves;
    and how far they are from what the burnt cane declared would be of, ranked among the mills that
    declared. Shares of fires by distance are a proxy, and say of no mill that it burned or bought.
    """
    if asked.season and asked.fortnight:
        raise BadQuery("season", "season and fortnight exclude each other: give one of them")
    day = date_of("fortnight", asked.fortnight) if asked.fortnight else None
    season = year_of("season", asked.season, FIRST_YEAR) if asked.season else None
    found = mill_account(service.private.staff, staff, mill, season, day)
    return Response(encoded(found), headers=PRIVATE, media_type=JSON.media_type)
