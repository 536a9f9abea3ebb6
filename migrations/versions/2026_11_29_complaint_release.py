"""What the public sees of complaints: counts of homes by area and period, which are drawn once."""

from alembic import op

revision = "2026_11_29_complaint_release"
down_revision = "2026_11_29_inspection"


def upgrade() -> None:
    """Forward only."""
    op.execute(_COUNTED)
    op.execute(_PARAMETERS)
    op.execute(_RELEASES)


_COUNTED = """
    ALTER TABLE complaint ADD counted_at timestamptz;
    UPDATE complaint SET counted_at = reported_at;
    ALTER TABLE complaint ALTER counted_at SET NOT NULL;
    COMMENT ON COLUMN complaint.counted_at IS
        'when it was received, or the end of the last period that was released before it came';
    CREATE INDEX complaint_counted_at ON complaint (counted_at)
        WHERE category IS NOT NULL AND NOT is_spam;
"""

_PARAMETERS = """
    CREATE TABLE complaint_table (
        name text COLLATE "C" PRIMARY KEY,
        epsilon numeric NOT NULL CHECK (epsilon > 0 AND epsilon <= 1),
        plan_epsilon numeric NOT NULL CHECK (plan_epsilon > 0 AND plan_epsilon <= 1),
        least_noisy integer NOT NULL CHECK (least_noisy >= least_homes),
        least_homes integer NOT NULL CHECK (least_homes >= 5),
        least_mean float8 NOT NULL CHECK (least_mean > 0),
        wait_days integer NOT NULL CHECK (wait_days >= 0),
        is_split boolean NOT NULL,
        review_on date NOT NULL,
        source text NOT NULL,
        run_id bigint REFERENCES run
    );
    COMMENT ON COLUMN complaint_table.plan_epsilon IS
        'with which the volume is known that chooses a year''s areas and periods';
    COMMENT ON COLUMN complaint_table.least_mean IS
        'of homes in a row, for which a step of area and period is fine enough for a year';
    COMMENT ON COLUMN complaint_table.is_split IS 'by category, and dealt with in wait_days or not';

    CREATE TABLE complaint_step (
        table_name text COLLATE "C" NOT NULL,
        step integer NOT NULL,
        period text NOT NULL CHECK (period IN ('month', 'quarter', 'year')),
        area text NOT NULL CHECK (
            area IN ('subdistrict', 'district', 'province', 'region', 'country')
        ),
        run_id bigint REFERENCES run,
        PRIMARY KEY (table_name, step)
    );
    COMMENT ON TABLE complaint_step IS 'by what a table may count, the finest step first';

    CREATE TABLE subdistrict_houses (
        code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{6}$'),
        houses integer NOT NULL CHECK (houses >= 0),
        as_of date NOT NULL,
        source text NOT NULL,
        run_id bigint REFERENCES run
    );
"""

_RELEASES = """
    CREATE TABLE complaint_plan (
        year integer NOT NULL,
        table_name text COLLATE "C" NOT NULL,
        period text NOT NULL,
        area text NOT NULL,
        epsilon numeric NOT NULL,
        least_noisy integer NOT NULL,
        least_homes integer NOT NULL,
        wait_days integer NOT NULL,
        is_split boolean NOT NULL,
        review_on date NOT NULL,
        planned_at timestamptz NOT NULL,
        simulated boolean NOT NULL,
        PRIMARY KEY (year, table_name)
    );
    COMMENT ON TABLE complaint_plan IS 'by what a table counts in a year, and with what parameters';

    CREATE TABLE complaint_release_period (
        table_name text COLLATE "C" NOT NULL,
        period text NOT NULL,
        period_start date NOT NULL,
        period_end date NOT NULL CHECK (period_end > period_start),
        area text NOT NULL,
        released_at timestamptz NOT NULL,
        simulated boolean NOT NULL,
        run_id bigint REFERENCES run,
        PRIMARY KEY (table_name, period_start)
    );
    COMMENT ON TABLE complaint_release_period IS
        'of which every row was considered, whether it is shown or not; none is considered again';
    COMMENT ON COLUMN complaint_release_period.period_end IS 'the day after its last';
    CREATE INDEX complaint_release_period_end ON complaint_release_period (period_end);

    CREATE TABLE complaint_release (
        table_name text COLLATE "C" NOT NULL,
        period_start date NOT NULL,
        area text NOT NULL,
        area_code text COLLATE "C" NOT NULL,
        category text COLLATE "C" NOT NULL DEFAULT '',
        dealt_with boolean NOT NULL DEFAULT false,
        homes integer NOT NULL CHECK (homes >= 5),
        PRIMARY KEY (table_name, period_start, area_code, category, dealt_with),
        FOREIGN KEY (table_name, period_start) REFERENCES complaint_release_period
            ON DELETE CASCADE
    );
    COMMENT ON TABLE complaint_release IS 'what was released; never changed, and nothing else told';
    COMMENT ON COLUMN complaint_release.homes IS 'with the noise that was drawn for the row';
    COMMENT ON COLUMN complaint_release.category IS 'empty in a table that is not split by it';

    CREATE TABLE complaint_area (
        area text COLLATE "C" NOT NULL,
        code text COLLATE "C" NOT NULL,
        name_th text NOT NULL,
        name_en text NOT NULL,
        province_code text COLLATE "C",
        geom geometry(MultiPolygon, 4326) NOT NULL,
        PRIMARY KEY (area, code)
    );
    COMMENT ON TABLE complaint_area IS 'what rows are of, as boundaries were at the last release';
    CREATE INDEX complaint_area_geom ON complaint_area USING gist (geom);
"""
