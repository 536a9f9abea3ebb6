"""Every type that a view may have comes back as it is in every format, its NULL and its empty
values too, and can be described, filtered and sorted by as far as its kind allows."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pyarrow
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet
import pyogrio
import pytest
import requests

from geo_api.database.column_types import COMPARABLE, SORTABLE, Column, ValueKind
from geo_api.settings import Settings
from layers.client import Client
from map_site.numbers import DASH
from tests.geo_api.samples_of_types import LAYER, SAMPLES, Sample, serving_samples
from tests.vector_tiles import decoded

# What a reader finds: by feature, by column.
Found = Mapping[str, Mapping[str, Any]]

by_column = pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.type)
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def served(
    database_url: str, template: str, settings: Settings
) -> Iterator[tuple[str, Mapping[str, Column]]]:
    with serving_samples(database_url, template, settings) as made:
        yield made


@pytest.fixture(scope="module")
def url(served: tuple[str, Mapping[str, Column]]) -> str:
    return served[0]


@pytest.fixture(scope="module")
def columns(served: tuple[str, Mapping[str, Column]]) -> Mapping[str, Column]:
    return served[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("samples")


def get(url: str, path: str, **params: str) -> requests.Response:
    answer = requests.get(f"{url}{path}", params=params, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer


def file(url: str, f: str) -> bytes:
    return get(url, "/ogc/collections/samples/items", f=f).content


# --- readers, each that of its format ---------------------------------------------------------


def from_items(url: str, _: Path) -> Found:
    return of_features(get(url, "/ogc/collections/samples/items").json()["features"])


def from_one_item(url: str, _: Path) -> Found:
    return of_features(
        get(url, f"/ogc/collections/samples/items/{id}").json() for id in ("full", "empty", "none")
    )


def from_sequence(url: str, _: Path) -> Found:
    return of_features(map(json.loads, file(url, "geojsonseq").decode().split("\x1e")[1:]))


def from_near(url: str, _: Path) -> Found:
    answer = get(url, "/api/near", lon="100", lat="13", layers="samples", limit="10")
    return of_features(answer.json()["features"])


def from_csv(url: str, _: Path) -> Found:
    names = file(url, "csv").decode().partition("\n")[0].split(",")
    as_texts = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pyarrow.string()),
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
        null_values=[""],
    )
    return of_table(pyarrow.csv.read_csv(io.BytesIO(file(url, "csv")), convert_options=as_texts))


def from_kml(url: str, _: Path) -> Found:
    found = {}
    for mark in ElementTree.fromstring(file(url, "kml")).iter(f"{KML}Placemark"):
        data = {one.get("name", ""): one.findtext(f"{KML}value") for one in mark.iter(f"{KML}Data")}
        found[str(data["feature_id"])] = data
    return found


def from_arrow(url: str, _: Path) -> Found:
    return of_table(pyarrow.ipc.open_stream(file(url, "arrow")).read_all())


def from_parquet(url: str, _: Path) -> Found:
    return of_table(pyarrow.parquet.read_table(io.BytesIO(file(url, "parquet"))))


def from_flatgeobuf(url: str, folder: Path) -> Found:
    return of_gdal(url, folder, "fgb")


def from_geopackage(url: str, folder: Path) -> Found:
    return of_gdal(url, folder, "gpkg")


def from_tile(url: str, _: Path, layer: str = "samples") -> Found:
    tile = decoded(get(url, f"/tiles/{layer}/5/24/14.mvt").content)
    return {one.properties["id"]: one.properties for one in tile[layer]}


def from_ordered_tile(url: str, _: Path) -> Found:
    return from_tile(url, _, "ordered_samples")


def from_page(url: str, _: Path) -> Found:
    read = Cells()
    read.feed(get(url, "/ogc/collections/samples/items", f="html", lang="en").text)
    names = [field.name for field in LAYER.fields]
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in read.rows[1:]}


def from_client(url: str, _: Path) -> Found:
    return of_frame(Client(url).samples())


def from_client_near(url: str, _: Path) -> Found:
    return of_frame(Client(url).near(lon=100, lat=13, layers=["samples"]))


def of_features(features: Any) -> Found:
    return {one["id"]: one["properties"] for one in features}


def of_table(table: pyarrow.Table) -> Found:
    return {row["id"]: row for row in table.to_pylist()}


def of_gdal(url: str, folder: Path, f: str) -> Found:
    path = folder / f"samples.{f}"
    path.write_bytes(file(url, f))
    _, table = pyogrio.read_arrow(path)
    return of_table(table)


def of_frame(frame: pd.DataFrame) -> Found:
    return {row["id"]: row for row in frame.to_dict("records")}


class Cells(HTMLParser):
    """The rows of the one table of a page, each the text of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._within = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.rows[-1][-1] += data


