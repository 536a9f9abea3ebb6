"""A factory's report: what is upwind, what is not known, and what a past day did not know yet."""

from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.factory import factory_report
from layers.catalog import catalog
from layers.model import Text
from layers.reports import FactoryReport
from layers.reports.factory import Neighbour
from layers.reports.measures import NotReported, State
from tests.geo_api.reports.around import (
    DAY,
    HOUR,
    LAT,
    LON,
    MORNING,
    NOW,
    certificate,
    fire,
    months,
    reading,
    station,
    succeeded,
    towards,
    wind,
)
from tests.geo_api.reports.rows import asked
from tests.makers import (
    box,
    factory,
    factory_return,
    firm,
    insert,
    province,
    publish_carbon,
    released_complaints,
)
from tests.makers import mill as a_sugar_mill


@pytest.fixture(autouse=True)
def mill(connection: Connection) -> str:
    """The factory that is asked for, in a province that is loaded."""
    months(connection)
    province(connection, wkt=box(LON - 0.5, LAT - 0.5, LON + 0.5, LAT + 0.5))
    return factory(connection, "mill", lon=LON, lat=LAT, name="โรงสี", workers=22, horsepower=135.5)


def report(reads: Reads, day: date | None = DAY, id: str = "mill") -> FactoryReport:
    return factory_report(reads, catalog(), id, day, NOW)


def near(found: FactoryReport, layer: str) -> list[Neighbour]:
    return [one for one in found.neighbours if one.layer == layer]


def test_a_fire_due_north_is_upwind_of_a_wind_from_the_north(
    connection: Connection, reads: Reads
) -> None:
    wind(connection, from_deg=0)
    fire(connection, 0, 8900, frp_mw=21.5, confidence="low")

    found = report(reads)

    [neighbour] = found.neighbours
    assert (neighbour.layer, neighbour.upwind, neighbour.kind) == ("hotspots", True, "paddy")
    assert neighbour.distance_m == pytest.approx(8900, abs=0.1)
    assert neighbour.bearing_deg is not None and neighbour.bearing_deg % 360 == pytest.approx(
        0, abs=0.01
    )
    assert neighbour.title == Text("จุดความร้อนในนาข้าว", "Hotspot in paddy")
    assert neighbour.detail.th == "ล่าสุด 6 ชม. ก่อน (02:00 น. ความเชื่อมั่นต่ำ) · รวม 21.5 MW"
    assert found.wind is not None
    assert (found.wind.from_deg, found.wind.speed_m_s) == (0, 2)
    assert found.wind.distance_m == pytest.approx(13_000, abs=1)
    upwind = found.measures["upwind"]
    assert (upwind.state, upwind.value, upwind.of, upwind.parts) == (
        *(State.KNOWN, 1, 1),
        {"paddy": 1},
    )


def test_fires_are_gathered_by_land_use_and_direction(connection: Connection, reads: Reads) -> None:
    wind(connection)
    for metres in (8900, 9400, 9900):
        fire(connection, 350, metres, at=MORNING - 40 * HOUR)
    fire(connection, 350, 9500, land_use="sugarcane")
    fire(connection, 180, 4000)
    fire(connection, 180, 7000)

    found = report(reads)

    told = [(one.kind, one.upwind, one.count, round(one.farthest_m)) for one in found.neighbours]
    assert told == [
        ("paddy", True, 3, 9900),
        ("sugarcane", True, 1, 9500),
        ("paddy", False, 1, 4000),
        ("paddy", False, 1, 7000),
    ]
    assert len(found.neighbours[0].places) == 3
    assert found.measures["hotspots"].value == 6
    assert found.measures["upwind"].value == 4
    assert (found.measures["upwind_day"].value, found.measures["upwind_day"].of) == (1, 3)


def test_a_works_own_heat_is_no_fire_near_it(connection: Connection, reads: Reads) -> None:
    wind(connection)
    run = succeeded(connection, "industrial_heat")
    days = {"first_day": "2025-01-01", "last_day": "2026-01-01"}
    insert(connection, "heat_judgement", **days, run_id=run)
    fire(connection, 350, 300, heat_source="industrial_static")
    fire(connection, 350, 9500)

    found = report(reads)

    assert [(one.kind, round(one.farthest_m)) for one in found.neighbours] == [("paddy", 9500)]
    assert found.measures["hotspots"].value == 1


