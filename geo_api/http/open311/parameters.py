"""What a call of Open311 takes: every argument that is empty counts as left out, and none is taken
that is unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request

from geo_api.complaints.open311 import LAST_PAGE, MOST_REQUESTS, RequestNotFound
from geo_api.complaints.open311_form import FIELDS, is_field
from geo_api.http.negotiation import LANGUAGES, negotiate_language
from geo_api.http.parameters import refuse_unknown
from layers.casework.services import JURISDICTION
from layers.query import BadQuery

Json = dict[str, Any]
Pairs = list[tuple[str, str]]

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 200
_TEXT = {"type": "string"}
_FLAG = {"type": "string", "enum": ["true", "false"]}
_TIME = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$",
}
COMMON: Mapping[str, tuple[str, Json]] = {
    "jurisdiction_id": (
        "There is one jurisdiction only; it may be left out.",
        {"type": "string", "enum": [JURISDICTION]},
    ),
    "lang": (
        "Thai or English names; Accept-Language decides else.",
        _TEXT | {"enum": [*LANGUAGES]},
    ),
}
KEY: Mapping[str, tuple[str, Json]] = {
    "api_key": (
        "The key of an account of staff. It may also be sent as Authorization: Bearer KEY, which"
        " stands in nobody's history.",
        _TEXT,
    )
}
EXTENSIONS: Mapping[str, tuple[str, Json]] = {
    "extensions": ("Whether to add `extended_attributes`, which GeoReport has not.", _FLAG)
}
PAGES: Mapping[str, tuple[str, Json]] = {
    "page": ("Which page of them.", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}),
    "page_size": (
        "How many a page has.",
        {"type": "integer", "minimum": 1, "maximum": MOST_REQUESTS},
    ),
}
SELECTION: Mapping[str, tuple[str, Json]] = {
    "service_request_id": (
        "Numbers of requests, with commas between; nothing else selects then.",
        _TEXT,
    ),
    "service_code": ("Codes of services, with commas between.", _TEXT),
    "start_date": ("Requested from then on; with `end_date` at most 90 days.", _TIME),
    "end_date": ("Requested until then.", _TIME),
    "status": (
        "Of that status, or of both with a comma between.",
        _TEXT | {"pattern": "^(open|closed)(,(open|closed))*$"},
    ),
    "updated_after": ("Updated from then on.", _TIME),
    "updated_before": ("Updated until then.", _TIME),
    **PAGES,
}


@dataclass(frozen=True)
class Call:
    """`given` are the arguments of the one method, without those that every method takes."""

    given: Mapping[str, str]
    key: str | None
    extensions: bool
    language: str


def described(*taken: Mapping[str, tuple[str, Json]]) -> list[Json]:
    """The arguments as OpenAPI 3.0 has parameters."""
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "allowEmptyValue": True,
            "description": description,
            "schema": dict(schema),
        }
        for one in taken
        for name, (description, schema) in one.items()
    ]


class Arguments:
    """A dependency that reads the query of a call. Raises BadQuery, and RequestNotFound for another
    jurisdiction."""

    def __init__(self, *taken: Mapping[str, tuple[str, Json]]) -> None:
        self._names = [name for one in taken for name in one]

    async def __call__(self, request: Request) -> Call:
        pairs = request.query_params.multi_items()
        for name, value in request.path_params.items():
            _refuse_nul(name, value)
        refuse_unknown((name for name, _ in pairs), self._names)
        return _call(request, pairs)


async def posted(request: Request) -> tuple[Call, Pairs]:
    """What was posted as a form, or stands in the address: the arguments that every method takes,
    and the fields of the request. Raises BadQuery."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != FORM:
        raise BadQuery("Content-Type", f"the body must be {FORM}, got {content_type!r}")
    try:
        body = (await request.body()).decode()
        form = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        told = f"the body must be at most {_MOST_FIELDS} fields in UTF-8, as name=value&name=value"
        raise BadQuery("body", told) from None
    pairs = [*request.query_params.multi_items(), *form]
    everywhere = {**COMMON, **KEY}
    for name, value in pairs:
        if name not in everywhere and not is_field(name):
            refuse_unknown([name], [*everywhere, *FIELDS, "attribute[code]"])
        _refuse_nul(name, value)
    call = _call(request, [pair for pair in pairs if pair[0] in everywhere])
    return call, [pair for pair in pairs if pair[0] not in everywhere]


def _call(request: Request, pairs: Iterable[tuple[str, str]]) -> Call:
    given: dict[str, str] = {}
    for name, value in pairs:
        _refuse_nul(name, value)
        if name in given:
            raise BadQuery(name, f"{name} is given twice; give it once")
        if value.strip():
            given[name] = value
    jurisdiction = given.pop("jurisdiction_id", JURISDICTION)
    if jurisdiction != JURISDICTION:
        raise RequestNotFound(f"no jurisdiction_id {jurisdiction!r}; there is {JURISDICTION}")
    extensions = given.pop("extensions", "false")
    if extensions not in ("true", "false"):
        raise BadQuery("extensions", f"extensions must be true or false, got {extensions!r}")
    accepted = request.headers.get("accept-language", "")
    language = negotiate_language(given.pop("lang", None), accepted)
    key = given.pop("api_key", None) or _bearer(request)
    return Call(given, key, extensions == "true", language)


def _bearer(request: Request) -> str | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def _refuse_nul(name: str, value: str) -> None:
    if "\0" in name + value:
        raise BadQuery(name.replace("\0", ""), f"{name!r} holds a NUL character; leave it out")
