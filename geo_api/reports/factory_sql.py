"""Statements about a factory and what is near it, over published views.

A place is %(lon)s, %(lat)s in WGS84, a period [%(since)s, %(at)s), the wind %(from_deg)s or null.
"""

from psycopg2.sql import SQL

from geo_api.database.prepared_statements import Often

# The factory %(id)s as the register has it, and its province.
FACTORY = Often(
    SQL(
        """
        SELECT
            r.name, r.registration_no, r.factory_group, r.factory_class, r.kind, r.product,
            r.horsepower, r.workers, r.status, r.location_precision, r.doubts, r.estate,
            r.subdistrict_name, r.district_name, ST_X(r.geom), ST_Y(r.geom),
            p.code, p.name_th, p.name_en
        FROM published.factory_register AS r
        LEFT JOIN published.provinces AS p ON p.code = r.province_code
        WHERE r.id = %(id)s
        """
    ).format()
)

CERTIFICATES = Often(
    SQL(
        """
        SELECT level, issued_on, expires_on
        FROM published.factory_certificates
        WHERE factory_id = %(id)s AND issued_on <= %(day)s
        ORDER BY issued_on, level
        """
    ).format()
)

# The halves of months, over by the day, of the newest season of which there are any.
MILL_HALVES = Often(
    SQL(
        """
        SELECT
            h.season, h.daily_cap_pct, h.season_cap_pct, h.first_day, h.last_day, h.fires,
            h.declared, h.fresh_t, h.burnt_t, h.burnt_pct, h.days_told, h.days_above_cap
        FROM published.mill_fortnights AS h
        WHERE h.factory_id = %(id)s AND h.last_day <= %(day)s AND h.season = (
            SELECT max(n.season)
            FROM published.mill_fortnights AS n
            WHERE n.factory_id = %(id)s AND n.last_day <= %(day)s
        )
        ORDER BY h.first_day
        """
    ).format()
)

# The nearest estate of which the point is its own.
ESTATE = Often(
    SQL(
        """
        SELECT name_th, distance_m
        FROM (
            SELECT e.name_th, e.location_note,
                ST_Distance(
                    e.geom::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography
                ) AS distance_m
            FROM published.industrial_estates AS e
            WHERE ST_DWithin(
                e.geom::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography, %(within_m)s
            )
        ) AS near
        WHERE location_note IS NULL
        ORDER BY distance_m
        LIMIT 1
        """
    ).format()
)

# Fires gathered by land use and side of the wind where each is within %(gap_m)s of another.
FIRES = Often(
    SQL(
        """
        WITH fire AS MATERIALIZED (
            SELECT
                h.id, h.geom, h.observed_at, h.land_use, h.frp_mw, h.confidence,
                ST_Distance(h.geom::geography, here.geom::geography) AS distance_m,
                coalesce(
                    degrees(ST_Azimuth(here.geom::geography, h.geom::geography)), %(from_deg)s, 0
                ) AS bearing_deg
            FROM (SELECT ST_Point(%(lon)s, %(lat)s, 4326) AS geom) AS here
            JOIN published.hotspots AS h
                ON ST_DWithin(h.geom::geography, here.geom::geography, %(radius_m)s)
            WHERE h.observed_at >= %(since)s AND h.observed_at < %(at)s
                AND h.heat_source IS DISTINCT FROM 'industrial_static'
        ), judged AS (
            SELECT
                f.id, f.geom, f.observed_at, f.land_use, f.frp_mw, f.confidence, f.distance_m,
                f.bearing_deg, is_upwind(f.bearing_deg, %(from_deg)s, %(upwind_deg)s) AS upwind
            FROM fire AS f
        ), gathered AS (
            SELECT
                j.id, j.geom, j.observed_at, j.land_use, j.frp_mw, j.confidence, j.distance_m,
                j.bearing_deg, j.upwind,
                ST_ClusterDBSCAN(ST_Transform(j.geom, %(plane)s), %(gap_m)s, 1)
                    OVER (PARTITION BY j.land_use, j.upwind) AS cluster
            FROM judged AS j
        ), told AS (
            SELECT
                g.land_use, g.upwind, count(*) AS fires,
                count(*) FILTER (WHERE g.observed_at >= %(day_start)s) AS fires_of_day,
                min(g.distance_m) AS nearest_m, max(g.distance_m) AS farthest_m,
                (array_agg(g.bearing_deg ORDER BY g.distance_m))[1] AS bearing_deg,
                (array_agg(g.id ORDER BY g.distance_m))[1] AS id,
                (array_agg(g.geom ORDER BY g.distance_m))[1] AS geom,
                min(g.observed_at) AS oldest, max(g.observed_at) AS newest, sum(g.frp_mw) AS frp_mw,
                (array_agg(g.confidence ORDER BY g.observed_at DESC))[1] AS confidence,
                json_agg(
                    json_build_array(
                        round(ST_X(g.geom)::numeric, 5), round(ST_Y(g.geom)::numeric, 5)
                    ) ORDER BY g.distance_m
                ) AS places
            FROM gathered AS g
            GROUP BY g.land_use, g.upwind, g.cluster
        )
        SELECT
            t.land_use, t.upwind, t.fires, t.fires_of_day, t.nearest_m, t.farthest_m,
            t.bearing_deg, t.id, t.oldest, t.newest, t.frp_mw, t.confidence, t.places,
            d.code, d.name_th, d.name_en
        FROM told AS t
        LEFT JOIN LATERAL (
            SELECT a.code, a.name_th, a.name_en
            FROM published.districts AS a
            WHERE ST_Intersects(a.geom, t.geom)
            ORDER BY a.code
            LIMIT 1
        ) AS d ON true
        """
    ).format()
)

