"""Links between our addresses, and what every answer says of where its data come from."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

from geo_api.exports.formats import HTML
from geo_api.http.parameters import Parameters
from layers.citation import address_to_cite
from layers.model import Layer, Text

Json = dict[str, Any]

_SPDX = re.compile(r"[A-Za-z]+(-[A-Za-z0-9.]+)+")


def link(href: str, rel: str, type: str = "application/json", title: str | None = None) -> Json:
    """A link as OGC API documents hold it."""
    made = {"href": href, "rel": rel, "type": type}
    return made | {"title": title} if title else made


def ogc_url(request: Request, *path: str, params: dict[str, str] | None = None) -> str:
    """The full address of a `path` under /ogc/, each part quoted."""
    asked = f"?{urlencode(params, safe=',:/')}" if params else ""
    return f"{request.base_url}ogc/{'/'.join(quote(part, safe='') for part in path)}{asked}"


def answer_links(
    request: Request,
    layer: Layer,
    path: tuple[str, ...],
    parameters: Parameters,
    media_type: str,
    following: Mapping[str, str] | None = None,
) -> list[Json]:
    """Of an answer about a layer at a `path` below it: to itself, to its page for people, to the
    layer, and to the page that has the parameters `following`."""
    layer_path = ("collections", layer.name)

    def url(params: dict[str, str]) -> str:
        return ogc_url(request, *layer_path, *path, params=params)

    given, presentation = parameters.given(), parameters.presentation()
    links = [
        link(url(given | presentation), "self", media_type),
        link(url(given | {"f": "html"}), "alternate", HTML.bare_type),
        link(ogc_url(request, *layer_path), "collection"),
    ]
    if following is not None:
        links.append(link(url(dict(following) | presentation), "next", media_type))
    return links


def self_and_alternates(request: Request, language: str) -> list[Json]:
    """Links to this document, to the same as a page, and to the same in the other language."""
    here = request.url.replace(query="")
    other = "en" if language == "th" else "th"
    return [
        link(str(request.url), "self") | {"hreflang": language},
        link(f"{here}?lang={language}&f=html", "alternate", "text/html") | {"hreflang": language},
        link(f"{here}?lang={other}", "alternate") | {"hreflang": other},
    ]


def site_of(request: Request) -> str:
    """The address of our site as it was asked, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def items_path(layer: Layer, selection: Mapping[str, str], feature: str | None = None) -> str:
    """The address within our site of what was selected of a layer, without `as_of`."""
    own = "" if feature is None else f"/{quote(feature, safe='')}"
    asked = {name: text for name, text in selection.items() if name not in ("as_of", "cursor")}
    query = f"?{urlencode(asked, safe=',:/')}" if asked else ""
    return f"/ogc/collections/{quote(layer.name)}/items{own}{query}"


def cite_as(request: Request, path: str, as_of: str) -> str:
    """The value of a Link that leads to where the answer can be cited (RFC 8574)."""
    return f'<{address_to_cite(site_of(request), path, as_of)}>; rel="cite-as"'


def provenance(layer: Layer, simulated: bool) -> Json:
    """Whom a layer's data are from, under which licence, and whether they are simulated."""
    return {"attribution": layer.attribution, "licence": layer.licence, "simulated": simulated}


def licence_url(layer: Layer) -> str | None:
    """The text of the licence, where the layer's is one of the SPDX list."""
    spdx = _SPDX.fullmatch(layer.licence)
    return f"https://spdx.org/licenses/{layer.licence}.html" if spdx else None


def bilingual(text: Text) -> dict[str, str]:
    """A wording in both languages."""
    return {"th": text.th, "en": text.en}
