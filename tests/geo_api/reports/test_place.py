"""A place's report: its week beside others, its parts, and what is not known of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.database.connections import Reads
from geo_api.reports.place import place_report
from layers.catalog import catalog
from layers.model import Text
from layers.reports import PlaceReport
from layers.reports.measures import Base, Comparison, Measure, NotReported, State
from layers.reports.place import Circle, Town
from tests.geo_api.reports.around import (
    DAY,
    HOUR,
    LAT,
    LON,
    MORNING,
    NOW,
    certificate,
    coverage,
    estate,
    fire,
    months,
    reading,
    station,
    succeeded,
    towards,
    upwind,
    wind,
)
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

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def places(connection: Connection) -> None:
    """A province in two halves around the factory's place, and another far away."""
    months(connection)
    province(connection, wkt=box(LON - 0.5, LAT - 0.5, LON + 0.5, LAT + 0.5))
    province(
        connection, "50", name_th="เชียงใหม่", name_en="Chiang Mai", region="north",
        wkt=box(98.5, 18.5, 99.5, 19.5),
    )  # fmt: skip
    for code, name_th, name_en, south, north in (
        ("7401", "เหนือ", "North", LAT, LAT + 0.5),
        ("7402", "ใต้", "South", LAT - 0.5, LAT),
        ("7403", "ว่าง", "Quiet", LAT - 0.5, LAT - 0.49),
    ):
        insert(
            connection,
            "district",
            code=code,
            province_code="74",
            name_th=name_th,
            name_en=name_en,
            source="boundaries",
            wkt=box(LON - 0.5 + (code == "7403"), south, LON + 0.5 + (code == "7403"), north),
        )


def report(
    reads: Reads, kind: str = "province", code: str = "74", day: date | None = DAY
) -> PlaceReport:
    return place_report(reads, catalog(), kind, code, day, NOW)


def compared(measure: Measure, base: Base) -> Comparison:
    [found] = [one for one in measure.comparisons if one.base_kind is base]
    return found


def test_the_week_is_told_beside_the_week_before_and_a_year_ago(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 900, at=MORNING - 500 * A_DAY)
    for days in (0, 3, 6):
        fire(connection, 0, 1000 + days, at=MORNING - days * A_DAY - HOUR)
    fire(connection, 180, 1000, at=MORNING - HOUR, land_use="forest")
    fire(connection, 0, 2000, at=MORNING - 8 * A_DAY)
    fire(connection, 0, 3000, at=MORNING - 365 * A_DAY - HOUR)
    fire(connection, 0, 3001, at=MORNING - 365 * A_DAY - HOUR)
    fire(connection, 90, 100_000, at=MORNING - HOUR)

    found = report(reads)

    hotspots = found.measures["hotspots"]
    assert (hotspots.state, hotspots.value) == (State.KNOWN, 4)
    assert compared(hotspots, Base.WEEK_BEFORE).base == 1
    assert compared(hotspots, Base.WEEK_LAST_SEASON).base == 2
    assert hotspots.parts == {"paddy": 3, "forest": 1}
    assert hotspots.highest is not None and hotspots.highest.code == "7401"
    assert hotspots.highest_value == 3
    assert hotspots.series is not None and hotspots.series.values[-7:] == (1, 0, 0, 1, 0, 0, 2)
    assert found.rank == 1


@pytest.mark.parametrize(("kind", "code"), [("province", "74"), ("district", "7409")])
def test_outlines_of_the_simulated_world_are_told_to_be_made_up(
    kind: str, code: str, connection: Connection, reads: Reads
) -> None:
    assert not report(reads, "district", "7401").outlines_invented

    insert(
        connection, "district", code="7409", province_code="74", name_th="ใหม่", name_en="New",
        source="demo", wkt=box(LON - 0.1, LAT - 0.1, LON, LAT),
    )  # fmt: skip

    assert report(reads, kind, code).outlines_invented
    assert not report(reads, "province", "50").outlines_invented


