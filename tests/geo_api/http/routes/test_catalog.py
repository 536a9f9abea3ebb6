"""The catalogue as a portal reads it: sound JSON-LD, what DCAT-AP asks for, and true addresses."""

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import requests
from fastapi.testclient import TestClient
from psycopg2.extensions import connection as Connection
from rdflib import DCTERMS, FOAF, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from geo_api.database.connections import owner_connection
from geo_api.http.documents.dcat import frequency
from geo_api.settings import Settings
from layers.catalog import catalog
from layers.sources import sources
from tests.geo_api.database.servers import wait_until
from tests.homes import temporary_home
from tests.makers import factory, insert, province
from tests.map_site.rows import hotspot
from tests.rasters import raster_day
from tests.serving import service

# rdflib's own parser of JSON-LD still uses it.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

# rdflib has the terms of DCAT 2 alone.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
EU = "http://publications.europa.eu/resource/authority"
DAY = date(2026, 1, 5)
# Mandatory in DCAT-AP 3.0, and what national portals ask for beside it.
NEEDED = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
    DCAT.Dataset: (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.identifier),
        *(DCTERMS.accrualPeriodicity, DCTERMS.spatial, DCTERMS.provenance, DCTERMS.language),
        *(DCAT.keyword, DCAT.theme, DCAT.landingPage, DCAT.version),
    ),
    DCAT.Distribution: (DCAT.accessURL, DCAT.mediaType, DCTERMS.license, DCTERMS.title),
    DCAT.DataService: (DCAT.endpointURL, DCTERMS.title, DCAT.servesDataset),
    FOAF.Agent: (FOAF.name,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
    DCTERMS.Location: (DCAT.bbox,),
}


@dataclass(frozen=True)
class Described:
    """A service, what its catalogue said before anything else was asked, and the raster's file."""

    url: str
    graph: Graph
    file: Path
    begun_at: datetime


def fill(connection: Connection, home: Path) -> Path:
    """A factory, a fire, and a day of the raster layer; its file."""
    province(connection)
    factory(connection)
    hotspot(connection, "h1", datetime(2026, 1, 4, 18, 30, tzinfo=UTC))
    path = raster_day(connection, home, DAY)
    connection.commit()
    return path


@pytest.fixture
def world(fresh: Connection, settings: Settings) -> Path:
    return fill(fresh, settings.home)


@pytest.fixture(scope="module")
def described(module_url: str) -> Iterator[Described]:
    """For tests that only read."""
    begun_at = datetime.now(UTC).replace(microsecond=0)
    with temporary_home() as home:
        with closing(owner_connection(module_url)) as connection:
            file = fill(connection, home)
        with service(module_url, Settings(home)) as url:
            yield Described(url, first_graph(url), file, begun_at)


@pytest.fixture
def graph(described: Described) -> Graph:
    return described.graph


def first_graph(url: str) -> Graph:
    answer = requests.get(f"{url}/catalog", timeout=60)
    assert answer.headers["content-type"] == "application/ld+json"
    read = Graph()
    # What names no context to fetch is read whole from the text.
    assert isinstance(answer.json()["@context"], dict)
    read.parse(data=answer.text, format="json-ld")
    return read


def dataset(graph: Graph, name: str) -> Any:
    [found] = graph.subjects(DCTERMS.identifier, Literal(name))
    return found


def only(graph: Graph, subject: Any, predicate: Any) -> Any:
    """The one value of a property."""
    [found] = graph.objects(subject, predicate)
    return found


def read_catalog(server_url: str) -> Graph:
    text = requests.get(f"{server_url}/catalog", timeout=60).text
    return Graph().parse(data=text, format="json-ld")


def test_every_thing_has_what_dcat_ap_asks_for(graph: Graph) -> None:
    for kind, properties in NEEDED.items():
        things = list(graph.subjects(RDF.type, kind))
        assert things, kind
        for thing in things:
            missing = [one for one in properties if (thing, one, None) not in graph]
            assert missing == [], thing


def test_every_layer_is_a_dataset_named_in_both_languages(graph: Graph) -> None:
    names = {str(name) for name in graph.objects(None, DCTERMS.identifier)}
    assert names == set(catalog())

    for name, layer in catalog().items():
        titles = set(graph.objects(dataset(graph, name), DCTERMS.title))
        assert titles == {Literal(layer.title.th, "th"), Literal(layer.title.en, "en")}


