"""Fires over rows: what is joined, that the order of arrival means nothing, and what is kept."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.settings import Settings
from tests.geo_api.ingest.test_hotspot_merge import Report, firms, gistda, load, standard
from tests.geo_api.reports.rows import fetched
from tests.makers import province

NOON = datetime(2026, 2, 3, 6, 38, tzinfo=UTC)
DAY = timedelta(days=1)
STEP = 0.004  # degrees of latitude: 442 m
FIRE = {"lon": 100.2, "lat": 13.6, "daynight": "D", "scan_km": 0.4, "track_km": 0.4}


def seen(north: int, days: float, **changes: Any) -> Report:
    """A detection so many steps north of the first, so many days after it."""
    at = NOON + days * DAY
    place = FIRE | {"lat": round(FIRE["lat"] + north * STEP, 5)}  # type: ignore[operator]
    return firms(**place, acquired_at=at) | changes


def join(connection: Connection, home: Path) -> str:
    connection.commit()
    return analyse(connection, "fire_events", Settings(home))


def fires(connection: Connection, *columns: str) -> list[tuple[Any, ...]]:
    told = ", ".join(columns or ("id", "detections", "observed_at", "last_seen"))
    return fetched(connection, f"SELECT {told} FROM published.fire_events ORDER BY id")


def everything(connection: Connection) -> list[tuple[Any, ...]]:
    """All that is kept but when, by which Run and in which transaction."""
    return fetched(
        connection,
        "SELECT to_jsonb(e) - 'run_id' - 'computed_at' - 'changed_in',"
        " (SELECT array_agg(m.hotspot_id ORDER BY m.hotspot_id) FROM fire_event_member AS m"
        " WHERE m.event_id = e.id) FROM fire_event AS e ORDER BY e.id",
    )


def test_what_satellites_see_near_to_each_other_is_one_fire(fresh: Connection, home: Path) -> None:
    province(fresh)
    load(
        fresh,
        seen(0, 0, frp_mw=3.0, land_use="sugarcane"),
        seen(1, 0.02, satellite="N20", frp_mw=5.0, land_use="sugarcane"),
        seen(2, 4, satellite="A", instrument="MODIS", frp_mw=None, land_use="paddy"),
        seen(9, 0, satellite="N21"),
    )

    said = join(fresh, home)

    assert "4 detections are of 2 fires, 2 new" in said
    one, other = fires(
        fresh,
        *("detections", "satellites", "detections_n", "detections_n20", "detections_a"),
        *("frp_sum_mw", "frp_max_mw", "land_use", "land_use_pct", "province_code"),
    )
    assert one == (3, "N, N20, A", 1, 1, 1, 8.0, 5.0, "sugarcane", 67, "74")
    assert other[:2] == (1, "N21")
    [(first, last), _] = fires(fresh, "observed_at", "last_seen")
    assert (first, last) == (NOON, NOON + 4 * DAY)


def test_it_is_called_as_its_first_detection_and_keeps_the_name_as_passes_arrive(
    fresh: Connection, home: Path
) -> None:
    load(fresh, seen(0, 0))
    join(fresh, home)
    [(name, *_)] = fires(fresh)
    assert fetched(fresh, "SELECT id FROM hotspot") == [(name,)]

    for day in range(1, 8):
        load(fresh, seen(day % 3, day))
        join(fresh, home)

    assert fires(fresh) == [(name, 8, NOON, NOON + 7 * DAY)]


def test_the_order_of_arrival_means_nothing(fresh: Connection, home: Path) -> None:
    reports = [seen(n % 7 * 2, n * 0.9, frp_mw=1.0 + n) for n in range(14)] + [
        gistda(**FIRE, acquired_at=NOON + 2 * DAY),
        seen(20, 1, satellite=None, scan_km=None, daynight=None),
    ]
    load(fresh, *reports)
    join(fresh, home)
    whole = everything(fresh)
    assert 1 < len(whole) < 15

    for seed in range(4):
        shuffled = random.Random(seed).sample(reports, len(reports))
        fetched(fresh, "DELETE FROM hotspot")
        join(fresh, home)
        assert everything(fresh) == []
        for start in range(0, len(shuffled), 3):
            load(fresh, *shuffled[start : start + 3])
            join(fresh, home)

        assert everything(fresh) == whole


def test_another_pass_and_another_delivery_of_the_same_change_nothing(
    fresh: Connection, home: Path
) -> None:
    reports = [seen(n, n) for n in range(5)]
    load(fresh, *reports)
    join(fresh, home)
    statement = "SELECT id, run_id, computed_at FROM fire_event"
    before, kept = fetched(fresh, statement), everything(fresh)

    load(fresh, *reports)
    said = join(fresh, home)

    assert fetched(fresh, statement) == before and everything(fresh) == kept
    assert "0 days changed" in said


def test_only_fires_about_days_that_changed_are_read(fresh: Connection, home: Path) -> None:
    load(fresh, *(seen(n * 5, 0) for n in range(10)))
    join(fresh, home)
    load(fresh, seen(0, 20), seen(1, 20))

    said = join(fresh, home)

    assert "1 days changed; 2 detections are of 1 fires, 1 new" in said


def test_a_detection_between_two_fires_makes_them_one_with_the_name_of_the_older(
    fresh: Connection, home: Path
) -> None:
    load(fresh, seen(0, 0), seen(2, 1))
    join(fresh, home)
    [(older, *_), _] = fires(fresh)

    load(fresh, seen(1, 0.5))
    said = join(fresh, home)

    assert fires(fresh) == [(older, 3, NOON, NOON + DAY)]
    assert "1 no more" in said


def test_what_is_replaced_or_taken_away_is_in_no_fire_any_more(
    fresh: Connection, home: Path
) -> None:
    load(fresh, seen(0, 0), seen(1, 1), seen(2, 2))
    join(fresh, home)
    [(name, *_)] = fires(fresh)

    fetched(fresh, "DELETE FROM hotspot WHERE acquired_at = '2026-02-04 06:38Z'")
    join(fresh, home)
    assert [row[1] for row in fires(fresh)] == [1, 1]

    load(fresh, standard(**FIRE, acquired_at=NOON + timedelta(minutes=1)))
    join(fresh, home)
    ids = [row[0] for row in fires(fresh)]
    assert name not in ids and len(ids) == 2
    assert fetched(fresh, "SELECT count(*) FROM fire_event_member") == [(2,)]


def test_static_industrial_heat_is_in_no_fire_and_uncertain_heat_is_counted(
    fresh: Connection, home: Path
) -> None:
    load(fresh, seen(0, 0), seen(1, 0), seen(9, 0))
    join(fresh, home)
    statement = (
        "UPDATE hotspot SET heat_source = %(said)s, run_id = 10000 WHERE ST_Y(geom) = %(lat)s"
    )
    fetched(fresh, statement, said="industrial_static", lat=FIRE["lat"])
    fetched(fresh, statement, said="uncertain", lat=13.604)

    join(fresh, home)

    assert fires(fresh, "detections", "detections_uncertain") == [(1, 0), (1, 1)] or fires(
        fresh, "detections", "detections_uncertain"
    ) == [(1, 1), (1, 0)]


def test_what_is_known_to_a_window_of_days_is_in_no_fire(fresh: Connection, home: Path) -> None:
    load(fresh, seen(0, 0, time_precision="window", acquired_from=NOON - DAY))

    join(fresh, home)

    assert fires(fresh) == []


def test_outlines_are_of_pixels_and_say_whose_size_is_not_told(
    fresh: Connection, home: Path
) -> None:
    load(
        fresh,
        seen(0, 0, scan_km=0.375, track_km=0.375),
        seen(9, 0, scan_km=0.8, track_km=0.78),
        seen(18, 0, scan_km=None, track_km=None),
        seen(27, 0, instrument="MODIS", satellite="T", scan_km=None, track_km=None),
        seen(36, 0),
        seen(37, 0, scan_km=None),
    )

    join(fresh, home)

    found = fires(fresh, "ST_Y(ST_Centroid(geom))", "outline_ha", "pixel_sizes")
    assert [row[1:] for row in sorted(found)] == [
        (pytest.approx(14.1, abs=0.05), "told"),
        (pytest.approx(62.4, abs=0.05), "told"),
        (pytest.approx(14.1, abs=0.05), "nadir"),
        (pytest.approx(100.0, abs=0.1), "nadir"),
        (pytest.approx(33, abs=4), "partly"),
    ]
    [(azimuth,)] = fetched(
        fresh,
        "SELECT min(degrees(ST_Azimuth(ST_PointN(ring, n), ST_PointN(ring, n + 1)))) FROM (SELECT"
        " ST_ExteriorRing((ST_Dump(geom)).geom) AS ring FROM fire_event ORDER BY outline_ha LIMIT 1"
        ") AS r, generate_series(1, 4) AS n",
    )
    assert 70 < azimuth < 82  # across a path of 347 degrees


def test_the_nearest_town_is_told_with_its_distance(fresh: Connection, home: Path) -> None:
    load(fresh, seen(0, 0, lon=100.501, lat=13.76))

    join(fresh, home)

    assert fires(fresh, "town_th", "town_en", "town_km") == [("กรุงเทพฯ", "Bangkok", 0.7)]


def test_nothing_detected_is_no_fire_and_no_failure(fresh: Connection, home: Path) -> None:
    assert "0 fires" in join(fresh, home)
