"""A browser, and a service over a database of the test's own."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, owner_connection
from geo_api.database.logins import login_url
from geo_api.demo.load import load
from geo_api.settings import Settings
from tests.databases import new_database, template_database
from tests.map_site.theme import morning, season
from tests.serving import serving

# Debian's Chromium without windows of its own: they would take more time than the pages in them.
CHROMIUM = "/usr/bin/chromium-headless-shell"
DEMO_NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
# As long as Playwright waits for all else, instead of 5 s: it only matters where a test fails.
PATIENCE_MS = 30_000
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
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop window."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800}, locale="th-TH")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """A desktop window for tests of a module that go to an address and look: it keeps scripts that
    it compiled, which takes longer than most pages. Whoever clicks or stores has `page`."""
    opened = browser.new_page(viewport={"width": 1280, "height": 800}, locale="th-TH")
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


@pytest.fixture(scope="session")
def demo_reads(
    database_url: str, template: str, run_home: Path, settings: Settings
) -> Iterator[Pool]:
    """A tenth of the demo, until DEMO_NOW, in the middle of a burning season."""

    def fill(url: str) -> None:
        with closing(owner_connection(url)) as connection:
            load(connection, scale=0.1, seed=1, until=DEMO_NOW, say=lambda _: None)
            for analysis in ("upwind_fires", "carbon_vintages"):
                analyse(connection, analysis, settings)
            connection.commit()

    with (
        template_database(database_url, run_home, "demo_season", fill, base=template) as name,
        new_database(database_url, name) as url,
    ):
        pool = Pool(login_url(url, READER), 4)
        yield pool
        pool.close()


@pytest.fixture(scope="session")
def demo_address(demo_reads: Pool, settings: Settings) -> Iterator[str]:
    """The address of a service over it, in the morning of DEMO_NOW; for tests that only read."""
    with serving(create_app(demo_reads, settings, now=lambda: DEMO_NOW)) as address:
        yield address


@pytest.fixture(scope="session")
def season_template(database_url: str, template: str, run_home: Path) -> Iterator[str]:
    """The name of a database with `theme.season` to copy, whose rows take as long as a page."""

    def fill(url: str) -> None:
        with closing(owner_connection(url)) as connection:
            season(connection)

    with template_database(database_url, run_home, "season", fill, base=template) as name:
        yield name


@pytest.fixture(scope="session")
def season_address(database_url: str, season_template: str, settings: Settings) -> Iterator[str]:
    """The address of the service over that season, in the morning; for tests that only read."""
    with new_database(database_url, season_template) as url, morning(url, settings) as address:
        yield address


@pytest.fixture
def own_season_url(database_url: str, season_template: str) -> Iterator[str]:
    """The owner's URL of that season in a database of one test's own, where it may commit."""
    with new_database(database_url, season_template) as url:
        yield url


@pytest.fixture
def own_season(own_season_url: str) -> Iterator[Connection]:
    """The owner's connection to it."""
    with closing(owner_connection(own_season_url)) as opened:
        yield opened


@pytest.fixture
def own_season_address(own_season_url: str, settings: Settings) -> Iterator[str]:
    """The address of the service over it, in the morning."""
    with morning(own_season_url, settings) as address:
        yield address
