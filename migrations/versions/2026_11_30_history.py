"""What was published before: versions of the data in the order of their commits, and former rows.

Each row of a published table says in which transaction it came to be as it is; the tables of the
schema `history`, which `fahsai migrate` makes for what layers read, hold rows as they were.
"""

from alembic import op

revision = "2026_11_30_history"
down_revision = "2026_11_30_jobs"


def upgrade() -> None:
    """Forward only."""
    op.execute(_VERSIONS)
    op.execute(_HOTSPOTS)


_VERSIONS = """
    CREATE SCHEMA history;
    COMMENT ON SCHEMA history IS 'rows of published tables as they were: what layers read of them';

    CREATE TABLE data_commit (
        version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        transaction bigint NOT NULL UNIQUE,
        committed_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    COMMENT ON TABLE data_commit IS
        'transactions that changed what layers read, in the order in which others saw them';
    -- What is there by now came to be in transactions that nobody noted.
    INSERT INTO data_commit (transaction) VALUES (0);

    CREATE TABLE history_table (
        table_name text PRIMARY KEY,
        since bigint NOT NULL REFERENCES data_commit
    );
    COMMENT ON COLUMN history_table.since IS 'the first version that is known whole';

    CREATE TABLE history_erasure (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        table_name text NOT NULL,
        rows bigint NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        erased_at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    COMMENT ON TABLE history_erasure IS
        'that rows were taken out of the history, and why: not which, nor what they said';
"""

# Rows travel whole between tables of the shape of `hotspot`: the new column is in the same place.
_HOTSPOTS = """
    ALTER TABLE hotspot ADD COLUMN changed_in bigint;
    ALTER TABLE hotspot ALTER changed_in SET DEFAULT pg_current_xact_id()::text::bigint;
    ALTER TABLE hotspot_history RENAME TO former_history;
    DROP INDEX hotspot_history_geom, hotspot_history_acquired_at;
    ALTER TABLE former_history DROP CONSTRAINT hotspot_history_pkey;
    CREATE TABLE hotspot_history (
        LIKE hotspot INCLUDING CONSTRAINTS INCLUDING COMMENTS,
        replaced_at timestamptz NOT NULL DEFAULT now(),
        replaced_by_run bigint NOT NULL,
        PRIMARY KEY (id, acquired_at)
    );
    INSERT INTO hotspot_history SELECT
        id, acquired_at, acquired_from, time_precision, geom, instrument, satellite, processing,
        version, confidence, confidence_pct, frp_mw, brightness_k, background_k, scan_km, track_km,
        daynight, fire_type, gistda_id, land_use, land_use_code, land_use_th, land_tenure,
        land_tenure_code, land_tenure_th, province_th, district_th, subdistrict_th, village_th,
        flag, sources, run_id, heat_source, NULL, replaced_at, replaced_by_run
    FROM former_history;
    DROP TABLE former_history;
    CREATE INDEX hotspot_history_geom ON hotspot_history USING gist (geom, acquired_at);
    CREATE INDEX hotspot_history_acquired_at ON hotspot_history (acquired_at);
"""
