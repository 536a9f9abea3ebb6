"""/api/reference: lists that are cited, as laws, offices, indicators and codes of waste."""

import json
from typing import Annotated

from fastapi import Path, Request, Response

from geo_api.http.caching.responses import cached_response
from geo_api.http.dependencies import ServiceDep
from geo_api.http.open_data import OPEN_DATA
from geo_api.http.parameters import Language, NoneTaken
from geo_api.http.routers import DescribedRouter
from layers.reference.lists import note_of, rows_of

router = DescribedRouter(tags=["Reference"], dependencies=OPEN_DATA)


@router.get(
    "/api/reference/{list}",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)
async def reference_list(
    request: Request,
    service: ServiceDep,
    name: Annotated[str, Path(alias="list")],
    language: Language,
    _: NoneTaken,
) -> Response:
    """Every row of a list, and what is to be known of it before it is used."""
    document = {"list": name, "note": note_of(name)[language], "rows": rows_of(name)}

    def make() -> bytes:
        return json.dumps(document, ensure_ascii=False, default=str).encode()

    headers = {
        "Content-Language": language,
        "Vary": "Accept, Accept-Encoding, Accept-Language",
    }
    return await cached_response(request, service, (), "application/json", make, headers)
