"""Provinces, districts and sub-districts, keyed by the codes of TIS 1099 (10, 1001, 100101)."""

from alembic import op

revision = "2026_11_21_areas"
down_revision = "2026_11_21_foundation"


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

        -- A surveyed outline replaces a coarse one of the demo; never the other way round.
        CREATE FUNCTION merge_province(run bigint)
        RETURNS TABLE (inserted bigint, updated bigint, unchanged bigint)
        LANGUAGE plpgsql AS $$
        BEGIN
            RETURN QUERY
            WITH delivered AS (
                SELECT DISTINCT ON (s.code)
                    s.code, s.name_th, s.name_en, s.region, s.source, s.geom
                FROM staged_province AS s
                ORDER BY s.code, s.source = 'demo', s.seq DESC
            ), merged AS (
                INSERT INTO province AS t (code, name_th, name_en, region, source, geom, run_id)
                SELECT d.code, d.name_th, d.name_en, d.region, d.source, d.geom, run
                FROM delivered AS d
                ON CONFLICT (code) DO UPDATE SET
                    name_th = excluded.name_th, name_en = excluded.name_en,
                    region = excluded.region, source = excluded.source,
                    geom = excluded.geom, run_id = excluded.run_id
                WHERE (excluded.source <> 'demo' OR t.source = 'demo')
                    AND (t.name_th, t.name_en, t.region, t.source, t.geom) IS DISTINCT FROM (
                        excluded.name_th, excluded.name_en, excluded.region,
                        excluded.source, excluded.geom
                    )
                RETURNING (t.xmax = 0) AS fresh
            )
            SELECT
                count(*) FILTER (WHERE m.fresh),
                count(*) FILTER (WHERE NOT m.fresh),
                (SELECT count(*) FROM delivered) - count(*)
            FROM merged AS m;
        END $$;
        """
    )
