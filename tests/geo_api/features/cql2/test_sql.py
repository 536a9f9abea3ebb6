"""CQL2 on our own layers: what matches, what is refused, and which index answers."""

from typing import Any

import pytest
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Composed

from geo_api.database.column_types import COLUMN_TYPES, Column
from geo_api.database.connections import Reads
from geo_api.features.columns import columns
from geo_api.features.cql2.sql import condition, matching
from layers.catalog import catalog
from layers.crs import SUPPORTED, WGS84, Crs
from layers.query import CQL2_JSON, BadQuery, Filter
from tests.makers import box, factory, hotspot, province

FACTORIES = catalog()["factories"]
UTM47 = next(crs for crs in SUPPORTED.values() if crs.srid == 32647)


def met(reads: Reads, text: str, layer: str = "factories", crs: Crs = WGS84) -> list[str]:
    """The ids of what meets the filter, asked as the reader, with values and without."""
    asked = condition(Filter(text, crs=crs), columns(reads, catalog()[layer]))
    statement = SQL("SELECT id FROM published.{} WHERE {} ORDER BY id").format(SQL(layer), asked)
    with_values = SQL("{} LIMIT %(limit)s").format(statement)
    found = [id for (id,) in reads.fetch(statement)]
    assert [id for (id,) in reads.fetch(with_values, {"limit": 100})] == found
    return found


def refusal(reads: Reads, text: str, language: str = "cql2-text") -> str:
    with pytest.raises(BadQuery) as refused:
        condition(Filter(text, language), columns(reads, FACTORIES))
    assert refused.value.parameter == "filter"
    return str(refused.value)


def plan(connection: Connection, layer: str, asked: Composed) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            SQL("EXPLAIN SELECT id FROM published.{} WHERE {}").format(SQL(layer), asked)
        )
        return "\n".join(line for (line,) in cursor.fetchall())


def test_what_has_no_value_matches_neither_a_comparison_nor_its_negation(
    reads: Reads, connection: Connection
) -> None:
    factory(connection, "few", workers=10)
    factory(connection, "many", workers=500)
    factory(connection, "untold")

    assert met(reads, "workers > 100") == ["many"]
    assert met(reads, "NOT workers > 100") == ["few"]
    assert met(reads, "workers NOT BETWEEN 1 AND 20") == ["many"]
    assert met(reads, "workers NOT IN (10, 20)") == ["many"]
    assert met(reads, "workers IS NULL OR workers = 10.0") == ["few", "untold"]
    assert met(reads, "workers / (workers - 10) > 1 OR workers ^ -0.5 > 1") == ["many"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("name LIKE 'โรง%'", ["mill"]),
        ("name LIKE '100\\%%'", ["percent"]),
        ("name LIKE '%\\\\%'", ["slash"]),
        ("name LIKE '_00%'", ["percent"]),
        ("name NOT LIKE '%a%'", ["mill", "percent"]),
        ("name = '100% สี'", ["percent"]),
        ("name = 'it''s a\\b'", ["slash"]),
        ("CASEI(name) = CASEI('CAFÉ STRASSE')", ["café"]),
        ("ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('Cafe%'))", ["café"]),
        ("ACCENTI(name) = ACCENTI('โรงสีข้าว')", ["mill"]),
        ("ACCENTI(name) = ACCENTI('โรงสขาว')", []),
        ("name < 'a'", ["percent"]),
        ("name >= 'it' AND name < 'iu'", ["slash"]),
        ("CASEI(name) > CASEI('IT') AND CASEI(name) < 'iu'", ["slash"]),
    ],
)
def test_texts_compare_by_code_point_and_patterns_by_their_wildcards(
    reads: Reads, connection: Connection, pattern: str, found: list[str]
) -> None:
    factory(connection, "café", name="Café Straße")
    factory(connection, "mill", name="โรงสีข้าว")
    factory(connection, "percent", name="100% สี")
    factory(connection, "slash", name="it's a\\b")

    expected = ["café", *found] if pattern == "name < 'a'" else found
    assert met(reads, pattern) == expected


