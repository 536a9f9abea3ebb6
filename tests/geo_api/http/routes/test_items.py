"""Items: sorted, shaped, in another CRS, counted, and paged without a row lost or doubled."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection
from pyproj import Transformer
from shapely import LinearRing

from layers.crs import CRS84, SUPPORTED
from tests.geo_api.ingest.test_hotspot_merge import firms, load
from tests.makers import box, factory, hotspot, insert, province

ITEMS = "/ogc/collections/factories/items"
HOTSPOTS = "/ogc/collections/hotspots/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def ids(page: dict[str, Any]) -> list[str]:
    """The ids on a page, in its order."""
    return [feature["id"] for feature in page["features"]]


def walk(client: TestClient, url: str) -> list[list[str]]:
    """The ids on every page from this one on."""
    pages: list[list[str]] = []
    while url and len(pages) < 300:
        page = client.get(url).json()
        pages.append(ids(page))
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    return pages


def powers(connection: Connection, **horsepower: float | None) -> None:
    """Factories by id, each with its horsepower."""
    for id, number in horsepower.items():
        factory(connection, id, horsepower=number)


def copies(connection: Connection, id: str, others: list[str]) -> None:
    """Factories that are the one of this id but for their own ids, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO factory (
                id, source, name, province_code, status, location_precision, geom
            )
            SELECT other, source, name, province_code, status, location_precision, geom
            FROM factory CROSS JOIN unnest(%(others)s) AS other
            WHERE id = %(id)s
            """,
            {"id": id, "others": others},
        )


def test_features_are_sorted_as_asked_and_those_without_a_value_come_last(
    client: TestClient, connection: Connection
) -> None:
    powers(connection, a=5, b=None, c=50, d=7.5, e=None)

    assert ids(client.get(f"{ITEMS}?sortby=horsepower").json()) == ["a", "d", "c", "b", "e"]
    assert ids(client.get(f"{ITEMS}?sortby=%2Bhorsepower").json()) == ["a", "d", "c", "b", "e"]
    assert ids(client.get(f"{ITEMS}?sortby=-horsepower").json()) == ["c", "d", "a", "b", "e"]
    assert ids(client.get(f"{ITEMS}?sortby=-id").json()) == ["e", "d", "c", "b", "a"]


@pytest.mark.parametrize("sortby", ["horsepower", "-horsepower,name", "status,-horsepower,-id"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_of_any_order_hold_every_feature_once(
    client: TestClient, connection: Connection, sortby: str, limit: int
) -> None:
    powers(connection, a=5, b=None, c=50, d=5, e=None, f=0.1, g=50)

    whole = ids(client.get(f"{ITEMS}?sortby={sortby}").json())
    pages = walk(client, f"{ITEMS}?sortby={sortby}&limit={limit}")

    assert [id for page in pages for id in page] == whole
    assert sorted(whole) == ["a", "b", "c", "d", "e", "f", "g"]


def test_an_offset_passes_over_features_and_next_goes_on_behind_them(
    client: TestClient, connection: Connection
) -> None:
    powers(connection, a=5, b=None, c=50, d=5, e=None)

    page = client.get(f"{ITEMS}?limit=2&offset=1").json()
    pages = walk(client, f"{ITEMS}?limit=2&offset=1&sortby=-id")

    assert ids(page) == ["b", "c"]
    assert pages == [["d", "c"], ["b", "a"]]
    assert client.get(f"{ITEMS}?offset=3").json()["numberMatched"] == 5
    assert client.get(f"{ITEMS}?offset=9&count=exact").json()["numberMatched"] == 5


def test_a_day_alone_is_that_of_thailand_and_the_answer_says_what_was_read(
    client: TestClient, connection: Connection
) -> None:
    province(connection)
    hotspot(connection, "before", "2026-02-28T16:59:59Z")
    hotspot(connection, "first", "2026-02-28T17:00:00Z")
    hotspot(connection, "last", "2026-03-01T16:59:59Z")
    hotspot(connection, "after", "2026-03-01T17:00:00Z")

    found = client.get("/ogc/collections/hotspots/items?datetime=2026-03-01").json()

    assert found["datetime"] == "2026-02-28T17:00:00Z/2026-03-01T16:59:59.999999Z"
    assert found["numberMatched"] == 2


def test_rows_that_arrive_between_pages_double_and_hide_nothing(
    client: TestClient, connection: Connection
) -> None:
    for id in ("b", "d", "f", "h"):
        factory(connection, id)

    first = client.get(f"{ITEMS}?limit=2").json()
    for id in ("a", "c", "e", "g"):
        factory(connection, id)
    [following] = [link["href"] for link in first["links"] if link["rel"] == "next"]
    rest = walk(client, following)

    assert ids(first) == ["b", "d"]
    assert [id for page in rest for id in page] == ["e", "f", "g", "h"]


def test_only_the_properties_asked_for_come_and_the_geometry_may_stay_away(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a", name="โรงน้ำตาล", horsepower=5)

    answer = client.get(f"{ITEMS}?properties=name,horsepower&skipGeometry=true").json()

    [feature] = answer["features"]
    assert feature["properties"] == {"name": "โรงน้ำตาล", "horsepower": 5}
    assert feature["geometry"] is None


def test_a_feature_without_a_place_has_a_geometry_of_null_wherever_it_is_told(
    client: TestClient, connection: Connection
) -> None:
    insert(connection, "run", source="season_comparison", input="", status="succeeded")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM run")
        [(run_id,)] = cursor.fetchall()
    insert(
        connection, "season_comparison", season=2024, area_kind="country", area_code="TH",
        land_use="all", this_season=2025, first_day="2024-12-01", last_day="2025-01-01",
        detections=3, by_satellite="N 3", satellites="N", abstained="few", method="m",
        source="season_comparison", run_id=run_id,
    )  # fmt: skip
    items = "/ogc/collections/season_comparison/items"

    [feature] = client.get(items).json()["features"]

    assert feature["geometry"] is None and feature["properties"]["detections"] == 3
    assert client.get(f"{items}/{feature['id']}").json()["geometry"] is None
    assert client.get(f"{items}?crs={EPSG}32647").json()["features"][0]["geometry"] is None
    assert client.get(f"{items}?f=html").status_code == 200


def test_every_page_keeps_to_the_whole_question(client: TestClient, connection: Connection) -> None:
    for number in range(6):
        factory(connection, f"f{number}", lon=100.1 + number / 100, horsepower=number)
    asked = f"{ITEMS}?limit=2&properties=name&skipGeometry=true&sortby=-horsepower&crs={EPSG}32647"

    first = client.get(f"{asked}&bbox=100.095,13,100.135,14").json()
    [following] = [link["href"] for link in first["links"] if link["rel"] == "next"]
    second = client.get(following)

    assert [ids(first), ids(second.json())] == [["f3", "f2"], ["f1", "f0"]]
    assert second.json()["features"][0]["geometry"] is None
    assert list(second.json()["features"][0]["properties"]) == ["name"]
    assert second.headers["content-crs"] == f"<{EPSG}32647>"


@pytest.mark.parametrize("uri", SUPPORTED)
def test_coordinates_come_in_the_crs_asked_for_and_the_answer_names_it(
    client: TestClient, connection: Connection, uri: str
) -> None:
    factory(connection, "a", lon=100.25, lat=13.55)
    to_crs = Transformer.from_crs(4326, SUPPORTED[uri].srid, always_xy=True)
    expected = to_crs.transform(100.25, 13.55)
    if SUPPORTED[uri].lat_first:
        expected = expected[::-1]

    answers = [client.get(f"{path}?crs={quote(uri)}") for path in (ITEMS, f"{ITEMS}/a")]

    for answer in answers:
        assert answer.headers["content-crs"] == f"<{uri}>"
    places = [answers[0].json()["features"][0], answers[1].json()]
    for feature in places:
        assert feature["geometry"]["coordinates"] == pytest.approx(expected, abs=0.006)
        assert "crs" not in feature["geometry"]


def test_an_item_leads_to_itself_in_the_crs_asked_for(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a")

    item = client.get(f"{ITEMS}/a?crs={EPSG}3857").json()

    links = {link["rel"]: link for link in item["links"]}
    assert client.get(links["self"]["href"]).json()["geometry"] == item["geometry"]
    assert links["alternate"]["type"] == "text/html"
    assert f"crs={EPSG}3857" in links["alternate"]["href"]


def test_without_asking_coordinates_are_crs84(client: TestClient, connection: Connection) -> None:
    factory(connection, "a", lon=100.25, lat=13.55)

    answer = client.get(ITEMS)

    assert answer.headers["content-crs"] == f"<{CRS84}>"
    assert answer.json()["features"][0]["geometry"]["coordinates"] == [100.25, 13.55]


@pytest.mark.parametrize("uri", SUPPORTED)
def test_a_box_is_understood_in_its_own_crs(
    client: TestClient, connection: Connection, uri: str
) -> None:
    factory(connection, "inside", lon=100.25, lat=13.55)
    factory(connection, "outside", lon=100.27, lat=13.55)
    crs = SUPPORTED[uri]
    to_crs = Transformer.from_crs(4326, crs.srid, always_xy=True)
    west, south = to_crs.transform(100.24, 13.54)
    east, north = to_crs.transform(100.26, 13.56)
    sides = (south, west, north, east) if crs.lat_first else (west, south, east, north)

    answer = client.get(f"{ITEMS}?bbox={','.join(map(str, sides))}&bbox-crs={quote(uri)}")

    assert ids(answer.json()) == ["inside"]


def test_a_map_of_more_than_the_world_shows_all_of_it(
    client: TestClient, connection: Connection
) -> None:
    factory(connection, "a", lon=100.25, lat=13.55)

    answer = client.get(f"{ITEMS}?bbox=-3e7,-3e7,3e7,3e7&bbox-crs={EPSG}3857")

    assert ids(answer.json()) == ["a"]


def test_an_area_is_given_in_metres_too(client: TestClient, connection: Connection) -> None:
    province(connection, wkt=box(100.0, 13.4, 100.5, 13.8))

    answer = client.get(f"/ogc/collections/provinces/items?crs={EPSG}32647").json()

    x, y = answer["features"][0]["geometry"]["coordinates"][0][0][0]
    assert 600_000 < x < 700_000
    assert 1_400_000 < y < 1_600_000


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 9, 10, 11])
def test_pages_go_on_over_months_in_which_nothing_burned(
    client: TestClient, connection: Connection, limit: int
) -> None:
    times = [
        *(datetime(2024, 1, day, 6, 30, tzinfo=UTC) for day in (1, 30, 31)),
        *(datetime(2024, month, 1, tzinfo=UTC) for month in (2, 3)),
        *(datetime(2025, 11, day, 23, 59, tzinfo=UTC) for day in range(26, 31)),
    ]
    load(connection, *(firms(acquired_at=time) for time in times))

    pages = walk(client, f"{HOTSPOTS}?limit={limit}")

    every = [id for page in pages for id in page]
    assert [id[:12] for id in every] == [f"{time:%Y%m%d%H%M}" for time in times]
    assert {len(page) for page in pages[:-1]} <= {limit}


@pytest.mark.parametrize("limit", [1, 99, 100, 101, 200, 249, 250, 251, 1000])
@pytest.mark.parametrize("asked", ["", "&bbox=99,12,101,14", "&sortby=-name"])
def test_pages_of_any_size_have_every_feature_once(
    client: TestClient, connection: Connection, limit: int, asked: str
) -> None:
    every = [f"f{number:03}" for number in range(250)]
    copies(connection, factory(connection, every[0]), every[1:])

    pages = walk(client, f"{ITEMS}?limit={limit}{asked}")

    assert [id for page in pages for id in page] == every
    assert {len(page) for page in pages[:-1]} <= {limit}


def test_a_large_page_of_nothing_has_no_features(client: TestClient) -> None:
    page = client.get(f"{ITEMS}?limit=1000").json()

    assert (page["features"], page["numberMatched"], page["numberReturned"]) == ([], 0, 0)


def test_what_matches_is_counted_where_that_is_cheap_or_asked_for(
    client: TestClient, connection: Connection
) -> None:
    for number in range(5):
        factory(connection, f"f{number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE factory")

    whole = client.get(ITEMS).json()
    exact = client.get(f"{ITEMS}?limit=2&count=exact").json()
    first = client.get(f"{ITEMS}?limit=2").json()
    [following] = [link["href"] for link in first["links"] if link["rel"] == "next"]
    later = client.get(following).json()

    filtered = client.get(f"{ITEMS}?limit=2&status=operating").json()
    [behind] = [link["href"] for link in filtered["links"] if link["rel"] == "next"]

    assert whole["numberMatched"] == exact["numberMatched"] == first["numberMatched"] == 5
    assert (later["numberMatched"], filtered["numberMatched"]) == (5, 5)
    assert "numberMatched" not in client.get(behind).json()


@pytest.mark.parametrize(
    "layer", ["air_quality", "wind", "districts", "carbon", "complaint_months"]
)
def test_all_of_any_layer_are_counted_exactly_and_anew_when_it_changes(
    client: TestClient, connection: Connection, layer: str
) -> None:
    address = f"/ogc/collections/{layer}/items?limit=1"
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('air_measurement', '2026-01-01', '2026-01-01')")
    insert(connection, "air_station", id="s", name_th="ส", lon=100.3, lat=13.6, source="air4thai")
    counts = []
    for hour in range(2):
        at = f"2026-01-01T0{hour}:00:00Z"
        values = {"pm25_24h": 20, "wind_speed_m_s": 2, "wind_from_deg": 90}
        where = {"station_id": "s", "source": "air4thai", "observed_at": at}
        insert(connection, "air_measurement", **where, **values)
        counts.append(client.get(address).json()["numberMatched"])

    assert counts == ([1, 2] if layer in ("air_quality", "wind") else [0, 0])


def test_rings_run_as_geojson_wants_them(client: TestClient, connection: Connection) -> None:
    # With the clock, and a hole against it: the other way round.
    wkt = (
        "POLYGON((100 13, 100 14, 101 14, 101 13, 100 13),"
        "(100.2 13.2, 100.4 13.2, 100.4 13.4, 100.2 13.4, 100.2 13.2))"
    )
    province(connection, "74", wkt=wkt)
    path = "/ogc/collections/provinces/items"

    for geometry in (
        client.get(path).json()["features"][0]["geometry"],
        client.get(f"{path}/74").json()["geometry"],
    ):
        outer, hole = map(LinearRing, geometry["coordinates"][0])
        assert outer.is_ccw and not hole.is_ccw


def test_what_people_type_finds_what_is_stored(client: TestClient, connection: Connection) -> None:
    factory(connection, "a", name="โรงงานน้ำตาล", registration_no="3-53(4)-1/58สค", horsepower=12)
    decomposed = "น้\u0e4d\u0e32"  # as some keyboards and PDFs write it
    asked = [
        {"name": f"โรงงาน{decomposed}\u200bตาล "},
        {"registration_no": "๓-๕๓(๔)-๑/๕๘สค"},
        {"horsepower": "๑๒"},
        {"filter": f"name = 'โรงงาน{decomposed}ตาล'"},
        {"filter": f"name LIKE '%{decomposed}%'"},
        {"filter": f"name IN ('x', 'โรงงาน{decomposed}ตาล')"},
        {
            "filter-lang": "cql2-json",
            "filter": json.dumps(
                {"op": "=", "args": [{"property": "name"}, f"โรงงาน{decomposed}ตาล"]}
            ),
        },
    ]

    assert [ids(client.get(ITEMS, params=one).json()) for one in asked] == [["a"]] * len(asked)


def test_whole_numbers_of_real_columns_have_their_decimal(
    client: TestClient, connection: Connection
) -> None:
    values = (12, 12.5, 0, 0.1, 1e15, 123456789, None)
    for number, value in enumerate(values):
        factory(connection, f"f{number}", horsepower=value, workers=7)

    texts = [
        client.get(f"{ITEMS}?filter=horsepower IS NOT NULL OR true").text,
        client.get("/api/near?lon=100.25&lat=13.55&layers=factories&limit=50").text,
        *(client.get(f"{ITEMS}/f{number}").text for number in range(len(values))),
    ]

    written = ["12.0", "12.5", "0.0", "0.1", "1e+15", "123456789.0", "null"]
    found = re.findall(r'"horsepower":([^,}]+)', texts[0])
    assert found == written
    assert re.findall(r'"horsepower":([^,}]+)', "".join(texts[2:])) == written
    near = re.findall(r'"horsepower":([^,}]+)', texts[1])
    assert sorted(near) == sorted(one for one in written if one != "null")
    assert {*re.findall(r'"workers":([^,}]+)', texts[0])} == {"7"}


def insert_factories(connection: Connection, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO factory (id, geom, name, status, location_precision, source)
            SELECT 'f' || n, ST_SetSRID(ST_MakePoint(100, 13), 4326), 'x', 'operating',
                'government', 'diw'
            FROM generate_series(1, %(count)s) AS n;
            ANALYZE factory
            """,
            {"count": count},
        )