# Those of values, and those of texts with how they write true.
READERS: Mapping[str, Callable[[str, Path], Found]] = {
    "items": from_items,
    "one item": from_one_item,
    "near": from_near,
    "geojsonseq": from_sequence,
    "arrow": from_arrow,
    "parquet": from_parquet,
    "fgb": from_flatgeobuf,
    "gpkg": from_geopackage,
    "mvt": from_tile,
    "mvt in order": from_ordered_tile,
    "client": from_client,
    "client near": from_client_near,
}
TEXT_READERS: Mapping[str, tuple[Callable[[str, Path], Found], str]] = {
    "csv": (from_csv, "t"),
    "kml": (from_kml, "true"),
}


@pytest.fixture(scope="module")
def found(url: str, folder: Path) -> Callable[[Callable[[str, Path], Found]], Found]:
    """What a reader finds; each reads once."""
    return cache(lambda read: read(url, folder))


def plain(sample: Sample, value: Any) -> Any:
    """A value as JSON has it, whatever the library of a format makes of it."""
    if isinstance(value, np.ndarray | list):
        return [plain(sample, one) for one in value]
    if isinstance(value, dict):
        return value
    if value is None or pd.isna(value):
        return None
    if isinstance(value, str) and sample.type.startswith("json"):
        return json.loads(value)
    if isinstance(value, str) and sample.type.endswith("[]") and value.startswith("["):
        return plain(sample, json.loads(value))
    if sample.type.startswith("timestamptz"):
        # Of FlatGeobuf's times pyogrio's tables leave the zone out.
        return pd.to_datetime(value, utc=True)
    if sample.type.startswith("date"):
        return str(value)[:10]  # FlatGeobuf has times alone
    if sample.type.startswith("real"):
        return float(str(np.float32(value)))
    return value


@by_column
@pytest.mark.parametrize("format", READERS)
def test_a_value_comes_back_as_it_is_and_null_as_none(
    found: Callable[..., Found], format: str, sample: Sample
) -> None:
    rows = found(READERS[format])

    full, none = (plain(sample, rows[id].get(sample.name)) for id in ("full", "none"))
    assert full == plain(sample, sample.json)
    assert none is None
    if sample.empty:
        assert plain(sample, rows["empty"].get(sample.name)) == sample.empty[1]


@by_column
@pytest.mark.parametrize("format", TEXT_READERS)
def test_a_value_in_text_is_written_as_json_has_it_and_null_left_out(
    found: Callable[..., Found], format: str, sample: Sample
) -> None:
    read, true = TEXT_READERS[format]
    rows = found(read)

    written = true if sample.in_text == "true" else sample.in_text
    assert rows["full"][sample.name] == written
    assert rows["none"].get(sample.name) is None
    if sample.empty:
        empty = sample.empty[1]
        assert rows["empty"][sample.name] == (empty if empty == "" else json.dumps(empty))


@by_column
def test_a_page_puts_every_value_into_words(found: Callable[..., Found], sample: Sample) -> None:
    rows = found(from_page)

    assert rows["full"][sample.name] == sample.in_page
    assert rows["none"][sample.name] == DASH
    if sample.empty:
        assert rows["empty"][sample.name] == ("{}" if sample.empty[1] == {} else DASH)


def test_arrow_names_the_types_and_geoparquet_keeps_them(url: str) -> None:
    streamed = pyarrow.ipc.open_stream(file(url, "arrow")).schema
    stored = pyarrow.parquet.read_schema(io.BytesIO(file(url, "parquet")))

    types = {sample.name: str(streamed.field(sample.name).type) for sample in SAMPLES}
    assert types == {
        name: str(stored.field(name).type).replace("element", "item") for name in types
    }
    assert types["a_real"] == "float"
    assert types["a_numeric"] == "double"
    assert types["a_smallint"] == "int16"
    assert types["a_timestamptz"] == "timestamp[us, tz=UTC]"
    assert types["a_jsonb"] == "extension<arrow.json>"
    assert types["bigints"] == "list<item: int64>"
    assert types["times"] == "list<item: timestamp[us, tz=UTC]>"
    assert types["enums"] == "list<item: string>"


