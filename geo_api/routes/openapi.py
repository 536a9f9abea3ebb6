"""/openapi.json: every address, parameter and answer."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request) -> JSONResponse:
    """The description of the whole service as OpenAPI 3.0."""
    media_type = "application/vnd.oai.openapi+json;version=3.0"
    return JSONResponse(request.app.openapi(), media_type=media_type)
