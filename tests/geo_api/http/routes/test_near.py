"""/api/near: exact at the radius, fair to every layer, honest about wind and freshness."""

import json
import math
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection
from pyproj import Geod

from geo_api.database.connections import Reads
from geo_api.features import near_sql
from geo_api.features.columns import columns
from geo_api.features.near import NearQuery
from layers.catalog import catalog
from layers.query import BadQuery
from tests.makers import box, factory, hotspot, insert, province, wind_reading

WGS84 = Geod(ellps="WGS84")
LON, LAT = 100.25, 13.55
HERE = f"/api/near?lon={LON}&lat={LAT}"
AT = "2026-01-15T12:00:00Z"


def ask(client: TestClient, query: str) -> dict[str, Any]:
    answer = client.get(query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/geo+json"
    document: dict[str, Any] = answer.json()
    return document


def ids(document: dict[str, Any]) -> list[str]:
    return [feature["id"] for feature in document["features"]]


def factory_towards(connection: Connection, id: str, azimuth: float, metres: float) -> None:
    lon, lat, _ = WGS84.fwd(LON, LAT, azimuth, metres)
    factory(connection, id, lon=lon, lat=lat)


def wind(
    connection: Connection,
    station: str,
    *,
    at: str = AT,
    from_deg: float | None = 90,
    speed_m_s: float = 3,
    lon: float = LON,
    forecast: bool = False,
) -> None:
    """One reading of a station of its own."""
    insert(connection, "air_station", id=station, lon=lon, lat=LAT, source="air4thai")
    wind_reading(connection, station, at, from_deg=from_deg, speed_m_s=speed_m_s, forecast=forecast)


def pm25(
    connection: Connection, station: str, value: float, *, at: str = AT, lon: float = LON
) -> None:
    """One 24-hour mean of a station of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", {"at": at})
    insert(
        connection, "air_station", id=station, lon=lon, lat=LAT, kind="ground", source="air4thai"
    )
    insert(
        connection,
        "air_measurement",
        station_id=station,
        observed_at=at,
        pm25_24h=value,
        source="air4thai",
    )


@pytest.mark.parametrize("azimuth", [0, 37, 90, 144, 180, 233, 270, 315])
def test_the_radius_is_exact_to_a_decimetre_in_every_direction(
    client: TestClient, connection: Connection, azimuth: float
) -> None:
    factory_towards(connection, "in", azimuth, 4999.9)
    factory_towards(connection, "out", azimuth, 5000.1)

    found = ask(client, f"{HERE}&radius_m=5000")

    assert ids(found) == ["in"]
    assert found["layers"]["factories"]["found"] == 1
    [feature] = found["features"]
    assert feature["properties"]["distance_m"] == 4999.9
    off = (feature["properties"]["bearing_deg"] - azimuth + 180) % 360 - 180
    assert abs(off) <= 0.051


def test_set_distances_and_bearings_agree_with_geographiclib(
    client: TestClient, connection: Connection
) -> None:
    points = {
        f"{n:03}": (LON + 0.3 * math.sin(n * 1.7), LAT + 0.3 * math.cos(n * 2.3))
        for n in range(300)
    }
    for id, (lon, lat) in points.items():
        factory(connection, id, lon=lon, lat=lat)

    found = ask(client, f"{HERE}&radius_m=20000&limit=1000")

    wanted = {id: WGS84.inv(LON, LAT, lon, lat) for id, (lon, lat) in points.items()}
    assert sorted(ids(found)) == [id for id, (_, _, metres) in wanted.items() if metres <= 20000]
    assert len(ids(found)) == 40
    distances = [feature["properties"]["distance_m"] for feature in found["features"]]
    assert distances == sorted(distances)
    for feature in found["features"]:
        azimuth, _, metres = wanted[feature["id"]]
        assert abs(feature["properties"]["distance_m"] - metres) <= 0.051
        assert abs(feature["properties"]["bearing_deg"] - azimuth % 360) <= 0.051


def test_a_published_geodesic_is_reproduced(client: TestClient, connection: Connection) -> None:
    factory(connection, "north", lon=102.787, lat=16.8, name="โรงงาน")
    metres = WGS84.inv(102.836, 16.4419, 102.787, 16.8)[2]

    found = ask(client, "/api/near?lon=102.836&lat=16.4419&radius_m=40000")

    assert found["features"][0]["properties"]["distance_m"] == round(metres, 1)


def test_the_place_may_be_that_of_a_factory(client: TestClient, connection: Connection) -> None:
    factory(connection, "mill", lon=LON, lat=LAT)
    factory_towards(connection, "next", 90, 1000)

    found = ask(client, "/api/near?factory=mill")

    assert found["place"]["factory"] == "mill"
    assert (found["place"]["lon"], found["place"]["lat"]) == (LON, LAT)
    assert ids(found) == ["mill", "next"]
    assert found["features"][0]["properties"]["distance_m"] == 0
    assert found["features"][0]["properties"]["bearing_deg"] is None


def test_the_place_is_named_by_the_province_that_holds_it(
    client: TestClient, connection: Connection
) -> None:
    province(connection, "74", name_th="สมุทรสาคร", wkt=box(100, 13, 101, 14))

    found = ask(client, HERE)

    assert found["place"]["province"] == {
        "id": "74",
        "name_th": "สมุทรสาคร",
        "name_en": "Samut Sakhon",
    }


def test_only_what_was_observed_in_the_hours_before_counts(
    client: TestClient, connection: Connection
) -> None:
    hotspot(connection, "now", "2026-01-15T12:00:00Z")
    hotspot(connection, "old", "2026-01-13T12:00:00Z")
    hotspot(connection, "later", "2026-01-15T12:00:01Z")

    found = ask(client, f"{HERE}&hours=48&at={AT}&layers=hotspots")

    assert ids(found) == ["now"]


def test_a_crowded_layer_hides_no_other(client: TestClient, connection: Connection) -> None:
    for n in range(30):
        factory_towards(connection, f"{n:02}", 10 * n, 100 + n)
    hotspot(connection, "smell", AT, lon=LON + 0.03)

    found = ask(client, f"{HERE}&at={AT}&limit=5")

    assert ids(found) == ["00", "01", "02", "03", "smell"]
    assert found["layers"]["factories"]["found"] == 30
    assert found["layers"]["factories"]["returned"] == 4
    assert found["layers"]["hotspots"]["returned"] == 1


def test_the_answer_stays_under_20_kb_however_much_there_is(
    client: TestClient, connection: Connection
) -> None:
    for n in range(200):
        lon, lat, _ = WGS84.fwd(LON, LAT, n, 10 + n)
        factory(
            connection,
            f"{n:03}",
            lon=lon,
            lat=lat,
            name="บริษัท ผลิตภัณฑ์อาหารและแปรรูปการเกษตรแห่งประเทศไทย จำกัด (มหาชน)",
            product="แปรรูปและบรรจุอาหารทะเลแช่แข็ง น้ำปลา และผลิตภัณฑ์จากสัตว์น้ำทุกชนิด",
        )
    province(connection)
    wind(connection, "02t")

    answer = client.get(f"{HERE}&at={AT}")

    told = answer.json()["layers"]["factories"]
    assert len(answer.content) < 20_000
    assert told["found"] == 200
    assert 20 <= told["returned"] < 50
    assert len(ask(client, f"{HERE}&at={AT}&limit=200")["features"]) == 200


@pytest.mark.parametrize(
    ("azimuth", "upwind"), [(90, True), (134, True), (46, True), (136, False), (270, False)]
)
def test_a_source_towards_the_winds_origin_is_upwind(
    client: TestClient, connection: Connection, azimuth: float, upwind: bool
) -> None:
    wind(connection, "02t", from_deg=90, at="2026-01-15T11:00:00Z")
    factory_towards(connection, "mill", azimuth, 2000)

    found = ask(client, f"{HERE}&at={AT}")

    assert found["features"][0]["properties"]["upwind"] is upwind
    told = found["wind"]
    assert (told["station_id"], told["speed_m_s"], told["from_deg"]) == ("02t", 3, 90)
    assert (told["age_min"], told["distance_m"]) == (60, 0)


def test_the_angle_to_the_wind_wraps_over_north(client: TestClient, connection: Connection) -> None:
    wind(connection, "02t", from_deg=350)
    factory_towards(connection, "mill", 30, 2000)

    found = ask(client, f"{HERE}&at={AT}&layers=factories")

    assert found["features"][0]["properties"]["upwind"] is True


def test_a_calm_has_no_upwind_side(client: TestClient, connection: Connection) -> None:
    wind(connection, "02t", speed_m_s=0.9)
    factory_towards(connection, "mill", 90, 2000)

    found = ask(client, f"{HERE}&at={AT}&layers=factories")

    assert found["wind"]["calm"] is True
    assert found["features"][0]["properties"]["upwind"] is None


@pytest.mark.parametrize(
    "reading",
    [
        {"at": "2026-01-15T08:59:00Z"},
        {"at": "2026-01-15T12:30:00Z"},
        {"forecast": True},
        {"lon": LON + 0.5},
    ],
)
def test_an_old_or_distant_or_forecast_wind_says_nothing(
    client: TestClient, connection: Connection, reading: dict[str, Any]
) -> None:
    wind(connection, "02t", **reading)
    factory_towards(connection, "mill", 90, 2000)

    found = ask(client, f"{HERE}&at={AT}&layers=factories")

    assert found["wind"] is None
    assert found["features"][0]["properties"]["upwind"] is None


def test_the_nearest_station_with_a_reading_speaks(
    client: TestClient, connection: Connection
) -> None:
    wind(connection, "far", from_deg=10, lon=LON + 0.2)
    wind(connection, "near", from_deg=200, lon=LON + 0.1)

    assert ask(client, f"{HERE}&at={AT}")["wind"]["station_id"] == "near"


def test_the_nearest_station_tells_the_air_beyond_the_radius_too(
    client: TestClient, connection: Connection
) -> None:
    wind(connection, "no PM2.5", lon=LON + 0.05)
    pm25(connection, "old", 30, at="2026-01-15T08:00:00Z", lon=LON + 0.08)
    pm25(connection, "near", 37.5, at="2026-01-15T11:00:00Z", lon=LON + 0.1)
    pm25(connection, "far", 10, lon=LON + 0.2)

    found = ask(client, f"{HERE}&at={AT}")

    air = found["air"]
    assert ids(found) == []
    assert (air["id"], air["pm25_ug_m3"], air["pm25_averaging_h"]) == ("near", 37.5, 24)
    assert (air["aqi"], air["aqi_class"], air["age_min"]) == (100, "moderate", 60)
    azimuth, _, distance = WGS84.inv(LON, LAT, LON + 0.1, LAT)
    assert (air["distance_m"], air["bearing_deg"]) == (round(distance), round(azimuth, 1))


def test_without_a_recent_station_near_the_air_is_unknown(
    client: TestClient, connection: Connection
) -> None:
    pm25(connection, "distant", 10, lon=LON + 0.5)

    assert ask(client, f"{HERE}&at={AT}")["air"] is None


def test_nothing_found_differs_from_no_data_since_and_from_never_loaded(
    client: TestClient, connection: Connection
) -> None:
    never = ask(client, f"{HERE}&layers=hotspots&at={AT}")["layers"]["hotspots"]
    hotspot(connection, "elsewhere", "2026-01-15T10:00:00Z", lon=LON + 1)
    fresh = ask(client, f"{HERE}&layers=hotspots&at={AT}")["layers"]["hotspots"]
    later = "2026-03-01T00:00:00Z"
    stale = ask(client, f"{HERE}&layers=hotspots&at={later}")["layers"]["hotspots"]

    assert [told["found"] for told in (never, fresh, stale)] == [0, 0, 0]
    before = ask(client, f"{HERE}&layers=hotspots&at=1900-01-01T00:00:00Z")["layers"]["hotspots"]
    to_come = ask(client, f"{HERE}&layers=hotspots&at=2126-01-01T00:00:00Z")["layers"]["hotspots"]

    unknown = (never, before, stale, to_come)
    assert [told["known"] for told in unknown] == [False, False, False, False]
    assert fresh["known"]
    assert (never["loaded"], never["newest"]) == (False, None)
    assert (fresh["loaded"], fresh["stale"]) == (True, False)
    assert (stale["stale"], stale["newest"]) == (True, "2026-01-15T10:00:00Z")


def test_a_past_hour_has_the_readings_of_that_hour_and_none_that_came_later(
    client: TestClient, connection: Connection
) -> None:
    wind(connection, "02t", from_deg=200, at="2026-01-15T11:00:00Z")
    pm25(connection, "36t", 30, at="2026-01-15T11:00:00Z", lon=LON + 0.01)
    for hours in (1, 2, 100):
        later = datetime(2026, 1, 15, 12, tzinfo=UTC) + timedelta(hours=hours)
        with connection.cursor() as cursor:
            values = {"at": later}
            cursor.execute("SELECT ensure_months('air_measurement', %(at)s, %(at)s)", values)
        reading = {"observed_at": later, "source": "air4thai"}
        insert(connection, "air_measurement", station_id="36t", pm25_24h=90.0, **reading)
        insert(
            connection,
            "air_measurement",
            station_id="02t",
            wind_speed_m_s=5,
            wind_from_deg=10,
            **reading,
        )

    found = ask(client, f"{HERE}&at={AT}&layers=air_stations,hotspots")

    assert (found["wind"]["from_deg"], found["wind"]["age_min"]) == (200, 60)
    assert (found["air"]["id"], found["air"]["pm25_ug_m3"], found["air"]["age_min"]) == (
        *("36t", 30),
        60,
    )
    [station] = found["features"]
    assert (station["id"], station["properties"]["pm25_ug_m3"]) == ("36t", 30)
    assert station["properties"]["observed_at"].startswith("2026-01-15T11:00:00")
    told = found["layers"]["air_stations"]
    assert (told["found"], told["newest"], told["stale"]) == (1, "2026-01-15T11:00:00Z", False)


def test_a_station_is_given_once_with_its_latest_reading(
    client: TestClient, connection: Connection
) -> None:
    pm25(connection, "36t", 30, at="2026-01-15T11:00:00Z", lon=LON + 0.01)
    insert(
        connection,
        "air_measurement",
        station_id="36t",
        observed_at="2026-01-15T10:00:00Z",
        pm25_24h=90.0,
        source="air4thai",
    )

    found = ask(client, f"{HERE}&at={AT}&layers=air_stations")

    assert [f["properties"]["pm25_ug_m3"] for f in found["features"]] == [30]


def test_freshness_is_judged_at_the_hour_asked_for(
    client: TestClient, connection: Connection
) -> None:
    pm25(connection, "36t", 30, at="2026-01-15T11:00:00Z")

    def stale(at: str) -> bool:
        asked = ask(client, f"{HERE}&at={at}&layers=air_stations")
        return bool(asked["layers"]["air_stations"]["stale"])

    assert [stale(f"2026-01-15T{hour}:00:00Z") for hour in (12, 14, 15)] == [False, False, True]


@pytest.mark.parametrize(("accepted", "coding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_a_long_answer_is_sent_in_the_coding_that_the_caller_takes(
    client: TestClient, connection: Connection, accepted: str, coding: str | None
) -> None:
    for number in range(10):
        factory(connection, f"f{number}", lon=LON, lat=LAT, province_code=None)

    answer = client.get(HERE, headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(answer.json()["features"]) == 10


def test_of_an_area_the_nearest_point_is_given(client: TestClient, connection: Connection) -> None:
    province(connection, "10", wkt=box(LON + 0.02, LAT - 0.5, LON + 1, LAT + 0.5))
    province(connection, "74", wkt=box(LON - 1, LAT - 0.5, LON + 0.01, LAT + 0.5))

    found = ask(client, f"{HERE}&layers=provinces")

    assert ids(found) == ["74", "10"]
    within, beside = found["features"]
    assert within["properties"]["distance_m"] == 0
    metres = WGS84.inv(LON, LAT, LON + 0.02, LAT)[2]
    assert abs(beside["properties"]["distance_m"] - metres) < 0.1
    assert abs(beside["properties"]["bearing_deg"] - 90) < 0.1
    assert beside["geometry"]["type"] == "Point"
    assert abs(beside["geometry"]["coordinates"][0] - (LON + 0.02)) < 1e-6


def test_layers_that_do_not_exist_are_no_reason_to_fail(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "mill", lon=LON, lat=LAT)
    client.app.state.service = _only(client, "factories")  # type: ignore[attr-defined]

    found = ask(client, HERE)

    assert ids(found) == ["mill"]
    assert found["wind"] is None
    assert set(found["place"]) == {"lon", "lat", "factory"}


def _only(client: TestClient, *names: str) -> Any:
    return replace(
        client.app.state.service,  # type: ignore[attr-defined]
        layers={name: catalog()[name] for name in names},
    )


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "lon"),
        ("lon=100", "lat"),
        ("lon=x&lat=13", "lon"),
        ("lon=200&lat=13", "lon"),
        ("lon=100&lat=nan", "lat"),
        ("lon=100&lat=13&factory=a", "lon"),
        ("lon=100&lat=13&radius_m=0", "radius_m"),
        ("lon=100&lat=13&radius_m=100001", "radius_m"),
        ("lon=100&lat=13&hours=-1", "hours"),
        ("lon=100&lat=13&hours=1e9", "hours"),
        ("lon=100&lat=13&at=today", "at"),
        ("lon=100&lat=13&layers=hotspot", "layers"),
        ("lon=100&lat=13&layers=", "layers"),
        ("lon=100&lat=13&layers=pm25_surface", "layers"),
        ("lon=100&lat=13&limit=0", "limit"),
        ("lon=100&lat=13&radius=5", "radius"),
    ],
)
def test_a_mistaken_parameter_is_named(client: TestClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/near?{query}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


def test_an_unknown_factory_is_a_404(client: TestClient) -> None:
    answer = client.get("/api/near?factory=nobody")

    assert answer.status_code == 404
    assert "nobody" in answer.json()["detail"]


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_the_ends_of_time_are_answered(client: TestClient, text: str) -> None:
    assert ask(client, f"{HERE}&at={text}&hours=8784")["features"] == []


def test_the_hours_are_counted_back_from_the_time_asked_for() -> None:
    now = datetime(2026, 1, 15, 12, tzinfo=UTC)

    query = NearQuery.from_params({"lon": "100", "lat": "13"}, now)

    assert query.since == now - timedelta(hours=72)
    with pytest.raises(BadQuery):
        NearQuery.from_params({"lon": "100", "lat": "13", "at": "2026-01-15"}, now)


def test_the_radius_reaches_the_geography_index_through_the_view(
    connection: Connection, reads: Reads
) -> None:
    layer = catalog()["factories"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO factory (id, name, source, geom, location_precision) SELECT n::text, 'ก',"
            " 'diw', ST_Point(98 + n % 70 / 10.0, 6 + n / 400.0, 4326), 'government'"
            " FROM generate_series(1, 5000) AS n; ANALYZE factory"
        )
        values = {
            "lon": LON, "lat": LAT, "radius_m": 5000, "since": AT, "at": AT, "limit": 50,
            "bytes": 14000, "wind_from_deg": None, "upwind_deg": 45, "plane": "",
        }  # fmt: skip
        statement = near_sql.near([layer], {layer.name: columns(reads, layer)})
        cursor.execute("EXPLAIN (FORMAT json) " + statement.as_string(cursor), values)
        plan = json.dumps((cursor.fetchone() or ("",))[0])

    assert re.search(r'"Index Name": "factory_(place|geography)"', plan)
    assert "Seq Scan" not in plan
