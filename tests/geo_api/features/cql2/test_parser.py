"""Filters: what is read, and what is refused with its place and a remedy."""

import time
from datetime import UTC, date, datetime

import pytest
from shapely import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo_api.features.cql2.ast import Call, Expression, Period, Property, Value
from geo_api.features.cql2.parser import parse
from layers.crs import SUPPORTED, WGS84, Crs
from layers.query import CQL2_JSON, BadQuery, Filter

BOX = box(100, 13, 101, 14)
EPSG = {crs.uri.rpartition("/")[2]: crs for crs in SUPPORTED.values()}


def refusal(text: str, language: str = "cql2-text", crs: Crs = WGS84) -> str:
    with pytest.raises(BadQuery) as refused:
        parse(Filter(text, language, crs))
    assert refused.value.parameter == "filter"
    return str(refused.value)


def argument(text: str, index: int = 1, crs: Crs = WGS84) -> Expression:
    call = parse(Filter(text, crs=crs))
    assert isinstance(call, Call)
    return call.args[index]


def shape(text: str, crs: Crs = WGS84) -> BaseGeometry:
    value = argument(f"s_intersects(geom, {text})", crs=crs)
    assert isinstance(value, Value) and isinstance(value.value, BaseGeometry)
    return value.value


def test_every_part_knows_where_it_stands_though_words_come_twice() -> None:
    read = parse(Filter("name = 'name' AND\n  s_within(geom, POINT(1 2)) OR x.y < name"))

    assert isinstance(read, Call)
    both, less = read.args
    assert isinstance(both, Call) and isinstance(less, Call)
    equal, within = both.args
    assert isinstance(equal, Call) and isinstance(within, Call)
    places = [part.place for part in (*equal.args, within, *within.args, *less.args)]
    assert places == [
        *("line 1, column 1", "line 1, column 8"),
        *("line 2, column 3", "line 2, column 12", "line 2, column 18"),
        *("line 2, column 33", "line 2, column 39"),
    ]


def test_a_part_of_a_filter_in_json_is_placed_by_its_pointer() -> None:
    text = '{"op":"in","args":[{"property":"a"},["x",{"property":"b"}]]}'

    read = parse(Filter(text, CQL2_JSON))

    assert isinstance(read, Call)
    assert read.args[0].place == "at /args/0"
    assert read.args[1].members[1] == Property("b", "at /args/1/1")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1 and", "line 1, column 10: expected a property, a value"),
        ("a =\n  = 1", "line 2, column 3: expected a property, a value"),
        ("(a = 1", "column 7: expected an operator, AND, OR, a closing parenthesis or the end"),
        ("name = 'โรงงาน' y 2", "column 17: expected an operator"),
        ("a = 1; drop table factory", "column 6: expected an operator"),
        ("", "column 1: expected a property"),
        ("a = NULL", "write IS NULL"),
        ("a = 1e999", "column 1: a number is too large"),
        ("a > DATE('2026-13-01')", "column 5: DATE takes a text as '2026-01-31'"),
        ("a > TIMESTAMP('2026-01-31')", "TIMESTAMP takes a text as '2026-01-31T17:00:00Z'"),
        ("t_after(a, INTERVAL('soon', '..'))", "column 21: an end is a date"),
        ("t_after(a, INTERVAL('2026-02-01', '2026-01-01'))", "column 12: the interval ends before"),
        ("s_within(geom, POLYGON((1 2)))", "column 16: POLYGON: a polygon's ring has four"),
        ("s_within(geom, POLYGON((0 0, 1 0, 1 1, 0 1)))", "ends where it begins"),
        ("s_within(geom, LINESTRING(1 2))", "LINESTRING: "),
        ("s_within(geom, POINT EMPTY)", "column 22: a geometry is empty"),
        ("s_within(geom, POINT(181 13))", "POINT: the geometry lies outside of"),
        (f"s_within(geom, POINT({'9' * 400} 13))", "column 22: a geometry is empty"),
        ("s_within(geom, BBOX(1, 2, 3))", "column 16: "),
        ("s_within(geom, BBOX(1, 9, 2, 8))", "BBOX: the box's south 9 lies beyond its north 8"),
        ("a = '\0'", "column 6: a NUL character"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, said: str) -> None:
    assert said in refusal(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"op":"=",', "line 1, column 10: this JSON cannot be read: EOF"),
        ('{"op":"and","args":[{"op":"=","args":[{"x":1},2]}]}', "at /args/0/args/0: no CQL2"),
        ('{"op":"=","args":[{"property":"a"},null]}', "at /args/1: nothing equals NULL"),
        ('{"op":"=","args":[{"property":"a"},NaN]}', "line 1, column 36"),
        ('{"op":"=","args":[{"property":"a"},"\\u0000"]}', "a NUL character"),
        (
            '{"op":"s_within","args":[{"property":"a"},{"type":"Point","coordinates":["x",1]}]}',
            "/1",
        ),
        (
            '{"op":"s_within","args":[{"property":"a"},{"bbox":[1,2,3]}]}',
            "/args/1: BBOX: a box has",
        ),
        (
            '{"op":"t_after","args":[{"property":"a"},{"interval":["2026-01-01"]}]}',
            "two ends, got 1",
        ),
        (
            '{"op":"=","args":["\\ud800",1]}',
            "column 26: this JSON cannot be read: unexpected end of hex",
        ),
        ('{"op":"not","args":[' * 300 + "true" + "]}" * 300, "recursion limit"),
        ('{"op":"not","args":[' * 62 + '{"op":"="}' + "]}" * 62, "no CQL2 expression"),
    ],
)
def test_json_that_is_no_filter_is_refused_with_its_place(text: str, said: str) -> None:
    assert said in refusal(text, CQL2_JSON)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 30,
        "(" * 5000 + "a = 1" + ")" * 5000,
        "((((((((((((" + "a = 1 or " * 1500 + "!",
        "a = " + "-" * 9000 + "b",
        "not " * 4900 + "a = 1",
        "a = 1" + "+1" * 9000,
        "a" + " = a" * 4000,
        "f(" * 6000 + "a" + ")" * 6000,
        "f(" * 90 + "a" + ")" * 90 + " = 1",
        "a = 1" + "+1" * 100,
        "a = '\\'' " + "(" * 40,
        "a in (" + "1," * 1200 + "1)",
        "s_within(geom," + "GEOMETRYCOLLECTION(" * 700 + "POINT(1 2)" + ")" * 700,
        "a = '" + "x" * 30_000 + "'",
    ],
)
def test_a_hostile_filter_is_refused_within_a_second(text: str) -> None:
    began = time.process_time()

    assert refusal(text)
    assert time.process_time() - began < 1


