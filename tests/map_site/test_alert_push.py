"""Somebody chooses to be told by this browser: what it is asked, and what is said where it refuses.

Headless Chromium has no push service: where one is needed, what it gives is put in its place.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geo_api.alerts.ways.push import encoded
from tests.geo_api.alerts.test_push import Browser as Keys

ENDPOINT = "https://fcm.googleapis.com/fcm/send/a-browser-of-a-test"
_SUBSCRIBES = """(subscription) => {
  PushManager.prototype.subscribe = async function (options) {
    self.asked = Array.from(options.applicationServerKey);
    sessionStorage.setItem("asked", JSON.stringify(self.asked));
    return { ...subscription, toJSON: () => subscription };
  };
}"""
_FAILS = """PushManager.prototype.subscribe = async () => {
  throw new DOMException("Registration failed - push service error", "AbortError");
};"""


def form(browser: Browser, server_url: str, *allowed: str, script: str = "") -> Page:
    context = browser.new_context(locale="en-GB", permissions=list(allowed))
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.goto(f"{server_url}/alerts?lang=en")
    page.get_by_label("Or a point").fill("13.55, 100.25")
    page.get_by_text("Notifications of this browser").click()
    return page


@pytest.fixture
def opened(browser: Browser) -> Iterator[None]:
    """Closes what tests opened."""
    before = set(browser.contexts)
    yield
    for context in set(browser.contexts) - before:
        context.close()


@pytest.mark.usefixtures("opened")
def test_a_browser_that_subscribes_leads_to_what_it_is_told_of_and_does_so_again(
    browser: Browser, server_url: str
) -> None:
    subscription = json.loads(Keys().subscription(ENDPOINT))
    page = form(
        browser,
        server_url,
        "notifications",
        script=f"({_SUBSCRIBES})({json.dumps(subscription)})",
    )
    expect(page.get_by_text("the browser asks whether it may show them")).to_be_visible()

    page.get_by_role("button", name="Ask to be told").click()
    page.wait_for_url(f"{server_url}/alerts/*")

    mine = page.url.partition("?")[0]
    expect(page.get_by_role("heading", name="My alerts")).to_be_visible()
    expect(page.locator(".report-kept li")).to_have_count(1)
    asked = bytes(json.loads(page.evaluate("sessionStorage.getItem('asked')")))
    assert (len(asked), asked[0]) == (65, 4)  # an uncompressed point of P-256

    # Who is known already has the same page, with both.
    page.goto(f"{server_url}/alerts?lang=en")
    assert page.locator("#alert-subscription").get_attribute("data-key") == encoded(asked)
    page.get_by_label("Or a point").fill("18.80, 98.98")
    page.get_by_text("Notifications of this browser").click()
    page.get_by_role("button", name="Ask to be told").click()
    page.wait_for_url(f"{server_url}/alerts/*")
    assert page.url.partition("?")[0] == mine
    expect(page.locator(".report-kept li")).to_have_count(2)


@pytest.mark.usefixtures("opened")
def test_where_notifications_are_refused_nothing_is_sent_and_a_remedy_is_said(
    browser: Browser, server_url: str
) -> None:
    page = form(browser, server_url)
    assert page.evaluate("Notification.permission") == "denied"

    page.get_by_role("button", name="Ask to be told").click()

    expect(page.get_by_role("alert")).to_contain_text("choose another way")
    expect(page.locator("#alert-push-refused")).to_be_focused()
    assert page.url == f"{server_url}/alerts?lang=en"
    page.locator("input[value='email']").check()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.usefixtures("opened")
def test_where_the_push_service_fails_nothing_is_sent_and_it_can_be_tried_again(
    browser: Browser, server_url: str
) -> None:
    page = form(browser, server_url, "notifications", script=_FAILS)

    page.get_by_role("button", name="Ask to be told").click()

    expect(page.get_by_role("alert")).to_contain_text("could not subscribe")
    expect(page.get_by_role("button", name="Ask to be told")).to_be_enabled()


def test_without_a_script_the_choice_is_not_there(browser: Browser, server_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server_url}/alerts?lang=en")

    expect(page.get_by_text("Notifications of this browser")).to_be_hidden()
    expect(page.locator("input[value='email']")).to_be_visible()
    context.close()
