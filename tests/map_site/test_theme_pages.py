"""What all theme pages keep to: what they load, whom they serve, and what they withhold."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from layers.catalog import catalog
from layers.model import Theme
from layers.reports.complaints import TABLES
from map_site.complaints import further_layers
from map_site.steps import of_counts
from map_site.theme import THEME_PAGES, further_of
from tests.makers import factory, factory_return, firm, insert, publish_carbon
from tests.map_site.conftest import Seen
from tests.map_site.rows import succeeded
from tests.map_site.theme import (
    MORNING,
    counted,
    fires,
    morning,
    ranking,
    table,
    total,
    two_provinces_and_a_third,
    visit,
    wait_for,
)
from tests.rasters import raster_day

PATHS = [theme.path for theme in THEME_PAGES]
DAY = timedelta(days=1)


def one_of_each_kind(connection: Connection) -> None:
    """In the first province."""
    two_provinces_and_a_third(connection)
    succeeded(connection, "air4thai", "traffy", "diw", "green_industry", "factory_returns")
    factory(connection, lon=100.5, lat=13.5)
    fires(connection, 3, MORNING - DAY)
    reading(connection, "27t", MORNING - timedelta(hours=1), 40.2)


@pytest.fixture(scope="module")
def address(module_url: str, settings: Settings) -> Iterator[str]:
    with closing(owner_connection(module_url)) as connection:
        one_of_each_kind(connection)
    with morning(module_url, settings) as served:
        yield served


@pytest.fixture
def world(fresh: Connection) -> Connection:
    one_of_each_kind(fresh)
    return fresh


@pytest.fixture
def own_address(world: Connection, fresh_url: str, settings: Settings) -> Iterator[str]:
    """Where a test writes to `world`."""
    with morning(fresh_url, settings) as served:
        yield served


def reading(
    connection: Connection, station: str, at: datetime, pm25: float, lon: float = 100.3
) -> None:
    """A station's 24-hour mean; the station is made with its first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO air_station (id, name_th, name_en, geom, source)
            VALUES (%(id)s, %(name)s, %(id)s, ST_Point(%(lon)s, 13.6, 4326), 'air4thai')
            ON CONFLICT DO NOTHING
            """,
            {"id": station, "name": f"สถานี {station}", "lon": lon},
        )
        cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": at})
    values = {"station_id": station, "observed_at": at, "pm25_24h": pm25, "source": "air4thai"}
    insert(connection, "air_measurement", **values)
    connection.commit()


def test_every_theme_has_a_page_and_every_layer_of_a_theme_is_on_it() -> None:
    own = {Theme.OVERVIEW, Theme.COMPLAINTS}
    assert {theme.name for theme in THEME_PAGES} == {theme.value for theme in {*Theme} - own}
    of_complaints = {one.name for one in catalog().values() if Theme.COMPLAINTS in one.themes}
    assert of_complaints <= {*TABLES, *(one.name for one in further_layers())}
    for theme in THEME_PAGES:
        shown = {*theme.drawn, theme.layer, *theme.untold} | {one.name for one in further_of(theme)}
        of_theme = {layer.name for layer in catalog().values() if Theme(theme.name) in layer.themes}
        assert of_theme <= shown


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_page_draws_without_a_complaint_or_a_request_elsewhere(
    path: str, language: str, page: Page, seen: Seen, address: str
) -> None:
    visit(page, f"{address}{path}?lang={language}")
    wait_for(page, "fahsai.theme.sides?.now.provinces._drawn")

    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((address, "data:"))] == []
    assert page.locator("html").get_attribute("lang") == language
    if language == "en":
        assert re.findall("[\u0e00-\u0e7f]+", page.locator(".theme-numbers").inner_text()) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_holds_no_data_and_runs_no_script_but_files_and_those_of_its_maps(
    path: str, address: str
) -> None:
    answer = httpx.get(address + path)

    policy = answer.headers["content-security-policy"]
    scripts = policy.partition("script-src ")[2].partition(";")[0]
    assert len(re.findall("'sha256-", scripts)) == 2 and "unsafe" not in policy
    assert "FeatureCollection" not in answer.text and "style=" not in answer.text
    assert re.findall(r"https?://[^\"'\s]+", answer.text) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_a_phone_in_every_view(path: str, browser: Browser, address: str) -> None:
    phone = browser.new_page(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    for view in ("map", "compare", "table"):
        visit(phone, f"{address}{path}?view={view}")
        assert phone.evaluate("document.documentElement.scrollWidth") == 320
    phone.close()


@pytest.mark.parametrize("path", PATHS)
def test_english_words_fit_the_panels_of_a_desk(
    path: str, browser: Browser, world: Connection, own_address: str
) -> None:
    with world.cursor() as cursor:
        cursor.execute("UPDATE province SET name_en = 'Phra Nakhon Si Ayutthaya'", {})
    world.commit()
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    visit(page, f"{own_address}{path}?lang=en")

    for panel in page.locator(".theme-ranking, .timebar-side, .timebar-lengths").all():
        assert panel.evaluate("box => box.scrollWidth <= box.clientWidth"), panel
    page.close()


def test_the_other_language_keeps_what_is_chosen(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/burning")
    page.locator('[data-class="sugarcane"]').click()
    counted(page)

    page.locator("a.language").click()
    counted(page)

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator('[data-class="sugarcane"]')).to_have_attribute("aria-pressed", "true")
    expect(total(page)).to_have_text("3")


def test_what_others_write_is_shown_as_text(
    page: Page, world: Connection, own_address: str
) -> None:
    name = "<img src=x onerror=alert(1)>"
    factory(world, "evil", lon=100.75, lat=13.25, name=name, province_code="74")
    world.commit()
    visit(page, f"{own_address}/maps/burning?layers=factories&z=14&lat=13.25&lon=100.75")
    wait_for(page, "fahsai.theme.sides?.now.layers.factories._drawn?.mode === 'points'")

    box = page.locator("#theme-map .folium-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    expect(page.locator(".fahsai-popup h3")).to_have_text(name)
    expect(page.locator(".fahsai-popup img")).to_have_count(0)


@pytest.mark.parametrize("source", ["demo", "firms"])
def test_simulated_data_are_marked_and_real_ones_not(
    source: str, page: Page, world: Connection, own_address: str
) -> None:
    succeeded(world, source)

    visit(page, f"{own_address}/maps/burning")

    expect(page.locator(".simulated")).to_have_count(1 if source == "demo" else 0)
    expect(page.locator("#theme-map > .simulated-tag")).to_have_count(1 if source == "demo" else 0)


def test_the_credit_leaves_the_scale_legible(browser: Browser, address: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    visit(phone, f"{address}/maps/burning")

    # Both at one moment: credits come with their layers, and move the scale up.
    wait_for(
        phone,
        """(() => {
            const box = (name) => document.querySelector(`#theme-map .leaflet-control-${name}`)
                .getBoundingClientRect();
            return box("scale").bottom <= box("attribution").top + 1;
        })()""",
    )
    phone.close()


def test_provinces_alike_have_one_order_in_the_ranking_and_in_the_table(
    page: Page, world: Connection, own_address: str
) -> None:
    for west in (101.0, 102.0):
        fires(world, 3, MORNING - DAY, west=west)
    visit(page, f"{own_address}/maps/burning")
    in_ranking = [name for name, _ in ranking(page)]

    visit(page, f"{own_address}/maps/burning?view=table")

    assert in_ranking == [row["จังหวัด"] for row in table(page)]
    assert in_ranking == ["นครปฐม", "ราชบุรี", "สมุทรสาคร"]


# --- air ----------------------------------------------------------------------------------------


def test_air_shows_the_readings_of_the_chosen_day_and_never_today_s(
    page: Page, world: Connection, own_address: str
) -> None:
    reading(world, "27t", MORNING - 10 * DAY - timedelta(hours=1), 80.4)

    visit(page, f"{own_address}/maps/air")
    expect(total(page)).to_have_text("1")
    assert ranking(page) == [("สถานี 27t", "40")]

    visit(page, f"{own_address}/maps/air?from=2026-02-20&to=2026-02-20&layers=hotspots")
    assert ranking(page) == [("สถานี 27t", "80")]
    shown: Any = page.evaluate(
        "fahsai.theme.sides.now.own.source.features.map((one) => one.properties.pm25_ug_m3)"
    )
    assert shown == [80.4]
    expect(page.locator(".aqi-5")).to_have_count(2)  # in the ranking, and in the key


def test_a_station_without_a_reading_is_no_clean_station(
    page: Page, world: Connection, own_address: str
) -> None:
    reading(world, "27t", MORNING - 60 * DAY - timedelta(hours=1), 20.0)
    visit(page, f"{own_address}/maps/air?from=2026-02-01&to=2026-02-01")

    expect(total(page)).to_have_text("–")
    expect(page.locator("#theme-extra")).to_have_text("1 สถานีไม่มีค่าในช่วงนี้")
    assert ranking(page) == [("สถานี 27t", "–")]


def test_days_before_any_reading_have_no_class_of_air(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/air?from=1990-01-01&to=1990-01-01")

    expect(total(page)).to_have_text("–")
    expect(page.locator("#theme-notes")).to_contain_text("ไม่มีข้อมูลก่อน")
    assert set(page.locator("#theme-classes b").all_inner_texts()) == {"–"}
    assert ranking(page) == []


def test_no_province_is_painted_by_its_station(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/air")

    assert page.evaluate("fahsai.theme.sides.now.provinces.options.outlines") is True
    assert page.evaluate("fahsai.theme.sides.now.provinces.values") is None


def test_several_days_show_the_highest_mean_and_how_many_were_above(
    page: Page, world: Connection, own_address: str
) -> None:
    reading(world, "27t", MORNING - DAY - timedelta(hours=1), 20.0)
    reading(world, "27t", MORNING - 2 * DAY - timedelta(hours=1), 90.0)

    visit(page, f"{own_address}/maps/air?view=table&from=2026-02-28&to=2026-03-02")

    [row] = table(page)
    assert row["สูงสุด µg/m³"] == "90"
    assert (row["วันที่เกิน"], row["วันที่มีค่า"]) == ("2", "3")


def test_the_surface_of_the_day_may_lie_on_the_air_map(
    page: Page, world: Connection, home: Path, fresh_url: str
) -> None:
    day = MORNING.date() - DAY
    raster_day(world, home, day, method_th="วิธีทดสอบ")
    world.commit()
    with morning(fresh_url, Settings(home)) as served:
        visit(page, f"{served}/maps/air?layers=pm25_surface&from={day}&to={day}")

        expect(page.locator("#theme-map .leaflet-rasters-pane canvas")).to_have_count(1)
        expect(page.locator("#theme-legend")).to_contain_text("วิธีทดสอบ")


def test_a_place_on_the_surface_says_its_estimate_and_how_far_the_next_station_is(
    page: Page, world: Connection, home: Path, fresh_url: str
) -> None:
    day = MORNING.date() - DAY
    near, error = np.full((4, 4), 1000.0), np.full((4, 4), 4.19068)
    raster_day(world, home, day, nearest_m=near, standard_error=error)
    with world.cursor() as cursor:
        cursor.execute("UPDATE raster SET places = 'SRID=4326;MULTIPOINT(101 14)', rmse = 3")
    world.commit()
    asked = f"layers=pm25_surface&from={day}&to={day}&z=9&lat=14.2&lon=101.2"
    with morning(fresh_url, Settings(home)) as served:
        visit(page, f"{served}/maps/air?{asked}")
        expect(page.locator("#theme-legend")).to_contain_text("ทำเอง")
        page.locator("#theme-map .folium-map").click()

        popup = page.locator("#theme-map .fahsai-popup")
        expect(popup).to_contain_text("30 ± 4 µg/m³ · ปานกลาง")
        expect(popup).to_contain_text("วันที่ 1 มี.ค. 2569")
        expect(popup).to_contain_text("สถานีใกล้ที่สุดอยู่ห่าง 31 กม.")


@pytest.mark.parametrize("theme", ["burning", "air"])
@pytest.mark.parametrize("asked", ["from=bad&to=2026-03-01", "from=2026-02-31&to=2026-03-01"])
def test_a_time_that_cannot_be_read_is_told_beside_the_one_that_is_shown(
    page: Page, address: str, theme: str, asked: str
) -> None:
    visit(page, f"{address}/maps/{theme}?{asked}")

    expect(page.locator("#theme-notes")).to_contain_text("ที่อยู่มีช่วงเวลาที่อ่านไม่ได้ แสดง ")


# --- Green Industry and carbon ------------------------------------------------------------------


def test_a_rate_of_fewer_than_fifteen_factories_is_hatched_and_a_dash(
    page: Page, world: Connection, own_address: str
) -> None:
    for number in range(15):
        factory(world, f"f{number}", lon=101.5, lat=13.5, province_code="73")
    for number in range(3):
        insert(
            world,
            "green_certificate",
            factory_ref=f"f{number}",
            factory_id=f"f{number}",
            level=3,
            issued_on="2025-01-01",
            source="green_industry",
        )
    world.commit()

    visit(page, f"{own_address}/maps/green")
    wait_for(page, "fahsai.theme.sides?.now.provinces.values")

    rows = dict(ranking(page))
    assert rows["นครปฐม"] == "20 %" and rows["สมุทรสาคร"].startswith("–")
    values = page.evaluate("Object.fromEntries(fahsai.theme.sides.now.provinces.values)")
    assert values == {"70": "hatch", "73": 3, "74": "hatch"}
    expect(page.locator("#theme-change")).to_have_text("3 จาก 16 แห่ง")


def test_carbon_is_shown_a_year_at_a_time(page: Page, world: Connection, own_address: str) -> None:
    works = [firm(world, f"of-74-{n}") for n in range(5)]
    for year, litres in ((2024, 400_000_000), (2025, 800_000_000)):
        returned(world, year, litres, works)
    publish_carbon(world)
    world.commit()
    visit(page, f"{own_address}/maps/green?number=carbon")
    newest = total(page).inner_text()
    assert newest == "10.83"
    expect(page.locator("#theme-period")).to_have_text("2568")

    page.locator('[data-key="2024"]').click()

    expect(page.locator("#theme-period")).to_have_text("2567")
    expect(total(page)).to_have_text(f"{float(newest) / 2:.2f}")
    expect(page.locator("#theme-legend")).to_contain_text("ไม่มีแบบรายงาน")
    assert "year=2024" in page.url


def test_a_withheld_sum_is_a_dash_and_no_zero(
    page: Page, world: Connection, own_address: str
) -> None:
    returned(world, 2025, 800_000_000, ["factory-1"])
    publish_carbon(world)
    world.commit()

    visit(page, f"{own_address}/maps/green?number=carbon")

    expect(total(page)).to_have_text("–")
    expect(page.locator("#theme-change")).to_have_text("ไม่มีตัวเลขของปีนี้ที่เผยแพร่ได้")
    expect(page.locator("#theme-time")).to_contain_text("2568: ไม่มีตัวเลข เพราะ")
    expect(page.locator("#theme-legend")).to_contain_text("ไม่เผยแพร่")


def test_years_that_cannot_be_compared_are_parted_by_a_sign_with_words(
    page: Page, world: Connection, own_address: str
) -> None:
    for n in range(5):
        works = firm(world, f"f{n}")
        for year in (2024, 2025, 2026):
            factory_return(world, works, year, "grid_electricity", 1e9, "kWh")
    publish_carbon(world)
    world.commit()

    visit(page, f"{own_address}/maps/green?number=carbon")

    expect(page.locator(".after-break")).to_have_count(1)
    expect(page.locator(".after-break [data-key]")).to_have_attribute("data-key", "2026")
    bar = page.locator("#theme-time")
    expect(bar).to_contain_text("≠ เทียบกับปีก่อนไม่ได้")
    expect(bar).to_contain_text("ชุดที่ 1 เผยแพร่")
    expect(page.locator("#theme-change")).to_have_text("ไม่มีข้อมูลช่วงก่อนให้เทียบ")


def test_a_province_s_chart_parts_them_too(page: Page, world: Connection, own_address: str) -> None:
    insert(
        world, "emission_factor", energy="diesel", unit="litre", kgco2e_per_unit=2.7, scope=1,
        basis="combustion", gases="CO2", gwp="AR5", valid_from="2025-01-01", source="test",
    )  # fmt: skip
    for n in range(5):
        works = firm(world, f"f{n}")
        returned(world, 2024, 1e6, [works])
        returned(world, 2025, 1e6, [works])
    publish_carbon(world)
    world.commit()

    page.goto(f"{own_address}/provinces/74")

    chart = page.locator(".theme-carbon")
    expect(chart.locator(".break-sign")).to_have_text("≠")
    expect(chart).to_contain_text("ยอดที่ลดลงตรงนี้ไม่ใช่การลดการปล่อย")
    expect(chart).to_contain_text("ชุดที่ 1 เผยแพร่")


def returned(connection: Connection, year: int, litres: float, factories: list[str]) -> None:
    """Diesel of each."""
    for id in factories:
        factory_return(connection, id, year, quantity=litres)


def test_steps_of_counts_are_those_of_the_pages_made_on_the_server(
    page: Page, address: str
) -> None:
    visit(page, f"{address}/maps/burning")

    for highest in (0, 1, 30, 31, 60, 61, 400, 12_043):
        lows = page.evaluate("highest => fahsai.numbers.stepsOf([0, highest])", highest)
        assert tuple(lows) == of_counts([0, highest]).lows


def test_a_popup_says_years_shares_and_providers_as_people_do(page: Page, address: str) -> None:
    visit(page, f"{address}/maps/burning")

    said = page.evaluate(
        """() => {
            const providers = { name: "sources", values: { firms: "FIRMS", gistda: "GISTDA" } };
            return [
                fahsai.worded(2025, { kind: "year" }, "th"),
                fahsai.worded(2025, { kind: "year" }, "en"),
                fahsai.worded(0.684211, { kind: "share" }, "th"),
                fahsai.worded("firms, gistda", providers, "th"),
            ];
        }"""
    )

    assert said == ["พ.ศ. 2568 (ค.ศ. 2025)", "2025", "68.4 %", "FIRMS, GISTDA"]
