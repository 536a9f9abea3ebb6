"""A small season for the theme pages, and the service as it was one morning in March."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool, Reads
from geo_api.database.logins import login_url
from geo_api.settings import Settings
from tests.makers import box, province
from tests.map_site.rows import hotspot, succeeded
from tests.serving import serving

MORNING = datetime(2026, 3, 2, 2, tzinfo=UTC)  # 09:00 in Thailand
# Of 2 March: the 24 hours that end at its 08:00 in Thailand.
TODAY = datetime(2026, 3, 1, 6, tzinfo=UTC)
FIRST = datetime(2023, 12, 1, 6, tzinfo=UTC)  # of 2 December
A_YEAR = timedelta(days=365)
PROVINCES = (("74", "สมุทรสาคร", 100.0), ("73", "นครปฐม", 101.0), ("70", "ราชบุรี", 102.0))


def two_provinces_and_a_third(connection: Connection) -> None:
    """Beside each other, a degree wide."""
    for code, name, west in PROVINCES:
        outline = box(west, 13.0, west + 1, 14.0)
        province(connection, code, name_th=name, name_en=f"Province {code}", wkt=outline)
    succeeded(connection, "firms", "boundaries")


def fires(
    connection: Connection,
    count: int,
    at: datetime,
    *,
    west: float = 100.0,
    land_use: str | None = "sugarcane",
) -> None:
    """So many in the province that begins at `west`, each a minute after the other."""
    for number in range(count):
        hotspot(
            connection,
            f"{west}-{land_use}-{at:%Y%m%d%H}-{number}",
            at + timedelta(minutes=number),
            lon=west + 0.1 + 0.8 * number / max(count, 2),
            lat=13.2 + 0.6 * number / max(count, 2),
            land_use=land_use,
        )


def season(connection: Connection) -> None:
    """This season 40 in one province and 15 in the other, of last season's same days 25 and 15."""
    two_provinces_and_a_third(connection)
    fires(connection, 25, TODAY)
    fires(connection, 5, TODAY, land_use="forest")
    fires(connection, 10, TODAY - timedelta(days=30), land_use="paddy")
    fires(connection, 15, TODAY - timedelta(days=5), west=101.0, land_use=None)
    fires(connection, 2, TODAY, west=104.0)  # in no province
    fires(connection, 1, FIRST)
    fires(connection, 25, TODAY - A_YEAR)
    fires(connection, 15, TODAY - A_YEAR, west=101.0)


@contextmanager
def morning(url: str, settings: Settings, reads: Reads | None = None) -> Iterator[str]:
    """The address of the service, at that time."""
    pool = Pool(login_url(url, READER), 2)
    with serving(create_app(reads or pool, settings, now=lambda: MORNING)) as address:
        yield address
    pool.close()


def late_fires(connection: Connection) -> None:
    """Takes away what came after 25 February, as of a feed that is late."""
    with connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM hotspot WHERE acquired_at > '2026-02-25Z'")


def visit(page: Page, address: str) -> None:
    """Opens it and waits until everything is counted."""
    page.goto(address)
    counted(page)


def counted(page: Page) -> None:
    expect(page.locator("#main")).to_have_attribute("aria-busy", "false")


def wait_for(page: Page, expression: str) -> None:
    """Until it is true in the page, whose policy lets no text be run."""
    page.wait_for_function(f"() => Boolean({expression})")


def total(page: Page) -> Locator:
    return page.locator("#theme-total")


def legend(page: Page, layer: str) -> Locator:
    """That of a layer which is switched on beside the theme's own."""
    return page.locator(f'#theme-legend [data-layer="{layer}"]')


def ranking(page: Page) -> list[tuple[str, str]]:
    """Names and values as the ranking has them."""
    rows = page.locator("#theme-ranking tbody tr")
    read = """rows => rows.map((row) => [
        (row.querySelector(".name a") || row.querySelector(".name")).textContent,
        row.querySelector(".value").textContent])"""
    return [(name, value) for name, value in rows.evaluate_all(read)]


def table(page: Page) -> list[dict[str, str]]:
    """The table's rows, by the titles of its columns."""
    found: Any = page.locator("#theme-table table").evaluate(
        """table => {
            const titles = [...table.tHead.querySelectorAll("th")].map((th) => th.textContent);
            return [...table.tBodies[0].rows, ...(table.tFoot?.rows || [])].map((row) =>
                Object.fromEntries([...row.cells].map((cell, i) =>
                    [titles[i], cell.innerText.trim()])));
        }"""
    )
    return list(found)
