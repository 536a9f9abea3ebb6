"""Rows that were computed say by which method, when, and how far to believe them, every one."""

from alembic import op

revision = "2026_11_30_derived_rows"
down_revision = "2026_11_30_fingerprints"


def upgrade() -> None:
    """Forward only. The methods of what is there are those that it was computed by."""
    op.execute(_FIRES)
    op.execute(_WASTE)
    op.execute(_RELEASED)


_FIRES = """
    ALTER TABLE mill_fire_state
        ADD method text NOT NULL DEFAULT 'mill_zone_shares 2: fires by day, shares by distance';
    ALTER TABLE mill_fire_state ALTER method DROP DEFAULT;
"""

_WASTE = """
    ALTER TABLE waste_flow
        ADD method text NOT NULL DEFAULT 'sums of loads, p % rule from both sides; version 1',
        ADD computed_at timestamptz NOT NULL DEFAULT now(),
        ADD loads_left_out_pct smallint CHECK (loads_left_out_pct BETWEEN 0 AND 100);
    ALTER TABLE waste_total
        ADD method text NOT NULL DEFAULT 'sums of loads, p % rule from both sides; version 1',
        ADD computed_at timestamptz NOT NULL DEFAULT now(),
        ADD loads_left_out_pct smallint CHECK (loads_left_out_pct BETWEEN 0 AND 100),
        ADD abstained text;
    ALTER TABLE waste_flow ALTER method DROP DEFAULT;
    ALTER TABLE waste_total ALTER method DROP DEFAULT;
    UPDATE waste_flow AS w SET computed_at = r.finished_at FROM run AS r
    WHERE r.id = w.run_id AND r.finished_at IS NOT NULL;
    UPDATE waste_total AS w SET computed_at = r.finished_at FROM run AS r
    WHERE r.id = w.run_id AND r.finished_at IS NOT NULL;
    COMMENT ON COLUMN waste_flow.loads_left_out_pct IS
        'of all loads of the year in the country, those that are in no sum: implausible, of no'
        ' known hazard, or of a place that the register does not know';
    COMMENT ON COLUMN waste_total.abstained IS 'why either side has no tonnes';
"""

_RELEASED = """
    ALTER TABLE complaint_release_period
        ADD method text NOT NULL
            DEFAULT 'two-sided geometric noise, thresholds of homes; version 1',
        ADD noise_95 integer;
    ALTER TABLE complaint_release_period ALTER method DROP DEFAULT;
    -- What was released stands; what is added is how far its noise reaches.
    ALTER TABLE complaint_release_period DISABLE TRIGGER USER;
    UPDATE complaint_release_period AS p
    SET noise_95 = ceil(ln(0.05 * (1 + exp(-c.epsilon)) / 2) / -c.epsilon)::integer - 1
    FROM complaint_plan AS c
    WHERE (c.table_name, c.year) = (p.table_name, extract(year FROM p.period_start)::integer);
    ALTER TABLE complaint_release_period ENABLE TRIGGER USER;
    COMMENT ON COLUMN complaint_release_period.noise_95 IS
        'in 95 of 100 draws the noise of a number is no more than this, up or down';

    ALTER TABLE carbon_vintage
        ADD method text NOT NULL DEFAULT 'returns x emission factors, p % rule; version 1';
    ALTER TABLE carbon_vintage ALTER method DROP DEFAULT;
"""
