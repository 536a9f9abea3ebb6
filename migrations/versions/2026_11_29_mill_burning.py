"""Cane seasons, what mills declare, and fires on cane land by zone of a mill."""

from alembic import op

revision = "2026_11_29_mill_burning"
down_revision = "2026_11_29_raster_hours"


def upgrade() -> None:
    """Forward only."""
    op.execute(_SEASONS)
    op.execute(_DECLARED)
    op.execute(_FIRES)


_SEASONS = """
    CREATE TABLE cane_season (
        season integer PRIMARY KEY,
        mills integer,
        cane_mt double precision,
        burnt_pct double precision CHECK (burnt_pct BETWEEN 0 AND 100),
        opened_on date,
        closed_on date CHECK (closed_on >= opened_on),
        daily_cap_pct double precision CHECK (daily_cap_pct BETWEEN 0 AND 100),
        season_cap_pct double precision CHECK (season_cap_pct BETWEEN 0 AND 100),
        source text NOT NULL,
        run_id bigint REFERENCES run
    );
    COMMENT ON TABLE cane_season IS 'null is not found, never zero';
    COMMENT ON COLUMN cane_season.season IS
        'the year (CE) in which it begins: of 2567/68 it is 2024';
    COMMENT ON COLUMN cane_season.opened_on IS 'of the first mill; closed_on of the last';
    COMMENT ON COLUMN cane_season.daily_cap_pct IS
        'the most burnt cane that a mill may take of a day''s; season_cap_pct of a season''s';

    CREATE TABLE cane_opening (
        season integer NOT NULL,
        area text COLLATE "C" NOT NULL,
        opened_on date NOT NULL,
        source text NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (season, area)
    );
    COMMENT ON COLUMN cane_opening.area IS
        'a province''s code, or a region of the Cane and Sugar Board; the province counts first';

    CREATE TABLE staging.cane_season (
        season integer, mills integer, cane_mt double precision, burnt_pct double precision,
        opened_on date, closed_on date, daily_cap_pct double precision,
        season_cap_pct double precision, source text
    );
    CREATE TABLE staging.cane_opening (
        season integer, area text COLLATE "C", opened_on date, source text
    );
"""

_DECLARED = """
    CREATE TABLE mill_intake (
        mill_ref text COLLATE "C" NOT NULL,
        season integer NOT NULL,
        first_day date NOT NULL,
        last_day date NOT NULL CHECK (last_day >= first_day),
        cumulative boolean NOT NULL,
        fresh_t double precision CHECK (fresh_t >= 0),
        burnt_t double precision CHECK (burnt_t >= 0),
        burnt_pct double precision CHECK (burnt_pct BETWEEN 0 AND 100),
        reference text,
        doubts text[] COLLATE "C" NOT NULL DEFAULT '{}',
        source text NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (mill_ref, season, first_day, last_day, cumulative),
        CHECK ((fresh_t IS NULL) = (burnt_t IS NULL)),
        CHECK (fresh_t IS NOT NULL OR cumulative AND burnt_pct IS NOT NULL)
    );
    COMMENT ON COLUMN mill_intake.mill_ref IS
        'the FID where the list of mills has it, else the number as given';
    COMMENT ON COLUMN mill_intake.cumulative IS
        'of the season up to last_day, which first_day is the same as';
    COMMENT ON COLUMN mill_intake.burnt_pct IS 'as declared; never a base of what is reckoned';

    CREATE TABLE staging.mill_intake (
        mill_ref text COLLATE "C", season integer, first_day date, last_day date,
        cumulative boolean, fresh_t double precision, burnt_t double precision,
        burnt_pct double precision, reference text, doubts text[] COLLATE "C" DEFAULT '{}',
        source text
    );

    CREATE TABLE mill_zone (
        mill_ref text COLLATE "C" NOT NULL,
        season integer NOT NULL,
        geom geometry(MultiPolygon, 4326) NOT NULL,
        reference text,
        source text NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (mill_ref, season)
    );
    COMMENT ON COLUMN mill_zone.season IS 'from which on it holds, until the next of the mill';

    CREATE TABLE staging.mill_zone (
        mill_ref text COLLATE "C", season integer, geom geometry, reference text, source text
    );
"""

