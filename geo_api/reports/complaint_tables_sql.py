"""Statements of the page of complaints, over what was released alone."""

from psycopg2.sql import SQL, Composed, Identifier

PERIODS = """
    SELECT period_start, period_end, period, area, released_at
    FROM published.complaint_release_periods
    WHERE table_name = %(table)s
    ORDER BY period_start DESC
"""
PLANS = """
    SELECT table_name, period, area, epsilon, least_noisy, least_homes, wait_days, review_on
    FROM published.complaint_plans
    WHERE year = %(year)s
    ORDER BY table_name
"""
HOUSES_KNOWN = "SELECT known FROM published.houses_known"

_START = "%(start)s::date::timestamp AT TIME ZONE 'Asia/Bangkok'"


def areas(table: str) -> Composed:
    """Of the period from %(start)s, beside that from %(before)s, which may be null. What lies
    within a province is named with it: there are districts of one name."""
    return SQL(
        """
        SELECT
            r.code, concat_ws(' ', r.name_th, p.name_th), concat_ws(', ', r.name_en, p.name_en),
            r.homes, b.homes
        FROM published.{table} AS r
        LEFT JOIN published.provinces AS p
            ON r.area IN ('district', 'subdistrict') AND p.code = left(r.code, 2)
        LEFT JOIN published.{table} AS b
            ON b.code = r.code AND b.area = r.area
            AND b.observed_at = %(before)s::date::timestamp AT TIME ZONE 'Asia/Bangkok'
        WHERE r.observed_at = {start}
        ORDER BY r.homes DESC NULLS LAST, r.code
        """
    ).format(table=Identifier(table), start=SQL(_START))


DEALT_WITH = f"""
    SELECT r.code, r.name_th, r.name_en, r.category, r.dealt_with, r.not_dealt_with,
        r.dealt_with_pct
    FROM published.complaints_dealt_with AS r
    WHERE r.observed_at = {_START}
    ORDER BY coalesce(r.dealt_with, 0) + coalesce(r.not_dealt_with, 0) DESC, r.code, r.category
"""
