"""/staff/inspect: the form in the field, which works without signal and without scripts; and
/staff/inspections/{id}: one inspection, with edits that contradict each other side by side."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from layers.casework.categories import CATEGORIES
from layers.casework.inspections import (
    CONFLICT,
    FINDINGS,
    ORDER_SECTIONS,
    REFUSED,
    YES_NO_NA,
    Checklist,
    Edit,
    Inspection,
    Inspections,
    Receipt,
    Target,
)
from layers.casework.staff import Staff
from layers.model import Text
from layers.query import BadQuery
from layers.times import THAI_TIME
from map_site.inspect_form import edit_of, fields, uuid_of
from map_site.rendering import address, private_page
from map_site.site import Site, language_of
from map_site.words import words

PATH = "/staff/inspect"
_NAMES = {
    "categories": CATEGORIES,
    "findings": FINDINGS,
    "sections": ORDER_SECTIONS,
    "yes_no_na": YES_NO_NA,
    "local": THAI_TIME,
}


async def _form(request: Request) -> FormData:
    return await request.form()


def inspect_router(site: Site, inspections: Inspections) -> APIRouter:
    """Every page is for who is signed in."""
    router = APIRouter(include_in_schema=False)
    signed_in = Depends(site.staff_of)
    pages = _Pages(site, inspections)

    @router.get(PATH)
    def device(request: Request, staff: Staff = signed_in) -> Response:
        """What is on the device; kept there, it is the form of every case and factory."""
        return pages.form(request, staff, None)

    @router.get(f"{PATH}/complaints/{{id}}")
    def of_case(
        request: Request, id: str, factory: str | None = None, staff: Staff = signed_in
    ) -> Response:
        target = inspections.target(staff, complaint=id, factory=factory or None)
        return pages.form(request, staff, target)

    @router.get(f"{PATH}/factories/{{id}}")
    def of_factory(request: Request, id: str, staff: Staff = signed_in) -> Response:
        return pages.form(request, staff, inspections.target(staff, complaint=None, factory=id))

    @router.post(f"{PATH}/complaints/{{id}}")
    def save_of_case(
        request: Request,
        id: str,
        form: Annotated[FormData, Depends(_form)],
        factory: str | None = None,
        staff: Staff = signed_in,
    ) -> Response:
        target = inspections.target(staff, complaint=id, factory=factory or None)
        return pages.save(request, staff, target, form)

    @router.post(f"{PATH}/factories/{{id}}")
    def save_of_factory(
        request: Request,
        id: str,
        form: Annotated[FormData, Depends(_form)],
        staff: Staff = signed_in,
    ) -> Response:
        target = inspections.target(staff, complaint=None, factory=id)
        return pages.save(request, staff, target, form)

    @router.get("/staff/inspections/{id}")
    def one(request: Request, id: UUID, staff: Staff = signed_in) -> Response:
        return pages.one(request, staff, id)

    @router.post("/staff/inspections/{id}")
    def choose(
        request: Request,
        id: UUID,
        form: Annotated[FormData, Depends(_form)],
        staff: Staff = signed_in,
    ) -> Response:
        return pages.choose(request, staff, id, form)

    return router


class _Pages:
    def __init__(self, site: Site, inspections: Inspections) -> None:
        self._site = site
        self._inspections = inspections

    def form(
        self,
        request: Request,
        staff: Staff,
        target: Target | None,
        *,
        edit: Edit | None = None,
        why: Text | None = None,
    ) -> Response:
        """Empty, with what stands of `?inspection=`, or with an `edit` that was refused."""
        before = None
        earlier: list[Inspection] = []
        if target is not None:
            earlier = list(
                self._inspections.inspections_of(staff, complaint=target.complaint)
                if target.complaint
                else self._inspections.inspections_of(staff, factory=target.factory)
            )
            asked = request.query_params.get("inspection")
            before = next((one for one in earlier if str(one.id) == asked), None)
        given = fields(before, self._site.now())
        if edit is not None:
            given |= {
                "inspection": edit.inspection,
                "based_on": " ".join(map(str, edit.based_on)),
                "started_at": edit.started_at.isoformat(),
                "content": edit.content,
            }
        html = self._site.render(
            "staff/inspect.html",
            request,
            **_NAMES,
            staff=staff,
            target=target,
            label=self._label(target, language_of(request)) if target else "",
            checklist=self._checklist(staff, before),
            earlier=earlier,
            why=why,
            **given,
        )
        return private_page(html, 400 if why else 200)

    def save(self, request: Request, staff: Staff, target: Target, form: FormData) -> Response:
        """A form of a browser without scripts."""
        version = str(form.get("checklist", "")), str(form.get("checklist_version", ""))
        known = self._inspections.checklists(staff, withdrawn=True)
        checklist = next((c for c in known if (c.id, str(c.version)) == version), None)
        if checklist is None:
            raise BadQuery("checklist", "there is no such checklist: load the form again")
        edit = edit_of(
            form,
            checklist,
            self._site.now(),
            complaint=target.complaint,
            factory=target.factory,
        )
        [receipt] = self._inspections.sync(staff, [edit])
        if receipt.status == REFUSED:
            return self.form(request, staff, target, edit=edit, why=receipt.why)
        return _to(request, receipt)

    def one(self, request: Request, staff: Staff, id: UUID, *, changed: bool = False) -> Response:
        """What stands, or what contradicts each other; and every edit."""
        found = self._inspections.inspection(staff, id)
        target = self._inspections.target(staff, complaint=found.complaint, factory=found.factory)
        by_id = {one.id: one for one in found.revisions}
        html = self._site.render(
            "staff/inspection.html",
            request,
            **_NAMES,
            staff=staff,
            found=found,
            label=self._label(target, language_of(request)),
            form_path=_form_path(found),
            shown=[by_id[head] for head in found.heads],
            numbers_of={one.id: number for number, one in enumerate(found.revisions, 1)},
            checklist=self._checklist(staff, found),
            revision=uuid4(),
            changed=changed,
        )
        return private_page(html, 409 if changed else 200)

    def choose(self, request: Request, staff: Staff, id: UUID, form: FormData) -> Response:
        """Makes the chosen edit anew, of all that contradicted each other."""
        found = self._inspections.inspection(staff, id)
        chosen = next((r for r in found.revisions if str(r.id) == form.get("choice")), None)
        if chosen is None or form.get("heads") != " ".join(map(str, found.heads)):
            return self.one(request, staff, id, changed=True)
        edit = Edit(
            inspection=found.id,
            revision=uuid_of("revision", str(form.get("revision"))),
            based_on=found.heads,
            complaint=found.complaint,
            factory=found.factory,
            checklist=found.checklist,
            checklist_version=found.checklist_version,
            started_at=chosen.started_at,
            device_at=self._site.now(),
            content=chosen.content,
        )
        [receipt] = self._inspections.sync(staff, [edit])
        if receipt.status in (REFUSED, CONFLICT):
            return self.one(request, staff, id, changed=True)
        return _to(request, receipt)

    def _checklist(self, staff: Staff, before: Inspection | None) -> Checklist:
        """That of the inspection, or the newest."""
        known = self._inspections.checklists(staff, withdrawn=before is not None)
        if before is None:
            return known[0]
        version = before.checklist, before.checklist_version
        return next(one for one in known if (one.id, one.version) == version)

    def _label(self, target: Target, language: str) -> str:
        of = words()["inspect"]
        said = []
        if target.complaint:
            category = CATEGORIES.get(target.category or "", of["unnamed"])
            said.append(of["of_case"][language].format(category=category[language]))
        if target.factory:
            said.append(of["of_factory"][language].format(name=target.factory_name))
        return " · ".join(said)


def _form_path(found: Inspection) -> str:
    if found.complaint is None:
        return f"{PATH}/factories/{quote(found.factory or '', safe='')}?inspection={found.id}"
    also = f"&factory={quote(found.factory, safe='')}" if found.factory else ""
    return f"{PATH}/complaints/{quote(found.complaint, safe='')}?inspection={found.id}{also}"


def _to(request: Request, receipt: Receipt) -> Response:
    path = address(f"/staff/inspections/{receipt.inspection}", language_of(request))
    return RedirectResponse(path, 303)