def test_a_frame_has_documents_and_lists_as_python_does(found: Callable[..., Found]) -> None:
    row = found(from_client)["full"]

    assert row["a_json"] == {"a": [1, "<&"], "b": "ก"}
    assert row["a_jsonb"] == [1]
    assert list(row["texts"]) == ["a", None, "<,>"]


def test_a_type_is_described_the_same_in_every_document(
    url: str, columns: Mapping[str, Column]
) -> None:
    path = "/collections/samples"
    queryable = get(url, f"/ogc{path}/queryables").json()["properties"]
    sortable = get(url, f"/ogc{path}/sortables").json()["properties"]
    operation = get(url, "/ogc/api").json()["paths"][f"{path}/items"]["get"]
    asked = {one["name"]: one["schema"] for one in operation["parameters"]}

    for name, column in columns.items():
        assert column.json_schema.items() <= queryable[name].items()
        assert (name in sortable) == (column.kind in SORTABLE)
        assert asked.get(name) == (column.json_schema if column.kind in COMPARABLE else None)
    assert queryable["a_uuid"]["format"] == "uuid"
    assert queryable["an_interval"]["format"] == "duration"
    assert queryable["dates"]["items"] == {"type": "string", "format": "date"}
    assert asked["a_numeric"] == {"type": "number"}


def literal(kind: ValueKind | None, value: Any) -> str:
    """A value of JSON as CQL2 writes it."""
    if kind == ValueKind.DATE:
        return f"DATE('{value}')"
    if kind == ValueKind.TIMESTAMP:
        return f"TIMESTAMP('{value.replace('+00:00', 'Z')}')"
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)


def ids(url: str, **params: str) -> list[str]:
    answer = get(url, "/ogc/collections/samples/items", **params)
    return [one["id"] for one in answer.json()["features"]]


@by_column
def test_a_filter_asks_for_a_value_as_far_as_its_kind_goes(
    url: str, columns: Mapping[str, Column], sample: Sample
) -> None:
    name, column = sample.name, columns[sample.name]

    assert ids(url, filter=f"{name} IS NULL") == (["none"] if sample.empty else ["empty", "none"])
    if column.items in COMPARABLE:
        member = literal(column.items, sample.json[0])
        assert ids(url, filter=f"a_contains({name}, ({member}, {member}))") == ["full"]
    elif column.kind in COMPARABLE:
        value = literal(column.kind, sample.json)
        assert ids(url, filter=f"{name} = {value}") == ["full"]
        assert ids(url, filter=f"{name} IN ({value})") == ["full"]
        assert ids(url, **{name: sample.in_text}) == ["full"]
    else:
        path = f"{url}/ogc/collections/samples/items"
        refused = requests.get(path, params={"filter": f"{name} = 'x'"}, timeout=60)
        assert refused.status_code == 400
        assert f"{name} is of the kind {column.kind}" in refused.json()["detail"]


def test_a_filter_knows_what_comes_before_and_after_a_value(
    url: str, columns: Mapping[str, Column]
) -> None:
    for sample in SAMPLES:
        kind = columns[sample.name].kind
        if kind not in COMPARABLE - {ValueKind.BOOLEAN}:
            continue
        value = literal(kind, sample.json)
        for sign, whether in (("<=", True), ("<", False), (">=", True), (">", False)):
            found = ids(url, filter=f"{sample.name} {sign} {value}")
            assert ("full" in found) is whether, sample.name
        assert "full" in ids(url, filter=f"{sample.name} BETWEEN {value} AND {value}")


def test_pages_in_the_order_of_a_column_have_every_feature_once(
    url: str, columns: Mapping[str, Column]
) -> None:
    ordered = [name for name, column in columns.items() if column.kind in SORTABLE]
    for sort in (f"{sign}{name}" for name in ordered for sign in ("", "-")):
        seen = []
        following = f"{url}/ogc/collections/samples/items?limit=1&sortby={sort}"
        while following:
            page = requests.get(following, timeout=60).json()
            seen += [one["id"] for one in page["features"]]
            following = next((one["href"] for one in page["links"] if one["rel"] == "next"), "")
            assert len(seen) <= 3, sort
        assert sorted(seen) == ["empty", "full", "none"], sort
        assert seen[-1] == "none" or sort.endswith("id")


def test_a_number_written_out_is_that_of_single_precision_beside_a_column_of_it(url: str) -> None:
    assert ids(url, filter="a_real < 1e300 AND a_real > -1e300 AND a_real > 1e-300") == ["full"]
    assert ids(url, filter="a_real * 2 = 0.2") == ["full"]
