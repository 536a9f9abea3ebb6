"""Links between our addresses, and what every answer says of where its data come from."""

import re
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

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


def self_and_alternates(request: Request, language: str) -> list[Json]:
    """Links to this document, to the same as a page, and to the same in the other language."""
    here = request.url.replace(query="")
    other = "en" if language == "th" else "th"
    return [
        link(str(request.url), "self") | {"hreflang": language},
        link(f"{here}?lang={language}&f=html", "alternate", "text/html") | {"hreflang": language},
        link(f"{here}?lang={other}", "alternate") | {"hreflang": other},
    ]


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
