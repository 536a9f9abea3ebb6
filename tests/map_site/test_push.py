"""What a browser shows of an alert that came by Web Push. The message is given to the service
worker by the browser's own tools: headless Chromium has no push service to subscribe to."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Worker

from geo_api.alerts.ways.push import content
from tests.geo_api.alerts.messages import LINE, message

# Chromium's headless shell lets nobody show notifications: what it is asked to is kept instead.
_KEEP = """() => {
  self.shown = [];
  ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
    self.shown.push({ title, ...options });
  };
}"""


@pytest.fixture
def field(browser: Browser, server_url: str) -> Iterator[Page]:
    """A page with the service worker at work."""
    context = browser.new_context(locale="th-TH")
    page = context.new_page()
    page.goto(f"{server_url}/field")
    page.evaluate("navigator.serviceWorker.ready")
    yield page
    context.close()


@pytest.fixture
def worker(field: Page) -> Worker:
    """The service worker of the page."""
    [found] = field.context.service_workers
    found.evaluate(_KEEP)
    return found


def deliver(page: Page, data: str) -> None:
    """To the service worker, as the push service would."""
    session = page.context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.extend(told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    while not registrations:
        page.wait_for_timeout(50)
    origin = page.evaluate("location.origin")
    known = {one["registrationId"]: one["scopeURL"] for one in registrations}
    [id] = [id for id, scope in known.items() if scope == f"{origin}/field"]
    values = {"origin": origin, "registrationId": id, "data": data}
    session.send("ServiceWorker.deliverPushMessage", values)


def shown(worker: Worker, least: int = 1) -> list[dict[str, Any]]:
    """What the worker asked the browser to show, once it was as many."""
    for _ in range(200):
        found: list[dict[str, Any]] = worker.evaluate("self.shown")
        if len(found) >= least:
            break
        time.sleep(0.05)
    return found


def test_an_alert_is_shown_in_thai_and_knows_the_map_that_it_opens(
    field: Page, worker: Worker
) -> None:
    sent = message({})

    deliver(field, content(sent).decode())

    [alert] = shown(worker)
    assert alert["title"] == sent.subject
    assert alert["body"].startswith(LINE.said.th)
    assert alert["data"] == {"url": LINE.map_url}
    assert (alert["lang"], alert["tag"]) == ("th", sent.id)


def test_what_cannot_be_read_is_shown_as_ours_all_the_same(field: Page, worker: Worker) -> None:
    deliver(field, "no JSON")

    [alert] = shown(worker)
    assert alert["title"] == "ฟ้าใส Fahsai"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (LINE.map_url, "/provinces/50"),
        ("https://example.org/maps/air?lang=en#9/13/100", "/maps/air?lang=en#9/13/100"),
        ("javascript:alert(1)", "/"),
        ("//example.org", "/"),
        ("https://example.org//other.example/", "//other.example/"),
        ("", "/"),
    ],
)
def test_a_notification_opens_nothing_but_this_service(
    worker: Worker, server_url: str, url: str, path: str
) -> None:
    assert worker.evaluate("opened", url) == f"{server_url}{path}"
