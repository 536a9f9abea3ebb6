"""Query parameters: a route declares those it takes, for its readers and for refusing the rest."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response

from geo_api.http.dependencies import Service
from layers.crs import CRS84, SUPPORTED
from layers.query import CQL2_JSON, CQL2_TEXT, DEFAULT_LIMIT, MAX_LIMIT, BadQuery

Parameter = dict[str, Any]


def parameter(name: str, description: str, schema: dict[str, Any], **more: Any) -> Parameter:
    """A query parameter as OpenAPI describes it."""
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


RANGE = {
    "name": "Range",
    "in": "header",
    "description": "Which bytes of the file, as in `bytes=0-1023`.",
    "schema": {"type": "string"},
}
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
_URI = {"type": "string", "format": "uri", "enum": list(SUPPORTED), "default": CRS84}
_NAMES = {"type": "array", "items": {"type": "string"}}

BBOX_CRS = parameter("bbox-crs", "The CRS of `bbox`, whose order of axes holds.", _URI)
CRS = parameter(
    "crs", "The CRS of the answer's coordinates, in its order of axes; Content-Crs names it.", _URI
)
FILTER = parameter(
    "filter",
    "A condition on the layer's queryables in CQL2: `land_use = 'sugarcane' AND frp_mw > 10`.",
    {"type": "string"},
)
FILTER_LANG = parameter(
    "filter-lang",
    "In which of its two forms `filter` is written.",
    {"type": "string", "enum": [CQL2_TEXT, CQL2_JSON], "default": CQL2_TEXT},
)
FILTER_CRS = parameter("filter-crs", "The CRS of the coordinates in `filter`.", _URI)
SORTBY = parameter(
    "sortby",
    "Properties to sort by, a minus sign before each that falls: `-frp_mw,id`. What has no value"
    " comes last.",
    _NAMES,
    style="form",
    explode=False,
)
PROPERTIES = parameter(
    "properties",
    "The properties wanted, with commas between; all without it.",
    _NAMES,
    style="form",
    explode=False,
)
SKIP_GEOMETRY = parameter(
    "skipGeometry", "Whether to leave the geometry out.", {"type": "boolean", "default": False}
)
COUNT = parameter(
    "count",
    "`exact` counts all that match, however long that takes.",
    {"type": "string", "enum": ["estimate", "exact"], "default": "estimate"},
)
CURSOR = parameter("cursor", "Where the page before ended; from its next link.", {"type": "string"})


def takes(*parameters: Parameter, properties: bool = False) -> dict[str, Any]:
    """For a route's `openapi_extra`; with `properties` also the names of the layer's queryables,
    each with the value it must have."""
    if not properties:
        return {"parameters": list(parameters)}
    by_property = parameter(
        "properties-of-the-layer",
        "Any queryable by its name, with the value it must have: `land_use=sugarcane`.",
        {"type": "object", "additionalProperties": {"type": "string"}},
        style="form",
        explode=True,
    )
    return {"parameters": [*parameters, by_property], _BY_PROPERTY: True}


# An extension of OpenAPI, as the prefix says.
_BY_PROPERTY = "x-queryables-as-parameters"


# A coroutine, since FastAPI would take a thread for a plain function.
async def asked(request: Request) -> dict[str, str]:
    """The parameters as given; raises BadQuery for one that the route does not take, that is given
    twice, or that holds what no text may hold."""
    known = _known(request)
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


def _known(request: Request) -> list[str]:
    declared = getattr(request.scope["route"], "openapi_extra", None) or {}
    known = [p["name"] for p in declared.get("parameters", ()) if p["in"] == "query"]
    if _BY_PROPERTY in declared:
        service: Service = request.app.state.service
        layer = service.collection(request.path_params["collection"])
        known[-1:] = ["id", *(["observed_at"] if layer.timed else [])]
        known += [field.name for field in layer.fields]
    return known


Asked = Annotated[dict[str, str], Depends(asked)]


def spoken(language: str) -> dict[str, str]:
    """The headers of an answer in a language that was asked for."""
    return {"Content-Language": language, "Vary": "Accept-Language"}


async def _language(request: Request, response: Response, asked: Asked) -> str:
    """`response` is that of routes that give plain documents; others speak for themselves."""
    lang = asked.get("lang", _accepted(request.headers.get("accept-language", "")))
    if lang not in ("th", "en"):
        raise BadQuery("lang", f"lang must be th or en, got {lang!r}")
    response.headers.update(spoken(lang))
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
