"""Query parameters: a route declares them as a Pydantic model, which forbids all others.

The values stay the texts that were given: `layers.query` and the rooms read them, for the server as
for the client, and say what is wrong with one. The OpenAPI document comes from the models.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from fastapi import Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from geo_api.exports.formats import JSON, Format
from geo_api.http.negotiation import negotiate_format, negotiate_language
from layers.crs import CRS84, SUPPORTED
from layers.model import Layer
from layers.query import CQL2_JSON, CQL2_TEXT, DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET, BadQuery

JsonSchema = dict[str, Any]


def parameter(
    description: str, schema: JsonSchema, name: str | None = None, example: str | None = None
) -> Any:
    """A field of Parameters: `name` where Python has no such word, `schema` as OpenAPI 3.0
    describes the value. One that has an `example` must be given."""

    def replace(written: JsonSchema) -> None:
        written.clear()
        written.update(schema)

    return Field(
        default=None if example is None else ...,
        alias=name,
        description=description,
        examples=None if example is None else [example],
        json_schema_extra=replace,
    )


LANG = parameter(
    "Thai or English titles; without it Accept-Language decides, and then Thai.",
    {"type": "string", "enum": ["th", "en"]},
)
# Of the answer's form, and not of what is in it.
PRESENTATION = frozenset({"f", "lang", "bom", "summary"})


class Parameters(BaseModel):
    """Those that a route takes, each a text, or None where it was left out. Every route takes
    `lang`, and `f` for the one format that it has, or for one of FORMATS: whoever asks all of them
    for JSON in Thai should not have to know which have a choice."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    FORMATS: ClassVar[Sequence[Format]] = (JSON,)

    f: str | None = parameter("The format wanted, whatever Accept says.", {"type": "string"})
    lang: str | None = LANG

    @classmethod
    def format_choice(cls) -> tuple[str, JsonSchema]:
        """What `f` may be, in words and as a schema; the first is given unasked."""
        listed = ", ".join(f"`{format.name}` {format.title}" for format in cls.FORMATS)
        names = [name for one in cls.FORMATS for name in (one.name, one.alias) if name]
        told = f"The format wanted, whatever Accept says: {listed}."
        return told, {"type": "string", "enum": names}

    @classmethod
    @cache
    def names(cls) -> tuple[str, ...]:
        """As they stand in an address, those of the form last."""
        names = [field.alias or name for name, field in cls.model_fields.items()]
        return tuple(sorted(names, key=PRESENTATION.__contains__))

    def given(self) -> dict[str, str]:
        """What is asked for: the values by name, without those that were left out."""
        return self._values(lambda name: name not in PRESENTATION)

    def presentation(self) -> dict[str, str]:
        """In which form it is asked for, likewise."""
        return self._values(lambda name: name in PRESENTATION)

    def _values(self, is_wanted: Callable[[str], bool]) -> dict[str, str]:
        values: dict[str, str] = self.model_dump(by_alias=True, exclude_none=True)
        return {name: value for name, value in values.items() if is_wanted(name)}


P = TypeVar("P", bound=Parameters)


class QueryParameters(Generic[P]):
    """A dependency that reads the query of a request as one model.

    FastAPI's own `Query()` would look each field of the model up by itself: 138 µs for a page of
    items, where this takes 10. It also takes the last of values that are given twice.
    """

    def __init__(self, model: type[P]) -> None:
        self.model = model

    # A coroutine, since FastAPI would take a thread for a plain function.
    async def __call__(self, request: Request) -> P:
        """Raises BadQuery for a parameter that the model does not have, that is given twice, or
        that holds what no text of PostgreSQL may hold, for one that is missing, and for a format or
        a language that there is not."""
        given: dict[str, str] = {}
        for name, value in request.query_params.multi_items():
            if name in given:
                raise BadQuery(name, f"{name} is given twice; give it once")
            if "\0" in value:
                raise BadQuery(name, f"{name} holds a NUL character; leave it out")
            given[name] = value
        if "f" in given:
            negotiate_format(given["f"], "", self.model.FORMATS)
        if "lang" in given:
            negotiate_language(given["lang"], "")
        try:
            return self.model.model_validate(given)
        except ValidationError as problem:
            raise _bad_query(problem.errors()[0], self.model) from None


def query_parameters(model: type[Parameters]) -> Any:
    """For the annotation of a route's argument."""
    return Depends(QueryParameters(model))


def refuse_unknown(given: Iterable[str], names: Sequence[str]) -> None:
    """Raises BadQuery for a parameter that is none of the `names`."""
    for name in given:
        if name not in names:
            raise _unknown(name, names)


def _bad_query(error: ErrorDetails, model: type[Parameters]) -> BadQuery:
    name = str(error["loc"][0])
    if error["type"] == "missing":
        [field] = [one for key, one in model.model_fields.items() if (one.alias or key) == name]
        [example] = field.examples or [""]
        return BadQuery(name, f"{name} is missing: give it, as in {name}={example}")
    return _unknown(name, model.names())


def _unknown(name: str, names: Sequence[str]) -> BadQuery:
    if name == "as_of":
        return BadQuery(
            name,
            "as_of is not to be had here, where what is shown is of the present alone: ask items,"
            " near, statistics or a download of the layer",
        )
    there_are = f"there are: {', '.join(names)}" if names else "there are none here"
    return BadQuery(name, f"no parameter {name!r}; {there_are}")


# --- parameters that several routes take ------------------------------------------------------

