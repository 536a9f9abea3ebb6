"""Statements about the readings of stations that the PM2.5 surfaces are made from.

A reading carries the time at which its hour ends: that of midnight is of the day before.
"""

NEWEST_READING = """
    SELECT m.observed_at
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND (m.pm25_24h IS NOT NULL OR m.pm25_1h IS NOT NULL)
        AND s.kind IN ('ground', 'mobile')
    ORDER BY m.observed_at DESC
    LIMIT 1
"""

# Stations within some fifty metres tell of one place, and are one `site`, named and placed as the
# first of them: what stands twice would weigh twice, and tell of itself when it is left out.
SITES = """
    site AS MATERIALIZED (
        SELECT
            s.id AS station_id,
            first_value(s.id) OVER beside AS site,
            first_value(ST_X(s.geom)) OVER beside AS lon,
            first_value(ST_Y(s.geom)) OVER beside AS lat,
            bool_or(s.source = 'demo') OVER (PARTITION BY ST_SnapToGrid(s.geom, 0.0005))
                AS simulated
        FROM air_station AS s
        WHERE s.kind IN ('ground', 'mobile') AND s.geom IS NOT NULL
        WINDOW beside AS (PARTITION BY ST_SnapToGrid(s.geom, 0.0005) ORDER BY s.id)
    )
"""

# Of readings `m` of stations `s`: how many, the newest Run, and what changes with any value.
FINGERPRINT = """concat_ws(
    '.', count(*), max(m.run_id),
    bit_xor(hash_record_extended(
        ROW(m.station_id, m.observed_at, m.pm25_1h, m.pm25_24h, s.lon, s.lat), 0
    ))
)"""

# The days to %(last)s, or %(day)s alone, of which any station measured anything: how many sites
# have a mean of it, as SITE_MEANS reckons it, and what that follows from.
READ_DAYS = (
    "CREATE TEMPORARY TABLE read_day ON COMMIT DROP AS WITH"
    + SITES
    + """
    , of_station AS (
        SELECT
            r.day, s.site,
            count(*) FILTER (WHERE m.pm25_1h >= 0) >= %(least_hours)s
                OR bool_or(
                    m.pm25_24h >= 0 AND r.ends_at >= r.day + make_interval(hours => %(least_hours)s)
                ) AS has_mean,
            """
    + FINGERPRINT
    + """ AS fingerprint
        FROM air_measurement AS m
        JOIN site AS s ON s.station_id = m.station_id
        CROSS JOIN LATERAL (
            SELECT m.observed_at AT TIME ZONE 'Asia/Bangkok' AS ends_at,
                (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 second')::date AS day
        ) AS r
        WHERE NOT m.forecast AND (m.pm25_1h >= 0 OR m.pm25_24h >= 0)
            AND m.observed_at <= (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'
            AND (
                %(day)s::date IS NULL
                OR m.observed_at > %(day)s::date::timestamp AT TIME ZONE 'Asia/Bangkok'
            )
        GROUP BY r.day, s.site, m.station_id
    )
    SELECT
        o.day, count(DISTINCT o.site) FILTER (WHERE o.has_mean) AS sites,
        md5(string_agg(o.fingerprint, ',' ORDER BY o.fingerprint)) AS fingerprint
    FROM of_station AS o
    GROUP BY o.day
    """
)

# Surfaces of days whose readings were taken back tell of nothing.
FORGET_DAYS = """
    DELETE FROM raster AS k
    WHERE k.layer = %(layer)s AND k.hour IS NULL AND k.day <= %(last)s AND NOT EXISTS (
        SELECT FROM read_day AS r WHERE r.day = k.day AND r.sites >= %(least_stations)s
    )
"""

# The %(most)s newest of the days whose readings are not those that their surface was made from, or
# by another version of the method, oldest first; or %(day)s, whatever there is of it.
DUE_DAYS = """
    SELECT d.day, d.fingerprint
    FROM (
        SELECT r.day, r.fingerprint
        FROM read_day AS r
        LEFT JOIN raster AS k ON k.layer = %(layer)s AND k.day = r.day
        WHERE r.sites >= %(least_stations)s AND (
            %(day)s::date IS NOT NULL OR k.day IS NULL OR k.version IS DISTINCT FROM %(version)s
            OR k.fingerprint IS DISTINCT FROM r.fingerprint
        )
        ORDER BY r.day DESC
        LIMIT %(most)s
    ) AS d
    ORDER BY d.day
"""

SITES_OF_DAY = "SELECT coalesce(max(r.sites), 0) FROM read_day AS r WHERE r.day = %(day)s"

HAS_ANY = "SELECT EXISTS (SELECT FROM raster WHERE layer = %(layer)s)"

# Of a station's own hours if there are enough of them; else its running mean at an hour so late
# that as many of the hours behind it are of that day. Of a site the mean of its stations. `slot` is
# the place of the day in %(days)s.
SITE_MEANS = (
    "WITH"
    + SITES
    + """
    , asked AS (
        SELECT
            d.day, d.place - 1 AS slot, d.day::timestamp AT TIME ZONE 'Asia/Bangkok' AS start_at
        FROM unnest(%(days)s::date[]) WITH ORDINALITY AS d (day, place)
    ), daily AS (
        SELECT
            m.station_id,
            q.slot,
            avg(m.pm25_1h) FILTER (WHERE m.pm25_1h >= 0) AS mean_of_hours,
            count(*) FILTER (WHERE m.pm25_1h >= 0) AS hours,
            (array_agg(m.pm25_24h ORDER BY m.observed_at DESC) FILTER (
                WHERE m.pm25_24h >= 0
                    AND m.observed_at >= q.start_at + make_interval(hours => %(least_hours)s)
            ))[1] AS running_mean
        FROM air_measurement AS m
        JOIN asked AS q
            ON q.day = (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 second')::date
        WHERE NOT m.forecast
            AND m.observed_at > (SELECT min(start_at) FROM asked)
            AND m.observed_at <= (SELECT max(start_at) + INTERVAL '1 day' FROM asked)
        GROUP BY m.station_id, q.slot
    )
    SELECT
        s.site, s.lon, s.lat, s.simulated, d.slot,
        avg(CASE WHEN d.hours >= %(least_hours)s THEN d.mean_of_hours ELSE d.running_mean END)
            AS mean
    FROM daily AS d
    JOIN site AS s ON s.station_id = d.station_id
    WHERE d.hours >= %(least_hours)s OR d.running_mean IS NOT NULL
    GROUP BY s.site, s.lon, s.lat, s.simulated, d.slot
    ORDER BY s.site, d.slot
    """
)
