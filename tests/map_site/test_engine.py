"""The map engine in a browser: it draws all there is, and counts what it has drawn."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import owner_connection
from geo_api.settings import Settings
from tests.makers import box, province
from tests.map_site.conftest import Seen
from tests.map_site.engine import Engine
from tests.map_site.rows import hotspot, station, wind
from tests.serving import service

SEASON = datetime(2026, 1, 1, 1, tzinfo=UTC)  # 08:00 in Bangkok
MANY = 6000
CLASSES = ("sugarcane", "paddy", "maize", "forest", "other")


def many_hotspots(connection: Connection) -> None:
    """More than a tile of points may have: five an hour for fifty days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', '2026-01-01Z', '2026-03-01Z')", {})
        cursor.execute(
            """
            INSERT INTO hotspot (id, acquired_at, time_precision, geom, land_use, sources)
            SELECT to_char(at, 'YYYYMMDDHH24MI') || n, at, 'minute',
                ST_Point(100 + n * 7919 %% 10007 / 10007.0, 13.3 + n * 4729 %% 9973 / 9973.0, 4326),
                (%(classes)s::text[])[n %% 6 + 1], ARRAY['firms']
            FROM generate_series(1, %(many)s) AS n,
                LATERAL (SELECT %(start)s::timestamptz + n * interval '12 minutes' AS at) AS t
            """,
            {"many": MANY, "classes": list(CLASSES), "start": SEASON},
        )
    connection.commit()


@pytest.fixture(scope="module")
def many_address(module_url: str, settings: Settings) -> Iterator[str]:
    """The address of a service over them; for tests that only read."""
    with closing(owner_connection(module_url)) as connection:
        many_hotspots(connection)
    with service(module_url, settings) as address:
        yield address


@pytest.fixture
def many(module_url: str, many_address: str) -> Iterator[Connection]:
    """What `many_address` serves."""
    with closing(owner_connection(module_url)) as connection:
        yield connection


def counted(
    connection: Connection,
    view: tuple[float, float, float, float],
    start: datetime = datetime(2000, 1, 1, tzinfo=UTC),
    end: datetime = datetime(2100, 1, 1, tzinfo=UTC),
) -> dict[str | None, int]:
    """What the database has in a view."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT land_use, count(*) FROM published.hotspots
            WHERE geom && ST_MakeEnvelope(%s, %s, %s, %s, 4326)
                AND observed_at >= %s AND observed_at < %s
            GROUP BY land_use
            """,
            (*view, start, end),
        )
        return dict(cursor.fetchall())


def test_counts_in_view_are_the_database_s_at_every_zoom(
    many: Connection, page: Page, many_address: str, seen: Seen
) -> None:
    engine = Engine(page, many_address, {"hotspots": None})

    for zoom, mode in ((5, "cells"), (6, "cells"), (8, "cells"), (12, "points")):
        engine.view(zoom)

        assert engine.mode() == mode
        assert engine.counts() == counted(many, engine.box())
    assert seen.errors == []


def test_counts_of_a_period_are_the_database_s(
    many: Connection, page: Page, many_address: str
) -> None:
    engine = Engine(page, many_address, {"hotspots": None})
    periods = [
        (SEASON + timedelta(days=3), SEASON + timedelta(days=4)),
        (SEASON + timedelta(days=10), SEASON + timedelta(days=45)),
    ]

    for zoom in (6, 9):
        engine.view(zoom)
        for start, end in periods:
            engine.period(start, end)

            assert engine.counts() == counted(many, engine.box(), start, end)


def test_a_period_without_hotspots_is_counted_as_none(
    many: Connection, page: Page, many_address: str
) -> None:
    engine = Engine(page, many_address, {"hotspots": None})

    engine.period(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 4, 8, tzinfo=UTC))

    assert engine.counts() == {}


@pytest.mark.parametrize("zoom", [6, 8, 11])
def test_a_hotspot_on_the_edge_of_tiles_is_counted_once(
    fresh: Connection, page: Page, server_url: str, zoom: int
) -> None:
    """101.25° E is an edge of all tiles from zoom 5 on."""
    for n, lon in enumerate((101.2499999, 101.25, 101.2500001)):
        hotspot(fresh, f"h{n}", SEASON, lon=lon, lat=14)
    engine = Engine(page, server_url, {"hotspots": None})

    engine.view(zoom, (101.25, 14))

    assert engine.counts() == {None: 3}


