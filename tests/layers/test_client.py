"""The analysts' client against a real server: everything once, typed, and with its origin."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas
import pandas as pd
import pytest
import requests
from psycopg2.extensions import connection as Connection
from shapely.geometry import Polygon
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo_api.app import create_app
from geo_api.database.connections import READER, Pool
from geo_api.database.logins import login_url
from geo_api.settings import Settings
from layers.client import Client, NoAnswer, Refused
from tests.makers import factory, insert
from tests.serving import serving


class Faulty:
    """Answers the requests whose turn is in `faults` with that status instead, and ends the bodies
    of those in `ends` after so many bytes as if they were whole, or in `breaks` with an error."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.faults: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.breaks: dict[int, int] = {}
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        status = self.faults.get(self.asked)
        if status is None:
            await self.app(scope, receive, self._cut(send))
            return
        headers = [(b"retry-after", b"7")] if status == 429 else []
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"trouble"})

    def _cut(self, send: Send) -> Send:
        left = self.ends.get(self.asked, self.breaks.get(self.asked))
        breaks = self.asked in self.breaks

        async def cutting(message: Message) -> None:
            nonlocal left
            if left is None or message["type"] != "http.response.body":
                await send(message)
            elif left > 0:
                body = message["body"][:left]
                left -= len(body)
                await send({"type": "http.response.body", "body": body, "more_body": True})
                if breaks and not left:
                    raise ConnectionError("cut off by the test")
            elif not message.get("more_body"):
                await send({"type": "http.response.body"})

        return cutting


@pytest.fixture
def faulty(fresh_url: str, settings: Settings) -> Iterator[Faulty]:
    pool = Pool(login_url(fresh_url, READER), 2)
    yield Faulty(create_app(pool, settings))
    pool.close()


@pytest.fixture
def waits() -> list[float]:
    """How long the client meant to wait, in seconds; it does not."""
    return []


@pytest.fixture
def client(faulty: Faulty, waits: list[float]) -> Iterator[Client]:
    with serving(faulty) as url:
        yield Client(url, sleep=waits.append)


def test_25000_rows_arrive_once_and_in_order_through_a_429_and_a_500(
    client: Client, faulty: Faulty, waits: list[float], fresh: Connection
) -> None:
    many_estates(fresh, 25_000)
    faulty.faults = {1: 429, 2: 500}

    found = client.layer("industrial_estates")

    assert list(found["id"]) == [f"estate-{n:05}" for n in range(25_000)]
    assert faulty.asked == 2 + 1
    assert waits == [7.0, 1.0]


@pytest.mark.parametrize("cut", ["ends", "breaks"])
@pytest.mark.parametrize("after_bytes", [100, 1_000_000])
def test_a_stream_that_is_cut_off_is_asked_for_again_from_the_start(
    cut: str, after_bytes: int, client: Client, faulty: Faulty, fresh: Connection
) -> None:
    many_estates(fresh, 25_000)
    setattr(faulty, cut, {1: after_bytes})

    found = client.layer("industrial_estates")

    assert list(found["id"]) == [f"estate-{n:05}" for n in range(25_000)]
    assert faulty.asked == 2


def test_a_stream_without_its_end_is_no_whole_one(
    client: Client, faulty: Faulty, waits: list[float], fresh: Connection
) -> None:
    many_estates(fresh, 3)
    whole = len(
        requests.get(
            f"{client.base_url}/ogc/collections/industrial_estates/items?f=arrow", timeout=60
        ).content
    )
    faulty.ends = {2: whole - 8}

    found = client.layer("industrial_estates")

    assert (len(found), faulty.asked, waits) == (3, 3, [0.5])


def test_a_frame_has_its_crs_its_columns_and_where_it_comes_from(
    client: Client, fresh: Connection
) -> None:
    factory(fresh, "f", lon=100.25, lat=13.55, registration_no="3-106-33/50สบ")
    fresh.commit()

    found = client.factories()

    assert found.crs == "EPSG:4326"
    assert (found.geometry[0].x, found.geometry[0].y) == (100.25, 13.55)
    assert found["registration_no"][0] == "3-106-33/50สบ"
    assert found.attrs["source"] == ["diw"]
    assert found.attrs["attribution"].endswith("(DIW)")
    assert found.attrs["url"] == f"{client.base_url}/ogc/collections/factories/items"
    assert found.attrs["simulated"] is False
    assert datetime.fromisoformat(found.attrs["retrieved_at"]).tzinfo is not None


def test_times_know_their_zone_and_days_are_days(client: Client, fresh: Connection) -> None:
    certificate(fresh, date(2023, 5, 1))
    reading(fresh, datetime(2026, 1, 4, 18, 30, tzinfo=UTC))
    fresh.commit()

    certificates, readings = client.green_certificates(), client.air_quality()

    assert certificates["issued_on"][0] == pd.Timestamp(2023, 5, 1)
    assert readings["observed_at"][0] == pd.Timestamp("2026-01-05T01:30+07:00")
    assert str(readings["observed_at"].dt.tz) == "UTC"


