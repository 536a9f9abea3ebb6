"""The web addresses of the pages and of the files they load."""

from fastapi import APIRouter, Depends

from map_site.about import about_router
from map_site.assets import Assets
from map_site.brief import brief_router
from map_site.complaints import complaints_router
from map_site.data_routes import data_router
from map_site.effect import effect_router
from map_site.embed import embed_router
from map_site.emissions import emissions_router
from map_site.factory import factory_router
from map_site.field import field_router
from map_site.kpi import kpi_router
from map_site.lists import lists_router
from map_site.methods import methods_router
from map_site.place import place_router
from map_site.report import report_router
from map_site.scorecard import scorecard_router
from map_site.search_page import search_router
from map_site.short_links import short_links_router
from map_site.site import Site, refuse_buddhist_years, refuse_unknown_provinces
from map_site.staff_desk import staff_desk_router
from map_site.theme import theme_router

_ROUTERS = (
    brief_router,
    complaints_router,
    effect_router,
    emissions_router,
    kpi_router,
    lists_router,
    place_router,
    report_router,
    scorecard_router,
    factory_router,
    field_router,
    search_router,
    short_links_router,
    theme_router,
    data_router,
    methods_router,
    about_router,
)


def pages(site: Site) -> APIRouter:
    """Every page; each answers in Thai unless asked with `?lang=en`."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(refuse_buddhist_years)])
    of_known_provinces = [Depends(refuse_unknown_provinces)]
    for made in _ROUTERS:
        router.include_router(made(site), dependencies=of_known_provinces)
    if site.desk:
        desk = staff_desk_router(site, site.desk)
        router.include_router(desk, dependencies=of_known_provinces)
    router.include_router(embed_router(site))  # which refuses them within another site's page
    return router


def static_files() -> Assets:
    """Every asset, for mounting at /static."""
    return Assets()
