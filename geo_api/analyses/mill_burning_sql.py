"""Statements about sugar mills: which there are, fires by zone and day, and periods of seasons."""

from geo_api.analyses.replacing_sql import replacing

# Those that are mills by their class or a number of the list, or that declared what they crushed.
MILLS = """
    SELECT f.id, f.fid, f.registration_no, f.name, f.province_code, ST_X(f.geom), ST_Y(f.geom),
        f.source
    FROM factory AS f
    WHERE f.status <> 'struck_off' AND (
        f.factory_class = %(mill_class)s OR f.fid = ANY (%(fids)s)
        OR f.registration_no LIKE '%%11(3)-%%'
        OR f.id IN (SELECT i.mill_ref FROM mill_intake AS i)
        OR f.fid IN (SELECT i.mill_ref FROM mill_intake AS i)
        OR f.registration_no IN (SELECT i.mill_ref FROM mill_intake AS i)
    )
    ORDER BY f.geom IS NULL, f.id
"""
DECLARED_MILLS = """
    SELECT mill_ref FROM mill_intake UNION SELECT mill_ref FROM mill_zone ORDER BY mill_ref
"""
# A register that is no simulation: of its mills it then knows the place, or does not.
HAS_REGISTER = "SELECT EXISTS (SELECT FROM factory WHERE source <> 'demo')"

FORGET_ALL = """
    DELETE FROM mill_fire_day;
    DELETE FROM mill_fire_state;
    DELETE FROM mill_burning;
    DELETE FROM mill
"""
FORGET_MILLS = "DELETE FROM mill WHERE mill_ref <> ALL (%(refs)s)"
KEEP_MILLS = """
    INSERT INTO mill AS m (
        mill_ref, factory_id, name, province_code, geom, zone, source, run_id
    ) VALUES %s
    ON CONFLICT (mill_ref) DO UPDATE SET
        factory_id = excluded.factory_id, name = excluded.name,
        province_code = excluded.province_code, geom = excluded.geom, zone = excluded.zone,
        source = excluded.source, run_id = excluded.run_id
    WHERE (m.factory_id, m.name, m.province_code, m.geom::text, m.zone::text, m.source)
        IS DISTINCT FROM (
            excluded.factory_id, excluded.name, excluded.province_code, excluded.geom::text,
            excluded.zone::text, excluded.source
        )
"""
MILL_TEMPLATE = """(
    %s, %s, %s, %s, ST_SetSRID(ST_MakePoint(%s, %s), 4326), ST_GeomFromWKB(%s, 4326), %s, %s
)"""
DECLARED_ZONES = """
    SELECT mill_ref, season, ST_AsBinary(geom) FROM mill_zone ORDER BY mill_ref, season
"""