def test_the_season_runs_from_december_and_the_last_one_to_its_end(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 900, at=MORNING - 700 * A_DAY)
    fire(connection, 0, 1000, at=MORNING - HOUR)
    fire(connection, 0, 1000, at=MORNING - 365 * A_DAY + 30 * A_DAY)

    found = report(reads)

    assert found.season is not None and found.last_season is not None
    assert (found.season.start, len(found.season.values)) == (date(2025, 12, 1), 92)
    assert (sum(v or 0 for v in found.season.values), found.season.values[-1]) == (1, 1)
    assert (found.last_season.start, len(found.last_season.values)) == (date(2024, 12, 1), 151)
    assert sum(v or 0 for v in found.last_season.values) == 1


def test_days_before_anything_was_loaded_are_not_known(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 1000, at=MORNING - 3 * A_DAY)  # in the day that begins then
    fire(connection, 90, 100_000, at=MORNING - HOUR)

    found = report(reads)

    hotspots = found.measures["hotspots"]
    assert (hotspots.state, hotspots.value) == (State.NOT_SEEN, None)
    assert hotspots.series is not None
    assert hotspots.series.values[-4:] == (None, 1, 0, 0)
    assert found.last_season is not None and set(found.last_season.values) == {None}


def test_hotspots_that_were_never_loaded_are_not_none_at_all(reads: Reads) -> None:
    found = report(reads)

    assert found.measures["hotspots"].state is State.NEVER_LOADED
    assert (found.measures["hotspots"].value, found.rank, found.season) == (None, None, None)


def test_a_detection_known_to_a_window_of_days_is_in_no_day(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 900, at=MORNING - 500 * A_DAY)
    fire(
        connection, 0, 1000, at=MORNING - HOUR, time_precision="window",
        acquired_from=MORNING - 3 * A_DAY,
    )  # fmt: skip

    assert report(reads).measures["hotspots"].value == 0


def test_factories_with_fires_upwind_are_told_of_those_judged(
    connection: Connection, reads: Reads
) -> None:
    factory(connection, "mill", **towards(0, 1000), name="โรงสี", kind="อาหาร")  # type: ignore[arg-type]
    certificate(connection, "mill", 3, "2026-01-01")
    upwind(connection, "mill")
    coverage(connection, factories=130, judged=128)
    coverage(connection, factories=130, judged=130, day=DAY - A_DAY)

    found = report(reads)

    measure = found.measures["upwind"]
    assert (measure.state, measure.value, measure.of) == (State.KNOWN, 1, 128)
    assert measure.parts == {"not_judged": 2}
    assert compared(measure, Base.DAYS_BEFORE).base == 0
    [one] = found.upwind_factories
    assert (one.id, one.name, one.kind, one.level) == ("mill", "โรงสี", "อาหาร", 3)
    assert (one.fires, one.distance_m, one.direction, one.land_use) == (2, 8900, "north", "paddy")


@pytest.mark.parametrize(
    ("judged", "state", "value"),
    [(0, State.CALM, None), (None, State.NEVER_LOADED, None), (3, State.KNOWN, 0)],
)
def test_what_could_not_be_judged_is_not_zero(
    connection: Connection, reads: Reads, judged: int | None, state: State, value: int | None
) -> None:
    if judged is not None:
        coverage(connection, factories=3, judged=judged)

    measure = report(reads).measures["upwind"]

    assert (measure.state, measure.value) == (state, value)


@pytest.mark.parametrize(("judged", "value"), [(2, None), (3, 0)])
def test_of_a_district_nobody_knows_whether_those_not_judged_are_its_own(
    connection: Connection, reads: Reads, judged: int, value: int | None
) -> None:
    coverage(connection, factories=3, judged=judged)

    assert report(reads, "district", "7401").measures["upwind"].value == value


def test_the_air_is_that_of_the_station_with_the_highest_mean(
    connection: Connection, reads: Reads
) -> None:
    station(connection, "low", 1000)
    station(connection, "high", 2000)
    station(connection, "abroad", 90_000)
    for name, value in (("low", 20.0), ("high", 50.0), ("abroad", 90.0)):
        for days in range(8):
            reading(connection, MORNING - days * A_DAY, name, pm25_24h=value - days)

    found = report(reads)

    air = found.measures["air"]
    assert (air.state, air.value, air.of, air.as_of) == (State.KNOWN, 50, 2, MORNING)
    assert compared(air, Base.DAYS_BEFORE).base == pytest.approx(46)
    assert found.station == Text("สถานี high", "Station high")
    assert found.pm25 is not None and found.pm25.values[-8:] == (43, 44, 45, 46, 47, 48, 49, 50)


