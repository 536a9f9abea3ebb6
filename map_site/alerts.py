"""The pages on which one asks to be told, confirms, changes and ends it; nothing on them needs a
script but notifications of the browser. For staff there is the outbox."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, overload
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from layers.alerts.desk import ACTS, AlertNotFound, Alerts, Asked, BadAlert, Hours
from layers.alerts.places import (
    AREA,
    AROUND,
    COUNTRY,
    KINDS,
    MOST_AREA_KM2,
    POINT,
    PROVINCE,
    USUAL_RADIUS_M,
    Place,
)
from layers.alerts.rules import FOLLOWED, PUBLIC, RULES, STAFF
from layers.casework.staff import NotAllowed, Staff
from layers.cleaning.provinces import PROVINCES
from layers.model import Text
from map_site.assets import is_held
from map_site.rendering import address, by_token, page_response, private_page
from map_site.site import Site, language_of

PATH = "/alerts"
FEEDS_PATH = "/alerts/feeds"
STAFF_PATH = "/staff/alerts"
_MOST_FIELDS, _MOST_FIELD_BYTES = 80, 16 * 2**10
_MOST_MESSAGES = 100
_HOURS = ("digest_hour", "quiet_from", "quiet_to")
# What the form asks of a way: nothing, or what can be typed. A script asks the browser for push.
_ASKED_HERE = (None, "address", "url")
_PUSH = "push"
_NO_PLACE = Text("เลือกจังหวัด หรือให้พิกัดหรือพื้นที่", "choose a province, or give a point or an area")
_UNREADABLE = Text("ต้องเป็นตัวเลข", "must be a number")
_POINT = Text(
    "พิกัดต้องเป็น ละติจูด, ลองจิจูด เช่น 13.75, 100.5", "write latitude, longitude, as 13.75, 100.5"
)
_Typed = Mapping[str, str]


class _Given(dict[str, str]):
    """What was sent, of which a field that was not is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def alerts_router(site: Site, alerts: Alerts) -> APIRouter:
    """/alerts and what the links of messages lead to."""
    router = APIRouter(include_in_schema=False)
    signed_in = Depends(site.staff_of)

    @router.get(PATH, response_class=HTMLResponse)
    def form(request: Request) -> Response:
        return _form(site, alerts, request, dict(request.query_params))

    @router.post(PATH, response_class=HTMLResponse)
    async def subscribe(request: Request) -> Response:
        typed = await _sent(request)
        try:
            kept = alerts.subscribe(_asked(typed, language_of(request)))
        except BadAlert as problem:
            return _form(site, alerts, request, typed, problem)
        if kept.token:
            return _see_other(f"{PATH}/{kept.token}", request)
        return _see_other(PATH, request, asked="1")

    @router.get(PATH + "/confirm/{token}", response_class=HTMLResponse)
    def question(request: Request, token: str) -> Response:
        try:
            watched = alerts.question(token)
        except AlertNotFound:
            return by_token(site.not_found(request))
        return _page(site, request, "alerts_confirm.html", watched=watched)

    @router.post(PATH + "/confirm/{token}", response_class=HTMLResponse)
    def confirm(request: Request, token: str) -> Response:
        try:
            return _see_other(f"{PATH}/{alerts.confirm(token)}", request)
        except AlertNotFound:
            return by_token(site.not_found(request))

    @router.get(PATH + "/{token}", response_class=HTMLResponse)
    def mine(request: Request, token: str) -> Response:
        return _mine(site, alerts, request, token)

    @router.post(PATH + "/{token}", response_class=HTMLResponse)
    async def change(request: Request, token: str) -> Response:
        typed = await _sent(request)
        try:
            if typed.get("act") in ACTS:
                alerts.change(token, _uid(typed.get("subscription", "")), typed["act"])
            else:
                alerts.change_hours(token, _hours(typed))
        except AlertNotFound:
            return by_token(site.not_found(request))
        except BadAlert as problem:
            return _mine(site, alerts, request, token, problem)
        return _see_other(f"{PATH}/{token}", request)

    @router.get(PATH + "/{token}/feed.atom")
    def feed(request: Request, token: str) -> Response:
        return _feed(request, *alerts.feed(token), cached="private")

    @router.get(FEEDS_PATH + "/{rule}/{province}.atom")
    def followed(request: Request, rule: str, province: str) -> Response:
        return _feed(request, *alerts.followed(rule, province), cached="public")

    @router.get(PATH + "/{token}/unsubscribe", response_class=HTMLResponse)
    def ask_to_end(request: Request, token: str) -> Response:
        return _mine(site, alerts, request, token, is_ending=True)

    @router.post(PATH + "/{token}/unsubscribe", response_class=HTMLResponse)
    def end(request: Request, token: str) -> Response:
        """What mail programs send by one click, too (RFC 8058), from anywhere."""
        try:
            alerts.end(token)
        except AlertNotFound:
            return by_token(site.not_found(request))
        return _mine(site, alerts, request, token)

    @router.get(STAFF_PATH, response_class=HTMLResponse)
    def outbox(request: Request, staff: Staff = signed_in) -> Response:
        found = alerts.outbox(staff, _MOST_MESSAGES)
        return private_page(
            site.render(
                "staff/alerts.html",
                request,
                staff=staff,
                outbox=found,
                rules=_rules_of(STAFF),
                provinces=_provinces(language_of(request)),
                is_kept="kept" in request.query_params,
            )
        )

    @router.post(STAFF_PATH, response_class=HTMLResponse)
    async def staff_subscribe(request: Request, staff: Staff = signed_in) -> Response:
        if not staff.csrf_token:
            raise NotAllowed("staff ask to be told on our page, and no API key for them")
        typed = await _sent(request)
        alerts.staff_subscribe(staff, _asked(typed, language_of(request)))
        return _see_other(STAFF_PATH, request, kept="1")

    return router


