"""Filters as nobody means them: of a wrong type at any place, or nested without end. Each is
refused as the caller's mistake, or answered."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest
from fastapi.testclient import TestClient
from psycopg2.sql import SQL

from geo_api.database.connections import Reads
from geo_api.features.columns import columns
from geo_api.features.cql2.sql import condition
from layers.catalog import catalog
from layers.query import CQL2_JSON, BadQuery, Filter

FACTORIES = "/ogc/collections/factories/items"
NAME, PLACE = {"property": "name"}, {"property": "geom"}
POLYGON = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
POINT = {"type": "Point", "coordinates": [100, 13]}
SOUND: tuple[Any, ...] = (
    {"op": "and", "args": [{"op": "=", "args": [NAME, "a"]}, {"op": "isNull", "args": [NAME]}]},
    {"op": "not", "args": [{"op": "<", "args": [{"property": "horsepower"}, 5.5]}]},
    {"op": "between", "args": [{"property": "workers"}, 1, 2]},
    {"op": "in", "args": [NAME, ["a", "b"]]},
    {"op": "like", "args": [{"op": "accenti", "args": [NAME]}, "a%"]},
    {"op": ">", "args": [{"op": "+", "args": [{"property": "workers"}, 1]}, 2]},
    {"op": "s_intersects", "args": [PLACE, {"bbox": [99, 12, 101, 14]}]},
    {"op": "s_within", "args": [PLACE, POLYGON]},
    {
        "op": "s_intersects",
        "args": [PLACE, {"type": "GeometryCollection", "geometries": [POINT, POLYGON]}],
    },
    {"op": "s_crosses", "args": [PLACE, {"type": "MultiPolygon", "coordinates": []}]},
    {"op": "within_m", "args": [PLACE, POINT, 1000]},
    {"op": "t_during", "args": [{"property": "updated_on"}, {"interval": ["2026-01-01", ".."]}]},
    {"op": "t_after", "args": [{"property": "updated_on"}, {"date": "2026-01-01"}]},
    {"op": "=", "args": [{"property": "updated_on"}, {"timestamp": "2026-01-01T00:00:00Z"}]},
    {"op": "a_contains", "args": [["a"], ["b"]]},
)


def nested(part: Any, around: str, depth: int) -> Any:
    for _ in range(depth):
        part = {"op": around, "args": [part]}
    return part


def collections(depth: int) -> Any:
    part: Any = POINT
    for _ in range(depth):
        part = {"type": "GeometryCollection", "geometries": [part]}
    return part


def lists(depth: int) -> Any:
    part: Any = [1, 2]
    for _ in range(depth):
        part = [part]
    return part


STRANGE: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        5.5,
        10**400,
        1e308,
        "",
        "a",
        "\\",
        "\\" * 1500,
        "ก" * 3000,
        "..",
        "\ud800",
    ),
    *([], [[]], [None], ["a"], [1, "a"], [1, 2, 3], {}, {"op": "="}, {"op": 5, "args": []}),
    *({"property": 5}, {"property": None}, {"bbox": ["a", "b", "c", "d"]}, {"bbox": 5}),
    *({"bbox": {}}, {"bbox": [1, 2, 3, None]}, {"date": 5}, {"timestamp": []}, {"interval": 5}),
    *({"interval": [5, None]}, {"interval": [[], {}]}, {"type": "Point"}, {"type": 5}),
    *({"type": "Nothing", "coordinates": [1, 2]}, {"type": "Point", "coordinates": ["a", "b"]}),
    *({"type": "Polygon", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": lists(90)}),
    *({"type": "GeometryCollection"}, {"type": "GeometryCollection", "geometries": [5]}),
    *(collections(5), collections(100), nested(NAME, "casei", 60), lists(100)),
    {"op": "and", "args": [POINT, {"type": "LineString", "coordinates": [[1, 2], [1, True]]}]},
)


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all parts of a filter, itself included."""
    yield path
    inner = (
        part.items()
        if isinstance(part, Mapping)
        else enumerate(part)
        if isinstance(part, list)
        else ()
    )
    for name, member in inner:
        yield from places(member, (*path, name))


def with_one(part: Any, path: tuple[Any, ...], strange: Any) -> Any:
    """The filter with another part at that place."""
    if not path:
        return strange
    changed = deepcopy(part)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = strange
    return changed


def test_a_wrong_type_at_any_place_is_refused_or_answered(reads: Reads) -> None:
    known = columns(reads, catalog()["factories"])

    became: Counter[str] = Counter()
    for sound in SOUND:
        for path in places(sound):
            for strange in STRANGE:
                text = json.dumps(with_one(sound, path, strange))
                try:
                    asked = condition(Filter(text, CQL2_JSON), known)
                except BadQuery:
                    became["refused"] += 1
                else:
                    reads.fetch(SQL("SELECT id FROM published.factories WHERE {}").format(asked))
                    became["answered"] += 1

    assert became["refused"] > 1000
    assert became["answered"] > 100


SQUARE = "POLYGON((0 0,1 0,1 1,0 0))"


@pytest.mark.parametrize(
    "text",
    [
        "name LIKE '" + "\\" * 1500 + "'",
        "name LIKE '" + "\\'" * 1500 + "'",
        "name LIKE '" + "\\" * 1501,
        "S_INTERSECTS(geom, " + "GEOMETRYCOLLECTION(" * 90 + "POINT(1 1)" + ")" * 91,
        "S_INTERSECTS(geom, " + "GEOMETRYCOLLECTION(" * 2000 + "POINT(1 1)" + ")" * 2001,
        "S_INTERSECTS(geom, " + "(" * 50 + SQUARE + ")" * 51,
        "NOT " * 1000 + "name = 'a'",
        "casei(" * 99 + "name" + ")" * 99 + " = 'a'",
        "horsepower > " + "-" * 900 + "1",
        "horsepower > " + "1 + " * 900 + "1",
        "horsepower > 1" + "e" * 500,
        "horsepower > " + "9" * 5000,
        "name IN (" + "'a'," * 4000 + "'a')",
        "name = '" + "ก" * 6_000 + "'",
        "BBOX(1,2,3,4)",
        "S_INTERSECTS(geom, BBOX(1,2,3))",
        "S_INTERSECTS(geom, BBOX('a','b','c','d'))",
        "\ufeff",
        "name = 'a\u0000'",
    ],
)
def test_a_text_without_end_is_refused_or_answered(text: str, client: TestClient) -> None:
    told = client.get(FACTORIES, params={"filter": text, "limit": "1"})

    assert told.status_code in (200, 400), told.text


def test_many_relations_to_shapes_are_not_taken_for_nested_ones(client: TestClient) -> None:
    text = " OR ".join(["S_INTERSECTS(geom, POINT(1 2))"] * 99)

    assert client.get(FACTORIES, params={"filter": text}).status_code == 200


@pytest.mark.parametrize("depth", [100, 1000, 2500])
def test_json_without_end_is_refused_or_answered(depth: int, client: TestClient) -> None:
    for text in (
        "[" * depth + "]" * depth,
        '{"op":"not","args":[' * (depth // 4) + "true" + "]}" * (depth // 4),
        '{"op":"s_within","args":[{"property":"geom"},{"type":"Point","coordinates":'
        + "[" * depth
        + "]" * depth
        + "}]}",
    ):
        told = client.get(FACTORIES, params={"filter": text, "filter-lang": "cql2-json"})

        assert told.status_code in (200, 400), told.text
