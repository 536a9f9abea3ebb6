"""Fires by zones of mills: shares by hand, what is declared, the limits, and what is not said."""

import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection
from pyproj import Geod

from geo_api.analyses import analyse
from geo_api.analyses.mill_burning import NoMills, UnusableReach
from geo_api.settings import Settings
from layers.sources.mill_intake import DECAY_KM, REACH_KM
from tests.makers import factory, insert

WGS84 = Geod(ellps="WGS84")
# A square's middle, due north of which the second mill lies, 60 km away.
LON, LAT = 101.505, 15.005
OPENED = date(2025, 12, 1)


@pytest.fixture(autouse=True)
def season(fresh: Connection) -> None:
    rows(fresh, "DELETE FROM cane_opening; DELETE FROM cane_season RETURNING 1")
    insert(
        fresh, "cane_season", season=2025, opened_on=OPENED, closed_on="2026-03-31",
        daily_cap_pct=20, season_cap_pct=10, source="test",
    )  # fmt: skip
    rows(fresh, "SELECT ensure_months('hotspot', '2025-08-01', '2026-12-31')")
    # Detections are known from then on.
    fire(fresh, date(2025, 9, 30), land_use="forest")


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def mill(connection: Connection, id: str, km_north: float, **values: object) -> str:
    lon, lat, _ = WGS84.fwd(LON, LAT, 0, km_north * 1000)
    factory(connection, id, lon=lon, lat=lat, factory_class="01103", **values)  # type: ignore[arg-type]
    return id


def fire(
    connection: Connection,
    day: date = date(2025, 12, 5),
    *,
    km_north: float = 0,
    satellite: str = "N20",
    land_use: str | None = "sugarcane",
) -> None:
    """At 13:00 in Thailand the day before: of the 24 hours that end with the day."""
    lon, lat, _ = WGS84.fwd(LON, LAT, 0, km_north * 1000)
    at = f"{day - timedelta(days=1)}T06:00Z"
    insert(
        connection, "hotspot", id=f"{at}-{km_north:g}-{satellite}-{land_use}", acquired_at=at,
        time_precision="minute", lon=lon, lat=lat, land_use=land_use, satellite=satellite,
        sources=["gistda"],
    )  # fmt: skip


def intake(
    connection: Connection,
    mill_ref: str,
    first: date,
    last: date | None = None,
    *,
    fresh: float | None,
    burnt: float | None,
    pct: float | None = None,
    cumulative: bool = False,
) -> None:
    insert(
        connection, "mill_intake", mill_ref=mill_ref, season=2025, first_day=first,
        last_day=last or first, cumulative=cumulative, fresh_t=fresh, burnt_t=burnt,
        burnt_pct=pct, source="mill_intake",
    )  # fmt: skip


def compute(connection: Connection, home: Path, **settings: str) -> str:
    connection.commit()
    return analyse(connection, "mill_burning", Settings(home, sources=settings))


def of_mill(connection: Connection, columns: str, ref: str, span: str = "season") -> Any:
    found = rows(
        connection,
        f"SELECT {columns} FROM mill_burning WHERE mill_ref = '{ref}' AND span = '{span}'"
        " ORDER BY first_day",
    )
    return found[0] if span == "season" else found


def test_a_fire_within_reach_of_two_mills_is_of_each_by_its_distance(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "near", 10)
    mill(fresh, "far", 40)
    mill(fresh, "out-of-reach", 50.1)
    fire(fresh)

    compute(fresh, home)

    share = 1 / (1 + math.exp(-30 / 20))
    told = dict(rows(fresh, "SELECT mill_ref, (fires, variance, nearest)::text FROM mill_fire_day"))
    assert told.keys() == {"near", "far"}
    near = [float(text) for text in str(told["near"]).strip("()").split(",")]
    assert near == pytest.approx([share, share * (1 - share), 1])
    assert rows(fresh, "SELECT abs(sum(fires) - 1) <= 1e-9 FROM mill_fire_day") == [(True,)]


def test_reach_and_decay_are_settings_and_no_distance_is_refused(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "near", 10)
    mill(fresh, "far", 60)
    fire(fresh)

    compute(fresh, home, **{REACH_KM: "70", DECAY_KM: "50"})

    assert of_mill(fresh, "fires", "near") == pytest.approx((1 / (1 + math.exp(-1)),))
    assert of_mill(fresh, "method", "far") == (
        "mill_zone_shares 2: fires by day, shares exp(-d/50 km) within 70 km",
    )
    with pytest.raises(UnusableReach, match="FAHSAI_MILL_REACH_KM must be km"):
        compute(fresh, home, **{REACH_KM: "0"})


