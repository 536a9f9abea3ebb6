"""The site under a path of another server: every address in it leads where it should."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.map_site.conftest import Seen
from tests.proxying import Proxied, proxied

# The second is also the name of pages of ours.
PREFIXES = ("/fahsai", "/maps")
STARTS = (
    *("/", "/?lang=en", "/field", "/search?q=สมุทร", "/embed?theme=burning", "/embed", "/about"),
    *(
        "/maps/burning",
        "/maps/green",
        "/provinces",
        "/factories",
        "/methods",
        "/status",
        "/quarantine?f=html",
        "/nowhere",
    ),
    *("/ogc", "/ogc/collections", "/ogc/collections/hotspots/items?f=html", "/catalog?f=html"),
    *("/ogc/?f=json", "/ogc/collections?f=json", "/ogc/collections/hotspots/items?limit=1&f=json"),
    *("/ogc/collections/factories/items?limit=1&f=html", "/openapi.html", "/openapi.json"),
    *("/tiles/hotspots/tilejson.json", "/api/search?q=สมุทร", "/catalog", "/field.webmanifest"),
    *("/ogc/collections/hotspots/tiles", "/sw.js", "/export/map"),
    *("/ogc/collections/factories/queryables", "/status/?f=json"),
)
_ATTRIBUTES = re.compile(r'\b(?:href|src|action|data-land)="([^"]*)"')
_STYLES = re.compile(r"url\((?!data:)([^)]+)\)")
# What looks like an address of ours in JSON or in a script within a page.
_TEXTS = re.compile(r'"((?:https?://127\.0\.0\.1[^"]*|/[a-z][a-z0-9_.-]*/?[^"\s]*))"')
_A_SHAPE_AT_MOST = 3
# What is not there, and what scripts complete.
_UNANSWERED = ("/nowhere", "/api/daily-counts/", "/staff")


@pytest.fixture(params=PREFIXES)
def site(request: pytest.FixtureRequest, demo_address: str) -> Iterator[Proxied]:
    with proxied(demo_address, request.param) as found:
        yield found


def addresses(answer: requests.Response) -> Iterator[str]:
    kind = answer.headers.get("Content-Type", "")
    text = answer.text
    if "html" in kind:
        yield from map(unescape, _ATTRIBUTES.findall(text) + _STYLES.findall(text))
        for data in re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL):
            yield from _TEXTS.findall(data)
    elif "json" in kind:
        yield from _of_json(json.loads(text))
    elif "javascript" in kind and answer.url.endswith("/sw.js"):
        yield from _TEXTS.findall(text.partition("PREFIX")[0])


def _of_json(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in ("paths", "servers", "instance", "$ref", "detail"):
                yield from _of_json(member)
    elif isinstance(value, list):
        for member in value:
            yield from _of_json(member)
    elif isinstance(value, str) and re.match(r"https?://127\.0\.0\.1|/[a-z]+/", value):
        yield value


def test_every_address_that_is_given_leads_through_the_path(site: Proxied) -> None:
    root = urlsplit(site.url).path
    waiting = [site.url + path for path in STARTS]
    asked = dict.fromkeys(waiting)
    shapes: Counter[str] = Counter()
    failed = []
    while waiting:
        url = waiting.pop(0)
        answer = requests.get(url, timeout=60)
        if answer.status_code >= 400 and not any(one in url for one in _UNANSWERED):
            failed.append((answer.status_code, url))
        for address in addresses(answer):
            found = urljoin(url, address.partition("#")[0])
            if not found.startswith(site.server) or ("{" in found and "{z}" not in found):
                continue
            assert found.startswith(f"{site.url}/"), f"{address} on {url}"
            if "{z}" in found:
                continue
            path = urlsplit(found).path.removeprefix(root)
            shape = re.sub(r"/static/.*", "/static/", re.sub(r"\d+", "N", path))
            shape = "/".join(shape.split("/")[:3])
            if found not in asked and shapes[shape] < _A_SHAPE_AT_MOST:
                shapes[shape] += 1
                asked[found] = None
                waiting.append(found)

    assert site.outside == []
    assert failed == [], failed
    assert len(asked) > len(STARTS) + 20


def test_a_browser_finds_all_that_pages_need(
    site: Proxied, browser: Browser, page: Page, seen: Seen
) -> None:
    failed: list[str] = []
    page.on(
        "response",
        lambda got: failed.append(f"{got.status} {got.url}") if got.status >= 400 else None,
    )
    for path in ("/", "/maps/burning", "/maps/air", "/factories", "/ogc/collections", "/field"):
        page.goto(site.url + path)
        page.wait_for_load_state("networkidle")
    page.goto(f"{site.url}/factories")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state("networkidle")
    expect(page).to_have_url(re.compile(re.escape(f"{site.url}/factories/")))
    page.locator("#search input").first.fill("สมุทร")
    page.get_by_role("option").first.click()
    page.wait_for_load_state("networkidle")

    assert page.url.startswith(f"{site.url}/")
    assert failed == [] and site.outside == []
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((f"{site.url}/", "data:"))] == []


def test_the_field_page_opens_without_signal_under_a_path(site: Proxied, browser: Browser) -> None:
    context = browser.new_context(locale="th-TH")
    page = context.new_page()
    page.goto(f"{site.url}/field")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    scope = page.evaluate("navigator.serviceWorker.ready.then((one) => one.scope)")
    context.set_offline(True)
    page.goto(f"{site.url}/field?km=10")

    expect(page.locator("h1").first).to_be_visible()
    assert scope == f"{site.url}/field"
    context.close()


def test_a_short_link_leads_back_through_the_path(site: Proxied) -> None:
    made = requests.post(
        f"{site.url}/api/short-links", json={"path": "/maps/air?province=50"}, timeout=60
    ).json()

    followed = requests.get(made["href"], timeout=60, allow_redirects=False)

    assert made["href"].startswith(f"{site.url}/s/")
    assert urljoin(made["href"], followed.headers["Location"]) == (
        f"{site.url}/maps/air?province=50"
    )
