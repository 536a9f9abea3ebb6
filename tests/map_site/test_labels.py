"""Names on a map in a browser: which are placed, and how; and the ground beneath them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.map_site.conftest import Seen

SCRIPTS = ("vendor/leaflet/leaflet.js", "places.js", "labels.js", "waters.js")
STYLES = ("vendor/leaflet/leaflet.css", "vendor/sarabun/sarabun.css", "labels.css")
DOCUMENT = (
    "<!DOCTYPE html><html lang='th'><head><title>Map</title>"
    + "".join(f"<link rel='stylesheet' href='/static/{name}'>" for name in STYLES)
    + "<style>#map { width: 460px; height: 780px }</style></head><body><div id='map'></div>"
    + "".join(f"<script src='/static/{name}'></script>" for name in SCRIPTS)
    + "</body></html>"
)
MAP = """([lat, lon, zoom]) => {
  window.map = L.map("map", { zoomSnap: 0.1, zoomAnimation: false, fadeAnimation: false })
    .setView([lat, lon], zoom);
}"""
BOXES = """() => [...document.querySelectorAll(".fahsai-labels text")].map((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return { text: one.textContent, kind: one.getAttribute("class"), left, top, right, bottom };
})"""
KINDS = ("province", "town", "abroad", "sea")
COUNTRY, CHIANG_MAI = (13.1, 101.2, 5.9), (18.79, 98.98, 10)

Opened = Callable[..., Page]
Box = dict[str, Any]


@pytest.fixture
def opened(page: Page, seen: Seen, empty_address: str) -> Opened:
    """A map of the running service's own files, at (lat, lon, zoom)."""

    def answer(route: Route) -> None:
        route.fulfill(body=DOCUMENT, content_type="text/html; charset=utf-8")

    def at(view: tuple[float, float, float] = COUNTRY) -> Page:
        page.route(f"{empty_address}/labels-test", answer)
        page.goto(f"{empty_address}/labels-test")
        page.evaluate(MAP, list(view))
        return page

    return at


def labelled(page: Page, anchors: list[dict[str, Any]]) -> list[str]:
    """The texts that are shown of these anchors alone."""
    page.evaluate(
        """(anchors) => new Promise((resolve) => {
          window.labels = fahsai.labels(map, { anchors });
          labels.on("placed", resolve);
        })""",
        anchors,
    )
    return texts(page)


def all_places(page: Page, language: str = "th") -> list[Box]:
    """The boxes of what is shown of places.json."""
    page.evaluate(
        """async (language) => {
          window.labels = fahsai.labels(map);
          await fahsai.addPlaces(labels, { base: "/static", language });
          await new Promise((resolve) => labels.once("placed", resolve));
        }""",
        language,
    )
    return boxes(page)


def boxes(page: Page) -> list[Box]:
    found: list[Box] = page.evaluate(BOXES)
    return found


def texts(page: Page) -> list[str]:
    return [box["text"] for box in boxes(page)]


def overlapping(found: list[Box]) -> list[tuple[str, str]]:
    return [
        (a["text"], b["text"])
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    ]


def anchor(text: str, kind: str = "province", **more: Any) -> dict[str, Any]:
    return {"lon": 101.0, "lat": 15.0, "text": text, "kind": kind, **more}


