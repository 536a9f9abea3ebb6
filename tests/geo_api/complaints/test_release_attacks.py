"""What attackers try: to watch complaints, to cut small numbers out, to read the rest."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg2.errors
import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.complaints.release import release
from geo_api.database.connections import Reads
from geo_api.database.data_versions import fetch_data_versions
from geo_api.settings import Settings
from layers.methods.complaint_release.noise import geometric_noise
from tests.makers import box, complaint, factory, province
from tests.vector_tiles import decoded

NOW = datetime(2026, 6, 15, tzinfo=UTC)
TABLES = ("complaint_months", "complaint_quarters", "complaint_years")
# What an address may hold, for every address that the service documents.
_FILLED = """
    collection=complaint_months layer=complaint_months table=complaint_months list=laws
    feature=2026-05-01-74 kind=province code=74 province=74 factory=mill town=none theme=burning
    z=6 x=50 y=29 tile_matrix=6 tile_row=29 tile_col=50 tile_matrix_set=WebMercatorQuad
    day=2026-05-01 from=2026-05-01 to=2026-05-31 q=สมุทร lon=100.25 lat=13.55
"""
HELD = dict(re.findall(r"(\w+)=(\S+)", _FILLED))
PAGES = (
    *("/", "/?number=complaints", "/maps/complaints", "/maps/complaints?table=dealt-with"),
    *("/maps/complaints?table=years", "/provinces/74", "/factories/mill", "/methods"),
    *("/embed?theme=complaints", "/ogc/collections/complaint_months/items?f=html"),
    *("/ogc/collections/complaint_months/items?f=csv", "/catalog", "/status"),
    "/tiles/complaint_years/5/25/14.mvt",
)
# The moment of the answer itself, which is of no complaint.
_MOMENT = re.compile(
    rb'"(?:at|computed_at|timeStamp|generated|request_id)":\s*"[^"]*"|data-share-[^ ]*'
    rb"|\d{2}:\d{2}(?::\d{2})?"
)


def released(connection: Connection, *, now: datetime = NOW) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (source, input, status) VALUES ('complaint_release', '', 'succeeded')"
            " RETURNING id"
        )
        [(run_id,)] = cursor.fetchall()
    release(connection, run_id, until=now, now=now, draw=geometric_noise)


@pytest.fixture
def country(fresh: Connection) -> Connection:
    """Two provinces and a year of complaints, more in the one, released with real noise."""
    connection = fresh
    province(connection, "74", wkt=box(100.0, 13.4, 100.5, 13.8))
    province(connection, "70", name_en="Ratchaburi", wkt=box(99.5, 13.4, 100.0, 13.8))
    factory(connection, "mill")
    chance = random.Random(7)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE complaint_table SET least_mean = 0.001")
    for number in range(900):
        lon = 99.5 + 0.5 * (chance.random() < 0.9) + 0.5 * chance.random()
        year = chance.choice((2025, 2026))
        at = f"{year}-0{chance.randint(1, 5)}-{chance.randint(1, 28):02} 12:00+07"
        complaint(connection, f"c{number}", at, lon=lon, lat=13.4 + 0.4 * chance.random())
    released(connection)
    connection.commit()
    return connection


@pytest.fixture
def served(fresh_reads: Reads, settings: Settings) -> Callable[[], TestClient]:
    """Anybody's browser of a service that has just begun, and remembers nothing."""
    return lambda: TestClient(create_app(fresh_reads, settings))


def addresses(client: TestClient) -> Iterator[str]:
    """Every documented one that is read and can be filled, and pages."""
    paths = client.get("/openapi.json").json()["paths"]
    for path, item in ((path, item) for path, item in paths.items() if "get" in item):
        for name, value in HELD.items():
            path = path.replace(f"{{{name}}}", value)
        needed = [one for one in item["get"].get("parameters", []) if one.get("required")]
        query = [one["name"] for one in needed if one["in"] == "query"]
        if "{" not in path and set(query) <= HELD.keys():
            yield path + "?" * bool(query) + "&".join(f"{name}={HELD[name]}" for name in query)
    yield "/api/near?lon=100.25&lat=13.55"
    yield from PAGES


def polled(client: TestClient) -> dict[str, tuple[int, str | None, bytes]]:
    """The answers of all addresses with their ETags."""
    found = {}
    for address in addresses(client):
        answer = client.get(address)
        body = _MOMENT.sub(b"", answer.content)
        found[address] = (answer.status_code, answer.headers.get("etag"), body)
    return found


