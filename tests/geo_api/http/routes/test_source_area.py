"""/api/source-area: from whose complaints, with whose winds, and what is told to whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection
from psycopg2.extras import execute_values
from shapely.geometry import Point, shape

from tests.geo_api.http.signing_in import hold
from tests.layers.methods.source_area.test_source_area import LAT, LON, OF_LAT, OF_LON, World, world
from tests.makers import complaint, insert, session_of, staff_account

BOX = f"{LON - 0.1},{LAT - 0.1},{LON + 0.1},{LAT + 0.1}"
PERIOD = "since=2026-01-01&until=2026-04-30"
AREA = f"/api/source-area?bbox={BOX}&category=odour&{PERIOD}"
FIRST = datetime(2026, 1, 1, 1, tzinfo=UTC)  # where the first hour of the made world ends


def stored(connection: Connection, made: World, *, so2: bool = False) -> None:
    """The made world as complaints, and as one station's wind in the middle of its homes."""
    insert(connection, "air_station", id="here", lon=LON, lat=LAT, source="air4thai")
    from_deg = made.receptors.from_deg[0]
    ends = [FIRST + timedelta(hours=hour) for hour in range(len(from_deg))]
    bearing = np.degrees(np.arctan2(*made.source)) % 360
    off = np.mod(from_deg - bearing + 180, 360) - 180
    dioxide = np.where(np.abs(off) < 15, 60.0, 5.0) if so2 else [None] * len(ends)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %s, %s)", (ends[0], ends[-1]))
        execute_values(
            cursor,
            "INSERT INTO air_measurement (station_id, observed_at, wind_speed_m_s, wind_from_deg,"
            " so2_1h, source) VALUES %s",
            [
                ("here", at, 2.0, float(deg), None if ppb is None else float(ppb), "air4thai")
                for at, deg, ppb in zip(ends, from_deg, dioxide, strict=True)
            ],
        )
    for number, (home, hour) in enumerate(
        zip(made.reports.receptor, made.reports.hour, strict=True)
    ):
        complaint(
            connection,
            f"case-{number}",
            (ends[hour] - timedelta(minutes=30)).isoformat(),
            lon=float(made.receptors.lon[home]),
            lat=float(made.receptors.lat[home]),
            province_code="21",
        )


def signed_in(
    client: TestClient, connection: Connection, role: str = "officer", province: str | None = "21"
) -> TestClient:
    hold(client, session_of(connection, staff_account(connection, role, province_code=province)))
    return client