def test_several_detections_of_a_square_on_one_day_are_one_fire(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "mill", 10)
    for satellite in ("N", "N20", "A"):
        fire(fresh, satellite=satellite)
    fire(fresh, date(2025, 12, 6))
    fire(fresh, land_use="paddy")
    fire(fresh, land_use=None)

    compute(fresh, home)

    assert of_mill(fresh, "fires, fires_nearest, fire_days", "mill") == (2.0, 2, 2)


def test_squares_of_one_fire_event_are_one_fire_when_events_are_known(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "mill", 10)
    fire(fresh)
    fire(fresh, km_north=0.7)
    fire(fresh, km_north=-9)

    compute(fresh, home)
    assert of_mill(fresh, "fires", "mill") == (3.0,)
    fresh.commit()
    analyse(fresh, "fire_events", Settings(home))
    assert "days reckoned: 1," in compute(fresh, home)

    assert of_mill(fresh, "fires, fires_nearest, fire_days", "mill") == (2.0, 2, 1)
    assert "days reckoned: 0," in compute(fresh, home)


def test_every_fire_is_counted_once_in_zones_or_out_of_all(fresh: Connection, home: Path) -> None:
    for number, km in enumerate((0, 30, 60, 100)):
        mill(fresh, f"mill-{number}", km)
    for km in range(-120, 160, 7):
        fire(fresh, km_north=km)

    compute(fresh, home)

    [(fires, squares)] = rows(
        fresh,
        "SELECT sum(fires), (SELECT count(DISTINCT floor(ST_Y(geom) * 100)) FROM hotspot"
        "  WHERE land_use = 'sugarcane')"
        " FROM mill_fire_day",
    )
    assert fires == pytest.approx(squares, abs=1e-9)
    assert rows(fresh, "SELECT nearest > 0 FROM mill_fire_day WHERE mill_ref = ''") == [(True,)]


def test_a_mill_that_did_not_declare_is_not_told_as_zero(fresh: Connection, home: Path) -> None:
    mill(fresh, "silent", 10)
    fire(fresh, date(2026, 3, 31))

    compute(fresh, home)

    columns = "declared, fresh_t, burnt_t, burnt_pct, days_above_cap, abstained, residual_rank"
    not_told = ("not_declared", None, None, None, None, "not_declared", None)
    assert of_mill(fresh, columns, "silent") == not_told
    assert rows(fresh, "SELECT DISTINCT declared, burnt_pct FROM published.mill_fortnights") == [
        ("not_declared", None)
    ]


def test_a_week_is_the_difference_of_tonnes_and_never_of_shares(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "mill", 10)
    fire(fresh, date(2026, 3, 31))
    # Cumulative shares of 20 and 18 %: of the second half 120 of 800 t, which is 15 %.
    intake(fresh, "mill", date(2025, 12, 15), fresh=400, burnt=100, cumulative=True)
    intake(fresh, "mill", date(2025, 12, 31), fresh=1080, burnt=220, cumulative=True)
    intake(fresh, "mill", date(2026, 1, 31), fresh=None, burnt=None, pct=12, cumulative=True)

    compute(fresh, home)

    halves = of_mill(fresh, "declared, fresh_t, burnt_t, burnt_pct", "mill", "fortnight")
    assert halves[:3] == [
        ("declared", 400.0, 100.0, pytest.approx(20)),
        ("declared", 680.0, 120.0, pytest.approx(15)),
        ("not_declared", None, None, None),
    ]
    assert of_mill(fresh, "declared, declared_days, burnt_pct, burnt_pct_told", "mill") == (
        "partly", 31, pytest.approx(220 / 13), 12.0,
    )  # fmt: skip


def test_what_says_the_same_twice_is_counted_once_and_what_contradicts_is_not_told(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "mill", 10)
    mill(fresh, "other", 20)
    fire(fresh, date(2026, 3, 31))
    intake(fresh, "mill", date(2025, 12, 1), date(2025, 12, 15), fresh=900, burnt=100)
    intake(fresh, "mill", date(2025, 12, 3), fresh=50, burnt=50)
    intake(fresh, "other", date(2025, 12, 1), date(2025, 12, 10), fresh=900, burnt=100)
    intake(fresh, "other", date(2025, 12, 5), date(2025, 12, 15), fresh=900, burnt=100)

    compute(fresh, home)

    columns = "declared, declared_days, burnt_t, days_told, days_above_cap, abstained"
    halves = of_mill(fresh, columns, "mill", "fortnight")
    assert halves[0] == ("declared", 15, 100.0, 1, 1, None)
    halves = of_mill(fresh, "burnt_t, abstained", "other", "fortnight")
    assert halves[0] == (None, "contradictory")


