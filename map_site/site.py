"""What every page is given, and how it is asked: the reports, the background, the clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request, Response

from layers.casework.desk import Desk
from layers.casework.intake import Intake
from layers.casework.staff import NotSignedIn, Staff
from layers.query.moments import refuse_buddhist_year
from layers.query.provinces import province_asked
from layers.reports import Reports
from layers.reports.measures import NotReported
from map_site.backgrounds import Background
from map_site.mount import within
from map_site.rendering import page_response, render


async def _nobody(request: Request) -> Staff:
    raise NotSignedIn("nobody can sign in here")


@dataclass(frozen=True)
class Site:
    """`now` gives the present in UTC; `contact` is whom people may write to, if anybody;
    `short_link` the path that a code of a short link leads to, or None. `staff_of` is a dependency
    of pages for staff: who asks; it refuses who is not signed in, and forms of other sites. Those
    of the `desk` ask it."""

    reports: Reports
    background: Background
    now: Callable[[], datetime]
    intake: Intake
    contact: str | None = None
    short_link: Callable[[str], str | None] = lambda code: None
    staff_of: Callable[[Request], Awaitable[Staff]] = _nobody
    desk: Desk | None = None

    def render(self, template: str, request: Request, **named: Any) -> str:
        """The page in the language of the request, marked as simulated where the data are."""
        given = {"simulated": self.reports.simulated(), "path": path_of(request), **named}
        return render(template, language_of(request), given.pop("path"), **given)

    def not_found(self, request: Request) -> Response:
        """The page that says so, and offers the search."""
        return page_response(self.render("not_found.html", request), 404)


def language_of(request: Request) -> str:
    """Thai, unless asked with `lang=en`."""
    return "en" if request.query_params.get("lang") == "en" else "th"


def path_of(request: Request) -> str:
    """The address as it was asked, from the root of the site."""
    query = request.url.query
    return within(request.url.path) + (f"?{query}" if query else "")


# Of pages that do not themselves say which day is meant.
_DATES = ("since", "until")


async def refuse_buddhist_years(request: Request) -> None:
    """A dependency of all pages. Raises BadQuery, which says the Christian year."""
    for name in _DATES:
        if name in request.query_params:
            refuse_buddhist_year(name, request.query_params[name])


async def refuse_unknown_provinces(request: Request) -> None:
    """A dependency of pages. Raises BadQuery for a province that there is not: all of the country
    in its place would be taken for it."""
    for asked in request.query_params.getlist("province"):
        if asked:
            province_asked(asked)


def day_asked(request: Request) -> date | None:
    """The day of the address, None for the newest. Raises NotReported for what is no day."""
    asked = request.query_params.get("day")
    if not asked:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError:
        raise NotReported(f"day must be a date as 2026-03-02, got {asked!r}") from None
