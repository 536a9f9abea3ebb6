"""Registers: dated lists of public facts, their rows at places or of provinces."""

from alembic import op

revision = "2026_11_29_register"
down_revision = "2026_11_29_factor_scope"


def upgrade() -> None:
    """Forward only."""
    op.execute(_SHAPES)
    op.execute(_REGISTERS)
    op.execute(_KEYS)
    op.execute(_STAGING)


# What every register has of its rows, for `LIKE … INCLUDING ALL`; a further one is made so too.
_SHAPES = """
    CREATE TABLE staging.register_row (
        id text COLLATE "C" PRIMARY KEY,
        name text NOT NULL,
        starts_on date,
        ends_on date CHECK (ends_on >= starts_on),
        province_code text COLLATE "C",
        factory_ref text,
        factory_id text COLLATE "C",
        lon double precision,
        lat double precision,
        reference text,
        source text NOT NULL,
        run_id bigint,
        geom geometry(Point, 4326),
        placed_by text CHECK (placed_by IN ('given', 'factory', 'province')),
        in_province text COLLATE "C",
        place_doubts text[] COLLATE "C" NOT NULL DEFAULT '{}',
        CHECK ((geom IS NULL) = (placed_by IS NULL))
    );
    COMMENT ON COLUMN staging.register_row.factory_ref IS 'the factory as the list names it';
    COMMENT ON COLUMN staging.register_row.geom IS
        'where the row is shown: see geo_api/ingest/functions/registers.sql';
    CREATE INDEX ON staging.register_row USING gist (geom);
    CREATE INDEX ON staging.register_row USING gist ((geom::geography));
    CREATE INDEX ON staging.register_row (starts_on);

    CREATE TABLE staging.register_delivery (
        id text COLLATE "C", name text, starts_on date, ends_on date,
        province_code text COLLATE "C", factory_ref text,
        lon double precision, lat double precision, reference text, source text
    );
"""

_REGISTERS = """
    CREATE TABLE project (
        LIKE staging.register_row INCLUDING ALL,
        kind text NOT NULL, owner text, energy text, capacity_mw double precision,
        budget_baht double precision
    );
    CREATE TABLE power_plant (
        LIKE staging.register_row INCLUDING ALL,
        fuel text NOT NULL, capacity_mw double precision, technology text, owner text, status text,
        commissioned text
    );
    CREATE TABLE community_product (
        LIKE staging.register_row INCLUDING ALL,
        standard_no text, certificate_no text, product_type text, holder text
    );
    CREATE TABLE industry_award (
        LIKE staging.register_row INCLUDING ALL,
        kind text NOT NULL, year integer NOT NULL, category text, establishment text,
        mentored integer
    );
    CREATE TABLE concession (
        LIKE staging.register_row INCLUDING ALL,
        kind text NOT NULL, concession_no text, mineral text, area_rai double precision, holder text
    );
    CREATE TABLE service_point (
        LIKE staging.register_row INCLUDING ALL,
        kind text NOT NULL, agency text, telephone text, hours text
    );
    CREATE TABLE incident (
        LIKE staging.register_row INCLUDING ALL,
        kind text NOT NULL, injured integer, dead integer
    );
    CREATE TABLE event (
        LIKE staging.register_row INCLUDING ALL,
        kind text NOT NULL, venue text, organiser text, visitors integer
    );
    CREATE TABLE training (
        LIKE staging.register_row INCLUDING ALL,
        topic text, organiser text, participants integer, hours double precision
    );

    -- Of provinces, not of places.
    CREATE TABLE sme_fund (
        id text COLLATE "C" PRIMARY KEY,
        province_code text COLLATE "C" NOT NULL,
        year integer NOT NULL,
        loans integer NOT NULL CHECK (loans >= 0),
        amount_baht double precision,
        reference text,
        source text NOT NULL,
        run_id bigint REFERENCES run
    );
    COMMENT ON TABLE sme_fund IS 'as delivered; the layer withholds what is of fewer than five';
"""

# LIKE copies no foreign keys.
_KEYS = """
    ALTER TABLE project
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE power_plant
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE community_product
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE industry_award
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE concession
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE service_point
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE incident
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE event
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
    ALTER TABLE training
        ADD FOREIGN KEY (run_id) REFERENCES run,
        ADD FOREIGN KEY (factory_id) REFERENCES factory ON DELETE SET NULL;
"""

_STAGING = """
    CREATE TABLE staging.project (
        LIKE staging.register_delivery,
        kind text, owner text, energy text, capacity_mw double precision,
        budget_baht double precision
    );
    CREATE TABLE staging.power_plant (
        LIKE staging.register_delivery,
        fuel text, capacity_mw double precision, technology text, owner text, status text,
        commissioned text
    );
    CREATE TABLE staging.community_product (
        LIKE staging.register_delivery,
        standard_no text, certificate_no text, product_type text, holder text
    );
    CREATE TABLE staging.industry_award (
        LIKE staging.register_delivery,
        kind text, year integer, category text, establishment text, mentored integer
    );
    CREATE TABLE staging.concession (
        LIKE staging.register_delivery,
        kind text, concession_no text, mineral text, area_rai double precision, holder text
    );
    CREATE TABLE staging.service_point (
        LIKE staging.register_delivery,
        kind text, agency text, telephone text, hours text
    );
    CREATE TABLE staging.incident (
        LIKE staging.register_delivery,
        kind text, injured integer, dead integer
    );
    CREATE TABLE staging.event (
        LIKE staging.register_delivery,
        kind text, venue text, organiser text, visitors integer
    );
    CREATE TABLE staging.training (
        LIKE staging.register_delivery,
        topic text, organiser text, participants integer, hours double precision
    );
    CREATE TABLE staging.sme_fund (
        id text COLLATE "C", province_code text COLLATE "C", year integer, loans integer,
        amount_baht double precision, reference text, source text
    );
"""
