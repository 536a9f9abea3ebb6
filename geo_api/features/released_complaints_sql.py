"""Statements of released complaints, of the areas that hold the point %(lon)s, %(lat)s."""

TABLES = ("complaint_months", "complaint_quarters", "complaint_years")

_COLUMNS = """
    r.id, r.observed_at, r.period, r.last_day, r.area, r.code, r.name_th, r.name_en, r.homes,
    r.released_on
"""
# The areas that hold the point, found once: a view has a row of each for every period.
HELD = """
    held AS MATERIALIZED (
        SELECT area, code FROM published.complaint_areas
        WHERE ST_Intersects(geom, ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326))
    )
"""


def of_table(table: str) -> str:
    """The rows of one of TABLES, that are over at %(at)s."""
    return f"""
        SELECT '{table}' AS layer, {_COLUMNS}
        FROM published.{table} AS r
        JOIN held AS h ON (h.area, h.code) = (r.area, r.code)
        WHERE r.last_day < (%(at)s::timestamptz AT TIME ZONE 'Asia/Bangkok')::date
    """


NEWEST = f"""
    WITH {HELD}
    SELECT to_json(n)
    FROM (
        SELECT DISTINCT ON (layer)
            layer, id, observed_at, period, last_day, area, code, name_th, name_en, homes,
            released_on
        FROM ({" UNION ALL ".join(map(of_table, TABLES))}) AS r
        ORDER BY layer, observed_at DESC, code
    ) AS n
    ORDER BY n.layer
"""
