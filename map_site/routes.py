"""The web addresses of the pages and of the files they load."""

from fastapi import APIRouter

from map_site.assets import Assets
from map_site.field import field_router
from map_site.old_routes import old_pages
from map_site.site import Site


def pages(site: Site) -> APIRouter:
    """Every page; each answers in Thai unless asked with `?lang=en`."""
    router = APIRouter(include_in_schema=False)
    router.include_router(old_pages(site.background))
    router.include_router(field_router(site))
    return router


def static_files() -> Assets:
    """Every asset, for mounting at /static."""
    return Assets()
