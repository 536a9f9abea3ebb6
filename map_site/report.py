"""The pages on which residents report a complaint and follow it, by its code, to its end."""

import secrets
from collections.abc import Mapping
from functools import cache, partial
from http import HTTPStatus
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from layers.casework.categories import CATEGORIES
from layers.casework.intake import (
    MOST_PHOTO_BYTES,
    MOST_PHOTOS,
    STRENGTHS,
    BadReport,
    Problem,
    Received,
    ReportNotFound,
)
from layers.casework.states import STATES
from layers.cleaning.provinces import PROVINCES
from layers.model import Text
from map_site.backgrounds import Background
from map_site.maps import BuiltMap, build_map
from map_site.mount import cached_by_prefix
from map_site.rendering import address, by_token, page_response, render
from map_site.report_form import FIELDS, HONEYPOT, Typed, new_complaint
from map_site.site import Site, language_of, path_of

PATH = "/report"
# Forms have as many; what has more was written by nobody here.
_MOST_FIELDS, _MOST_FILES = 60, 12
_MOST_FIELD_BYTES = 64 * 2**10
# Photos are held in memory while they are read, 36 MB a report at most.
_AT_ONCE = 4
# The field of the page that a problem is shown at, where it has another name.
_SHOWN_AT = {
    "place": "coordinates",
    "happened_at": "date",
    "contact": "telephone",
    "client_id": "form",
    HONEYPOT: "form",
}
_CODE_UNKNOWN = Text(
    "ไม่พบรหัสนี้ ตรวจอีกครั้ง รหัสมี 12 ตัว ไม่มีตัว I L O U",
    "no report has this code: compare it again. It has 12 characters, and no I, L, O or U",
)


def report_router(site: Site) -> APIRouter:
    """/report, to which the form is sent too, and /report/CODE."""
    router = APIRouter()
    places: list[CapacityLimiter] = []

    @router.get(PATH, response_class=HTMLResponse)
    def form(request: Request) -> Response:
        code = request.query_params.get("code")
        if code is None:
            return _form(site, request, Typed())
        try:
            site.intake.progress(code)
        except ReportNotFound:
            problem = Problem("code", _CODE_UNKNOWN)
            return _form(site, request, Typed({"code": code}), (problem,), HTTPStatus.NOT_FOUND)
        return _see_other(_path_of(code), language_of(request))

    @router.post(PATH, response_class=HTMLResponse)
    async def receive(request: Request) -> Response:
        _refuse_other_sites(request)
        if not places:
            places.append(CapacityLimiter(_AT_ONCE))  # of the loop that runs now
        asked = request.form(
            max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_MOST_FIELD_BYTES
        )
        async with asked as sent:
            answer = partial(_received, site, request, sent)
            return await to_thread.run_sync(answer, limiter=places[0])

    @router.get(PATH + "/{code}", response_class=HTMLResponse)
    def follow(request: Request, code: str) -> Response:
        try:
            told = site.intake.progress(code)
        except ReportNotFound:
            problem = Problem("code", _CODE_UNKNOWN)
            return _form(site, request, Typed({"code": code}), (problem,), HTTPStatus.NOT_FOUND)
        html = site.render(
            "report_progress.html",
            request,
            code=written(code),
            told=told,
            states=STATES,
            category=CATEGORIES.get(told.category or "", CATEGORIES["other"]),
            is_again="again" in request.query_params,
            is_new="sent" in request.query_params,
        )
        return by_token(page_response(html))

    return router


def written(code: str) -> str:
    """A code as people read it out: in fours."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _refuse_other_sites(request: Request) -> None:
    """Raises BadReport where a page of another site had the browser send it, as browsers say."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        said = Text(
            "แบบฟอร์มนี้ส่งมาจากเว็บอื่น เปิดหน้าแจ้งเหตุของเราแล้วส่งอีกครั้ง",
            "this was sent by a page of another site: open our form and send it again",
        )
        raise BadReport(Problem("form", said))


def _received(site: Site, request: Request, sent: FormData) -> Response:
    """Within a thread: what comes of the form that was sent."""
    language = language_of(request)
    is_asked_by_script = request.headers.get("accept") == "application/json"
    typed = _typed(sent)
    try:
        answer = site.intake.receive(new_complaint(typed, site.now()))
    except BadReport as problem:
        if is_asked_by_script:
            told = [
                {"field": _SHOWN_AT.get(one.field, one.field), "said": one.said[language]}
                for one in problem.problems
            ]
            return by_token(JSONResponse({"problems": told}, HTTPStatus.BAD_REQUEST))
        return _form(site, request, typed, problem.problems, HTTPStatus.BAD_REQUEST)
    if is_asked_by_script:
        return by_token(JSONResponse(_answer(answer, language), HTTPStatus.CREATED))
    return _see_other(_path_of(answer.code), language, **_how(answer))


def _typed(sent: FormData) -> Typed:
    """One photo too many is enough to be told of, and so is one byte."""
    texts = {name: text for name in FIELDS if isinstance(text := sent.get(name), str)}
    files = [one for one in sent.getlist("photos") if isinstance(one, UploadFile) and one.size]
    most = MOST_PHOTO_BYTES + 1
    return Typed(texts, [one.file.read(most) for one in files[: MOST_PHOTOS + 1]])


def _answer(answer: Received, language: str) -> dict[str, Any]:
    where = address(_path_of(answer.code), language, **_how(answer))
    return {"code": written(answer.code), "href": where, "is_new": answer.is_new}


def _how(answer: Received) -> dict[str, str]:
    return {"sent": "1"} if answer.is_new else {"again": "1"}


def _path_of(code: str) -> str:
    return f"{PATH}/{written(code)}"


def empty_form(site: Site, language: str) -> str:
    """The page that a device keeps: its script names each report that it is used for."""
    return _form_html(site, language, PATH, Typed(), {}, "")


def _form(
    site: Site,
    request: Request,
    typed: Typed,
    problems: tuple[Problem, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    language = language_of(request)
    wrong: dict[str, str] = {}
    for one in problems:
        wrong.setdefault(_SHOWN_AT.get(one.field, one.field), one.said[language])
    client_id = typed["client_id"] or secrets.token_hex(16)
    html = _form_html(site, language, path_of(request), typed, wrong, client_id)
    world = _map(language, site.background)
    policy = {"script_src": world.script_src, "img_src": f"{world.img_src} blob:"}
    return by_token(page_response(html, status, **policy))


def _form_html(
    site: Site, language: str, path: str, typed: Typed, wrong: Mapping[str, str], client_id: str
) -> str:
    world = _map(language, site.background)
    kept = site.intake.contacts_kept()
    return render(
        "report.html",
        language,
        path,
        section="report",
        simulated=site.reports.simulated(),
        typed=typed,
        wrong=wrong,
        photos_gone=bool(typed.photos),
        client_id=client_id,
        categories=[(code, text[language]) for code, text in CATEGORIES.items()],
        strengths=STRENGTHS,
        provinces=sorted((one[language], code, one) for code, one in _provinces().items()),
        contact_days=kept.days if kept is not None else None,
        most_photos=MOST_PHOTOS,
        map_html=world.html,
        map_script=world.script,
    )


@cache
def _provinces() -> dict[str, Text]:
    return {code: Text(one.name_th, one.name_en) for code, one in PROVINCES.items()}


@cached_by_prefix
def _map(language: str, background: Background) -> BuiltMap:
    return build_map("reportMap", [], {}, language, background)


def _see_other(path: str, language: str, **query: str) -> Response:
    return by_token(RedirectResponse(address(path, language, **query), HTTPStatus.SEE_OTHER))
