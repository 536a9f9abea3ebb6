"""Eco-industrial towns: their areas, the levels they were assessed at, and their outlines."""

from alembic import op

revision = "2026_11_29_eco_town"
down_revision = "2026_11_29_stuck_wind"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE eco_town (
            id text COLLATE "C" PRIMARY KEY,
            phase smallint NOT NULL,
            name_th text NOT NULL,
            province_code text COLLATE "C" NOT NULL,
            district_th text,
            subdistricts_th text,
            area_codes text[] COLLATE "C" NOT NULL,
            named_parts smallint NOT NULL,
            target_level smallint CHECK (target_level BETWEEN 1 AND 5),
            target_year integer,
            notice text,
            source text NOT NULL,
            run_id bigint REFERENCES run
        );
        COMMENT ON COLUMN eco_town.area_codes IS
            'the sub-districts (6 digits) and whole districts (4) that the notice names';
        COMMENT ON COLUMN eco_town.named_parts IS
            'how many the notice names; more than area_codes where some have no code';

        CREATE TABLE eco_town_level (
            eco_town_id text COLLATE "C" NOT NULL,
            year integer NOT NULL,
            level smallint NOT NULL CHECK (level BETWEEN 0 AND 5),
            assessor text,
            source text NOT NULL,
            run_id bigint REFERENCES run,
            PRIMARY KEY (eco_town_id, year)
        );
        COMMENT ON COLUMN eco_town_level.level IS '0: assessed, and not passed';

        CREATE TABLE eco_town_outline (
            eco_town_id text COLLATE "C" PRIMARY KEY,
            geom geometry(MultiPolygon, 4326) NOT NULL,
            source text NOT NULL,
            run_id bigint REFERENCES run
        );
        COMMENT ON TABLE eco_town_outline IS 'supplied by somebody, in place of what names give';

        CREATE TABLE eco_town_shape (
            eco_town_id text COLLATE "C" PRIMARY KEY REFERENCES eco_town ON DELETE CASCADE,
            extent text NOT NULL CHECK (
                extent IN ('supplied', 'gazetted', 'partly_gazetted', 'illustrative')
            ),
            outline geometry(MultiPolygon, 4326),
            point geometry(Point, 4326) NOT NULL
        );
        COMMENT ON TABLE eco_town_shape IS
            'reckoned from the boundaries of the codes that a notice names, when either changes';
        CREATE INDEX eco_town_shape_outline ON eco_town_shape USING gist (outline);
        CREATE INDEX eco_town_shape_point ON eco_town_shape USING gist (point);
        CREATE INDEX eco_town_shape_geography ON eco_town_shape USING gist ((point::geography));
        CREATE INDEX eco_town_shape_outline_geography
            ON eco_town_shape USING gist ((outline::geography));

        CREATE TABLE staging.eco_town (
            id text COLLATE "C", phase smallint, name_th text, province_code text COLLATE "C",
            district_th text, subdistricts_th text, area_codes text[] COLLATE "C",
            named_parts smallint, target_level smallint, target_year integer, notice text,
            source text
        );
        CREATE TABLE staging.eco_town_level (
            eco_town_id text COLLATE "C", year integer, level smallint, assessor text, source text
        );
        CREATE TABLE staging.eco_town_outline (
            eco_town_id text COLLATE "C", geom geometry(MultiPolygon, 4326), source text
        );
        """
    )
