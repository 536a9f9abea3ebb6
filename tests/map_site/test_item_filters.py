"""The form that filters a layer's table: the question it writes, and that it reads it back."""

from dataclasses import replace
from datetime import date
from urllib.parse import unquote_plus

import pytest
import requests
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection

from layers.catalog import catalog
from map_site.item_filters import (
    ItemFilters,
    choices,
    conditions,
    of_form,
    of_query,
    to_query,
    wider_period,
)
from tests.geo_api.database.servers import wait_until
from tests.makers import box, factory, insert, province

FACTORIES = catalog()["factories"]
# As if nobody had told in which province each lies.
HOTSPOTS = replace(
    catalog()["hotspots"],
    fields=tuple(one for one in catalog()["hotspots"].fields if one.name != "province_code"),
)
HTML = {"Accept": "text/html"}


def test_days_are_those_of_the_reports_and_empty_fields_ask_nothing() -> None:
    given = {"since": "2026-03-01", "until": "2026-03-02", "province": "", "land_use": ""}

    query = to_query(HOTSPOTS, of_form(HOTSPOTS, given))

    assert query == {"datetime": "2026-02-28T01:00:00Z/2026-03-02T00:59:59Z"}
    assert to_query(HOTSPOTS, of_form(HOTSPOTS, {"since": "2026-03-01"})) == {
        "datetime": "2026-02-28T01:00:00Z/.."
    }


def test_a_province_is_asked_by_its_code_where_there_is_one_and_else_by_its_boundary() -> None:
    asked = {"province": "50"}

    assert to_query(FACTORIES, of_form(FACTORIES, asked)) == {"province_code": "50"}
    assert to_query(HOTSPOTS, of_form(HOTSPOTS, asked)) == {"filter": "in_province(geom, '50')"}


@pytest.mark.parametrize(
    "given",
    [
        {"since": "2026-03-01", "land_use": "sugarcane", "order": "oldest"},
        {"province": "50", "sources": "firms"},
        {"province": "50", "cql": "frp_mw > 10 OR frp_mw < 1"},
        {"cql": "frp_mw > 10"},
        {"sources": "firms", "cql": "land_use LIKE '%a%' AND (frp_mw > 1)"},
    ],
)
def test_what_the_form_wrote_it_reads_back(given: dict[str, str]) -> None:
    filters = of_form(HOTSPOTS, given)

    assert of_query(HOTSPOTS, to_query(HOTSPOTS, filters)) == filters


def test_words_with_quotes_and_wildcards_are_what_was_typed() -> None:
    filters = of_form(FACTORIES, {"words": "50% o'clock_"})

    query = to_query(FACTORIES, filters)

    assert query["filter"] == r"CASEI(name) LIKE CASEI('%50\% o''clock\_%')"
    assert of_query(FACTORIES, query).words == "50% o'clock_"


def test_what_somebody_else_wrote_stays_as_written() -> None:
    asked = {"filter": "frp_mw > 10", "datetime": "2026-03-01T12:00:00Z/..", "bbox": "97,5,106,21"}

    filters = of_query(HOTSPOTS, asked)

    assert filters.cql == "frp_mw > 10" and filters.since is None
    assert to_query(HOTSPOTS, filters) == asked


def test_each_condition_can_be_dropped_alone() -> None:
    asked = of_form(HOTSPOTS, {"since": "2026-03-01", "until": "2026-03-02", "land_use": "paddy"})

    told = conditions(HOTSPOTS, asked, "en")

    assert [one.text for one in told] == ["1 Mar 2026 – 2 Mar 2026", "Land use: Paddy"]
    assert told[0].dropped == {"land_use": "paddy"}
    assert set(told[1].dropped) == {"datetime"}


