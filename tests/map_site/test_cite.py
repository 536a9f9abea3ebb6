"""Citing a map from its share menu, and the page of a citation: by key, thumb and language."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.settings import Settings
from tests.map_site.conftest import Seen
from tests.map_site.test_accessibility import problems
from tests.map_site.theme import counted, morning, season

BURNING = "/maps/burning?from=2026-02-20&to=2026-03-02&province=74"
ITEMS = "/ogc/collections/hotspots/items?province_code=74"


@pytest.fixture
def site(fresh: Connection, fresh_url: str, settings: Settings) -> Iterator[str]:
    season(fresh)
    with morning(fresh_url, settings) as address:
        yield address


def cited(site: str, path: str) -> str:
    """The address of the page of a new citation."""
    answer = requests.post(f"{site}/api/citations", json={"path": path}, timeout=30)
    assert answer.status_code == 200, answer.text
    found: str = answer.json()["address"]
    return found


def changed(connection: Connection, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.commit()


def test_a_map_is_cited_by_key_from_its_share_menu_and_stands_on_paper(
    page: Page, seen: Seen, site: str
) -> None:
    page.goto(site + BURNING)
    counted(page)
    page.get_by_role("button", name="แชร์").first.click()
    button = page.get_by_role("button", name="สร้างการอ้างอิง")
    button.focus()

    page.keyboard.press("Enter")

    address = page.get_by_role("textbox", name="อ้างอิง")
    expect(address).to_have_value(re.compile(rf"^{site}/cite/[0-9a-z]{{8}}$"))
    assert problems(page) == []
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#cited-line")).to_contain_text("/cite/")
    page.emulate_media(media="screen")
    page.evaluate("fahsai.theme.choose({ province: null })")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#cited-line")).to_have_text("")
    assert seen.errors == []


def test_the_page_of_a_citation_proves_its_rows_in_both_languages(
    page: Page, seen: Seen, site: str
) -> None:
    address = cited(site, BURNING)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.goto(address)

    expect(page.locator("main .note")).to_contain_text("ยังเป็นแถวเดิมทุกแถว")
    expect(page.get_by_role("link", name="เปิดหน้านี้ (แสดงข้อมูลปัจจุบัน)")).to_have_attribute(
        "href", "/maps/burning?from=2026-02-20&province=74&to=2026-03-02"
    )
    page.get_by_role("region", name="BibTeX").get_by_role("button", name="คัดลอก").press("Enter")
    expect(page.locator("#announcement")).to_have_text("คัดลอกแล้ว")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert (
        copied
        == requests.get(
            f"{site}/api/citations/{address.rpartition('/')[2]}?f=bibtex", timeout=30
        ).text
    )
    assert problems(page) == []
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("main .note")).to_contain_text("Every row is still the same")
    assert problems(page) == []
    assert seen.errors == []


# How far below the baseline an underscore of a link reaches, and its underline lies (px).
UNDERLINED = """() => {
  const style = getComputedStyle(document.querySelector("a.wraps"));
  const context = document.createElement("canvas").getContext("2d");
  context.font = style.font;
  const reach = context.measureText("_").actualBoundingBoxDescent;
  return [reach, parseFloat(style.textUnderlineOffset)];
}"""


def test_an_underscore_of_a_cited_address_is_seen_above_the_underline(
    page: Page, site: str
) -> None:
    page.goto(cited(site, ITEMS))

    reach, underline = page.evaluate(UNDERLINED)

    assert 0 < reach < underline


def test_the_page_of_a_citation_fits_a_telephone(browser: Browser, site: str) -> None:
    address = cited(site, BURNING)
    page = browser.new_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)

    page.goto(address)

    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = problems(page)
    page.close()
    assert (wider, found) == (0, [])


def test_the_page_says_what_is_no_longer_there_and_what_is_not_the_same(
    fresh: Connection, site: str
) -> None:
    address = cited(site, ITEMS)
    changed(fresh, "UPDATE hotspot SET frp_mw = 9 WHERE land_use = 'forest'")
    kept = requests.get(address, timeout=30).text
    changed(fresh, "SELECT erase_history('hotspot', '{\"land_use\": \"forest\"}', 'มาตรา 33')")
    erased = requests.get(address, timeout=30).text
    changed(fresh, "UPDATE hotspot SET frp_mw = 7")
    changed(fresh, "DELETE FROM history.hotspot")
    altered = requests.get(address, timeout=30).text

    assert 'data-state="holds"' in kept
    assert 'data-state="erased"' in erased and "มาตรา 33" in erased
    assert 'data-state="altered"' in altered


def test_a_citation_is_made_without_a_script_and_refused_in_words(site: str) -> None:
    asked = requests.get(f"{site}/cite", {"path": ITEMS}, timeout=30)
    made = requests.post(f"{site}/cite", {"path": f"{site}{ITEMS}"}, timeout=30)
    refused = requests.post(f"{site}/cite?lang=en", {"path": "/staff/work"}, timeout=30)

    assert f'value="{ITEMS}"' in asked.text
    assert re.fullmatch(rf"{site}/cite/[0-9a-z]+", made.url)
    assert made.status_code == 200
    assert refused.status_code == 400
    assert "This address cannot be cited" in refused.text


def test_an_unknown_citation_is_a_page_that_says_so(site: str) -> None:
    assert requests.get(f"{site}/cite/zzzzzzzz", timeout=30).status_code == 404


def test_an_offline_map_leads_to_where_its_data_are_cited(site: str) -> None:
    told = requests.get(
        f"{site}/export/map?layers=hotspots&from=2026-02-20&to=2026-03-02&province=74", timeout=30
    ).json()
    file = requests.get(site + told["href"], timeout=30).text
    [path] = re.findall(rf'href="{site}/cite\?path=([^"]+)"', file)
    without_time = unquote(path).replace("&amp;", "&").partition("&as_of=")[0]

    page = requests.post(f"{site}/cite", {"path": without_time}, timeout=30).text

    assert "as_of" in path
    assert 'data-state="holds"' in page
    assert f"{told['features']['hotspots']} แถว" in page
