"""What the legends of layers that are switched on say of times and of directions."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from tests.makers import insert
from tests.map_site.test_theme_layers import DAY, TODAY, fires_met
from tests.map_site.test_theme_pages import reading
from tests.map_site.theme import MORNING, legend, visit, wait_for


@pytest.fixture
def compared(own_season: Connection) -> None:
    """This season to date and two before, of the country and of a province; the first of them was
    seen by other satellites."""
    with own_season.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        [(run,)] = cursor.fetchall()
    for season, change, why in (
        (2025, 25.0, "few_weeks"),
        (2024, -10.0, "few_weeks"),
        (2023, None, "other_satellites"),
    ):
        for kind, code in (("country", "TH"), ("province", "74")):
            insert(
                own_season, "season_comparison", season=season, area_kind=kind, area_code=code,
                land_use="all", this_season=2025, first_day=f"{season}-12-01",
                last_day=f"{season + 1}-03-02", detections=50, compared=50, compared_this=40,
                change_pct=change, abstained=why, by_satellite="{}", satellites="{N}",
                method="m", source="season_comparison", run_id=run,
            )  # fmt: skip
    own_season.commit()


THIS_SEASON = "ฤดูเผา 2568/69 (1 ธ.ค. 2568 – 2 มี.ค. 2569)"
LAST_SEASON = "ฤดูเผา 2568/69 เทียบกับวันเดียวกันของฤดู 2567/68 (1 ธ.ค. 2567 – 2 มี.ค. 2568)"


@pytest.mark.parametrize(
    ("day", "said", "drawn"),
    [("2026-01-15", THIS_SEASON, [25.0]), ("2025-01-15", LAST_SEASON, [-10.0])],
)
def test_a_season_is_compared_whole_whatever_days_of_it_are_chosen(
    page: Page, compared: None, own_season_address: str, day: str, said: str, drawn: list[float]
) -> None:
    visit(page, f"{own_season_address}/maps/burning?layers=season_comparison&from={day}&to={day}")

    told = legend(page, "season_comparison")
    expect(told).to_contain_text(said)
    expect(told).to_contain_text("ไม่ใช่เฉพาะวันที่เลือก")
    expect(told).to_contain_text("น้อยกว่าสี่สัปดาห์")  # why there is no interval
    classes = ["< -30", "-30 – < -10", "-10 – < 10", "10 – < 30", "30+"]
    classes += ["นับแล้ว แต่ไม่เทียบ", "ไม่มีข้อมูล"]
    expect(told.locator("li")).to_have_text(classes)
    layer = "fahsai.theme.sides.now.layers.season_comparison._drawn"
    wait_for(page, f"{layer}?.tiles.some(({{ pieces }}) => pieces.length)")
    pieces = f"{layer}.tiles.flatMap(({{ pieces }}) => pieces)"
    assert set(page.evaluate(f"{pieces}.map((one) => one.properties.change_pct)")) == set(drawn)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "2024-01-15",
            "Burning season 2023/24 (1 Dec 2023 – 2 Mar 2024)"
            " · Not compared, or no interval, for other satellites were there",
        ),
        ("2019-01-15", "Burning season 2018/19 is not compared"),
    ],
)
def test_of_a_season_that_is_not_compared_that_is_said(
    page: Page, compared: None, own_season_address: str, day: str, said: str
) -> None:
    asked = f"layers=season_comparison&from={day}&to={day}&lang=en"
    visit(page, f"{own_season_address}/maps/burning?{asked}")

    told = legend(page, "season_comparison")
    expect(told.get_by_text(said, exact=True)).to_be_visible()
    expect(told).to_contain_text("Counted, but not compared")
    expect(told).to_contain_text("No data")


def test_the_legend_says_of_which_days_marks_are_that_are_each_the_newest_of_its_station(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    fires_met(own_season, TODAY - DAY, TODAY - 3 * DAY)
    fires_met(own_season, TODAY - 5 * DAY, station="28t", lon=100.6)

    asked = f"layers=fire_contribution&from={TODAY - 7 * DAY}&to={TODAY}&lang=en"
    visit(page, f"{own_season_address}/maps/air?{asked}")

    told = legend(page, "fire_contribution")
    expect(told).to_contain_text(
        "Shown: the newest day of each place, from 25 Feb 2026 to 1 Mar 2026 (days end at 08:00)"
    )


# How wide a swatch's ink is above its middle and below, and whether it is in the middle, too.
INKED = """(canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    const isInk = (x, y) => data[4 * (y * width + x) + 3] > 128 && data[4 * (y * width + x)] < 128;
    const rows = Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_, x) => isInk(x, y)).filter(Boolean).length);
    const [above, below] = [rows.slice(0, height / 2), rows.slice(height / 2)];
    return { above: Math.max(...above), below: Math.max(...below),
        middle: isInk(width / 2, height / 2) };
}"""


def test_the_legend_of_wind_has_its_arrow_and_the_ring_of_a_calm(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    reading(own_season, "27t", MORNING - timedelta(hours=2), 20)
    with own_season.cursor() as cursor:
        cursor.execute("UPDATE air_measurement SET wind_speed_m_s = 3, wind_from_deg = 90")
    own_season.commit()

    visit(
        page,
        f"{own_season_address}/maps/air?layers=wind&from={TODAY}&to={TODAY}&z=9&lat=13.6&lon=100.3",
    )

    told = legend(page, "wind")
    expect(told).to_contain_text("ที่แสดงคือของ 2 มี.ค. 2569 07:00")
    expect(told.locator("li")).to_have_text(["ลูกศรชี้ทิศที่พัดไป", "สงบ หรือไม่ทราบทิศ"])
    arrow, ring = (swatch.evaluate(INKED) for swatch in told.locator("canvas").all())
    assert arrow["middle"] and arrow["above"] > 2 * arrow["below"]
    assert not ring["middle"] and ring["above"] == ring["below"]
