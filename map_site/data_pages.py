"""The service's documents as pages for people: layers, items, one item, catalogue, manual, status.

The service computes each as JSON and hands it over; it knows this class by what it asks of it alone
(`geo_api/http/documents/pages.py`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from layers.catalog import catalog
from layers.licences import licence_text
from layers.model import Layer, Theme
from layers.registers import registers
from layers.reports import Reports
from layers.reports.measures import DAY_BEGINS_H
from map_site import assets, changes_page, feature_table, item_filters, status_page
from map_site.cited import rows_behind
from map_site.error_page import error_view
from map_site.freshness import fresh
from map_site.mount import mounted, within
from map_site.rendering import address, document_headers, render, spoken
from map_site.theme import THEME_PAGES, further_of
from map_site.value_text import period_text, time_text

Json = Mapping[str, Any]
View = dict[str, Any]

# What an address asks of one page of the items, and not of all that a file holds.
_OF_A_PAGE = ("lang", "limit", "cursor", "offset", "count", "f", "bom")
_REGISTERS = "registers"
_GROUPS = (Theme.BURNING, Theme.AIR, Theme.COMPLAINTS, Theme.GREEN, None, _REGISTERS)
# The maps that show what has no theme of its own, and the layers whose features have pages.
_MAPS = {"provinces": "/", "air_quality": "/maps/air"}
_PAGES = {"factories": "/factories", "provinces": "/provinces", "districts": "/districts"}
_ABOUT = {"wind": Theme.AIR, "air_quality": Theme.AIR}
_OURS = ("/ogc", "/catalog", "/api", "/tiles", "/openapi", "/status", "/quarantine")
# The most asked for first; what is new comes after them.
_FILES = ("excel", "csv", "gpkg", "parquet", "geojson", "kml", "fgb", "arrow", "geojsonseq")


@dataclass(frozen=True)
class _Asked:
    document: Json
    language: str
    address: str
    collection: Json

    def link(self, rel: str) -> str | None:
        """Where the document's link of the relation leads, in this language."""
        return _find(self.document, rel, self.language)


class DataPages:
    """What `geo_api` asks of the pages."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What the pages are sent with."""
        return document_headers()

    @cached_property
    def version(self) -> str:
        """Of the templates, the words and the code, and of all files that pages load."""
        digest = blake2b(assets.version().encode(), digest_size=12)
        folder = Path(__file__).parent
        for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.html"))):
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
        return digest.hexdigest()

    def rows_behind(self, path: str, reports: Reports) -> Sequence[str] | None:
        """Those of a page for the public, by its address."""
        return rows_behind(path, reports)

    def document(
        self,
        kind: str,
        document: Json,
        language: str,
        address: str,
        *,
        collection: Json | None = None,
        simulated: bool = False,
    ) -> str:
        """The page of a document, in "th" or "en"."""
        address = within(address)
        about = collection or (document if kind == "collection" else {})
        asked = _Asked(document, language, address, about)
        several = document.get("collections", ())
        marked = simulated or any(one.get("simulated") for one in (document, about, *several))
        view = _VIEWS[kind](asked)
        named = {"section": "data", "simulated": marked, **_common(asked), **view}
        return render(f"data/{kind}.html", language, address, **named)

    def problem(self, problem: Json, language: str, address: str, *, simulated: bool) -> str:
        """The page of a problem document."""
        address = within(address)
        view = {**error_view(problem, language, address), "simulated": simulated}
        return render("error.html", language, address, **_switch(language, address), **view)


def _common(asked: _Asked) -> View:
    language = asked.language
    return {
        **_switch(language, asked.address),
        "answer": asked.document,
        "collection": asked.collection,
        "spoken": lambda href: spoken(_local(str(href)), language),
        "find_link": lambda rel: _find(asked.document, rel, language),
        "fresh": lambda freshness: fresh(freshness, language),
        "period": lambda ends: period_text(ends, language),
        "time": lambda text: time_text(text, language),
        "json_address": mounted(with_format(asked.address, "json")),
        "licence": lambda text: licence_text(str(text), language),
        "map_of": lambda name: map_of(name, language),
        "list_of": lambda name: address(_PAGES[name], language) if name in _PAGES else None,
    }


def _switch(language: str, address: str) -> View:
    return {"switched": spoken(address, "en" if language == "th" else "th")}


def map_of(name: str, language: str) -> str | None:
    """The map on which a layer is shown, switched on where one may choose it."""
    layer = catalog().get(name)
    themes = layer.themes if layer else ()
    path = f"/maps/{themes[0]}" if themes else _MAPS.get(name)
    chosen = {one.path: further_of(one) for one in THEME_PAGES}.get(path or "", [])
    if layer in chosen:
        path = f"{path}?layers={name}"
    return spoken(path, language) if path else None


def with_format(address: str, format: str, *without: str) -> str:
    """The same in a format for programs."""
    parts = urlsplit(address)
    given = parse_qsl(parts.query, keep_blank_values=True)
    asked = {n: v for n, v in given if n not in (*without, "lang", "f")}
    return urlunsplit(parts._replace(query=urlencode(asked | {"f": format}, safe=",:/")))


def _without(address: str, name: str) -> str:
    parts = urlsplit(address)
    given = parse_qsl(parts.query, keep_blank_values=True)
    asked = {n: value for n, value in given if n != name}
    return urlunsplit(parts._replace(query=urlencode(asked, safe=",:/")))


def _nothing_more(_asked: _Asked) -> View:
    return {}


def _status(asked: _Asked) -> View:
    return {"section": "status", **status_page.view(asked.document, asked.language)}


