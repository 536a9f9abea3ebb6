"""Statements of released complaints: by period and area, of the country or around a point."""

from geo_api.features.released_complaints_sql import HELD

_COLUMNS = """
    (r.observed_at AT TIME ZONE 'Asia/Bangkok')::date AS start, r.last_day, r.period, r.area,
    r.code, r.name_th, r.name_en, r.homes
"""
_OVER = "r.last_day < (%(at)s::timestamptz AT TIME ZONE 'Asia/Bangkok')::date"
_SINCE = "r.observed_at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Bangkok'"

MONTHS = f"""
    SELECT {_COLUMNS}
    FROM published.complaint_months AS r
    WHERE {_OVER} AND {_SINCE}
    ORDER BY start, r.code
"""
MONTHS_AROUND = f"""
    WITH {HELD}
    SELECT {_COLUMNS}
    FROM published.complaint_months AS r
    JOIN held AS h ON (h.area, h.code) = (r.area, r.code)
    WHERE {_OVER} AND {_SINCE}
    ORDER BY start, r.code
"""
YEAR_AROUND = f"""
    WITH {HELD}
    SELECT {_COLUMNS}
    FROM published.complaint_years AS r
    JOIN held AS h ON (h.area, h.code) = (r.area, r.code)
    WHERE r.observed_at = %(start)s::date::timestamp AT TIME ZONE 'Asia/Bangkok'
    ORDER BY r.code
"""
# Operating factories of an area of released complaints.
FACTORIES_OF_AREA = """
    SELECT CASE %(area)s
        WHEN 'district' THEN (
            SELECT sum(count) FROM published.district_factory_counts
            WHERE district_code = %(code)s
        )
        ELSE (
            SELECT sum(f.count)
            FROM published.operating_factory_counts AS f
            JOIN published.provinces AS p ON p.code = f.province_code
            WHERE CASE %(area)s
                WHEN 'province' THEN p.code = %(code)s
                WHEN 'region' THEN p.region = %(code)s
                ELSE %(area)s = 'country'
            END
        )
    END::bigint
"""