def test_a_day_is_one_of_utc_where_instants_are_compared_with_it(
    reads: Reads, connection: Connection
) -> None:
    hotspot(connection, "a", "2026-01-15T23:59:59.5Z")
    hotspot(connection, "b", "2026-01-16T00:00:00Z")

    for text, found in {
        "t_intersects(observed_at, DATE('2026-01-15'))": ["a"],
        "t_after(observed_at, DATE('2026-01-15'))": ["b"],
        "t_before(observed_at, INTERVAL('2026-01-16', '..'))": ["a"],
        "t_during(observed_at, INTERVAL('2026-01-15', '2026-01-16'))": ["a", "b"],
        "observed_at >= DATE('2026-01-16')": ["b"],
        "observed_at < '2026-01-16T07:00:00+07:00'": ["a"],
        "observed_at IN (TIMESTAMP('2026-01-16T00:00:00Z'))": ["b"],
        "t_finishes(observed_at, INTERVAL('..', '2026-01-16T00:00:00Z'))": ["b"],
    }.items():
        assert met(reads, text, "hotspots") == found, text


def test_metres_are_geodesic_and_coordinates_may_be_in_metres(
    reads: Reads, connection: Connection
) -> None:
    factory(connection, "far", lon=100.0, lat=13.0)
    factory(connection, "near", lon=100.0, lat=13.045)  # 4.98 km; 5.00 on a sphere of 6,371 km

    place = "POINT(100 13.09)"
    assert met(reads, f"within_m(geom, {place}, 4990)") == ["near"]
    assert met(reads, f"distance_m(geom, {place}) BETWEEN 4970 AND 4990") == ["near"]
    assert met(reads, "s_intersects(geom, BBOX(608000, 1441000, 609000, 1443000))", crs=UTM47) == [
        "near"
    ]
    assert met(reads, "s_disjoint(geom, POINT(100 13)) AND NOT s_within(geom, POINT(1 2))") == [
        "near"
    ]


def test_areas_meet_each_other_as_the_functions_say(reads: Reads, connection: Connection) -> None:
    province(connection, "10", wkt=box(100, 13, 101, 14))

    for function, shape, whether in (
        ("s_contains", "POINT(100.5 13.5)", True),
        ("s_contains", "POINT(100 13)", False),
        ("s_touches", "POINT(100 13)", True),
        ("s_equals", "BBOX(100, 13, 101, 14)", True),
        ("s_overlaps", "BBOX(100.5, 13.5, 102, 15)", True),
        ("s_within", "BBOX(99, 12, 102, 15)", True),
        ("s_crosses", "LINESTRING(99 13.5, 102 13.5)", True),
        ("s_touches", "GEOMETRYCOLLECTION(POINT(100 13), POINT(101 14))", True),
    ):
        found = met(reads, f"{function}(geom, {shape})", "provinces")
        assert found == (["10"] if whether else []), (function, shape)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 'red'", "line 1, column 1: no property 'colour'; there are: id, geom, name"),
        ("name = 'a' AND Status = 'x'", "column 16: no property 'Status'; is it status?"),
        ("name = 'pg_sleep' OR pg_sleep(9) = 1", "column 22: no function 'pg_sleep'"),
        ("s_intersect(geom, POINT(1 2))", "'s_intersect'; is it s_intersects"),
        ("s_within(geom)", "column 1: s_within takes (geometry, geometry), got 1 operands"),
        ("s_within(geom, name)", "column 16: s_within takes (geometry, geometry), but name is"),
        ("name > 5", "column 8: 5 is an integer; write a text as 'sugarcane' for name"),
        ("workers = 'many'", "column 11: 'many' is a text; write a number for workers"),
        ("updated_on > 'soon'", "'soon' is a text; write a time as TIMESTAMP("),
        ("geom = POINT(1 2)", "= takes (value, value), but geom is of the kind geometry"),
        ("name", "a filter is a condition, but name is a value"),
        ("workers + name > 1", "column 11: + takes (number, number), but name"),
        ("workers > 1 / 0", "column 11: 1 / 0 is no number"),
        ("workers > 10 ^ 400", "10 ^ 400 is no number"),
        ("name LIKE 'a\\'", "column 11: the pattern 'a\\\\' ends in \\"),
        ("name LIKE status", "LIKE takes a pattern as 'B_r%', got status"),
        ("name IN ('a', 5)", "column 15: 5 is an integer; write a text"),
        ("within_m(geom, POINT(1 2), -1)", "metres must be a number from 0 to"),
        ("distance_m(geom, BBOX(-180, -90, 180, 90)) < 5", "column 18: a Polygon wider than 180"),
        ("within_m(geom, POINT(1 2), workers)", "written out, got workers"),
        ("s_within(geom, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))", "not valid: Self-intersection"),
        ("s_touches(geom, GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(2 2, 3 3)))", "S_INTERSECTS"),
        ("a_contains(('a', 1), ('a'))", "1 is an integer; write a text"),
        ("a_contains(name, ('a'))", "a_contains takes (array, array), but name"),
        ("NOT name", "not takes (condition), but name is of the kind text"),
    ],
)
def test_what_a_layer_cannot_answer_is_refused_with_its_place_and_a_remedy(
    reads: Reads, text: str, said: str
) -> None:
    assert said in refusal(reads, text)


