"""Since and until when factories have a certificate, and a province's carbon by year: kept."""

from alembic import op

revision = "2026_11_28_green_days"
down_revision = "2026_11_28_day_counts"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE certified_period (
            factory_id text COLLATE "C" NOT NULL,
            since date NOT NULL,
            until date NOT NULL CHECK (until > since),
            province_code text COLLATE "C",
            PRIMARY KEY (factory_id, since)
        );
        COMMENT ON TABLE certified_period IS
            'of factories that operate and whose place is known: when they had a certificate valid';
        COMMENT ON COLUMN certified_period.until IS 'the first day without; infinity is no end';

        CREATE INDEX factory_operating ON factory (province_code)
            WHERE status = 'operating' AND geom IS NOT NULL;

        CREATE TABLE carbon_year (
            province_code text COLLATE "C" NOT NULL,
            year integer NOT NULL,
            tco2e double precision,
            biogenic_tco2 double precision,
            factories_reported bigint NOT NULL,
            operating_reported bigint NOT NULL,
            quantities_without_factor bigint NOT NULL,
            source text NOT NULL,
            PRIMARY KEY (province_code, year)
        );
        COMMENT ON TABLE carbon_year IS 'what the layer carbon sums of the returns';
        """
    )
