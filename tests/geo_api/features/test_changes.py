"""Two times of a layer compared: what came, what went, and in what the rest differs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.as_of import as_of_reads
from geo_api.database.connections import Reads
from geo_api.features.changes import sql
from geo_api.features.columns import columns
from geo_api.settings import Settings
from layers.catalog import catalog
from tests.geo_api.database.servers import wait_until
from tests.history import changed, now, story
from tests.makers import factory, insert, province, released_complaints, wind_reading

CHANGES = "/ogc/collections/factories/changes"
Json = dict[str, Any]


@pytest.fixture
def service(fresh_reads: Reads, settings: Settings) -> Iterator[TestClient]:
    """A browser of the service over the database of `fresh`."""
    with TestClient(create_app(fresh_reads, settings)) as opened:
        yield opened


def asked(service: TestClient, since: str, until: str | None = None, **more: str) -> Json:
    times = {"since": since} | ({"until": until} if until else {})
    found = service.get(CHANGES, params={**times, **more})
    assert found.status_code == 200, found.text
    answer: Json = found.json()
    return answer


def kinds(answer: Json) -> dict[str, str]:
    return {one["id"]: one["change"] for one in answer["changes"]}


def test_what_came_what_went_and_what_is_otherwise_is_told_with_its_fields(
    fresh: Connection, service: TestClient
) -> None:
    before = now(fresh)
    came, _, renamed, gone = story(fresh)

    added = asked(service, before, came)
    changes = asked(service, came, renamed)
    removed = asked(service, renamed, gone)

    assert added["counts"] == {"added": 2, "removed": 0, "changed": 0}
    assert kinds(added) == {"a": "added", "b": "added"}
    assert changes["counts"] == {"added": 0, "removed": 0, "changed": 1}
    [one] = changes["changes"]
    assert (one["id"], one["change"], one["fields"]) == ("a", "changed", ["name"])
    assert one["before"]["properties"]["name"] == "first"
    assert one["after"]["properties"]["name"] == "third"
    assert removed["counts"] == {"added": 0, "removed": 1, "changed": 0}
    assert removed["changes"][0]["before"]["properties"]["name"] == "third"
    assert "after" not in removed["changes"][0]


def test_without_an_end_it_is_what_changed_till_now(fresh: Connection, service: TestClient) -> None:
    came, *_ = story(fresh)

    assert kinds(asked(service, came)) == {"a": "removed"}
    factory(fresh, "c", lon=100.1, lat=13.1)
    fresh.commit()
    expected = {"a": "removed", "c": "added"}
    wait_until(lambda: kinds(asked(service, came)) == expected)  # heard of just after the commit


def test_what_was_changed_and_changed_back_is_no_change(
    fresh: Connection, service: TestClient
) -> None:
    came, *_ = story(fresh)
    changed(fresh, "UPDATE factory SET name = 'other' WHERE id = 'b'")
    back = changed(fresh, "UPDATE factory SET name = 'stays' WHERE id = 'b'")

    assert kinds(asked(service, came, back)) == {"a": "removed"}


def test_a_place_that_was_corrected_is_a_change_however_small(
    fresh: Connection, service: TestClient
) -> None:
    came, *_ = story(fresh)
    moved = changed(fresh, "UPDATE factory SET geom = ST_Translate(geom, 1e-9, 0) WHERE id = 'b'")

    found = asked(service, came, moved)["changes"]

    assert [one["fields"] for one in found if one["id"] == "b"] == [["geometry"]]


def test_the_page_tells_of_an_outline_that_it_is_another_and_of_no_value(
    fresh: Connection, service: TestClient
) -> None:
    province(fresh)
    fresh.commit()
    before = now(fresh)
    changed(fresh, "UPDATE province SET geom = ST_Translate(geom, 0.1, 0)")

    page = service.get(
        "/ogc/collections/provinces/changes",
        params={"since": before, "f": "html", "lang": "en"},
    ).text

    assert "1 changed" in page
    assert "Its outline is another" in page
    assert "no value" not in page


def test_pages_are_of_one_comparison_and_each_tells_how_many_there_are(
    fresh: Connection, service: TestClient
) -> None:
    before = now(fresh)
    for number in range(5):
        factory(fresh, f"f{number}", lon=100.3, lat=13.5)
    fresh.commit()

    page = asked(service, before, limit="2")
    factory(fresh, "later", lon=100.3, lat=13.5)
    fresh.commit()
    pages = [page]
    while following := [one["href"] for one in pages[-1]["links"] if one["rel"] == "next"]:
        pages.append(service.get(following[0]).json())

    assert [list(kinds(one)) for one in pages] == [["f0", "f1"], ["f2", "f3"], ["f4"]]
    assert [one["counts"]["added"] for one in pages] == [5, 5, 5]


def test_what_no_longer_meets_the_question_is_removed_from_its_answer(
    fresh: Connection, service: TestClient
) -> None:
    came, _, renamed, _ = story(fresh)
    moved = changed(fresh, "UPDATE factory SET geom = ST_Translate(geom, 1, 0) WHERE id = 'b'")

    named = asked(service, came, renamed, name="first")
    box = asked(service, came, moved, bbox="100.35,13,100.5,14")
    condition = asked(service, came, renamed, filter="name LIKE 'th%'")

    assert kinds(named) == {"a": "removed"}
    assert kinds(box) == {"b": "removed"}
    assert kinds(condition) == {"a": "added"}


def test_a_filter_may_ask_which_lie_in_a_province(fresh: Connection, service: TestClient) -> None:
    province(fresh, "74")
    came, _, renamed, _ = story(fresh)

    found = asked(service, came, renamed, filter="in_province(geom, '74')")

    assert set(kinds(found)) <= {"a"}
    assert found == asked(service, came, renamed, filter="in_province(geom, '74') AND 1 = 1") | {
        "links": found["links"]
    }


@pytest.mark.parametrize(
    ("times", "parameter", "why"),
    [
        ({}, "since", "since is missing"),
        ({"since": "2020-01-01T00:00:00Z"}, "since", "since of factories goes back to"),
        ({"since": "2090-01-01T00:00:00Z"}, "since", "has passed"),
        ({"since": "1", "until": "2090-01-01T00:00:00Z"}, "until", "has passed"),
        ({"since": "1", "until": "999999"}, "until", "no data version 999999"),
        ({"since": "yesterday"}, "since", "takes a time"),
        ({"since": "9" * 30}, "since", "takes a time"),
        ({"since": "²"}, "since", "takes a time"),
        ({"since": "1", "cursor": "bm9uZQ"}, "cursor", "next link"),
        ({"since": "1", "as_of": "1"}, "as_of", "as_of"),
    ],
)
def test_times_of_which_nothing_is_kept_are_refused(
    service: TestClient, times: dict[str, str], parameter: str, why: str
) -> None:
    refused = service.get(CHANGES, params=times)

    assert refused.status_code == 400
    problem = refused.json()
    assert problem["parameter"] == parameter
    assert why in problem["detail"]


def test_the_former_time_comes_first(fresh: Connection, service: TestClient) -> None:
    came, *_, gone = story(fresh)

    refused = service.get(CHANGES, params={"since": gone, "until": came})

    assert refused.status_code == 400
    assert "not be later than until" in refused.json()["detail"]


def test_since_the_newest_change_nothing_has_changed(
    fresh: Connection, service: TestClient
) -> None:
    story(fresh)

    found = asked(service, now(fresh))

    assert (found["counts"], found["changes"]) == ({"added": 0, "removed": 0, "changed": 0}, [])
    assert found["since"] == found["until"]


def test_what_is_no_layer_of_features_has_no_changes(service: TestClient) -> None:
    for name in ("complaints", "pm25_surface", "history_erasures", "data_commits"):
        assert service.get(f"/ogc/collections/{name}/changes?since=1").status_code == 404


def test_between_two_times_that_have_passed_the_answer_stays_and_till_now_it_does_not(
    fresh: Connection, service: TestClient
) -> None:
    came, *_, gone = story(fresh)

    closed = service.get(CHANGES, params={"since": came, "until": gone})
    opened = service.get(CHANGES, params={"since": came})
    changed(fresh, "UPDATE factory SET name = 'fourth'")

    def again(first: Response) -> int:
        told = {"If-None-Match": first.headers["ETag"]}
        status: int = service.get(str(first.url), headers=told).status_code
        return status

    assert "immutable" in closed.headers["Cache-Control"]
    assert "immutable" not in opened.headers["Cache-Control"]
    wait_until(lambda: again(opened) == 200)  # the service hears of it a moment after the commit
    assert again(closed) == 304


def test_what_was_erased_is_told_by_no_comparison(fresh: Connection, service: TestClient) -> None:
    came, _, renamed, _ = story(fresh)
    assert kinds(asked(service, came, renamed)) == {"a": "changed"}
    changed(fresh, """SELECT erase_history('factory', '{"id": "a"}', 'PDPA, section 33')""")

    assert kinds(asked(service, came, renamed)) == {}


def test_every_layer_can_be_compared(fresh: Connection, service: TestClient) -> None:
    before = now(fresh)
    province(fresh)
    factory(fresh)
    hour = datetime(2026, 1, 5, tzinfo=UTC)
    insert(fresh, "air_station", id="27t", name_th="ส", lon=100.3, lat=13.6, source="air4thai")
    wind_reading(fresh, "27t", hour, from_deg=90, speed_m_s=2)
    released_complaints(fresh, {"74": 20}, start="2026-01-01")
    fire(fresh, "h1")
    fresh.commit()
    listed = [one["id"] for one in service.get("/ogc/collections").json()["collections"]]

    answers = {
        name: service.get(f"/ogc/collections/{name}/changes", params={"since": before})
        for name in listed
    }

    assert {n: a.text for n, a in answers.items() if a.status_code != 200} == {}
    added = {name for name, one in answers.items() if one.json()["counts"]["added"]}
    assert {"provinces", "factories", "hotspots", "wind", "complaint_months"} <= added
    assert {one.json()["counts"]["changed"] for one in answers.values()} == {0}


def fire(connection: Connection, id: str, power: float = 1, lon: float = 100.3) -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=len(id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', %(at)s, %(at)s)", {"at": at})
    insert(
        connection,
        "hotspot",
        id=id,
        acquired_at=at,
        time_precision="minute",
        frp_mw=power,
        lon=lon,
        lat=13.6,
        sources=["firms"],
    )


def test_of_the_rows_that_changed_alone_the_same_is_found_as_of_all(
    fresh: Connection, fresh_reads: Reads
) -> None:
    for id in ("stays", "goes", "grows", "back", "comes again"):
        fire(fresh, id)
    fresh.commit()
    times = [now(fresh)]
    for statement in (
        "DELETE FROM hotspot WHERE id IN ('goes', 'comes again')",
        "UPDATE hotspot SET frp_mw = 2 WHERE id IN ('grows', 'back')",
        "UPDATE hotspot SET frp_mw = 1 WHERE id = 'back'; UPDATE hotspot SET frp_mw = 3"
        " WHERE id = 'grows'",
        "UPDATE hotspot SET frp_mw = frp_mw WHERE id = 'stays'",
    ):
        times.append(changed(fresh, statement))
    fire(fresh, "comes again", power=4)
    fire(fresh, "new")
    fresh.commit()
    times.append(now(fresh))

    def differences(since: str, until: str) -> tuple[Any, Any]:
        older, newer = (as_of_reads(fresh_reads, one, ["hotspots"]) for one in (since, until))
        layer = catalog()["hotspots"]
        between = {"older": older.as_of.version, "newer": newer.as_of.version}
        [(own,)] = fresh_reads.fetch(sql.ONLY_OWN_ROWS_CHANGED, {"layer": "hotspots", **between})
        assert own
        known = columns(fresh_reads, layer)
        found = [
            fresh_reads.fetch(
                sql.differences(
                    layer, known, [], older.as_of, newer.as_of, None, 100, own_rows=own_rows
                )
            )
            for own_rows in (True, False)
        ]
        return found[0], found[1]

    for place, since in enumerate(times):
        for until in times[place:]:
            narrow, whole = differences(since, until)
            assert narrow == whole
    [(added, removed, altered, found)] = differences(times[0], times[-1])[0]
    assert (added, removed, altered) == (1, 1, 2)
    assert found == [
        ["comes again", "changed"],
        ["goes", "removed"],
        ["grows", "changed"],
        ["new", "added"],
    ]


def test_all_is_compared_where_another_table_changed_that_the_layer_reads(
    fresh: Connection, service: TestClient
) -> None:
    fire(fresh, "h1")
    fresh.commit()
    before = now(fresh)
    changed(
        fresh,
        """
        WITH judged AS (
            INSERT INTO run (source, input, status, finished_at)
            VALUES ('industrial_heat', 'test', 'succeeded', now()) RETURNING id
        )
        INSERT INTO heat_judgement (first_day, last_day, run_id)
        SELECT '2026-01-01', '2026-01-31', id FROM judged
        """,
    )

    found = service.get("/ogc/collections/hotspots/changes", params={"since": before}).json()

    assert found["counts"] == {"added": 0, "removed": 0, "changed": 1}
    assert found["changes"][0]["fields"] == ["heat_source"]
