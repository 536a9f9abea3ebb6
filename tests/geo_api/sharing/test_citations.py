"""Citations: the same rows years later, proved by a checksum, or what is no longer there."""

import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as Connection

from geo_api.app import create_app
from geo_api.database.connections import Reads, Writes
from geo_api.settings import Settings
from geo_api.sharing.citations.answers import answer_at
from geo_api.sharing.citations.citations import DatabaseCitations
from layers.catalog import catalog
from layers.citation import MOST_PARTS, MOST_ROWS, Citation, State
from layers.licences import licence_text
from map_site.cited import rows_behind
from tests.access import CLOSED, OPEN, VALUES
from tests.geo_api.reports.rows import hotspot
from tests.history import changed, now
from tests.makers import box, factory, insert, province

ITEMS = "/ogc/collections/factories/items"
Json = dict[str, Any]


@pytest.fixture
def service(fresh_reads: Reads, settings: Settings) -> Iterator[TestClient]:
    """A browser of the service over the database of `fresh`."""
    with TestClient(create_app(fresh_reads, settings)) as opened:
        yield opened


@pytest.fixture
def citations(service: TestClient) -> DatabaseCitations:
    """Those of that service."""
    found: DatabaseCitations = service.app.state.service.citations  # type: ignore[attr-defined]
    return found


def two_factories(connection: Connection) -> None:
    province(connection)
    factory(connection, "a", name="first", lon=100.3, lat=13.5, horsepower=0.1)
    factory(connection, "b", name="stays", lon=100.4, lat=13.6, horsepower=0.2)
    connection.commit()