@pytest.mark.parametrize(
    ("op", "args"),
    [("=", "[]"), ("and", "[]"), ("in", '[{"property":"name"},1]'), ("between", "[1,2]")],
)
def test_json_with_too_few_operands_or_the_wrong_ones_is_refused(
    reads: Reads, op: str, args: str
) -> None:
    assert "takes (" in refusal(reads, f'{{"op":"{op}","args":{args}}}', CQL2_JSON)


@pytest.mark.parametrize(
    "shape",
    [
        "BBOX(0, -90, 180, 90)",
        "BBOX(0, 10, 180, 20)",
        "BBOX(60, 0, -170, 80)",
        "LINESTRING(100 -90, 100 90)",
        "GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(-80 13, 100 13))",
    ],
)
def test_metres_to_the_far_side_of_the_earth_follow_the_shape_as_it_is_drawn(
    reads: Reads, connection: Connection, shape: str
) -> None:
    factory(connection, "on the way", lon=100, lat=13)

    assert met(reads, f"within_m(geom, {shape}, 100)") == ["on the way"]
    assert met(reads, f"distance_m(geom, {shape}) < 100") == ["on the way"]


def test_an_operator_without_a_name_is_refused(reads: Reads) -> None:
    assert "at /: no function ''" in refusal(reads, '{"op":"","args":[]}', CQL2_JSON)


def test_no_number_that_a_row_leads_to_fails_the_statement(
    reads: Reads, connection: Connection
) -> None:
    factory(connection, "none", workers=0, horsepower=0)
    factory(connection, "some", workers=2_000_000_000, horsepower=1e308)

    for text in (
        "workers * workers * workers * 1e300 > 1",
        "horsepower * horsepower * 10 ^ 300 > horsepower",
        "(horsepower * 1e300) ^ 3 > 1 OR horsepower ^ horsepower > 1 OR horsepower ^ -1 > 0",
        "(0 - workers) ^ 0.5 > 1 OR 0 ^ (0 - workers) > 1 OR workers ^ workers = 1",
        "workers % workers = 0 OR workers div horsepower = 1 OR horsepower / workers > 1",
        "id = 'x' OR workers = 99999999999999999999 OR horsepower = 1e300",
    ):
        met(reads, text)

    assert met(reads, "workers * 1e300 * 1e300 > horsepower") == ["some"]
    assert met(reads, "workers % 7 = 2000000000 % 7 AND workers div 3 = 666666666") == ["some"]
    assert met(reads, "workers ^ 2 = 4e18") == ["some"]


