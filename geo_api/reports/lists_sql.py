"""Statements of the lists of places and factories."""

from collections.abc import Mapping, Sequence

from psycopg2.sql import SQL, Composed

PROVINCES = """
    SELECT code, name_th, name_en, region, NULL, NULL, NULL FROM published.provinces
"""
DISTRICTS = """
    SELECT d.code, d.name_th, d.name_en, NULL, p.code, p.name_th, p.name_en
    FROM published.districts AS d
    LEFT JOIN published.provinces AS p ON p.code = d.province_code
"""
TOWNS_AND_ESTATES = """
    SELECT t.id, t.name_th, t.name_th, NULL, t.province_code, t.province_th, t.province_en
    FROM published.eco_towns AS t
    UNION ALL
    SELECT e.id, e.name_th, e.name_th, NULL, p.code, p.name_th, p.name_en
    FROM published.industrial_estates AS e
    LEFT JOIN LATERAL (
        SELECT a.code, a.name_th, a.name_en
        FROM published.provinces AS a
        WHERE ST_Intersects(a.geom, e.geom)
        ORDER BY a.code
        LIMIT 1
    ) AS p ON true
    WHERE e.location_note IS DISTINCT FROM 'office'
"""

# Of the places %(codes)s: hotspots of [%(since)s, %(at)s), factories that operate, and those of
# them with fires upwind on %(day)s. A province's factories are those that the register puts there.
PROVINCE_NUMBERS = """
    SELECT
        a.code,
        (
            SELECT coalesce(sum(h.count), 0)::bigint FROM published.hotspot_province_days AS h
            WHERE h.province_code = a.code
                AND h.day > %(day)s::date - 7 AND h.day <= %(day)s
        ),
        coalesce(f.count, 0),
        (
            SELECT count(*) FROM published.factory_upwind_days AS u
            WHERE u.day = %(day)s AND u.province_code = a.code
        ),
        coalesce(c.certified, 0),
        (
            SELECT c.tco2e FROM published.carbon AS c
            WHERE c.province_code = a.code AND c.year < extract(year FROM %(day)s::date)
            ORDER BY c.year DESC
            LIMIT 1
        )
    FROM published.provinces AS a
    LEFT JOIN published.operating_factory_counts AS f ON f.province_code = a.code
    LEFT JOIN (
        SELECT province_code, count(*) AS certified
        FROM published.certified_periods
        WHERE since <= %(day)s AND until > %(day)s
        GROUP BY province_code
    ) AS c ON c.province_code = a.code
    WHERE a.code = ANY(%(codes)s)
"""
DISTRICT_NUMBERS = """
    SELECT
        a.code,
        (
            SELECT coalesce(sum(h.count), 0)::bigint FROM published.hotspot_district_days AS h
            WHERE h.district_code = a.code
                AND h.day > %(day)s::date - 7 AND h.day <= %(day)s
        ),
        coalesce(f.count, 0),
        coalesce(u.count, 0)
    FROM published.districts AS a
    LEFT JOIN published.district_factory_counts AS f ON f.district_code = a.code
    LEFT JOIN (
        SELECT d.code, count(*) AS count
        FROM (
            SELECT geom FROM published.factory_upwind_days WHERE day = %(day)s OFFSET 0
        ) AS u
        JOIN published.districts AS d ON ST_Intersects(d.geom, u.geom)
        WHERE d.code = ANY(%(codes)s)
        GROUP BY d.code
    ) AS u ON u.code = a.code
    WHERE a.code = ANY(%(codes)s)
"""
TOWN_AND_ESTATE_NUMBERS = """
    SELECT
        a.code,
        (
            SELECT count(*) FROM published.hotspots AS h
            WHERE h.geom && a.geom AND ST_Intersects(a.geom, h.geom)
                AND h.observed_at >= %(since)s AND h.observed_at < %(at)s
                AND h.heat_source IS DISTINCT FROM 'industrial_static'
        ),
        (
            SELECT count(*) FROM published.factories AS f
            WHERE f.geom && a.geom AND ST_Intersects(a.geom, f.geom) AND f.status = 'operating'
        ),
        (
            SELECT count(*) FROM published.factory_upwind_days AS u
            WHERE u.day = %(day)s AND u.geom && a.geom AND ST_Intersects(a.geom, u.geom)
        ),
        a.level, a.target_level
    FROM (
        SELECT
            t.id AS code,
            coalesce(o.geom, ST_Buffer(t.geom::geography, %(estate_m)s)::geometry) AS geom,
            t.level, t.target_level
        FROM published.eco_towns AS t
        LEFT JOIN published.eco_town_areas AS o ON o.id = t.id
        WHERE t.id = ANY(%(codes)s)
        UNION ALL
        SELECT id, ST_Buffer(geom::geography, %(estate_m)s)::geometry, NULL, NULL
        FROM published.industrial_estates
        WHERE id = ANY(%(codes)s)
        OFFSET 0
    ) AS a
"""
RECKONED = "SELECT EXISTS (SELECT FROM published.upwind_coverage WHERE day = %(day)s)"