def test_in_a_calm_what_is_upwind_is_not_known(connection: Connection, reads: Reads) -> None:
    wind(connection, speed_m_s=0.9)
    fire(connection, 0, 3000)

    found = report(reads)

    assert found.wind is not None and found.wind.from_deg is None
    assert found.measures["upwind"].state is State.CALM
    assert found.measures["upwind"].value is None
    assert found.measures["upwind"].of == 1
    assert found.neighbours[0].upwind is None


def test_without_a_station_what_is_upwind_is_not_known(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 3000)

    found = report(reads)

    assert (found.wind, found.station, found.pm25_hourly, found.wind_from) == (None, None, None, ())
    assert found.measures["upwind"].state is State.NO_STATION
    assert found.measures["upwind"].value is None
    assert found.measures["air"].state is State.NO_STATION


def test_without_any_fire_near_there_is_none_upwind_whatever_the_wind(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 50_000)

    upwind = report(reads).measures["upwind"]

    assert (upwind.state, upwind.value) == (State.KNOWN, 0)


def test_hotspots_that_were_never_loaded_are_not_none_at_all(reads: Reads) -> None:
    found = report(reads)

    for name in ("hotspots", "upwind"):
        assert found.measures[name].state is State.NEVER_LOADED
        assert found.measures[name].value is None
    assert found.fires_by_month is None


def test_a_feed_that_is_behind_is_late(connection: Connection, reads: Reads) -> None:
    wind(connection)
    fire(connection, 0, 3000, at=MORNING - 31 * HOUR)

    hotspots = report(reads).measures["hotspots"]

    assert (hotspots.state, hotspots.value) == (State.LATE, 1)


def test_a_past_day_knows_nothing_of_what_came_later(connection: Connection, reads: Reads) -> None:
    station(connection, "vane")
    yesterday = MORNING - 24 * HOUR
    for at, from_deg in ((yesterday, 90.0), (MORNING, 0.0)):
        reading(connection, at, "vane", wind_from_deg=from_deg, wind_speed_m_s=3.0, pm25_24h=30.0)
    fire(connection, 90, 3000, at=yesterday - HOUR)
    fire(connection, 0, 3000, at=yesterday)
    certificate(connection, "mill", 3, "2026-03-02")

    found = report(reads, DAY - timedelta(days=1))

    assert found.at == yesterday
    assert found.wind is not None and found.wind.from_deg == 90
    assert [(one.layer, one.upwind) for one in found.neighbours] == [("hotspots", True)]
    assert found.certificates == ()
    assert found.measures["green"].value is None  # no list was ever read
    assert found.fires_by_month is not None
    assert found.fires_by_month.values[-1] == 1


def test_factories_near_are_told_with_their_valid_level(
    connection: Connection, reads: Reads
) -> None:
    wind(connection, from_deg=0)
    factory(connection, "south", **towards(180, 1200), workers=66, kind="อาหาร")  # type: ignore[arg-type]
    factory(connection, "north", **towards(0, 3800))  # type: ignore[arg-type]
    factory(connection, "far", **towards(0, 5100))  # type: ignore[arg-type]
    factory(connection, "gone", **towards(0, 1000), status="struck_off")  # type: ignore[arg-type]
    certificate(connection, "south", 2, "2024-01-01")
    certificate(connection, "south", 4, "2023-01-01", expires="2026-03-01")

    found = report(reads)

    assert [(one.id, one.upwind, one.kind) for one in found.neighbours] == [
        ("north", True, None),
        ("south", False, "certified"),
    ]
    assert found.neighbours[1].detail == Text(
        "อาหาร · 66 คน · ใบรับรองระดับ 2", "อาหาร · 66 workers · certified at level 2"
    )
    assert found.found["factories"] == 2
    assert found.looked_m["factories"] == 5000


def test_complaints_are_those_of_the_area_alone_and_never_counted_near(
    connection: Connection, reads: Reads
) -> None:
    released_complaints(connection, {"74": 40}, start="2026-01-01")
    released_complaints(connection, {"74": None}, start="2026-02-01")

    found = report(reads)

    [told] = found.complaints
    assert (told.layer, told.area, told.homes) == ("complaint_months", "province", None)
    assert (told.start, told.last_day) == (date(2026, 2, 1), date(2026, 2, 28))
    assert "complaints" not in found.found
    assert near(found, "complaints") == []


