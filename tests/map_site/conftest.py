"""A browser, and a service over a database of the test's own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Debian's Chromium without windows of its own: they would take more time than the pages in them.
CHROMIUM = "/usr/bin/chromium-headless-shell"
# Nothing of its own business on the network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Seen:
    """What a page did: the addresses it asked for, and what it complained of."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a worker; each test opens a window that shares nothing with others."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop window; waits are short, since the service is on this machine."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800}, locale="th-TH")
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def seen(page: Page) -> Seen:
    """Watches `page` from before its first visit."""
    found = Seen()
    page.on("request", lambda request: found.requests.append(request.url))
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on(
        "console",
        lambda said: found.errors.append(said.text) if said.type in ("error", "warning") else None,
    )
    return found
