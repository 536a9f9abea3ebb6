"""/api/casework, for staff: how the work on complaints goes, by office."""

from typing import Annotated, Any

from fastapi import Response

from geo_api.exports.formats import JSON
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.parameters import NoParameters, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.staff import PRIVATE, StaffDep

router = DescribedRouter(tags=["Complaints"])
NoneDep = Annotated[NoParameters, query_parameters(NoParameters)]
_JSON: dict[str, Any] = {"content": {JSON.media_type: {}}}


@router.get("/api/casework/recurrences", response_class=Response, responses={200: _JSON})
def recurrences(staff: StaffDep, service: ServiceDep, _: NoneDep) -> Response:
    """Of the closings of twelve months those after which the same was reported again within the
    days and metres of the nearness rule, with a 95 % interval, by district or province."""
    found = service.performance.recurrences(staff)
    return Response(encoded(found), headers=PRIVATE, media_type=JSON.media_type)


@router.get("/api/casework/step-shares", response_class=Response, responses={200: _JSON})
def step_shares(staff: StaffDep, service: ServiceDep, _: NoneDep) -> Response:
    """Of the cases received in each of twelve months those that were through each step of their
    procedure in time, with the number they are of, by district or province."""
    found = service.performance.step_shares(staff)
    return Response(encoded(found), headers=PRIVATE, media_type=JSON.media_type)
