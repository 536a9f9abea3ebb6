"""Carbon is published in vintages that stay as they are, in place of sums kept with the returns."""

from alembic import op

revision = "2026_11_29_carbon_vintages"
down_revision = "2026_11_29_licence"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        DROP TABLE carbon_year CASCADE;

        CREATE TABLE carbon_vintage (
            number integer PRIMARY KEY,
            published_at timestamptz NOT NULL,
            simulated boolean NOT NULL,
            run_id bigint REFERENCES run
        );
        COMMENT ON TABLE carbon_vintage IS
            'publications of what returns sum to; what one says is never changed';

        CREATE TABLE carbon_figure (
            vintage integer NOT NULL REFERENCES carbon_vintage ON DELETE CASCADE,
            year integer NOT NULL,
            province_code text COLLATE "C" NOT NULL,
            scope1_tco2e float8,
            scope2_tco2e float8,
            biomass_tco2e float8,
            biogenic_tco2 float8,
            withheld text,
            factories_summed integer,
            told_vintage integer,
            factories_reported bigint NOT NULL,
            factories bigint,
            quantities_without_factor bigint NOT NULL,
            quantities_doubted bigint NOT NULL,
            factor_basis text,
            comparable_to_previous boolean,
            source text NOT NULL,
            PRIMARY KEY (vintage, year, province_code)
        );
        COMMENT ON TABLE carbon_figure IS
            'all that a vintage says: of every year with returns, and how many they are';
        COMMENT ON COLUMN carbon_figure.province_code IS 'total is the whole country';
        COMMENT ON COLUMN carbon_figure.told_vintage IS
            'whose returns the oldest of its figures tells of';
        COMMENT ON COLUMN carbon_figure.comparable_to_previous IS
            'with the last year before that is published; null where there is none';

        CREATE TABLE carbon_cell (
            vintage integer NOT NULL REFERENCES carbon_vintage ON DELETE CASCADE,
            part text NOT NULL,
            year integer NOT NULL,
            province_code text COLLATE "C" NOT NULL,
            amounts float8[],
            firms integer,
            factories integer,
            told_vintage integer NOT NULL,
            hidden_for text,
            leeway float8[],
            PRIMARY KEY (vintage, part, year, province_code)
        );
        COMMENT ON TABLE carbon_cell IS
            'what figures are guarded by, of each part and year in the vintages that changed it';
        COMMENT ON COLUMN carbon_cell.amounts IS
            'scope 1 and 2 in tCO2e of energy; tCO2e and biogenic tCO2 of biomass';
        COMMENT ON COLUMN carbon_cell.firms IS 'null where the figure is withheld';
        COMMENT ON COLUMN carbon_cell.told_vintage IS
            'whose returns the figure tells of: an older one where the newer would tell a firm''s';
        COMMENT ON COLUMN carbon_cell.hidden_for IS 'never published, nor is leeway';

        CREATE TABLE carbon_amount (
            vintage integer NOT NULL REFERENCES carbon_vintage ON DELETE CASCADE,
            part text NOT NULL,
            year integer NOT NULL,
            province_code text COLLATE "C" NOT NULL,
            firm text NOT NULL,
            amounts float8[] NOT NULL,
            PRIMARY KEY (vintage, part, year, province_code, firm)
        );
        COMMENT ON TABLE carbon_amount IS
            'never published: what figures were summed from, so that a later vintage can be kept'
            ' from telling, by the difference, what a firm changed';
        """
    )
