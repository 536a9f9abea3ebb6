"""/jobs: what the service does by itself, for national staff and admins: when each job was last
done, what came of it, when it is next; paused, resumed and run from here."""

from datetime import timedelta

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from layers.casework.staff import Staff
from layers.jobs import Jobs
from map_site import numbers
from map_site.rendering import Words, address, private_page
from map_site.site import Site, language_of

PATH = "/jobs"
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def jobs_router(site: Site, jobs: Jobs) -> APIRouter:
    """Nothing on it needs a script."""
    router = APIRouter(include_in_schema=False)
    signed_in = Depends(site.staff_of)

    @router.get(PATH, name="jobs")
    def show(request: Request, staff: Staff = signed_in) -> Response:
        language = language_of(request)

        def span(of: timedelta | None) -> str:
            return duration(of, language)

        found = jobs.schedule(staff)
        page = site.render(
            "staff/jobs.html", request, staff=staff, found=found, span=span, now=site.now()
        )
        return private_page(page)

    @router.post(PATH + "/{name}/{action}", name="act_on_job")
    def act(name: str, action: str, request: Request, staff: Staff = signed_in) -> Response:
        jobs.act(staff, name, action)
        root = request.scope.get("root_path", "")
        onward = f"{root}{address(PATH, language_of(request))}#{name}"
        return RedirectResponse(onward, 303, {"Cache-Control": "private, no-store"})

    return router


def duration(of: timedelta | None, language: str) -> str:
    """In the largest unit that tells it, as 0.4 seconds, 12 minutes, 3 hours, 2 days."""
    if of is None:
        return numbers.DASH
    seconds, word = of.total_seconds(), Words(language)
    for unit, length in (("days", _DAY), ("hours", _HOUR), ("minutes", _MINUTE)):
        if seconds >= length:
            return word(f"jobs.{unit}", count=round(seconds / length))
    return word("jobs.seconds", count=numbers.decimal(seconds) if seconds < 10 else round(seconds))