def _feed(request: Request, body: bytes, tag: str, cached: str) -> Response:
    headers = {"ETag": tag, "Cache-Control": f"{cached}, max-age=300"}
    if is_held(request, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, headers=headers, media_type="application/atom+xml")


async def _sent(request: Request) -> dict[str, str]:
    """The fields of the form that are texts."""
    asked = request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_MOST_FIELD_BYTES)
    async with asked as sent:
        return {name: text for name, text in sent.items() if isinstance(text, str)}


def _asked(typed: _Typed, language: str) -> Asked:
    """Raises BadAlert."""
    rule = typed.get("rule", "")
    prefix = f"{rule}."
    return Asked(
        rule=rule,
        place=_place(typed),
        way=typed.get("way", "email"),
        address=typed.get("subscription" if typed.get("way") == _PUSH else "address", ""),
        parameters={
            name.removeprefix(prefix): text
            for name, text in typed.items()
            if name.startswith(prefix)
        },
        language=language,
        hours=_hours(typed),
        label=typed.get("label", ""),
    )


def _place(typed: _Typed) -> Place:
    kind, code = typed.get("kind", ""), typed.get("code", "")
    radius = _whole("radius", typed.get("radius", ""), USUAL_RADIUS_M)
    if not kind and typed.get("area", "").strip():
        kind, code = AREA, typed["area"].strip()
    elif not kind and typed.get("coordinates", "").strip():
        kind, code = POINT, _point(typed["coordinates"])
    elif not kind:
        kind, code = PROVINCE, typed.get("province", "")
        if not code:
            raise BadAlert("place", _NO_PLACE)
        if code == COUNTRY:
            kind, code = COUNTRY, ""
    return Place(kind, code, radius if kind in AROUND else 0)


