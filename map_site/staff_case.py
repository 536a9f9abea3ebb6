"""/staff/complaints/{id}: one case with its whole story, and the forms by which it is worked on.

Each form is posted, and answers with the case as it is then; one that was refused says why, with
what was typed still in it. Nothing needs a script.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from layers.casework.cases import (
    CaseChanged,
    CaseNotFound,
    Casework,
    Incomplete,
    Move,
    NotATransition,
    Placing,
)
from layers.casework.desk import Desk
from layers.casework.intake import BadReport, Problem
from layers.casework.staff import NotAllowed, Staff
from layers.casework.states import REQUIREMENTS
from layers.query import BadQuery
from map_site.case_place import place_map
from map_site.case_view import case_view
from map_site.maps import with_map
from map_site.rendering import Words, address, private_page
from map_site.report_form import NO_COORDINATES, coordinates_in
from map_site.site import Site, language_of

_PRIVATE = {"Cache-Control": "private, no-store", "Vary": "Cookie, Authorization"}
_REFUSALS: Mapping[type[Exception], HTTPStatus] = {
    Incomplete: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotATransition: HTTPStatus.UNPROCESSABLE_ENTITY,
    CaseChanged: HTTPStatus.CONFLICT,
    NotAllowed: HTTPStatus.FORBIDDEN,
    BadReport: HTTPStatus.BAD_REQUEST,
    BadQuery: HTTPStatus.BAD_REQUEST,
}
_MOST_PHOTOS, _MOST_FIELDS = 6, 40

Typed = Mapping[str, str]


@dataclass(frozen=True)
class _Form:
    """What was sent: texts by name, of one that is given twice the last; and files."""

    typed: Typed
    photos: tuple[bytes, ...]


_Step = Callable[[Casework, Staff, str, _Form], None]


async def _form(request: Request) -> _Form:
    form = await request.form(max_files=_MOST_PHOTOS, max_fields=_MOST_FIELDS)
    try:
        typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        files = [one for one in form.getlist("photos") if isinstance(one, UploadFile)]
        return _Form(typed, tuple([await one.read() for one in files if one.filename]))
    finally:
        await form.close()


def add_case_pages(router: APIRouter, site: Site, desk: Desk) -> None:
    """Adds the page and its forms."""
    pages = _CasePages(site, desk)
    signed_in, sent = Depends(site.staff_of), Depends(_form)

    @router.get("/staff/complaints/{id}", response_class=HTMLResponse, name="staff_case")
    def show(id: str, request: Request, staff: Staff = signed_in) -> Response:
        return pages.page(request, staff, id, done="done" in request.query_params)

    @router.get("/staff/complaints/{id}/place", response_class=HTMLResponse, name="staff_place")
    def show_map(id: str, request: Request, staff: Staff = signed_in) -> Response:
        world = place_map(language_of(request), site.background)
        page = pages.page(
            request,
            staff,
            id,
            template="staff/place.html",
            map_html=world.html,
            map_script=world.script,
        )
        return with_map(page, world)

    def post(name: str, step: _Step) -> None:
        @router.post(f"/staff/complaints/{{id}}/{name}", name=f"staff_case_{name}")
        def do(id: str, request: Request, staff: Staff = signed_in, form: _Form = sent) -> Response:
            return pages.answered(
                request, staff, id, form.typed, lambda: step(desk.casework, staff, id, form)
            )

    for name, step in _STEPS.items():
        post(name, step)

    @router.post("/staff/complaints/{id}/contact", name="staff_case_contact")
    def read_contact(
        id: str, request: Request, staff: Staff = signed_in, form: _Form = sent
    ) -> Response:
        return pages.contact(request, staff, id, form.typed)

    @router.get("/staff/photos/{photo}", name="staff_photo")
    def photo(photo: str, request: Request, staff: Staff = signed_in) -> Response:
        return pages.photo(request, staff, photo)


class _CasePages:
    """The answers of a case's addresses."""

    def __init__(self, site: Site, desk: Desk) -> None:
        self._site = site
        self._desk = desk

    def page(
        self,
        request: Request,
        staff: Staff,
        id: str,
        status: int = HTTPStatus.OK,
        template: str = "staff/case.html",
        **told: Any,
    ) -> Response:
        """The case; `told` are what the template is given beside it."""
        try:
            view = case_view(self._desk, staff, id, language_of(request))
        except CaseNotFound:
            return self._site.not_found(request)
        given = {"typed": {}, "problem": "", "done": False, "contact": None, **told}
        path = f"/staff/complaints/{id}"
        html = self._site.render(
            template, request, section="staff", staff=staff, path=path, **view, **given
        )
        return private_page(html, status)

    def answered(
        self, request: Request, staff: Staff, id: str, typed: Typed, do: Callable[[], None]
    ) -> Response:
        """On to the case once it was done, or why it was not."""
        language = language_of(request)
        try:
            do()
        except CaseNotFound:
            return self._site.not_found(request)
        except tuple(_REFUSALS) as problem:
            status = next(code for kind, code in _REFUSALS.items() if isinstance(problem, kind))
            told = _problem_words(problem, language)
            return self.page(request, staff, id, status, problem=told, typed=typed)
        onward = address(f"/staff/complaints/{id}", language, done="1")
        return RedirectResponse(f"{onward}#main", HTTPStatus.SEE_OTHER, _PRIVATE)

    def contact(self, request: Request, staff: Staff, id: str, typed: Typed) -> Response:
        """Shown in this answer alone: the address of the page does not lead to it. The reason is
        kept before anything is read."""
        why = typed.get("why", "").strip()
        noted = Words("th")("desk.contact_why_noted", why=why) if why else ""
        found: list[Mapping[str, str]] = []

        def read() -> None:
            self._desk.casework.note(staff, id, noted)
            if self._desk.read_contact:
                found.append(self._desk.read_contact(staff, id))

        answer = self.answered(request, staff, id, typed, read)
        return self.page(request, staff, id, contact=found[0]) if found else answer

    def photo(self, request: Request, staff: Staff, id: str) -> Response:
        """The picture, for whoever sees its case."""
        try:
            jpeg = self._desk.casework.photo(staff, id)
        except CaseNotFound:
            return self._site.not_found(request)
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline", **_PRIVATE}
        return Response(jpeg, headers=headers, media_type="image/jpeg")


