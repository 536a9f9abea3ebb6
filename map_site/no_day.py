"""What is said of a day of the address that has no report: which days have one, up to which data
are known, and which day a Buddhist year means."""

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import Request, Response

from layers.cleaning.dates import in_common_era
from layers.reports.measures import NotReported
from map_site import numbers
from map_site.rendering import Words, page_response
from map_site.site import Site, path_of

DATES = ("day", "from", "to", "then_from", "then_to", "at", "year", "fiscal_year")


def no_day(site: Site, request: Request, room: str) -> Response:
    """The page that says so in the words of a `room`: brief or place."""
    newest = site.reports.brief(None)
    html = site.render(
        "no_day.html",
        request,
        section=room,
        room=room,
        asked=request.query_params.get("day", ""),
        first=newest.first_day,
        last=newest.last_day,
        buddhist=buddhist_of(request),
        newest=str(request.url.remove_query_params("day").replace(scheme="", netloc="")),
    )
    return page_response(html, 404)


def missing(site: Site, request: Request, newest: Callable[[], object]) -> Response:
    """Of a place or a factory: where its `newest` report is there, it is the day that has none."""
    if request.query_params.get("day"):
        try:
            newest()
            return no_day(site, request, "place")
        except NotReported:
            pass
    return site.not_found(request)


def unknown_days(
    first: date, last: date, known: tuple[date | None, date | None], language: str
) -> str | None:
    """What is said of days from `first` to `last` of which not all are of those that are `known`,
    the first and the last (None where there is no bound)."""
    word, (begins, newest) = Words(language), known
    if newest and last > newest:
        name = "theme.not_until" if first <= newest else "theme.unknown_after"
        return word(name, day=numbers.day(newest, language))
    if begins and first < begins:
        return word("theme.unknown_before", day=numbers.day(begins, language))
    return None


def buddhist_of(request: Request) -> dict[str, Any] | None:
    """As `fahsai.buddhistIn` of site.js: the first date of the address that has a Buddhist year,
    the day that is meant, and the address with the years of the common era; None without one."""
    given = {name: request.query_params.get(name, "") for name in DATES}
    meant = {name: new for name, text in given.items() if (new := in_common_era(text))}
    if not meant:
        return None
    name = next(iter(meant))
    address = path_of(request)
    for one, new in meant.items():
        address = address.replace(f"{one}={given[one]}", f"{one}={new}")
    return {"written": given[name], "meant": meant[name], "address": address}
