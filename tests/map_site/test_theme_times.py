"""Times in the address of a theme page: partly known, to come, unreadable, too long."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from tests.databases import new_database
from tests.makers import factory, factory_return, publish_carbon
from tests.map_site.conftest import Seen
from tests.map_site.rows import succeeded
from tests.map_site.theme import (
    TODAY,
    counted,
    fires,
    late_fires,
    morning,
    total,
    visit,
    wait_for,
)


@pytest.fixture(scope="module")
def site(database_url: str, season_template: str, settings: Settings) -> Iterator[str]:
    """A season of fires; carbon of 2025."""
    with new_database(database_url, season_template) as url:
        with closing(owner_connection(url)) as connection:
            succeeded(connection, "air4thai", "traffy", "diw", "green_industry", "factory_returns")
            works = factory(connection, lon=100.5, lat=13.5)
            factory_return(connection, works, 2025, quantity=1_000_000)
            publish_carbon(connection)
            connection.commit()
        with morning(url, settings) as address:
            yield address


def notes(page: Page) -> str:
    return page.locator("#theme-notes").inner_text()


def change(page: Page) -> str:
    return page.locator("#theme-change").inner_text()


def test_days_that_are_to_come_have_none_before_them(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    fires(own_season, 9, TODAY.replace(year=2025, month=4))

    visit(page, f"{own_season_address}/maps/burning?from=2026-02-20&to=2026-04-30")

    assert "40" in change(page)  # of last season to 2 March, and not the 9 of April


def test_of_a_late_feed_a_time_that_is_known_is_compared(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    late_fires(own_season)

    visit(page, f"{own_season_address}/maps/burning?from=2026-02-20&to=2026-02-24&view=compare")
    known = change(page)
    is_hatched = page.evaluate("fahsai.theme.facts.isBaseKnown === false")
    visit(page, f"{own_season_address}/maps/burning?from=2026-02-20&to=2026-03-02&view=compare")
    beyond = change(page)

    assert "ข้อมูลล่าช้า ไม่เทียบ" not in known and "ฤดูก่อน" in known
    assert not is_hatched
    assert beyond == "ข้อมูลล่าช้า ไม่เทียบ"


def test_a_time_before_the_data_is_not_called_late(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    late_fires(own_season)

    visit(page, f"{own_season_address}/maps/burning?from=2023-11-25&to=2023-12-05")

    assert change(page) == "ไม่มีข้อมูลช่วงก่อนให้เทียบ"
    assert "ไม่มีข้อมูลก่อน 2 ธ.ค. 2566" in notes(page)


def test_the_bar_tells_the_time_of_the_heading(
    page: Page, own_season: Connection, own_season_address: str
) -> None:
    visit(page, f"{own_season_address}/maps/burning?from=2026-03-05&to=2026-03-10")

    heading = page.locator("#theme-period").inner_text()
    assert heading == "5 มี.ค. 2569 – 10 มี.ค. 2569"
    assert page.locator(".timebar-range").first.inner_text() == f"{heading} · 6 วัน"


@pytest.mark.parametrize("theme", ["burning", "air"])
def test_only_of_known_days_something_is_asked(
    page: Page, seen: Seen, site: str, theme: str
) -> None:
    visit(page, f"{site}/maps/{theme}?from=1900-01-01&to=9999-12-31")

    assert 0 < len([url for url in seen.requests if "/api/daily-counts" in url]) <= 4
    expect(page.locator("#theme-notes .note")).to_have_count(1)


@pytest.mark.parametrize("theme", ["burning", "air"])
def test_a_year_that_cannot_be_is_told(page: Page, seen: Seen, site: str, theme: str) -> None:
    visit(page, f"{site}/maps/{theme}?from=0001-01-01&to=0001-02-01")

    assert "ที่อยู่มีช่วงเวลาที่อ่านไม่ได้" in notes(page)
    assert seen.errors == []


@pytest.mark.parametrize(
    "asked", ["from=2569-02-20&to=2569-03-02", "from=2026-02-20&to=2569-03-02"]
)
def test_a_buddhist_year_is_refused_with_the_year_to_use(page: Page, site: str, asked: str) -> None:
    visit(page, f"{site}/maps/burning?{asked}&classes=forest")

    assert "เป็นปี พ.ศ." in notes(page)
    assert "3112" not in page.locator("#main").inner_text()
    page.locator("#theme-notes a").click()
    counted(page)

    expect(page.locator("#theme-period")).to_contain_text("20 ก.พ. 2569 – 2 มี.ค. 2569")
    expect(total(page)).to_have_text("5")


def test_a_year_without_carbon_is_told_beside_the_one_that_is_shown(page: Page, site: str) -> None:
    visit(page, f"{site}/maps/green?number=carbon&year=2019")

    assert notes(page) == "ไม่มีข้อมูลปี 2562 แสดงปี 2568 แทน"


def test_a_theme_without_another_time_opens_its_map_instead_of_comparing(
    page: Page, seen: Seen, site: str
) -> None:
    visit(page, f"{site}/maps/green?view=compare")
    wait_for(page, "fahsai.theme.sides?.now.provinces._drawn")

    expect(page.locator("#main")).to_have_attribute("data-view", "map")
    assert seen.errors == []


def test_back_takes_the_language_s_link_along(page: Page, site: str) -> None:
    visit(page, f"{site}/maps/burning")
    page.locator('[data-class="sugarcane"]').click()
    counted(page)
    link = page.locator("a.language")
    expect(link).to_have_attribute("href", "/maps/burning?classes=sugarcane&lang=en")

    page.go_back()

    expect(link).to_have_attribute("href", "/maps/burning?lang=en")
