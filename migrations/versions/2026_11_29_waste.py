"""Movements of industrial waste, and the flows between provinces that are published of them."""

from alembic import op

revision = "2026_11_29_waste"
down_revision = "2026_11_29_register"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE waste_movement (
            id text COLLATE "C" PRIMARY KEY,
            moved_on date NOT NULL,
            generator_ref text NOT NULL,
            generator_id text COLLATE "C" REFERENCES factory ON DELETE SET NULL,
            transporter text,
            receiver_ref text NOT NULL,
            receiver_id text COLLATE "C" REFERENCES factory ON DELETE SET NULL,
            waste_code text COLLATE "C" NOT NULL CHECK (waste_code ~ '^[0-9]{6}$'),
            hazardous boolean,
            management_code text COLLATE "C",
            tonnes double precision NOT NULL CHECK (tonnes >= 0),
            received_on date,
            finished_on date,
            due_on date,
            doubts text[] COLLATE "C" NOT NULL DEFAULT '{}',
            source text NOT NULL,
            run_id bigint REFERENCES run
        );
        COMMENT ON COLUMN waste_movement.hazardous IS 'unknown of some codes of the former list';
        COMMENT ON COLUMN waste_movement.due_on IS
            'by when the receiver must have finished, by the clocks of the regime';
        CREATE INDEX waste_movement_generator ON waste_movement (generator_id);
        CREATE INDEX waste_movement_receiver ON waste_movement (receiver_id);
        CREATE INDEX waste_movement_day ON waste_movement (moved_on);

        CREATE TABLE staging.waste_movement (
            id text COLLATE "C", moved_on date, generator_ref text, transporter text,
            receiver_ref text, waste_code text COLLATE "C", hazardous boolean,
            management_code text COLLATE "C", tonnes double precision, received_on date,
            finished_on date, due_on date, doubts text[] COLLATE "C" DEFAULT '{}', source text
        );

        CREATE TABLE waste_flow (
            year integer NOT NULL,
            from_province text COLLATE "C" NOT NULL,
            to_province text COLLATE "C" NOT NULL,
            hazard text COLLATE "C" NOT NULL CHECK (hazard IN ('hazardous', 'other')),
            tonnes double precision,
            generators integer,
            receivers integer,
            figures_of date NOT NULL DEFAULT current_date,
            geom geometry(Polygon, 4326),
            source text,
            run_id bigint REFERENCES run,
            PRIMARY KEY (year, from_province, to_province, hazard)
        );
        COMMENT ON COLUMN waste_flow.tonnes IS 'null where it would tell of a factory';
        CREATE INDEX waste_flow_geom ON waste_flow USING gist (geom);
        CREATE INDEX waste_flow_geography ON waste_flow USING gist ((geom::geography));

        CREATE TABLE waste_flow_part (
            year integer NOT NULL,
            from_province text COLLATE "C" NOT NULL,
            to_province text COLLATE "C" NOT NULL,
            hazard text COLLATE "C" NOT NULL,
            side text NOT NULL CHECK (side IN ('generator', 'receiver')),
            factory_id text COLLATE "C" NOT NULL,
            tonnes double precision NOT NULL,
            PRIMARY KEY (year, from_province, to_province, hazard, side, factory_id)
        );
        COMMENT ON TABLE waste_flow_part IS
            'of what a published figure is made: the next is compared with it; never shown';
        """
    )
