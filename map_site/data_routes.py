"""The web addresses of the pages of open data that the service does not answer itself."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from layers.catalog import catalog
from map_site.item_filters import items_address, of_form, to_query
from map_site.site import Site


def data_router(_site: Site) -> APIRouter:
    """Where the form goes that filters a layer's items."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/data/{layer}/filter", _filter, methods=["GET"])
    return router


def _filter(request: Request, layer: str) -> Response:
    """Leads on to the question that the form's fields make: of the empty ones it says nothing."""
    declared = catalog().get(layer)
    if declared is None or declared.raster:
        raise HTTPException(404)
    given = request.query_params
    language = "en" if given.get("lang") == "en" else "th"
    query = to_query(declared, of_form(declared, given))
    return RedirectResponse(items_address(layer, query, language), 303)
