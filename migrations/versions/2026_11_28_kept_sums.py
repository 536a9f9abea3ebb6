"""Sums kept for a morning's brief: hotspots, complaints, certificates and factories."""

from alembic import op

revision = "2026_11_28_kept_sums"
down_revision = "2026_11_28_green_days"


def upgrade() -> None:
    """Forward only."""
    op.execute(
        """
        CREATE TABLE hotspot_province_day (
            day date NOT NULL,
            province_code text COLLATE "C" NOT NULL,
            count bigint NOT NULL,
            PRIMARY KEY (day, province_code)
        );
        COMMENT ON TABLE hotspot_province_day IS
            'hotspot_day_count summed by province, of hotspots of which the single day is known';
        COMMENT ON COLUMN hotspot_province_day.province_code IS 'empty at sea and abroad';

        CREATE TABLE complaint_month (
            month date NOT NULL,
            province_code text COLLATE "C" NOT NULL,
            open boolean NOT NULL,
            count bigint NOT NULL,
            PRIMARY KEY (month, province_code, open)
        );
        COMMENT ON TABLE complaint_month IS
            'published complaints by month in Thailand, and by the province of the published place';
        COMMENT ON COLUMN complaint_month.province_code IS 'empty where it is in none';

        CREATE TABLE certified_change (
            day date PRIMARY KEY,
            count bigint NOT NULL
        );
        COMMENT ON TABLE certified_change IS
            'how many more factories have a certificate from a day on than the day before';

        CREATE TABLE operating_factory_count (
            province_code text COLLATE "C" PRIMARY KEY,
            count bigint NOT NULL
        );
        COMMENT ON TABLE operating_factory_count IS
            'factories that operate and whose place is known; the code is empty where unknown';
        """
    )