_FIRES = """
    CREATE TABLE mill (
        mill_ref text COLLATE "C" PRIMARY KEY,
        factory_id text COLLATE "C" REFERENCES factory ON DELETE CASCADE,
        name text NOT NULL,
        province_code text COLLATE "C",
        geom geometry(Point, 4326),
        zone geometry(MultiPolygon, 4326),
        source text NOT NULL,
        run_id bigint NOT NULL REFERENCES run
    );
    COMMENT ON TABLE mill IS 'as mill_burning knew them in its last pass';
    COMMENT ON COLUMN mill.geom IS 'null where the register does not know the place';
    COMMENT ON COLUMN mill.zone IS
        'what is nearer to it than to another and within reach, or as declared';

    CREATE TABLE mill_fire_day (
        day date NOT NULL,
        mill_ref text COLLATE "C" NOT NULL,
        fires double precision NOT NULL CHECK (fires >= 0),
        variance double precision NOT NULL CHECK (variance >= 0),
        nearest integer NOT NULL CHECK (nearest >= 0),
        run_id bigint NOT NULL REFERENCES run,
        computed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (day, mill_ref)
    );
    CREATE INDEX mill_fire_day_of_mill ON mill_fire_day (mill_ref, day);
    COMMENT ON COLUMN mill_fire_day.day IS 'as in hotspot_day_count';
    COMMENT ON COLUMN mill_fire_day.mill_ref IS 'empty: of fires that no mill is within reach of';
    COMMENT ON COLUMN mill_fire_day.fires IS
        'the sum of its shares of the squares of a hundredth degree in which cane land burned';
    COMMENT ON COLUMN mill_fire_day.variance IS
        'of the number of fires that are its own, each being so with the chance of its share';
    COMMENT ON COLUMN mill_fire_day.nearest IS 'fires to which no other mill is nearer';

    CREATE TABLE mill_fire_state (
        day date PRIMARY KEY,
        fingerprint text NOT NULL,
        run_id bigint NOT NULL REFERENCES run
    );
    COMMENT ON COLUMN mill_fire_state.fingerprint IS
        'of the detections and the zones that a day was reckoned with';

    CREATE TABLE mill_burning (
        mill_ref text COLLATE "C" NOT NULL REFERENCES mill ON DELETE CASCADE,
        season integer NOT NULL,
        span text NOT NULL CHECK (span IN ('season', 'fortnight')),
        first_day date NOT NULL,
        last_day date NOT NULL CHECK (last_day >= first_day),
        end_known_by text NOT NULL CHECK (end_known_by IN ('closing', 'intake', 'longest', 'now')),
        fires double precision,
        fires_low double precision,
        fires_high double precision,
        fires_nearest integer,
        fire_days integer,
        declared text NOT NULL CHECK (declared IN ('declared', 'partly', 'not_declared')),
        declared_days integer NOT NULL,
        fresh_t double precision,
        burnt_t double precision,
        burnt_pct double precision,
        burnt_pct_told double precision,
        daily_cap_pct double precision,
        season_cap_pct double precision,
        days_told integer NOT NULL,
        days_above_cap integer,
        expected double precision,
        residual double precision,
        residual_rank integer,
        ranked integer,
        zone_basis text CHECK (zone_basis IN ('declared', 'shares')),
        abstained text CHECK (
            abstained IN (
                'place_unknown', 'not_declared', 'partly_declared', 'contradictory',
                'nothing_burnt', 'not_observed'
            )
        ),
        method text NOT NULL,
        source text NOT NULL,
        run_id bigint NOT NULL REFERENCES run,
        computed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (mill_ref, season, span, first_day),
        CHECK ((fires IS NULL) = (zone_basis IS NULL)),
        CHECK ((declared = 'not_declared') = (declared_days = 0)),
        CHECK ((residual IS NULL) = (abstained IS NOT NULL))
    );
    CREATE INDEX mill_burning_period ON mill_burning (season, span, first_day);
    COMMENT ON COLUMN mill_burning.burnt_pct IS
        'of the tonnes declared; null where none are, which is not 0';
    COMMENT ON COLUMN mill_burning.burnt_pct_told IS
        'the newest share of the season that was declared without tonnes';
    COMMENT ON COLUMN mill_burning.expected IS
        'fires that the burnt cane declared would be of, at the mean of all mills that declared; '
        'it, the residual and its rank are for staff, never published';
    GRANT SELECT ON mill, mill_burning TO fahsai_staff;
"""