def fires_met(connection: Connection, days_before: int, **more: Any) -> None:
    day = MORNING.date() - timedelta(days=days_before)
    told = {"fires_72h": 4.0, "low_72h": 2.0, "high_72h": 7.0, "placebo_72h": 1.0, "p_72h": 1 / 29}
    values = {
        "day": day,
        "station_id": "high",
        "pm25_24h": 50,
        "standard": 37.5,
        "placebos": 28,
        "provisional": False,
        "method": "m",
        "from_deg": 350,
        "from_km": 120,
        "run_id": succeeded(connection, "fire_contribution"),
        **told,
        **more,
    }
    insert(connection, "fire_contribution", **values)


def test_of_a_day_above_the_standard_the_fires_that_its_air_met_are_told(
    connection: Connection, reads: Reads
) -> None:
    station(connection, "high", 2000)
    reading(connection, MORNING, "high", pm25_24h=50)
    fires_met(connection, 0)
    fires_met(connection, 3, fires_72h=2.0, placebo_72h=2.5, p_72h=0.7)

    way = report(reads).fires_on_the_way

    assert way is not None and (way.finding, way.fires, way.on_other_days) == ("more", 4, 1)
    assert (way.from_deg, way.distance_m, way.provisional) == (350, 120_000, False)
    assert way.by_day.values[-4:] == (2, None, None, 4)
    assert way.others_by_day.values[-4:] == (2.5, None, None, 1)


def test_of_a_day_that_was_not_computed_nothing_is_told_of_fires_on_the_way(
    connection: Connection, reads: Reads
) -> None:
    station(connection, "high", 2000)
    reading(connection, MORNING, "high", pm25_24h=50)
    fires_met(connection, 1)

    assert report(reads).fires_on_the_way is None


def test_a_province_without_a_station_has_no_air_but_a_district_that_of_the_nearest(
    connection: Connection, reads: Reads
) -> None:
    insert(
        connection, "air_station", id="beyond", lon=LON, lat=LAT + 0.51, kind="ground",
        name_th="นอก", source="air4thai",
    )  # fmt: skip
    reading(connection, station="beyond", pm25_24h=28.0)

    whole, half = report(reads), report(reads, "district", "7401")

    assert (whole.measures["air"].state, whole.station) == (State.NO_STATION, None)
    assert (half.measures["air"].value, half.measures["air"].of) == (28, None)
    assert half.station == Text("นอก", "นอก")


def test_complaints_are_those_of_the_released_area_that_holds_the_place(
    connection: Connection, reads: Reads
) -> None:
    for start, homes in (("2026-02-01", 40), ("2026-01-01", 16)):
        released_complaints(connection, {"74": homes}, start=start)

    whole, part = report(reads), report(reads, "district", "7401")

    for found in (whole, part):
        measure = found.measures["complaints"]
        assert (measure.state, measure.value) == (State.KNOWN, 40)
        assert compared(measure, Base.MONTH_BEFORE).base == 16
        assert found.complaints is not None
        assert found.complaints.start == date(2024, 3, 1)
        assert found.complaints.values[-3:] == (None, 16, 40)
    assert part.complaints_of == whole.place.name


def test_too_few_complaints_to_be_shown_are_no_zero(connection: Connection, reads: Reads) -> None:
    released_complaints(connection, {"74": None}, start="2026-02-01")

    measure = report(reads).measures["complaints"]

    assert (measure.state, measure.value) == (State.TOO_FEW, None)


