"""What is switched on beside a theme's own layer: it has a legend, and nothing lies on itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.settings import Settings
from layers.catalog import catalog
from layers.methods import mercator
from map_site.theme import THEME_PAGES, further_of
from tests.makers import box, factory, insert, mill
from tests.map_site.rows import succeeded
from tests.map_site.test_accessibility import problems
from tests.map_site.test_theme_pages import reading
from tests.map_site.theme import (
    MORNING,
    fires,
    legend,
    morning,
    two_provinces_and_a_third,
    visit,
    wait_for,
)
from tests.rasters import raster_day

DAY = timedelta(days=1)
TODAY = MORNING.date()


@pytest.fixture
def world(fresh: Connection, home: Path) -> Connection:
    """A factory, fires and a surface in the first provinces."""
    two_provinces_and_a_third(fresh)
    succeeded(fresh, "air4thai", "diw")
    factory(fresh, lon=100.5, lat=13.5)
    fires(fresh, 3, MORNING - DAY)
    raster_day(fresh, home, TODAY - DAY)
    fresh.commit()
    return fresh


@pytest.fixture
def address(world: Connection, fresh_url: str, home: Path) -> Iterator[str]:
    with morning(fresh_url, Settings(home)) as served:
        yield served


def test_a_surface_has_its_classes_and_says_that_its_day_is_of_the_calendar(
    page: Page, address: str
) -> None:
    visit(page, f"{address}/maps/air?layers=pm25_surface&from={TODAY - DAY}&to={TODAY - DAY}")

    told = legend(page, "pm25_surface")
    expect(told.get_by_role("heading")).to_have_text("พื้นผิว PM2.5 รายวัน")
    expect(told).to_contain_text("วันที่ 1 มี.ค. 2569 (วันตามปฏิทิน เที่ยงคืนถึงเที่ยงคืน)")
    expect(told.locator("li")).to_have_text(
        [
            "ดีมาก (≤ 15)",
            "ดี (≤ 25)",
            "ปานกลาง (≤ 37.5)",
            "เริ่มมีผลกระทบต่อสุขภาพ (≤ 75)",
            "มีผลกระทบต่อสุขภาพ (> 75)",
            "ไม่ประมาณค่า",
        ]
    )
    expect(told.locator("canvas")).to_have_count(6)
    assert problems(page) == []


# Each colour, red, green, blue and opacity, in 16 px around a place.
COLORS = """([lat, lon]) => {
    const layer = fahsai.theme.sides.now.layers.pm25_surface;
    const canvas = layer._canvas;
    const dpr = canvas.width / parseFloat(canvas.style.width);
    const at = layer._map.latLngToLayerPoint([lat, lon])
        .subtract(L.DomUtil.getPosition(canvas)).multiplyBy(dpr).floor();
    const [side, pen] = [16 * dpr, canvas.getContext("2d")];
    const { data } = pen.getImageData(at.x - side / 2, at.y - side / 2, side, side);
    const colors = new Set();
    for (let i = 0; i < data.length; i += 4) colors.add(data.slice(i, i + 4).join());
    return [...colors];
}"""
DRAWN = "fahsai.theme.sides.now.layers.pm25_surface._center"
ESTIMATED, NOT_ESTIMATED, SEA = [14.0, 101.0], [18.0, 99.0], [9.0, 101.5]
CLEAR = "0,0,0,0"


def is_hatched(colors: list[str]) -> bool:
    """Whether there are dark lines on light ground, and nothing is seen through."""
    return len(colors) > 1 and all(one.endswith(",255") for one in colors)


@pytest.mark.parametrize("media", ["screen", "print"])
def test_land_of_which_a_surface_estimates_nothing_is_hatched(
    page: Page, address: str, media: Literal["screen", "print"]
) -> None:
    visit(page, f"{address}/maps/air?layers=pm25_surface&from={TODAY - DAY}&to={TODAY - DAY}")
    wait_for(page, f"{DRAWN} && fahsai.theme.sides.now.map.fahsaiLand")
    if media == "print":
        page.emulate_media(media=media)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")

    [estimated] = page.evaluate(COLORS, ESTIMATED)

    assert estimated.startswith("255,255,0,") and not estimated.endswith(",255")
    assert is_hatched(page.evaluate(COLORS, NOT_ESTIMATED))
    assert page.evaluate(COLORS, SEA) == [CLEAR]


# How many lines of the hatch 160 px to the right of a place cross.
HATCHED_LINES = """([lat, lon]) => {
    const layer = fahsai.theme.sides.now.layers.pm25_surface;
    const at = layer._map.latLngToLayerPoint([lat, lon])
        .subtract(L.DomUtil.getPosition(layer._canvas)).floor();
    const { data } = layer._canvas.getContext("2d").getImageData(at.x, at.y, 160, 1);
    const isLine = (i) => data[4 * i] < 215;
    const starts = Array.from({ length: 159 }, (_, i) => isLine(i + 1) && !isLine(i));
    return starts.filter(Boolean).length;
}"""


def test_the_hatch_is_as_fine_on_the_screen_at_every_zoom(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/air?layers=pm25_surface&from={TODAY - DAY}&to={TODAY - DAY}")
    wait_for(page, f"{DRAWN} && fahsai.theme.sides.now.map.fahsaiLand")
    lat, lon = NOT_ESTIMATED

    lines = []
    for zoom in (6, 8, 11, 14):
        view = f"[[{lat}, {lon}], {zoom}, {{ animate: false }}]"
        page.evaluate(f"void fahsai.theme.sides.now.map.setView(...{view})")
        wait_for(page, f"fahsai.theme.sides.now.layers.pm25_surface._zoom === {zoom}")
        lines.append(page.evaluate(HATCHED_LINES, NOT_ESTIMATED))

    assert lines == pytest.approx([160 / 8] * 4, abs=2)


def test_all_land_is_hatched_at_a_time_without_a_surface(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/air?layers=pm25_surface&from=2026-02-01&to=2026-02-01")
    wait_for(page, f"{DRAWN} && fahsai.theme.sides.now.map.fahsaiLand")

    assert is_hatched(page.evaluate(COLORS, ESTIMATED))
    told = legend(page, "pm25_surface")
    expect(told).to_contain_text("ไม่มีภาพในช่วงเวลานี้")
    expect(told.locator("li").last).to_have_text("ไม่ประมาณค่า")


def test_the_picture_has_the_surface_its_hatch_and_its_legend(page: Page, address: str) -> None:
    asked = f"from={TODAY - DAY}&to={TODAY - DAY}"
    without, shown = (
        picture(page, f"{address}/maps/air?{asked}"),
        picture(page, f"{address}/maps/air?layers=pm25_surface&{asked}"),
    )

    assert shown.height > without.height  # by its legend
    assert dark_share(shown, NOT_ESTIMATED) > dark_share(without, NOT_ESTIMATED) + 0.1
    assert np.median(around(shown, ESTIMATED), axis=(0, 1)).tolist() == pytest.approx(
        [255, 255, 102], abs=6
    )


def around(shown: Image.Image, place: list[float]) -> NDArray[np.uint8]:
    """24 px about a place on the picture's map, which shows the whole country."""
    lat, lon = place
    north, south = (mercator.y_of(one) for one in (20.5, 5.55))
    scale = (1300 - 2 * 4) / abs(north - south)
    x = 40 + 1160 / 2 + np.radians(lon - (97.2 + 105.75) / 2) * scale
    y = 190 + 4 + abs(north - mercator.y_of(lat)) * scale
    return np.asarray(shown.crop((int(x) - 12, int(y) - 12, int(x) + 12, int(y) + 12)))


