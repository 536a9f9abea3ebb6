"""The pages, what their scripts read, and the assets, as the application answers them."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from geo_api.publish.answers import Asked
from geo_api.publish.folder import Draft
from geo_api.publish.periods import year_start
from map_site.assets import published_assets
from map_site.mount import mounted_at
from map_site.published import DATA_PAGE, ELSEWHERE, Published, file_of, publishing
from map_site.published_pages import (
    LayerFiles,
    data_page,
    elsewhere_page,
    rendered_by_service,
    with_policy,
)
from map_site.rendering import LANGUAGES, in_language

_THEME_DATA = re.compile(r'<script type="application/json" id="theme-data">(.*?)</script>', re.S)
# As map_site/static/theme/models.js asks for them.
_CARBON = (
    "/ogc/collections/carbon/items?f=json&limit=10000&skipGeometry=true"
    "&properties=province_code,year,tco2e,comparable_to_previous,factories_reported,factories"
)
_EMISSIONS = "/api/emissions?province=country"
_DAILY = {"hotspots": "&industrial_heat=included", "air_stations": ""}


async def publish_pages(asked: Asked, published: Published, draft: Draft) -> None:
    """All pages of the service in both languages, and what the scripts on them read."""
    told: dict[str, Mapping[str, Any]] = {}
    addresses = rendered_by_service(published)
    with publishing(published):
        for address in addresses:
            body, headers = await asked.body(address)
            html = body.decode()
            draft.add_bytes(
                file_of(address), with_policy(html, headers["content-security-policy"]).encode()
            )
            if found := _THEME_DATA.search(html):
                theme = json.loads(found[1])
                told[theme["layer"]] = theme
    for address in _data(told):
        body, _ = await asked.body(address)
        draft.add_bytes(file_of(address), _without_links(body))


def publish_own_pages(
    layers: list[LayerFiles], published: Published, under: str, draft: Draft, *, simulated: bool
) -> None:
    """The pages that only the files have, whose path is `under`."""
    for language in LANGUAGES:
        data, elsewhere = (file_of(in_language(path, language)) for path in (DATA_PAGE, ELSEWHERE))
        with publishing(published), mounted_at(under):
            data_html = data_page(layers, language, simulated=simulated)
            elsewhere_html = elsewhere_page(language, simulated=simulated)
        draft.add_bytes(data, data_html.encode())
        draft.add_bytes(elsewhere, elsewhere_html.encode())


def publish_assets(draft: Draft) -> None:
    """Every file that the pages load, where they look for it."""
    for path, body in published_assets():
        draft.add_bytes(path, body)


def _data(themes: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The addresses that the scripts of the theme pages ask for."""
    for layer, theme in themes.items():
        if layer in _DAILY and theme["newest"]:
            newest = date.fromisoformat(theme["newest"])
            first = date.fromisoformat(theme["first"]) if theme["first"] else newest
            for start, end in _seasons(first, newest):
                yield f"/api/daily-counts/{layer}?from={start}&to={end}{_DAILY[layer]}"
    yield from (_CARBON, _EMISSIONS)
    provinces = {one["code"] for theme in themes.values() for one in theme["provinces"]}
    for code in sorted(provinces):
        yield f"/ogc/collections/provinces/items/{quote(code)}?f=json"


def _seasons(first: date, newest: date) -> Iterator[tuple[date, date]]:
    """The years from December to November, as the pages ask for days, up to that of `newest`; that
    before `first` is asked for where one compares."""
    start = year_start(year_start(first) - timedelta(days=1))
    while start <= newest:
        after = start.replace(year=start.year + 1)
        yield start, after - timedelta(days=1)
        start = after


def _without_links(body: bytes) -> bytes:
    """A document but for its links, which lead to a service."""
    document = json.loads(body)
    document.pop("links", None)
    for feature in document.get("features", []):
        feature.pop("links", None)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
