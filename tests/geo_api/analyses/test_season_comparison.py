"""Seasons compared by area and land use: same days, same satellites, and what is not said."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.analyses import AnalysisRun, analyse
from geo_api.analyses.season_comparison import NoDetections, compare
from geo_api.database.runs import Tally, record_run
from geo_api.settings import Settings
from tests.makers import box, province


@pytest.fixture(autouse=True)
def provinces(fresh: Connection) -> None:
    province(fresh)
    province(
        fresh, "40", name_th="ขอนแก่น", name_en="Khon Kaen", region="northeast",
        wkt=box(102.0, 16.0, 103.0, 17.0),
    )  # fmt: skip


PLACES = {"74": (100.25, 13.6), "40": (102.5, 16.5), "": (101.0, 10.0)}


def seen(
    connection: Connection,
    first: date,
    last: date,
    *,
    satellites: str = "N",
    a_day: int = 1,
    code: str = "74",
    land_use: str = "forest",
    every: int = 1,
) -> None:
    """So many detections a day of each of the satellites."""
    lon, lat = PLACES[code]
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %s, %s)", [first - timedelta(1), last])
        cursor.execute(
            """
            INSERT INTO hotspot
                (id, acquired_at, time_precision, geom, land_use, satellite, sources)
            SELECT concat_ws('-', day, s, n, %(code)s, %(land_use)s),
                (day + TIME '20:00') AT TIME ZONE 'UTC' - INTERVAL '20 hours', 'minute',
                ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), %(land_use)s, s, '{firms}'
            FROM (
                SELECT %(first)s::date + n AS day
                FROM generate_series(0, %(last)s::date - %(first)s::date, %(every)s) AS n
            ) AS d
            CROSS JOIN unnest(string_to_array(%(satellites)s, ' ')) AS s
            CROSS JOIN generate_series(1, %(a_day)s) AS n
            """,
            {
                "first": first,
                "last": last,
                "every": every,
                "satellites": satellites,
                "a_day": a_day,
                "code": code,
                "land_use": land_use,
                "lon": lon,
                "lat": lat,
            },
        )


def compute(connection: Connection, home: Path) -> str:
    connection.commit()
    return analyse(connection, "season_comparison", Settings(home))


def told(
    connection: Connection, columns: str, area: str = "TH", land_use: str = "all"
) -> dict[int, tuple[object, ...]]:
    """By season."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT season, {columns} FROM season_comparison"
            " WHERE area_code = %s AND land_use = %s ORDER BY season DESC",
            [area, land_use],
        )
        return {row[0]: row[1:] for row in cursor}


def test_a_season_under_way_is_compared_to_the_same_day(fresh: Connection, home: Path) -> None:
    seen(fresh, date(2024, 11, 20), date(2025, 4, 30))
    seen(fresh, date(2025, 12, 1), date(2026, 1, 31), a_day=2)

    said = compute(fresh, home)

    assert "2025-12-01 to 2026-01-31 beside 1 of 1 earlier seasons, by N" in said
    assert told(fresh, "first_day::text, last_day::text, detections, compared, compared_this") == {
        2025: ("2025-12-01", "2026-01-31", 124, 124, 124),
        2024: ("2024-12-01", "2025-01-31", 62, 62, 124),
    }
    assert told(fresh, "change_pct, change_low_pct, change_high_pct, abstained") == {
        2025: (100.0, 100.0, 100.0, None),
        2024: (100.0, 100.0, 100.0, None),
    }


