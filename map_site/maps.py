"""Maps within pages: Folium builds each, from declared layers, and the page places its parts."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from starlette.responses import Response

from layers.model import Layer
from map_site.assets import asset
from map_site.backgrounds import Background
from map_site.rendering import content_security_policy


@dataclass(frozen=True)
class BuiltMap:
    """A map's element, the script that makes it, and what its page must allow it to load."""

    html: Markup
    script: Markup
    script_src: str
    img_src: str


def build_map(
    controls: str,
    layers: Sequence[Layer],
    address: Mapping[str, str],
    language: str,
    background: Background,
    **options: Any,
) -> BuiltMap:
    """A map whose `layers` are read from `address`, as the site has it, and which
    `fahsai.CONTROLS(map, layers)` takes over. The page loads map.css and map.js before the
    script."""
    # Not above: half a second and 60 MB, which a worker that draws no map need not spend.
    from map_site.folium_map import built

    figure = built(controls, layers, address, language, background, **options)
    script = figure.script.render()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    servers = dict.fromkeys(urlsplit(one.url) for one in background.tiles)
    roads = f'<script src="{asset("basemap.js")}" defer></script>' if background.basemap else ""
    return BuiltMap(
        html=Markup(figure.html.render()),
        # A module runs when the page is parsed, after the scripts that it needs.
        script=Markup(f'{roads}<script type="module">{script}</script>'),
        script_src=f"'self' 'sha256-{digest}'",
        img_src=" ".join(
            dict.fromkeys(["'self'", "data:", *(f"{one.scheme}://{one.netloc}" for one in servers)])
        ),
    )


def with_map(page: Response, world: BuiltMap) -> Response:
    """The page, allowed to load what its map needs."""
    policy = content_security_policy(script_src=world.script_src, img_src=world.img_src)
    page.headers["Content-Security-Policy"] = policy
    return page
