"""Statements that read complaints with their hours, and the winds and concentrations around them;
row-level security decides which complaints there are."""

# As reported where nobody told when it happened. The newest, for no more are needed.
COMPLAINTS = """
    SELECT ST_X(c.geom), ST_Y(c.geom), coalesce(c.happened_at, c.reported_at) AS at
    FROM complaint AS c
    WHERE c.category = %(category)s AND NOT c.is_spam
        AND c.geom && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)
        AND coalesce(c.happened_at, c.reported_at) >= %(since)s
        AND coalesce(c.happened_at, c.reported_at) < %(until)s
    ORDER BY at DESC, c.id LIMIT %(most)s
"""

# Of what has happened: a date that is yet to come is a slip of somebody's pen.
NEWEST = """
    SELECT max(coalesce(c.happened_at, c.reported_at))
    FROM complaint AS c
    WHERE c.category = %(category)s AND NOT c.is_spam
        AND c.geom && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)
        AND coalesce(c.happened_at, c.reported_at) <= %(now)s
"""

ONE = """
    SELECT ST_X(c.geom), ST_Y(c.geom), c.category, c.is_spam,
        coalesce(c.happened_at, c.reported_at)
    FROM complaint AS c WHERE c.id = %(id)s
"""

# Hours that end after the period begins; a reading within an hour is taken for the whole of it.
WINDS = """
    SELECT w.station_id, ST_X(w.geom), ST_Y(w.geom),
        ceil(extract(epoch FROM w.observed_at) / 3600)::bigint, w.speed_m_s, w.from_deg
    FROM published.wind AS w
    WHERE w.geom && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)
        AND w.observed_at > %(since)s AND w.observed_at <= %(until)s
        AND NOT w.forecast AND w.kind IS DISTINCT FROM 'model'
    ORDER BY w.station_id, w.observed_at
"""

CONCENTRATIONS = """
    SELECT q.station_id, ST_X(q.geom), ST_Y(q.geom),
        ceil(extract(epoch FROM q.observed_at) / 3600)::bigint,
        CASE %(pollutant)s
            WHEN 'so2' THEN q.so2_1h WHEN 'no2' THEN q.no2_1h WHEN 'co' THEN q.co_1h
            WHEN 'pm25' THEN q.pm25_1h WHEN 'pm10' THEN q.pm10_1h
        END AS concentration
    FROM published.air_quality AS q
    WHERE q.geom && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326)
        AND q.observed_at > %(since)s AND q.observed_at <= %(until)s
        AND NOT q.forecast AND q.kind IS DISTINCT FROM 'model'
    ORDER BY q.station_id, q.observed_at
"""
