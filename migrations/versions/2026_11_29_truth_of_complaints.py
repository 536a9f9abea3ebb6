"""What is true of simulated complaints, of those who cause them and of the instruments."""

from alembic import op

revision = "2026_11_29_truth_of_complaints"
down_revision = "2026_11_29_fire_contribution"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        DROP TABLE truth.complaint_cause;
        CREATE TABLE truth.complaint_cause (
            ticket_id text PRIMARY KEY,
            factory_id text,
            kind text NOT NULL CHECK (kind IN ('factory', 'unregistered', 'background')),
            source_id text,
            emitted_at timestamptz,
            felt_at timestamptz NOT NULL,
            felt_lon float8 NOT NULL,
            felt_lat float8 NOT NULL,
            time_fault text NOT NULL
                CHECK (time_fault IN ('prompt', 'slow', 'late', 'noon', 'wrong_date')),
            place_fault text NOT NULL
                CHECK (place_fault IN ('exact', 'blurred', 'rounded', 'centre'))
        );
        COMMENT ON COLUMN truth.complaint_cause.factory_id IS 'null: no registered factory';
        COMMENT ON COLUMN truth.complaint_cause.source_id IS
            'of truth.emitter; null: nothing that lasts';
        COMMENT ON COLUMN truth.complaint_cause.felt_at IS 'when it came to the home, felt_lon/lat';
        COMMENT ON COLUMN truth.complaint_cause.time_fault IS
            'late: 6 to 14 hours after it was felt; noon: of the same Thai day';

        CREATE TABLE truth.emitter (
            source_id text PRIMARY KEY,
            factory_id text,
            lon float8 NOT NULL,
            lat float8 NOT NULL,
            weight float8 NOT NULL,
            shift text NOT NULL
        );
        COMMENT ON COLUMN truth.emitter.factory_id IS 'null: in no register';
        COMMENT ON COLUMN truth.emitter.weight IS 'share of all that emitters would cause';

        CREATE TABLE truth.emitter_stop (
            source_id text NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL
        );

        CREATE TABLE truth.instrument (
            station_id text PRIMARY KEY,
            bias_deg float8 NOT NULL,
            speed_factor float8 NOT NULL,
            whole_m_s boolean NOT NULL,
            dead boolean NOT NULL
        );
        COMMENT ON COLUMN truth.instrument.bias_deg IS 'written minus true direction';
        """
    )
