"""CQL2: the standard's own examples, and the official counts of its abstract tests on PostGIS."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from bench.cql2_table import MISPRINTS, SUITE, Row, Sources, count, load, rows, table
from geo_api.database.connections import owner_connection
from geo_api.features.cql2.ast import Call, Expression, Items, Period
from geo_api.features.cql2.parser import CONFORMANCE, parse
from geo_api.features.cql2.sql import condition
from layers.query import CQL2_JSON, CQL2_TEXT, Filter

ROWS = rows()
EXAMPLES = SUITE / "examples"
LANGUAGES = {".txt": CQL2_TEXT, ".json": CQL2_JSON}


def example(path: Path) -> Expression:
    return parse(Filter(path.read_text(encoding="utf-8"), LANGUAGES[path.suffix]))


def told(expression: Expression | None) -> object:
    """The expression without the places of its parts."""
    match expression:
        case Call(op, args):
            return op, [told(arg) for arg in args]
        case Items(members):
            return [told(member) for member in members]
        case Period(start, end):
            return told(start), told(end)
        case None:
            return None
    return {k: v for k, v in vars(expression).items() if k != "place"}


@pytest.fixture(scope="module")
def opened(migrated_url: str, shared_data: Path) -> Iterator[Connection]:
    with closing(owner_connection(migrated_url)) as connection:
        yield connection


@pytest.fixture(scope="module")
def sources(opened: Connection) -> Sources:
    return load(opened)


def test_every_example_of_the_standard_is_read_and_means_the_same_in_both_languages(
    shared_data: Path,
) -> None:
    texts = {path.stem: example(path) for path in sorted((EXAMPLES / "text").glob("*.txt"))}
    jsons = {path.stem: example(path) for path in sorted((EXAMPLES / "json").glob("*.json"))}

    assert (len(texts), len(jsons)) == (120, 109)
    differing = [name for name in jsons if told(jsons[name]) != told(texts[name])]
    assert differing == []


@pytest.mark.parametrize("conformance", sorted({row.conformance for row in ROWS}))
def test_every_row_of_the_abstract_tests_gives_its_count(
    opened: Connection, sources: Sources, conformance: str
) -> None:
    asked = [row for row in ROWS if row.conformance == conformance]

    found = {row: count(opened, sources, row) for row in asked}

    right = {row: MISPRINTS.get(row.predicate, row.expected) for row in asked}
    assert {r.predicate: n for r, n in found.items() if n != right[r]} == {}
    assert f"http://www.opengis.net/spec/cql2/1.0/conf/{conformance}" in CONFORMANCE


def test_three_rows_of_the_annex_contradict_its_own_data_set(
    opened: Connection, sources: Sources
) -> None:
    places = "ne_110m_populated_places_simple"
    with opened.cursor() as cursor:
        cursor.execute(f"SELECT name FROM {places} WHERE nameascii LIKE 'Ch%' ORDER BY nameascii")
        names = [name for (name,) in cursor.fetchall()]

    assert names == ["Chengdu", "Chicago", "Chișinău"]
    assert [row.expected for row in ROWS if row.predicate in MISPRINTS] == [2, 2, 2]


def test_predicates_of_all_classes_can_be_combined(opened: Connection, sources: Sources) -> None:
    for source, columns in sources.items():
        p = [row.predicate for row in ROWS if row.source == source and " or " not in row.predicate]
        for i in range(0, len(p) - 3, 3):
            combined = (
                f"((NOT {p[i]} AND {p[-i - 1]}) OR ({p[i + 2]} and NOT {p[i + 3]})"
                f" or not ({p[i]} AND {p[i + 3]}))"
            )
            assert condition(Filter(combined), columns)
            assert isinstance(count(opened, sources, Row("", source, combined, 0)), int)


def test_the_table_says_what_passed_and_what_differs() -> None:
    right, wrong = Row("one", "s", "a = 1", 1), Row("two", "s", "b = 1", 2)

    told = table([(right, 1), (wrong, 3)])

    assert "| one | 1 | 1 |" in told
    assert "| two | 0 | 1 |" in told
    assert "| **all** | **1** | **2** |" in told
    assert "- `b = 1`: 3; the annex says 2" in told
