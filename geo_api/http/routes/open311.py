"""/open311/v2: complaints as other systems send and follow them, by GeoReport v2 of Open311."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from geo_api.complaints.open311 import (
    INTAKE,
    READ,
    RequestNotFound,
    ServiceRequest,
    Wanted,
    holder_of_key,
    only,
    requests_of_both,
    requests_of_holder,
    requests_of_staff,
    wanted_of,
)
from geo_api.complaints.open311_form import FIELD_OF, new_complaint
from geo_api.http.dependencies import Service, ServiceDep
from geo_api.http.open311 import documents
from geo_api.http.open311.errors import error_response
from geo_api.http.open311.openapi import form, responses
from geo_api.http.open311.parameters import (
    COMMON,
    EXTENSIONS,
    KEY,
    SELECTION,
    Arguments,
    Call,
    Pairs,
    described,
    posted,
)
from geo_api.http.routers import DescribedRouter
from layers.casework.intake import BadReport
from layers.casework.services import SERVICES
from layers.model import Text

router = DescribedRouter(tags=["Open311"])

_V2 = "/open311/v2"
_PLAIN = (COMMON, KEY, EXTENSIONS)  # each call may have them, whether it heeds them or not
_LISTED = (*_PLAIN, SELECTION)
_NOTICE = Text(
    "เก็บหมายเลขนี้ไว้ติดตามเรื่อง ผู้ที่มีหมายเลขจะเห็นเพียงความคืบหน้า ไม่เห็นสถานที่หรือข้อความ",
    "Keep this number to follow the complaint: who has it sees how it goes on, and neither the"
    " place nor the words.",
)

PlainCall = Annotated[Call, Depends(Arguments(*_PLAIN))]
ListCall = Annotated[Call, Depends(Arguments(*_LISTED))]
Posted = Annotated[tuple[Call, Pairs], Depends(posted)]


def _add(format: str) -> None:
    """The calls of one format."""

    def discovery(request: Request, call: PlainCall) -> Response:
        """Where the endpoint is and which formats it has, for clients that look it up."""
        base = str(request.base_url).rstrip("/")
        return _answer("discovery", documents.discovery(base, f"{base}/about"), format, call)

    def services(call: PlainCall) -> Response:
        """What can be reported."""
        return _answer("services", documents.services(call.language), format, call)

    def definition(service_code: str, call: PlainCall) -> Response:
        """What a kind of complaint is asked beside its place; nothing of it is required."""
        if service_code not in SERVICES:
            known = ", ".join(SERVICES)
            raise RequestNotFound(f"no service {service_code!r}; there are: {known}")
        told = documents.definition(SERVICES[service_code], call.language)
        return _answer("service_definition", told, format, call)

    def list_requests(service: ServiceDep, call: ListCall) -> Response:
        """Complaints that the API key opens, newest first; without one those whose numbers are
        given, of which it says how they go on and neither where nor with which words. At most 90
        days of them, and 1,000 at a time."""
        found = _found(service, call, wanted_of(call.given, service.now()))
        return _requests(found, format, call)

    def one_request(service_request_id: str, service: ServiceDep, call: PlainCall) -> Response:
        """The complaint of that number, likewise."""
        found = _found(service, call, Wanted((service_request_id,)))
        return _requests([only(found, service_request_id)], format, call)

    def post_request(request: Request, service: ServiceDep, asked: Posted) -> Response:
        """Hands in a complaint; the API key must have the scope `intake`. The number that is
        answered is random, and whoever has it can follow the complaint."""
        call, pairs = asked
        holder = holder_of_key(service.private, call.key, INTAKE)
        service.open311_limit.take(str(holder.account_id))
        try:
            received = service.intake.receive(new_complaint(pairs))
        except BadReport as bad:
            return _refused(request, bad, call.language)
        told = documents.received(received.ticket_id, _NOTICE[call.language])
        return _answer("service_requests", told, format, call)

    def token(token: str, service: ServiceDep, call: PlainCall) -> Response:
        """The number of the request that was given this token: every request has its number at
        once, which is its token too."""
        found = only(_found(service, call, Wanted((token,))), token)
        return _answer("service_requests", documents.token(found.number), format, call)

    _get(f"/open311/discovery.{format}", discovery, format, "open311Discovery")
    _get(f"{_V2}/discovery.{format}", discovery, format, "open311Discovery")
    _get(f"{_V2}/services.{format}", services, format, "open311Services")
    _get(f"{_V2}/services/{{service_code}}.{format}", definition, format, "open311Definition")
    _get(f"{_V2}/requests.{format}", list_requests, format, "open311Requests", *_LISTED)
    path = f"{_V2}/requests/{{service_request_id}}.{format}"
    _get(path, one_request, format, "open311Requests")
    _get(f"{_V2}/tokens/{{token}}.{format}", token, format, "open311Token")
    router.add_api_route(
        f"{_V2}/requests.{format}",
        post_request,
        methods=["POST"],
        response_class=Response,
        responses=responses(format, "open311Received"),
        openapi_extra=form(),
    )


def _get(path: str, call: Any, format: str, schema: str, *taken: Any) -> None:
    router.add_api_route(
        path,
        call,
        methods=["GET"],
        response_class=Response,
        responses=responses(format, schema),
        openapi_extra={"parameters": described(*(taken or _PLAIN))},
    )


def _found(service: Service, call: Call, wanted: Wanted) -> list[ServiceRequest]:
    """What the key opens, and what the numbers open by themselves: who hands in elsewhere than in
    their own province is told no less than anybody else. A key that only hands in opens nothing
    more than these."""
    if call.key is None:
        return requests_of_holder(service.writes, wanted)
    holder = holder_of_key(service.private, call.key)
    if READ not in holder.scopes:
        return requests_of_holder(service.writes, wanted)
    if wanted.numbers is None:
        return requests_of_staff(service.private, call.key, wanted)
    return requests_of_both(service.private, service.writes, call.key, wanted)


def _refused(request: Request, bad: BadReport, language: str) -> Response:
    """One error for each thing that is wrong, under the name by which it was sent."""
    wrong = [f"{FIELD_OF.get(one.field, one.field)}: {one.said[language]}" for one in bad.problems]
    return error_response(request, HTTPStatus.BAD_REQUEST, wrong)


def _requests(found: list[ServiceRequest], format: str, call: Call) -> Response:
    told = documents.requests(found, call.language, call.extensions)
    return _answer("service_requests", told, format, call)


def _answer(root: str, content: Any, format: str, call: Call) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Language": call.language,
        "Vary": "Accept-Language, Authorization",
    }
    body = documents.written(root, content, format)
    return Response(body, headers=headers, media_type=documents.MEDIA_TYPES[format])


for _format in documents.MEDIA_TYPES:
    _add(_format)
