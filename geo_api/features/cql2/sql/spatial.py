"""Spatial functions: those of CQL2 in degrees as on a plane, and our own in metres."""

from functools import partial

from psycopg2.sql import SQL, Composable, Composed
from shapely import GeometryCollection, get_parts, segmentize, unary_union
from shapely.geometry.base import BaseGeometry

from geo_api.database.column_types import ValueKind
from geo_api.features.cql2.ast import wrong
from geo_api.features.cql2.sql.operands import NUMBERS, Operand, constant
from geo_api.features.cql2.sql.operations import Argument, Operation, by_name, taking
from layers.model import Text
from layers.query.provinces import PROVINCE_CODES, no_province

# Half the Earth's girth: everything is within it.
MAX_WITHIN_M = 20_100_000
# At 20° north the shortest way between two such corners is 80 m from the parallel.
_STEP_DEG = 1

# What a filter with it gives depends on the layer of provinces, too.
IN_PROVINCE = "in_province"
_GEOMETRY = taking(ValueKind.GEOMETRY)
_RELATIONS = {
    "s_contains": "ST_Contains",
    "s_crosses": "ST_Crosses",
    "s_equals": "ST_Equals",
    "s_overlaps": "ST_Overlaps",
    "s_touches": "ST_Touches",
    "s_within": "ST_Within",
}


def _intersects(first: Operand, second: Operand) -> Composed:
    return SQL("ST_Intersects({}, {})").format(first.sql, second.sql)


def _disjoint(first: Operand, second: Operand) -> Composed:
    return SQL("(NOT {})").format(_intersects(first, second))


def _related(function: str, first: Operand, second: Operand) -> Composed:
    return SQL("{}({}, {})").format(SQL(function), _simple(first), _simple(second))


def _simple(operand: Operand) -> Composable:
    """PostGIS relates no collection, but for whether it intersects."""
    if not isinstance(operand.value, GeometryCollection):
        return operand.sql
    merged = unary_union(operand.value)
    if isinstance(merged, GeometryCollection):
        raise wrong(
            operand.place,
            "a collection of several dimensions can only be given to S_INTERSECTS and S_DISJOINT",
        )
    return constant(merged, operand.place).sql


def _distance_m(first: Operand, second: Operand) -> Composed:
    return SQL("ST_Distance({}, {})").format(_on_spheroid(first), _on_spheroid(second))


def _within_m(first: Operand, second: Operand, radius: Operand) -> Composed:
    metres = radius.value
    if not isinstance(metres, float | int) or not 0 <= metres <= MAX_WITHIN_M:
        raise wrong(
            radius.place,
            f"metres must be a number from 0 to {MAX_WITHIN_M}, written out, got {radius.about}",
        )
    return SQL("ST_DWithin({}, {}, {})").format(
        _on_spheroid(first), _on_spheroid(second), radius.sql
    )


def _on_spheroid(operand: Operand) -> Composed:
    """The sides of a shape that is written out stay where they are in degrees: between far corners
    PostGIS would take another way, and knows none between opposite ends of the Earth."""
    shape = operand.value
    if not isinstance(shape, BaseGeometry):
        return SQL("{}::geography").format(operand.sql)
    for part in get_parts(get_parts(shape)):
        west, _, east, _ = part.bounds
        # PostGIS would take the smaller side of its outline for the inside.
        if part.area and east - west > 180:
            raise wrong(operand.place, f"{operand.about} wider than 180 degrees; ask for less")
    there = constant(segmentize(shape, _STEP_DEG), operand.place)
    return SQL("{}::geography").format(there.sql)


def _in_province(place: Operand, code: Operand) -> Composed:
    if not isinstance(code.value, str):
        raise wrong(code.place, f"a province's code must be written out, as '50', got {code.about}")
    if code.value not in PROVINCE_CODES:
        raise wrong(code.place, no_province(code.value))
    return SQL(
        "ST_Intersects({}, (SELECT p.geom FROM published.provinces AS p WHERE p.code = {}))"
    ).format(place.sql, code.sql)


OPERATIONS = by_name(
    Operation("s_intersects", (_GEOMETRY, _GEOMETRY), ValueKind.BOOLEAN, _intersects, cost=10),
    Operation("s_disjoint", (_GEOMETRY, _GEOMETRY), ValueKind.BOOLEAN, _disjoint, cost=10),
    *(
        Operation(
            name, (_GEOMETRY, _GEOMETRY), ValueKind.BOOLEAN, partial(_related, function), cost=10
        )
        for name, function in _RELATIONS.items()
    ),
    Operation(
        "distance_m",
        (_GEOMETRY, _GEOMETRY),
        ValueKind.NUMBER,
        _distance_m,
        Text(
            "ระยะทางที่สั้นที่สุดบนทรงรี WGS84 เป็นเมตร",
            "The shortest distance on the WGS84 spheroid, in metres",
        ),
        cost=50,
    ),
    Operation(
        "within_m",
        (_GEOMETRY, _GEOMETRY, Argument(NUMBERS, "metres")),
        ValueKind.BOOLEAN,
        _within_m,
        Text(
            "อยู่ห่างกันบนทรงรี WGS84 ไม่เกินจำนวนเมตรที่กำหนด เร็วกว่าการเปรียบเทียบ distance_m มาก",
            "Whether they are no farther apart on the WGS84 spheroid than so many metres; much"
            " faster than to compare distance_m",
        ),
        cost=20,
    ),
    Operation(
        IN_PROVINCE,
        (_GEOMETRY, taking(ValueKind.TEXT, title="code")),
        ValueKind.BOOLEAN,
        _in_province,
        Text(
            "อยู่ในจังหวัดตามรหัสสองหลักของกรมการปกครอง ตามขอบเขตในชั้นข้อมูล provinces",
            "Whether it meets the province with a code of two digits (DOPA, ISO 3166-2:TH), as the"
            " layer provinces has it",
        ),
        cost=20,
    ),
)
