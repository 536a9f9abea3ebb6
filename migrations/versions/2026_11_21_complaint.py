"""Complaints: the exact place and the words in private, a blurred place and time for the public."""

from alembic import op

revision = "2026_11_21_complaint"
down_revision = "2026_11_21_foundation"


def upgrade() -> None:
    """Forward only."""
    op.execute(_TABLES)
    op.execute(_MERGE)


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

    -- Fewer complaints than this in one cell and month are published by month, not by day.
    CREATE FUNCTION complaints_for_a_day() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT 5::bigint $$;
"""

_MERGE = """
    -- The state of a ticket with the latest activity wins, in whatever order files are read.
    CREATE FUNCTION merge_complaint(run bigint)
    RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint) LANGUAGE plpgsql AS $$
    DECLARE
        cells geometry[]; months date[]; delivered bigint;
    BEGIN
        SELECT array_agg(c.public_geom), array_agg(c.reported_month) INTO cells, months
        FROM complaint AS c JOIN staged_complaint AS s USING (source, ticket_id);

        WITH latest AS (
            SELECT DISTINCT ON (source, ticket_id)
                source, ticket_id, category, status, reported_at, last_activity_at, geom
            FROM staged_complaint
            ORDER BY source, ticket_id, coalesce(last_activity_at, reported_at) DESC, seq DESC
        ), merged AS (
            INSERT INTO complaint AS c (
                source, ticket_id, category, status, reported_at, last_activity_at, geom, run_id,
                time_precision, public_at
            )
            -- Most stay by month; date_complaints rewrites the others.
            SELECT source, ticket_id, category, status, reported_at, last_activity_at, geom, run,
                'month', date_trunc('month', reported_at, 'Asia/Bangkok')
            FROM latest
            ON CONFLICT (source, ticket_id) DO UPDATE SET
                category = excluded.category, status = excluded.status,
                reported_at = excluded.reported_at, geom = excluded.geom,
                last_activity_at = excluded.last_activity_at, run_id = excluded.run_id
            WHERE coalesce(excluded.last_activity_at, excluded.reported_at)
                    >= coalesce(c.last_activity_at, c.reported_at)
                AND (c.category, c.status, c.reported_at, c.last_activity_at, c.geom)
                    IS DISTINCT FROM (excluded.category, excluded.status, excluded.reported_at,
                        excluded.last_activity_at, excluded.geom)
            RETURNING xmax = 0 AS is_new
        )
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new),
            (SELECT count(*) FROM latest) INTO inserted, updated, delivered
        FROM merged;
        unchanged := delivered - inserted - updated;

        PERFORM keep_complaint_texts(run);
        PERFORM date_complaints(
            cells || array_agg(c.public_geom), months || array_agg(c.reported_month)
        ) FROM complaint AS c WHERE c.run_id = run;
        RETURN NEXT;
    END $$;

    -- Follows the rows that the run changed.
    CREATE FUNCTION keep_complaint_texts(run bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM complaint_text AS t USING complaint AS c
        WHERE c.id = t.complaint_id AND c.run_id = run;

        INSERT INTO complaint_text (complaint_id, text)
        SELECT DISTINCT ON (c.id) c.id, s.text
        FROM complaint AS c
        JOIN staged_complaint AS s USING (source, ticket_id)
        WHERE c.run_id = run AND c.category IS NOT NULL AND s.text IS NOT NULL
        ORDER BY c.id, coalesce(s.last_activity_at, s.reported_at) DESC, s.seq DESC;
    END $$;

    -- Sets the public time of the complaints in the given cells and months (arrays of equal
    -- length): the start, in Thailand, of their day, or of their month where they are too few.
    CREATE FUNCTION date_complaints(cells geometry[], months date[])
    RETURNS void LANGUAGE sql AS $$
        WITH counted AS (
            SELECT c.public_geom, c.reported_month,
                CASE WHEN count(*) < complaints_for_a_day() THEN 'month' ELSE 'day' END AS unit
            FROM complaint AS c
            JOIN (SELECT DISTINCT * FROM unnest(cells, months) AS u (cell, month)) AS u
                ON (u.cell, u.month) = (c.public_geom, c.reported_month)
            WHERE c.category IS NOT NULL
            GROUP BY c.public_geom, c.reported_month
        )
        UPDATE complaint AS c
        SET time_precision = n.unit,
            public_at = date_trunc(n.unit, c.reported_at, 'Asia/Bangkok')
        FROM counted AS n
        WHERE (c.public_geom, c.reported_month) = (n.public_geom, n.reported_month)
            AND c.category IS NOT NULL
            AND (c.time_precision, c.public_at) IS DISTINCT FROM
                (n.unit, date_trunc(n.unit, c.reported_at, 'Asia/Bangkok'))
    $$;
"""
