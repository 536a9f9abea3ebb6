"""Frameworks of eco-industrial towns as editions, what towns declare by them, and the evidence."""

from alembic import op

revision = "2026_11_29_scorecard"
down_revision = "2026_11_29_waste"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE framework (
            id text COLLATE "C" PRIMARY KEY,
            agency text NOT NULL,
            name_th text NOT NULL,
            name_en text NOT NULL,
            dimensions smallint,
            areas smallint,
            indicators smallint,
            valid_from date,
            valid_to date,
            verified boolean NOT NULL,
            source text NOT NULL,
            run_id bigint REFERENCES run
        );
        COMMENT ON TABLE framework IS
            'editions by which towns are assessed; one that is revised is another';
        COMMENT ON COLUMN framework.indicators IS
            'how many it has by its source, whether or not their names are known here';

        CREATE TABLE framework_indicator (
            framework_id text COLLATE "C" NOT NULL,
            code text COLLATE "C" NOT NULL,
            dimension text NOT NULL,
            kind text CHECK (kind IN ('basic', 'general', 'specific')),
            name_th text NOT NULL,
            name_en text,
            unit text,
            numerator text,
            denominator text,
            better text CHECK (better IN ('higher', 'lower')),
            target float8,
            computes text,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (framework_id, code)
        );
        COMMENT ON COLUMN framework_indicator.computes IS
            'what this service reckons for it; null where towns declare it';

        CREATE TABLE framework_level_rule (
            framework_id text COLLATE "C" NOT NULL,
            level smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
            kind text NOT NULL CHECK (kind IN ('basic', 'general', 'specific', 'any')),
            least_met smallint NOT NULL CHECK (least_met > 0),
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (framework_id, level, kind)
        );

        CREATE TABLE eco_town_value (
            eco_town_id text COLLATE "C" NOT NULL,
            framework_id text COLLATE "C" NOT NULL,
            code text COLLATE "C" NOT NULL,
            year integer NOT NULL,
            value float8 NOT NULL,
            numerator float8,
            denominator float8,
            origin text NOT NULL CHECK (origin IN ('self_declared', 'measured')),
            assessor text,
            declared_on date,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (eco_town_id, framework_id, code, year)
        );

        CREATE TABLE eco_town_evidence (
            eco_town_id text COLLATE "C" NOT NULL,
            framework_id text COLLATE "C" NOT NULL,
            code text COLLATE "C" NOT NULL,
            year integer NOT NULL,
            what text NOT NULL,
            dated_on date NOT NULL,
            office text NOT NULL,
            link text,
            withdrawn_on date,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (eco_town_id, framework_id, code, year, what)
        );
        COMMENT ON COLUMN eco_town_evidence.office IS 'who holds it: an office, no person';

        CREATE TABLE staging.framework (
            id text COLLATE "C", agency text, name_th text, name_en text, dimensions smallint,
            areas smallint, indicators smallint, valid_from date, valid_to date, verified boolean,
            source text, file text, line bigint
        );
        CREATE TABLE staging.framework_indicator (
            framework_id text COLLATE "C", code text COLLATE "C", dimension text, kind text,
            name_th text, name_en text, unit text, numerator text, denominator text, better text,
            target float8, computes text, source text, file text, line bigint
        );
        CREATE TABLE staging.framework_level_rule (
            framework_id text COLLATE "C", level smallint, kind text, least_met smallint,
            source text, file text, line bigint
        );
        CREATE TABLE staging.eco_town_value (
            eco_town_id text COLLATE "C", framework_id text COLLATE "C", code text COLLATE "C",
            year integer, value float8, numerator float8, denominator float8, origin text,
            assessor text, declared_on date, source text, file text, line bigint
        );
        CREATE TABLE staging.eco_town_evidence (
            eco_town_id text COLLATE "C", framework_id text COLLATE "C", code text COLLATE "C",
            year integer, what text, dated_on date, office text, link text, withdrawn_on date,
            source text, file text, line bigint
        );
        """
    )