def test_all_of_a_large_layer_are_known_from_its_bins(
    client: TestClient, connection: Connection
) -> None:
    insert_factories(connection, 20_000)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM factory WHERE id LIKE 'f10%'")

    page = client.get(f"{ITEMS}?limit=2").json()

    assert page["numberMatched"] == 20_000 - 1_111
    assert "numberMatchedEstimate" not in page


def test_a_large_part_of_a_layer_is_not_counted_but_estimated(
    client: TestClient, connection: Connection
) -> None:
    insert_factories(connection, 20_000)

    page = client.get(f"{ITEMS}?limit=2&filter=status='operating'").json()

    assert "numberMatched" not in page
    assert page["numberMatchedEstimate"] == pytest.approx(20_000, rel=0.2)


def test_what_is_more_than_a_large_page_is_at_least_estimated_so(
    client: TestClient, connection: Connection
) -> None:
    insert_factories(connection, 1200)

    # Of what an expression gives PostgreSQL knows too little to say: it takes one in 200.
    page = client.get(f"{ITEMS}?limit=1000&filter=casei(name)='x'").json()

    assert page["numberReturned"] == 1000
    assert "numberMatched" not in page
    assert page["numberMatchedEstimate"] == 1001


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("sortby=nonsense", "sortby"),
        ("sortby=geom", "sortby"),
        ("sortby=-", "sortby"),
        ("sortby=--name", "sortby"),
        ("sortby=name,-name", "sortby"),
        (f"sortby={','.join(['name'] * 2000)}", "sortby"),
        ("properties=nonsense", "properties"),
        ("properties=name,", "properties"),
        ("skipGeometry=maybe", "skipGeometry"),
        ("count=all", "count"),
        ("crs=EPSG:4326", "crs"),
        (f"crs={EPSG}2154", "crs"),
        ("bbox-crs=nonsense", "bbox-crs"),
        (f"bbox=1,2,0,3&bbox-crs={EPSG}32647", "bbox"),
        (f"bbox=-9e15,0,9e15,9e15&bbox-crs={EPSG}32647", "bbox"),
        (f"bbox=0,0,1e6,1.2e7&bbox-crs={EPSG}32647", "bbox"),
        (f"bbox=2.1e7,0,3e7,1&bbox-crs={EPSG}3857", "bbox"),
        (f"bbox=1e308,1e308,1.7e308,1.7e308&bbox-crs={EPSG}3857", "bbox"),
        (f"bbox=-1.7e308,0,1.7e308,1.7e308&bbox-crs={EPSG}32648", "bbox"),
        (f"filter=s_within(geom,BBOX(0,0,1000000,12000000))&filter-crs={EPSG}32647", "filter"),
        (f"bbox=100,13,101,14&bbox-crs={EPSG}4326", "bbox"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(
    client: TestClient, connection: Connection, asked: str, parameter: str
) -> None:
    answer = client.get(f"{ITEMS}?{asked}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


def test_a_product_of_more_digits_than_there_are_is_the_caller_s_mistake(
    client: TestClient, connection: Connection
) -> None:
    powers(connection, a=1)
    product = "*".join([f"(horsepower{'*9e307' * 50})"] * 10)

    answer = client.get(ITEMS, params={"filter": f"{product} > 1"})

    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("a number in the filter became too large")


@pytest.mark.parametrize("name", ["geojson", "html"])
def test_what_goes_with_another_format_is_refused_with_its_name(
    client: TestClient, name: str
) -> None:
    answer = client.get(f"{ITEMS}?f={name}&bom=true")

    assert answer.json()["detail"] == f"bom goes with f=csv alone, not with f={name}"


def test_a_cursor_of_another_order_is_refused(client: TestClient, connection: Connection) -> None:
    powers(connection, a=1, b=2, c=3)
    page = client.get(f"{ITEMS}?limit=1").json()
    [following] = [link["href"] for link in page["links"] if link["rel"] == "next"]

    answer = client.get(f"{following}&sortby=horsepower")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == "cursor"