# Of each day with fires on cane land what they are known by. Where only a window of days is known,
# no day has them.
_CANE = """
    h.land_use = %(land_use)s AND h.heat_source IS DISTINCT FROM 'industrial_static' AND (
        h.time_precision <> 'window'
        OR report_day(coalesce(h.acquired_from, h.acquired_at)) = report_day(h.acquired_at)
    )
"""
DUE_DAYS = (
    """
    WITH now_known AS (
        SELECT report_day(h.acquired_at) AS day,
            md5(
                %(zones)s || count(*) || ':'
                || sum(hashtext(h.id || ':' || coalesce(m.event_id, ''))::bigint)
            ) AS fingerprint
        FROM hotspot AS h
        LEFT JOIN fire_event_member AS m ON m.hotspot_id = h.id
        WHERE """
    + _CANE
    + """
        GROUP BY 1
    )
    SELECT coalesce(n.day, s.day), n.fingerprint
    FROM now_known AS n
    FULL JOIN mill_fire_state AS s ON s.day = n.day
    WHERE %(anew)s OR n.fingerprint IS DISTINCT FROM s.fingerprint
    ORDER BY 1
    """
)
# Each fire event where the middles of its squares of a hundredth of a degree have theirs; and each
# square in which no detection is of an event.
FIRES = (
    """
    WITH square AS (
        SELECT DISTINCT day, x, y, event_id
        FROM (
            SELECT report_day(h.acquired_at) AS day, floor(ST_X(h.geom) * 100)::integer AS x,
                floor(ST_Y(h.geom) * 100)::integer AS y, m.event_id
            FROM hotspot AS h
            LEFT JOIN fire_event_member AS m ON m.hotspot_id = h.id
            WHERE h.acquired_at >= %(start)s AND h.acquired_at < %(end)s AND """
    + _CANE
    + """
        ) AS c
        WHERE day = ANY (%(days)s)
    ), fire AS (
        SELECT day, avg(x) AS x, avg(y) AS y
        FROM square WHERE event_id IS NOT NULL
        GROUP BY day, event_id
        UNION ALL
        SELECT day, x, y FROM square GROUP BY day, x, y HAVING count(event_id) = 0
    )
    SELECT day, ((x + 0.5) / 100)::float8 AS lon, ((y + 0.5) / 100)::float8 AS lat
    FROM fire
    ORDER BY day, lon, lat
    """
)
FORGET_DAYS = """
    DELETE FROM mill_fire_day WHERE day = ANY (%(days)s);
    DELETE FROM mill_fire_state WHERE day = ANY (%(days)s)
"""
KEEP_FIRES = """
    INSERT INTO mill_fire_day (day, mill_ref, fires, variance, nearest, run_id) VALUES %s
"""
KEEP_STATE = "INSERT INTO mill_fire_state (day, fingerprint, method, run_id) VALUES %s"

OPENINGS = "SELECT season, opened_on FROM cane_season WHERE opened_on IS NOT NULL ORDER BY season"