# The nearest %(most)s other factories, those upwind first, with their valid certificate's level;
# each row has how many there are in all.
FACTORIES = Often(
    SQL(
        """
        SELECT
            n.id, n.name, n.kind, n.workers, n.lon, n.lat, n.distance_m, n.bearing_deg, n.upwind,
            level.highest, n.found
        FROM (
            SELECT
                f.id, f.name, coalesce(f.kind, f.product) AS kind, f.workers,
                ST_X(f.geom) AS lon, ST_Y(f.geom) AS lat,
                metres.distance_m, seen.bearing_deg,
                is_upwind(seen.bearing_deg, %(from_deg)s, %(upwind_deg)s) AS upwind,
                count(*) OVER () AS found
            FROM (SELECT ST_Point(%(lon)s, %(lat)s, 4326)::geography AS geog) AS here
            JOIN published.factories AS f
                ON ST_DWithin(f.geom::geography, here.geog, %(radius_m)s)
            CROSS JOIN LATERAL (
                SELECT ST_Distance(f.geom::geography, here.geog) AS distance_m
            ) AS metres
            CROSS JOIN LATERAL (
                SELECT coalesce(
                    degrees(ST_Azimuth(here.geog, f.geom::geography)), %(from_deg)s, 0
                ) AS bearing_deg
            ) AS seen
            WHERE f.id <> %(id)s AND f.status <> 'struck_off'
            ORDER BY upwind DESC NULLS LAST, metres.distance_m, f.id
            LIMIT %(most)s
        ) AS n
        LEFT JOIN LATERAL (
            SELECT max(c.level) AS highest
            FROM published.factory_certificates AS c
            WHERE c.factory_id = n.id AND c.issued_on <= %(day)s
                AND coalesce(c.expires_on >= %(day)s, true)
        ) AS level ON true
        """
    ).format()
)

# Fires by month of Thai time; a works' own heat is none.
FIRES_BY_MONTH = Often(
    SQL(
        """
        SELECT date_trunc('month', h.observed_at AT TIME ZONE 'Asia/Bangkok')::date AS month,
            count(*)
        FROM published.hotspots AS h
        WHERE ST_DWithin(
                h.geom::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography, %(radius_m)s
            ) AND h.observed_at >= %(since)s AND h.observed_at < %(at)s
            AND h.heat_source IS DISTINCT FROM 'industrial_static'
        GROUP BY month
        """
    ).format()
)
FIRST_FIRE = Often(
    SQL("SELECT observed_at FROM published.hotspots ORDER BY observed_at LIMIT 1").format()
)

# The nearest station that measured PM2.5, and the nearest that measured wind, since %(since)s.
STATION_OF_AIR = Often(
    SQL(
        """
        SELECT s.id, s.name_th, s.name_en
        FROM published.air_stations AS s
        WHERE ST_DWithin(
                s.geom::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography, %(station_m)s
            ) AND EXISTS (
                SELECT FROM published.air_readings AS r
                WHERE r.id = s.id AND r.measured AND r.observed_at > %(since)s
                    AND r.observed_at <= %(at)s
            )
        ORDER BY ST_Distance(s.geom::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography)
        LIMIT 1
        """
    ).format()
)
STATION_OF_WIND = Often(
    SQL(
        """
        SELECT DISTINCT w.station_id, w.name_th, w.name_en,
            ST_Distance(
                w.geom::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography
            ) AS distance_m
        FROM published.wind AS w
        WHERE ST_DWithin(
                w.geom::geography, ST_Point(%(lon)s, %(lat)s, 4326)::geography, %(station_m)s
            ) AND w.observed_at > %(since)s AND w.observed_at <= %(at)s AND NOT w.forecast
        ORDER BY distance_m
        LIMIT 1
        """
    ).format()
)

# Hours by sixteen directions that the wind came from; of calm ones the direction is null.
WIND_ROSE = Often(
    SQL(
        """
        SELECT CASE WHEN NOT w.calm THEN mod(round(w.from_deg / 22.5)::integer, 16) END AS sector,
            count(*)
        FROM published.wind AS w
        WHERE w.station_id = %(station)s AND w.observed_at > %(since)s AND w.observed_at <= %(at)s
            AND NOT w.forecast
        GROUP BY sector
        """
    ).format()
)

# Of each hour the mean, and the running mean of 24: as the feed gives it, or of the hours where
# %(least_hours)s of them are there.
PM25_HOURS = Often(
    SQL(
        """
        SELECT r.observed_at, r.pm25_1h,
            coalesce(r.pm25_24h, CASE WHEN r.hours >= %(least_hours)s THEN r.mean END) AS running
        FROM (
            SELECT a.observed_at, a.pm25_1h, a.pm25_24h,
                count(a.pm25_1h) OVER a_day AS hours, avg(a.pm25_1h) OVER a_day AS mean
            FROM published.air_quality AS a
            WHERE a.station_id = %(station)s AND NOT a.forecast
                AND a.observed_at > %(since)s::timestamptz - INTERVAL '1 day'
                AND a.observed_at <= %(at)s
            WINDOW a_day AS (
                ORDER BY a.observed_at RANGE BETWEEN INTERVAL '1439 minutes' PRECEDING
                    AND CURRENT ROW
            )
        ) AS r
        WHERE r.observed_at > %(since)s
        """
    ).format()
)

# The years of the province %(province)s.
CARBON = Often(
    SQL(
        """
        SELECT
            year, tco2e, factories, factories_reported, comparable_to_previous, vintage,
            published_at
        FROM published.carbon
        WHERE province_code = %(province)s
        ORDER BY year
        """
    ).format()
)