def dark_share(shown: Image.Image, place: list[float]) -> float:
    return float(np.mean(around(shown, place).mean(axis=2) < 215))


def picture(page: Page, address: str) -> Image.Image:
    """That which the page makes for slides."""
    visit(page, address)
    page.locator("#open-download").click()
    with page.expect_download() as saved:
        page.locator('#download [data-form="picture"]').click()
    return Image.open(saved.value.path()).convert("RGB")


def test_every_layer_that_is_switched_on_has_a_legend_and_none_that_is_off(
    page: Page, address: str
) -> None:
    visit(page, f"{address}/maps/air?layers=exposure,factories&z=9&lat=13.5&lon=100.5")

    judged = ["เกิน", "อาจเกิน", "ไม่เกิน", "ไม่ประมาณค่า"]
    expect(legend(page, "exposure").locator("li")).to_have_text(judged)
    expect(legend(page, "factories")).to_contain_text("ในกรอบแผนที่ 1")
    expect(page.locator("#theme-legend section")).to_have_count(2)

    page.locator('#theme-further input[name="exposure"]').uncheck()

    expect(page.locator("#theme-legend section")).to_have_count(1)


@pytest.fixture
def exposed(world: Connection) -> None:
    """A district that was over the standard on one day and within it on the next."""
    with world.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        [(run,)] = cursor.fetchall()
    names = {"name_th": "เมืองสมุทรสาคร", "name_en": "Mueang", "province_code": "74", "source": "t"}
    insert(world, "district", code="7401", wkt=box(100.0, 13.0, 101.0, 14.0), **names)
    for day, judged, over in ((TODAY - 2 * DAY, "over", 1), (TODAY - DAY, "within", 0)):
        made = {"day": day, "surface_made_at": MORNING, "method": "m", "simulated": False}
        insert(world, "exposure_day", run_id=run, **made)
        insert(
            world, "exposure", district_code="7401", day=day, pm25_ug_m3=30.0, coverage=1.0,
            standard_ug_m3=37.5, days_over=over, chance_over=over, judged=judged, run_id=run,
        )  # fmt: skip
    world.commit()