@pytest.mark.parametrize(
    ("now", "last", "counts"),
    # Days end at 08:00 in Thailand.
    [
        ("2026-01-31T00:59Z", "2026-01-30", (61, 122)),
        ("2026-01-31T01:00Z", "2026-01-31", (62, 124)),
    ],
)
def test_a_day_that_is_not_over_is_not_compared_as_a_whole_one(
    now: str, last: str, counts: tuple[int, int], fresh: Connection, home: Path
) -> None:
    seen(fresh, date(2024, 11, 20), date(2025, 4, 30))
    seen(fresh, date(2025, 12, 1), date(2026, 1, 31), a_day=2)
    fresh.commit()

    with record_run(fresh, "season_comparison", "", Tally()) as run_id:
        compare(AnalysisRun(fresh, run_id, home, None, Tally()), datetime.fromisoformat(now))

    earlier, this = counts
    assert told(fresh, "last_day::text, compared") == {
        2025: (last, this),
        2024: (last.replace("2026", "2025"), earlier),
    }


def test_29_february_is_counted_and_not_compared(fresh: Connection, home: Path) -> None:
    seen(fresh, date(2023, 11, 20), date(2024, 4, 30))
    seen(fresh, date(2024, 12, 1), date(2025, 3, 31))

    compute(fresh, home)

    assert told(fresh, "detections, compared, change_pct") == {
        2024: (121, 121, 0.0),
        2023: (122, 121, 0.0),
    }


def test_on_29_february_others_are_told_to_the_28th(fresh: Connection, home: Path) -> None:
    seen(fresh, date(2022, 11, 20), date(2023, 4, 30))
    seen(fresh, date(2023, 12, 1), date(2024, 2, 29))

    compute(fresh, home)

    assert told(fresh, "last_day::text, detections, compared") == {
        2023: ("2024-02-29", 91, 90),
        2022: ("2023-02-28", 90, 90),
    }


def test_satellites_that_came_or_went_are_told_apart_and_not_compared(
    fresh: Connection, home: Path
) -> None:
    seen(fresh, date(2023, 11, 20), date(2024, 4, 30), satellites="N T")
    seen(fresh, date(2024, 11, 20), date(2025, 1, 10), satellites="T")
    seen(fresh, date(2024, 11, 20), date(2025, 4, 30), satellites="N N20")
    seen(fresh, date(2025, 11, 20), date(2026, 1, 31), satellites="N", a_day=3)
    seen(fresh, date(2025, 11, 20), date(2026, 1, 31), satellites="N20")
    seen(fresh, date(2025, 12, 20), date(2026, 1, 31), satellites="N21")

    compute(fresh, home)

    assert told(fresh, "detections, by_satellite, satellites, compared, change_pct") == {
        2025: (62 * 4 + 43, "N 186, N20 62, N21 43", "N", 186, 200.0),
        2024: (62 * 2 + 41, "N 62, N20 62, T 41", "N", 62, 200.0),
        2023: (62 * 2, "N 62, T 62", "N", 62, 200.0),
    }


def test_a_season_that_is_known_in_part_is_shown_and_not_compared(
    fresh: Connection, home: Path
) -> None:
    seen(fresh, date(2025, 1, 1), date(2025, 4, 30))
    seen(fresh, date(2025, 12, 1), date(2026, 3, 31))

    compute(fresh, home)

    assert told(fresh, "detections, compared, change_pct, abstained")[2024] == (
        *(90, None, None, "partial"),
    )


def test_with_other_satellites_alone_a_season_is_not_compared(
    fresh: Connection, home: Path
) -> None:
    seen(fresh, date(2024, 11, 20), date(2025, 4, 30), satellites="T")
    seen(fresh, date(2025, 12, 1), date(2026, 3, 31))

    compute(fresh, home)

    assert told(fresh, "detections, compared, abstained")[2024] == (121, None, "other_satellites")