def test_certified_factories_are_told_of_those_that_operate(
    connection: Connection, reads: Reads
) -> None:
    succeeded(connection, "green_industry")
    for n in range(15):
        factory(connection, f"f{n}", **towards(0, 100 + n))  # type: ignore[arg-type]
    factory(connection, "there", lon=99, lat=19, province_code="50")
    factory(connection, "stopped", province_code="74", status="temporarily_stopped")
    certificate(connection, "f0", 1, "2024-01-01")
    certificate(connection, "f0", 3, "2025-06-01")
    certificate(connection, "f1", 2, "2025-06-01")
    certificate(connection, "f2", 5, "2024-01-01", expires="2025-12-31")
    certificate(connection, "stopped", 1, "2024-01-01")

    found = report(reads)

    green = found.measures["green"]
    assert (green.state, green.value, green.of, green.more_is_better) == (State.KNOWN, 2, 15, True)
    assert compared(green, Base.YEAR_BEFORE).base == 2
    assert compared(green, Base.COUNTRY).value == pytest.approx(100 * 2 / 15)
    assert compared(green, Base.COUNTRY).base == pytest.approx(100 * 2 / 16)
    assert found.levels == {0: 13, 1: 0, 2: 1, 3: 1, 4: 0, 5: 0}
    assert report(reads, code="50").measures["green"].state is State.TOO_FEW


def test_the_districts_are_told_by_hotspots_and_the_quiet_ones_counted(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 90, 100_000, at=MORNING - 100 * A_DAY)
    fire(connection, 180, 1000, at=MORNING - HOUR)
    factory(connection, "north", **towards(0, 1000))  # type: ignore[arg-type]
    factory(connection, "south", **towards(180, 1000))  # type: ignore[arg-type]
    upwind(connection, "north")
    coverage(connection, factories=2, judged=2)
    year = {"table": "complaint_years", "period": "year", "start": "2025-01-01"}
    released_complaints(connection, {"7401": 50, "7402": None}, area="district", **year)

    found = report(reads)

    assert [
        (p.place.name.en, p.hotspots_week, p.factories, p.upwind, p.complaints_year)
        for p in found.parts
    ] == [("South", 1, 1, 0, None), ("North", 0, 1, 1, 50)]
    assert found.parts_quiet == 1
    assert [one.place.name.en for one in found.labels] == ["North", "South", "Quiet"]
    assert LAT < found.labels[0].lat < LAT + 0.5


@pytest.mark.parametrize(("judged", "known"), [(2, [0, 1]), (1, [None, 1]), (None, [None, None])])
def test_a_district_without_a_fire_upwind_has_none_only_where_all_were_judged(
    connection: Connection, reads: Reads, judged: int | None, known: list[int | None]
) -> None:
    for name, azimuth in (("north", 0), ("south", 180)):
        factory(connection, name, **towards(azimuth, 1000))  # type: ignore[arg-type]
    if judged is not None:
        upwind(connection, "north")
        coverage(connection, factories=2, judged=judged)

    parts = report(reads).parts

    assert [p.upwind for p in sorted(parts, key=lambda p: p.place.code, reverse=True)] == known


def test_a_district_is_told_with_its_province_and_its_rank_in_it(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 900, at=MORNING - 500 * A_DAY)
    fire(connection, 180, 1000, at=MORNING - HOUR)
    fire(connection, 180, 2000, at=MORNING - HOUR)
    fire(connection, 0, 1000, at=MORNING - HOUR)
    wind(connection)

    found = report(reads, "district", "7401")

    assert (found.place.name.th, found.region) == ("เหนือ", "central")
    assert [area.code for area in found.above] == ["74"]
    assert (found.measures["hotspots"].value, found.rank) == (1, 2)
    assert (found.parts, found.parts_quiet, found.carbon) == ((), 0, None)
    assert found.bounds == pytest.approx((LON - 0.5, LAT, LON + 0.5, LAT + 0.5))
    assert found.wind is not None and found.wind.from_deg == 0


def test_an_estate_stands_for_an_eco_town_with_what_lies_around_it(
    connection: Connection, reads: Reads
) -> None:
    estate(connection, "นิคม")
    fire(connection, 0, 900, at=MORNING - 500 * A_DAY)
    fire(connection, 0, 4900, at=MORNING - HOUR)
    fire(connection, 0, 5100, at=MORNING - HOUR)

    found = report(reads, "eco_town", "นิคม")

    assert found.place.name.th == "นิคม"
    assert [area.code for area in found.above] == ["74"]
    assert (found.measures["hotspots"].value, found.rank) == (1, None)
    assert found.circle == Circle(LON, LAT, 5000.0)