def test_only_the_chosen_classes_are_drawn_and_counted(
    many: Connection, page: Page, many_address: str
) -> None:
    engine = Engine(page, many_address, {"hotspots": None})

    for zoom in (6, 12):
        engine.view(zoom)
        page.evaluate("void layer.setClasses(new Set(['forest', null]))")

        every = counted(many, engine.box())
        assert engine.counts() == {key: every[key] for key in ("forest", None)}


def test_a_hexagon_tells_its_count_and_steps_close_no_gap(
    many: Connection, page: Page, many_address: str
) -> None:
    engine = Engine(page, many_address, {"hotspots": None})
    engine.view(6)

    told = page.evaluate(
        """(() => {
            const bins = [...layer._drawn.bins.values()];
            const hit = bins.map(({ x, y }) => layer.featureAt([fahsai.latOf(y), fahsai.lonOf(x)]
                .reduce((lat, lng) => L.latLng(lat, lng))));
            return [bins.map(({ count }) => count), hit.map(({ count }) => count)];
        })()"""
    )

    assert told[0] == told[1]
    assert sum(told[0]) == MANY
    assert page.evaluate("fahsai.stepNames([1, 3, 6, 12, 24], 'th')") == [
        *("1–2", "3–5", "6–11", "12–23", "24+")
    ]


def test_carried_features_are_drawn_as_tiles_are(
    fresh: Connection, page: Page, server_url: str
) -> None:
    for n in range(60):
        place = {"lon": 100 + n * 0.013, "lat": 13.3 + n * n % 47 * 0.02}
        hotspot(fresh, f"h{n}", SEASON, land_use=CLASSES[n % 5], **place)
    remote = Engine(page, server_url, {"hotspots": None})
    # At the same view both have the same size, for the legend lies above.
    views = [(6, 0), (10, 0)]
    pictures = []
    for zoom, _ in views:
        remote.view(zoom)
        pictures.append((remote.picture(), remote.counts()))
    items = page.request.get(f"{server_url}/ogc/collections/hotspots/items?limit=100").json()

    carried = Engine(page, server_url, {"hotspots": items})

    for (zoom, _), (picture, counts) in zip(views, pictures, strict=True):
        carried.view(zoom)
        assert carried.counts() == counts
        drawn = carried.picture()
        # A tile's places are whole parts of a 4096th of it: a mark may be a pixel off.
        apart = max(abs(a - b) for a, b in zip(picture, drawn, strict=True))
        assert apart <= (0 if zoom == 6 else 40)
        assert len(set(drawn)) > 3


def test_a_notebook_s_map_has_names_counts_and_the_simulated_mark(
    page: Page, server_url: str
) -> None:
    carried = collection(heat_class="sugarcane", sources="firms, demo")

    Engine(page, server_url, {"hotspots": carried})

    legend = page.get_by_label("จุดความร้อน")
    assert legend.get_by_text("อ้อย").is_visible()
    assert legend.get_by_text("ข้อมูลจำลอง").is_visible()


def test_areas_are_filled_by_their_values_and_hatched_without(
    fresh: Connection, page: Page, server_url: str
) -> None:
    for n, code in enumerate(("10", "11", "12", "13")):
        province(fresh, code=code, name_th=f"จ{n}", wkt=box(98 + n, 13, 99 + n, 14))
    fresh.commit()
    engine = Engine(page, server_url, {"provinces": None})
    engine.view(7)

    page.evaluate(
        """void layer.setValues(new Map([["10", 0], ["11", 4], ["12", "zero"]]),
            ["#f9dfc4", "#f2b685", "#de7f4b", "#b3481f", "#7a2410"])"""
    )

    low, high, zero = (engine.pixel(lon, 13.5) for lon in (98.5, 99.5, 100.5))
    assert (low, high) == ((0xF9, 0xDF, 0xC4, 255), (0x7A, 0x24, 0x10, 255))
    assert zero == (0xFB, 0xFA, 0xF7, 255)
    # Hatched where nothing was said: two colours within a few pixels.
    hatched = {engine.pixel(101.5 + step / 500, 13.5) for step in range(12)}
    assert len(hatched) > 1

    page.evaluate("void layer.highlight('11')")

    assert engine.pixel(99.5, 13.5) == high
    assert engine.pixel(98.5, 13.5)[3] == pytest.approx(0.42 * 255, abs=2)