def test_an_empty_answer_has_every_column(client: Client) -> None:
    found = client.air_quality(start="2026-01-01")

    assert len(found) == 0
    assert {"id", "observed_at", "station_id", "pm25_1h", "geometry"} <= set(found.columns)
    assert str(found["observed_at"].dtype).endswith("UTC]")
    assert found.crs == "EPSG:4326"


def test_a_day_is_a_day_in_thailand_and_the_last_one_counts_whole(
    client: Client, fresh: Connection
) -> None:
    for hour in (16, 17):  # 23:00 and midnight in Thailand
        reading(fresh, datetime(2026, 1, 4, hour, tzinfo=UTC))
    fresh.commit()

    fourth = client.air_quality(start="2026-01-04", end="2026-01-04")
    fifth = client.air_quality(start=date(2026, 1, 5), end=date(2026, 1, 5))

    assert list(fourth["observed_at"].dt.hour) == [16]
    assert list(fifth["observed_at"].dt.hour) == [17]


def test_a_time_without_a_zone_is_refused(client: Client) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        client.air_quality(start=datetime(2026, 1, 4, 18))


def test_a_polygon_leaves_out_what_only_its_box_holds(client: Client, fresh: Connection) -> None:
    factory(fresh, "in", lon=100.1, lat=13.1)
    factory(fresh, "corner", lon=100.9, lat=13.9)
    fresh.commit()

    found = client.factories(polygon=Polygon([(100, 13), (101, 13), (100, 14)]))

    assert list(found["id"]) == ["in"]
    assert found.attrs["layer"] == "factories"


def test_a_limit_ends_the_reading_early(client: Client, faulty: Faulty, fresh: Connection) -> None:
    many_estates(fresh, 300)

    found = client.industrial_estates(limit=120)

    assert (len(found), faulty.asked) == (120, 2)


def test_what_is_near_comes_with_distances_and_the_state_of_each_layer(
    client: Client, fresh: Connection
) -> None:
    factory(fresh, "f", lon=100.25, lat=13.55)
    factory(fresh, "neighbour", lon=100.25, lat=13.56)
    fresh.commit()

    found = client.near(factory="f", radius_m=2000, layers=["factories"])

    assert list(found["id"]) == ["f", "neighbour"]
    assert found["distance_m"][1] == pytest.approx(1106.4, abs=0.05)
    assert found.attrs["layers"]["factories"]["found"] == 2
    assert found.crs == "EPSG:4326"


def test_a_mistake_is_refused_in_the_services_words_and_not_repeated(
    client: Client, faulty: Faulty, waits: list[float]
) -> None:
    with pytest.raises(Refused, match="400: bbox must be west,south,east,north") as refused:
        client.layer("factories", bbox=(100, 14, 101, 13))

    assert (refused.value.status, refused.value.parameter) == (400, "bbox")
    assert (faulty.asked, waits) == (1, [])


def test_an_unknown_layer_is_told_with_those_there_are(client: Client) -> None:
    with pytest.raises(Refused, match="404: no collection 'fires'; there are: "):
        client.layer("fires")
    with pytest.raises(AttributeError, match="has no layer 'fires'"):
        client.fires()
    assert "industrial_estates" in dir(client)
    assert client.layers()["provinces"] == "Provinces"


def test_a_service_that_stays_down_is_given_up_with_growing_waits(
    client: Client, faulty: Faulty, waits: list[float]
) -> None:
    faulty.faults = dict.fromkeys(range(1, 9), 503)

    with pytest.raises(NoAnswer, match="gave no answer in 5 attempts: status 503"):
        client.layer("factories")

    assert waits == [0.5, 1, 2, 4]


def test_a_service_that_is_not_there_is_given_up(waits: list[float]) -> None:
    with pytest.raises(NoAnswer, match="gave no answer in 2 attempts"):
        Client("http://127.0.0.1:9", attempts=2, sleep=waits.append).layers()


def test_a_frame_can_be_written_with_its_origin(
    client: Client, fresh: Connection, tmp_path: Path
) -> None:
    factory(fresh, "f")
    fresh.commit()
    found = client.factories()

    found.to_file(tmp_path / "factories.gpkg")

    assert list(geopandas.read_file(tmp_path / "factories.gpkg")["id"]) == ["f"]


def many_estates(connection: Connection, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO industrial_estate (id, name_th, office, lon, lat, source)"
            " SELECT 'estate-' || to_char(n, 'FM00000'), 'นิคม', false,"
            " 98 + n / 5000.0, 6 + n / 2000.0, 'industrial_estates'"
            " FROM generate_series(0, %s - 1) AS n",
            (count,),
        )
    connection.commit()


def certificate(connection: Connection, issued_on: date) -> None:
    factory(connection, "f")
    insert(
        connection,
        "green_certificate",
        factory_ref="f",
        level=3,
        issued_on=issued_on,
        source="green_industry",
    )


def reading(connection: Connection, observed_at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', %s, %s)", [observed_at] * 2)
        cursor.execute(
            "INSERT INTO air_station (id, kind, geom, source)"
            " VALUES ('02t', 'ground', ST_Point(100.5, 13.7, 4326), 'air4thai')"
            " ON CONFLICT DO NOTHING"
        )
    insert(
        connection,
        "air_measurement",
        station_id="02t",
        observed_at=observed_at,
        pm25_1h=30,
        source="air4thai",
    )