def test_every_address_of_ours_answers(graph: Graph, described: Described) -> None:
    properties = (DCAT.accessURL, DCAT.downloadURL, DCAT.landingPage, DCAT.endpointURL)
    named = {str(url) for one in properties for url in graph.objects(None, one)}
    named |= {str(url) for url in graph.objects(None, DCAT.endpointDescription)}

    for url in sorted(named - told_by_others(named)):
        assert url.startswith(described.url)
        with requests.get(url, stream=True, timeout=60) as answer:
            assert answer.status_code == 200, url
            next(answer.iter_content(256), b"")


def told_by_others(named: set[str]) -> set[str]:
    """Addresses of files that hold if others do: a process writes each file, so that each layer is
    asked for one, in the formats by turns, and each format of several layers."""
    by_layer: dict[str, dict[str, str]] = defaultdict(dict)
    for url in named:
        path, found, name = url.partition("/items?f=")
        if found:
            by_layer[path][name] = url
    formats = sorted({name for files in by_layer.values() for name in files})
    asked: dict[str, set[str]] = defaultdict(set)
    for turn, (layer, files) in enumerate(sorted(by_layer.items())):
        name = formats[turn % len(formats)]
        asked[name if name in files else min(files)].add(layer)
    assert {*asked} == {*formats}
    return {
        url
        for layer, files in by_layer.items()
        for name, url in files.items()
        if layer not in asked[name]
    }


def test_a_download_is_of_the_type_that_is_told(graph: Graph) -> None:
    for one in graph.objects(dataset(graph, "factories"), DCAT.distribution):
        url, told = only(graph, one, DCAT.accessURL), only(graph, one, DCAT.mediaType)

        with requests.get(str(url), stream=True, timeout=60) as answer:
            given = answer.headers["content-type"].partition(";")[0]
        assert str(told).endswith(f"/{given}")