def test_a_tile_that_fails_is_told_hatched_and_asked_for_again(
    many: Connection, page: Page, many_address: str
) -> None:
    engine = Engine(page, many_address, {"hotspots": None})
    page.evaluate(
        "window.failures = []; void layer.on('failed', (said) => failures.push(said.missing))"
    )
    broken = [True]

    def fail_once(route: Route) -> None:
        if broken[0]:
            route.abort()
        else:
            route.continue_()

    page.route("**/WebMercatorQuad/**", fail_once)
    page.evaluate(
        "void layer.setPeriod([Date.parse('2026-01-02T01:00Z'), Date.parse('2026-01-09T01:00Z')])"
    )
    page.wait_for_function("() => failures.length")

    assert page.evaluate("layer.countsInView()") is None
    assert page.evaluate("failures[0] === layer._drawn.missing.length")
    broken[0] = False
    engine.settle()
    assert sum(engine.counts().values()) == 7 * 24 * 5


def test_a_click_names_the_place_and_leads_on(
    fresh: Connection, page: Page, server_url: str, seen: Seen
) -> None:
    hotspot(fresh, "h1", SEASON, lon=100.5, lat=13.7, land_use="sugarcane")
    with fresh.cursor() as cursor:
        named = "UPDATE hotspot SET province_th = 'นครสวรรค์', district_th = '<b>ตาคลี'"
        cursor.execute(named, {})
    fresh.commit()
    engine = Engine(page, server_url, {"hotspots": None})
    engine.view(12)
    page.evaluate("window.told = []; void layer.on('popup', ({ id }) => told.push(id))")

    page.mouse.click(640, 400)

    popup = page.get_by_role("dialog")
    popup.get_by_role("heading", name="อ.<b>ตาคลี จ.นครสวรรค์").wait_for()
    links = {
        link.inner_text(): link.get_attribute("href") or ""
        for link in popup.get_by_role("link").all()
    }
    assert links["ดูสิ่งที่อยู่ใกล้จุดนี้"] == "/field?lat=13.70000&lon=100.50000"
    assert links["เส้นทาง (Google Maps)"].endswith("&destination=13.70000,100.50000")
    assert page.evaluate("told") == ["h1"]
    assert seen.errors == []


def collection(**properties: Any) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [100.5, 13.7]}
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    return {"type": "FeatureCollection", "features": [feature]}


def test_wind_is_an_arrow_to_where_it_blows_of_the_last_hour_that_was_seen(
    fresh: Connection, page: Page, server_url: str
) -> None:
    station(fresh, pm25=20.0)
    wind(fresh, "27t", SEASON, from_deg=180)
    wind(fresh, "27t", SEASON + timedelta(hours=1), from_deg=0)
    wind(fresh, "27t", SEASON + timedelta(hours=2), from_deg=180, forecast=True)
    engine = Engine(page, server_url, {"wind": None})

    engine.view(12, (100.3, 13.6))

    assert page.evaluate("layer._drawn.tiles.reduce((sum, { xs }) => sum + xs.length, 0)") == 1
    px = 360 / (256 * 2**12)
    # From the north: all of it is below.
    assert engine.pixel(100.3, 13.6 - 16 * px)[3] == 255
    assert engine.pixel(100.3, 13.6 + 16 * px)[3] == 0


def test_calm_wind_is_a_ring_without_a_direction(
    fresh: Connection, page: Page, server_url: str
) -> None:
    station(fresh, pm25=20.0)
    wind(fresh, "27t", SEASON, from_deg=0, speed_m_s=0.4)
    engine = Engine(page, server_url, {"wind": None})

    engine.view(12, (100.3, 13.6))

    px = 360 / (256 * 2**12)
    around = {
        engine.pixel(100.3 + x * px, 13.6 + y * px)[3] for x, y in ((0, 15), (15, 0), (0, -15))
    }
    assert around == {255}
    assert engine.pixel(100.3, 13.6)[3] == 0