def _problem_words(problem: Exception, language: str) -> str:
    word = Words(language)
    if isinstance(problem, Incomplete):
        named = ", ".join(REQUIREMENTS[one][language] for one in problem.missing)
        return word("desk.missing", what=named)
    if isinstance(problem, BadReport):
        said = ", ".join(one.said[language] for one in problem.problems)
        return word("desk.bad_form", what=said)
    if isinstance(problem, BadQuery):
        return word("desk.bad_form", what=str(problem))
    names = {CaseChanged: "changed", NotATransition: "not_a_step", NotAllowed: "not_allowed"}
    return word(f"desk.{next(name for kind, name in names.items() if isinstance(problem, kind))}")


def _version(typed: Typed) -> int | None:
    """Raises BadQuery for what no page of ours has."""
    return _number("version", typed.get("version", ""))


def _number(name: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise BadQuery(name, f"{name} must be a whole number, got {text[:40]!r}")
    return int(text)


def _transition(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    move = Move(
        typed.get("from_state", ""),
        typed.get("to_state", ""),
        why=typed.get("why", ""),
        public_note=typed.get("public_note", ""),
        recipient=typed.get("recipient", ""),
        order_number=typed.get("order_number", ""),
        version=_version(typed),
    )
    casework.transition(staff, id, move)


def _note(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    casework.note(staff, id, typed.get("why", ""))


def _assign(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    to = _number("assignee", typed.get("assignee", ""))
    casework.assign(staff, id, to, typed.get("why", ""), _version(typed))


def _recategorise(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    category = typed.get("category", "")
    casework.recategorise(staff, id, category, typed.get("why", ""), _version(typed))


def _place(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    text = typed.get("coordinates", "").strip()
    point = coordinates_in(text) if text else None
    if text and point is None:
        raise BadReport(Problem("place", NO_COORDINATES))
    where = Placing(typed.get("area") or None, *(point or (None, None)))
    casework.place(staff, id, where, typed.get("why", ""), _version(typed))


def _spam(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    is_spam = typed.get("is_spam") == "true"
    casework.mark_spam(staff, id, is_spam, typed.get("why", ""), _version(typed))


def _merge(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    original = typed.get("original", "").strip()
    casework.merge(staff, id, original, typed.get("why", ""), _version(typed))


def _unmerge(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    typed = form.typed
    casework.unmerge(staff, id, typed.get("why", ""), _version(typed))


def _add_evidence(casework: Casework, staff: Staff, id: str, form: _Form) -> None:
    casework.add_evidence(staff, id, form.photos, form.typed.get("why", ""))


_STEPS: Mapping[str, _Step] = {
    "transition": _transition,
    "note": _note,
    "assign": _assign,
    "category": _recategorise,
    "place": _place,
    "spam": _spam,
    "merge": _merge,
    "unmerge": _unmerge,
    "photos": _add_evidence,
}
