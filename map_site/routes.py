"""The web addresses of the pages and of the files they load."""

from fastapi import APIRouter

from map_site.assets import Assets
from map_site.data_routes import data_pages
from map_site.maps import Background
from map_site.old_routes import old_pages


def pages(background: Background) -> APIRouter:
    """Every page; each answers in Thai unless asked with `?lang=en`."""
    router = APIRouter(include_in_schema=False)
    router.include_router(data_pages())
    router.include_router(old_pages(background))
    return router


def static_files() -> Assets:
    """Every asset, for mounting at /static."""
    return Assets()