def test_days_above_the_limit_are_counted_where_there_is_a_limit_and_it_was_told_by_day(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "mill", 10)
    fire(fresh, date(2026, 3, 31))
    for day, burnt in ((1, 19.9), (2, 20), (3, 20.1)):
        intake(fresh, "mill", date(2025, 12, day), fresh=100 - burnt, burnt=burnt)

    compute(fresh, home)

    limits = "daily_cap_pct, season_cap_pct, days_told, days_above_cap"
    assert of_mill(fresh, limits, "mill") == (20.0, 10.0, 3, 1)
    rows(fresh, "UPDATE cane_season SET daily_cap_pct = NULL RETURNING 1")
    compute(fresh, home)
    assert of_mill(fresh, limits, "mill") == (None, 10.0, 3, None)


def test_mills_are_ranked_by_fires_beyond_what_they_declared(fresh: Connection, home: Path) -> None:
    # So far apart that each fire is of one; 16 fires of 400 t, 4 per 100 t.
    for number, (fires, burnt) in enumerate(((9, 100), (4, 200), (3, 100))):
        mill(fresh, f"mill-{number}", 150 * number)
        for square in range(fires):
            fire(fresh, km_north=150 * number + 1.5 * square)
        intake(fresh, f"mill-{number}", OPENED, date(2025, 12, 15), fresh=1000 - burnt, burnt=burnt)
    mill(fresh, "silent", 450)
    fire(fresh, date(2025, 12, 31), km_north=450)

    compute(fresh, home)

    told = rows(
        fresh,
        "SELECT mill_ref, expected, residual, residual_rank, ranked FROM mill_burning"
        " WHERE span = 'fortnight' AND last_day = '2025-12-15' AND residual IS NOT NULL"
        " ORDER BY residual_rank",
    )
    assert told == [
        ("mill-0", 4.0, pytest.approx(3 + math.sqrt(10) - math.sqrt(17)), 1, 3),
        ("mill-2", 4.0, pytest.approx(math.sqrt(3) + 2 - math.sqrt(17)), 2, 3),
        ("mill-1", 8.0, pytest.approx(2 + math.sqrt(5) - math.sqrt(33)), 3, 3),
    ]


def test_no_reader_sees_what_is_expected_of_a_mill_or_its_rank(fresh: Connection) -> None:
    columns = rows(
        fresh,
        "SELECT DISTINCT column_name FROM information_schema.columns"
        " WHERE table_schema = 'published' AND table_name LIKE 'mill%'",
    )

    assert {("fires",), ("burnt_pct",)} <= set(columns)
    assert {"expected", "residual", "residual_rank"}.isdisjoint(name for (name,) in columns)


def test_a_mill_of_the_list_that_the_register_does_not_place_is_place_unknown(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "10620000125552", 10)
    factory(
        fresh, "other", lon=101, lat=15, factory_class="01103", registration_no="จ3-11(3)-1/53สท"
    )
    fire(fresh)

    said = compute(fresh, home)

    assert "58 mills, 2 with a place" in said
    [(unknown,)] = rows(
        fresh,
        "SELECT count(*) FROM published.mill_burning WHERE location = 'unknown' AND geom IS NULL"
        " AND fires IS NULL AND abstained = 'place_unknown'",
    )
    assert unknown == 56
    # By its old number, however it is written, the list's 14 digits.
    assert of_mill(fresh, "declared", "10640000125535") == ("not_declared",)


def test_a_declared_zone_counts_before_any_distance(fresh: Connection, home: Path) -> None:
    mill(fresh, "near", 1)
    mill(fresh, "declared", 30)
    insert(
        fresh, "mill_zone", mill_ref="declared", season=2025, source="mill_zones",
        wkt=f"POLYGON(({LON - 0.1} {LAT - 0.1}, {LON + 0.1} {LAT - 0.1}, {LON + 0.1} {LAT + 0.1},"
        f" {LON - 0.1} {LAT + 0.1}, {LON - 0.1} {LAT - 0.1}))",
    )  # fmt: skip
    fire(fresh)
    fire(fresh, date(2025, 8, 20))
    fire(fresh, km_north=40)

    compute(fresh, home)

    told = rows(
        fresh, "SELECT day, mill_ref, round(fires::numeric, 3) FROM mill_fire_day ORDER BY 1, 2"
    )
    places = [(str(day), ref) for day, ref, _ in told]
    assert places == [
        ("2025-08-20", "declared"),
        ("2025-08-20", "near"),
        ("2025-12-05", "declared"),
        ("2025-12-05", "near"),
    ]
    # Long before the season no zone of it holds yet.
    alone = 1 / (1 + math.exp(-29 / 20))
    fires = [float(fires) for _, _, fires in told]
    assert fires == pytest.approx([1 - alone, alone, 1 + alone, 1 - alone], abs=2e-3)
    assert of_mill(fresh, "zone_basis", "declared") == ("declared",)