def cite(service: TestClient, path: str) -> Json:
    answer = service.post("/api/citations", json={"path": path})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def opened(service: TestClient, citation: Json) -> Json:
    answer = service.get(f"/api/citations/{citation['code']}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def names(service: TestClient, href: str) -> list[str]:
    return [one["properties"]["name"] for one in service.get(href).json()["features"]]


def test_the_same_rows_come_back_after_updates_and_deletions_and_the_checksum_proves_it(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    citation = cite(service, f"{ITEMS}?province_code=74")

    changed(fresh, "UPDATE factory SET name = 'second' WHERE id = 'a'")
    changed(fresh, "DELETE FROM factory WHERE id = 'b'")

    found = opened(service, citation)
    [part], [check] = citation["parts"], found["checks"]
    assert (found["state"], found["isOwn"]) == ("holds", True)
    assert (check["rows"], check["sha256"]) == (part["rows"], part["sha256"])
    assert names(service, part["href"]) == ["first", "stays"]
    assert names(service, ITEMS) == ["second"]


def test_the_checksum_is_that_of_the_sorted_lines_of_the_file(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    [part] = cite(service, ITEMS)["parts"]

    file = service.get(f"{part['href']}&f=geojsonseq").content

    summed = subprocess.run(
        "LC_ALL=C sort | sha256sum", shell=True, input=file, stdout=subprocess.PIPE, check=True
    )
    assert summed.stdout.decode().split()[0] == part["sha256"]


def test_the_same_question_of_the_same_version_has_the_same_code(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    then = now(fresh)
    first = cite(service, f"{ITEMS}?properties=name&limit=1&f=csv&lang=en")

    again = cite(service, f"{ITEMS}?limit=1&properties=name&as_of={first['dataVersion']}")
    by_time = cite(service, f"{ITEMS}?limit=1&properties=name&as_of={then.replace('+', '%2B')}")
    other = cite(service, f"{ITEMS}?properties=name")
    changed(fresh, "UPDATE factory SET name = 'second' WHERE id = 'a'")
    later = cite(service, f"{ITEMS}?properties=name&limit=1")

    assert first == again == by_time
    assert len({first["code"], other["code"], later["code"]}) == 3
    assert [one["parts"][0]["rows"] for one in (first, other)] == [1, 2]


def test_erased_rows_are_told_and_never_said_to_be_there(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    citation, untouched = cite(service, ITEMS), cite(service, f"{ITEMS}/b")
    changed(fresh, "DELETE FROM factory WHERE id = 'a'")
    changed(fresh, """SELECT erase_history('factory', '{"id": "a"}', 'PDPA, section 33')""")

    found = opened(service, citation)
    [check] = found["checks"]

    assert found["state"] == "erased"
    assert (citation["parts"][0]["rows"], check["rows"]) == (2, 1)
    assert [(one["rows"], one["reason"]) for one in check["erasures"]] == [(1, "PDPA, section 33")]
    assert opened(service, untouched)["state"] == "holds"


def test_tampered_rows_do_not_verify(fresh: Connection, service: TestClient) -> None:
    two_factories(fresh)
    citation = cite(service, ITEMS)
    changed(fresh, "UPDATE factory SET name = 'second' WHERE id = 'a'")
    assert opened(service, citation)["state"] == "holds"

    changed(fresh, "UPDATE history.factory SET name = 'forged'")

    assert opened(service, citation)["state"] == "altered"


def test_an_erasure_excuses_no_more_rows_than_it_took(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    citation = cite(service, ITEMS)
    changed(fresh, "DELETE FROM factory")
    changed(fresh, """SELECT erase_history('factory', '{"id": "a"}', 'PDPA, section 33')""")
    changed(fresh, "DELETE FROM history.factory")

    assert opened(service, citation)["state"] == "altered"


def test_a_citation_that_was_itself_altered_says_so(fresh: Connection, service: TestClient) -> None:
    two_factories(fresh)
    changes = (
        "path = path || '&x=1'",
        "parts = jsonb_set(parts, '{0,checksum}', to_jsonb(repeat('0', 64)))",
        "parts = jsonb_set(parts, '{0,rows}', '3')",
        "time = time - interval '1 day'",
    )

    for place, change in enumerate(changes, 1):
        citation = cite(service, f"{ITEMS}?limit={place}")
        changed(fresh, f"UPDATE citation SET {change} WHERE code = '{citation['code']}'")
        found = opened(service, citation)
        assert (found["state"], found["isOwn"]) == ("altered", False), change


def test_numbers_are_cited_to_their_last_digit_in_whatever_order_rows_lie(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    factory(fresh, "c", name="last", lon=100.5, lat=13.6, horsepower=0.3)
    fresh.commit()
    path = "/api/statistics/factories?by=province&values=mean:horsepower,sum:horsepower"
    citation = cite(service, path)

    changed(fresh, "UPDATE factory SET horsepower = horsepower WHERE id = 'a'")
    changed(fresh, "DELETE FROM factory WHERE id = 'b'")

    found = opened(service, citation)
    groups = service.get(citation["parts"][0]["href"]).json()["groups"]
    assert found["state"] == "holds"
    assert [group["count"] for group in groups] == [3]


def test_what_is_near_is_cited_as_of_its_moment(fresh: Connection, service: TestClient) -> None:
    two_factories(fresh)
    path = "/api/near?lon=100.3&lat=13.5&radius_m=50000&layers=factories"
    citation = cite(service, path)

    changed(fresh, "DELETE FROM factory WHERE id = 'b'")

    assert citation["parts"][0]["rows"] == 2
    assert opened(service, citation)["state"] == "holds"
    assert names(service, citation["parts"][0]["href"]) == ["first", "stays"]
    assert names(service, path) == ["first"]


def test_days_left_are_cited_as_of_the_moment_they_were_read(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    citation = cite(service, "/ogc/collections/certificates_expiring/items")

    assert not citation["asOf"].isdigit()
    assert opened(service, citation)["state"] == "holds"


def test_a_later_column_is_no_part_of_what_was_cited(
    fresh: Connection, citations: DatabaseCitations
) -> None:
    two_factories(fresh)
    layer = citations.layers["factories"]
    older = replace(layer, fields=tuple(one for one in layer.fields if one.name != "horsepower"))
    then = replace(citations, layers={**citations.layers, "factories": older})

    citation = then.cite(ITEMS)

    assert citations.verify(citation).state == State.HOLDS


def test_a_layer_or_property_that_is_no_longer_there_is_named(
    fresh: Connection, citations: DatabaseCitations
) -> None:
    two_factories(fresh)
    citation = citations.cite(ITEMS)
    layer = citations.layers["factories"]
    shorter = replace(layer, fields=layer.fields[1:])
    without = {name: one for name, one in citations.layers.items() if name != "factories"}

    of_shorter = replace(citations, layers={**without, "factories": shorter}).verify(citation)
    of_none = replace(citations, layers=without).verify(citation)

    assert (of_shorter.state, of_none.state) == (State.GONE, State.GONE)
    assert layer.fields[0].name in str(of_shorter.checks[0].why)
    assert "factories" in str(of_none.checks[0].why)


def test_a_history_that_begins_later_has_lost_what_was_cited(
    fresh: Connection, citations: DatabaseCitations
) -> None:
    two_factories(fresh)
    citation = citations.cite(ITEMS)
    changed(fresh, "UPDATE factory SET name = 'second'")
    changed(fresh, f"SELECT forget_history({citation.version + 1}, 'two years are enough')")

    [check] = citations.verify(citation).checks

    assert check.state == State.GONE
    assert "goes back to" in str(check.why)


def test_too_many_rows_are_counted_among_what_is_not_proved(
    fresh: Connection,
    service: TestClient,
    citations: DatabaseCitations,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two_factories(fresh)
    monkeypatch.setattr("geo_api.sharing.citations.answers.MOST_ROWS", 1)

    citation = citations.cite(ITEMS)

    assert (citation.parts[0].rows, citation.parts[0].checksum) == (None, None)
    assert citations.verify(citation).state == State.UNPROVED
    assert "no checksum" in service.get(f"/cite/{citation.code}?lang=en").text
    assert MOST_ROWS > 1


def test_a_page_of_too_many_rows_or_layers_is_refused_with_the_limit_and_what_to_do(
    fresh: Connection, service: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_factories(fresh)
    for number in range(2):
        hotspot(fresh, at="2026-01-04T05:00:00Z", lat=13.5 + number / 100)
    fresh.commit()
    asked = "from=2026-01-01&to=2026-01-05"
    page = f"/export/map?layers=hotspots,factories&{asked}"
    many = ",".join(list(catalog())[: MOST_PARTS + 1])

    whole = cite(service, page)["parts"]
    layers = service.post("/api/citations", json={"path": f"/export/map?layers={many}&{asked}"})
    monkeypatch.setattr("geo_api.sharing.citations.citations.MOST_ROWS", 3)
    rows = service.post("/api/citations", json={"path": page})

    assert [one["rows"] for one in whole] == [2, 2]
    assert (layers.status_code, rows.status_code) == (400, 400)
    assert layers.json()["detail"] == (
        f"a citation is of at most {MOST_PARTS} layers, got {MOST_PARTS + 1}: choose fewer"
    )
    assert "sums at most 3 rows, and the first 2 layers have 4: choose" in rows.json()["detail"]


def test_no_rows_have_the_checksum_of_nothing(fresh: Connection, service: TestClient) -> None:
    [part] = cite(service, ITEMS)["parts"]

    assert (part["rows"], part["sha256"]) == (0, sha256(b"").hexdigest())


REFUSED = {
    "https://evil.example/": "path",
    "//evil.example": "path",
    "/nowhere": "path",
    "/api/rasters/pm25_surface": "path",
    "/staff": "path",
    "/staff/complaints/case-1": "path",
    "/staff/work": "path",
    "/api/complaints": "path",
    "/api/staff/complaints.geojson": "path",
    "/report/0123456789abcdef": "path",
    "/alerts/0123456789abcdef": "path",
    "/field?lat=13.7&lon=100.5": "path",
    "/jobs": "path",
    "/": "day",
    "/?day=0001-01-01": "day",
    "/?day=2569-01-05": "day",
    "/maps/burning": "from",
    f"{ITEMS}?cursor=x": "cursor",
    f"{ITEMS}?nothing=1": "nothing",
    f"{ITEMS}?properties=nothing": "properties",
    f"{ITEMS}?limit=1&limit=2": "limit",
    f"{ITEMS}?as_of=2090-01-01T00:00:00Z": "as_of",
    f"{ITEMS}?as_of=999999": "as_of",
    "/api/near?lon=1&lat=1&nothing=1": "nothing",
    "/api/statistics/factories?by=nothing": "by",
    "/ogc/collections/factories/items?name=%00": "path",
    "/factories/%00": "path",
}


def test_what_is_not_for_the_public_or_not_there_is_not_cited(service: TestClient) -> None:
    answers = {path: service.post("/api/citations", json={"path": path}) for path in REFUSED}

    assert {answer.status_code for answer in answers.values()} == {400}
    assert {path: one.json()["parameter"] for path, one in answers.items()} == REFUSED


def test_no_page_of_staff_or_behind_a_token_can_be_cited(service: TestClient) -> None:
    reports = service.app.state.service.reports  # type: ignore[attr-defined]
    values = defaultdict(lambda: "1", VALUES)
    closed = [name[4:].format_map(values) for name in CLOSED if name.startswith("GET ")]
    by_token = [path for path in OPEN.values() if "{token}" in path or path == "/report/{code}"]

    assert len(closed) > 10 and by_token
    assert [path for path in (*closed, *by_token) if rows_behind(path, reports) is not None] == []
    assert [path for path in (*closed, *by_token) if answer_at(path, catalog())] == []


def test_what_is_no_collection_is_not_cited(service: TestClient) -> None:
    statuses = [
        service.post("/api/citations", json={"path": f"/ogc/collections/{name}/items"}).status_code
        for name in ("nothing", "pm25_surface", "complaint", "account")
    ]

    assert statuses == [404] * 4


PAGES = (
    "/?day=2026-01-05",
    "/?day=2026-01-05&province=74",
    "/maps/burning?from=2026-01-01&to=2026-01-05&classes=forest,other&province=74",
    "/maps/burning?from=2026-01-01&to=2026-01-05",
    "/maps/air?from=2026-01-01&to=2026-01-05",
    "/maps/green?year=2026&province=74",
    "/maps/green?number=carbon",
    "/maps/complaints?table=years",
    "/provinces/74?day=2026-01-05",
    "/districts/7401",
    "/factories/a",
    "/eco-towns/1-7",
    "/eco-towns/1-7/scorecard",
    "/emissions?year=2025",
)


def test_a_page_is_cited_with_the_rows_behind_it(fresh: Connection, service: TestClient) -> None:
    two_factories(fresh)
    hotspot(fresh, at="2026-01-04T05:00:00Z")
    insert(
        fresh, "district", code="7401", province_code="74", name_th="เหนือ", name_en="North",
        source="boundaries", wkt=box(100.0, 13.4, 100.4, 13.7),
    )  # fmt: skip
    insert(
        fresh, "eco_town", id="1-7", phase=1, name_th="เมือง", province_code="74",
        area_codes="{7401}", named_parts=1, source="eco_towns",
    )  # fmt: skip
    fresh.commit()

    for path in PAGES:
        citation = cite(service, f"{path}&lang=en" if "?" in path else path)
        found = opened(service, citation)
        assert {one["state"] for one in found["checks"]} <= {"holds"}, path
        assert found["state"] == ("holds" if citation["parts"] else "unproved")
        for part in citation["parts"]:
            answered = service.get(part["href"])
            assert answered.status_code == 200, answered.text
            assert len(answered.json()["features"]) == part["rows"]


NOTHING_THERE = (
    "/provinces/99",
    "/districts/9999",
    "/factories/nosuch",
    "/eco-towns/NOSUCH",
    "/eco-towns/NOSUCH/scorecard",
    "/?day=2090-01-01",
    "/provinces/74?day=2090-01-01",
    "/factories/a?day=2090-01-01",
    "/maps/complaints?table=years&period=2090-01-01",
    f"{ITEMS}/nosuch",
    "/api/near?factory=nosuch",
)


def test_what_is_not_there_is_refused_with_the_same_reason_and_not_cited_as_no_rows(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)

    for path in NOTHING_THERE:
        itself = service.get(path, headers={"Accept": "application/json"})
        refused = service.post("/api/citations", json={"path": path})
        assert (itself.status_code, refused.status_code) == (404, 404), path
        if not itself.headers["content-type"].startswith("text/html"):
            assert itself.json()["detail"] == refused.json()["detail"]
        page = service.post("/cite", params={"lang": "en"}, data={"path": path})
        assert "This address cannot be cited" in page.text
    assert fresh.rows("SELECT count(*) FROM citation", {}) == [(0,)]  # type: ignore[attr-defined]


def test_days_to_come_and_provinces_that_are_none_are_no_empty_map(service: TestClient) -> None:
    dates = "from=2090-01-01&to=2090-01-05"
    paths = [f"/maps/burning?{dates}", f"/export/map?layers=hotspots&{dates}"]
    during = "datetime=2090-01-01T00:00:00Z/.."
    paths += [f"/ogc/collections/hotspots/items?{during}"]
    paths += ["/maps/burning?from=2026-01-01&to=2026-01-05&province=99"]

    answers = [service.post("/api/citations", json={"path": path}) for path in paths]

    assert [one.status_code for one in answers] == [400] * 4
    assert [one.json()["parameter"] for one in answers] == [*["path"] * 3, "province"]


def test_a_feature_that_was_erased_since_is_told_as_erased(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    citation = cite(service, f"{ITEMS}/a")
    changed(fresh, "DELETE FROM factory WHERE id = 'a'")
    changed(fresh, """SELECT erase_history('factory', '{"id": "a"}', 'PDPA, section 33')""")

    assert opened(service, citation)["state"] == "erased"


def test_the_classes_of_a_page_choose_the_rows_that_are_cited(
    fresh: Connection, service: TestClient
) -> None:
    province(fresh)
    hotspot(fresh, at="2026-01-05T00:00:00Z", land_use="forest")
    hotspot(fresh, at="2026-01-05T00:00:00Z", land_use="rice", lat=14.0)
    fresh.commit()
    path = "/maps/burning?from=2026-01-05&to=2026-01-05"

    counts = [cite(service, path + more)["parts"][0]["rows"] for more in ("", "&classes=forest")]

    assert counts == [2, 1]


def test_a_citation_is_had_as_bibtex_and_as_text_in_both_languages(
    fresh: Connection, service: TestClient
) -> None:
    two_factories(fresh)
    citation = cite(service, ITEMS)
    [part] = citation["parts"]
    address = f"/api/citations/{citation['code']}"

    entry = service.get(address, headers={"Accept": "application/x-bibtex"})
    thai = service.get(address, params={"f": "text"})
    english = service.get(address, params={"f": "text", "lang": "en"})

    assert entry.headers["content-type"].startswith("application/x-bibtex")
    assert entry.text.startswith(f"@misc{{fahsai-{citation['code']},\n")
    assert entry.text.count("{") == entry.text.count("}")
    assert thai.text != english.text
    for told in (entry.text, thai.text, english.text):
        assert part["sha256"] in told
        assert f"http://testserver/cite/{citation['code']}" in told
        assert citation["software"] in told
    licence = citation["sources"][0]["licence"]
    assert licence in entry.text and licence in english.text
    assert licence_text(licence, "th") in thai.text and licence not in thai.text
    assert thai.text.strip() == citation["text"]["th"]


def test_an_unknown_code_is_not_found(service: TestClient) -> None:
    codes = ("zzzzzzzz", "x", "A" * 8, "0" * 40)

    assert {service.get(f"/api/citations/{code}").status_code for code in codes} == {404}


def test_too_many_citations_are_refused_with_the_time_to_wait(service: TestClient) -> None:
    answers = [service.post("/api/citations", json={"path": "/about"}) for _ in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert int(answers[30].headers["retry-after"]) >= 1


def test_a_citation_is_never_changed_nor_taken_back(writes: Writes) -> None:
    with pytest.raises(InsufficientPrivilege), writes.transaction() as transaction:
        transaction.execute("UPDATE citation SET path = '/'")


def test_two_citations_whose_codes_begin_alike_are_told_apart(
    fresh: Connection, citations: DatabaseCitations
) -> None:
    two_factories(fresh)
    first = citations.cite(ITEMS)
    changed(fresh, "UPDATE citation SET path = '/another'")

    second = citations.cite(ITEMS)

    assert second.code.startswith(first.code) and len(second.code) == len(first.code) + 4
    assert citations.verify(second).state == State.HOLDS


def test_a_citation_without_a_version_of_its_own_database_is_gone(
    fresh: Connection, citations: DatabaseCitations
) -> None:
    two_factories(fresh)
    citation: Citation = citations.cite(ITEMS)

    found = citations.verify(replace(citation, as_of="999999", version=999999))

    assert [one.state for one in found.checks] == [State.GONE]