def test_a_short_period_can_be_widened_to_one_that_ends_on_the_same_day() -> None:
    asked = ItemFilters(since=date(2026, 3, 2), until=date(2026, 3, 2))

    assert wider_period(HOTSPOTS, asked) == (
        30,
        {"datetime": "2026-01-31T01:00:00Z/2026-03-02T00:59:59Z"},
    )
    assert wider_period(HOTSPOTS, ItemFilters(since=date(2025, 1, 1))) is None


def test_what_maps_show_is_chosen_first() -> None:
    first, folded = choices(HOTSPOTS)

    assert [one.name for one in first] == ["heat_class", "confidence", "daynight"]
    assert {"sources", "time_precision"} <= {one.name for one in folded}


def test_the_form_leads_on_to_the_items_that_it_asks_for(
    client: TestClient, connection: Connection
) -> None:
    province(connection)
    province(connection, "50", name_th="เชียงใหม่", wkt=box(98.0, 18.0, 99.5, 20.0))
    for number, (lon, land_use) in enumerate([(98.5, "paddy"), (100.2, "paddy"), (98.6, "forest")]):
        insert_hotspot(connection, f"h{number}", lon, 19 if lon < 99 else 13.6, land_use)

    form = {"province": "50", "land_use": "paddy", "since": "", "lang": "en"}
    answer = client.get("/data/hotspots/filter", params=form, headers=HTML)

    assert answer.status_code == 200
    asked = unquote_plus(str(answer.url))
    assert "?land_use=paddy&" in asked and asked.endswith("&lang=en")
    assert "province_code=50" in asked or "in_province(geom, '50')" in asked
    assert (
        ">h0</a>" in answer.text and ">h1</a>" not in answer.text and ">h2</a>" not in answer.text
    )
    assert '<option value="50" selected>' in answer.text


def test_a_layer_that_there_is_not_has_no_form(client: TestClient) -> None:
    assert client.get("/data/nonsense/filter").status_code == 404
    assert client.get("/data/pm25_surface/filter").status_code == 404


def test_a_page_opens_with_the_newest_and_programs_page_by_rising_ids(
    client: TestClient, connection: Connection
) -> None:
    for number in range(3):
        insert_hotspot(connection, f"20260301010{number}-V", 100.2, 13.6, "paddy", minute=number)
    items = "/ogc/collections/hotspots/items"

    first = client.get(f"{items}?limit=2", headers=HTML).text
    [following] = [part.split('"')[0] for part in first.split('rel="next" href="')[1:]]
    second = client.get(following.replace("&amp;", "&"), headers=HTML).text

    assert first.index("202603010102-V") < first.index("202603010101-V")
    assert "202603010100-V" not in first and "202603010100-V" in second
    programs = client.get(items).json()["features"]
    assert [one["id"] for one in programs] == sorted(one["id"] for one in programs)


def test_an_answer_by_province_is_made_anew_when_the_boundaries_change(
    server_url: str, fresh: Connection
) -> None:
    asked = f"{server_url}/ogc/collections/factories/items?filter=in_province(geom, '74')"
    factory(fresh, province_code=None)
    province(fresh)
    fresh.commit()
    before = requests.get(asked, timeout=60)

    with fresh.cursor() as cursor:
        cursor.execute("UPDATE province SET geom = ST_Translate(geom, 3, 0)")
    fresh.commit()
    assert before.json()["numberReturned"] == 1

    def found() -> int:
        known = {"If-None-Match": before.headers["etag"]}
        answer = requests.get(asked, headers=known, timeout=60)
        return 1 if answer.status_code == 304 else int(answer.json()["numberReturned"])

    wait_until(lambda: found() == 0)


def insert_hotspot(
    connection: Connection, id: str, lon: float, lat: float, land_use: str, minute: int = 0
) -> None:
    at = f"2026-03-01T01:0{minute}:00Z"
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    place = {"lon": lon, "lat": lat, "land_use": land_use}
    seen = {"acquired_at": at, "time_precision": "minute", "sources": ["firms"]}
    insert(connection, "hotspot", id=id, **seen, **place)
