"""The work list of a day: which complaints are one stop, in which order, what is said of each."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from psycopg2.extensions import connection as Connection

from geo_api.accounts.credentials import staff_of
from geo_api.database.connections import PrivateWrites, Reads
from geo_api.inspections.routing import distance_m, nearest_first
from geo_api.inspections.work_list import DatabaseWorkLists
from layers.casework.staff import NotAllowed, Staff
from layers.casework.work_list import DistrictNotFound, WorkListQuery
from layers.catalog import catalog
from tests.geo_api.inspections.edits import VISITED, asked_of, edit
from tests.makers import (
    attributed,
    box,
    complaint,
    factory,
    insert,
    province,
    session_of,
    staff_account,
)
from tests.makers import wind_reading as wind

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = date(2026, 3, 2)
LON, LAT = 100.25, 13.55
LAT_M = 1 / 110_600  # degrees of latitude of a metre
QUERY = WorkListQuery("7401", DAY)


@pytest.fixture
def officer(connection: Connection, private: PrivateWrites) -> Staff:
    province(connection)
    insert(
        connection,
        "district",
        code="7401",
        province_code="74",
        name_th="เมืองสมุทรสาคร",
        name_en="Mueang Samut Sakhon",
        source="boundaries",
        wkt=box(100.2, 13.5, 100.3, 13.6),
    )
    return staff_of(private.staff, session_of(connection, staff_account(connection)))


@pytest.fixture
def asked(private: PrivateWrites, reads: Reads) -> DatabaseWorkLists:
    return DatabaseWorkLists(private.staff, reads, catalog(), lambda: NOW)


def case(connection: Connection, id: str, north_m: float = 0, **more: Any) -> None:
    codes = {"province_code": "74", "district_code": "7401", **more}
    complaint(connection, id, "2026-03-01", lon=LON, lat=LAT + north_m * LAT_M, **codes)


def test_complaints_of_one_category_within_250_metres_are_one_stop(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    for id, north_m in (("a", 0), ("b", 249), ("far", 600)):
        case(connection, id, north_m)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET category = 'noise' WHERE id = 'b'")
    case(connection, "c", 240)

    stops = asked.work_list(officer, QUERY).stops

    assert sorted("".join(c.id for c in stop.cases) for stop in stops) == ["ac", "b", "far"]


def test_closed_spam_merged_and_other_districts_cases_are_no_stops(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    case(connection, "open")
    case(connection, "closed", closed_at="2026-03-01")
    case(connection, "spam", is_spam=True)
    case(connection, "elsewhere", district_code="7402")
    case(connection, "merged", duplicate_of="open")
    case(connection, "nowhere")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaint SET geom = NULL, district_code = '7401' WHERE id='nowhere'"
        )

    found = asked.work_list(officer, QUERY)

    assert [c.id for stop in found.stops for c in stop.cases] == ["open"]
    assert [c.id for c in found.unplaced] == ["nowhere"]


def test_stops_are_driven_nearest_first_from_the_start_or_from_the_most_urgent(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    for id, north_m, strength in (("a", 0, 1), ("b", 1000, 5), ("c", 1700, 1), ("d", 3500, 1)):
        case(connection, id, north_m, strength=strength)

    def way(start: tuple[float, float] | None) -> str:
        found = asked.work_list(officer, WorkListQuery("7401", DAY, start=start))
        return "".join(stop.cases[0].id for stop in found.stops)

    assert way(None) == "bcad"
    assert way((LON, LAT + 3200 * LAT_M)) == "dcba"


def test_a_team_has_its_own_cases_and_nobodys(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    colleague = staff_account(connection)
    case(connection, "mine", assigned_to=officer.account_id)
    case(connection, "theirs", 1000, assigned_to=colleague)
    case(connection, "nobodys", 2000)

    found = asked.work_list(officer, WorkListQuery("7401", DAY, team=officer.account_id))

    assert {c.id for stop in found.stops for c in stop.cases} == {"mine", "nobodys"}


def test_factories_upwind_now_are_named_first(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    case(connection, "case")
    factory(connection, "near-south", lon=LON, lat=LAT - 300 * LAT_M)
    factory(connection, "north", lon=LON, lat=LAT + 900 * LAT_M)
    factory(connection, "beyond", lon=LON, lat=LAT + 3200 * LAT_M)
    insert(
        connection,
        "air_station",
        id="w",
        kind="ground",
        source="air4thai",
        name_th="ก",
        name_en="a",
        lon=LON + 0.02,
        lat=LAT,
    )
    wind(connection, "w", NOW, from_deg=0, speed_m_s=2)

    [stop] = asked.work_list(officer, QUERY).stops

    assert [(s.id, s.upwind) for s in stop.suspects] == [("north", True), ("near-south", False)]
    assert (stop.suspects_found, stop.wind_from_deg) == (2, 0)


def test_without_wind_upwind_is_not_known_and_the_nearest_is_first(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    case(connection, "case")
    factory(connection, "far", lon=LON, lat=LAT + 900 * LAT_M)
    factory(connection, "near", lon=LON, lat=LAT - 300 * LAT_M)

    [stop] = asked.work_list(officer, QUERY).stops

    assert [(s.id, s.upwind) for s in stop.suspects] == [("near", None), ("far", None)]


def test_whom_the_winds_of_the_cases_point_to_goes_first_with_its_share(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    case(connection, "a")
    case(connection, "b", 100)
    for id, north_m in (("near", 100), ("suspect", 1_500)):
        factory(connection, id, lon=LON, lat=LAT + north_m * LAT_M)
    attributed(connection, "a", suspect=0.25)
    attributed(connection, "b", suspect=0.5)

    [stop] = asked.work_list(officer, QUERY).stops

    assert [(one.id, one.share) for one in stop.suspects] == [("suspect", 0.5), ("near", None)]


def test_a_stop_tells_its_last_visit_and_until_when_an_order_runs(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff, private: PrivateWrites
) -> None:
    case(connection, "case")
    factory(connection, "works", lon=LON, lat=LAT + 100 * LAT_M)
    due = date(2026, 3, 9)
    sent = edit("case", "works", order_due_on=due)
    asked_of(private.staff).sync(officer, [sent])

    [stop] = asked.work_list(officer, QUERY).stops

    assert stop.last is not None and stop.last.inspection == sent.inspection
    assert stop.last.visited_at == VISITED and stop.visited
    assert [(d.kind, d.due_on, d.number) for d in stop.deadlines] == [
        ("order", due, sent.content.order_number)
    ]
    assert stop.suspects[0].last == stop.last
    [next_day] = asked.work_list(officer, WorkListQuery("7401", date(2026, 3, 3))).stops
    assert not next_day.visited


def test_districts_with_open_cases_are_those_of_the_officers_province(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    case(connection, "one")
    case(connection, "two", 500)
    province(connection, "21", name_th="ระยอง", name_en="Rayong", wkt=box(101, 12, 102, 13))

    assert [(d.code, d.cases) for d in asked.districts(officer)] == [("7401", 2)]
    with pytest.raises(DistrictNotFound):
        asked.work_list(officer, WorkListQuery("2101", DAY))


def test_analysts_have_no_work_list(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff, private: PrivateWrites
) -> None:
    token = session_of(connection, staff_account(connection, role="analyst"))

    with pytest.raises(NotAllowed):
        asked.work_list(staff_of(private.staff, token), QUERY)


def test_the_way_is_to_the_nearest_next_and_each_place_once() -> None:
    places = [(100.0, 13.0), (100.3, 13.0), (100.1, 13.0)]

    way = nearest_first(places, None)

    assert [i for i, _ in way] == [0, 2, 1]
    assert way[0][1] is None
    # GeographicLib gives 10845.36 m for a tenth of a degree of longitude at 13° N.
    assert way[1][1] == pytest.approx(10_845, rel=0.005)
    assert nearest_first([], (100, 13)) == []
    assert distance_m((100, 13), (100, 13)) == 0


def test_a_stop_whose_time_ends_first_is_first_and_says_when(
    connection: Connection, asked: DatabaseWorkLists, officer: Staff
) -> None:
    case(connection, "many", strength=5)
    case(connection, "due", 1000)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE complaint SET received_at = '2026-03-01 20:00+07';"
            "UPDATE complaint SET category = 'noise' WHERE id = 'due'"
        )
    insert(connection, "complaint_deadline", category="noise", hours=24, source="a test")

    first, second = asked.work_list(officer, QUERY).stops

    assert [(d.kind, d.due_on) for d in first.deadlines] == [("case", date(2026, 3, 2))]
    assert (first.cases[0].id, second.deadlines) == ("due", ())
