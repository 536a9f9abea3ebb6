"""Industrial estates: the points that IEAT's map shows."""

from alembic import op

revision = "2026_11_21_industrial_estate"
down_revision = "2026_11_21_foundation"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE industrial_estate (
            id text COLLATE "C" PRIMARY KEY,
            name_th text NOT NULL,
            operations text,
            office boolean NOT NULL,
            lon float8 NOT NULL,
            lat float8 NOT NULL,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            geom geometry(Point, 4326) NOT NULL
                GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(lon, lat), 4326)) STORED
        );
        COMMENT ON COLUMN industrial_estate.operations IS 'the IEAT operations line in charge';
        COMMENT ON COLUMN industrial_estate.office IS 'an office of IEAT, not an estate';
        CREATE INDEX industrial_estate_geom ON industrial_estate USING gist (geom);
        CREATE INDEX industrial_estate_geography
            ON industrial_estate USING gist ((geom::geography));
        CREATE INDEX industrial_estate_point ON industrial_estate (lon, lat);

        CREATE TABLE staging.industrial_estate (
            id text, name_th text, operations text, office boolean,
            lon float8, lat float8, source text
        );
        """
    )
