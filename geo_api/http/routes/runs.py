"""/api/runs: what a row's Run was, and from which others it computed."""

from typing import Any

from fastapi import Response

from geo_api.exports.formats import JSON
from geo_api.features.runs import run as found_run
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import NoneTaken
from geo_api.http.routers import DescribedRouter

router = DescribedRouter(tags=["Reports"], dependencies=OPEN_DATA)
_JSON: dict[str, Any] = {"content": {JSON.media_type: {}}}


@router.get("/api/runs/{run}", response_class=Response, responses={200: _JSON})
def run(service: ServiceDep, run: int, _: NoneTaken) -> Response:
    """One reading of a source, or one pass of an analysis, by the number that rows say as `run_id`:
    when it was, and of an analysis by which version of its method, and from which Runs it
    computed; each of these can be asked for in turn, down to the sources."""
    return Response(encoded(found_run(service.reads, run)), media_type=JSON.media_type)
