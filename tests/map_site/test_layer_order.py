"""Which of several layers on one map lies above the others."""

from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from layers.catalog import catalog
from tests.makers import factory
from tests.map_site.theme import counted, visit, wait_for

PLACE = (13.85, 102.15)  # where no name of a province lies
ON_SCREEN = """([lat, lon]) => {
    const { map } = fahsai.theme.sides.now;
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const box = map.getContainer().getBoundingClientRect();
    return [box.x + x, box.y + y];
}"""


def colors(page: Page, away: int) -> set[str]:
    """What the window shows so many px to the west, east, north and south of the place."""
    x, y = (int(one) for one in page.evaluate(ON_SCREEN, list(PLACE)))
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    around = ((x - away, y), (x + away, y), (x, y - away), (x, y + away))
    pixels = (np.asarray(picture)[down, right] for right, down in around)
    return {"#" + bytes(pixel).hex() for pixel in pixels}


def test_marks_lie_above_hexagons_that_are_switched_on_after_them(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    lat, lon = PLACE
    factory(own_season, lon=lon, lat=lat)
    with own_season.cursor() as cursor:
        cursor.execute(
            "INSERT INTO industrial_estate (id, name_th, office, lon, lat, source)"
            " VALUES ('estate', 'นิคม', false, %s, %s, 'industrial_estates')",
            [lon, lat],
        )
    own_season.commit()
    visit(page, f"{own_season_address}/maps/burning?layers=industrial_estates&from=2026-01-01")
    page.locator('#theme-further input[name="factories"]').check()
    counted(page)
    layers = "fahsai.theme.sides.now.layers"
    wait_for(page, f"{layers}.factories._drawn?.mode === 'cells'")
    wait_for(page, f"{layers}.industrial_estates._drawn?.mode === 'points'")

    styles = {name: catalog()[name].style for name in ("industrial_estates", "factories")}
    assert colors(page, 5) & set(styles["factories"].cells)  # a hexagon is around the mark
    assert colors(page, 0) == {styles["industrial_estates"].color}

    page.mouse.click(*page.evaluate(ON_SCREEN, list(PLACE)))

    expect(page.locator("#theme-map .fahsai-popup")).to_contain_text("นิคม")