def test_nothing_public_changes_by_what_happens_to_complaints_until_the_next_release(
    country: Connection, served: Callable[[], TestClient]
) -> None:
    polled(served())  # a file that is asked for again is one that is kept, and has an ETag
    before = polled(served())

    for number in range(40):
        complaint(country, f"new{number}", "2026-06-02 12:00+07", lon=100.2 + number / 1000)
    with country.cursor() as cursor:
        cursor.execute("UPDATE complaint SET geom = ST_Translate(geom, 0.3, 0) WHERE id < 'c3'")
        cursor.execute("UPDATE complaint SET category = 'noise' WHERE id BETWEEN 'c3' AND 'c4'")
        cursor.execute("UPDATE complaint SET state = 'resolved', closed_at = now() WHERE id > 'c8'")
        cursor.execute("UPDATE complaint SET is_spam = true WHERE id BETWEEN 'c4' AND 'c5'")
        cursor.execute("DELETE FROM complaint WHERE id BETWEEN 'c5' AND 'c6'")
    country.commit()
    after = polled(served())

    assert sum(status == 200 for status, _, _ in before.values()) > 50
    assert {one: before[one] for one in before if before[one] != after[one]} == {}


def test_the_next_release_alone_changes_what_is_public(
    country: Connection, served: Callable[[], TestClient], fresh_reads: Reads
) -> None:
    for number in range(60):
        complaint(country, f"new{number}", "2026-06-02 12:00+07", lon=100.2 + number / 1000)
    country.commit()
    before = fetch_data_versions(fresh_reads).versions["complaint_months"]
    items = "/ogc/collections/complaint_months/items?datetime=2026-06-01"
    assert served().get(items).json()["features"] == []

    released(country, now=datetime(2026, 7, 2, tzinfo=UTC))
    country.commit()

    assert fetch_data_versions(fresh_reads).versions["complaint_months"] != before
    assert len(served().get(items).json()["features"]) == 2


def test_every_row_that_is_shown_has_five_homes_or_more(country: Connection) -> None:
    with country.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.homes, (
                SELECT count(DISTINCT (round(ST_X(c.geom)::numeric * 2000),
                    round(ST_Y(c.geom)::numeric * 2000)))
                FROM complaint AS c
                JOIN complaint_area AS a ON (a.area, a.code) = (r.area, r.area_code)
                WHERE ST_Intersects(a.geom, c.geom)
                    AND c.counted_at >= p.period_start::timestamp AT TIME ZONE 'Asia/Bangkok'
                    AND c.counted_at < p.period_end::timestamp AT TIME ZONE 'Asia/Bangkok'
            )
            FROM complaint_release AS r
            JOIN complaint_release_period AS p USING (table_name, period_start)
            """
        )
        rows = cursor.fetchall()

    assert len(rows) > 5
    assert min(true for _, true in rows) >= 5
    assert any(shown != true for shown, true in rows)  # the noise is in what is shown


def table(connection: Connection, name: str) -> dict[str, int | None]:
    """All that is released of a table, by the id of the public row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, homes FROM published.{name}")
        return dict(cursor.fetchall())


@pytest.mark.parametrize("name", TABLES)
def test_no_filter_tile_or_place_gives_a_number_that_the_table_has_not(
    country: Connection, served: Callable[[], TestClient], name: str
) -> None:
    released_rows, public = table(country, name), served()
    chance, asked = random.Random(3), 0
    for _ in range(25):
        lon, lat = 99.4 + chance.random(), 13.3 + chance.random()
        size = 10 ** -chance.uniform(0, 4)
        first = f"2026-0{chance.randint(1, 5)}-{chance.randint(1, 28):02}"
        for address in (
            f"items?bbox={lon},{lat},{lon + size},{lat + size}",
            f"items?datetime={first}/..&limit=3",
            f"items?filter=homes>{chance.randint(0, 60)} AND code='7{chance.choice('04')}'",
            f"items?filter=S_INTERSECTS(geom,POINT({lon} {lat}))",
        ):
            found = public.get(f"/ogc/collections/{name}/{address}").json()["features"]
            asked += len(found)
            for one in found:
                assert one["properties"]["homes"] == released_rows[one["id"]]
        rows = public.get(f"/api/near?lon={lon}&lat={lat}&at=2026-06-14T00:00:00Z").json()
        for row in rows["complaints"]:
            if row["layer"] == name:
                assert row["homes"] == released_rows[row["id"]]
    for z, x, y in ((5, 24, 14), (8, 199, 118), (12, 3189, 1893)):
        tile = public.get(f"/tiles/{name}/{z}/{x}/{y}.mvt").content
        for feature in decoded(tile).get(name, []):
            told = feature.properties
            assert told.get("homes") == released_rows[told["id"]]
    assert asked > 20


def test_the_public_role_reads_no_complaint_and_no_view_of_one(
    country: Connection, fresh_reads: Reads
) -> None:
    private = ["complaint", "complaint_text", "complaint_event", "complaint_photo"]
    for name in (*private, "complaint_release", "subdistrict_houses"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            fresh_reads.fetch(f"SELECT 1 FROM {name}")

    read = fresh_reads.fetch("SELECT view_name, table_name FROM published.reads")
    assert [view for view, read_table in read if read_table in private] == []
    columns = fresh_reads.fetch(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'published'"
        " AND column_name IN ('home_key', 'ticket_id', 'reported_at', 'counted_at', 'received_at')"
    )
    assert columns == []
