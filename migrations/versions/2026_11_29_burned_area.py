"""Pairs of images before and after fires, and the burned land that was found in them."""

from alembic import op

revision = "2026_11_29_burned_area"
down_revision = "2026_11_29_exposure"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE burned_pair (
            id text COLLATE "C" PRIMARY KEY,
            before_day date NOT NULL,
            after_day date NOT NULL CHECK (after_day > before_day),
            before_path text NOT NULL,
            after_path text NOT NULL,
            cloud_paths text[] NOT NULL,
            nir_band integer NOT NULL CHECK (nir_band > 0),
            swir2_band integer NOT NULL CHECK (swir2_band > 0),
            attribution text NOT NULL,
            crs text,
            clear_share float8 CHECK (clear_share BETWEEN 0 AND 1),
            version integer,
            method text,
            run_id bigint REFERENCES run,
            computed_at timestamptz
        );
        COMMENT ON COLUMN burned_pair.before_path IS 'where its owner keeps the image';
        COMMENT ON COLUMN burned_pair.clear_share IS
            'the share of the image after that could be compared: no data and clouds are not';
        COMMENT ON COLUMN burned_pair.version IS 'of the method; null: still to be computed';

        CREATE TABLE burned_area (
            id text COLLATE "C" PRIMARY KEY,
            pair_id text COLLATE "C" NOT NULL REFERENCES burned_pair ON DELETE CASCADE,
            geom geometry(MultiPolygon, 4326) NOT NULL,
            area_ha float8 NOT NULL,
            cells integer NOT NULL,
            dnbr_mean float8 NOT NULL,
            moderate_share float8 NOT NULL CHECK (moderate_share BETWEEN 0 AND 1),
            severity text NOT NULL
                CHECK (severity IN ('low', 'moderate_low', 'moderate_high', 'high'))
        );
        CREATE INDEX burned_area_geom ON burned_area USING gist (geom);
        CREATE INDEX burned_area_geography ON burned_area USING gist ((geom::geography));
        CREATE INDEX burned_area_of_pair ON burned_area (pair_id);
        COMMENT ON COLUMN burned_area.area_ha IS 'on the spheroid (WGS84)';
        COMMENT ON COLUMN burned_area.dnbr_mean IS 'times 1,000';
        COMMENT ON COLUMN burned_area.moderate_share IS
            'the share of its cells whose dNBR is at least that of moderate severity';
        """
    )
