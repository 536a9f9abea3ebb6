"""Statements about what caused complaints: what is read, whether anything is due, what is kept."""

# Whether a Run of what it reads has ended since the last good pass began, something was reported or
# decided since (functions/news.sql), or there are complaints that it did not answer, or should not
# have.
IS_DUE = """
    WITH last_pass AS (
        SELECT max(p.started_at) AS began FROM run AS p
        WHERE p.source = %(name)s AND p.status = 'succeeded'
    )
    SELECT
        NOT EXISTS (SELECT FROM complaint_attribution AS a WHERE a.method = %(method)s)
        OR EXISTS (
            SELECT FROM run AS r, last_pass AS p
            WHERE r.status = 'succeeded' AND r.finished_at > p.began
                AND r.source = ANY (%(inputs)s)
        )
        OR EXISTS (SELECT FROM analysis_news AS n WHERE n.analysis = %(name)s)
        OR EXISTS (
            SELECT FROM complaint AS c
            LEFT JOIN complaint_attribution AS a ON a.complaint_id = c.id
            WHERE (c.geom IS NOT NULL AND NOT c.is_spam) = (a.complaint_id IS NULL)
        )
"""
# Before anything is read: what is committed from now on is news to the next pass.
TAKE_NEWS = "DELETE FROM analysis_news WHERE analysis = %(name)s"

# What was answered of the wind may no longer be.
HAS_ANSWERS = "SELECT EXISTS (SELECT FROM complaint_attribution WHERE reason IS NULL)"

COMPLAINTS = """
    SELECT c.id, ST_X(c.geom), ST_Y(c.geom),
        extract(epoch FROM coalesce(c.happened_at, c.reported_at))::float8,
        coalesce(c.category, '')
    FROM complaint AS c
    WHERE c.geom IS NOT NULL AND NOT c.is_spam
    ORDER BY c.id
"""

# What stands still emits nothing; of a place known to a district alone no direction is known.
FACTORIES = """
    SELECT f.id, ST_X(f.geom), ST_Y(f.geom), coalesce(f.factory_class, '')
    FROM factory AS f
    WHERE f.geom IS NOT NULL AND f.status = 'operating'
    ORDER BY f.id
"""

STATIONS = """
    SELECT s.id, ST_X(s.geom), ST_Y(s.geom)
    FROM air_station AS s
    WHERE s.geom IS NOT NULL AND s.kind IS DISTINCT FROM 'model'
        AND EXISTS (
            SELECT FROM air_measurement AS m
            WHERE m.station_id = s.id AND m.wind_speed_m_s IS NOT NULL AND NOT m.forecast
        )
    ORDER BY s.id
"""

# One value of an hour, which ends where the next begins.
WINDS = """
    SELECT m.station_id, ceil(extract(epoch FROM m.observed_at) / 3600)::bigint AS hour,
        avg(m.wind_speed_m_s)::float8, (array_agg(m.wind_from_deg ORDER BY m.observed_at DESC))[1]
    FROM air_measurement AS m
    WHERE m.wind_speed_m_s IS NOT NULL AND NOT m.forecast
    GROUP BY m.station_id, hour
"""

STAGE = """
    CREATE TEMPORARY TABLE attributed (LIKE complaint_attribution) ON COMMIT DROP;
    CREATE TEMPORARY TABLE candidate (LIKE complaint_candidate) ON COMMIT DROP
"""

COPY_ATTRIBUTED = """
    COPY attributed (
        complaint_id, reason, none_single, none_pooled, others, others_single, others_pooled,
        wind_speed_m_s, wind_from_deg, wind_age_h, station_m, method, computed_at, run_id
    ) FROM STDIN (FORMAT csv)
"""

COPY_CANDIDATES = """
    COPY candidate (
        complaint_id, factory_id, distance_m, bearing_deg, share_before, share_single,
        share_pooled, leads
    ) FROM STDIN (FORMAT csv)
"""

FORGET = "DELETE FROM complaint_attribution"

KEEP = """
    INSERT INTO complaint_attribution (
        complaint_id, reason, none_single, none_pooled, others, others_single, others_pooled,
        wind_speed_m_s, wind_from_deg, wind_age_h, station_m, method, computed_at, run_id
    )
    SELECT
        a.complaint_id, a.reason, a.none_single, a.none_pooled, a.others, a.others_single,
        a.others_pooled, a.wind_speed_m_s, a.wind_from_deg, a.wind_age_h, a.station_m, a.method,
        a.computed_at, a.run_id
    FROM attributed AS a
    ORDER BY a.complaint_id
"""

KEEP_CANDIDATES = """
    INSERT INTO complaint_candidate (
        complaint_id, factory_id, distance_m, bearing_deg, share_before, share_single,
        share_pooled, leads
    )
    SELECT
        c.complaint_id, c.factory_id, c.distance_m, c.bearing_deg, c.share_before, c.share_single,
        c.share_pooled, c.leads
    FROM candidate AS c
    ORDER BY c.complaint_id, c.factory_id
"""
