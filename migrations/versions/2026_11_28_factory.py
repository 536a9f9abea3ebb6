"""Factories: what the registers say of each, without the people behind them."""

from alembic import op

revision = "2026_11_28_factory"
down_revision = "2026_11_28_areas"


def upgrade() -> None:
    """Forward only."""
    op.execute(_REGISTER)
    op.execute(_STAGING)


_REGISTER = """
    CREATE TABLE factory (
        id text COLLATE "C" PRIMARY KEY,
        source text NOT NULL,
        registration_no text,
        fid text,
        name text NOT NULL,
        natural_person boolean NOT NULL DEFAULT false,
        factory_group smallint CHECK (factory_group BETWEEN 1 AND 3),
        factory_class text CHECK (factory_class ~ '^[0-9]{5}$'),
        kind text,
        product text,
        isic_code text,
        horsepower double precision CHECK (horsepower >= 0),
        workers integer CHECK (workers >= 0),
        estate text,
        province_code text COLLATE "C",
        district_name text,
        subdistrict_name text,
        flag text,
        status text NOT NULL DEFAULT 'unknown' CHECK (
            status IN (
                'licensed_not_started', 'operating', 'struck_off', 'temporarily_stopped',
                'unknown'
            )
        ),
        location_precision text CHECK (
            location_precision IN (
                'government', 'repaired', 'geocoded', 'centroid', 'community', 'admin'
            )
        ),
        geom geometry(Point, 4326),
        pok_date date,
        updated_on date,
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        run_id bigint REFERENCES run,
        CHECK ((geom IS NULL) = (location_precision IS NULL))
    );
    COMMENT ON COLUMN factory.name IS 'never the name of a natural person';
    COMMENT ON COLUMN factory.flag IS 'FFLAG as the register gives it; status is derived from it';
    COMMENT ON COLUMN factory.pok_date IS 'POKDATE of the register; what it dates is undocumented';
    COMMENT ON COLUMN factory.updated_on IS 'the day the register last changed the record';
    COMMENT ON COLUMN factory.last_seen_at IS
        'the newest delivery with this factory in it: rows leave the register, ours stay';
    CREATE INDEX factory_geom ON factory USING gist (geom);
    CREATE INDEX factory_place ON factory USING gist ((geom::geography));
    CREATE INDEX factory_registration ON factory (registration_no);
    CREATE INDEX factory_fid ON factory (fid);
    CREATE INDEX factory_of_province ON factory (province_code);
"""

_STAGING = """
    CREATE TABLE staging.factory (
        id text COLLATE "C",
        source text,
        registration_no text,
        fid text,
        name text,
        natural_person boolean,
        factory_group smallint,
        factory_class text,
        kind text,
        product text,
        isic_code text,
        horsepower double precision,
        workers integer,
        estate text,
        province_code text COLLATE "C",
        district_name text,
        subdistrict_name text,
        flag text,
        status text,
        location_precision text,
        lon double precision,
        lat double precision,
        geom geometry(Point, 4326) GENERATED ALWAYS AS (
            ST_SetSRID(ST_MakePoint(lon, lat), 4326)
        ) STORED,
        pok_date date,
        updated_on date,
        last_seen_at timestamptz
    );
"""
