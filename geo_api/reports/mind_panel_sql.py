"""Statements of the figures of MIND: of the province %(code)s, on %(day)s or from %(since)s to
%(until)s. Each gives one value, and the year that it is of where that is its own."""

from collections.abc import Mapping

_VALID = "coalesce(r.starts_on <= %(day)s, true) AND coalesce(r.ends_on >= %(day)s, true)"


def _valid(layer: str) -> str:
    return f"""
        SELECT count(*) FROM published.{layer} AS r
        WHERE r.province_code = %(code)s AND {_VALID}
    """


def _during(layer: str, what: str) -> str:
    return f"""
        SELECT {what} FROM published.{layer} AS r
        WHERE r.province_code = %(code)s
            AND r.observed_at >= %(since)s AND r.observed_at < %(until)s
    """


FIGURES: Mapping[str, str] = {
    "factories": """
        SELECT count(*) FROM published.factory_register AS f
        WHERE f.province_code = %(code)s AND f.status = 'operating'
    """,
    # A year's award is of that year; all that were ever given are counted.
    "awards": """
        SELECT count(*) FROM published.industry_awards
        WHERE province_code = %(code)s AND year <= extract(year FROM %(day)s::date)
    """,
    "projects": _valid("projects"),
    "complaints": """
        -- Of the months that are shown; a row without a value where months were released, and
        -- each withholds the province or counts it with others.
        SELECT sum(homes) FILTER (WHERE area = 'province' AND code = %(code)s)::bigint
        FROM published.complaint_months
        WHERE observed_at >= %(since)s AND observed_at < %(until)s
        HAVING count(*) > 0
    """,
    "incidents": _during("incidents", "count(*)"),
    "service_points": _valid("service_points"),
    "hotspots": """
        SELECT coalesce(sum(count), 0)::bigint FROM published.hotspot_province_days
        WHERE province_code = %(code)s AND day > %(first_day)s AND day <= %(day)s
    """,
    "pm25_days": """
        SELECT max(s.above)
        FROM (
            SELECT count(*) FILTER (WHERE d.pm25_24h > %(standard)s) AS above
            FROM published.air_station_places AS s
            JOIN published.air_station_days AS d USING (station_id)
            WHERE s.province_code = %(code)s AND d.day > %(first_day)s AND d.day <= %(day)s
                AND d.pm25_24h IS NOT NULL
            GROUP BY s.station_id
        ) AS s
    """,
    "green": """
        SELECT count(DISTINCT f.id)
        FROM published.factory_register AS f
        JOIN published.factory_certificates AS c ON c.factory_id = f.id
        WHERE f.province_code = %(code)s AND f.status = 'operating' AND c.issued_on <= %(day)s
            AND coalesce(c.expires_on >= %(day)s, true)
    """,
    "tco2e": """
        SELECT tco2e, year FROM published.carbon
        WHERE province_code = %(code)s AND year < extract(year FROM %(day)s::date)
        ORDER BY year DESC LIMIT 1
    """,
    "community_products": _valid("community_products"),
    "trained": _during("training", "coalesce(sum(participants), 0)::bigint"),
    "loans": """
        SELECT loans, year FROM published.sme_fund
        WHERE province_code = %(code)s AND year <= extract(year FROM %(day)s::date)
        ORDER BY year DESC LIMIT 1
    """,
}


def _dates(view: str, first: str, last: str) -> str:
    return f"SELECT min({first}), max({last}) FROM published.{view} AS r"


_OBSERVED = "(r.observed_at AT TIME ZONE 'Asia/Bangkok')::date"
_FROM_START = "r.starts_on", "NULL::date"

# Of the whole country the first day of which anything is known and, of what happens, the newest: a
# register is as new as its last reading. A figure that has its own year is not here.
SPANS: Mapping[str, str] = {
    "awards": _dates("industry_awards", "make_date(r.year, 1, 1)", "NULL::date"),
    "projects": _dates("projects", *_FROM_START),
    "complaints": _dates(
        "complaint_months", _OBSERVED, f"({_OBSERVED} + INTERVAL '1 month - 1 day')::date"
    ),
    "incidents": _dates("incidents", _OBSERVED, _OBSERVED),
    "service_points": _dates("service_points", *_FROM_START),
    "hotspots": _dates("hotspot_province_days", "r.day", "r.day"),
    "pm25_days": _dates("air_station_days", "r.day", "r.day"),
    "green": _dates("factory_certificates", "r.issued_on", "NULL::date"),
    "community_products": _dates("community_products", *_FROM_START),
    "trained": _dates("training", _OBSERVED, _OBSERVED),
}
