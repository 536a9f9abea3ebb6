"""What gives heat: places that are hot all through the year, and detections told apart by them."""

from alembic import op

revision = "2026_11_29_heat_source"
down_revision = "2026_11_29_burned_area"


def upgrade() -> None:
    """Forward only."""
    op.execute(_LABELS)
    op.execute(_HISTORY)
    op.execute(_PLACES)
    op.execute(_COUNTS)


_LABELS = """
    ALTER TABLE hotspot ADD COLUMN heat_source text
        CHECK (heat_source IN ('uncertain', 'industrial_static'));
    COMMENT ON COLUMN hotspot.heat_source IS
        'as the cell of heat_cell in which it lies; where it is of none, it is presumed vegetation '
        'once anything was judged';
"""

# A hotspot and when it was replaced, in this order: rows go there whole.
_HISTORY = """
    ALTER TABLE hotspot_history RENAME TO former_history;
    DROP INDEX hotspot_history_geom, hotspot_history_acquired_at;
    ALTER TABLE former_history DROP CONSTRAINT hotspot_history_pkey;
    ALTER TABLE former_history ADD COLUMN heat_source text;
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
        flag, sources, run_id, heat_source, replaced_at, replaced_by_run
    FROM former_history;
    DROP TABLE former_history;
    CREATE INDEX hotspot_history_geom ON hotspot_history USING gist (geom, acquired_at);
    CREATE INDEX hotspot_history_acquired_at ON hotspot_history (acquired_at);
"""

_PLACES = """
    CREATE TABLE heat_cell (
        x integer NOT NULL,
        y integer NOT NULL,
        heat_source text NOT NULL CHECK (heat_source IN ('uncertain', 'industrial_static')),
        reason text NOT NULL CHECK (
            reason IN (
                'persistent', 'told_static', 'no_works', 'beside', 'short_record', 'seasonal'
            )
        ),
        run_id bigint NOT NULL REFERENCES run,
        PRIMARY KEY (x, y)
    );
    COMMENT ON TABLE heat_cell IS
        'cells of 1/256 degree whose heat is not, or may not be, of vegetation';
    COMMENT ON COLUMN heat_cell.x IS 'floor(256 * longitude): such parts are exact in binary';

    CREATE TABLE industrial_heat (
        id text COLLATE "C" PRIMARY KEY,
        geom geometry(Point, 4326) NOT NULL,
        heat_source text NOT NULL CHECK (heat_source IN ('uncertain', 'industrial_static')),
        reason text NOT NULL,
        cells integer NOT NULL,
        detections integer NOT NULL,
        days integer NOT NULL,
        months integer NOT NULL CHECK (months BETWEEN 1 AND 12),
        out_of_season double precision NOT NULL CHECK (out_of_season BETWEEN 0 AND 1),
        first_day date NOT NULL,
        last_day date NOT NULL,
        frp_mean_mw double precision,
        frp_max_mw double precision,
        works text CHECK (works IN ('factory', 'power_plant')),
        works_m double precision,
        method text NOT NULL,
        computed_at timestamptz NOT NULL DEFAULT now(),
        run_id bigint NOT NULL REFERENCES run,
        CHECK ((works IS NULL) = (works_m IS NULL))
    );
    CREATE INDEX industrial_heat_geom ON industrial_heat USING gist (geom);
    CREATE INDEX industrial_heat_place ON industrial_heat USING gist ((geom::geography));
    COMMENT ON COLUMN industrial_heat.days IS
        'of the block of nine cells of the place that has most; so are months and out_of_season';

    CREATE TABLE heat_judgement (
        is_last boolean PRIMARY KEY DEFAULT true CHECK (is_last),
        first_day date NOT NULL,
        last_day date NOT NULL,
        computed_at timestamptz NOT NULL DEFAULT now(),
        run_id bigint NOT NULL REFERENCES run
    );
    COMMENT ON TABLE heat_judgement IS 'from which days what is judged was last judged, if it was';
"""

# Counts of what was not told apart stay right: nothing was industrial yet.
_COUNTS = """
    ALTER TABLE hotspot_day_count ADD COLUMN heat_source text COLLATE "C" NOT NULL DEFAULT '';
    ALTER TABLE hotspot_day_count DROP CONSTRAINT hotspot_day_count_pkey;
    ALTER TABLE hotspot_day_count ADD PRIMARY KEY
        (day, first_day, province_code, land_use, satellite, daynight, heat_source);
    COMMENT ON COLUMN hotspot_day_count.heat_source IS 'empty: neither industrial nor uncertain';
    COMMENT ON TABLE hotspot_province_day IS
        'hotspot_day_count summed by province, of hotspots of which the single day is known and '
        'that are not industrial';

    ALTER TABLE point_count_source RENAME class_column TO class_expression;
    COMMENT ON COLUMN point_count_source.class_expression IS 'SQL over the columns of the table';
    UPDATE point_count_source SET
        class_expression =
            'CASE heat_source WHEN ''industrial_static'' THEN heat_source ELSE land_use END',
        classes = classes || '{industrial_static}'
    WHERE table_name = 'hotspot';
"""
