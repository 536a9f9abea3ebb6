"""The OpenAPI documents: sound, complete, and true of every address on a running server."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from fastapi import APIRouter
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator
from psycopg2.extensions import connection as Connection
from pydantic import BaseModel
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from geo_api.app import create_app
from geo_api.database.connections import Reads
from geo_api.http.routes import routers
from geo_api.settings import Settings
from tests.makers import (
    api_key,
    box,
    complaint,
    factory,
    factory_return,
    insert,
    mill,
    province,
    publish_carbon,
    released_complaints,
    session_of,
    staff_account,
)
from tests.rasters import raster_day

Json = dict[str, Any]

DAY = date(2026, 1, 5)
DOCUMENTS = ("/openapi.json", "/ogc/api")
PROBLEM = "application/problem+json"
# Documents whose shape another standard tells.
STANDARD = ("application/ld+json", "application/schema+json")
# What a path or a parameter may hold, where its schema alone does not say.
LAYERS = ("factories", "pm25_surface")
VALUES = {
    "citation": "c1tat10n",
    "collection": "factories",
    "feature": "factory-1",
    "kind": "province",
    "theme": "burning",
    "code": "74",
    "list": "laws",
    "table": "complaint_months",
    "period": "2026-01-15",
    "q": "สมุทร",
    "sort": "name",
    "day": str(DAY),
    "z": "6",
    "x": "50",
    "y": "29",
    "tile_matrix_set": "WebMercatorQuad",
    "tile_matrix": "6",
    "tile_row": "29",
    "tile_col": "50",
    "from": "2026-01-01",
    "to": "2026-01-31",
    "province": "74",
    "town": "town-1",
    "year": "2025",
    "fiscal_year": "2025",
    "framework": "map",
    "lon": "100.25",
    "lat": "13.55",
    "at": "2026-01-05T00:00:00Z",
    "factory": "factory-1",
    "run": "1",
    "layers": "factories",
    "bbox": "97,5,106,21",
    "datetime": "2026-01-01T00:00:00Z/..",
    "filter": "name IS NOT NULL",
    "sortby": "-name",
    "by": "province",
    "values": "mean:horsepower",
    "properties": "name",
    "service_code": "odour",
    "service_request_id": "0123456789abcdef0123456789abcdef",
    "token": "0123456789abcdef0123456789abcdef",
    "status": "open,closed",
    "api_key": "key-of-an-analyst",
    **dict.fromkeys(("start_date", "updated_after"), "2026-01-01T00:00:00Z"),
    **dict.fromkeys(("end_date", "updated_before"), "2026-01-31T00:00:00Z"),
    "complaint": "complaint-1",
    "mill": "demo-7",
    "season": "2025",
    "fortnight": "2025-12-09",
    "category": "odour",
    **dict.fromkeys(("since", "until"), "2026-01-05"),
    "monitor": "so2",
    "minus": str(DAY),
    "/api/rasters/{layer}/zonal?collection": "districts",
    **dict.fromkeys(
        map("/ogc/collections/{{collection}}/changes?{}".format, ("since", "until")), "1"
    ),
    "id": "7401",
    "/api/source-area?bbox": "100,13.4,100.4,13.7",
    "polygon": "POLYGON((100 13,101 13,101 14,100 14,100 13))",
    "inspection": "01234567-89ab-cdef-0123-456789abcdef",
    "state": "received,inspecting",
    "district": "7401",
    "after": "2026-01-01T00:00:00Z~complaint-1",
}
# What reads complaints is for staff.
SIGNED = {"Authorization": "Bearer of-these-tests"}
INSTEAD = {
    "factory": ("lon", "lat"),
    **dict.fromkeys(("polygon", "complaint", "collection", "id"), ("bbox",)),
}
TOGETHER = {
    "bom": {"f": "csv"},
    "lon": {"lat": "13.55"},
    "lat": {"lon": "100.25"},
    "collection": {"id": "7401"},
    "id": {"collection": "districts"},
}


@dataclass(frozen=True)
class Operation:
    path: str
    told: Json

    @property
    def parameters(self) -> list[Json]:
        """Those of the query."""
        return [one for one in self.told.get("parameters", []) if one["in"] == "query"]


@pytest.fixture
def world(fresh: Connection, settings: Settings) -> None:
    """Two factories, a day of the raster layer, and a vintage of carbon."""
    province(fresh)
    factory(fresh)
    factory(fresh, "factory-2")
    raster_day(fresh, settings.home, DAY)
    factory_return(fresh, "factory-1", 2025)
    publish_carbon(fresh)
    insert(
        fresh, "eco_town", id="town-1", phase=1, name_th="เมือง", province_code="74",
        area_codes="{}", named_parts=1, source="eco_towns",
    )  # fmt: skip
    insert(
        fresh, "kpi", fiscal_year=2025, code="1", name_th="ตัวชี้วัด", definition="นิยาม",
        formula="สูตร", unit="แห่ง", better="higher", owner="กรม", source="kpi",
    )  # fmt: skip
    complaint(
        fresh, "complaint-1", "2026-01-05", channel="open311", source="resident",
        ticket_id=VALUES["service_request_id"],
    )  # fmt: skip
    api_key(fresh, staff_account(fresh, role="analyst"), "intake", key=VALUES["api_key"])
    session_of(fresh, staff_account(fresh, role="national"), token="of-these-tests")
    released_complaints(fresh, {"74": 20}, start="2026-01-01")
    mill(fresh, "demo-7")
    insert(
        fresh, "citation", code=VALUES["citation"], path="/about", as_of="1", version=1,
        time="2026-01-05T00:00:00Z", parts="[]", sources="[]", simulated=False, software="Fahsai",
        cited_at="2026-01-05T00:00:00Z",
    )  # fmt: skip
    _visit(fresh)
    fresh.commit()


def _visit(fresh: Connection) -> None:
    """Of the first factory, by somebody; and a district to go to."""
    insert(
        fresh, "district", code=VALUES["district"], province_code="74", name_th="เมือง",
        name_en="Mueang", source="boundaries", wkt=box(100.2, 13.5, 100.3, 13.6),
    )  # fmt: skip
    account = staff_account(fresh)
    insert(
        fresh, "inspection", id=VALUES["inspection"], factory_id="factory-1",
        template_id="starter", template_version=1, account_id=account,
    )  # fmt: skip
    insert(
        fresh, "inspection_revision", id=VALUES["token"], inspection_id=VALUES["inspection"],
        based_on=[], account_id=account, device_at="2026-01-05", started_at="2026-01-05",
        no_fix="refused", content_sha256=b"",
    )  # fmt: skip


@pytest.fixture
def document(server_url: str) -> Json:
    found: Json = requests.get(f"{server_url}/openapi.json", timeout=60).json()
    return found


def operations(document: Json) -> Iterator[Operation]:
    """Those that read."""
    for path, item in document["paths"].items():
        if "get" in item:
            yield Operation(path, item["get"])


def needed(operation: Operation) -> dict[str, str]:
    """The parameters without which there is no answer."""
    if operation.path.endswith("/zonal"):
        return {"bbox": VALUES["bbox"]}
    if operation.path == "/api/source-area":
        return {"bbox": "100,13.4,100.4,13.7", "category": VALUES["category"]}
    if operation.path == "/ogc/collections/{collection}/changes":
        return {"since": "1"}
    if operation.path == "/api/near":
        return {name: VALUES[name] for name in ("lon", "lat")}
    return {one["name"]: VALUES[one["name"]] for one in operation.parameters if one.get("required")}


def ask(server: str, operation: Operation, params: Mapping[str, str]) -> requests.Response:
    """The answer for the first of LAYERS for which there is one."""
    for layer in LAYERS:
        path = operation.path
        for name, value in {**VALUES, "layer": layer}.items():
            path = path.replace(f"{{{name}}}", value)
        assert "{" not in path, f"say in VALUES what {path} may hold"
        answer = requests.get(server + path, dict(params), headers=SIGNED, timeout=60)
        if answer.status_code != 404:
            break
    return answer


def bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip()


def declared(document: Json, operation: Operation, answer: requests.Response) -> Json:
    """What the document says of an answer with this status and type."""
    responses = operation.told["responses"]
    told = responses[str(answer.status_code)]
    if "$ref" in told:
        told = document["components"]["responses"][told["$ref"].rpartition("/")[2]]
    types = {bare(one): content for one, content in told.get("content", {}).items()}
    kind = bare(answer.headers.get("content-type", ""))
    assert kind in types or not answer.content, (
        f"{operation.path} does not say that it gives {kind}"
    )
    found: Json = types.get(kind, {})
    return found


def validate(document: Json, schema: Json, value: Any) -> None:
    root = "urn:document"
    resource = DRAFT202012.create_resource(document)
    registry: Registry[Any] = Registry().with_resource(root, resource)
    absolute = {"$ref": root + schema["$ref"]} if "$ref" in schema else schema
    OAS30Validator(absolute, registry=registry).validate(value)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_is_sound_openapi(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = answer.json()
    assert document["openapi"] == "3.0.3"
    assert list(OpenAPIV30SpecValidator(document).iter_errors()) == []


def test_every_address_of_the_api_is_in_it(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    routes = [one for router in routers() for one in router.routes if isinstance(one, APIRoute)]
    described = {one.path_format for one in routes if one.include_in_schema}
    assert described == set(document["paths"])
    hidden = {one.path for one in routes if not one.include_in_schema}
    assert hidden == {"/openapi.json", "/openapi.html", "/ogc/api", "/ogc/api.html"}


def test_every_answer_and_error_has_a_description_and_a_shape(document: Json) -> None:
    for operation in operations(document):
        answers = operation.told["responses"]
        assert {"200", "400", "503", "default"} <= set(answers), operation.path
        assert ("404" in answers) >= ("{" in operation.path), operation.path
        for kind, content in answers["200"]["content"].items():
            assert content["schema"], operation.path
            vague = content["schema"] == {"type": "object"}
            assert not vague or kind in STANDARD, operation.path
        for one in operation.told.get("parameters", []):
            assert one["schema"], (operation.path, one["name"])
            assert one["description"], (operation.path, one["name"])
        assert operation.told["tags"] and operation.told["description"], operation.path


@pytest.mark.usefixtures("world")
def test_every_address_answers_as_declared(document: Json, server_url: str) -> None:
    for operation in operations(document):
        answer = ask(server_url, operation, needed(operation))

        assert answer.status_code == 200, f"{answer.url}: {answer.text}"
        content = declared(document, operation, answer)
        if bare(answer.headers["content-type"]).endswith("json"):
            validate(document, content["schema"], answer.json())
        if "etag" in answer.headers:
            known = {"If-None-Match": answer.headers["etag"]}
            again = requests.get(answer.url, headers=known, timeout=60)
            assert (again.status_code, again.content) == (304, b""), answer.url
            declared(document, operation, again)


@pytest.mark.usefixtures("world")
def test_every_declared_parameter_is_taken(document: Json, server_url: str) -> None:
    for operation in operations(document):
        for one in operation.parameters:
            for value in _samples(one, operation, server_url):
                others = needed(operation)
                if one["name"] in INSTEAD:
                    others = {n: v for n, v in others.items() if n not in INSTEAD[one["name"]]}
                others |= TOGETHER.get(one["name"], {})
                answer = ask(server_url, operation, {**others, **value})

                assert answer.status_code == 200, f"{answer.url}: {answer.text}"
                declared(document, operation, answer)


@pytest.mark.usefixtures("world")
def test_a_parameter_that_is_not_declared_is_refused(document: Json, server_url: str) -> None:
    for operation in operations(document):
        answer = ask(server_url, operation, {**needed(operation), "nonsense": "1"})

        assert answer.status_code == 400, answer.url
        content = declared(document, operation, answer)
        if operation.path.startswith("/open311/"):
            assert "nonsense" in answer.text
        else:
            assert answer.headers["content-type"] == PROBLEM
            assert answer.json()["parameter"] == "nonsense"
        if bare(answer.headers["content-type"]).endswith("json"):
            validate(document, content["schema"], answer.json())


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("range", "status"), [("bytes=0-3", 206), ("bytes=999999-", 416)])
def test_a_part_of_a_file_is_given_or_refused_as_declared(
    document: Json, server_url: str, range: str, status: int
) -> None:
    [file] = [one for one in operations(document) if one.path.endswith(".tif")]
    url = f"{server_url}/api/rasters/pm25_surface/{DAY}.tif"

    answer = requests.get(url, headers={"Range": range}, timeout=60)

    assert answer.status_code == status
    content = declared(document, file, answer)
    if status == 416:
        validate(document, content["schema"], answer.json())
    assert any((p["name"], p["in"]) == ("Range", "header") for p in file.told["parameters"])


def test_what_is_not_there_is_refused_as_declared(document: Json, server_url: str) -> None:
    for operation in operations(document):
        if "{collection}" in operation.path or "{layer}" in operation.path:
            nowhere = operation.path.replace("{collection}", "x").replace("{layer}", "x")
            answer = ask(server_url, Operation(nowhere, operation.told), needed(operation))

            assert answer.status_code == 404, answer.url
            assert answer.json()["status"] == 404
            validate(document, declared(document, operation, answer)["schema"], answer.json())


def test_the_features_part_names_each_collection_s_properties(client: TestClient) -> None:
    document = client.get("/ogc/api").json()

    assert document["servers"] == [{"url": "http://testserver/ogc"}]
    items = document["paths"]["/collections/factories/items"]["get"]
    taken = {one["name"]: one["schema"] for one in items["parameters"]}
    assert taken["status"] == {"type": "string"}
    assert taken["horsepower"] == {"type": "number"}
    assert "geom" not in taken and "limit" in taken
    assert all(path.startswith(("/collections", "/")) for path in document["paths"])
    for name in taken.keys() - {"cursor"}:
        given = {"name": "x"} if name == "name" else {}
        answer = client.get("/ogc/collections/factories/items", params=given)
        assert answer.status_code == 200


class Award(BaseModel):
    name: str
    points: int = 0


def test_a_route_that_writes_is_described_with_its_body(reads: Reads, settings: Settings) -> None:
    router = APIRouter(tags=["Awards"])

    @router.post("/awards/{year}", status_code=201, response_model=Award)
    def give(year: int, award: Award) -> Award:
        """Gives an award."""
        return award

    @router.delete("/awards/{year}", status_code=204)
    def take(year: int) -> None:
        """Takes it back."""

    app = create_app(reads, settings)
    app.include_router(router)

    with TestClient(app) as client:
        document = client.get("/openapi.json").json()
        page = client.get("/openapi.html")
        given = client.post("/awards/2026", json={"name": "a"})

    assert list(OpenAPIV30SpecValidator(document).iter_errors()) == []
    posted = document["paths"]["/awards/{year}"]["post"]
    assert set(posted["responses"]) == {"201", "400", "404", "503", "default"}
    assert posted["responses"]["201"]["description"] == "Gives an award."
    assert posted["responses"]["201"]["content"]["application/json"]["schema"]
    assert posted["requestBody"]["content"]["application/json"]["schema"]
    deleted = document["paths"]["/awards/{year}"]["delete"]
    assert deleted["responses"]["204"]["description"] == "Takes it back."
    assert page.status_code == 200 and "/awards/{year}" in page.text
    assert (given.status_code, given.json()) == (201, {"name": "a", "points": 0})


@pytest.mark.parametrize("path", ["/openapi.html", "/ogc/api.html"])
@pytest.mark.parametrize(("language", "word"), [("th", "คู่มือ API"), ("en", "API manual")])
def test_people_can_read_it_without_scripts(
    client: TestClient, path: str, language: str, word: str
) -> None:
    answer = client.get(path, params={"lang": language})

    assert answer.headers["content-type"].startswith("text/html")
    assert f"<h1>{word}" in answer.text
    # The header's menu has its files; nothing is written into the page to be run.
    assert not re.search(r"<script(?! src=| type=\"application/json\")", answer.text)
    assert "/collections" in answer.text and "bbox" in answer.text


@pytest.mark.usefixtures("world")
def test_whatever_the_document_allows_is_answered_as_it_says(
    server_url: str, tmp_path: Path
) -> None:
    """A few cases of each operation, by all checks; docs/testing.md says how to try thousands."""
    checked = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(Path(__file__).with_name("schemathesis.toml"))),
            *("run", f"{server_url}/openapi.json", "--checks", "all", "--phases", "fuzzing"),
            *("--header", f"Authorization: {SIGNED['Authorization']}"),
            *("--max-examples", "3", "--seed", "1", "--no-shrink", "--no-color"),
            *("--suppress-health-check", "all"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert checked.returncode == 0, checked.stdout
    assert " generated" in checked.stdout


def _samples(one: Json, operation: Operation, server: str) -> Iterator[Mapping[str, str]]:
    name, schema = one["name"], one["schema"]
    if name == "cursor":
        page = ask(server, operation, {**needed(operation), "limit": "1"}).json()
        [following] = [one["href"] for one in page["links"] if one["rel"] == "next"]
        yield dict(parse_qsl(urlsplit(following).query))
    elif name == "as_of":
        yield {name: (datetime.now(UTC) - timedelta(seconds=1)).isoformat()}
    elif schema.get("type") == "object":
        yield {"status": "operating"}
    elif "enum" in schema:
        yield from ({name: str(value)} for value in schema["enum"])
    elif schema.get("type") == "boolean":
        yield from ({name: value} for value in ("true", "false"))
    elif "default" in schema or "minimum" in schema:
        yield {name: VALUES.get(name, str(schema.get("default", schema.get("minimum"))))}
    else:
        yield {name: VALUES.get(f"{operation.path}?{name}", VALUES[name])}
