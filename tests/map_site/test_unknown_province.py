"""A page that takes a province refuses one that there is not, and says what to do."""

import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from layers.catalog import catalog
from map_site.theme import THEME_PAGES
from tests.map_site.test_accessibility import problems

BROWSER = {"Accept": "text/html"}
TAKING = (
    "/",
    "/emissions",
    "/maps/carbon",
    "/maps/complaints",
    "/embed",
    "/export/map",
    *(theme.path for theme in THEME_PAGES),
    *(f"/data/{name}/filter" for name in sorted(catalog())[:1]),
)


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("path", TAKING)
def test_a_province_that_there_is_not_is_refused_with_the_remedy(
    client: TestClient, path: str, lang: str
) -> None:
    asked = {"province": "99<b>"} | ({"lang": "en"} if lang == "en" else {})
    accepts = {**BROWSER, "Accept-Language": lang}

    answer = client.get(path, params=asked, headers=accepts, follow_redirects=False)

    assert 400 <= answer.status_code < 500
    said = {"th": "ไม่มีจังหวัดรหัส “99&lt;b&gt;”", "en": "There is no province “99&lt;b&gt;”"}[lang]
    assert said in answer.text
    assert {"th": "เลขสองหลัก เช่น 50", "en": "two digits, as 50"}[lang] in answer.text
    assert "<b>" not in re.sub(r"<b>[^<]*</b>", "", answer.text)


@pytest.mark.parametrize("asked", ["province=", "province=74", ""])
def test_a_province_that_there_is_or_none_is_taken(client: TestClient, asked: str) -> None:
    assert client.get(f"/maps/burning?{asked}", headers=BROWSER).status_code == 200


def test_from_there_the_page_opens_without_a_province_and_back_leads_there(
    page: Page, season_address: str
) -> None:
    asked = "from=2026-02-20&to=2026-03-02&classes=forest,paddy"
    page.goto(f"{season_address}/maps/burning?province=99&{asked}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("ไม่มีจังหวัดรหัส “99”")
    expect(page.locator("a.language")).to_have_attribute(
        "href", re.compile(r"province=99.*lang=en")
    )
    assert problems(page) == []

    page.get_by_role("link", name="เปิดโดยไม่เลือกจังหวัด").click()

    expect(page).to_have_url(f"{season_address}/maps/burning?{asked}")
    expect(page.locator("#theme-period")).to_contain_text("20 ก.พ. 2569")

    page.go_back()

    expect(heading).to_have_text("ไม่มีจังหวัดรหัส “99”")
