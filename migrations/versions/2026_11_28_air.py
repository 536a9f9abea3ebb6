"""Air stations and their hourly readings, by month."""

from alembic import op

revision = "2026_11_28_air"
down_revision = "2026_11_28_green"


def upgrade() -> None:
    """Forward only."""
    op.execute(_STATIONS)
    op.execute(_MEASUREMENTS)


_STATIONS = """
    CREATE TABLE air_station (
        id text COLLATE "C" PRIMARY KEY,
        name_th text,
        name_en text,
        area_th text,
        area_en text,
        kind text CHECK (kind IN ('ground', 'mobile', 'model')),
        geom geometry(Point, 4326),
        source text NOT NULL,
        run_id bigint
    );
    CREATE INDEX air_station_geom ON air_station USING gist (geom);
    CREATE INDEX air_station_geography ON air_station USING gist ((geom::geography));
    COMMENT ON COLUMN air_station.geom IS
        'null where no coordinates are known: readings are kept and shown once they are';

    CREATE TABLE staging.air_station (
        id text NOT NULL,
        name_th text,
        name_en text,
        area_th text,
        area_en text,
        kind text,
        lon double precision,
        lat double precision,
        geom geometry(Point, 4326)
            GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED,
        source text NOT NULL
    );
"""

_MEASUREMENTS = """
    -- What an hour is known to have been: means over 24, 8 and 1 hours that end at observed_at,
    -- in µg/m³ (PM), ppb (O3, NO2, SO2) and ppm (CO).
    CREATE TABLE air_measurement (
        station_id text COLLATE "C" NOT NULL,
        observed_at timestamptz NOT NULL,
        id text COLLATE "C" NOT NULL GENERATED ALWAYS AS (
            station_id || '.' || extract(epoch FROM observed_at AT TIME ZONE 'UTC')::bigint::text
        ) STORED,
        pm25_24h double precision,
        pm10_24h double precision,
        o3_8h double precision,
        co_8h double precision,
        no2_1h double precision,
        so2_1h double precision,
        pm25_1h double precision,
        pm10_1h double precision,
        o3_1h double precision,
        co_1h double precision,
        wind_speed_m_s double precision,
        wind_from_deg double precision,
        temperature_c double precision,
        humidity_pct double precision,
        aqi_reported integer,
        aqi_param text,
        forecast boolean NOT NULL DEFAULT false,
        source text NOT NULL,
        run_id bigint,
        PRIMARY KEY (station_id, observed_at)
    ) PARTITION BY RANGE (observed_at);
    CREATE INDEX air_measurement_id ON air_measurement (id);
    CREATE INDEX air_measurement_observed_at ON air_measurement (observed_at);
    CREATE INDEX air_measurement_forecast ON air_measurement (station_id, observed_at)
        WHERE forecast;

    CREATE TABLE staging.air_measurement (
        station_id text COLLATE "C" NOT NULL,
        observed_at timestamptz NOT NULL,
        pm25_24h double precision,
        pm10_24h double precision,
        o3_8h double precision,
        co_8h double precision,
        no2_1h double precision,
        so2_1h double precision,
        pm25_1h double precision,
        pm10_1h double precision,
        o3_1h double precision,
        co_1h double precision,
        wind_speed_m_s double precision,
        wind_from_deg double precision,
        temperature_c double precision,
        humidity_pct double precision,
        aqi_reported integer,
        aqi_param text,
        forecast boolean NOT NULL,
        source text NOT NULL
    );
"""
