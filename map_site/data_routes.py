"""The web addresses of the pages of open data that the service does not answer itself."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from layers.catalog import catalog
from layers.model import Layer
from map_site import changes_page
from map_site.item_filters import items_address, of_form, to_query
from map_site.mount import mounted
from map_site.site import Site, language_of


def data_router(_site: Site) -> APIRouter:
    """Where the forms go that filter a layer's items and compare two times of it."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/data/{layer}/filter", _filter, methods=["GET"])
    router.add_api_route("/data/{layer}/changes", _changes, methods=["GET"])
    return router


def _filter(request: Request, layer: str) -> Response:
    """Leads on to the question that the form's fields make: of the empty ones it says nothing."""
    declared = _declared(layer)
    given = request.query_params
    query = to_query(declared, of_form(declared, given))
    return RedirectResponse(items_address(layer, query, language_of(request)), 303)


def _changes(request: Request, layer: str) -> Response:
    """Leads on to the times that the form's fields mean."""
    _declared(layer)
    try:
        query = changes_page.to_query(request.query_params)
    except ValueError:
        query = {}  # no browser sends such a time
    path = f"/ogc/collections/{layer}/changes"
    asked = urlencode(query | {"lang": language_of(request)}, safe=",:/")
    return RedirectResponse(mounted(f"{path}?{asked}"), 303)


def _declared(layer: str) -> Layer:
    declared = catalog().get(layer)
    if declared is None or declared.raster:
        raise HTTPException(404)
    return declared