def test_lists_compare_as_sets(connection: Connection) -> None:
    known = {
        "tags": Column("tags", COLUMN_TYPES["varchar"], array=True),
        "years": Column("years", COLUMN_TYPES["int4"], array=True),
    }
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE listed (tags varchar[], years integer[])")
        cursor.execute("INSERT INTO listed VALUES ('{a,b,a}', '{2024,2025}')")

        for text, whether in {
            "a_equals(tags, ('b', 'a'))": True,
            "a_equals(tags, ('a', 'b', 'c'))": False,
            "a_contains(tags, ('b'))": True,
            "a_containedBy(tags, ('a', 'b', 'c'))": True,
            "a_overlaps(years, (2025, 2030.5))": True,
            "a_overlaps(years, (2030))": False,
            "a_contains(('x', 'y'), ('x'))": True,
        }.items():
            asked = condition(Filter(text), known)
            cursor.execute(SQL("SELECT {} FROM listed").format(asked))
            assert cursor.fetchone() == (whether,), text
    with pytest.raises(BadQuery, match="tags is a list of the kind text"):
        condition(Filter("a_overlaps(years, tags)"), known)


@pytest.mark.parametrize(
    ("layer", "text", "index"),
    [
        ("factories", "s_intersects(geom, BBOX(100, 13, 101, 14))", "factory_geom"),
        ("factories", "s_within(geom, BBOX(100, 13, 101, 14)) AND workers > 5", "factory_geom"),
        ("factories", "s_contains(BBOX(100, 13, 101, 14), geom)", "factory_geom"),
        ("factories", "within_m(geom, POINT(100 13), 20000)", "factory_place"),
        ("factories", "id = 'a'", "factory_pkey"),
        ("factories", "id IN ('a', 'b')", "factory_pkey"),
        ("hotspots", "t_during(observed_at, INTERVAL('2026-01-01', '2026-01-07'))", "Index Cond"),
        ("hotspots", "observed_at > TIMESTAMP('2026-01-01T00:00:00Z')", "Index Cond"),
    ],
)
def test_an_index_answers(
    reads: Reads, connection: Connection, layer: str, text: str, index: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ensure_months('hotspot', '2026-01-02', '2026-01-03')")
        # Of an empty table the planner thinks what it likes.
        cursor.execute(
            "INSERT INTO factory (id, source, name, geom, location_precision)"
            " SELECT n, 'diw', n, ST_Point(98 + n % 70 / 10.0, 6 + n / 70, 4326), 'government'"
            " FROM generate_series(1, 980) AS n; ANALYZE factory"
        )

    asked = condition(Filter(text), columns(reads, catalog()[layer]))

    assert index in plan(connection, layer, asked)


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ({"status": "operating", "workers": "10"}, ["a"]),
        ({"updated_on": "2026-01-31"}, ["b"]),
        ({"name": "100% '"}, ["b"]),
        ({"horsepower": "1.5e1"}, ["a"]),
    ],
)
def test_properties_in_the_address_must_have_their_values(
    reads: Reads, connection: Connection, pairs: dict[str, str], found: list[str]
) -> None:
    factory(connection, "a", workers=10, horsepower=15)
    factory(connection, "b", name="100% '", status="unknown", updated_on="2026-01-31")

    asked = matching(pairs.items(), columns(reads, FACTORIES))

    rows = reads.fetch(SQL("SELECT id FROM published.factories WHERE {}").format(asked))
    assert [id for (id,) in rows] == found


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Status", "x", "no parameter or property 'Status'; is it status?"),
        ("workers", "many", "workers must be a number"),
        ("updated_on", "2026", "updated_on must be a date as 2026-01-31, got '2026'"),
        ("geom", "1", "geom can be asked in a filter alone, got '1'"),
    ],
)
def test_properties_in_the_address_that_cannot_be_are_refused_by_their_names(
    reads: Reads, name: str, value: str, said: str
) -> None:
    with pytest.raises(BadQuery) as refused:
        matching([(name, value)], columns(reads, FACTORIES))

    assert said in str(refused.value)
    assert refused.value.parameter == name


def test_no_text_of_a_filter_reaches_the_statement_as_sql(
    reads: Reads, connection: Connection
) -> None:
    factory(connection, "a")
    hostile: list[Any] = ["'; DROP TABLE factory; --", "%(limit)s", "%s %%", "\\'; --", "E'\\x25'"]

    for text in hostile:
        quoted = text.replace("'", "''")
        assert met(reads, f"name = '{quoted}' OR CASEI(name) LIKE CASEI('{quoted}x')") == []
    assert met(reads, "id = 'a'") == ["a"]
