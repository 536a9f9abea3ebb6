"""Flows of waste in editions with the totals of each province, guarded together.

What was published cell by cell is withdrawn: it was guarded against nothing else.
"""

from alembic import op

revision = "2026_11_29_waste_editions"
down_revision = "2026_11_29_carbon_divisions"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        DELETE FROM waste_flow;
        DROP TABLE waste_flow_part;

        CREATE TABLE waste_cell (
            vintage integer NOT NULL,
            year integer NOT NULL,
            hazard text COLLATE "C" NOT NULL,
            from_province text COLLATE "C" NOT NULL,
            to_province text COLLATE "C" NOT NULL,
            tonnes double precision,
            generators integer,
            receivers integer,
            told_vintage integer NOT NULL,
            hidden_for text,
            generator_leeway double precision,
            receiver_leeway double precision,
            figures_of date NOT NULL DEFAULT current_date,
            simulated boolean NOT NULL,
            PRIMARY KEY (vintage, year, hazard, from_province, to_province)
        );
        COMMENT ON TABLE waste_cell IS
            'what each vintage of a year says of flows and totals, and what it hides; never shown';
        COMMENT ON COLUMN waste_cell.generators IS 'null where the figure is withheld';

        CREATE TABLE waste_part (
            vintage integer NOT NULL,
            year integer NOT NULL,
            hazard text COLLATE "C" NOT NULL,
            from_province text COLLATE "C" NOT NULL,
            to_province text COLLATE "C" NOT NULL,
            side text NOT NULL CHECK (side IN ('generator', 'receiver')),
            factory_id text COLLATE "C" NOT NULL,
            tonnes double precision NOT NULL,
            simulated boolean NOT NULL,
            PRIMARY KEY (vintage, year, hazard, from_province, to_province, side, factory_id)
        );
        COMMENT ON TABLE waste_part IS
            'of what a vintage is made: the next is compared with it; never shown';

        CREATE TABLE waste_total (
            year integer NOT NULL,
            hazard text COLLATE "C" NOT NULL CHECK (hazard IN ('hazardous', 'other')),
            province_code text COLLATE "C" NOT NULL,
            sent_tonnes double precision,
            received_tonnes double precision,
            generators integer,
            receivers integer,
            figures_of date NOT NULL,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (year, hazard, province_code)
        );
        COMMENT ON COLUMN waste_total.sent_tonnes IS 'null where it would tell of a factory';
        """
    )