def test_areas_and_land_uses_add_up_to_the_country(fresh: Connection, home: Path) -> None:
    for season in (2024, 2025):
        first = date(season, 12, 1)
        seen(fresh, first - timedelta(10), date(season + 1, 2, 28), a_day=season - 2023)
        seen(fresh, first, date(season + 1, 2, 28), code="40", land_use="sugarcane", every=2)
        seen(fresh, first, date(season + 1, 2, 28), code="", land_use="maize")

    compute(fresh, home)

    counts = "detections, compared"
    assert told(fresh, counts) == {2025: (225, 225), 2024: (135, 135)}
    assert told(fresh, counts, "northeast") == told(fresh, counts, "40", "sugarcane")
    assert told(fresh, counts, "40") == {2025: (45, 45), 2024: (45, 45)}
    assert told(fresh, counts, "central", "forest") == {2025: (180, 180), 2024: (90, 90)}
    assert told(fresh, counts, "TH", "maize") == {}
    with fresh.cursor() as cursor:
        cursor.execute(
            "SELECT land_use, count(geom) FROM published.season_comparison"
            " WHERE area_kind = 'province' GROUP BY 1 ORDER BY 1"
        )
        assert cursor.fetchall() == [("all", 4), ("forest", 0), ("sugarcane", 0)]


def test_few_detections_or_few_weeks_give_no_change_or_no_interval(
    fresh: Connection, home: Path
) -> None:
    for season in (2024, 2025):
        first = date(season, 12, 1)
        seen(fresh, first - timedelta(10), date(season, 12, 20), a_day=season - 2023)
        seen(fresh, first, date(season, 12, 19), code="40")

    compute(fresh, home)

    columns = "change_pct, change_low_pct, abstained"
    assert told(fresh, columns)[2024] == (pytest.approx(100 * 20 / 39), None, "few_weeks")
    assert told(fresh, columns, "40")[2024] == (None, None, "few")


def test_this_seasons_own_row_stands_against_the_mean_of_those_before(
    fresh: Connection, home: Path
) -> None:
    for season, a_day in ((2023, 1), (2024, 3), (2025, 5)):
        seen(fresh, date(season, 11, 20), date(season + 1, 1, 31), a_day=a_day)
    seen(fresh, date(2025, 12, 1), date(2025, 12, 5), code="40", land_use="paddy")

    compute(fresh, home)

    assert told(fresh, "change_pct", "74")[2025] == (pytest.approx(150),)
    assert told(fresh, "change_pct, abstained", "40")[2025] == (None, "few")


def test_a_season_without_an_earlier_one_stands_alone(fresh: Connection, home: Path) -> None:
    seen(fresh, date(2025, 12, 1), date(2026, 1, 31))

    compute(fresh, home)

    assert told(fresh, "compared, change_pct, abstained") == {2025: (62, None, "this_season")}


def test_out_of_season_the_last_one_is_compared_whole(fresh: Connection, home: Path) -> None:
    seen(fresh, date(2024, 11, 20), date(2025, 4, 30))
    seen(fresh, date(2025, 12, 1), date(2026, 7, 15))

    compute(fresh, home)

    assert told(fresh, "first_day::text, last_day::text, detections")[2025] == (
        *("2025-12-01", "2026-04-30", 151),
    )


def test_what_is_as_it_was_stays(fresh: Connection, home: Path) -> None:
    seen(fresh, date(2024, 11, 20), date(2025, 4, 30))
    seen(fresh, date(2025, 12, 1), date(2026, 1, 31))
    compute(fresh, home)
    before = told(fresh, "run_id, computed_at")

    said = compute(fresh, home)

    assert "0 of 12 rows are new or changed" in said
    assert told(fresh, "run_id, computed_at") == before
    seen(fresh, date(2026, 1, 31), date(2026, 1, 31), code="40", land_use="paddy")
    # All of the country, and of the province and its region, for both seasons.
    assert "12 of 22 rows are new or changed" in compute(fresh, home)
    assert told(fresh, "run_id", "74") == {2025: before[2025][:1], 2024: before[2024][:1]}


def test_without_detections_nothing_is_computed(fresh: Connection, home: Path) -> None:
    with pytest.raises(NoDetections, match="needs hotspots"):
        compute(fresh, home)
