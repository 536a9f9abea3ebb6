"""The answers of /ogc/ as pages for people, each written from the JSON that programs get."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from geo_api.exports.formats import DOWNLOAD_FORMATS, GEOJSON, JSON, Format
from geo_api.http import documents
from geo_api.http.documents.value_text import count_text, period_text, time_text, value_text
from geo_api.http.documents.words import WORDS

Json = Mapping[str, Any]
PageKind = Literal["landing", "conformance", "collections", "collection", "items", "item"]

MEDIA_TYPE = "text/html; charset=utf-8"
# Everything comes from us, and nothing is written into the page to be run.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
}

# Features that a page's small map still draws at once, as many as the maps of the site.
_DRAWN = 5000


def render_page(kind: PageKind, answer: Json, language: str, collection: Json | None = None) -> str:
    """The page of one answer in "th" or "en".

    `answer` is what the address gives as JSON. `collection` is that of the collection to which
    `items` or an `item` belongs, for its words and its freshness.
    """
    told = collection or (answer if kind == "collection" else {})
    features = {"items": answer.get("features", ()), "item": (answer,)}.get(kind, ())
    return render_template(
        f"{kind}.html",
        language,
        _address(answer),
        answer=answer,
        collection=told,
        columns=_columns(told, features, language),
        drawn=_drawn(answer, features, told, language),
        formats=_formats(kind, _address(answer)),
        simulated=any(
            one.get("simulated") for one in (answer, told, *answer.get("collections", ()))
        ),
    )


def render_template(template: str, language: str, address: str, **named: Any) -> str:
    """Any page within the frame of all; `address` is its own, to switch the language of."""
    words = {name: text[language] for name, text in WORDS.items()}
    other = "en" if language == "th" else "th"
    return (
        _environment()
        .get_template(template)
        .render(
            language=language,
            other=other,
            switched=_in_language(address, other),
            words=words,
            **named,
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(documents.__name__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    made.globals |= {
        "find_link": _find_link,
        "spoken": _in_language,
        "period": period_text,
        "time": time_text,
        "count": count_text,
        "cell": _cell,
        "place": _place,
        "item_address": _item_address,
    }
    return made


def _find_link(answer: Json, rel: str) -> Json | None:
    return next((link for link in answer.get("links", ()) if link["rel"] == rel), None)


def _address(answer: Json) -> str:
    own = _find_link(answer, "self")
    return str(own["href"]) if own else ""


def _in_language(href: str, language: str) -> str:
    """The address with `lang` set: the choice of a language lasts as people walk on."""
    parts = urlsplit(href)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"lang": language}
    return urlunsplit(parts._replace(query=urlencode(asked, safe=",:/")))


def _formats(kind: PageKind, address: str) -> list[tuple[Format, str]]:
    """What the page tells in the formats of programs, and where; files hold every page at once."""
    if kind != "items":
        format = GEOJSON if kind == "item" else JSON
        return [(format, _with_format(address, format, "lang"))]
    whole = ("lang", "limit", "cursor", "count")
    return [
        (GEOJSON, _with_format(address, GEOJSON, "lang")),
        *((format, _with_format(address, format, *whole)) for format in DOWNLOAD_FORMATS),
    ]


def _with_format(address: str, format: Format, *without: str) -> str:
    parts = urlsplit(address)
    asked = {n: v for n, v in parse_qsl(parts.query, keep_blank_values=True) if n not in without}
    return urlunsplit(parts._replace(query=urlencode(asked | {"f": format.name}, safe=",:/")))


def _item_address(answer: Json, feature: Json, language: str) -> str:
    found = _find_link(answer, "collection")
    above = urlsplit(str(found["href"]) if found else "")._replace(query="").geturl()
    return _in_language(f"{above}/items/{quote(str(feature['id']), safe='')}", language)


def _columns(collection: Json, features: Iterable[Json], language: str) -> list[dict[str, Any]]:
    """The properties that any of the features has, worded by the declaration and in its order."""
    held = {
        name: None
        for feature in features
        for name, value in (feature.get("properties") or {}).items()
        if value is not None
    }
    declared = {field["name"]: field for field in collection.get("fields", ())}
    order = [name for name in ("observed_at", *declared, *held) if name in held]
    return [_column(declared.get(name, {"name": name}), language) for name in dict.fromkeys(order)]


def _column(field: Json, language: str) -> dict[str, Any]:
    known = {"observed_at": WORDS["observed"][language]}.get(field["name"], field["name"])
    return {
        "name": field["name"],
        "title": field.get("title", {}).get(language, known),
        "unit": field.get("unit"),
        "description": (field.get("description") or {}).get(language),
        "field": field,
        "values": {code: text[language] for code, text in field.get("values", {}).items()},
    }


def _cell(feature: Json, column: Json, language: str) -> str:
    properties = feature.get("properties") or {}
    value = properties.get(column["name"])
    if column["name"] == "observed_at" and value is not None:
        return time_text(value, language, properties.get("time_precision", "minute"))
    return value_text(value, column["field"], language)


def _place(feature: Json) -> str | None:
    """The coordinates of a point in the order in which they are given; None for anything else."""
    geometry = feature.get("geometry") or {}
    if geometry.get("type") != "Point":
        return None
    return ", ".join(map(str, geometry["coordinates"]))


def _drawn(answer: Json, features: Iterable[Json], collection: Json, language: str) -> Json | None:
    """What features.js needs to draw a page's features, in one plain colour; None where they have
    no place, or not in longitude and latitude."""
    placed = [feature for feature in features if feature.get("geometry")]
    if not placed or len(placed) > _DRAWN or "crs" in parse_qs(urlsplit(_address(answer)).query):
        return None
    points = placed[0]["geometry"]["type"] in ("Point", "MultiPoint")
    declaration = {
        "name": collection["id"],
        "title": collection["title"],
        "geometry": "point" if points else "area",
        "timed": collection["timed"],
        "attribution": "",
        "language": language,
        "fields": [
            {name: column[name] for name in ("name", "title", "unit", "values")}
            for column in _columns(collection, placed, language)
            if column["name"] != "observed_at"
        ],
        "style": _PLAIN,
    }
    return {"declaration": declaration, "features": [_bare(feature) for feature in placed]}


_PLAIN: Json = {
    "color": "#0f4c68",
    "by": None,
    "colors": {},
    "ramp": [],
    "label": None,
    "radius_px": 5,
    "fill_opacity": 0.4,
    "cluster": False,
}


def _bare(feature: Json) -> Json:
    return {name: feature[name] for name in ("type", "id", "geometry", "properties")}