def test_a_file_s_checksum_and_size_are_those_of_its_bytes(
    graph: Graph, described: Described
) -> None:
    [checksum] = graph.subjects(RDF.type, SPDX.Checksum)
    one = graph.value(predicate=SPDX.checksum, object=checksum)
    body = requests.get(str(only(graph, one, DCAT.downloadURL)), timeout=60).content

    assert (dataset(graph, "pm25_surface"), DCAT.distribution, one) in graph
    assert only(graph, checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
    value = only(graph, checksum, SPDX.checksumValue)
    assert str(value).lower() == sha256(body).hexdigest()
    assert value.datatype == XSD.hexBinary
    assert int(only(graph, one, DCAT.byteSize)) == len(body) == described.file.stat().st_size


def test_a_download_has_a_checksum_once_it_was_made(world: Path, server_url: str) -> None:
    url = f"{server_url}/ogc/collections/factories/items?f=gpkg"
    body = requests.get(url, timeout=60).content

    read = read_catalog(server_url)

    [one] = read.subjects(DCAT.downloadURL, URIRef(url))
    checksum = only(read, one, SPDX.checksum)
    assert str(only(read, checksum, SPDX.checksumValue)) == sha256(body).hexdigest()
    assert int(only(read, one, DCAT.byteSize)) == len(body)
    made_at = only(read, one, DCTERMS.issued).toPython()
    assert abs(made_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_people_see_how_much_there_is_to_fetch(world: Path, server_url: str) -> None:
    url = f"{server_url}/ogc/collections/factories/items?f=csv"
    size = len(requests.get(url, timeout=60).content)
    assert size < 1000

    page = requests.get(f"{server_url}/catalog?f=html", timeout=60).text

    assert re.search(rf'href="{re.escape(url)}">CSV</a> <span class="quiet">{size} Bytes', page)


def test_a_portal_that_has_the_catalogue_is_told_so(world: Path, server_url: str) -> None:
    packed = {"Accept-Encoding": "gzip"}
    first = requests.get(f"{server_url}/catalog", headers=packed, timeout=60)
    held = packed | {"If-None-Match": first.headers["ETag"]}

    again = requests.get(f"{server_url}/catalog", headers=held, timeout=60)
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Content-Encoding"] == "gzip"

    assert requests.get(f"{server_url}/ogc/collections/provinces/items?f=csv", timeout=60).ok
    changed = requests.get(f"{server_url}/catalog", headers=held, timeout=60)
    assert changed.status_code == 200


def test_what_is_made_when_asked_for_has_a_version_that_changes_with_the_data(
    world: Path, server_url: str, fresh: Connection
) -> None:
    def versions() -> list[str]:
        read = read_catalog(server_url)
        names = ("factories", "provinces")
        return [str(only(read, dataset(read, name), DCAT.version)) for name in names]

    factories, provinces = versions()
    factory(fresh, "another")
    fresh.commit()

    wait_until(lambda: versions()[0] != factories)
    assert versions()[1] == provinces


def test_period_and_change_are_those_of_the_data(graph: Graph, described: Described) -> None:
    period = only(graph, dataset(graph, "hotspots"), DCTERMS.temporal)
    assert only(graph, period, DCAT.startDate).toPython() == datetime(
        2026, 1, 4, 18, 30, tzinfo=UTC
    )
    days = only(graph, dataset(graph, "pm25_surface"), DCTERMS.temporal)
    assert only(graph, days, DCAT.startDate).toPython() == datetime(2026, 1, 4, 17, tzinfo=UTC)
    assert only(graph, days, DCAT.endDate).toPython() == datetime(2026, 1, 5, 17, tzinfo=UTC)
    changed = only(graph, dataset(graph, "factories"), DCTERMS.modified)
    assert described.begun_at <= changed.toPython() <= datetime.now(UTC)
    assert list(graph.objects(dataset(graph, "provinces"), DCTERMS.temporal)) == []


def test_licences_are_told_as_they_are(graph: Graph) -> None:
    for one in graph.objects(dataset(graph, "factories"), DCAT.distribution):
        licence = only(graph, one, DCTERMS.license)
        assert str(only(graph, licence, RDFS.label)) == catalog()["factories"].licence


def test_what_is_computed_is_told_with_the_providers_that_it_is_computed_from(graph: Graph) -> None:
    statement = only(graph, dataset(graph, "pm25_surface"), DCTERMS.provenance)

    air4thai = sources()["air4thai"]
    th = f"พื้นผิว PM2.5 รายวัน คำนวณจาก {air4thai.title.th} <{air4thai.url}>"
    en = f"Daily PM2.5 surface, computed from {air4thai.title.en} <{air4thai.url}>"
    assert set(graph.objects(statement, RDFS.label)) == {Literal(th, "th"), Literal(en, "en")}


@pytest.mark.parametrize(
    ("stale_after", "name"),
    [
        (timedelta(hours=3), "HOURLY"),
        (timedelta(hours=30), "DAILY"),
        (timedelta(days=4), "DAILY"),
        (timedelta(days=40), "MONTHLY"),
        (timedelta(days=400), "ANNUAL"),
        (timedelta(days=3650), "IRREG"),
    ],
)
def test_how_often_is_told_in_the_words_of_the_eu(stale_after: timedelta, name: str) -> None:
    assert frequency(stale_after) == f"{EU}/frequency/{name}"


def test_simulated_data_are_called_so_wherever_people_read(
    client: TestClient, connection: Connection
) -> None:
    insert(connection, "run", source="demo", input="test", status="succeeded", finished_at="now")
    flow = {"year": 2026, "from_province": "74", "to_province": "11", "hazard": "other"}
    made = {"method": "made by a test; version 1"}
    insert(connection, "waste_flow", **flow, **made, source="demo")
    insert(
        connection, "waste_total", year=2026, hazard="other", province_code="74",
        figures_of="2026-06-30", source="demo", **made,
    )  # fmt: skip
    insert(
        connection, "complaint_release_period", table_name="complaint_months", period="month",
        period_start="2026-01-01", period_end="2026-02-01", area="province",
        released_at="2026-02-02", simulated=True, **made,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mill (mill_ref, name, source, run_id)"
            " SELECT 'mill', 'โรงงาน', 'demo', max(id) FROM run"
        )
        cursor.execute("SELECT bump_data_version(table_name) FROM published.reads")

    read = Graph().parse(data=client.get("/catalog").text, format="json-ld")

    # Images are nobody's to simulate; seasons are compared where their analysis is tested.
    others = {dataset(read, one) for one in ("burned_area", "season_comparison")}
    for one in set(read.subjects(RDF.type, DCAT.Dataset)) - others:
        told = [str(text) for text in read.objects(one, DCTERMS.description)]
        assert all("ข้อมูลจำลอง" in text or "Simulated data" in text for text in told), told
    assert "ข้อมูลจำลอง" in client.get("/catalog?f=html").text


def test_a_file_that_someone_took_away_is_not_offered(world: Path, server_url: str) -> None:
    world.unlink()

    read = read_catalog(server_url)

    assert list(read.objects(dataset(read, "pm25_surface"), DCAT.distribution)) == []


@pytest.mark.parametrize(("language", "word"), [("th", "ดาวน์โหลด"), ("en", "Downloads")])
def test_people_get_a_page_of_it(client: TestClient, language: str, word: str) -> None:
    answer = client.get(
        "/catalog", params={"lang": language}, headers={"Accept": "text/html,*/*;q=0.8"}
    )

    assert answer.headers["content-type"].startswith("text/html")
    assert word in answer.text
    assert answer.headers["content-language"] == language
    assert "default-src 'none'" in answer.headers["content-security-policy"]
