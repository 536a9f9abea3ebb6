"""Statements about fires: which days changed, the detections of fires about them, what is kept."""

LOCK = "LOCK TABLE fire_event IN SHARE ROW EXCLUSIVE MODE"

# Detections that may be of a fire: of a known minute, and not of a works. What is in no fire yet,
# what was in one and is no more, and of which something else is said than when it was joined,
# change the fires about their day (UTC); or all, for %(anew)s.
CHANGED = """
    CREATE TEMPORARY TABLE changed_day ON COMMIT DROP AS
    SELECT DISTINCT (coalesce(h.acquired_at, m.acquired_at) AT TIME ZONE 'UTC')::date AS day
    FROM (
        SELECT id, acquired_at, run_id FROM hotspot
        WHERE time_precision = 'minute' AND heat_source IS DISTINCT FROM 'industrial_static'
    ) AS h
    FULL JOIN fire_event_member AS m ON m.hotspot_id = h.id
    WHERE %(anew)s OR h.id IS NULL OR m.hotspot_id IS NULL
        OR m.hotspot_run_id IS DISTINCT FROM h.run_id
"""

# Fires that had a detection within %(within_s)s of such a day: no other can change, for whatever
# joins two lies as near to one detection of each.
OPENED = """
    CREATE TEMPORARY TABLE opened_event ON COMMIT DROP AS
    SELECT e.id
    FROM fire_event AS e
    WHERE EXISTS (
        SELECT FROM changed_day AS d
        WHERE e.last_seen >= d.day::timestamp AT TIME ZONE 'UTC'
                - make_interval(secs => %(within_s)s)
            AND e.first_seen < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
                + make_interval(secs => %(within_s)s)
    );
    CREATE INDEX ON opened_event (id);
    ANALYZE opened_event
"""

# Their detections, and those of none, with seconds since 1970 began. CSV.
DETECTIONS = """
    COPY (
        SELECT h.id, extract(epoch FROM h.acquired_at)::bigint AS seconds, ST_X(h.geom) AS lon,
            ST_Y(h.geom) AS lat, h.instrument, h.satellite, h.daynight, h.scan_km, h.track_km,
            h.frp_mw, h.land_use, h.run_id,
            coalesce(h.heat_source = 'uncertain', false) AS is_uncertain
        FROM hotspot AS h
        LEFT JOIN fire_event_member AS m ON m.hotspot_id = h.id
        WHERE h.time_precision = 'minute' AND h.heat_source IS DISTINCT FROM 'industrial_static'
            AND (m.event_id IS NULL OR m.event_id IN (SELECT o.id FROM opened_event AS o))
    ) TO STDOUT (FORMAT csv, HEADER)
"""

STAGE = """
    CREATE TEMPORARY TABLE found_event (
        LIKE fire_event INCLUDING DEFAULTS, outline bytea, lon float8, lat float8
    ) ON COMMIT DROP;
    ALTER TABLE found_event ALTER geom DROP NOT NULL, ALTER outline_ha DROP NOT NULL,
        ALTER method DROP NOT NULL, ALTER run_id DROP NOT NULL;
    CREATE TEMPORARY TABLE found_member (LIKE fire_event_member) ON COMMIT DROP
"""
EVENT_COLUMNS = (
    *("id", "outline", "lon", "lat", "first_seen", "last_seen", "detections", "detections_n"),
    *("detections_n20", "detections_n21", "detections_a", "detections_t", "detections_uncertain"),
    *("sizes_told", "frp_sum_mw", "frp_max_mw", "land_use", "land_use_share"),
    *("town_th", "town_en", "town_km"),
)
COPY_EVENTS = f"COPY found_event ({', '.join(EVENT_COLUMNS)}) FROM STDIN (FORMAT csv)"
MEMBER_COLUMNS = ("hotspot_id", "acquired_at", "hotspot_run_id", "event_id")
COPY_MEMBERS = f"COPY found_member ({', '.join(MEMBER_COLUMNS)}) FROM STDIN (FORMAT csv)"

# The area is that of the outline on the ellipsoid.
PLACE = """
    UPDATE found_event AS f SET
        geom = ST_GeomFromWKB(f.outline, 4326),
        outline_ha = round(
            (ST_Area(ST_GeomFromWKB(f.outline, 4326)::geography) / 10000)::numeric, 1
        )::float8,
        province_code = (
            SELECT CASE WHEN c.codes IS NULL THEN c.province_code
                ELSE province_in_cell(ST_Point(f.lon, f.lat, 4326), c.codes, c.outlines) END
            FROM province_cell AS c
            WHERE c.x = floor(f.lon * 16)::integer AND c.y = floor(f.lat * 16)::integer
        );
    ALTER TABLE found_event ADD PRIMARY KEY (id);
    ANALYZE found_event
"""

FORGET_MEMBERS = """
    DELETE FROM fire_event_member AS m USING opened_event AS o WHERE m.event_id = o.id
"""
FORGET_EVENTS = """
    DELETE FROM fire_event AS e USING opened_event AS o
    WHERE e.id = o.id AND NOT EXISTS (SELECT FROM found_event AS f WHERE f.id = e.id)
"""

_KEPT = (
    *("geom", "first_seen", "last_seen", "detections", "detections_n", "detections_n20"),
    *("detections_n21", "detections_a", "detections_t", "detections_uncertain", "sizes_told"),
    *("frp_sum_mw", "frp_max_mw", "land_use", "land_use_share", "outline_ha", "province_code"),
    *("town_th", "town_en", "town_km"),
)
# What is as it was keeps the Run that said so first.
CHANGE_EVENTS = f"""
    UPDATE fire_event AS e SET
        {", ".join(f"{name} = f.{name}" for name in _KEPT)},
        method = %(method)s, computed_at = now(), run_id = %(run)s
    FROM found_event AS f
    WHERE e.id = f.id AND (e.method, {", ".join(f"e.{name}" for name in _KEPT)})
        IS DISTINCT FROM (%(method)s, {", ".join(f"f.{name}" for name in _KEPT)})
"""
# Not by a join with the table itself: where that was planned for few rows, it is read again for
# each new one.
ADD_EVENTS = f"""
    INSERT INTO fire_event (id, {", ".join(_KEPT)}, method, run_id)
    SELECT id, {", ".join(_KEPT)}, %(method)s, %(run)s
    FROM found_event
    ON CONFLICT (id) DO NOTHING
"""
KEEP_MEMBERS = """
    INSERT INTO fire_event_member (hotspot_id, acquired_at, hotspot_run_id, event_id)
    SELECT hotspot_id, acquired_at, hotspot_run_id, event_id FROM found_member
"""