@pytest.mark.parametrize(
    "view", [COUNTRY, (14.0, 100.6, 8), CHIANG_MAI, (7.9, 98.4, 11.5)], ids=str
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_two_names_touch(
    opened: Opened, view: tuple[float, float, float], language: str
) -> None:
    found = all_places(opened(view), language)

    assert len(found) > 5
    assert overlapping(found) == []


def test_the_whole_country_shows_its_provinces_neighbours_and_seas_in_thai(opened: Opened) -> None:
    found = all_places(opened())

    named = {kind: {box["text"] for box in found if box["kind"] == kind} for kind in KINDS}
    assert len(named["province"]) > 30
    assert {"กรุงเทพฯ", "นครราชสีมา", "สุราษฎร์ธานี"} <= named["province"]
    assert {"ลาว", "กัมพูชา", "เมียนมา"} <= named["abroad"]
    assert "อ่าวไทย" in named["sea"]
    assert named["town"] == set()


def test_near_a_town_its_name_stands_beside_its_provinces(opened: Opened) -> None:
    page = opened(CHIANG_MAI)

    found = all_places(page)

    assert ("town", "เชียงใหม่") in [(box["kind"], box["text"]) for box in found]
    assert "สารภี" in texts(page)


def test_of_two_names_at_a_place_the_more_important_is_shown(opened: Opened) -> None:
    shown = labelled(opened(), [anchor("ที่สอง", rank=1), anchor("ที่หนึ่ง", rank=0)])

    assert shown == ["ที่หนึ่ง"]


def test_a_value_goes_before_every_name_and_replaces_its_provinces(opened: Opened) -> None:
    page = opened()
    labelled(page, [anchor("เชียงใหม่", code="50"), anchor("ลำพูน", code="51", lat=15.05)])

    page.evaluate(
        "(value) => labels.setLabels('value', [value])",
        anchor("เชียงใหม่ 78", "value", code="50", lat=17.0),
    )

    expect(page.locator(".fahsai-labels .value")).to_have_text("เชียงใหม่ 78")
    assert texts(page) == ["เชียงใหม่ 78", "ลำพูน"]
    assert page.locator(".fahsai-labels .value").evaluate(
        "one => [getComputedStyle(one).fontSize, getComputedStyle(one).fontWeight]"
    ) == ["13px", "600"]


def test_names_keep_clear_of_a_mark(opened: Opened) -> None:
    mark = {"kind": "mark", "lon": 101.0, "lat": 15.0, "width": 30, "height": 20}

    shown = labelled(opened(), [anchor("อุทัยธานี"), anchor("ตราด", lat=12.0), mark])

    assert shown == ["ตราด"]


def test_moving_the_map_swaps_no_name(opened: Opened) -> None:
    page = opened((14.0, 100.6, 8))
    before = {box["text"] for box in all_places(page) if box["kind"] in ("province", "town")}

    page.evaluate(
        """() => new Promise((resolve) => {
          labels.once("placed", resolve);
          map.panBy([60, 40], { animate: false });
        })"""
    )

    after = {box["text"] for box in boxes(page) if box["kind"] in ("province", "town")}
    assert len(before & after) > 0.7 * len(before)
    page.evaluate(
        """() => new Promise((resolve) => {
          labels.once("placed", resolve);
          map.panBy([-60, -40], { animate: false });
        })"""
    )
    assert {box["text"] for box in boxes(page) if box["kind"] in ("province", "town")} == before


def test_names_are_measured_in_sarabun_and_are_hidden_from_screen_readers(opened: Opened) -> None:
    page = opened()

    labelled(page, [anchor("กู้ที่ดินปู่ญี่ปุ่น")])

    assert page.evaluate("document.fonts.check('400 12px Sarabun', 'กู้ที่')")
    drawn = page.evaluate("document.querySelector('.fahsai-labels text').getBBox().width")
    assert page.evaluate("labels._size('province', 'กู้ที่ดินปู่ญี่ปุ่น').width - 3") == pytest.approx(
        drawn, abs=1
    )
    assert page.locator(".fahsai-labels").get_attribute("aria-hidden") == "true"


def test_a_kind_that_is_none_is_refused(opened: Opened) -> None:
    page = opened()

    said = page.evaluate(
        """() => {
          try { fahsai.labels(map).setLabels("city", []); } catch (error) { return error.message; }
        }"""
    )

    assert "got city" in said


def test_the_ground_has_land_abroad_sea_and_rivers(
    opened: Opened, seen: Seen, empty_address: str
) -> None:
    page = opened()

    page.evaluate(
        """async () => {
          window.ground = fahsai.ground(map, { base: "/static" });
          await ground.ready;
        }"""
    )

    expect(page.locator(".leaflet-ground-pane canvas")).to_have_count(1)
    assert seen.errors == []
    land, abroad, sea = (16.0, 102.6), (20.0, 103.0), (10.0, 101.5)
    assert [colour(page, *place) for place in (land, abroad, sea)] == [
        "#fdfdfb",
        "#f6f6f3",
        "#ebf1f3",
    ]
    assert page.evaluate("Object.keys(ground._rivers.getLatLngs()).length") > 200
    assert seen.requests[-1] == f"{empty_address}/static/waters.json"


def colour(page: Page, lat: float, lon: float) -> str:
    """Of the ground's canvas at a place; the sea's where it is clear."""
    found: str = page.evaluate(
        """([lat, lon]) => new Promise((resolve) => requestAnimationFrame(() => {
          const canvas = document.querySelector(".leaflet-ground-pane canvas");
          const { left, top, width } = canvas.getBoundingClientRect();
          const place = map.latLngToContainerPoint([lat, lon]);
          const box = map.getContainer().getBoundingClientRect();
          const scale = canvas.width / width;
          const [r, g, b, a] = canvas.getContext("2d").getImageData(
            (box.left + place.x - left) * scale, (box.top + place.y - top) * scale, 1, 1).data;
          const hex = [r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("");
          const sea = getComputedStyle(map.getContainer()).backgroundColor.match(/\\d+/g)
            .map((part) => Number(part).toString(16).padStart(2, "0")).join("");
          resolve("#" + (a ? hex : sea));
        }))""",
        [lat, lon],
    )
    return found
