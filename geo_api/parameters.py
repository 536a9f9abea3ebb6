"""Query parameters: a route declares those it takes, for its readers and for refusing the rest."""

from typing import Annotated, Any

from fastapi import Depends, Request

from layers.query import DEFAULT_LIMIT, MAX_LIMIT, BadQuery

Parameter = dict[str, Any]


def parameter(name: str, description: str, schema: dict[str, Any], **more: Any) -> Parameter:
    """A query parameter as OpenAPI describes it."""
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


LANG = parameter(
    "lang",
    "Thai or English titles; without it Accept-Language decides, and then Thai.",
    {"type": "string", "enum": ["th", "en"]},
)
LIMIT = parameter(
    "limit",
    f"At most so many features. More than {MAX_LIMIT} means {MAX_LIMIT}.",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
)
BBOX = parameter(
    "bbox",
    "west,south,east,north in WGS84 degrees, or six numbers with heights, which are ignored."
    " West may exceed east across the antimeridian.",
    {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    },
    style="form",
    explode=False,
)
DATETIME = parameter(
    "datetime",
    "A time or an interval of RFC 3339 times, both ends included, `..` or nothing for an open end:"
    " `2026-01-01T00:00:00Z/..`. Features without a time always match.",
    {"type": "string"},
    style="form",
    explode=False,
)
CURSOR = parameter("cursor", "Where the page before ended; from its next link.", {"type": "string"})


def takes(*parameters: Parameter) -> dict[str, list[Parameter]]:
    """For a route's `openapi_extra`."""
    return {"parameters": list(parameters)}


# A coroutine, since FastAPI would take a thread for a plain function.
async def asked(request: Request) -> dict[str, str]:
    """The parameters as given; raises BadQuery for one that the route does not take, that is given
    twice, or that holds what no text may hold."""
    declared = getattr(request.scope["route"], "openapi_extra", None) or {}
    known = [p["name"] for p in declared.get("parameters", ()) if p["in"] == "query"]
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            there_are = f"there are: {', '.join(known)}" if known else "there are none here"
            raise BadQuery(name, f"no parameter {name!r}; {there_are}")
        if name in given:
            raise BadQuery(name, f"{name} is given twice; give it once")
        if "\0" in value:
            raise BadQuery(name, f"{name} holds a NUL character; leave it out")
        given[name] = value
    return given


Asked = Annotated[dict[str, str], Depends(asked)]


async def _language(request: Request, asked: Asked) -> str:
    lang = asked.get("lang")
    if lang is None:
        return _accepted(request.headers.get("accept-language", ""))
    if lang not in ("th", "en"):
        raise BadQuery("lang", f"lang must be th or en, got {lang!r}")
    return lang


def _accepted(header: str) -> str:
    """The better liked of Thai and English, as in RFC 9110, section 12.5.4; Thai where equal."""
    likes = {"th": 0.0, "en": 0.0, "*": 0.0}
    for choice in header.split(","):
        tag, _, weight = choice.strip().lower().partition(";q=")
        language = tag.split("-")[0]
        if language in likes:
            likes[language] = max(likes[language], _weight(weight))
    return "en" if likes["en"] > max(likes["th"], likes["*"]) else "th"


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


Language = Annotated[str, Depends(_language)]