_URI = {"type": "string", "format": "uri", "enum": list(SUPPORTED), "default": CRS84}
NAMES = {"type": "array", "items": {"type": "string"}}
_BOX = {
    "type": "array",
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    "items": {"type": "number"},
}

LIMIT = parameter(
    f"At most so many features. More than {MAX_LIMIT} means {MAX_LIMIT}.",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
)
CURSOR = parameter("Where the page before ended; from its next link.", {"type": "string"})
BBOX = parameter(
    "west,south,east,north in WGS84 degrees, or six numbers with heights, which are ignored."
    " West may exceed east across the antimeridian.",
    _BOX,
)
BBOX_CRS = parameter("The CRS of `bbox`, whose order of axes holds.", _URI, "bbox-crs")
DATETIME = parameter(
    "A time or an interval of RFC 3339 times, both ends included, `..` or nothing for an open end:"
    " `2026-01-01T00:00:00Z/..`. A date alone is the whole day in Thailand, from midnight to"
    " midnight (UTC+7): `2026-01-01`, or `2026-01-01/2026-01-31`; a page of items says as"
    " `datetime` what was read, in UTC. Years are Christian ones. Features without a time always"
    " match.",
    {"type": "string"},
)
FILTER = parameter(
    "A condition on the layer's queryables in CQL2: `land_use = 'sugarcane' AND frp_mw > 10`.",
    {"type": "string"},
)
FILTER_LANG = parameter(
    "In which of its two forms `filter` is written.",
    {"type": "string", "enum": [CQL2_TEXT, CQL2_JSON], "default": CQL2_TEXT},
    "filter-lang",
)
FILTER_CRS = parameter("The CRS of the coordinates in `filter`.", _URI, "filter-crs")
CRS = parameter(
    "The CRS of the answer's coordinates, in its order of axes; Content-Crs names it.", _URI
)
# A header, for `openapi_extra` of a route that sends a file.
RANGE = {
    "name": "Range",
    "in": "header",
    "description": "Which bytes of the file, as in `bytes=0-1023`.",
    "schema": {"type": "string"},
}


class NoParameters(Parameters):
    """None but the form."""


class SelectionParameters(Parameters):
    """What selects features, for vector tiles, and whether these tell how many they leave out."""

    datetime: str | None = DATETIME
    filter: str | None = FILTER
    filter_lang: str | None = FILTER_LANG
    filter_crs: str | None = FILTER_CRS
    summary: str | None = parameter(
        "Whether a tile that shows the first of too many features has a further layer with one"
        " point, which tells how many there are.",
        {"type": "boolean", "default": False},
    )

    @property
    def with_summary(self) -> bool:
        """Raises BadQuery."""
        if self.summary not in (None, "true", "false"):
            raise BadQuery("summary", f"summary must be true or false, got {self.summary!r}")
        return self.summary == "true"


class QueryableParameters(Parameters):
    """Any name that is not declared is one of the layer's queryables, with the value that it must
    have."""

    model_config = ConfigDict(extra="allow")

    def refuse_unknown_queryables(self, layer: Layer) -> None:
        """Raises BadQuery for a name that is neither a parameter nor one of the layer's."""
        timed = ("observed_at",) if layer.timed else ()
        fields = (field.name for field in layer.fields)
        refuse_unknown(self.model_extra or (), (*self.names(), "id", *timed, *fields))


class FilterParameters(QueryableParameters):
    """Which features: OGC API – Features, Parts 1 and 3."""

    bbox: str | None = BBOX
    bbox_crs: str | None = BBOX_CRS
    datetime: str | None = DATETIME
    filter: str | None = FILTER
    filter_lang: str | None = FILTER_LANG
    filter_crs: str | None = FILTER_CRS


class PageParameters(FilterParameters):
    """Which features, in which order and shape: OGC API – Features, Parts 1 to 3."""

    limit: str | None = LIMIT
    sortby: str | None = parameter(
        "Properties to sort by, a minus sign before each that falls: `-frp_mw,id`. What has no"
        " value comes last.",
        NAMES,
    )
    properties: str | None = parameter(
        "The properties wanted, with commas between; all without it.", NAMES
    )
    skip_geometry: str | None = parameter(
        "Whether to leave the geometry out.", {"type": "boolean", "default": False}, "skipGeometry"
    )
    crs: str | None = CRS
    count: str | None = parameter(
        "`exact` counts all that match, however long that takes.",
        {"type": "string", "enum": ["estimate", "exact"], "default": "estimate"},
    )
    cursor: str | None = CURSOR
    offset: str | None = parameter(
        "So many features are passed over. To read on, follow `next` instead: it finds the page"
        " after at once, however far, and misses nothing where the data change meanwhile.",
        {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0},
    )


# For `openapi_extra` of a route that takes PageParameters.
QUERYABLES = {
    "name": "properties-of-the-layer",
    "in": "query",
    "description": "Any queryable by its name, with the value it must have: `land_use=sugarcane`.",
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    "style": "form",
    "explode": True,
}

NoneTaken = Annotated[NoParameters, query_parameters(NoParameters)]


# --- the language of an answer ----------------------------------------------------------------


def language_headers(language: str) -> dict[str, str]:
    """Those of an answer in a language that was asked for."""
    return {"Content-Language": language, "Vary": "Accept-Language"}


async def _language(request: Request, response: Response) -> str:
    """`response` is that of routes that give plain documents; others have headers of their own."""
    lang = request.query_params.get("lang")
    language = negotiate_language(lang, request.headers.get("accept-language", ""))
    response.headers.update(language_headers(language))
    return language


Language = Annotated[str, Depends(_language)]
