"""A page that has nothing but the map engine, and what a test asks of it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from playwright.sync_api import Page

from layers.catalog import layer_named
from layers.draw import country_map, draw

Collection = Mapping[str, Any]
# As strict as the pages of the site; Folium's own script stands in the page.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    " img-src data:"
)
BANGKOK = (100.5, 13.7)


class Engine:
    """A map of the window's size with layers of the service at `url`, or with carried features."""

    def __init__(self, page: Page, url: str, layers: Mapping[str, Collection | None]) -> None:
        self.page = page
        self.names: dict[str, str] = {}
        world = country_map("/static", zoom_control=False, zoom_animation=False)
        for name, carried in layers.items():
            tiles = f"/ogc/collections/{name}/tiles/WebMercatorQuad"
            layer = draw(layer_named(name), carried or tiles)
            layer.add_to(world)
            self.names[name] = layer.get_name()
        html = world.get_root().render()
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        page.route("**/engine.html", lambda route: route.fulfill(body=html, headers=headers))
        page.goto(f"{url}/engine.html")
        self.map = world.get_name()
        # What is evaluated is sent here: of a map that is a million values.
        page.evaluate(f"void (window.layer = {self.layer(next(iter(layers)))})")
        self.settle()

    def layer(self, name: str) -> str:
        return self.names[name]

    def settle(self) -> None:
        """Waits until every layer has drawn all that is in view, of the period asked for."""
        for layer in self.names.values():
            self.page.wait_for_function(
                f"""() => {layer}._drawn && !{layer}._drawn.missing.length
                && {layer}._drawn.period === {layer}.period
                && {layer}._cover().every((tile) => {layer}.source.have(tile, {layer}.period))
                && {layer}._zoom === {self.map}.getZoom()
                && {layer}._center.equals({self.map}.getCenter())"""
            )

    def view(self, zoom: float, place: tuple[float, float] = BANGKOK) -> None:
        lon, lat = place
        self.page.evaluate(f"void {self.map}.setView([{lat}, {lon}], {zoom}, {{ animate: false }})")
        self.settle()

    def period(self, start: datetime, end: datetime) -> None:
        both = json.dumps([start.timestamp() * 1000, end.timestamp() * 1000])
        self.page.evaluate(f"void layer.setPeriod({both})")
        self.settle()

    def mode(self) -> str:
        return str(self.page.evaluate("layer._drawn.mode"))

    def counts(self) -> dict[str | None, int]:
        """Those of the classes that are in view, without those of which there are none."""
        pairs = self.page.evaluate("[...layer.countsInView().byClass]")
        return {value: count for value, count in pairs if count}

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north of what is in view."""
        west, south, east, north = self.page.evaluate(
            f"{self.map}.getBounds().toBBoxString().split(',').map(Number)"
        )
        return west, south, east, north

    def pixel(self, lon: float, lat: float, layer: str | None = None) -> tuple[int, ...]:
        """Red, green, blue and opacity of what a layer has drawn at a place."""
        found = self.page.evaluate(
            f"""([lat, lon]) => {{
                const canvas = {layer or "layer"}._canvas;
                const at = {self.map}.latLngToLayerPoint([lat, lon])
                    .subtract(L.DomUtil.getPosition(canvas)).multiplyBy(devicePixelRatio).floor();
                return [...canvas.getContext("2d").getImageData(at.x, at.y, 1, 1).data];
            }}""",
            [lat, lon],
        )
        return tuple(found)

    def picture(self) -> list[int]:
        """What the layer has drawn, made small: red, green, blue and opacity of 80 by 50 parts."""
        found: str = self.page.evaluate(
            """(() => {
                const pen = fahsai.newCanvas(80, 50).getContext("2d");
                pen.drawImage(layer._canvas, 0, 0, 80, 50);
                return pen.getImageData(0, 0, 80, 50).data.join();
            })()"""
        )
        return [int(part) for part in found.split(",")]
