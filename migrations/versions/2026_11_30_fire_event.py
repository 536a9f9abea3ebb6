"""Fires: detections of all satellites joined in space and time."""

from alembic import op

revision = "2026_11_30_fire_event"
down_revision = "2026_11_29_heat_source"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE fire_event (
            id text COLLATE "C" PRIMARY KEY,
            geom geometry(Geometry, 4326) NOT NULL,
            first_seen timestamptz NOT NULL,
            last_seen timestamptz NOT NULL CHECK (last_seen >= first_seen),
            detections integer NOT NULL,
            detections_n integer NOT NULL,
            detections_n20 integer NOT NULL,
            detections_n21 integer NOT NULL,
            detections_a integer NOT NULL,
            detections_t integer NOT NULL,
            detections_uncertain integer NOT NULL,
            sizes_told integer NOT NULL CHECK (sizes_told <= detections),
            frp_sum_mw double precision,
            frp_max_mw double precision,
            land_use text,
            land_use_share double precision,
            outline_ha double precision NOT NULL,
            province_code text COLLATE "C",
            town_th text,
            town_en text,
            town_km double precision,
            method text NOT NULL,
            computed_at timestamptz NOT NULL DEFAULT now(),
            run_id bigint NOT NULL REFERENCES run
        );
        COMMENT ON COLUMN fire_event.id IS
            'that of its first detection, the first by its id where several are of a minute';
        COMMENT ON COLUMN fire_event.detections_n IS
            'of Suomi NPP; others of NOAA-20 and -21, Aqua and Terra, the rest is not told';
        COMMENT ON COLUMN fire_event.sizes_told IS
            'detections whose pixel size is told; others are drawn as below the satellite';
        CREATE INDEX fire_event_geom ON fire_event USING gist (geom);
        CREATE INDEX fire_event_place ON fire_event USING gist ((geom::geography));
        CREATE INDEX fire_event_first_seen ON fire_event (first_seen);
        CREATE INDEX fire_event_last_seen ON fire_event (last_seen);

        CREATE TABLE fire_event_member (
            hotspot_id text COLLATE "C" PRIMARY KEY,
            acquired_at timestamptz NOT NULL,
            hotspot_run_id bigint,
            event_id text COLLATE "C" NOT NULL REFERENCES fire_event ON DELETE CASCADE
        );
        COMMENT ON COLUMN fire_event_member.hotspot_run_id IS
            'the run_id of the detection as it was joined: with another, something else is said';
        CREATE INDEX fire_event_member_event ON fire_event_member (event_id);
        """
    )