@pytest.mark.parametrize("days", [5, 0])
def test_of_several_days_of_a_district_the_newest_alone_is_drawn_and_named(
    page: Page, exposed: None, address: str, days: int
) -> None:
    visit(page, f"{address}/maps/air?layers=exposure&from={TODAY - days * DAY}&to={TODAY}")

    said = "วันที่ 1 มี.ค. 2569 (วันตามปฏิทิน เที่ยงคืนถึงเที่ยงคืน)"
    expect(legend(page, "exposure")).to_contain_text(said)
    judged_by = "ค่ามาตรฐาน 24 ชั่วโมงในวันนั้น 37.5 µg/m³"
    expect(legend(page, "exposure").get_by_text(judged_by, exact=True)).to_be_visible()
    drawn = "fahsai.theme.sides.now.layers.exposure._drawn"
    wait_for(page, f"{drawn}?.tiles.some(({{ pieces }}) => pieces.length)")
    pieces = f"{drawn}.tiles.flatMap(({{ pieces }}) => pieces.map((one) => one.properties.judged))"
    assert set(page.evaluate(pieces)) == {"within"}


def test_of_mills_the_season_is_drawn_and_those_of_no_known_place_are_a_table_without_zeros(
    page: Page, world: Connection, address: str
) -> None:
    mill(world, "mill-1")
    with world.cursor() as cursor:
        cursor.execute("UPDATE mill SET zone = ST_Multi(ST_Buffer(geom, 0.3))")
        cursor.execute(
            "INSERT INTO mill SELECT 'lost', NULL, 'ไม่รู้ที่', NULL, NULL, NULL, source, run_id"
            " FROM mill"
        )
        cursor.execute("SELECT max(id) FROM run")
        [(run,)] = cursor.fetchall()
    insert(
        world, "mill_burning", mill_ref="lost", season=2025, span="season", run_id=run,
        first_day="2025-12-01", last_day="2026-03-02", end_known_by="now", declared_days=0,
        declared="not_declared", days_told=0, abstained="place_unknown", method="m",
        source="mill_burning",
    )  # fmt: skip
    world.commit()

    # A day amid the season, at whose end the service knows it.
    visit(page, f"{address}/maps/burning?layers=mill_burning&from=2026-01-15&to=2026-01-15")

    told = legend(page, "mill_burning")
    expect(told).to_contain_text("ฤดูหีบ 2568/69")
    expect(told.get_by_role("row").last).to_have_text("ไม่รู้ที่ไม่ได้แจ้ง–")
    drawn = "fahsai.theme.sides.now.layers.mill_burning._drawn"
    wait_for(page, f"{drawn}?.tiles.some(({{ pieces }}) => pieces.length)")


