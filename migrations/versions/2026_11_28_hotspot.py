"""Hotspots by month: one row per detection, whoever reported it, and those since replaced."""

from alembic import op

revision = "2026_11_28_hotspot"
down_revision = "2026_11_28_air"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLES)
    op.execute(_STAGING)


_TABLES = """
    CREATE EXTENSION IF NOT EXISTS btree_gist;

    CREATE TABLE hotspot (
        id text COLLATE "C" NOT NULL,
        acquired_at timestamptz NOT NULL,
        acquired_from timestamptz,
        time_precision text NOT NULL CHECK (time_precision IN ('minute', 'window')),
        geom geometry(Point, 4326) NOT NULL,
        instrument text,
        satellite text,
        processing text CHECK (processing IN ('SP', 'NRT', 'RT', 'URT')),
        version text,
        confidence text CHECK (confidence IN ('low', 'nominal', 'high')),
        confidence_pct smallint CHECK (confidence_pct BETWEEN 0 AND 100),
        frp_mw double precision,
        brightness_k double precision,
        background_k double precision,
        scan_km double precision,
        track_km double precision,
        daynight text CHECK (daynight IN ('D', 'N')),
        fire_type text,
        gistda_id text,
        land_use text,
        land_use_code text,
        land_use_th text,
        land_tenure text,
        land_tenure_code text,
        land_tenure_th text,
        province_th text,
        district_th text,
        subdistrict_th text,
        village_th text,
        flag text CHECK (flag IN ('place_carried_over')),
        sources text[] NOT NULL,
        run_id bigint,
        PRIMARY KEY (id, acquired_at)
    ) PARTITION BY RANGE (acquired_at);
    COMMENT ON COLUMN hotspot.id IS
        'UTC minute, instrument (V, M; S added for standard processing; W where only a window of '
        'days is known) and geohash: sorts by time';
    COMMENT ON COLUMN hotspot.acquired_at IS 'the minute; the last one of the window if windowed';
    COMMENT ON COLUMN hotspot.confidence IS 'classes of VIIRS; not comparable with MODIS percents';
    COMMENT ON COLUMN hotspot.background_k IS 'brightness at 11 µm: VIIRS I5, MODIS 31';
    COMMENT ON COLUMN hotspot.flag IS
        'place_carried_over: land use and place are of the nearest replaced detection of the pass';
    CREATE INDEX hotspot_geom ON hotspot USING gist (geom, acquired_at);
    CREATE INDEX hotspot_geography ON hotspot USING gist ((geom::geography), acquired_at);
    CREATE INDEX hotspot_acquired_at ON hotspot (acquired_at);
    CREATE INDEX hotspot_windowed ON hotspot (acquired_at) WHERE time_precision = 'window';

    -- Detections that standard processing of their satellite and day has replaced.
    CREATE TABLE hotspot_history (
        LIKE hotspot INCLUDING CONSTRAINTS INCLUDING COMMENTS,
        replaced_at timestamptz NOT NULL DEFAULT now(),
        replaced_by_run bigint NOT NULL,
        PRIMARY KEY (id, acquired_at)
    );
    CREATE INDEX hotspot_history_geom ON hotspot_history USING gist (geom, acquired_at);
    CREATE INDEX hotspot_history_acquired_at ON hotspot_history (acquired_at);

    -- Where and when standard processing has spoken: degrees, the UTC day, edges included.
    CREATE TABLE standard_day (
        satellite text NOT NULL,
        day date NOT NULL,
        west double precision NOT NULL,
        south double precision NOT NULL,
        east double precision NOT NULL,
        north double precision NOT NULL,
        run_id bigint NOT NULL,
        PRIMARY KEY (satellite, day, west, south, east, north)
    );
"""

_STAGING = """
    CREATE TABLE staging.hotspot (
        acquired_at timestamptz NOT NULL,
        acquired_from timestamptz,
        time_precision text NOT NULL,
        lon double precision NOT NULL,
        lat double precision NOT NULL,
        instrument text,
        satellite text,
        processing text,
        version text,
        confidence text,
        confidence_pct double precision,
        frp_mw double precision,
        brightness_k double precision,
        background_k double precision,
        scan_km double precision,
        track_km double precision,
        daynight text,
        fire_type text,
        gistda_id text,
        land_use text,
        land_use_code text,
        land_use_th text,
        land_tenure text,
        land_tenure_code text,
        land_tenure_th text,
        province_th text,
        district_th text,
        subdistrict_th text,
        village_th text,
        covers text,
        source text NOT NULL
    );
    COMMENT ON COLUMN staging.hotspot.covers IS
        'of standard processing: the box asked for as west,south,east,north, or the name of the '
        'file, which covers the box around its rows';
"""