def _point(text: str) -> str:
    """`lon,lat`, as places are kept, of latitude and longitude, as people write them."""
    try:
        lat, lon = (float(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise BadAlert("coordinates", _POINT) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadAlert("coordinates", _POINT)
    return f"{lon:.5f},{lat:.5f}"


def _hours(typed: _Typed) -> Hours:
    digest, quiet_from, quiet_to = (_whole("hours", typed.get(name, ""), None) for name in _HOURS)
    most_a_day = _whole("hours", typed.get("most_a_day", ""), Hours().most_a_day)
    return Hours(digest, quiet_from, quiet_to, most_a_day)


@overload
def _whole(field: str, text: str, usual: int) -> int: ...
@overload
def _whole(field: str, text: str, usual: None) -> int | None: ...
def _whole(field: str, text: str, usual: int | None) -> int | None:
    """`usual` where nothing was written. Raises BadAlert."""
    text = text.strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise BadAlert(field, _UNREADABLE)
    return int(text)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise AlertNotFound("no such alert") from None


def _form(
    site: Site, alerts: Alerts, request: Request, typed: _Typed, problem: BadAlert | None = None
) -> Response:
    language = language_of(request)
    place = None
    if typed.get("kind"):
        radius_m = USUAL_RADIUS_M if typed["kind"] in AROUND else 0
        place = Place(typed["kind"], typed.get("code", "")[:200].replace("\0", ""), radius_m)
    known = place and place.kind in KINDS and place.kind != AREA and alerts.place_name(place)
    wrong = {problem.field: problem.said[language]} if problem else {}
    html = site.render(
        "alerts.html",
        request,
        typed=_Given(typed),
        wrong=wrong,
        kind=place.kind if place and known else "",
        place_name=known[language] if known else "",
        provinces=_provinces(language),
        rules=_rules_of(PUBLIC),
        chosen_rule=typed.get("rule") or "fires",
        chosen_way=typed.get("way") or _usual_way(alerts),
        ways=[(way, missing) for way, missing in alerts.ways() if way.asks in _ASKED_HERE],
        push=next((way for way, _ in alerts.ways() if way.name == _PUSH), None),
        push_key=alerts.push_key(),
        most_area_km2=MOST_AREA_KM2,
        followed=FOLLOWED,
        usual_radius_m=USUAL_RADIUS_M,
        is_asked="asked" in request.query_params,
    )
    return by_token(page_response(html, _status(problem)))


def _usual_way(alerts: Alerts) -> str:
    """The first that is set up and that somebody can type an address for, or needs none."""
    usual = (way.name for way, missing in alerts.ways() if not missing and way.asks in _ASKED_HERE)
    return next(usual, "")


def _status(problem: BadAlert | None) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


def _mine(
    site: Site,
    alerts: Alerts,
    request: Request,
    token: str,
    problem: BadAlert | None = None,
    *,
    is_ending: bool = False,
) -> Response:
    try:
        found = alerts.mine(token)
    except AlertNotFound:
        return by_token(site.not_found(request))
    language = language_of(request)
    wrong = {problem.field: problem.said[language]} if problem else {}
    named = {"token": token, "mine": found, "wrong": wrong, "is_ending": is_ending}
    return _page(site, request, "alerts_mine.html", _status(problem), **named)


def _page(
    site: Site, request: Request, template: str, status: HTTPStatus = HTTPStatus.OK, **named: Any
) -> Response:
    return by_token(page_response(site.render(template, request, **named), status))


def _rules_of(audience: str) -> list[Any]:
    return [rule for rule in RULES.values() if rule.audience == audience]


def _provinces(language: str) -> list[tuple[str, str]]:
    """Names and codes."""
    named = {code: Text(one.name_th, one.name_en)[language] for code, one in PROVINCES.items()}
    return sorted((name, code) for code, name in named.items())


def _see_other(path: str, request: Request, **query: str) -> Response:
    root = request.scope.get("root_path", "")
    onward = f"{root}{address(path, language_of(request), **query)}"
    return by_token(RedirectResponse(onward, HTTPStatus.SEE_OTHER))
