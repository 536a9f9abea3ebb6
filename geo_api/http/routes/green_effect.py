"""/api/green-effect: whether certification lowered complaints, for programs."""

from typing import Annotated

from fastapi import Request, Response

from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.documents.report_json import encoded
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Parameters, query_parameters
from geo_api.http.routers import DescribedRouter
from geo_api.reports.certification_effect import VIEWS
from layers.reports.certification_effect import CertificationEffects

router = DescribedRouter(tags=["Reports"], dependencies=OPEN_DATA)

_JSON = "application/json"


@router.get("/api/green-effect", response_class=Response, responses={200: {"content": {_JSON: {}}}})
async def green_effect(
    request: Request,
    service: ServiceDep,
    parameters: Annotated[Parameters, query_parameters(Parameters)],
) -> Response:
    """By level of the certificate a verdict, its reasons, and an effect only where one may be told;
    no effects where no complaint names a factory."""

    def make() -> bytes:
        return encoded(CertificationEffects(service.reports.certification_effects()))

    return await cached_response(request, service, VIEWS, _JSON, make)