def told(client: TestClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def made(connection: Connection) -> World:
    of_all = world((4_000.0, -3_000.0))
    stored(connection, of_all, so2=True)
    return of_all


def test_an_officer_is_told_the_area_its_band_and_its_ridge(
    client: TestClient, connection: Connection, made: World
) -> None:
    found = told(signed_in(client, connection), AREA)

    assert found["reason"] is None and found["reason_text"] is None
    assert found["complaints"] == len(made.reports.hour)
    assert (found["wind_stations"], found["monitors"]) == (1, 0)
    assert found["is_whole"] is True
    source = Point(LON + made.source[0] / OF_LON, LAT + made.source[1] / OF_LAT)
    roles = [one["properties"]["role"] for one in found["features"]]
    assert roles == ["contour", "contour", "contour", "band", "ridge"]
    areas = [shape(one["geometry"]) for one in found["features"]]
    assert all(area.is_valid for area in areas)
    assert areas[3].contains(source)
    assert areas[0].contains(areas[2].buffer(-1e-4))
    assert areas[4].distance(source) * OF_LAT < 2_000
    uncertainty, grid = found["uncertainty"], found["grid"]
    assert uncertainty["log_likelihood_ratio"] > uncertainty["highest_of_other_days"]
    assert uncertainty["ridge_from_m"] < uncertainty["ridge_to_m"]
    support = np.array(grid["support"])
    edge = np.concatenate((support[0], support[-1], support[:, 0], support[:, -1]))
    assert uncertainty["band_leaves_map"] is bool((edge >= uncertainty["band"]).any())
    assert len(grid["support"]) == len(grid["log_likelihood_ratio"]) == grid["cells"]


def test_without_a_period_it_is_the_newest_days_of_what_is_known(
    client: TestClient, connection: Connection, made: World
) -> None:
    complaint(connection, "older", "2024-01-01", lon=LON, lat=LAT, province_code="21")
    complaint(connection, "to-come", "2999-01-01", lon=LON, lat=LAT, province_code="21")
    client = signed_in(client, connection)

    found = told(client, AREA.removesuffix(f"&{PERIOD}"))
    past = told(client, AREA.replace(PERIOD, "until=2024-02-01"))

    newest = FIRST + timedelta(hours=int(max(made.reports.hour)), minutes=-30)
    until = datetime.fromisoformat(found["until"])
    assert until - timedelta(days=1) <= newest < until
    assert until - datetime.fromisoformat(found["since"]) == timedelta(days=120)
    assert past["complaints"] == 1


def test_it_is_said_to_be_screening_in_either_language_and_kept_by_nobody(
    client: TestClient, connection: Connection, made: World
) -> None:
    answer = signed_in(client, connection).get(f"{AREA}&lang=en")

    assert "names no site" in answer.json()["note"]
    assert answer.json()["method"].endswith("version 1")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-type"] == "application/geo+json"
    assert "etag" not in answer.headers


def test_others_officers_have_no_complaints_there_and_are_told_so(
    client: TestClient, connection: Connection, made: World
) -> None:
    found = told(signed_in(client, connection, province="74"), AREA)

    assert (found["complaints"], found["reason"]) == (0, "few_reports")
    assert found["features"] == [] and found["grid"] is None
    assert "30" in found["reason_text"]


def test_analysts_may_not_and_the_public_must_sign_in(
    client: TestClient, connection: Connection
) -> None:
    assert client.get(AREA).status_code == 401
    assert signed_in(client, connection, "analyst", None).get(AREA).status_code == 403


def test_a_complaint_stands_for_those_like_it_around_it(
    client: TestClient, connection: Connection, made: World
) -> None:
    complaint(connection, "noise", "2026-02-01", lon=LON, lat=LAT, province_code="21")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint SET category = 'noise' WHERE id = 'noise'")
    client = signed_in(client, connection)

    found = told(client, f"/api/source-area?complaint=case-0&{PERIOD}")

    assert found["category"] == "odour"
    assert found["complaints"] == len(made.reports.hour)
    assert found["reason"] is None
    assert client.get("/api/source-area?complaint=nothing").status_code == 404
    near_its_time = told(client, "/api/source-area?complaint=noise")
    assert (near_its_time["complaints"], near_its_time["until"][:7]) == (1, "2026-03")
    noise = told(client, f"/api/source-area?complaint=noise&{PERIOD}")
    assert (noise["category"], noise["complaints"]) == ("noise", 1)
    hold(client, session_of(connection, staff_account(connection, province_code="74")))
    assert client.get("/api/source-area?complaint=case-0").status_code == 404


def test_a_monitors_high_hours_are_evidence_too(
    client: TestClient, connection: Connection, made: World
) -> None:
    client = signed_in(client, connection)

    alone, both = told(client, AREA), told(client, f"{AREA}&monitor=so2")

    assert (both["monitors"], both["pollutant"]) == (1, "so2")
    assert both["reports"] > alone["reports"]
    ratio = "log_likelihood_ratio"
    assert both["uncertainty"][ratio] > 2 * alone["uncertainty"][ratio]
    [band] = [one for one in both["features"] if one["properties"]["role"] == "band"]
    source = Point(LON + made.source[0] / OF_LON, LAT + made.source[1] / OF_LAT)
    assert shape(band["geometry"]).contains(source)
    assert told(client, f"{AREA}&monitor=pm25")["monitors"] == 0


def test_without_wind_near_it_is_said_so(
    client: TestClient, connection: Connection, made: World
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE air_measurement SET wind_speed_m_s = NULL, wind_from_deg = NULL")

    found = told(signed_in(client, connection), AREA)

    assert (found["reason"], found["reports"]) == ("no_wind", 0)
    assert found["without_wind"] == len(made.reports.hour)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "bbox"),
        (f"bbox={BOX}", "category"),
        (f"bbox={BOX}&category=smell", "category"),
        ("bbox=100,12,101,13&category=odour", "bbox"),
        ("bbox=170,12,-170,13&category=odour", "bbox"),
        ("bbox=1,2,3&category=odour", "bbox"),
        (f"bbox={BOX}&category=odour&since=2020-01-01", "since"),
        (f"bbox={BOX}&category=odour&since=2026-02-01&until=2026-01-01", "since"),
        (f"bbox={BOX}&category=odour&monitor=lead", "monitor"),
        (f"bbox={BOX}&category=odour&since=x", "since"),
        (f"bbox={BOX}&category=odour&until=0001-01-01", "until"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    client: TestClient, connection: Connection, query: str, parameter: str
) -> None:
    answer = signed_in(client, connection).get(f"/api/source-area?{query}")

    assert answer.status_code == 400
    assert parameter in answer.json()["detail"]