def test_a_town_is_its_area_with_the_levels_it_was_assessed_at(
    connection: Connection, reads: Reads
) -> None:
    town(connection, "1-7", "{7401}")
    for year, level in ((2021, 0), (2022, 3)):
        insert(
            connection, "eco_town_level", eco_town_id="1-7", year=year, level=level,
            source="eco_towns",
        )  # fmt: skip
    fire(connection, 0, 900, at=MORNING - 500 * A_DAY)
    fire(connection, 0, 40_000, at=MORNING - HOUR)
    fire(connection, 180, 40_000, at=MORNING - HOUR)

    found = report(reads, "eco_town", "1-7")

    assert found.town == Town("gazetted", {2021: 0, 2022: 3}, 5, 2027, "MOI 2561")
    assert [area.code for area in found.above] == ["74"]
    assert found.measures["hotspots"].value == 1
    assert found.bounds == pytest.approx((LON - 0.5, LAT, LON + 0.5, LAT + 0.5))


def test_a_town_of_unknown_extent_is_what_lies_around_its_point(
    connection: Connection, reads: Reads
) -> None:
    town(connection, "1-19", "{}")

    found = report(reads, "eco_town", "1-19")

    assert found.town == Town("illustrative", {}, 5, 2027, "MOI 2561")
    _, south, _, north = found.bounds
    assert north - south == pytest.approx(10_000 / 110_600, rel=0.01)
    assert report(reads).town is None


def town(connection: Connection, id: str, codes: str) -> None:
    """An eco-industrial town of those districts."""
    insert(
        connection, "eco_town", id=id, phase=1, name_th="เมือง", province_code="74",
        area_codes=codes, named_parts=1, target_level=5, target_year=2027, notice="MOI 2561",
        source="eco_towns",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "code", "what"),
    [
        ("province", "99", "no province has the code '99'"),
        ("eco_town", "nowhere", "no eco_town has the code 'nowhere'"),
        ("village", "1", "no places of kind 'village'"),
    ],
)
def test_what_there_is_not_is_not_reported(reads: Reads, kind: str, code: str, what: str) -> None:
    with pytest.raises(NotReported, match=what):
        report(reads, kind, code)


def test_the_api_gives_the_report(client: TestClient, connection: Connection) -> None:
    fire(connection, 0, 900, at=MORNING - 500 * A_DAY)
    fire(connection, 0, 1000, at=MORNING - HOUR)

    told = client.get(f"/api/reports/places/province/74?day={DAY}").json()
    missing = client.get("/api/reports/places/province/99")

    assert (told["place"]["code"], told["measures"]["hotspots"]["value"]) == ("74", 1)
    assert told["season"]["values"][-1] == 1
    assert (missing.status_code, missing.json()["status"]) == (404, 404)


def test_where_the_feed_of_fires_is_behind_none_found_is_not_none(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 1000, at=MORNING - 30 * A_DAY)
    factory(connection, "mill", **towards(0, 1000))  # type: ignore[arg-type]

    found = report(reads)

    hotspots = found.measures["hotspots"]
    assert (hotspots.state, hotspots.value) == (State.LATE, None)
    assert hotspots.series is not None and hotspots.series.values[-1] is None
    assert found.season is not None and found.season.values[-30:-28] == (1, None)
    assert [part.hotspots_week for part in found.parts] == [None]


def test_fires_found_are_told_though_the_feed_is_behind(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 900, at=MORNING - 100 * A_DAY)
    fire(connection, 0, 1000, at=MORNING - 5 * A_DAY - HOUR)

    found = report(reads)

    hotspots = found.measures["hotspots"]
    assert (hotspots.state, hotspots.value) == (State.LATE, 1)
    assert hotspots.comparisons == ()