def test_the_history_tells_fires_by_month_air_by_hour_and_winds_by_direction(
    connection: Connection, reads: Reads
) -> None:
    station(connection)
    for hours in range(24 * 20):
        calm = hours % 4 == 0
        reading(
            connection,
            MORNING - hours * HOUR,
            pm25_1h=30.0 if hours < 24 else 20.0,
            wind_from_deg=45.0,
            wind_speed_m_s=0.5 if calm else 3.0,
        )
    fire(connection, 10, 3000, at=MORNING - timedelta(days=40))
    fire(connection, 10, 3000, at=MORNING - timedelta(days=1))
    fire(connection, 10, 3100, at=MORNING - timedelta(days=1))
    asked(connection, MORNING)

    found = report(reads)

    assert found.fires_by_month is not None and found.fires_by_month.step == "month"
    assert found.fires_by_month.start == date(2024, 4, 1)
    assert found.fires_by_month.values == (*[None] * 21, 1, 0, 2)
    assert found.fires_by_month.until == found.day
    assert found.pm25_hourly is not None and found.pm25_running is not None
    assert found.pm25_hourly.start == date(2026, 2, 16)
    assert found.pm25_hourly.values == (*[20] * (13 * 24), *[30] * 24)
    assert found.pm25_running.values[-1] == pytest.approx(30)
    assert found.pm25_running.values[-13] == pytest.approx(25)
    assert found.station == Text("สถานี 36t", "Station 36t")
    assert found.wind_from[2] == 360 and sum(found.wind_from) == 360
    assert found.calm_share == pytest.approx(0.25)
    air = found.measures["air"]
    assert (air.state, air.value, air.as_of) == (State.KNOWN, 30, MORNING)
    assert air.comparisons[0].base == pytest.approx(20)


def test_certificates_are_told_by_date_and_the_highest_valid_one_counts(
    connection: Connection, reads: Reads
) -> None:
    succeeded(connection, "green_industry")
    certificate(connection, "mill", 2, "2025-03-29")
    certificate(connection, "mill", 3, "2026-02-24")
    certificate(connection, "mill", 4, "2024-01-01", expires="2025-12-31")

    found = report(reads)

    assert [one.level for one in found.certificates] == [4, 2, 3]
    assert (found.measures["green"].value, found.measures["green"].of) == (3, 5)


def test_its_carbon_is_not_published_but_that_of_its_province_is(
    connection: Connection, reads: Reads
) -> None:
    for id in ("f1", "f2", "f3", "f4"):
        firm(connection, id)
    for id in ("mill", "f1", "f2", "f3", "f4"):
        for year, litres in ((2024, 1000.0), (2025, 500.0), (2026, 10.0)):
            factory_return(connection, id, year, quantity=litres)
    publish_carbon(connection)

    found = report(reads)

    assert found.carbon_state is State.NOT_PUBLISHED
    assert found.carbon is not None
    assert found.carbon.value == pytest.approx(5 * 1.3539, abs=1)
    assert found.carbon.comparisons[0].base == pytest.approx(5 * 2.7078, abs=1)
    assert found.carbon.parts == {"year": 2025, "reported": 5, "vintage": 1}
    assert found.carbon.highest is not None and found.carbon.highest.code == "74"
    [fresh] = [one for one in found.freshness if one.layer == "carbon"]
    assert fresh.newest is not None and fresh.newest.isoformat() == "2025-12-31T23:59:59+07:00"


def test_the_register_s_facts_are_told_with_their_units(reads: Reads) -> None:
    found = report(reads)

    assert (found.name.th, found.operating) == ("โรงสี", True)
    told = {title.en: value for title, value in found.facts}
    assert told["Horsepower"] == Text("135.5", "135.5 hp")  # under the title แรงม้า
    assert told["Status"] == Text("ประกอบกิจการอยู่", "Operating")
    assert "Group" not in told
    assert found.province is not None and found.province.name.th == "สมุทรสาคร"