def _quarantine(asked: _Asked) -> View:
    return {"section": "status"}


def _collections(asked: _Asked) -> View:
    groups: dict[str | None, list[Json]] = {group: [] for group in _GROUPS}
    for one in asked.document["collections"]:
        layer = catalog().get(one["id"])
        group: str | None = layer.themes[0] if layer and layer.themes else _ABOUT.get(one["id"])
        if one["id"] in registers():
            group = _REGISTERS
        groups[group if group in groups else None].append(one)
    told = ((group or "base", members) for group, members in groups.items() if members)
    return {"groups": list(told)}


def _collection(asked: _Asked) -> View:
    own = next((str(one["href"]) for one in asked.document["links"] if one["rel"] == "self"), "")
    return {
        "server": urlunsplit(urlsplit(own)._replace(path="", query="")),
        "files": _files(asked, f"/ogc/collections/{asked.document['id']}/items"),
        **_form(asked, {}),
    }


def _items(asked: _Asked) -> View:
    query = dict(parse_qsl(urlsplit(asked.address).query, keep_blank_values=True))
    features = asked.document.get("features", ())
    language, collection = asked.language, asked.collection
    following = asked.link("next")
    home = f"/ogc/collections/{collection['id']}"
    return {
        "home": home,
        "columns": feature_table.columns(collection, features, language),
        "cell": lambda feature, column: feature_table.cell(feature, column, language),
        "short_id": feature_table.short_id,
        "item_address": lambda id: feature_table.item_address(collection["id"], id, language),
        "drawn": feature_table.drawn(features, collection, language, asked.address),
        "following": following,
        "first_page": spoken(_without(asked.address, "cursor"), language),
        "exact": spoken(f"{asked.address}{'&' if query else '?'}count=exact", language),
        "files": _files(asked, asked.address),
        **_form(asked, query),
    }


def _item(asked: _Asked) -> View:
    features = (asked.document,)
    language, collection = asked.language, asked.collection
    return {
        "columns": feature_table.columns(collection, features, language),
        "cell": lambda column: feature_table.cell(asked.document, column, language),
        "short_id": feature_table.short_id,
        "place": feature_table.place(asked.document),
        "page": _page_of(collection["id"], str(asked.document["id"]), language),
        "drawn": feature_table.drawn(features, collection, language, asked.address),
    }


def _changes(asked: _Asked) -> View:
    document, about = asked.document, asked.collection
    told = changes_page.view(document, about, asked.language, asked.address)
    return {"home": f"/ogc/collections/{about['id']}", **told}


def _page_of(layer: str, id: str, language: str) -> str | None:
    """The page about a feature, where its layer has such pages."""
    return address(f"{_PAGES[layer]}/{quote(id, safe='')}", language) if layer in _PAGES else None


def _form(asked: _Asked, query: dict[str, str]) -> View:
    """The filters and what they ask now; none for a layer that the catalog does not have."""
    layer: Layer | None = catalog().get(asked.collection["id"])
    if layer is None:
        return {"layer": None, "conditions": []}
    without = ("f", "lang", "cursor", "filter-lang", "filter-crs")
    filters = item_filters.of_query(
        layer, {name: value for name, value in query.items() if name not in without}
    )
    language = asked.language

    def address(query: Mapping[str, str]) -> str:
        return item_filters.items_address(layer.name, query, language)

    first, folded = item_filters.choices(layer)
    return {
        "layer": layer,
        "filters": filters,
        "first_choices": first,
        "folded_choices": folded,
        "named_field": item_filters.named_field(layer),
        "provinces": item_filters.provinces(language),
        "day_begins": f"{DAY_BEGINS_H:02d}:00",
        "conditions": item_filters.conditions(layer, filters, language),
        "wider": item_filters.wider_period(layer, filters),
        "filtered": address,
    }


def _files(asked: _Asked, address: str) -> list[tuple[str, str, str]]:
    """Each format in which all of it can be had: its name, its media type and where; the formats
    are those of the collection's own links."""
    found = []
    for link in asked.collection.get("links", ()):
        format = dict(parse_qsl(urlsplit(str(link["href"])).query)).get("f")
        if link["rel"] != "items" or format in (None, "html"):
            continue
        href = mounted(with_format(address, format, *_OF_A_PAGE))
        found.append((format, str(link["type"]), href))
        if format == "csv":
            found.append(("excel", str(link["type"]), f"{href}&bom=true"))
    found.append(("geojson", "application/geo+json", mounted(with_format(address, "geojson"))))
    return sorted(found, key=lambda one: _FILES.index(one[0]) if one[0] in _FILES else len(_FILES))


def _find(document: Json, rel: str, language: str) -> str | None:
    links = document.get("links", ())
    found = next((str(link["href"]) for link in links if link["rel"] == rel), None)
    return None if found is None else spoken(_local(found), language)


def _local(href: str) -> str:
    """An address of ours from the root of the site, and one of another whole: documents name
    themselves as the request did, which a proxy may have rewritten."""
    parts = urlsplit(href)
    path = within(parts.path)
    ours = path.startswith(
        ("/ogc", "/catalog", "/api", "/tiles", "/openapi", "/status", "/quarantine")
    )
    return urlunsplit(("", "", path, parts.query, parts.fragment)) if ours else href


_VIEWS: Mapping[str, Callable[[_Asked], View]] = {
    "landing": _nothing_more,
    "conformance": _nothing_more,
    "collections": _collections,
    "collection": _collection,
    "items": _items,
    "item": _item,
    "changes": _changes,
    "catalog": _nothing_more,
    "api": _nothing_more,
    "status": _status,
    "quarantine": _quarantine,
}