def test_no_week_is_compared_with_one_of_which_a_day_is_not_known(
    connection: Connection, reads: Reads
) -> None:
    fire(connection, 0, 900, at=MORNING - 13 * A_DAY - HOUR)
    fire(connection, 0, 1000, at=MORNING - 12 * A_DAY - HOUR)
    fire(connection, 0, 1000, at=MORNING - A_DAY - HOUR)
    fire(connection, 0, 1000, at=MORNING - HOUR)

    whole = report(reads).measures["hotspots"]
    a_day_short = report(reads, day=DAY - A_DAY).measures["hotspots"]

    assert compared(whole, Base.WEEK_BEFORE).base == 2
    assert (a_day_short.state, a_day_short.comparisons) == (State.KNOWN, (
        Comparison(Base.WEEK_BEFORE, 1, None), Comparison(Base.WEEK_LAST_SEASON, 1, None),
    ))  # fmt: skip


def test_a_week_before_the_first_hotspot_is_not_seen(connection: Connection, reads: Reads) -> None:
    fire(connection, 0, 1000, at=MORNING - HOUR)
    factory(connection, "mill", **towards(0, 1000))  # type: ignore[arg-type]

    for day in (DAY, date(2010, 1, 1)):
        found = report(reads, day=day)

        hotspots = found.measures["hotspots"]
        assert (hotspots.state, hotspots.value, hotspots.comparisons) == (State.NOT_SEEN, None, ())
        assert {part.hotspots_week for part in found.parts} == {None}


def test_years_of_a_province_say_where_they_cannot_be_compared_and_of_which_vintage_they_are(
    connection: Connection, reads: Reads, client: TestClient
) -> None:
    insert(
        connection, "emission_factor", energy="grid_electricity", unit="kWh", kgco2e_per_unit=0.4,
        scope=2, basis="generation_and_losses", gases="as published", gwp="as published",
        valid_from="2025-06-01", source="test",
    )  # fmt: skip
    for n in range(5):
        firm(connection, f"f{n}")
        for year in (2023, 2024, 2025):
            factory_return(connection, f"f{n}", year, "grid_electricity", 1_000_000, "kWh")
    publish_carbon(connection)

    carbon = report(reads).carbon

    assert carbon is not None
    assert carbon.tco2e == pytest.approx({2023: 2499.5, 2024: 2499.5, 2025: 2000.0}, abs=1)
    assert (carbon.breaks, carbon.vintage) == ((2025,), 1)


def test_the_page_says_why_nothing_is_known_of_a_week_and_how_fresh_the_data_are(
    connection: Connection, client: TestClient
) -> None:
    def page(day: date) -> str:
        return str(client.get(f"/provinces/74?day={day}&lang=en").text)

    never = page(DAY)
    fire(connection, 0, 1000, at=MORNING - 100 * A_DAY)
    late, before = page(DAY), page(date(2025, 1, 1))

    assert "There are no hotspot data yet" in never
    assert "7 days to 2 Mar 2026 are late, the newest of 22 Nov 2025 08:00" in late
    assert "There are no hotspot data of all 7 days to 1 Jan 2025" in before
    assert not any("hotspot data yet" in one for one in (late, before))


def test_the_curve_of_a_season_ends_with_the_data_and_its_words_say_when(
    connection: Connection, client: TestClient
) -> None:
    fire(connection, 0, 900, at=MORNING - 700 * A_DAY)
    fire(connection, 0, 1000, at=MORNING - 30 * A_DAY - HOUR)

    late = client.get(f"/provinces/74?day={DAY}&lang=en").text
    then = client.get(f"/provinces/74?day={DAY - 30 * A_DAY}&lang=en").text

    assert "this season 1 until 31 Jan<" in late
    assert "this season 1<" in then


def test_the_page_says_that_a_station_is_silent_and_not_that_there_is_none(
    connection: Connection, client: TestClient
) -> None:
    station(connection, "east")
    reading(connection, MORNING, "east", pm25_1h=30.0)

    page = client.get(f"/provinces/74?day={DAY}&lang=en").text

    assert "The station reported no 24-hour mean on 2 Mar 2026" in page
    assert '<p class="quiet">No station' not in page
