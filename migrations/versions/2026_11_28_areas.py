"""Provinces, districts and sub-districts, keyed by the codes of TIS 1099 (10, 1001, 100101)."""

from alembic import op

revision = "2026_11_28_areas"
down_revision = "2026_11_28_foundation"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE province (
            code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{2}$'),
            name_th text NOT NULL,
            name_en text NOT NULL,
            region text NOT NULL CHECK (
                region IN ('central', 'east', 'northeast', 'north', 'west', 'south')
            ),
            source text NOT NULL,
            geom geometry(MultiPolygon, 4326) NOT NULL,
            run_id bigint REFERENCES run
        );
        CREATE INDEX province_geom ON province USING gist (geom);

        CREATE TABLE district (
            code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{4}$'),
            province_code text COLLATE "C" NOT NULL,
            name_th text NOT NULL,
            name_en text NOT NULL,
            source text NOT NULL,
            geom geometry(MultiPolygon, 4326) NOT NULL,
            run_id bigint REFERENCES run
        );
        CREATE INDEX district_geom ON district USING gist (geom);
        CREATE INDEX district_of_province ON district (province_code);

        CREATE TABLE subdistrict (
            code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{6}$'),
            district_code text COLLATE "C" NOT NULL,
            name_th text NOT NULL,
            name_en text NOT NULL,
            source text NOT NULL,
            geom geometry(MultiPolygon, 4326) NOT NULL,
            run_id bigint REFERENCES run
        );
        CREATE INDEX subdistrict_geom ON subdistrict USING gist (geom);
        CREATE INDEX subdistrict_of_district ON subdistrict (district_code);

        CREATE TABLE staging.province (
            code text COLLATE "C", name_th text, name_en text, region text, source text,
            geom geometry(MultiPolygon, 4326)
        );
        CREATE TABLE staging.district (
            code text COLLATE "C", province_code text COLLATE "C", name_th text, name_en text,
            source text, geom geometry(MultiPolygon, 4326)
        );
        CREATE TABLE staging.subdistrict (
            code text COLLATE "C", district_code text COLLATE "C", name_th text, name_en text,
            source text, geom geometry(MultiPolygon, 4326)
        );
        """
    )
