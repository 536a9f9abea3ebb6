"""A map saved as a file: opened from disk without a network, it is whole and says what it is."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from layers.reports.offline import MOST_FEATURES
from tests.makers import box, factory, insert, province
from tests.map_site.conftest import Seen
from tests.map_site.rows import succeeded
from tests.serving import service

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)  # 10:00 in Thailand
EVIL = "{{ 7 * 7 }}</script><img src=x onerror=alert(1)>"


def hotspot(connection: Connection, id: str, at: datetime, lon: float, lat: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    insert(
        connection,
        "hotspot",
        id=id,
        lon=lon,
        lat=lat,
        acquired_at=at,
        time_precision="minute",
        satellite="N",
        instrument="VIIRS",
        processing="NRT",
        sources=["demo"],
        land_use="forest",
    )


def world(connection: Connection) -> None:
    """Two provinces; three fires in one of them on three days, one in the other."""
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    province(connection, "50", name_th="เชียงใหม่", name_en="Chiang Mai", wkt=box(98, 18, 99.5, 20))
    for days, name in enumerate(("a", "b", "c")):
        hotspot(connection, name, NOW - timedelta(hours=6, days=days), 98.5 + days / 10, 18.5)
    hotspot(connection, "d", NOW - timedelta(hours=6), 100.2, 13.6)
    factory(connection, "evil", name=EVIL, source="demo")
    succeeded(connection, "demo")


@pytest.fixture(scope="module")
def server(module_url: str, settings: Settings) -> Iterator[str]:
    with closing(owner_connection(module_url)) as connection:
        world(connection)
    with service(module_url, settings, now=lambda: NOW) as address:
        yield address


@pytest.fixture
def own_server(fresh: Connection, fresh_url: str, settings: Settings) -> Iterator[str]:
    """That has answered nobody yet."""
    world(fresh)
    with service(fresh_url, settings, now=lambda: NOW) as address:
        yield address


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A window without a network."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, offline=True, locale="th-TH"
    )
    opened = context.new_page()
    yield opened
    context.close()


def saved(server: str, folder: Path, query: str) -> Path:
    answer = requests.get(f"{server}/export/map.html?{query}", timeout=60)
    assert answer.status_code == 200, answer.text
    path = folder / "map.html"
    path.write_bytes(answer.content)
    return path


def watch(page: Page) -> Seen:
    seen = Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on(
        "console",
        lambda said: seen.errors.append(said.text) if said.type in ("error", "warning") else None,
    )
    return seen


def test_the_saved_file_opens_without_a_network_and_its_counts_agree(
    server: str, offline: Page, tmp_path: Path
) -> None:
    query = "layers=provinces,hotspots,factories"
    told = requests.get(f"{server}/export/map?{query}", timeout=60).json()
    path = saved(server, tmp_path, query)
    seen = watch(offline)

    offline.goto(path.as_uri())

    legend = offline.get_by_role("region", name="จุดความร้อน")
    expect(legend).to_contain_text("ในกรอบแผนที่ 4")
    counted = "จุดความร้อน 4 (ไม่มีข้อมูลก่อน 28 ก.พ. 2569) · โรงงาน 1"
    expect(offline.locator("body")).to_contain_text(f"ในไฟล์นี้: {counted}")
    expect(offline.locator(".fahsai-labels")).to_contain_text("เชียงใหม่")
    offline.evaluate("document.fonts.load('600 16px Sarabun', 'กรุงเทพ')")
    assert offline.evaluate("[...document.fonts].some((face) => face.status === 'loaded')")
    assert told["features"] == {"provinces": 2, "hotspots": 4, "factories": 1}
    assert told["bytes"] == path.stat().st_size
    assert (told["from"], told["to"]) == ("2026-02-24", "2026-03-02")
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert seen.errors == []


def test_the_time_bar_of_a_saved_file_moves_what_is_seen(
    server: str, offline: Page, tmp_path: Path
) -> None:
    offline.goto(saved(server, tmp_path, "layers=hotspots").as_uri())
    legend = offline.get_by_role("region", name="จุดความร้อน")
    expect(legend).to_contain_text("ในกรอบแผนที่ 4")

    offline.get_by_role("button", name="1 วัน", exact=True).click()

    expect(legend).to_contain_text("ในกรอบแผนที่ 2")
    expect(offline.locator(".timebar-range")).to_contain_text("2 มี.ค. 2569")
    offline.get_by_role("slider", name="วันแรกของช่วง").press("ArrowLeft")
    expect(legend).to_contain_text("ในกรอบแผนที่ 3")


def test_layers_of_a_saved_file_are_switched(server: str, offline: Page, tmp_path: Path) -> None:
    offline.goto(saved(server, tmp_path, "layers=hotspots,factories&lang=en").as_uri())
    legend = offline.get_by_role("region", name="Hotspots")
    expect(legend).to_be_visible()

    offline.get_by_role("checkbox", name="Hotspots").uncheck()

    expect(legend).to_have_count(0)
    expect(offline.get_by_role("region", name="Factories")).to_be_visible()


def test_the_file_says_what_it_is_of_when_it_was_made_and_that_it_is_simulated(
    server: str, tmp_path: Path
) -> None:
    html = saved(server, tmp_path, "layers=hotspots&province=50&from=2026-03-01").read_text("utf-8")

    assert "<h1>จุดความร้อน <span>เชียงใหม่</span></h1>" in html
    assert "1 มี.ค. 2569 – 2 มี.ค. 2569 (วันละ 08:00–08:00 น.)" in html
    assert "2 มี.ค. 2569 10:00 น." in html
    assert '<p class="simulated" role="note"><b>ข้อมูลจำลอง' in html
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in html and "NASA FIRMS" in html
    assert "ในไฟล์นี้: จุดความร้อน 2" in html


def test_what_others_wrote_is_neither_script_nor_template(
    server: str, offline: Page, tmp_path: Path
) -> None:
    path = saved(server, tmp_path, "layers=factories")
    seen = watch(offline)

    offline.goto(path.as_uri())

    expect(offline.get_by_role("region", name="โรงงาน")).to_contain_text("1")
    name = offline.evaluate("JSON.parse(document.getElementById('data-factories').textContent)")
    assert EVIL in name["rows"][0]
    assert seen.errors == []


def test_a_file_without_times_says_so_and_has_no_time_bar(
    server: str, offline: Page, tmp_path: Path
) -> None:
    offline.goto(saved(server, tmp_path, "layers=factories").as_uri())

    expect(offline.locator("header")).to_contain_text("แผนที่นี้ไม่มีข้อมูลตามเวลา")
    expect(offline.locator("#offline-time")).to_be_hidden()


def test_days_of_which_nothing_is_known_are_not_days_without_fire(
    server: str, offline: Page, tmp_path: Path
) -> None:
    path = saved(server, tmp_path, "layers=hotspots&from=2026-02-25&to=2026-03-04")

    offline.goto(path.as_uri())

    expect(offline.locator(".timebar-range")).to_be_visible()
    series = offline.evaluate("fahsai.offlineTime.series")
    assert series == [None, None, None, 1, 1, 2, None, None]


def test_of_days_of_which_nothing_is_known_the_file_has_no_number(
    server: str, offline: Page, tmp_path: Path
) -> None:
    query = "layers=hotspots&lang=en&from=2026-03-05&to=2026-03-10"

    offline.goto(saved(server, tmp_path, query).as_uri())

    told = "In this file: Hotspots – (No data after 2 Mar 2026: nothing is known of this time yet)"
    expect(offline.locator(".offline-foot")).to_contain_text(told)
    legend = offline.get_by_role("region", name="Hotspots")
    expect(legend).to_contain_text("No data")
    expect(legend).not_to_contain_text("0")


def test_days_that_are_known_and_had_no_fire_have_none(
    own_server: str, fresh: Connection, offline: Page, tmp_path: Path
) -> None:
    with fresh.cursor() as cursor:
        cursor.execute("DELETE FROM hotspot WHERE id = 'b'")
    fresh.commit()
    query = "layers=hotspots&lang=en&from=2026-03-01&to=2026-03-01"

    offline.goto(saved(own_server, tmp_path, query).as_uri())

    expect(offline.locator(".offline-foot")).to_contain_text("In this file: Hotspots 0")
    expect(offline.get_by_role("region", name="Hotspots")).to_contain_text("In view: 0")


def test_industrial_heat_has_one_number_and_is_said_not_to_be_drawn(
    own_server: str, fresh: Connection, offline: Page, tmp_path: Path
) -> None:
    with fresh.cursor() as cursor:
        cursor.execute(
            "UPDATE hotspot SET heat_source = 'industrial_static' WHERE id IN ('a', 'd')"
        )
    fresh.commit()

    offline.goto(saved(own_server, tmp_path, "layers=hotspots&lang=en").as_uri())

    told = "Hotspots 2 (and 2 of static industrial heat, which are not drawn"
    expect(offline.locator(".offline-foot")).to_contain_text(told)
    legend = offline.get_by_role("region", name="Hotspots")
    expect(legend).to_contain_text("In view: 2")
    heat = legend.get_by_role("listitem").filter(has_text="Static industrial heat")
    expect(heat.locator("output")).to_have_text("not drawn")
    assert sum(n or 0 for n in offline.evaluate("fahsai.offlineTime.series")) == 2


@pytest.mark.parametrize(
    ("query", "status", "detail"),
    [
        ("layers=complaint_months", 400, "a row of each area for every period"),
        ("layers=pm25_surface", 404, "no layer 'pm25_surface' for an offline map"),
        ("layers=hotspots&from=2026-03-03", 400, "must be 1 to 400 days"),
        ("layers=hotspots&from=2024-01-01", 400, "must be 1 to 400 days"),
        ("province=99", 400, "there is no province '99': give its code, as in 50"),
        ("province=50&bbox=98,18,99,19", 400, "either province or bbox"),
        ("from=yesterday", 400, "from must be a day"),
        ("bbox=1,2,3", 400, "bbox must be four numbers"),
        ("limit=3", 400, "no parameter 'limit'"),
    ],
)
def test_what_cannot_be_made_is_said_with_the_remedy(
    server: str, query: str, status: int, detail: str
) -> None:
    for path in ("/export/map", "/export/map.html"):
        answer = requests.get(f"{server}{path}?{query}", timeout=60)

        assert answer.status_code == status, answer.text
        assert detail in answer.json()["detail"]


def test_too_many_features_are_refused_with_their_number(
    own_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo_api.sharing.offline.MOST_FEATURES", 3)

    answer = requests.get(f"{own_server}/export/map?layers=hotspots", timeout=60)

    assert answer.status_code == 400
    assert "would carry 4 features, more than 3: choose fewer days" in answer.json()["detail"]
    assert MOST_FEATURES == 50_000


def test_a_box_carries_what_lies_in_it(server: str) -> None:
    answer = requests.get(
        f"{server}/export/map?layers=hotspots&bbox=98.45,18,98.65,19", timeout=60
    ).json()

    assert answer["features"] == {"hotspots": 2}


def test_the_size_of_the_file_is_told_by_head_and_it_is_not_sent_twice(server: str) -> None:
    address = f"{server}/export/map.html?layers=hotspots"
    plain = {"Accept-Encoding": "identity"}

    head = requests.head(address, headers=plain, timeout=60)
    whole = requests.get(address, headers=plain, timeout=60)
    again = requests.get(address, headers={"If-None-Match": whole.headers["ETag"]}, timeout=60)

    assert int(head.headers["Content-Length"]) == len(whole.content)
    assert re.fullmatch(
        r'attachment; filename="fahsai-hotspots-2026-02-24-2026-03-02.html"',
        whole.headers["Content-Disposition"],
    )
    assert (again.status_code, again.content) == (304, b"")
