"""Indicators of a fiscal year with base, target and owner, and their values by area."""

from alembic import op

revision = "2026_11_29_kpi"
down_revision = "2026_11_29_scorecard"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE kpi (
            fiscal_year integer NOT NULL,
            code text COLLATE "C" NOT NULL,
            name_th text NOT NULL,
            name_en text,
            mind text CHECK (mind IN ('business', 'community', 'environment', 'income')),
            strategy text,
            definition text NOT NULL,
            formula text NOT NULL,
            unit text NOT NULL,
            better text NOT NULL CHECK (better IN ('higher', 'lower')),
            base float8,
            base_year integer,
            target float8,
            owner text NOT NULL,
            layer text,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (fiscal_year, code)
        );
        COMMENT ON COLUMN kpi.fiscal_year IS 'of the common era: the year in which it ends';
        COMMENT ON COLUMN kpi.owner IS 'the office that answers for it, no person';
        COMMENT ON COLUMN kpi.layer IS 'from which its figures can be checked, where there is one';

        CREATE TABLE kpi_value (
            fiscal_year integer NOT NULL,
            code text COLLATE "C" NOT NULL,
            area_code text COLLATE "C" NOT NULL,
            as_of date NOT NULL,
            value float8 NOT NULL,
            note text,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (fiscal_year, code, area_code, as_of)
        );
        COMMENT ON COLUMN kpi_value.area_code IS 'of a province, or TH for the country';

        CREATE TABLE staging.kpi (
            fiscal_year integer, code text COLLATE "C", name_th text, name_en text, mind text,
            strategy text, definition text, formula text, unit text, better text, base float8,
            base_year integer, target float8, owner text, layer text, source text,
            file text, line bigint
        );
        CREATE TABLE staging.kpi_value (
            fiscal_year integer, code text COLLATE "C", area_code text COLLATE "C", as_of date,
            value float8, note text, source text, file text, line bigint
        );
        """
    )