def test_zones_of_mills_have_no_colour_of_the_hexagons_above_them() -> None:
    burning = next(theme for theme in THEME_PAGES if theme.name == "burning")
    layers = [*(catalog()[name] for name in burning.drawn), *further_of(burning)]
    hexagons = {color for layer in layers for color in layer.style.cells}

    assert hexagons and hexagons.isdisjoint(catalog()["mill_burning"].style.ramp)


def fires_met(world: Connection, *days: date, station: str = "27t", lon: float = 100.3) -> None:
    """Nothing can be said of those days of a station, for it was calm."""
    reading(world, station, MORNING - timedelta(hours=1), 60.2, lon)
    with world.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        [(run,)] = cursor.fetchall()
    for day in days:
        insert(
            world, "fire_contribution", day=day, station_id=station, pm25_24h=60.0, standard=37.5,
            abstained="calm", placebos=0, provisional=False, method="m", run_id=run,
        )  # fmt: skip
    world.commit()


def opened(page: Page, address: str, first: date, last: date) -> Locator:
    """The popup beside the station's mark."""
    asked = f"layers=fire_contribution&from={first}&to={last}&z=9&lat=13.6&lon=100.3"
    visit(page, f"{address}/maps/air?{asked}")
    wait_for(page, "fahsai.theme.sides.now.layers.fire_contribution._drawn?.tiles.length")
    expect(legend(page, "fire_contribution").get_by_text("ในกรอบแผนที่ 1")).to_be_visible()
    box = page.locator("#theme-map .folium-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + 17, box["y"] + box["height"] / 2 - 13)
    return page.locator("#theme-map .fahsai-popup")


def test_the_fires_of_a_station_s_day_are_opened_beside_its_mark(
    page: Page, world: Connection, address: str
) -> None:
    fires_met(world, TODAY - DAY)

    popup = opened(page, address, TODAY - DAY, TODAY - DAY)  # the day itself is enough

    expect(popup).to_contain_text("ลมสงบ")
    expect(popup).not_to_contain_text("วันอื่นในช่วงเวลานี้")


def test_of_several_days_of_a_station_the_newest_is_shown_and_the_others_are_listed(
    page: Page, world: Connection, address: str
) -> None:
    fires_met(world, TODAY - DAY, TODAY - 3 * DAY, TODAY - 9 * DAY)

    popup = opened(page, address, TODAY - 7 * DAY, TODAY - DAY)

    expect(legend(page, "fire_contribution")).to_contain_text(
        "ที่แสดงคือวันที่ 1 มี.ค. 2569 (24 ชั่วโมงถึง 08:00 น.)"
    )
    expect(popup).to_contain_text("1 มี.ค. 2569 08:00")
    others = popup.get_by_role("group", name="วันอื่นในช่วงเวลานี้")
    expect(others.locator("dt")).to_have_text(["27 ก.พ. 2569 08:00"])
    expect(others.locator("dd")).to_have_text(["ไม่ตอบ"])
    assert problems(page) == []
