"""Statements about the single hours that stations measured."""

from geo_api.analyses.pm25_surface_sql import FINGERPRINT, SITES

# The newest hour of which a station has PM2.5.
NEWEST_HOUR = """
    SELECT m.observed_at
    FROM air_measurement AS m
    JOIN air_station AS s ON s.id = m.station_id
    WHERE NOT m.forecast AND m.pm25_1h IS NOT NULL AND s.kind IN ('ground', 'mobile')
    ORDER BY m.observed_at DESC
    LIMIT 1
"""
NEWEST_SURFACE = """
    SELECT max((r.day + make_interval(hours => r.hour)) AT TIME ZONE 'Asia/Bangkok')
    FROM raster AS r
    WHERE r.layer = %(layer)s AND r.hour IS NOT NULL
"""

# The hours that end after %(after)s and up to %(until)s of which sites enough measured.
READ_HOURS = (
    "CREATE TEMPORARY TABLE read_hour ON COMMIT DROP AS WITH"
    + SITES
    + """
    SELECT
        (m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 hour')::date AS day,
        extract(hour FROM m.observed_at AT TIME ZONE 'Asia/Bangkok' - INTERVAL '1 hour')::int + 1
            AS hour,
        """
    + FINGERPRINT
    + """ AS fingerprint
    FROM air_measurement AS m
    JOIN site AS s ON s.station_id = m.station_id
    WHERE NOT m.forecast AND m.pm25_1h >= 0
        AND m.observed_at > %(after)s AND m.observed_at <= %(until)s
        AND date_trunc('hour', m.observed_at) = m.observed_at
    GROUP BY m.observed_at
    HAVING count(DISTINCT s.site) >= %(least_stations)s
    """
)

# Of these hours all, or without %(all)s those whose readings are not those that their surface was
# made from, or by another version.
DUE_HOURS = """
    SELECT r.day, r.hour, r.fingerprint
    FROM read_hour AS r
    LEFT JOIN raster AS k ON k.layer = %(layer)s AND (k.day, k.hour) = (r.day, r.hour)
    WHERE %(all)s OR k.day IS NULL OR k.version IS DISTINCT FROM %(version)s
        OR k.fingerprint IS DISTINCT FROM r.fingerprint
    ORDER BY r.day, r.hour
"""

# Of the same time, surfaces whose readings were taken back.
FORGET_HOURS = """
    DELETE FROM raster AS k
    WHERE k.layer = %(layer)s
        AND (k.day + make_interval(hours => k.hour)) AT TIME ZONE 'Asia/Bangkok' > %(after)s
        AND (k.day + make_interval(hours => k.hour)) AT TIME ZONE 'Asia/Bangkok' <= %(until)s
        AND NOT EXISTS (
            SELECT FROM read_hour AS r WHERE (r.day, r.hour) = (k.day, k.hour)
        )
"""

# `slot` is the place of the hour in %(ends)s; of a site the mean of its stations.
SITE_HOURS = (
    "WITH"
    + SITES
    + """
    SELECT s.site, s.lon, s.lat, s.simulated, q.place - 1 AS slot, avg(m.pm25_1h)
    FROM unnest(%(ends)s::timestamptz[]) WITH ORDINALITY AS q (ends_at, place)
    JOIN air_measurement AS m ON m.observed_at = q.ends_at
    JOIN site AS s ON s.station_id = m.station_id
    WHERE NOT m.forecast AND m.pm25_1h >= 0
    GROUP BY s.site, s.lon, s.lat, s.simulated, q.place
    ORDER BY s.site, slot
    """
)
