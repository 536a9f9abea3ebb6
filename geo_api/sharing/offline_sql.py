"""(Layer, what is asked) -> SQL that counts and gives the features that an offline map carries."""

from collections.abc import Sequence

from psycopg2.sql import SQL, Composable, Composed, Identifier, Literal

from layers.model import Layer, Style

# Name, box and the rest of a province.
PROVINCE = """
    SELECT name_th, name_en, ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)
    FROM published.provinces WHERE id = %(code)s
"""
# Outlines are seen at their edges alone: a hundred metres are less than a pixel until zoom 10.
_AREA = SQL("ST_AsGeoJSON(ST_SimplifyPreserveTopology(f.geom, 0.001), 4, 0)")


def in_province(code: str) -> Composed:
    """Whether a row lies in the province."""
    return SQL(
        "ST_Intersects(geom, (SELECT p.geom FROM published.provinces AS p WHERE p.id = {}))"
    ).format(Literal(code))


def count(layer: Layer, met: Sequence[Composable]) -> Composed:
    """How many meet all the conditions."""
    return SQL("SELECT count(*) FROM published.{} WHERE {}").format(
        Identifier(layer.name), _all(met)
    )


def counted_apart(style: Style) -> Composed:
    """Whether a row is of a class that is counted apart."""
    return SQL("{} = ANY ({})").format(Identifier(style.by or ""), Literal(list(style.apart)))


def areas(layer: Layer, properties: Sequence[str], met: Sequence[Composable]) -> Composed:
    """One row: GeoJSON features with commas between, in the order of their ids."""
    return SQL(
        """
        SELECT coalesce(string_agg(concat(
            '{{"type":"Feature","id":', to_json(f.id), ',"geometry":', {geometry},
            ',"properties":', json_strip_nulls(row_to_json(p)), '}}'
        ), ',' ORDER BY f.id), '')
        FROM (SELECT id, geom, {columns} FROM published.{layer} WHERE {met}) AS f
        CROSS JOIN LATERAL (SELECT {wanted}) AS p
        """
    ).format(
        geometry=_AREA,
        columns=SQL(", ").join(map(Identifier, properties)),
        wanted=SQL(", ").join(Identifier("f", name) for name in properties),
        layer=Identifier(layer.name),
        met=_all(met),
    )


def points(layer: Layer, properties: Sequence[str], met: Sequence[Composable]) -> Composed:
    """One row: JSON arrays of id, longitude, latitude to a metre, and the values of `properties`,
    with commas between, in the order of their ids."""
    return SQL(
        """
        SELECT coalesce(string_agg(concat('[', concat_ws(',', to_json(f.id),
            round(ST_X(f.point)::numeric, 5), round(ST_Y(f.point)::numeric, 5), {values}), ']'),
            ',' ORDER BY f.id), '')
        FROM (
            SELECT id, ST_GeometryN(geom, 1) AS point, {columns}
            FROM published.{layer} WHERE {met}
        ) AS f
        """
    ).format(
        values=SQL(", ").join(
            SQL("coalesce(to_json({})::text, 'null')").format(Identifier("f", name))
            for name in properties
        ),
        columns=SQL(", ").join(map(Identifier, properties)),
        layer=Identifier(layer.name),
        met=_all(met),
    )


def _all(met: Sequence[Composable]) -> Composed:
    return SQL(" AND ").join(met) if met else SQL("true").format()