def test_a_season_ends_with_its_closing_or_as_the_longest_known(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "mill", 10)
    insert(fresh, "cane_season", season=2024, opened_on="2024-12-06", source="test")
    insert(fresh, "cane_opening", season=2025, area="74", opened_on="2025-12-20", source="test")
    rows(fresh, "SELECT ensure_months('hotspot', '2024-11-01', '2025-09-30')")
    for day in (date(2024, 11, 20), date(2025, 1, 5), date(2026, 2, 10)):
        fire(fresh, day)

    compute(fresh, home)

    assert rows(
        fresh,
        "SELECT season, first_day::text, last_day::text, end_known_by, fires"
        " FROM mill_burning WHERE span = 'season' AND mill_ref = 'mill' ORDER BY 1",
    ) == [
        # 120 days, as from 1 December to 31 March.
        (2024, "2024-12-06", "2025-04-05", "longest", 1.0),
        (2025, "2025-12-20", "2026-02-10", "now", 1.0),
    ]
    assert rows(
        fresh,
        "SELECT min(first_day)::text FROM mill_burning"
        " WHERE span = 'fortnight' AND season = 2025 AND mill_ref = 'mill'",
    ) == [("2025-12-20",)]


def test_before_detections_are_known_no_fires_are_told(fresh: Connection, home: Path) -> None:
    rows(fresh, "DELETE FROM hotspot RETURNING 1")
    mill(fresh, "mill", 10)
    fire(fresh, date(2026, 1, 20))
    intake(fresh, "mill", OPENED, date(2025, 12, 15), fresh=900, burnt=100)

    compute(fresh, home)

    halves = of_mill(fresh, "fires, burnt_t, abstained", "mill", "fortnight")
    assert halves[0] == (None, 100.0, "not_observed")


def test_what_is_as_it_was_stays_and_what_changed_is_reckoned_again(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "mill", 10)
    fire(fresh)
    fire(fresh, date(2025, 12, 20))
    compute(fresh, home)
    state = "SELECT array_agg(run_id ORDER BY first_day) FROM mill_burning"
    before = rows(fresh, state)

    said = compute(fresh, home)

    assert "days reckoned: 0" in said and rows(fresh, state) == before
    rows(fresh, "DELETE FROM hotspot WHERE acquired_at < '2025-12-10' RETURNING 1")
    fire(fresh, date(2025, 12, 20), km_north=5)
    said = compute(fresh, home)
    assert "days reckoned: 2, with 2 fires" in said
    assert rows(fresh, "SELECT day::text, fires FROM mill_fire_day") == [("2025-12-20", 2.0)]
    # Another reach makes other zones.
    assert "days reckoned: 1" in compute(fresh, home, **{REACH_KM: "8"})
    # A square at 5 km is of the mill, and one at 10 km of none.
    assert rows(fresh, "SELECT mill_ref, fires FROM mill_fire_day ORDER BY 1") == [
        ("", 1.0),
        ("mill", 1.0),
    ]


def test_in_whatever_order_detections_come_the_fires_are_the_same(
    fresh: Connection, home: Path
) -> None:
    mill(fresh, "a", 10)
    mill(fresh, "b", 25)
    places = [0, 3, 9, 14, 21]
    told = []
    for order in (places, places[::-1]):
        rows(fresh, "DELETE FROM hotspot RETURNING 1")
        for km in order:
            fire(fresh, km_north=km)
            compute(fresh, home)
        told.append(
            rows(fresh, "SELECT day, mill_ref, fires, variance FROM mill_fire_day ORDER BY 2")
        )

    assert told[0] == told[1]


def test_without_mills_nothing_is_computed(fresh: Connection, home: Path) -> None:
    with pytest.raises(NoMills, match="needs sugar mills"):
        compute(fresh, home)
