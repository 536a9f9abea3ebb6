"""Fires along the air's way: in planted worlds found, beside other days not, and not in a calm."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import analyse
from geo_api.analyses.fire_contribution import NoStations
from geo_api.settings import Settings
from layers.methods.fires_met import ALPHA, BOTH_SIDES, EARLIER
from layers.reports.measures import period_of
from tests.makers import insert

LON, LAT = 100.5, 15.0
FIRST = date(2026, 1, 1)
DUSTY = date(2026, 2, 20)
LAST = DUSTY + timedelta(days=20)
DAY = timedelta(days=1)


def rows(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def months(fresh: Connection) -> None:
    for table in ("air_measurement", "hotspot"):
        rows(fresh, f"SELECT ensure_months('{table}', '2025-11-01', '2026-04-30')")


def blowing(connection: Connection, from_deg: float = 0, speed_m_s: float = 2) -> None:
    """Stations every 1.2 degrees to the north and the south, hour by hour; one is the place's."""
    for n in range(-3, 4):
        name = "36t" if n == 0 else f"wind{n}"
        insert(connection, "air_station", id=name, lon=LON, lat=LAT + 1.2 * n, source="air4thai",
               kind="ground")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO air_measurement (
                station_id, observed_at, wind_speed_m_s, wind_from_deg, source, run_id
            )
            SELECT s.id, h.at, %(speed)s, mod((%(deg)s + 15 * sin(n))::numeric + 360, 360),
                'air4thai', 0
            FROM air_station AS s
            CROSS JOIN generate_series(%(first)s, %(last)s, INTERVAL '1 hour')
                WITH ORDINALITY AS h (at, n)
            """,
            {
                "speed": speed_m_s,
                "deg": from_deg,
                "first": period_of(DUSTY - 5 * DAY)[0],
                "last": period_of(DUSTY + 5 * DAY)[1],
            },
        )


def dusty(connection: Connection, day: date = DUSTY, pm25: float = 80) -> None:
    at = period_of(day)[1]
    insert(connection, "air_station_day", day=day, station_id="36t", pm25_24h=pm25, observed_at=at)


def fires(connection: Connection, day: date, count: int = 40, north_deg: float = 0.6) -> None:
    """On the afternoon before the morning with which the day ends."""
    at = period_of(day)[0] + timedelta(hours=6)
    for n in range(count):
        place = {"lon": LON - 0.2 + 0.01 * n, "lat": LAT + north_deg}
        insert(connection, "hotspot", id=f"{at:%Y%m%d%H%M}-{north_deg}-{n}", acquired_at=at,
               time_precision="minute", sources=["firms"], run_id=0, **place)  # fmt: skip


def a_record_of_fires(connection: Connection, first: date = FIRST, last: date = LAST) -> None:
    """A fire a day, everywhere along the meridian in turn."""
    for n in range((last - first).days + 1):
        fires(connection, first + n * DAY, 1, north_deg=-2 + 0.37 * n % 4)


def judge(connection: Connection, home: Path, day: date | None = None) -> str:
    connection.commit()
    return analyse(connection, "fire_contribution", Settings(home), day)


def told(connection: Connection, columns: str) -> list[tuple[Any, ...]]:
    return rows(connection, f"SELECT {columns} FROM published.fire_contribution ORDER BY id")


def test_fires_that_the_air_passed_on_that_day_are_found(fresh: Connection, home: Path) -> None:
    blowing(fresh)
    a_record_of_fires(fresh)
    dusty(fresh)
    fires(fresh, DUSTY)

    said = judge(fresh, home)

    assert said == "fire_contribution: 1 station days above the standard on 1 days, 1 told"
    [(id, at, finding, standard, placebos, provisional)] = told(
        fresh, "id, observed_at, finding, standard, placebos, provisional"
    )
    assert (id, at) == ("36t.20260220", datetime(2026, 2, 20, 1, tzinfo=UTC))
    assert (finding, standard, placebos, provisional) == ("more", 37.5, len(BOTH_SIDES), False)
    [(p, fires_met, low, high, other, from_deg, from_km, method)] = told(
        fresh, "p_72h, fires_72h, low_72h, high_72h, placebo_72h, from_deg, from_km, method"
    )
    assert p == pytest.approx(1 / 29)
    assert 0 <= low <= fires_met <= high and fires_met > 5 * other
    assert min(from_deg, 360 - from_deg) < 20 and 150 < from_km < 300
    assert method.startswith("fire_contribution 1: backward trajectories 72 h")


def test_standing_heat_of_works_is_no_fire(fresh: Connection, home: Path) -> None:
    blowing(fresh)
    dusty(fresh)
    fires(fresh, DUSTY)
    rows(fresh, "UPDATE hotspot SET heat_source = 'industrial_static'")
    a_record_of_fires(fresh)

    judge(fresh, home)

    [(finding, met)] = told(fresh, "finding, fires_72h")
    assert finding == "no_more" and met < 0.1


def test_in_turned_winds_the_same_fires_are_not_found(fresh: Connection, home: Path) -> None:
    blowing(fresh, from_deg=180)
    a_record_of_fires(fresh)
    dusty(fresh)
    fires(fresh, DUSTY)

    judge(fresh, home)

    [(finding, p)] = told(fresh, "finding, p_72h")
    assert finding == "no_more" and p > ALPHA


def test_fires_of_another_day_are_not_found(fresh: Connection, home: Path) -> None:
    blowing(fresh)
    a_record_of_fires(fresh)
    dusty(fresh)
    fires(fresh, DUSTY - 6 * DAY)

    judge(fresh, home)

    [(finding, met, other)] = told(fresh, "finding, fires_72h, placebo_72h")
    assert finding == "no_more" and met < other


def test_in_a_calm_nothing_is_said_and_why(fresh: Connection, home: Path) -> None:
    blowing(fresh, speed_m_s=0.3)
    a_record_of_fires(fresh)
    dusty(fresh)

    said = judge(fresh, home)

    assert said.endswith("1 days, 0 told")
    assert told(fresh, "finding, abstained, fires_72h, p_72h") == [
        ("abstained", "calm", None, None)
    ]


@pytest.mark.parametrize(
    ("first", "last", "reason", "provisional"),
    [
        (FIRST, DUSTY - 2 * DAY, "no_fire_record", True),
        (DUSTY - 10 * DAY, LAST, "few_placebos", False),
        (DUSTY + DAY, LAST, "no_fire_record", False),
    ],
)
def test_without_a_record_of_fires_of_the_days_nothing_is_said(
    fresh: Connection, home: Path, first: date, last: date, reason: str, provisional: bool
) -> None:
    blowing(fresh)
    a_record_of_fires(fresh, first, last)
    dusty(fresh)

    judge(fresh, home)

    assert told(fresh, "abstained, provisional") == [(reason, provisional)]


def test_while_later_days_are_to_come_earlier_ones_are_compared_and_it_is_done_again(
    fresh: Connection, home: Path
) -> None:
    blowing(fresh)
    a_record_of_fires(fresh, last=DUSTY)
    dusty(fresh)
    fires(fresh, DUSTY)

    judge(fresh, home)
    early = told(fresh, "finding, placebos, provisional")
    a_record_of_fires(fresh, DUSTY + DAY, LAST)
    judge(fresh, home)

    assert early == [("more", len(EARLIER), True)]
    assert told(fresh, "finding, placebos, provisional") == [("more", len(BOTH_SIDES), False)]


def test_days_are_judged_once_until_what_they_rest_on_changes(
    fresh: Connection, home: Path
) -> None:
    blowing(fresh)
    a_record_of_fires(fresh)
    dusty(fresh)
    dusty(fresh, DUSTY + 2 * DAY, pm25=40)
    dusty(fresh, DUSTY + 3 * DAY, pm25=37.5)
    counts = [judge(fresh, home), judge(fresh, home)]
    before = told(fresh, "id, fires_72h, p_72h")

    rows(fresh, "UPDATE air_station_day SET pm25_24h = 90 WHERE pm25_24h = 40")
    counts.append(judge(fresh, home))
    rows(fresh, "UPDATE hotspot SET run_id = (SELECT max(id) + 1 FROM run)")
    counts.append(judge(fresh, home))
    rows(fresh, "DELETE FROM air_station_day WHERE pm25_24h = 90")
    counts.append(judge(fresh, home))

    days = [text.removeprefix("fire_contribution: ").split(" above")[0] for text in counts]
    assert days == [f"{n} station days" for n in (2, 0, 1, 2, 0)]
    assert told(fresh, "id, fires_72h, p_72h") == before[:1]


def test_a_provisional_day_is_marked_and_stays_as_it_is_until_more_is_known(
    fresh: Connection, home: Path
) -> None:
    blowing(fresh)
    a_record_of_fires(fresh, last=DUSTY)
    dusty(fresh)
    judge(fresh, home)
    first = told(fresh, "provisional, fires_72h, run_id, computed_at")

    said = judge(fresh, home)
    # The record goes on, but not far enough to compare with later days, and no way passes there.
    fires(fresh, DUSTY + DAY, 1, north_deg=-4)
    again = judge(fresh, home)

    assert said.startswith("fire_contribution: 0 station days")
    assert again.startswith("fire_contribution: 1 station days")
    assert [row[0] for row in first] == [True]
    assert told(fresh, "provisional, fires_72h, run_id, computed_at") == first


def test_fires_and_winds_that_are_taken_away_change_the_answer(
    fresh: Connection, home: Path
) -> None:
    blowing(fresh)
    a_record_of_fires(fresh)
    dusty(fresh)
    fires(fresh, DUSTY)
    judge(fresh, home)

    rows(fresh, "DELETE FROM hotspot WHERE id LIKE '%-0.6-%'")
    judge(fresh, home)
    without_fires = told(fresh, "finding")
    rows(fresh, "DELETE FROM air_measurement")
    dusty(fresh)  # which the readings that are gone have taken with them
    judge(fresh, home)

    assert without_fires == [("no_more",)]
    assert told(fresh, "finding, abstained") == [("abstained", "no_wind")]


def test_a_day_alone_has_the_numbers_that_it_has_among_others(
    fresh: Connection, home: Path
) -> None:
    blowing(fresh)
    a_record_of_fires(fresh)
    fires(fresh, DUSTY)
    dusty(fresh)
    dusty(fresh, DUSTY + 2 * DAY)
    judge(fresh, home)
    among = told(fresh, "fires_24h, fires_72h, high_72h, p_72h")

    judge(fresh, home, DUSTY)

    assert told(fresh, "fires_24h, fires_72h, high_72h, p_72h") == among


def test_the_standard_is_that_of_the_date(fresh: Connection, home: Path) -> None:
    for table in ("air_measurement", "hotspot"):
        rows(fresh, f"SELECT ensure_months('{table}', '2023-03-01', '2023-07-31')")
    insert(fresh, "air_station", id="36t", lon=LON, lat=LAT, source="air4thai", kind="ground")
    for day, pm25 in ((date(2023, 5, 31), 45), (date(2023, 6, 1), 45), (date(2023, 5, 30), 51)):
        dusty(fresh, day, pm25)

    judge(fresh, home)

    assert told(fresh, "id, standard") == [("36t.20230530", 50), ("36t.20230601", 37.5)]


def test_the_view_calls_more_what_the_method_does(fresh: Connection, home: Path) -> None:
    [(text,)] = rows(fresh, "SELECT pg_get_viewdef('published.fire_contribution'::regclass)")

    assert f"p_72h <= ({ALPHA})" in str(text)


def test_without_stations_it_fails_and_says_so(fresh: Connection, home: Path) -> None:
    with pytest.raises(NoStations, match="needs stations of air"):
        judge(fresh, home)
