"""/staff/work-list: where a team goes on a day, on a phone without signal or on A4."""

from datetime import date

from fastapi import APIRouter, Depends, Request, Response

from layers.casework.categories import CATEGORIES
from layers.casework.inspections import FINDINGS
from layers.casework.staff import Staff
from layers.casework.work_list import WorkListQuery, WorkLists
from layers.query import date_of, number_of
from layers.times import THAI_TIME, thai_day
from map_site.rendering import private_page
from map_site.site import Site

PATH = "/staff/work-list"


def work_list_router(site: Site, work_lists: WorkLists) -> APIRouter:
    """The districts that have open complaints, and the list of one of them."""
    router = APIRouter(include_in_schema=False)
    signed_in = Depends(site.staff_of)

    @router.get(PATH)
    def work_list(request: Request, staff: Staff = signed_in) -> Response:
        asked = {name: value for name, value in request.query_params.items() if value}
        today = thai_day(site.now())
        day = date_of("day", asked["day"]) if "day" in asked else today
        found = None
        if "district" in asked:
            found = work_lists.work_list(staff, _query(asked, staff, day))
        html = site.render(
            "staff/work_list.html",
            request,
            staff=staff,
            districts=work_lists.districts(staff),
            found=found,
            day=day,
            mine=asked.get("team") == "mine",
            district=asked.get("district"),
            categories=CATEGORIES,
            findings=FINDINGS,
            local=THAI_TIME,
        )
        return private_page(html)

    return router


def _query(asked: dict[str, str], staff: Staff, day: date) -> WorkListQuery:
    """Raises BadQuery."""
    start = None
    if "lon" in asked and "lat" in asked:
        lon, lat = (
            number_of("lon", asked["lon"], -180, 180),
            number_of("lat", asked["lat"], -90, 90),
        )
        start = lon, lat
    team = staff.account_id if asked.get("team") == "mine" else None
    return WorkListQuery(asked["district"], day, team, start)