def test_of_a_factory_without_a_place_nothing_is_said_of_what_is_near(
    connection: Connection, reads: Reads
) -> None:
    insert(
        connection, "factory", id="lost", source="diw", name="ก", status="unknown",
        province_code="74", district_name="อ.เมือง",
    )  # fmt: skip
    certificate(connection, "lost", 1, "2026-01-01")
    succeeded(connection, "green_industry")

    found = report(reads, id="lost")

    assert (found.lon, found.lat, found.operating, found.neighbours) == (None, None, None, ())
    assert {found.measures[name].state for name in ("hotspots", "upwind", "air")} == {
        State.NO_PLACE
    }
    assert found.measures["green"].value == 1
    assert found.province is not None
    assert Text("อ.เมือง", "อ.เมือง") in [value for _, value in found.facts]


def test_without_a_day_it_is_the_newest_that_is_over(reads: Reads) -> None:
    found = report(reads, None)

    assert (found.day, found.at) == (DAY, MORNING)


def test_a_factory_that_is_not_in_the_register_is_not_reported(reads: Reads) -> None:
    with pytest.raises(NotReported, match="no factory 'nobody'"):
        report(reads, id="nobody")


def test_a_day_that_is_not_over_is_not_reported(reads: Reads) -> None:
    with pytest.raises(NotReported, match="2026-03-03 yet; the newest is of 2026-03-02"):
        report(reads, DAY + timedelta(days=1))


def test_the_api_gives_the_report_to_any_site(client: TestClient, connection: Connection) -> None:
    wind(connection)
    fire(connection, 0, 8900)

    answer = client.get(f"/api/reports/factories/mill?day={DAY}", headers={"Origin": "https://a.b"})

    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    told = answer.json()
    assert (told["day"], told["at"]) == ("2026-03-02", "2026-03-02T01:00:00Z")
    assert told["measures"]["upwind"]["value"] == 1
    assert told["neighbours"][0]["title"]["en"] == "Hotspot in paddy"


def test_the_page_says_to_which_day_the_data_reach_and_not_that_nothing_is_near(
    client: TestClient, connection: Connection
) -> None:
    wind(connection)
    station(connection)
    reading(connection, pm25_24h=30.0)
    fire(connection, 90, 100_000)

    def said(day: date) -> str:
        return str(client.get(f"/factories/mill?day={day}&lang=en").text)

    then, late = said(DAY), said(DAY + timedelta(days=100))

    wrong = ("No wind station near enough", "Nothing was found", "No station here reports")
    reach = "The data reach to 2 Mar 2026; after it nothing is known"
    assert "Nothing was found near" in then and reach not in then
    assert late.count(reach) == 4  # fires, wind, air, and the list of what is near
    assert not any(one in late for one in (*wrong, "The wind&#39;s direction is not known"))


def test_the_month_to_which_fires_are_known_is_marked_and_not_the_page_s(
    client: TestClient, connection: Connection
) -> None:
    fire(connection, 90, 1000)

    page = client.get(f"/factories/mill?day={DAY + timedelta(days=100)}&lang=en").text

    assert "Mar 2026 is counted to 08:00 of 2 Mar 2026" in page
    assert '<th scope="row">Mar 2026 (until 2 Mar)</th><td>1</td>' in page
    assert '<th scope="row">Jun 2026</th><td>–</td>' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [("mill?day=2026-3-2", 400), ("nobody", 404), ("mill?day=2999-01-01", 404)],
)
def test_what_there_is_not_is_a_problem(client: TestClient, path: str, status: int) -> None:
    answer = client.get(f"/api/reports/factories/{path}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_mill_has_the_halves_of_months_of_its_newest_season_that_are_over(
    connection: Connection, reads: Reads
) -> None:
    a_sugar_mill(connection, "sugar")

    found = report(reads, id="sugar").mill

    assert found is not None
    [half] = found.halves
    assert (half.first_day, half.last_day) == (date(2025, 12, 1), date(2025, 12, 15))
    assert (half.fires, half.declared, half.burnt_pct) == (9.5, "declared", 10)
    assert (found.season, found.daily_cap_pct, found.season_cap_pct) == (2025, 25, None)
    assert found.burnt_pct == 10  # 100 t of 1000
    assert report(reads, date(2025, 12, 14), "sugar").mill is None
    assert report(reads).mill is None
