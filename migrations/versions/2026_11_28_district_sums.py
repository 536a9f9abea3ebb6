"""Hotspots by day and district, and operating factories by district: kept sums."""

from alembic import op

revision = "2026_11_28_district_sums"
down_revision = "2026_11_28_kept_sums"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE hotspot_district_day (
            day date NOT NULL,
            district_code text COLLATE "C" NOT NULL,
            count bigint NOT NULL,
            PRIMARY KEY (district_code, day)
        );
        CREATE INDEX hotspot_district_day_day ON hotspot_district_day (day);
        COMMENT ON TABLE hotspot_district_day IS
            'as hotspot_province_day, by the district in which they lie; on a border, by both';

        CREATE TABLE district_factory_count (
            district_code text COLLATE "C" PRIMARY KEY,
            count bigint NOT NULL
        );
        COMMENT ON TABLE district_factory_count IS
            'factories that operate, by the district in which they lie';

        CREATE INDEX hotspot_province_day_province ON hotspot_province_day (province_code, day);
        """
    )