def test_a_quotation_mark_in_a_text_is_doubled_or_after_a_backslash() -> None:
    for text in ("a = 'it''s'", r"a = 'it\'s'"):
        value = argument(text)
        assert isinstance(value, Value)
        assert value.value == "it's"


def test_times_are_in_utc_and_open_ends_are_none() -> None:
    read = argument("t_after(a, INTERVAL('2026-01-31', '..'))")

    assert isinstance(read, Period)
    assert isinstance(read.start, Value) and read.start.value == date(2026, 1, 31)
    assert read.end is None
    instant = argument("a = TIMESTAMP('2026-02-01T00:00:00+07:00')")
    assert isinstance(instant, Value) and instant.value == datetime(2026, 1, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "crs"),
    [
        ("POINT(100.5 13.75)", "CRS84"),
        ("POINT Z (100.5 13.75 12)", "CRS84"),
        ("POINT(13.75 100.5)", "4326"),
        ("POINT(11187608.8247 1545550.2013)", "3857"),
        ("POINT(662176.2905 1520582.4944)", "32647"),
        ("POINT(13073.5806 1524629.6120)", "32648"),
    ],
)
def test_coordinates_are_in_the_crs_of_the_filter_and_its_order_of_axes(
    text: str, crs: str
) -> None:
    point = shape(text, EPSG[crs])

    assert isinstance(point, Point)
    assert (point.x, point.y) == pytest.approx((100.5, 13.75), abs=1e-6)


def test_a_box_is_read_in_the_order_of_axes_and_may_cross_the_antimeridian() -> None:
    assert shape("BBOX(13, 100, 14, 101)", EPSG["4326"]).equals(BOX)
    assert shape("BBOX(100, 13, 0, 101, 14, 9)").equals(BOX)
    assert shape("BBOX(100, 13, 100, 13)") == Point(100, 13)
    assert shape("BBOX(170, -10, -170, 10)").area == 400
    assert "lies beyond its east" in refusal("s_within(geom, BBOX(2, 1, 1, 2))", crs=EPSG["32647"])


def test_the_sides_of_a_box_in_metres_bend_as_they_do_on_the_ground() -> None:
    bent = shape("BBOX(500000, 1500000, 800000, 2000000)", EPSG["32647"])

    assert isinstance(bent, Polygon)
    # The northern side of the zone's eastern half rises, then falls, by 2.8 km in latitude.
    north = max(y for _, y in bent.exterior.coords)
    corner = shape("POINT(800000 2000000)", EPSG["32647"])
    assert isinstance(corner, Point)
    assert north - corner.y > 0.02
    assert len(bent.exterior.coords) > 100
