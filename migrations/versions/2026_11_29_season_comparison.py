"""Hotspots by day, satellite and land use, and seasons compared by area."""

from alembic import op

revision = "2026_11_29_season_comparison"
down_revision = "2026_11_29_mill_burning"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE hotspot_satellite_day (
            day date NOT NULL,
            satellite text COLLATE "C" NOT NULL,
            land_use text COLLATE "C" NOT NULL,
            count bigint NOT NULL,
            PRIMARY KEY (day, satellite, land_use)
        );
        COMMENT ON TABLE hotspot_satellite_day IS
            'hotspot_day_count of all provinces, of hotspots of which the single day is known';

        CREATE TABLE season_comparison (
            season integer NOT NULL,
            area_kind text COLLATE "C" NOT NULL
                CHECK (area_kind IN ('country', 'region', 'province')),
            area_code text COLLATE "C" NOT NULL,
            land_use text COLLATE "C" NOT NULL,
            this_season integer NOT NULL CHECK (this_season >= season),
            first_day date NOT NULL,
            last_day date NOT NULL CHECK (last_day >= first_day),
            detections bigint NOT NULL,
            by_satellite text NOT NULL,
            satellites text NOT NULL,
            compared bigint,
            compared_this bigint,
            change_pct double precision,
            change_low_pct double precision,
            change_high_pct double precision,
            abstained text CHECK (
                abstained IN ('this_season', 'partial', 'other_satellites', 'few', 'few_weeks')
            ),
            method text NOT NULL,
            source text NOT NULL,
            run_id bigint NOT NULL REFERENCES run,
            computed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (season, area_kind, area_code, land_use),
            CHECK (change_low_pct IS NOT NULL OR abstained IS NOT NULL)
        );
        COMMENT ON COLUMN season_comparison.season IS 'the year (CE) in which it begins';
        COMMENT ON COLUMN season_comparison.land_use IS 'all, or a class; empty where not told';
        COMMENT ON COLUMN season_comparison.detections IS 'of all satellites, up to the same day';
        COMMENT ON COLUMN season_comparison.compared IS
            'of the satellites that were there in all seasons compared, 29 February left out; '
            'compared_this is this season''s, and change_pct how much more or less it is';
        """
    )