# A season lasts to its closing; where that is not found as long as the longest that is known, or as
# somebody declares intake; and to the newest day of which there are detections, if it is under way.
_WINDOWS = """
    newest AS (
        SELECT max(day) AS day FROM hotspot_day_count
    ), longest AS (
        SELECT max(closed_on - opened_on) AS days FROM cane_season
    ), season AS (
        SELECT s.season, s.opened_on, s.daily_cap_pct, s.season_cap_pct,
            lead(s.opened_on) OVER (ORDER BY s.season) - 1 AS before_next,
            coalesce(s.closed_on, greatest(s.opened_on + l.days, t.last_day)) AS ends_on,
            CASE WHEN s.closed_on IS NOT NULL THEN 'closing'
                WHEN t.last_day > s.opened_on + l.days OR l.days IS NULL THEN 'intake'
                ELSE 'longest' END AS end_known_by
        FROM cane_season AS s
        CROSS JOIN longest AS l
        LEFT JOIN (
            SELECT season, max(last_day) AS last_day FROM mill_intake GROUP BY season
        ) AS t ON t.season = s.season
        WHERE s.opened_on IS NOT NULL
    ), area AS (
        SELECT * FROM unnest(%(provinces)s::text[], %(regions)s::text[]) AS a (province, region)
    ), mill_season AS (
        SELECT m.mill_ref, m.geom IS NOT NULL AS is_placed, s.season,
            coalesce(p.opened_on, r.opened_on, s.opened_on) AS first_day,
            least(s.ends_on, s.before_next, n.day) AS last_day,
            CASE WHEN n.day < least(s.ends_on, s.before_next) THEN 'now' ELSE s.end_known_by END
                AS end_known_by,
            s.daily_cap_pct, s.season_cap_pct, m.source
        FROM mill AS m
        CROSS JOIN season AS s
        CROSS JOIN newest AS n
        LEFT JOIN cane_opening AS p ON p.season = s.season AND p.area = m.province_code
        LEFT JOIN area AS a ON a.province = m.province_code
        LEFT JOIN cane_opening AS r ON r.season = s.season AND r.area = a.region
        WHERE s.opened_on <= n.day
    )
"""
# Seasons of which there is anything at all: fires, or what a mill declared.
_PERIODS = """
    known_season AS (
        SELECT w.* FROM mill_season AS w
        WHERE w.first_day <= w.last_day AND (
            EXISTS (SELECT FROM mill_intake AS i WHERE i.season = w.season)
            OR EXISTS (
                SELECT FROM mill_fire_day AS f WHERE f.day BETWEEN w.first_day AND w.last_day
            )
        )
    ), half AS (
        SELECT g::date AS first_day, (g + interval '14 days')::date AS last_day
        FROM generate_series('1990-01-01'::timestamp, '2100-01-01', '1 month') AS g
        UNION ALL
        SELECT (g + interval '15 days')::date, (g + interval '1 month')::date - 1
        FROM generate_series('1990-01-01'::timestamp, '2100-01-01', '1 month') AS g
    ), period AS MATERIALIZED (
        SELECT k.mill_ref, k.season, 'season' AS span, k.first_day, k.last_day
        FROM known_season AS k
        UNION ALL
        SELECT k.mill_ref, k.season, 'fortnight', greatest(k.first_day, h.first_day),
            least(k.last_day, h.last_day)
        FROM known_season AS k
        JOIN half AS h ON h.first_day <= k.last_day AND h.last_day >= k.first_day
    )
"""
# A week of what is declared as a sum from the opening on is the difference of two sums of tonnes.
_DECLARED = """
    cumulated AS (
        SELECT i.mill_ref, i.season,
            coalesce(lag(i.last_day) OVER w + 1, least(k.first_day, i.last_day)) AS first_day,
            i.last_day,
            i.fresh_t - coalesce(lag(i.fresh_t) OVER w, 0) AS fresh_t,
            i.burnt_t - coalesce(lag(i.burnt_t) OVER w, 0) AS burnt_t, 1 AS after
        FROM mill_intake AS i
        JOIN known_season AS k USING (mill_ref, season)
        WHERE i.cumulative AND i.fresh_t IS NOT NULL
        WINDOW w AS (PARTITION BY i.mill_ref, i.season ORDER BY i.last_day)
    ), told AS MATERIALIZED (
        SELECT mill_ref, season, first_day, last_day, fresh_t, burnt_t, after FROM cumulated
        UNION ALL
        SELECT mill_ref, season, first_day, last_day, fresh_t, burnt_t, 0
        FROM mill_intake WHERE NOT cumulative
    ), inside AS (
        SELECT p.mill_ref, p.season, p.span, p.first_day AS period, t.first_day, t.last_day,
            t.fresh_t, t.burnt_t,
            max(t.last_day) OVER (
                PARTITION BY p.mill_ref, p.season, p.span, p.first_day
                ORDER BY t.first_day, t.last_day DESC, t.after
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS reached
        FROM period AS p
        JOIN told AS t ON t.mill_ref = p.mill_ref AND t.season = p.season
            AND t.first_day >= p.first_day AND t.last_day <= p.last_day
    ), counted AS (
        -- What another that is longer says too is left out; of the others none may overlap.
        SELECT i.*,
            i.fresh_t < 0 OR i.burnt_t < 0
                OR coalesce(lag(i.last_day) OVER w >= i.first_day, false)
                OR coalesce(lead(i.first_day) OVER w <= i.last_day, false) AS contradicts
        FROM inside AS i
        WHERE i.reached IS NULL OR i.last_day > i.reached
        WINDOW w AS (
            PARTITION BY i.mill_ref, i.season, i.span, i.period ORDER BY i.first_day
        )
    ), declared AS (
        SELECT c.mill_ref, c.season, c.span, c.period,
            sum(c.last_day - c.first_day + 1) AS days, sum(c.fresh_t) AS fresh_t,
            sum(c.burnt_t) AS burnt_t, bool_or(c.contradicts) AS contradicts,
            sum(f.fires) AS fires
        FROM counted AS c
        LEFT JOIN LATERAL (
            SELECT sum(d.fires) AS fires FROM mill_fire_day AS d
            WHERE d.mill_ref = c.mill_ref AND d.day BETWEEN c.first_day AND c.last_day
        ) AS f ON true
        GROUP BY c.mill_ref, c.season, c.span, c.period
    )
"""
# `fires_declared` are those of the days of which there is a declaration.
PERIODS = (
    "WITH "
    + ", ".join((_WINDOWS, _PERIODS, _DECLARED))
    + """, by_day AS (
        SELECT p.mill_ref, p.season, p.span, p.first_day AS period, count(*) AS days,
            count(*) FILTER (
                WHERE i.burnt_t * 100 > k.daily_cap_pct * (i.fresh_t + i.burnt_t)
            ) AS above
        FROM period AS p
        JOIN known_season AS k USING (mill_ref, season)
        JOIN mill_intake AS i ON i.mill_ref = p.mill_ref AND i.season = p.season
            AND NOT i.cumulative AND i.first_day = i.last_day
            AND i.last_day BETWEEN p.first_day AND p.last_day
        GROUP BY p.mill_ref, p.season, p.span, p.first_day
    )
    SELECT
        p.mill_ref, p.season, p.span, p.first_day, p.last_day, k.end_known_by, k.is_placed,
        coalesce(f.fires, 0) AS fires, coalesce(f.variance, 0) AS variance,
        coalesce(f.nearest, 0) AS nearest, coalesce(f.days, 0) AS fire_days,
        coalesce(d.days, 0) AS declared_days,
        CASE WHEN NOT d.contradicts THEN d.fresh_t END AS fresh_t,
        CASE WHEN NOT d.contradicts THEN d.burnt_t END AS burnt_t,
        coalesce(d.contradicts, false) AS contradicts, coalesce(d.fires, 0) AS fires_declared,
        s.burnt_pct AS burnt_pct_told, k.daily_cap_pct, k.season_cap_pct,
        coalesce(b.days, 0) AS days_told,
        CASE WHEN k.daily_cap_pct IS NOT NULL AND b.days > 0 THEN b.above END AS days_above_cap,
        p.first_day >= (SELECT min(day) FROM hotspot_day_count WHERE first_day = day)
            AS is_observed,
        k.source
    FROM period AS p
    JOIN known_season AS k USING (mill_ref, season)
    LEFT JOIN LATERAL (
        SELECT sum(a.fires) AS fires, sum(a.variance) AS variance, sum(a.nearest) AS nearest,
            count(*) AS days
        FROM mill_fire_day AS a
        WHERE a.mill_ref = p.mill_ref AND a.day BETWEEN p.first_day AND p.last_day
    ) AS f ON true
    LEFT JOIN declared AS d ON d.mill_ref = p.mill_ref AND d.season = p.season
        AND d.span = p.span AND d.period = p.first_day
    LEFT JOIN by_day AS b ON b.mill_ref = p.mill_ref AND b.season = p.season
        AND b.span = p.span AND b.period = p.first_day
    LEFT JOIN LATERAL (
        SELECT i.burnt_pct FROM mill_intake AS i
        WHERE i.mill_ref = p.mill_ref AND i.season = p.season AND p.span = 'season'
            AND i.cumulative AND i.fresh_t IS NULL
        ORDER BY i.last_day DESC LIMIT 1
    ) AS s ON true
    ORDER BY p.season, p.span, p.first_day, p.mill_ref
    """
)

COLUMNS = (
    *("mill_ref", "season", "span", "first_day", "last_day", "end_known_by", "fires", "fires_low"),
    *("fires_high", "fires_nearest", "fire_days", "declared", "declared_days", "fresh_t"),
    *("burnt_t", "burnt_pct", "burnt_pct_told", "daily_cap_pct", "season_cap_pct", "days_told"),
    *("days_above_cap", "expected", "residual", "residual_rank", "ranked", "zone_basis"),
    *("abstained", "method", "source", "run_id"),
)
REPLACING = replacing("mill_burning", ("mill_ref", "season", "span", "first_day"), COLUMNS)
