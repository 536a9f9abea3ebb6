"""Statements about the work list, as staff: each sees what its credential opens."""

# A provider's report of what no factory does has no category, and is nobody's case.
_OPEN = (
    "c.closed_at IS NULL AND NOT c.is_spam AND c.duplicate_of IS NULL AND c.category IS NOT NULL"
)

DISTRICTS = f"""
    SELECT d.code, d.name_th, d.name_en, d.province_code, count(*)
    FROM complaint AS c JOIN published.districts AS d ON d.code = c.district_code
    WHERE {_OPEN}
    GROUP BY d.code, d.name_th, d.name_en, d.province_code
    ORDER BY count(*) DESC, d.code
"""

DISTRICT = """
    SELECT name_th, name_en, province_code FROM published.districts WHERE code = %(district)s
"""

# In a plane about the middle of the cases: at 50 km from it 250 m are wrong by 3 mm. Density-based
# clustering with one member as enough joins whatever is linked by steps within the distance.
CASES = f"""
    WITH open AS MATERIALIZED (
        SELECT c.id, c.category, c.state, c.received_at, c.strength, c.address, c.assigned_to,
            c.geom
        FROM complaint AS c
        WHERE c.district_code = %(district)s AND {_OPEN}
            AND (%(team)s::bigint IS NULL OR coalesce(c.assigned_to, %(team)s) = %(team)s)
    ), middle AS (
        SELECT concat(
            '+proj=aeqd +datum=WGS84 +units=m +lat_0=', avg(ST_Y(geom)), ' +lon_0=', avg(ST_X(geom))
        ) AS plane
        FROM open WHERE geom IS NOT NULL
    )
    SELECT id, category, state, received_at, strength, address, assigned_to, ST_X(geom), ST_Y(geom),
        CASE WHEN geom IS NOT NULL THEN ST_ClusterDBSCAN(
            ST_Transform(geom, (SELECT plane FROM middle)), %(within_m)s, 1
        ) OVER (PARTITION BY geom IS NULL, category) END
    FROM open
    ORDER BY received_at, id
"""

# By the newest visit of each case, or of each factory.
SHARES = """
    SELECT complaint_id, factory_id, share_pooled
    FROM complaint_candidate WHERE complaint_id = ANY (%(complaints)s)
"""

VISITS = """
    SELECT DISTINCT ON (about) about, id, visited_at, finding, heads
    FROM (
        SELECT 'case ' || complaint_id AS about, id, visited_at, finding, heads
        FROM inspection WHERE complaint_id = ANY (%(complaints)s)
        UNION ALL
        SELECT 'factory ' || factory_id, id, visited_at, finding, heads
        FROM inspection WHERE factory_id = ANY (%(factories)s)
    ) AS visits
    WHERE visited_at IS NOT NULL
    ORDER BY about, visited_at DESC, id
"""

# Of cases whose category has one.
DEADLINES = """
    SELECT c.id, (c.received_at + make_interval(secs => d.hours * 3600)) AT TIME ZONE 'Asia/Bangkok'
    FROM complaint AS c
    CROSS JOIN LATERAL (
        SELECT hours FROM complaint_deadline
        WHERE category IN (c.category, '*') ORDER BY category = '*' LIMIT 1
    ) AS d
    WHERE c.id = ANY (%(complaints)s)
"""

ORDERS = """
    SELECT complaint_id, order_due_on, order_number FROM inspection
    WHERE complaint_id = ANY (%(complaints)s) AND order_due_on IS NOT NULL
    ORDER BY order_due_on
"""