# What a factory is sorted by, and the join that gives it where it is no column of the register.
_SORTED_BY: Mapping[str, tuple[SQL, SQL]] = {
    "name": (SQL("r.name"), SQL("")),
    "registration_no": (SQL("r.registration_no"), SQL("")),
    "kind": (SQL("coalesce(r.kind, r.product)"), SQL("")),
    "status": (SQL("r.status"), SQL("")),
    "workers": (SQL("r.workers"), SQL("")),
    "horsepower": (SQL("r.horsepower"), SQL("")),
    "province": (
        SQL("p.name_th"),
        SQL("LEFT JOIN published.provinces AS p ON p.code = r.province_code"),
    ),
    "level": (
        SQL("c.level"),
        SQL(
            """LEFT JOIN (
                SELECT factory_id, max(level) AS level
                FROM published.factory_certificates
                WHERE issued_on <= %(day)s AND coalesce(expires_on >= %(day)s, true)
                GROUP BY factory_id
            ) AS c ON c.factory_id = r.id"""
        ),
    ),
    "upwind": (
        SQL("u.fires"),
        SQL(
            "LEFT JOIN published.factory_upwind_days AS u"
            " ON u.factory_id = r.id AND u.day = %(day)s"
        ),
    ),
}
FACTORY_COLUMNS = tuple(_SORTED_BY)


def factories(words: Sequence[str], sort: str, *, falling: bool) -> Composed:
    """A page of %(limit)s factories from %(first)s on, each with %(word_0)s and so on in its name
    or registration number; what is not known comes last."""
    by, join = _SORTED_BY[sort]
    order = SQL(" DESC NULLS LAST") if falling else SQL("")
    return SQL(
        """
        SELECT
            r.id, r.name, p.code, p.name_th, p.name_en, r.registration_no,
            coalesce(r.kind, r.product), r.status, r.workers, r.horsepower, level.highest,
            CASE WHEN u.fires IS NOT NULL THEN u.fires WHEN v.judged = v.factories THEN 0 END
        FROM (
            SELECT
                r.id, r.name, r.registration_no, r.kind, r.product, r.status, r.workers,
                r.horsepower, r.province_code, {by} AS sorted_by
            FROM published.factory_register AS r
            {join}
            WHERE {words}
            ORDER BY {by}{order}, r.id
            LIMIT %(limit)s OFFSET %(first)s
        ) AS r
        LEFT JOIN published.provinces AS p ON p.code = r.province_code
        LEFT JOIN published.factory_upwind_days AS u
            ON u.factory_id = r.id AND u.day = %(day)s
        LEFT JOIN published.upwind_coverage AS v
            ON v.province_code = r.province_code AND v.day = %(day)s
        LEFT JOIN LATERAL (
            SELECT max(c.level) AS highest
            FROM published.factory_certificates AS c
            WHERE c.factory_id = r.id AND c.issued_on <= %(day)s
                AND coalesce(c.expires_on >= %(day)s, true)
        ) AS level ON true
        ORDER BY r.sorted_by{order}, r.id
        """
    ).format(by=by, join=join, order=order, words=_having(words))


def matching(words: Sequence[str]) -> Composed:
    """How many factories there are with all the words."""
    return SQL("SELECT count(*) FROM published.factory_register AS r WHERE {}").format(
        _having(words)
    )


def _having(words: Sequence[str]) -> Composed:
    has = SQL("(r.name ILIKE %({0})s OR r.registration_no ILIKE %({0})s)")
    each = [has.format(SQL(word)) for word in (f"word_{n}" for n in range(len(words)))]
    return SQL(" AND ").join(each) if each else SQL("true").format()
