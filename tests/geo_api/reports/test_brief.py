"""The brief: every number with its base, its curve and its rows; and why one is not known."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.brief import brief
from layers.catalog import catalog
from layers.reports.brief import (
    AIR,
    CARBON,
    COMPLAINTS,
    CURVE_DAYS,
    GREEN,
    HOTSPOTS,
    ROW_DAYS,
    UPWIND,
    Brief,
    Province,
)
from layers.reports.measures import Base, NotReported, State
from tests.geo_api.reports.rows import fetched, hotspot, reading, station
from tests.makers import (
    box,
    complaint,
    factory,
    factory_return,
    firm,
    insert,
    province,
    publish_carbon,
    released_complaints,
)

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
AT_NIGHT = "2026-03-01T18:30:00+00:00"
HERE: dict[str, Any] = {"lon": 100.25, "lat": 13.55}
THERE: dict[str, Any] = {"lon": 102.25, "lat": 16.55}


@pytest.fixture(autouse=True)
def _provinces(connection: Connection) -> None:
    province(connection, "74")
    province(
        connection,
        "40",
        name_th="ขอนแก่น",
        name_en="Khon Kaen",
        region="northeast",
        wkt=box(102.0, 16.0, 103.0, 17.0),
    )


def told(reads: Reads, day: date | None = DAY, now: datetime = NOON) -> Brief:
    return brief(reads, catalog(), day, now)


def row(report: Brief, code: str) -> Province:
    return next(one for one in report.provinces if one.code == code)


def on(day: date) -> str:
    """An hour within the 24 that end in the morning of the day."""
    return f"{day - timedelta(days=1)}T18:30:00+00:00"


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "day"),
    [("2026-03-02T00:59:00Z", date(2026, 3, 1)), ("2026-03-02T01:00:00Z", date(2026, 3, 2))],
)
def test_the_newest_brief_is_of_the_last_8_o_clock(reads: Reads, now: str, day: date) -> None:
    report = told(reads, None, datetime.fromisoformat(now))

    assert report.day == report.last_day == day
    assert report.end == datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    assert report.end - report.start == timedelta(days=1)


def test_there_is_no_brief_of_tomorrow_nor_of_before_anything(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, on(DAY))

    with pytest.raises(NotReported, match="2026-03-03 is not over"):
        told(reads, DAY + timedelta(days=1))
    with pytest.raises(NotReported, match="the first day with a brief is 2026-03-02"):
        told(reads, DAY - timedelta(days=1))


def test_the_newest_brief_is_there_though_all_that_was_seen_is_of_tomorrow(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, on(DAY + timedelta(days=1)))

    report = brief(reads, catalog(), None, NOON)

    assert report.day == DAY
    assert report.measures["hotspots"].value is None


def test_without_any_data_every_number_says_that_nothing_was_loaded(reads: Reads) -> None:
    report = told(reads)

    assert {one.state for one in report.measures.values()} == {State.NEVER_LOADED}
    assert {one.value for one in report.measures.values()} == {None}
    assert row(report, "74").hotspots is row(report, "74").complaints is None
    assert row(report, "74").days == (None,) * ROW_DAYS
    assert not any(one.loaded for one in report.freshness)


# --- hotspots ---------------------------------------------------------------------------------


def test_hotspots_are_those_of_the_24_hours_by_province_and_land_use(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, AT_NIGHT, **HERE, land_use="sugarcane", daynight="N", times=2)
    hotspot(connection, AT_NIGHT, **THERE, land_use="forest", times=3)
    hotspot(connection, AT_NIGHT, **THERE, land_use=None)
    hotspot(connection, "2026-03-02T01:00:00+00:00", **HERE, times=9)  # of the day after

    report = told(reads)

    fires = report.measures[HOTSPOTS]
    assert (fires.state, fires.value) == (State.KNOWN, 6)
    assert fires.parts == {"sugarcane": 2, "forest": 3, "unknown": 1}
    assert fires.beside == {"night": 2, "elsewhere": 0, "windowed": 0, "industrial": 0}
    assert fires.highest and (fires.highest.code, fires.highest_value) == ("40", 4)
    assert (row(report, "74").hotspots, row(report, "40").hotspots) == (2, 4)
    assert row(report, "40").land_use == {"forest": 3, "unknown": 1}


def test_static_industrial_heat_is_told_beside_and_is_in_no_other_number(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, AT_NIGHT, **HERE, daynight="N", times=2)
    hotspot(connection, AT_NIGHT, **HERE, heat_source="industrial_static", daynight="N", times=3)
    hotspot(connection, AT_NIGHT, **HERE, heat_source="uncertain")

    report = told(reads)

    fires = report.measures[HOTSPOTS]
    assert (fires.value, sum(fires.parts.values())) == (3, 3)
    assert (fires.beside["industrial"], fires.beside["night"]) == (3, 2)
    assert row(report, "74").hotspots == 3


def test_the_number_is_the_sum_of_its_rows_and_of_its_parts(
    connection: Connection, reads: Reads
) -> None:
    for place in (HERE, THERE, {"lon": 100.0, "lat": 10.0}):
        for land_use in ("paddy", "maize", None):
            hotspot(connection, AT_NIGHT, **place, land_use=land_use)

    report = told(reads)

    fires = report.measures[HOTSPOTS]
    assert fires.value == 6 == sum(fires.parts.values())
    assert fires.value == sum(one.hotspots or 0 for one in report.provinces)
    assert fires.beside["elsewhere"] == 3


def test_a_number_is_compared_with_the_week_before_and_the_same_days_a_year_ago(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, on(DAY), times=9)
    hotspot(connection, on(DAY - timedelta(days=1)), times=6)
    hotspot(connection, on(DAY - timedelta(days=7)), times=8)
    hotspot(connection, on(DAY - timedelta(days=8)), times=100)
    hotspot(connection, on(date(2025, 3, 1)), times=14)
    hotspot(connection, on(date(2025, 1, 2)))

    fires = told(reads).measures[HOTSPOTS]

    assert [(one.base_kind, one.value, one.base) for one in fires.comparisons] == [
        (Base.DAYS_BEFORE, 9, 2),
        (Base.LAST_SEASON, 9, 2),
    ]
    assert fires.series and len(fires.series.values) == CURVE_DAYS
    assert fires.series.values[-9:] == (100, 8, 0, 0, 0, 0, 0, 6, 9)
    assert fires.series.start == DAY - timedelta(days=CURVE_DAYS - 1)
    assert fires.last_season and fires.last_season.values[-2:] == (14, 0)


def test_a_row_sums_weeks_and_shows_two_of_them(connection: Connection, reads: Reads) -> None:
    for back, times in ((0, 1), (6, 2), (7, 4), (13, 8), (14, 16)):
        hotspot(connection, on(DAY - timedelta(days=back)), times=times)
    hotspot(connection, on(date(2025, 2, 24)), times=5)

    found = row(told(reads), "74")

    assert (found.hotspots, found.week, found.week_before, found.last_season) == (1, 3, 12, 5)
    assert found.days == (8, 0, 0, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0, 1)
    assert row(told(reads), "40").week == 0


def test_before_the_first_day_nothing_is_known_and_nothing_compared(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, on(DAY), times=3)

    report = told(reads)

    fires = report.measures[HOTSPOTS]
    assert [one.base for one in fires.comparisons] == [None, None]
    assert fires.series and fires.series.values == (None,) * (CURVE_DAYS - 1) + (3,)
    assert row(report, "74").week is None
    assert row(report, "74").days == (None,) * (ROW_DAYS - 1) + (3,)


def test_a_late_feed_shows_its_last_day_and_compares_nothing(
    connection: Connection, reads: Reads
) -> None:
    for back in (4, 5):
        hotspot(connection, on(DAY - timedelta(days=back)), times=back)

    report = told(reads)

    fires = report.measures[HOTSPOTS]
    assert (fires.state, fires.comparisons) == (State.LATE, ())
    assert (fires.value, row(report, "74").hotspots) == (4, 4)
    assert fires.series and fires.series.values[-3:] == (None, 5, 4)
    assert fires.as_of == datetime(2026, 2, 25, 18, 30, tzinfo=UTC)
    assert row(report, "74").week_before is row(report, "74").last_season is None


def test_a_feed_that_has_not_delivered_the_day_is_told_to_be_late(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, "2026-02-28T23:00:00+00:00")  # 26 hours before the morning

    report = told(reads)

    line = next(one for one in report.freshness if one.layer == "hotspots")
    assert (report.measures[HOTSPOTS].state, line.stale) == (State.LATE, True)


def test_windowed_detections_are_told_beside_and_counted_nowhere(
    connection: Connection, reads: Reads
) -> None:
    hotspot(connection, on(DAY))
    hotspot(
        connection,
        "2026-03-02T23:59:00+00:00",
        acquired_from="2026-03-01T00:00:00+00:00",
        time_precision="window",
        times=2,
    )

    fires = told(reads).measures[HOTSPOTS]

    assert (fires.value, fires.beside["windowed"]) == (1, 2)


# --- air --------------------------------------------------------------------------------------


def test_air_counts_stations_above_the_standard_of_those_that_report(
    connection: Connection, reads: Reads
) -> None:
    for id, place, mean in (("1t", HERE, 37.5), ("2t", THERE, 37.6), ("3t", THERE, 99.0)):
        station(connection, id, **place)
        reading(connection, "2026-03-02T01:00:00+00:00", id=id, pm25_24h=mean)
    station(connection, "4t", **HERE)
    reading(connection, "2026-02-28T01:00:00+00:00", id="1t", pm25_24h=50)
    reading(connection, "2026-02-27T01:00:00+00:00", id="1t", pm25_24h=20)

    report = told(reads)

    air = report.measures[AIR]
    assert (air.state, air.value, air.of) == (State.KNOWN, 2, 3)
    assert air.highest and (air.highest.code, air.highest_value) == ("40", 99.0)
    # Days of which nothing was told are no zeros.
    assert [one.base for one in air.comparisons] == [0.5, None]
    assert air.series and air.series.values[-4:] == (0, 1, None, 2)
    assert (row(report, "74").pm25, row(report, "40").pm25) == (37.5, 99.0)
    assert [(one.id, one.pm25) for one in report.stations][-1] == ("4t", None)


def test_air_that_stopped_is_late_and_shows_the_last_morning(
    connection: Connection, reads: Reads
) -> None:
    station(connection)
    reading(connection, "2026-03-01T01:00:00+00:00", pm25_24h=60)

    air = told(reads).measures[AIR]

    assert (air.state, air.value, air.highest_value, air.comparisons) == (State.LATE, 1, 60, ())


def test_no_reading_in_the_morning_of_a_past_day_is_not_seen(
    connection: Connection, reads: Reads
) -> None:
    station(connection)
    reading(connection, "2026-02-20T01:00:00+00:00", pm25_24h=60)
    reading(connection, "2026-03-02T01:00:00+00:00", pm25_24h=60)

    air = told(reads, date(2026, 2, 25)).measures[AIR]

    assert (air.state, air.value) == (State.NOT_SEEN, None)


# --- complaints -------------------------------------------------------------------------------


def test_complaints_are_the_homes_of_the_last_month_that_was_released(
    connection: Connection, reads: Reads
) -> None:
    for start, homes in (("2026-02-01", 30), ("2026-01-01", 20), ("2025-02-01", 25)):
        released_complaints(connection, {"74": homes, "40": None}, start=start)

    report = told(reads)

    found = report.measures[COMPLAINTS]
    assert (report.month, report.complaint_period) == (date(2026, 2, 1), "month")
    assert (found.state, found.value, found.beside) == (State.KNOWN, 30, {"too_few": 1})
    assert [(one.base_kind, one.base) for one in found.comparisons] == [
        (Base.MONTH_BEFORE, 20),
        (Base.YEAR_BEFORE, 25),
    ]
    assert found.series and found.series.values == (25, *(None,) * 10, 20, 30)
    assert (row(report, "74").complaints, row(report, "40").complaints) == (30, None)


def test_complaints_of_a_feed_that_is_late_are_compared_with_nothing(
    connection: Connection, reads: Reads
) -> None:
    for month in ("2026-01-01", "2026-02-01"):
        released_complaints(connection, {"74": 30}, start=month)

    found = told(reads, date(2026, 11, 30), datetime(2026, 12, 1, 3, tzinfo=UTC))

    number = found.measures[COMPLAINTS]
    assert next(one for one in found.freshness if one.layer == "complaint_months").stale
    assert (number.state, number.value, number.comparisons) == (State.LATE, 30, ())


def test_a_day_has_no_complaints_of_its_own(connection: Connection, reads: Reads) -> None:
    released_complaints(connection, {"74": 30, "40": None}, start="2026-02-01")
    before = told(reads).measures[COMPLAINTS]
    for number in range(50):
        complaint(connection, f"c{number}", "2026-03-01 09:00+07", lon=100 + number / 500)

    assert told(reads).measures[COMPLAINTS] == before


def test_where_few_complain_a_quarter_is_told_and_compared_with_no_month(
    connection: Connection, reads: Reads
) -> None:
    released_complaints(connection, {"74": 30}, start="2025-07-01")
    quarter = {"area": "country", "period": "quarter", "start": "2025-10-01"}
    released_complaints(connection, {"TH": 90}, **quarter)

    report = told(reads)

    found = report.measures[COMPLAINTS]
    assert (report.complaint_period, found.value, found.series) == ("quarter", 90, None)
    assert [one.base for one in found.comparisons] == [None, None]
    assert row(report, "74").complaints is None


def test_a_period_in_which_all_are_too_few_is_not_none(
    connection: Connection, reads: Reads
) -> None:
    released_complaints(connection, {"74": None, "40": None}, start="2026-02-01")

    found = told(reads).measures[COMPLAINTS]

    assert (found.state, found.value) == (State.TOO_FEW, None)


# --- upwind, certificates, carbon -------------------------------------------------------------


def test_upwind_says_that_it_was_never_reckoned(connection: Connection, reads: Reads) -> None:
    factory(connection)

    report = told(reads)

    assert report.measures[UPWIND].state == State.NEVER_LOADED
    assert row(report, "74").upwind is None


def test_upwind_counts_factories_of_those_that_could_be_judged(
    connection: Connection, reads: Reads
) -> None:
    for id in ("f1", "f2"):
        factory(connection, id)
    days = {DAY: 2, DAY - timedelta(days=1): 1, DAY - timedelta(days=2): 0}
    fetched(
        connection,
        "INSERT INTO run (source, input, status) VALUES ('upwind_fires', '-', 'succeeded')",
    )
    for day, factories in days.items():
        coverage = {"day": day, "province_code": "74", "factories": 5, "judged": 4}
        insert(connection, "upwind_coverage", **coverage, run_id=_run(connection))
        for number in range(factories):
            insert(
                connection,
                "upwind_fire",
                day=day,
                factory_id=f"f{number + 1}",
                fires=3,
                nearest_m=900,
                nearest_bearing_deg=10,
                nearest_observed_at=on(day),
                run_id=_run(connection),
            )

    report = told(reads)

    upwind = report.measures[UPWIND]
    assert (upwind.state, upwind.value, upwind.of) == (State.KNOWN, 2, 4)
    assert upwind.beside == {"operating": 5, "not_judged": 1}
    assert [one.base for one in upwind.comparisons] == [0.5, None]
    assert upwind.series and upwind.series.values[-4:] == (None, 0, 1, 2)
    assert upwind.highest and (upwind.highest.code, upwind.highest_value) == ("74", 2)
    assert (row(report, "74").upwind, row(report, "40").upwind) == (2, None)


def _run(connection: Connection) -> int:
    [(last,)] = fetched(connection, "SELECT max(id) FROM run")
    return int(last)


def certificate(
    connection: Connection, factory_id: str, issued_on: str, expires_on: str | None
) -> None:
    insert(
        connection,
        "green_certificate",
        factory_ref=factory_id,
        factory_id=factory_id,
        level=3,
        issued_on=issued_on,
        expires_on=expires_on,
        source="green_industry",
    )


def test_certificates_are_those_valid_on_the_day_of_factories_that_operate(
    connection: Connection, reads: Reads
) -> None:
    for number in range(4):
        factory(connection, f"f{number}", **HERE)
    factory(connection, "gone", **HERE, status="struck_off")
    certificate(connection, "f0", "2024-01-01", "2026-03-02")  # its last day
    certificate(connection, "f0", "2025-06-01", "2028-03-02")  # once, however many
    certificate(connection, "f1", "2026-02-20", None)
    certificate(connection, "f2", "2022-01-01", "2026-03-01")  # over
    certificate(connection, "f3", "2026-03-03", None)  # to come
    certificate(connection, "gone", "2024-01-01", None)
    fetched(
        connection,
        "INSERT INTO run (source, input, status, finished_at)"
        " VALUES ('green_industry', '-', 'succeeded', '2026-03-01')",
    )

    report = told(reads)

    green = report.measures[GREEN]
    assert (green.state, green.value, green.of) == (State.KNOWN, 50.0, 4)
    assert green.beside == {"certified": 2}
    assert green.more_is_better
    assert [(one.base_kind, one.value, one.base) for one in green.comparisons] == [
        (Base.MONTH_BEFORE, 2, 2),
        (Base.YEAR_BEFORE, 2, 2),
    ]
    assert green.series and green.series.values[-3:] == (2, 3, 2)
    assert (row(report, "74").factories, row(report, "74").certified) == (4, 2)
    assert (row(report, "40").factories, row(report, "40").certified) == (None, None)


@pytest.mark.parametrize(
    ("day", "newest"), [(DAY, "2026-03-01T00:00:00Z"), (date(2025, 2, 1), "2025-02-01T01:00:00Z")]
)
def test_certificates_read_later_are_told_as_of_the_day(
    day: date, newest: str, connection: Connection, reads: Reads
) -> None:
    hotspot(connection, on(date(2025, 1, 1)), **HERE)
    fetched(
        connection,
        "INSERT INTO run (source, input, status, finished_at)"
        " VALUES ('green_industry', '-', 'succeeded', '2026-03-01T00:00:00Z')",
    )

    [told_of] = [one for one in told(reads, day).freshness if one.layer == "green_certificates"]

    assert told_of.newest == datetime.fromisoformat(newest)


def test_carbon_is_that_of_the_newest_year_that_is_over(
    connection: Connection, reads: Reads
) -> None:
    for year, quantity in ((2024, 1000), (2025, 2000), (2026, 5000)):
        returns(connection, year, quantity)
    publish_carbon(connection)

    report = told(reads)

    carbon = report.measures[CARBON]
    assert carbon.value == pytest.approx(5 * 2 * 2.7078, abs=1)
    assert [one.base_kind for one in carbon.comparisons] == [Base.YEAR_BEFORE]
    assert [one.base for one in carbon.comparisons] == pytest.approx([5 * 2.7078], abs=1)
    assert row(report, "74").tco2e == pytest.approx(5 * 2 * 2.7078, abs=1)
    assert row(report, "40").tco2e is None


def test_carbon_is_the_country_s_with_what_provinces_withhold(
    connection: Connection, reads: Reads
) -> None:
    returns(connection, 2024, 1000)
    returns(connection, 2025, 2000)
    for withheld in ("40", "41"):
        returns(connection, 2025, 2000, factories=3, province=withheld)
    publish_carbon(connection)

    report = told(reads)

    carbon = report.measures[CARBON]
    assert carbon.value == pytest.approx(11 * 2 * 2.7078, abs=1)
    [compared] = carbon.comparisons
    assert [compared.value, compared.base] == pytest.approx([11 * 2 * 2.7078, 5 * 2.7078], abs=1)
    assert row(report, "40").tco2e is None
    assert carbon.beside == {"vintage": 1}


def returns(
    connection: Connection, year: int, litres: float, factories: int = 5, province: str = "74"
) -> None:
    """Diesel of as many factories, each the same."""
    for number in range(factories):
        id = f"{province}-{year}-{number}"
        firm(connection, id, province_code=province)
        factory_return(connection, id, year, quantity=litres)
