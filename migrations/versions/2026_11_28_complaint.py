"""Complaints: the exact place and the words in private, a blurred place and time for the public."""

from alembic import op

revision = "2026_11_28_complaint"
down_revision = "2026_11_28_hotspot"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLES)


_TABLES = """
    CREATE TABLE complaint (
        -- Says nothing of the ticket, whose number would lead back to text and photos elsewhere.
        id text COLLATE "C" PRIMARY KEY DEFAULT gen_random_uuid()::text,
        source text NOT NULL,
        ticket_id text NOT NULL,
        category text,
        status text CHECK (status IN ('open', 'in_progress', 'forwarded', 'closed')),
        reported_at timestamptz NOT NULL,
        last_activity_at timestamptz,
        geom geometry(Point, 4326) NOT NULL,
        -- The centre of a cell of 0.01°: 1.11 km north-south, at least 1.04 km east-west here.
        public_geom geometry(Point, 4326) NOT NULL GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(
            (floor(ST_X(geom) * 100) + 0.5) / 100, (floor(ST_Y(geom) * 100) + 0.5) / 100
        ), 4326)) STORED,
        reported_month date NOT NULL GENERATED ALWAYS AS (
            date_trunc('month', reported_at AT TIME ZONE 'Asia/Bangkok')::date
        ) STORED,
        public_at timestamptz,
        time_precision text CHECK (time_precision IN ('day', 'month')),
        run_id bigint,
        UNIQUE (source, ticket_id)
    );
    COMMENT ON COLUMN complaint.category IS
        'null: neither an emission nor a nuisance as a factory makes; kept unpublished';
    CREATE INDEX complaint_geom ON complaint USING gist (geom);
    CREATE INDEX complaint_public_geom ON complaint USING gist (public_geom)
        WHERE category IS NOT NULL;
    CREATE INDEX complaint_public_geography ON complaint USING gist ((public_geom::geography))
        WHERE category IS NOT NULL;
    CREATE INDEX complaint_public_at ON complaint (public_at) WHERE category IS NOT NULL;
    CREATE INDEX complaint_public_id ON complaint (id) WHERE category IS NOT NULL;
    CREATE INDEX complaint_cell_month ON complaint (public_geom, reported_month)
        WHERE category IS NOT NULL;

    -- Citizens' words, apart from all else and only while a category needs them; no names, photos
    -- or addresses are taken in (PDPA s. 22: no more than the purpose needs).
    CREATE TABLE complaint_text (
        complaint_id text COLLATE "C" PRIMARY KEY REFERENCES complaint ON DELETE CASCADE,
        text text NOT NULL
    );

    CREATE TABLE staging.complaint (
        source text NOT NULL,
        ticket_id text NOT NULL,
        category text,
        status text,
        reported_at timestamptz NOT NULL,
        last_activity_at timestamptz,
        lon double precision NOT NULL,
        lat double precision NOT NULL,
        geom geometry(Point, 4326)
            GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED,
        text text
    );
"""
