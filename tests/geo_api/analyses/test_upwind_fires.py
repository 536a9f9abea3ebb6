"""Fires upwind of factories by day: which count, what is not judged, and which days are due."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection
from pyproj import Geod

from geo_api.analyses import analyse
from geo_api.analyses.upwind_fires import NoWind
from geo_api.settings import Settings
from layers.methods.upwind import direction, is_upwind
from tests.makers import factory, insert, wind_reading

WGS84 = Geod(ellps="WGS84")
LON, LAT = 100.25, 14.35
DAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)  # 08:00 in Thailand
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def months(fresh: Connection) -> None:
    rows(fresh, "SELECT ensure_months('air_measurement', '2026-02-01', '2026-03-31')")
    rows(fresh, "SELECT ensure_months('hotspot', '2026-02-01', '2026-03-31')")


def rows(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def wind(
    connection: Connection,
    from_deg: float = 0,
    speed_m_s: float = 2,
    *,
    at: datetime = MORNING,
    station: str = "36t",
    away_m: float = 5000,
    forecast: bool = False,
) -> None:
    """A reading of a station east of the factory."""
    if not rows(connection, f"SELECT FROM air_station WHERE id = '{station}'"):
        lon, lat, _ = WGS84.fwd(LON, LAT, 90, away_m)
        insert(connection, "air_station", id=station, lon=lon, lat=lat, source="air4thai")
    wind_reading(connection, station, at, from_deg=from_deg, speed_m_s=speed_m_s, forecast=forecast)


def fire(
    connection: Connection,
    azimuth: float,
    metres: float,
    at: datetime = MORNING - 6 * HOUR,
    land_use: str = "paddy",
) -> None:
    lon, lat, _ = WGS84.fwd(LON, LAT, azimuth, metres)
    insert(
        connection,
        "hotspot",
        id=f"{at:%Y%m%d%H%M}-{azimuth:g}-{metres:g}",
        acquired_at=at,
        time_precision="minute",
        lon=lon,
        lat=lat,
        land_use=land_use,
        sources=["firms"],
    )


def judge(connection: Connection, home: Path, day: date | None = DAY) -> str:
    connection.commit()
    return analyse(connection, "upwind_fires", Settings(home), day)


def upwind(connection: Connection) -> list[tuple[object, ...]]:
    return rows(
        connection,
        "SELECT factory_id, fires, round(nearest_m), nearest_land_use"
        " FROM published.factory_upwind_days ORDER BY factory_id",
    )


def coverage(connection: Connection) -> list[tuple[object, ...]]:
    return rows(
        connection,
        "SELECT province_code, factories, judged FROM published.upwind_coverage"
        " ORDER BY province_code",
    )


def test_a_fire_due_north_with_wind_from_the_north_counts(fresh: Connection, home: Path) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    wind(fresh, from_deg=0)
    fire(fresh, 0, 8900)
    fire(fresh, 20, 9300, land_use="sugarcane")
    fire(fresh, 180, 2000)

    said = judge(fresh, home)

    assert upwind(fresh) == [("mill", 2, 8900, "paddy")]
    assert coverage(fresh) == [("74", 1, 1)]
    assert said == (
        "upwind_fires: days computed: 1, the last 2026-03-02; of that day 1 of 1 judged factories"
        " had fires upwind (1 operate)"
    )


@pytest.mark.parametrize(
    ("azimuth", "metres", "counts"),
    [(44.9, 5000, True), (45.1, 5000, False), (315.1, 5000, True), (314.9, 5000, False),
     (0, 9999.9, True), (0, 10000.1, False)],
)  # fmt: skip
def test_the_quarter_and_the_radius_are_exact(
    fresh: Connection, home: Path, azimuth: float, metres: float, counts: bool
) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    wind(fresh, from_deg=0)
    fire(fresh, azimuth, metres)

    judge(fresh, home)

    assert bool(upwind(fresh)) is counts
    assert coverage(fresh) == [("74", 1, 1)]


@pytest.mark.parametrize(
    ("hours", "counts"), [(-25, False), (-24, True), (-0.1, True), (0, False), (1, False)]
)
def test_the_day_ends_at_eight_in_thailand(
    fresh: Connection, home: Path, hours: float, counts: bool
) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    wind(fresh)
    fire(fresh, 0, 3000, at=MORNING + hours * HOUR)

    judge(fresh, home)

    assert bool(upwind(fresh)) is counts


def test_in_a_calm_a_factory_beside_a_fire_is_not_judged_and_others_have_none(
    fresh: Connection, home: Path
) -> None:
    factory(fresh, "beside", lon=LON, lat=LAT)
    factory(fresh, "clear", lon=LON + 1, lat=LAT)
    wind(fresh, speed_m_s=0.9)
    fire(fresh, 0, 3000)

    judge(fresh, home)

    assert upwind(fresh) == []
    assert coverage(fresh) == [("74", 2, 1)]


@pytest.mark.parametrize(
    "reading",
    [{"away_m": 50_001}, {"at": MORNING - 3 * HOUR}, {"at": MORNING + HOUR}, {"forecast": True}],
)
def test_a_wind_far_away_or_of_another_hour_says_nothing(
    fresh: Connection, home: Path, reading: dict[str, object]
) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    wind(fresh, station="elsewhere", away_m=300_000)
    wind(fresh, **reading)  # type: ignore[arg-type]
    fire(fresh, 0, 3000)

    judge(fresh, home)

    assert (upwind(fresh), coverage(fresh)) == ([], [("74", 1, 0)])


def test_the_nearest_station_with_a_reading_speaks(fresh: Connection, home: Path) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    wind(fresh, from_deg=180, station="silent", away_m=100, at=MORNING - 5 * HOUR)
    wind(fresh, from_deg=0, station="near", away_m=20_000)
    wind(fresh, from_deg=180, station="far", away_m=30_000)
    fire(fresh, 0, 3000)

    judge(fresh, home)

    assert upwind(fresh) == [("mill", 1, 3000, "paddy")]


def test_only_factories_that_operate_and_have_a_place_are_reckoned(
    fresh: Connection, home: Path
) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    factory(fresh, "gone", lon=LON, lat=LAT, status="struck_off")
    insert(fresh, "factory", id="lost", source="diw", name="ก", status="operating")
    wind(fresh)
    fire(fresh, 0, 3000)

    judge(fresh, home)

    assert upwind(fresh) == [("mill", 1, 3000, "paddy")]
    assert coverage(fresh) == [("74", 1, 1)]


def test_the_same_day_again_takes_its_place(fresh: Connection, home: Path) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    wind(fresh)
    fire(fresh, 0, 3000)
    judge(fresh, home)
    fire(fresh, 0, 2000)

    judge(fresh, home)

    assert upwind(fresh) == [("mill", 2, 2000, "paddy")]
    assert coverage(fresh) == [("74", 1, 1)]


def test_without_a_day_those_with_wind_that_are_due_are_reckoned(
    fresh: Connection, home: Path
) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    fire(fresh, 0, 3000, at=MORNING - timedelta(days=20))
    for days in (0, 1, 2, 3, 10):
        wind(fresh, at=MORNING - timedelta(days=days))

    first = judge(fresh, home, None)
    second = judge(fresh, home, None)

    assert first.startswith("upwind_fires: days computed: 5, the last 2026-03-02")
    assert second == "upwind_fires: every day is there as its winds and fires are"
    kept = rows(fresh, "SELECT DISTINCT day FROM published.upwind_coverage ORDER BY day")
    assert [day for (day,) in kept] == [
        *(date(2026, 2, day) for day in (20, 27, 28)),
        *(date(2026, 3, day) for day in (1, 2)),
    ]


def test_a_day_is_reckoned_anew_when_its_winds_or_fires_change_and_forgotten_without_winds(
    fresh: Connection, home: Path
) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    for days in (0, 10, 20):
        fire(fresh, 0, 3000, at=MORNING - timedelta(days=days) - HOUR)
        wind(fresh, at=MORNING - timedelta(days=days))
    judge(fresh, home, None)

    rows(fresh, "DELETE FROM hotspot WHERE acquired_at < '2026-02-12' RETURNING 1")
    without_fire = judge(fresh, home, None)
    fire(fresh, 0, 2500, at=MORNING - timedelta(days=10) - HOUR)
    with_fire = judge(fresh, home, None)
    rows(fresh, "DELETE FROM air_measurement WHERE observed_at < '2026-03-01' RETURNING 1")
    said = judge(fresh, home, None)

    assert "days computed: 1, the last 2026-02-20" in with_fire
    assert upwind(fresh) == [("mill", 1, 3000, "paddy")]
    assert coverage(fresh) == [("74", 1, 1)]
    assert "no wind any more" in without_fire + said


def test_of_the_last_days_the_register_is_told_as_it_is(fresh: Connection, home: Path) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    fire(fresh, 0, 3000, at=MORNING - timedelta(days=20))
    for days in (0, 10):
        wind(fresh, at=MORNING - timedelta(days=days))
    judge(fresh, home, None)
    factory(fresh, "new", lon=LON + 1, lat=LAT)

    said = judge(fresh, home, None)

    assert said.startswith("upwind_fires: days computed: 1, the last 2026-03-02")
    assert sorted(coverage(fresh)) == [("74", 1, 1), ("74", 2, 2)]


def test_a_day_without_any_wind_fails_the_run_and_stays_unknown(
    fresh: Connection, home: Path
) -> None:
    factory(fresh, "mill", lon=LON, lat=LAT)
    with pytest.raises(NoWind, match="there are none"):
        judge(fresh, home)
    wind(fresh, at=MORNING - timedelta(days=1))
    fire(fresh, 0, 3000)

    with pytest.raises(NoWind, match="08:00 of 2026-03-02"):
        judge(fresh, home)

    assert coverage(fresh) == []


@pytest.mark.parametrize("bearing", [0, 44, 45, 46, 134, 180, 225, 314, 315, 359])
@pytest.mark.parametrize("wind_from", [0, 10, 90, 350])
def test_the_database_and_the_method_agree_on_what_is_upwind(
    fresh: Connection, bearing: float, wind_from: float
) -> None:
    [(told,)] = rows(fresh, f"SELECT is_upwind({bearing}, {wind_from}, 45)")

    assert told is is_upwind(bearing, wind_from)
    assert is_upwind(bearing, None) is None


def test_a_direction_is_the_nearest_of_eight() -> None:
    assert [direction(deg) for deg in (0, 22, 23, 180, 337, 338, 360)] == [
        *("north", "north", "north_east", "south", "north_west", "north", "north"),
    ]
