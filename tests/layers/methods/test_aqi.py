"""The indices against published pairs and PCD's own output, and by what they promise."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg2.extensions import connection as Connection

from layers.methods.aqi import (
    LEAST_HOURS,
    NOTICE_OF_2018,
    NOTICE_OF_2023,
    Index,
    MixedIndices,
    Pollutant,
    class_starts,
    nowcast,
    overall,
    pm25_standard,
    thai_aqi,
    thai_aqi_class,
    thai_index,
    us_index,
    us_nowcast_index,
)

NOW = date(2024, 5, 7)
BEFORE = date(2019, 2, 17)
POLLUTANTS: tuple[Pollutant, ...] = ("pm25_24h", "pm10_24h", "o3_8h", "co_8h", "no2_1h", "so2_1h")
concentrations = st.floats(0, 1000, allow_nan=False)
days = st.dates(NOTICE_OF_2018, date(2030, 1, 1))
hours = st.lists(st.none() | st.floats(0, 500), min_size=3, max_size=12)


@pytest.mark.parametrize(
    ("pollutant", "value", "day", "index"),
    [
        ("pm25_24h", 0, NOW, 0),
        ("pm25_24h", 15.0, NOW, 25),
        ("pm25_24h", 15.04, NOW, 25),
        ("pm25_24h", 15.05, NOW, 26),
        ("pm25_24h", 25.0, NOW, 50),
        ("pm25_24h", 34.1, NOW, 87),
        ("pm25_24h", 37.5, NOW, 100),
        ("pm25_24h", 75.0, NOW, 200),
        ("pm10_24h", 73, NOW, 44),
        ("co_8h", 1.20, NOW, 7),
        ("no2_1h", 30, BEFORE, 13),
        ("o3_8h", 11, BEFORE, 8),
        ("co_8h", 0.54, BEFORE, 3),
        ("so2_1h", 65, NOW, 16),
        ("pm25_24h", 26, BEFORE, 26),
        ("pm25_24h", 90, BEFORE, 200),
    ],
)
def test_the_index_is_the_published_one(
    pollutant: Pollutant, value: float, day: date, index: int
) -> None:
    assert thai_aqi(pollutant, value, day) == index


def test_above_the_table_there_is_a_class_and_no_number() -> None:
    index = thai_aqi("pm25_24h", 75.1, NOW)

    assert (index, thai_aqi_class(index)) == (None, "unhealthy")


def test_the_table_changes_on_the_day_the_notice_came_into_force() -> None:
    assert thai_aqi("pm25_24h", 37, date(2023, 5, 31)) == 50
    assert thai_aqi("pm25_24h", 37, NOTICE_OF_2023) == 98


def test_the_standard_is_that_of_the_date_and_has_the_index_100() -> None:
    assert (pm25_standard(date(2023, 5, 31)), pm25_standard(NOTICE_OF_2023)) == (50, 37.5)
    for day in (BEFORE, NOW):
        assert thai_aqi("pm25_24h", pm25_standard(day), day) == 100


def test_classes_end_where_the_notice_ends_them() -> None:
    classes = [thai_aqi_class(index) for index in (0, 25, 26, 50, 51, 100, 101, 200)]

    assert classes == [
        *["very_good"] * 2,
        *["good"] * 2,
        *["moderate"] * 2,
        *["unhealthy_start"] * 2,
    ]


def test_a_negative_concentration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative, got -1"):
        thai_aqi("pm25_24h", -1, NOW)


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="got nan"):
        thai_aqi("pm25_24h", float("nan"), NOW)


def test_an_index_has_the_name_of_its_table_and_says_more_than_its_highest() -> None:
    told = [
        (str(index), index.name)
        for index in (
            thai_index("pm25_24h", 75.1, NOW),
            thai_index("pm25_24h", 91, BEFORE),
            us_index(325.4),
            us_index(325.5),
        )
    ]

    assert told == [
        (">200", "thai_2023"),
        (">200", "thai_2018"),
        ("500", "us_epa_2024"),
        (">500", "us_epa_2024"),
    ]


def test_before_the_first_table_there_is_no_index() -> None:
    with pytest.raises(ValueError, match="no table is known for 2018-09-23"):
        thai_index("pm25_24h", 30, date(2018, 9, 23))


def test_the_highest_sub_index_is_the_index_and_beyond_the_table_is_highest_of_all() -> None:
    dust = thai_index("pm25_24h", 34.1, NOW)
    ozone = thai_index("o3_8h", 120, NOW)
    beyond = thai_index("pm10_24h", 181, NOW)

    assert overall({"pm25_24h": dust, "o3_8h": ozone}) == (ozone, "o3_8h")
    assert overall({"pm25_24h": dust, "o3_8h": ozone, "pm10_24h": beyond}) == (beyond, "pm10_24h")


def test_indices_of_two_tables_are_never_one() -> None:
    with pytest.raises(MixedIndices, match=r"\['thai_2023', 'us_epa_2024'\]"):
        overall({"pm25_24h": us_index(37.5), "o3_8h": thai_index("o3_8h", 20, NOW)})
    with pytest.raises(ValueError, match="no sub-index"):
        overall({})


@pytest.mark.parametrize(
    ("value", "index"),
    [(0, 0), (9.0, 50), (9.05, 50), (9.1, 51), (12.0, 56), (35.4, 100), (35.49, 100), (35.5, 101),
     (37.5, 106), (55.5, 151), (150.0, 225), (225.5, 301)],
)  # fmt: skip
def test_the_american_index_is_the_published_one_of_the_value_cut_to_a_tenth(
    value: float, index: int
) -> None:
    assert us_index(value) == Index("us_epa_2024", index, 500)


@pytest.mark.parametrize(
    ("hourly", "mean"),
    [
        ((50, 80, 75, 90, 82, 53, 64, 74, 21, 10, 16, 13), 17.414),
        ((10, 12, 11, 13, 15, 18, 20, 25, 30, 28, 26, 24), 25.219),
        # Half the weight an hour: (20 + 10/4) / (1 + 1/4).
        ((*(None,) * 9, 10, None, 20), 18),
        ((0,) * 12, 0),
    ],
)
def test_the_nowcast_is_the_published_one(hourly: tuple[float | None, ...], mean: float) -> None:
    assert nowcast(hourly) == pytest.approx(mean, abs=0.0005)


def test_without_two_of_the_newest_three_hours_there_is_no_nowcast() -> None:
    hourly = (*(30.0,) * 10, None, None)

    assert (nowcast(hourly), us_nowcast_index(hourly)) == (None, None)
    assert us_nowcast_index((30.0,) * 12) == Index("us_epa_2024_nowcast", 90, 500)
    with pytest.raises(ValueError, match="of 12 hours, got 13"):
        nowcast((1.0,) * 13)
    with pytest.raises(ValueError, match="negative, got -1"):
        nowcast((-1.0, 2.0, 3.0))


@given(st.sampled_from(POLLUTANTS), days, concentrations, concentrations)
def test_more_of_a_pollutant_is_never_a_lower_index(
    pollutant: Pollutant, day: date, one: float, other: float
) -> None:
    low, high = (thai_aqi(pollutant, x, day) for x in sorted((one, other)))

    assert (low if low is not None else 201) <= (high if high is not None else 201)


@given(st.sampled_from(POLLUTANTS), days, concentrations)
def test_the_class_of_an_index_is_the_one_that_starts_below_the_value(
    pollutant: Pollutant, day: date, value: float
) -> None:
    starts = class_starts(pollutant, day)
    steps = {"pm25_24h": 0.1 if day >= NOTICE_OF_2023 else 1, "co_8h": 0.1}
    rounded = value + steps.get(pollutant, 1) / 2  # half up
    number = sum(start <= rounded + 1e-9 for start in starts) - 1

    told = thai_aqi_class(thai_aqi(pollutant, value, day))

    expected = ("very_good", "good", "moderate", "unhealthy_start", "unhealthy")[number]
    assert told == expected or any(abs(rounded - start) < 1e-6 for start in starts)


@given(hours)
def test_a_nowcast_lies_between_the_lowest_and_the_highest_hour(
    hourly: list[float | None],
) -> None:
    mean = nowcast(hourly)

    if mean is not None:
        known = [x for x in hourly if x is not None]
        assert min(known) - 1e-9 <= mean <= max(known) + 1e-9


def test_every_sub_index_that_pcd_printed_is_found_again(shared_data: Path) -> None:
    excerpt = shared_data / "air_quality_air4thai" / "getNewAQI_JSON_excerpt.json"
    names: dict[str, Pollutant] = {
        "PM25": "pm25_24h",
        "PM10": "pm10_24h",
        "O3": "o3_8h",
        "CO": "co_8h",
        "NO2": "no2_1h",
        "SO2": "so2_1h",
    }

    pairs = [
        (thai_aqi(pollutant, float(reading["value"]), NOW), int(reading["aqi"]))
        for station in json.loads(excerpt.read_text())["stations"]
        for name, pollutant in names.items()
        if float((reading := station["AQILast"][name])["value"]) >= 0 and int(reading["aqi"]) >= 0
    ]

    assert len(pairs) == 33
    assert [ours for ours, _ in pairs] == [theirs for _, theirs in pairs]


@pytest.mark.parametrize("day", [BEFORE, date(2023, 5, 31), NOTICE_OF_2023, NOW])
def test_the_database_computes_the_same_index_and_class(connection: Connection, day: date) -> None:
    grid = [*(step / 20 for step in range(2001)), *(step / 100 for step in range(9_500)), 1e12]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT thai_aqi_pm25(v, %(day)s), thai_aqi_pm25_class(v, %(day)s)"
            " FROM unnest(%(grid)s::float8[]) WITH ORDINALITY AS u (v, n) ORDER BY n",
            {"day": day, "grid": grid},
        )
        found = cursor.fetchall()

    ours = [thai_aqi("pm25_24h", value, day) for value in grid]
    assert found == [(index, thai_aqi_class(index)) for index in ours]


def test_the_index_is_an_expression_of_the_query_and_no_call(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE reading (value float8, day date)")
        cursor.execute(
            "EXPLAIN (VERBOSE, COSTS off) SELECT thai_aqi_pm25(value, day),"
            " thai_aqi_pm25_class(value, day) FROM reading"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "thai_aqi" not in plan and "CASE" in plan


def test_what_is_no_concentration_has_no_index(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT thai_aqi_pm25(v, '2024-01-01'), thai_aqi_pm25_class(v, '2024-01-01')"
            " FROM unnest('{-1e12,-0.5,NaN,NULL}'::float8[]) WITH ORDINALITY AS u (v, n) ORDER BY n"
        )

        assert cursor.fetchall() == [(None, None), (None, None), (None, "unhealthy"), (None, None)]


def test_the_database_needs_the_same_hours_for_a_mean(connection: Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT thai_aqi_least_hours(), thai_aqi_pm25_class(NULL, '2024-01-01')")

        assert cursor.fetchone() == (LEAST_HOURS, None)
