"""Which factory a complaint names, in private, and what is found of certificates and complaints."""

from alembic import op

revision = "2026_11_29_green_effect"
down_revision = "2026_11_29_carbon_progress"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE complaint_factory (
            complaint_id text COLLATE "C" PRIMARY KEY REFERENCES complaint ON DELETE CASCADE,
            factory_id text COLLATE "C" NOT NULL REFERENCES factory ON DELETE CASCADE,
            source text NOT NULL,
            run_id bigint REFERENCES run
        );
        COMMENT ON TABLE complaint_factory IS
            'whom the complainant or an officer named, which may be wrong: never published';
        CREATE INDEX complaint_factory_of_factory ON complaint_factory (factory_id);

        CREATE TABLE green_effect (
            level smallint PRIMARY KEY CHECK (level BETWEEN 1 AND 5),
            first_month date NOT NULL,
            last_month date NOT NULL CHECK (last_month >= first_month),
            verdict text NOT NULL CHECK (verdict IN ('prints', 'permutation_only', 'refuses')),
            reasons text[] NOT NULL CHECK ((verdict = 'prints') = (cardinality(reasons) = 0)),
            finding jsonb NOT NULL,
            run_id bigint NOT NULL REFERENCES run
        );
        COMMENT ON COLUMN green_effect.level IS 'of certificates: this level or a higher one';
        COMMENT ON COLUMN green_effect.finding IS
            'an effect in it may be told only where the verdict is prints';
        """
    )
