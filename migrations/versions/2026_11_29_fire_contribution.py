"""Fires that the air of a station's dusty day met, beside those of other days."""

from alembic import op

revision = "2026_11_29_fire_contribution"
down_revision = "2026_11_29_complaint_cells"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE fire_contribution (
            day date NOT NULL,
            station_id text COLLATE "C" NOT NULL REFERENCES air_station ON DELETE CASCADE,
            pm25_24h float8 NOT NULL,
            standard float8 NOT NULL CHECK (pm25_24h > standard),
            abstained text CHECK (abstained IN (
                'calm', 'no_wind', 'old_wind', 'far_station', 'left_wind',
                'no_fire_record', 'few_placebos'
            )),
            told_h float8,
            from_deg float8 CHECK (from_deg BETWEEN 0 AND 360),
            from_km float8 CHECK (from_km >= 0),
            spread_km float8 CHECK (spread_km >= 0),
            fires_24h float8 CHECK (fires_24h >= 0),
            placebo_24h float8,
            p_24h float8 CHECK (p_24h BETWEEN 0 AND 1),
            fires_72h float8 CHECK (fires_72h >= 0),
            low_72h float8,
            high_72h float8 CHECK (high_72h >= low_72h),
            placebo_72h float8,
            p_72h float8 CHECK (p_72h BETWEEN 0 AND 1),
            placebos smallint NOT NULL,
            provisional boolean NOT NULL,
            method text NOT NULL,
            computed_at timestamptz NOT NULL DEFAULT now(),
            run_id bigint NOT NULL REFERENCES run,
            PRIMARY KEY (day, station_id),
            CHECK ((abstained IS NULL) = (p_72h IS NOT NULL))
        );
        COMMENT ON TABLE fire_contribution IS
            'days above the standard; an association with fires along the air''s way, no cause';
        COMMENT ON COLUMN fire_contribution.day IS 'as in air_station_day';
        COMMENT ON COLUMN fire_contribution.fires_72h IS
            'detections around the air in a mean hour of its way; placebo: in other days'' fires';
        COMMENT ON COLUMN fire_contribution.provisional IS
            'compared with earlier days alone, for the later ones are not yet there';
        CREATE INDEX fire_contribution_of_station ON fire_contribution (station_id, day);

        CREATE TABLE fire_contribution_day (
            day date PRIMARY KEY,
            stations text[] NOT NULL,
            means float8[] NOT NULL,
            provisional boolean NOT NULL,
            run_id bigint NOT NULL REFERENCES run
        );
        COMMENT ON COLUMN fire_contribution_day.stations IS
            'that were above the standard when the day was judged, with their means';
        """
    )
