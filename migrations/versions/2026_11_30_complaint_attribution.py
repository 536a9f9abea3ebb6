"""Which factories may have caused which complaint, in private."""

from alembic import op

revision = "2026_11_30_complaint_attribution"
down_revision = "2026_11_30_fire_event"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE complaint_attribution (
            complaint_id text COLLATE "C" PRIMARY KEY REFERENCES complaint ON DELETE CASCADE,
            reason text CHECK (reason IN (
                'category', 'time', 'calm', 'no_wind', 'old_wind', 'far_station', 'no_factory'
            )),
            none_single real CHECK (none_single BETWEEN 0 AND 1),
            none_pooled real CHECK (none_pooled BETWEEN 0 AND 1),
            wind_speed_m_s real,
            wind_from_deg real,
            wind_age_h real,
            station_m real,
            method text NOT NULL,
            computed_at timestamptz NOT NULL,
            run_id bigint NOT NULL REFERENCES run,
            CHECK ((reason IS NULL) = (none_single IS NOT NULL AND none_pooled IS NOT NULL))
        );
        COMMENT ON TABLE complaint_attribution IS
            'a screening by the wind, no proof: never published';
        COMMENT ON COLUMN complaint_attribution.reason IS
            'why there is no answer; NULL where there is one';
        COMMENT ON COLUMN complaint_attribution.none_single IS
            'the share of none of these, by this complaint alone';
        COMMENT ON COLUMN complaint_attribution.none_pooled IS
            'the same with what complaints of other days tell of the factories';

        CREATE TABLE complaint_candidate (
            complaint_id text COLLATE "C" NOT NULL
                REFERENCES complaint_attribution ON DELETE CASCADE,
            factory_id text COLLATE "C" NOT NULL REFERENCES factory ON DELETE CASCADE,
            distance_m real NOT NULL,
            bearing_deg real NOT NULL,
            share_before real NOT NULL CHECK (share_before BETWEEN 0 AND 1),
            share_single real NOT NULL CHECK (share_single BETWEEN 0 AND 1),
            share_pooled real NOT NULL CHECK (share_pooled BETWEEN 0 AND 1),
            leads boolean NOT NULL,
            PRIMARY KEY (complaint_id, factory_id)
        );
        COMMENT ON COLUMN complaint_candidate.bearing_deg IS
            'of the factory from the complaint, clockwise from north';
        COMMENT ON COLUMN complaint_candidate.share_before IS
            'by distance and kind alone, without the wind';
        COMMENT ON COLUMN complaint_candidate.leads IS
            'has the largest share, or lies in its line and cannot be told from it';
        CREATE INDEX complaint_candidate_of_factory ON complaint_candidate (factory_id);

        GRANT SELECT ON complaint_attribution, complaint_candidate TO fahsai_staff;
        """
    )
