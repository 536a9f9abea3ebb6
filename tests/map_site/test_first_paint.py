"""A page is painted with the first answer: on a slow line its words wait for no other file."""

import pytest
from playwright.sync_api import Page, Route
from psycopg2.extensions import connection as Connection

from tests.map_site.rows import small_world

PATHS = ("/maps/complaints", "/provinces", "/field", "/status", "/about", "/nowhere")
ITEMS = "/ogc/collections/hotspots/items"


@pytest.mark.parametrize("path", (*PATHS, ITEMS))
def test_a_page_is_laid_out_before_any_other_file_has_come(
    path: str, fresh: Connection, page: Page, server_url: str
) -> None:
    small_world(fresh)

    def only_the_page(route: Route) -> None:
        if route.request.is_navigation_request():
            route.continue_()

    page.route("**/*", only_the_page)

    page.goto(server_url + path, wait_until="commit")
    page.wait_for_selector("main h1")

    style = "getComputedStyle(document.querySelector('.top')).display"
    assert page.evaluate(style) == "flex"
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().height") > 0
    page.unroute_all(behavior="ignoreErrors")
