"""/api/jobs, for staff: what the service does by itself."""

from typing import Annotated, Any

from fastapi import Response

from geo_api.exports.formats import JSON
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.parameters import NoParameters, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.http.staff import PRIVATE, StaffDep

router = DescribedRouter(tags=["Jobs"])
_JSON: dict[str, Any] = {"content": {JSON.media_type: {}}}


@router.get("/api/jobs", response_class=Response, responses={200: _JSON})
def jobs(
    staff: StaffDep,
    service: ServiceDep,
    _: Annotated[NoParameters, query_parameters(NoParameters)],
) -> Response:
    """How each job stands that the service does by itself: readings of sources, passes of analyses
    and daily tasks, when each was last done, what came of it, and when it is next; and how many
    workers are at work. For national staff and admins."""
    found = service.jobs.schedule(staff)
    return Response(encoded(found), headers=PRIVATE, media_type=JSON.media_type)
